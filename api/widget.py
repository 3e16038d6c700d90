"""`/widget.js`: the modules under `static/widget` as one classic script, put together at the first request.

The modules are plain ES modules, so that editors and browsers understand them as they stand. To be embedded with one
line on any page they have to be one file; nothing is translated, only the lines that join them fall away.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import cached_property
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

MODULES = Path(__file__).parent / "static" / "widget"
_IMPORT = re.compile(
    r'^import (?:\{[^}]*\}|(\w+)) from "\./([\w.-]+)"(?: with \{ type: "css" \})?;\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const)", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_AN_HOUR = "public, max-age=3600"

router = APIRouter(include_in_schema=False)


class WidgetModulesError(RuntimeError):
    """The modules cannot be joined; says which and why."""


def bundle(folder: Path, entry: str = "main.js") -> str:
    """The modules that `entry` reaches, each after those it imports, in one function of its own scope.

    Style sheets become constructed ones, which a page's content security policy cannot forbid.
    """
    parts: dict[str, str] = {}
    names: dict[str, str] = {}

    def add(name: str) -> None:
        if name in parts:
            return
        parts[name] = ""  # in progress: modules may not go round in circles, as `const` must come first
        source = (folder / name).read_text(encoding="utf-8")
        for as_name, imported in _IMPORT.findall(source):
            if imported.endswith(".css"):
                parts[imported] = _style_sheet(as_name, (folder / imported).read_text(encoding="utf-8"))
                _claim(names, as_name, imported)
            elif parts.get(imported) == "":
                raise WidgetModulesError(f"{name} and {imported} import each other")
            else:
                add(imported)
        for declared in _TOP_LEVEL.findall(_EXPORT.sub("", source)):
            _claim(names, declared, name)
        del parts[name]  # its place is after what it imports
        parts[name] = _EXPORT.sub("", _IMPORT.sub("", source)).strip()

    add(entry)
    return '(() => {\n"use strict";\n' + "\n\n".join(parts.values()) + "\n})();\n"


def _claim(names: dict[str, str], name: str, module: str) -> None:
    if name in names:
        raise WidgetModulesError(
            f"{name} is declared in {names[name]} and in {module}; one scope holds them all"
        )
    names[name] = module


def _style_sheet(name: str, css: str) -> str:
    return f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({json.dumps(css, ensure_ascii=False)});"


class Widget:
    """The script as it is sent, made once."""

    def __init__(self, folder: Path = MODULES) -> None:
        self._folder = folder

    @cached_property
    def plain(self) -> bytes:
        """The script."""
        return bundle(self._folder).encode()

    @cached_property
    def packed(self) -> bytes:
        """The script compressed, the same in every process."""
        return gzip.compress(self.plain, mtime=0)

    @cached_property
    def tag(self) -> str:
        """What tells one version of the script from another."""
        return f'"{hashlib.sha256(self.plain).hexdigest()[:20]}"'


@router.get("/widget.js")
def widget(request: Request) -> Response:
    """The widget for any page: public, cacheable, compressed where the browser takes it."""
    script: Widget = request.app.state.widget
    headers = {
        "Cache-Control": _AN_HOUR,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": script.tag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == script.tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            script.packed, media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(script.plain, media_type="text/javascript", headers=headers)

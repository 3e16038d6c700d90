"""Pack files written by hand and by drafting alike: data as YAML text, and items added without touching the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from pydantic import BaseModel

_COMMENT = re.compile(r"\s*(?:#.*)?$")


class _Dumper(yaml.SafeDumper):
    """Lists stand below their key, indented as in the packs written by hand; no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base asks about each
        """Repeat what is the same; an alias would be refused by a reader of plain data."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent the items of a list below their key."""
        super().increase_indent(flow, False)


def plain_data(value: Any) -> Any:
    """Models, numbers and days as what YAML writes of itself; fields at their defaults are left out."""
    if isinstance(value, BaseModel):
        fields = value.model_dump(exclude_defaults=True)
        return {key: plain_data(each) for key, each in fields.items()}
    if isinstance(value, Mapping):
        return {key: plain_data(each) for key, each in value.items()}
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [plain_data(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def dump(value: Any) -> str:
    """The data as YAML text; the innermost lists and mappings stand on one line."""
    return _written(plain_data(value))


def _written(data: Any, flow: bool | None = None) -> str:
    """The data as text; `flow` None sets the innermost lists and mappings on one line."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=100
    )
    return text


def with_items(text: str, key: str, items: Sequence[Any]) -> str:
    """The text with items added behind those of a list at its top level; comments and the rest stay as they are.

    Raises ValueError where the list is written in brackets, or is none.
    """
    if not items:
        return text
    node = _top(text).get(key)
    if node is None:
        return text.rstrip("\n") + ("\n\n" if text.strip() else "") + f"{key}:\n" + _block(items, 2)
    if isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~"):
        return with_items(_without_key(text, key), key, items)
    if not isinstance(node, yaml.SequenceNode) or (node.flow_style and node.value):
        raise ValueError(f"{key} 不是分行书写的列表")
    if not node.value:
        return with_items(_without_key(text, key), key, items)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    end = node.end_mark.line + (1 if node.end_mark.column and node.end_mark.line < len(lines) else 0)
    while end and _COMMENT.fullmatch(lines[end - 1].rstrip("\n")):
        end -= 1
    return "".join([*lines[:end], _block(items, node.start_mark.column), *lines[end:]])


def with_value(text: str, key: str, value: Any) -> str:
    """The text with a key added at its top level."""
    return (
        text.rstrip("\n") + ("\n\n" if text.strip() else "") + _written({key: plain_data(value)}, flow=False)
    )


def has_key(text: str, key: str) -> bool:
    """Whether a key stands at the top level."""
    return key in _top(text)


def with_list(text: str, path: Sequence[Any], values: Sequence[str]) -> str:
    """The text with the list of words at `path` replaced. Raises KeyError where there is no such list."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        node = _below(node, step)
    start, end = node.start_mark.index, node.end_mark.index
    written = "[" + ", ".join(values) + "]"
    if node.flow_style:
        return text[:start] + written + text[end:]
    tail = text[start:end]
    blank = tail[len(tail.rstrip()) :]
    return text[:start].rstrip(" \n") + " " + written + blank + text[end:]


def _below(node: Any, step: Any) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value
    raise KeyError(step)


def _top(text: str) -> dict[str, yaml.Node]:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _without_key(text: str, key: str) -> str:
    return re.sub(rf"(?m)^{re.escape(key)}\s*:[^\n]*\n?", "", text)


def _block(items: Sequence[Any], indent: int) -> str:
    pad = " " * indent
    written = _written([plain_data(item) for item in items])
    return "".join(pad + line if line.strip() else line for line in written.splitlines(keepends=True))

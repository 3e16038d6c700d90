"""Old Word documents (.doc, .wps, .rtf): made into .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from knowledge.documents.document import Document
from knowledge.documents.limits import ReadingLimits
from knowledge.documents.word import read_word
from knowledge.errors import DocumentRefused

_PROGRAMS = ("soffice", "libreoffice")


def read_legacy(content: bytes, name: str, limits: ReadingLimits) -> Document:
    """The document of an old Word file. Raises DocumentRefused, also where LibreOffice is not installed."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DocumentRefused(
            name,
            "这是旧版 Word 文档（.doc），读取它需要 LibreOffice，本机没有安装",
            "请在 Word 或 WPS 中另存为 .docx 后提供，或请管理员安装 LibreOffice（Debian：apt-get install libreoffice-writer）",
        )
    with tempfile.TemporaryDirectory(prefix="shenbao-doc-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(content)
        converted = _convert(program, source, name, limits)
    return replace(read_word(converted, name, limits), name=name, format="doc")


def _convert(program: str, source: Path, name: str, limits: ReadingLimits) -> bytes:
    """What LibreOffice makes of the file, in a profile of its own, so that no other instance is met."""
    folder = source.parent
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        # The folder is the program's home, too: nothing of it is left behind.
        subprocess.run(  # noqa: S603 - fixed words and paths of our own
            command,
            timeout=limits.seconds,
            check=False,
            capture_output=True,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        return (folder / "source.docx").read_bytes()
    except subprocess.TimeoutExpired:
        raise DocumentRefused(
            name, f"转换超过 {limits.seconds:g} 秒", "请在 Word 或 WPS 中另存为 .docx 后提供"
        ) from None
    except OSError:
        raise DocumentRefused(
            name, "LibreOffice 不能转换这个文件，可能已损坏或已加密", "请在 Word 或 WPS 中另存为 .docx 后提供"
        ) from None

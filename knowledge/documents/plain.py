"""Plain text: its encoding is found out, its lines are kept as they are printed."""

from __future__ import annotations

import codecs
import re

from knowledge.documents.document import Document, Paragraph
from knowledge.errors import DocumentRefused

READABLE = "请提供 .docx、.doc、.pdf、.html、.txt、.md、.xlsx 或由它们组成的 .zip"
"""The remedy for what is none of the formats that are read."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
_LINES = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_FOREIGN = re.compile(r"[^\t\n\r -~\u2010-\u2027\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_LEGACY = "gb18030"


def read_plain(content: bytes, name: str) -> Document:
    """The lines of a text that print something. Raises DocumentRefused where it is none."""
    text, warnings = decode(content, name)
    lines = (line.strip() for line in _LINES.split(text))
    return Document(name, "txt", tuple(Paragraph(line) for line in lines if line), warnings)


def decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of bytes, with a warning where the encoding was assumed: UTF-8 is not, GBK and bare UTF-16 are.

    Raises DocumentRefused for what is no text in any of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _required(content, encoding, name), ()
    try:
        return _checked(content.decode("utf-8"), name), ()
    except UnicodeDecodeError:
        pass
    encoding = _bare_utf16(content) or _LEGACY
    shown = "GBK（GB18030）" if encoding == _LEGACY else "UTF-16"
    warning = f"{name}：不是 UTF-8 编码，已按 {shown} 读取；如有乱码，请另存为 UTF-8 后重新提供"
    return _required(content, encoding, name), (warning,)


def _required(content: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(content.decode(encoding), name)
    except UnicodeDecodeError:
        raise _no_text(name) from None


def _checked(text: str, name: str) -> str:
    if _CONTROLS.search(text):
        raise _no_text(name)
    return text


def _no_text(name: str) -> DocumentRefused:
    return DocumentRefused(
        name,
        "内容不是文字，也不是能够读取的文件格式，可能已经损坏",
        READABLE,
    )


def _bare_utf16(content: bytes) -> str | None:
    """UTF-16 without a byte order mark: it has zero bytes, and hardly a character that Chinese text does not have."""
    if len(content) % 2 or 0 not in content:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content.decode(encoding, "replace")
        if len(_FOREIGN.findall(text)) * 20 <= len(text):
            return encoding
    return None

"""What a file is, by its content; the extension only says what it was taken for."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal, get_args

from knowledge.documents.archive import member_names
from knowledge.documents.plain import READABLE, decode
from knowledge.errors import DocumentRefused

Format = Literal["docx", "doc", "pdf", "html", "txt", "md", "xlsx", "zip"]
FORMATS: tuple[Format, ...] = get_args(Format)
_EXTENSIONS: dict[str, Format] = {
    **{f".{name}": name for name in FORMATS},
    ".htm": "html",
    ".xhtml": "html",
    ".markdown": "md",
    ".text": "txt",
    ".wps": "doc",
    ".rtf": "doc",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
"""Bytes before which %PDF- stands even where something was put in front."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|meta|div|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_WITHIN = 4096
_PACKED: tuple[tuple[str, Format], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_FOREIGN_PACKED = (
    ("OFD.xml", "OFD 版式文件", "请用 OFD 阅读器另存为 PDF"),
    ("ppt/presentation.xml", "演示文稿", "请把内容放入 .docx 或导出为 PDF"),
    ("content.xml", "OpenDocument 文件", "请另存为 .docx"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）", "请另存为 .xlsx"),
)
_FOREIGN = (
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM"),
        "图片",
        "请把扫描件存为 PDF 后提供",
    ),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "不支持的压缩格式", "请改用 .zip 打包"),
    ((b"Founder CEB", b"%CAJ"), "CEB、CAJ 版式文件", "请用原阅读器另存为 PDF"),
    ((b"MZ", b"\x7fELF"), "可执行程序", "请核对文件来源"),
)


def detect(content: bytes, name: str) -> tuple[Format, tuple[str, ...]]:
    """The format of a file's content, with a warning where its name says another.

    Raises DocumentRefused, with what to do, for what is none of the formats that are read.
    """
    found = _detect(content, name)
    extension = PurePath(name).suffix.lower()
    told = _EXTENSIONS.get(extension)
    if found == "txt" and told == "md":
        return "md", ()
    if not extension or told == found or (found == "doc" and extension in {".wps", ".rtf"}):
        return found, ()
    told_as = f"扩展名是 {extension}，内容却是 .{found}，已按 .{found} 读取"
    return found, (f"{name}：{told_as}；请把扩展名改为 .{found}",)


def _detect(content: bytes, name: str) -> Format:
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(content, name)
    if content.startswith(_OLE):
        return _compound(content, name)
    if content.startswith(b"{\\rtf"):
        return "doc"
    for starts, kind, remedy in _FOREIGN:
        if content.startswith(starts):
            raise DocumentRefused(name, f"这是{kind}，不能读取", remedy)
    text, _ = decode(content, name)
    return "html" if _HTML.match(text.lstrip("\ufeff")[:_HTML_WITHIN]) else "txt"


def _packed(content: bytes, name: str) -> Format:
    members = member_names(content)
    for member, found in _PACKED:
        if member in members:
            return found
    for member, kind, remedy in _FOREIGN_PACKED:
        if member in members:
            raise DocumentRefused(name, f"这是{kind}，不能读取", remedy)
    if not members and PurePath(name).suffix.lower() != ".zip":
        raise DocumentRefused(name, "文件不完整或已损坏，无法解开", "请重新下载或另存后再提供")
    return "zip"


def _compound(content: bytes, name: str) -> Format:
    """Files in Microsoft's compound format: old Office documents, and new ones that are encrypted."""
    if _stream("EncryptedPackage") in content:
        raise DocumentRefused(name, "文件已加密", "请在 Office 中取消打开密码，另存后重新提供")
    if _stream("_VBA_PROJECT") in content:
        raise DocumentRefused(
            name, "文件含有宏，为安全起见不予读取", "请在 Word 中另存为不含宏的 .docx 后重新提供"
        )
    if _stream("WordDocument") in content:
        return "doc"
    if _stream("Workbook") in content or _stream("Book") in content:
        raise DocumentRefused(name, "这是旧版 Excel 工作簿（.xls），不能读取", "请另存为 .xlsx")
    raise DocumentRefused(name, "这是旧版 Office 文件，但不是 Word 文档，或已损坏", READABLE)


def _stream(name: str) -> bytes:
    """The name of a stream as the directory of a compound file has it, its end included."""
    return f"{name}\0".encode("utf-16-le")

"""The bytes of a file → its documents: each format to its reader, and what comes out held against the bounds.

Runs in the process that `reading` bounds; whatever a parser trips over means that the file is damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.documents.archive import unpack
from knowledge.documents.document import Document, Table
from knowledge.documents.formats import Format, detect
from knowledge.documents.legacy import read_legacy
from knowledge.documents.limits import MEBIBYTE, ReadingLimits
from knowledge.documents.markdown import read_markdown
from knowledge.documents.pages import read_pages
from knowledge.documents.plain import read_plain
from knowledge.documents.sheets import read_sheets
from knowledge.documents.web import read_web
from knowledge.documents.word import read_word
from knowledge.errors import DocumentRefused


def load(content: bytes, name: str, limits: ReadingLimits) -> tuple[Document, ...]:
    """The documents of a file, several where it is an archive. Raises DocumentRefused and nothing else."""
    return tuple(_load(content, name, limits, packed=False))


def _load(content: bytes, name: str, limits: ReadingLimits, *, packed: bool) -> Iterator[Document]:
    if not content:
        raise DocumentRefused(name, "文件是空的", "请核对后重新提供")
    found, warnings = detect(content, name)
    if found != "zip":
        document = _read(found, content, name, limits)
        yield replace(_checked(document, limits), warnings=(*warnings, *document.warnings))
        return
    if packed:
        raise DocumentRefused(name, "压缩包内还有压缩包", "请解开里层的压缩包后重新打包")
    members = 0
    for path, member in unpack(content, name, limits):
        members += 1
        yield from _load(member, f"{name} 中的 {path}", limits, packed=True)
    if not members:
        raise DocumentRefused(name, "压缩包里没有文件", "请核对后重新打包")


def _read(found: Format, content: bytes, name: str, limits: ReadingLimits) -> Document:
    try:
        match found:
            case "docx":
                return read_word(content, name, limits)
            case "doc":
                return read_legacy(content, name, limits)
            case "pdf":
                return read_pages(content, name, limits)
            case "xlsx":
                return read_sheets(content, name, limits)
            case "html":
                return read_web(content, name)
            case "md":
                return read_markdown(content, name)
            case _:
                return read_plain(content, name)
    except DocumentRefused:
        raise
    except MemoryError:
        cause = f"读取所需内存超过 {limits.memory_bytes // MEBIBYTE} MB"
        raise DocumentRefused(name, cause, "请拆成较小的文件，去掉大幅图片") from None
    except Exception as error:  # parsers written in C do not always say that it is memory that they lack
        raise DocumentRefused(
            name,
            f"不能按 .{found} 读取：文件不完整、已损坏或过于庞大",
            "请重新下载，或用原来的软件打开后另存再提供；很大的文件请拆小",
        ) from error


def _checked(document: Document, limits: ReadingLimits) -> Document:
    """The document, if it says something and no more than may be read."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = sum(len(table.columns) * (len(table.rows) + 1) or sum(map(len, table.rows)) for table in tables)
    if cells > limits.cells:
        raise DocumentRefused(
            document.name, f"表格共 {cells} 格，超过 {limits.cells} 格", "请删去与通知无关的表格后重新提供"
        )
    characters = len(document.text())
    if characters > limits.characters:
        raise DocumentRefused(
            document.name, f"共 {characters} 字，超过 {limits.characters} 字", "请拆成较小的文件"
        )
    if not any(
        block.rows or block.columns if isinstance(block, Table) else block.text for block in document.blocks
    ):
        raise DocumentRefused(document.name, "文件里没有文字", "请核对后重新提供；扫描件请先做文字识别")
    return document

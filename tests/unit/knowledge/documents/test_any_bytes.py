"""Whatever bytes come, a file gives documents or a refusal, and nothing else; checked inside the reading process."""

from __future__ import annotations

import logging
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import typeset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from typeset import Grid, Piece

from knowledge.clauses import parse_notice
from knowledge.documents import Document, ReadingLimits
from knowledge.documents.loading import load
from knowledge.errors import DocumentRefused

CONTENT = (
    Piece("关于申报项目的通知", is_title=True),
    Piece("总则", "一、", is_heading=True),
    Piece("申报单位应当按时申报，注册时间不少于1年。", "1."),
    Grid((("类别", "电话"), ("平台", "025-1"), (None, "025-2")), caption="表1 电话"),
)


def workbook() -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (("类别", "电话"), ("平台", "025-1")):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.html", typeset.as_html(CONTENT))
        packed.writestr("b.txt", typeset.as_text(CONTENT[:3], "gbk"))
    return file.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: typeset.as_word(CONTENT),
    "a.pdf": lambda: typeset.as_pdf(CONTENT),
    "a.html": lambda: typeset.as_html(CONTENT),
    "a.md": lambda: typeset.as_markdown(CONTENT),
    "a.txt": lambda: typeset.as_text(CONTENT[:3], "gb18030"),
    "a.xlsx": workbook,
    "a.zip": archive,
}
# Members of a package are mutated unpacked, else their checksums would keep the parsers from ever seeing it.
MEMBERS = {
    "a.docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"),
    "a.xlsx": ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"),
}  # fmt: skip
PIECES = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [b"<", b">", b"</w:p>", b"<w:tbl>", b"<w:tc>", b'"', b"&amp;", b"\x00", b"<table><tr><td rowspan=999999 colspan=999999>", b"obj",
         b"stream", b"<ol>" * 300, b"<div>" * 3000, b"[" * 200, b"> " * 200, b"99999999999999999999", b"-1", b"<!DOCTYPE html>"]
    ),
)  # fmt: skip
Mutation = tuple[float, int, bytes]
mutations = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=6)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Parsers complain of damaged files at length."""
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)


def mutated(content: bytes, changes: list[Mutation]) -> bytes:
    for where, gone, piece in changes:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + gone :]
    return content


def assert_read_or_refused(content: bytes, name: str) -> None:
    documents: tuple[Document, ...] = ()
    refused: DocumentRefused | None = None
    try:
        documents = load(content, name, ReadingLimits())
    except DocumentRefused as refusal:
        refused = refusal
    for document in documents:
        assert document.text().strip()
        parse_notice(document.text(), ())
    assert refused is None or (refused.file.startswith(name) and refused.cause and refused.remedy)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return {name: make() for name, make in WHOLE.items()}


@pytest.mark.parametrize("name", WHOLE)
@given(changes=mutations)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_damaged_file_is_read_or_refused(
    whole: dict[str, bytes], name: str, changes: list[Mutation]
) -> None:
    assert_read_or_refused(mutated(whole[name], changes), name)


@pytest.mark.parametrize(
    ("name", "member"), [(name, member) for name, members in MEMBERS.items() for member in members]
)
@given(changes=mutations)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_package_with_a_damaged_member_is_read_or_refused(
    whole: dict[str, bytes], name: str, member: str, changes: list[Mutation]
) -> None:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(whole[name])) as package, zipfile.ZipFile(file, "w") as damaged:
        for each in package.namelist():
            content = package.read(each)
            damaged.writestr(each, mutated(content, changes) if each == member else content)
    assert_read_or_refused(file.getvalue(), name)


STARTS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"\xff\xfe",
    b"{\\rtf1",
    b"| a |\n|---|\n",
)


@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=300),
    name=st.sampled_from([*WHOLE, "a.exe", "a", ""]),
)
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    if start.startswith((b"{\\rtf", b"\xd0")):
        rest = rest.replace(b"W", b"")  # LibreOffice would be asked, which takes its seconds
    if not start.startswith(b"{\\rtf"):
        assert_read_or_refused(start + rest, name)


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_any_text_is_read_in_every_format_that_is_text(text: str) -> None:
    for name in ("a.txt", "a.md", "a.html"):
        assert_read_or_refused(text.encode("utf-8", "surrogatepass"), name)

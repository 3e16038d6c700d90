"""Web pages: headings, paragraphs, numbered lists and tables; what serves the site rather than the text is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.documents.document import Document, Paragraph, Table
from knowledge.documents.grid import Cell, read_grid, with_captions
from knowledge.documents.plain import decode
from knowledge.numbering import Kind, print_marker, read_marker
from knowledge.tables import flat

if TYPE_CHECKING:
    from lxml.etree import _Element


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OUT = _names(
    "script style noscript template nav aside footer iframe object svg canvas audio video button select textarea input "
    "head dialog menu"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|foot|copyright|sidebar|share|toolbar|pagination|"
    r"related|topbar|searchbar|login|banner|logo|skip)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = _names(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main ol p pre section summary table ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_LESS_THAN = re.compile(r"<(?![A-Za-z/!?])")
"""A sign that opens no tag: 投入<2000万元. Browsers print it, libxml2 would drop what follows."""
_LEGACY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "x-gbk": "gb18030",
}
_DEEPEST = 200


def read_web(content: bytes, name: str) -> Document:
    """The document of a web page in the encoding that it declares. Raises DocumentRefused."""
    declared = _CHARSET.search(content[:4096])
    legacy = _LEGACY.get(declared[1].decode("ascii").lower()) if declared else None
    if legacy:
        try:
            return read_html(content.decode(legacy), name)
        except UnicodeDecodeError:
            pass  # declared wrongly: what it really is, is found out
    text, warnings = decode(content, name)
    page = read_html(text, name)
    return replace(page, warnings=warnings + page.warnings)


def read_html(text: str, name: str) -> Document:
    """The document of an HTML text."""
    import lxml.html  # noqa: PLC0415 - heavy

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    if not text.strip():
        return Document(name, "html", ())
    text = _LESS_THAN.sub("&lt;", text)
    root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return Document(name, "html", with_captions(_Page().read(root)))


class _Page:
    """Walks the elements in order; `_line` gathers the text that runs on until a block begins or ends."""

    def __init__(self) -> None:
        self._blocks: list[Paragraph | Table] = []
        self._line: list[str] = []
        self._prefix = ""
        self._level: int | None = None

    def read(self, root: _Element) -> list[Paragraph | Table]:
        """All blocks of the page."""
        self._walk(root, 0)
        self._end_line()
        return self._blocks

    def _walk(self, element: _Element, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or _is_out(element):
            return
        if depth > _DEEPEST:
            self._line.append(_all_text(element))
            return
        if tag in _BLOCKS:
            self._end_line()
        if tag == "br":
            self._end_line()
        elif tag == "table" and not _is_layout(element):
            self._table(element)
        elif tag == "ol":
            self._numbered(element, depth)
        elif tag == "pre":
            for line in _all_text(element).split("\n"):
                self._line.append(line)
                self._end_line()
        else:
            before = self._level
            self._level = _HEADINGS.get(tag, before)
            self._children(element, depth)
            if tag in _BLOCKS or tag in {"td", "th", "tr"}:
                self._end_line()
            self._level = before

    def _children(self, element: _Element, depth: int) -> None:
        self._line.append(element.text or "")
        for child in element.iterchildren():
            self._walk(child, depth + 1)
            self._line.append(child.tail or "")

    def _table(self, element: _Element) -> None:
        named = element.find("caption")
        caption = flat(_all_text(named)) if named is not None else ""
        for block in read_grid([list(_cells(row)) for row in _rows(element)]):
            self._blocks.append(
                replace(block, caption=caption or block.caption) if isinstance(block, Table) else block
            )

    def _numbered(self, element: _Element, depth: int) -> None:
        items = [child for child in element.iterchildren() if child.tag == "li"]
        step = -1 if element.get("reversed") is not None else 1
        number = _figure(element.get("start"), len(items) if step < 0 else 1)
        write = _writer(element)
        for item in items:
            number = _figure(item.get("value"), number)
            self._prefix = write(number)
            self._children(item, depth + 1)
            self._end_line()
            self._prefix = ""
            number += step

    def _end_line(self) -> None:
        text = flat("".join(self._line))
        self._line = []
        if not text:
            return
        prefix, self._prefix = self._prefix, ""
        if prefix and not read_marker(text):
            text = f"{prefix} {text}" if text[0].isascii() and text[0].isalnum() else prefix + text
        self._blocks.append(Paragraph(text, self._level))


def _is_out(element: _Element) -> bool:
    if element.tag in _OUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.tag not in {"html", "body"} and bool(_FURNITURE.search(named)) and _is_mostly_links(element)
    )


def _all_text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _is_mostly_links(element: _Element) -> bool:
    """Whether what is called navigation is: short, or links for the greater part."""
    whole = len(flat(_all_text(element)))
    linked = sum(len(flat(_all_text(link))) for link in element.iter("a"))
    return whole < 200 or linked * 2 > whole


def _is_layout(table: _Element) -> bool:
    """Whether a table only lays out the page: other tables in it, one row, or one column."""
    rows = list(_rows(table))
    nested = next(table.iterdescendants("table"), None) is not None
    return nested or len(rows) < 2 or not any(len(list(_fields(row))) > 1 for row in rows)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.iterchildren():
        if child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")
        elif child.tag == "tr":
            yield child


def _fields(row: _Element) -> Iterator[_Element]:
    return (child for child in row.iterchildren() if child.tag in {"td", "th"})


def _cells(row: _Element) -> Iterator[Cell]:
    fields = list(_fields(row))
    parent = row.getparent()
    heads = (parent is not None and parent.tag == "thead") or all(field.tag == "th" for field in fields)
    for field in fields:
        page = _Page()
        lines = (block.text for block in page.read(field) if isinstance(block, Paragraph))
        across, down = (_figure(field.get(name), 1) for name in ("colspan", "rowspan"))
        yield Cell("\n".join(lines), across, down or 1 << 16, heads)


def _writer(element: _Element) -> Callable[[int], str]:
    style = element.get("style") or ""
    kind = element.get("type") or ""
    if re.search(r"cjk-ideographic|chinese-informal|cjk-decimal", style):
        return lambda number: _marked(Kind.HAN, number)
    if kind in {"a", "A"} or "alpha" in style:
        return lambda number: f"{chr(ord('A' if kind == 'A' else 'a') + (number - 1) % 26)}."
    return lambda number: f"{number}."


def _marked(kind: Kind, number: int) -> str:
    try:
        return print_marker(kind, number)
    except ValueError:
        return f"{number}."


def _figure(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else default

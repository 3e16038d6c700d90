"""The clauses of a tree typeset as files: .docx with automatic numbering, .pdf, .html, .md, .txt. For tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from knowledge.clauses import ClauseTree
from knowledge.models import Clause
from knowledge.numbering import Kind, read_marker


@dataclass(frozen=True)
class Piece:
    """A paragraph: its number, which an author may leave to the program, and its words."""

    words: str
    marker: str = ""
    is_title: bool = False
    is_heading: bool = False

    @property
    def text(self) -> str:
        return self.marker + self.words


@dataclass(frozen=True)
class Grid:
    """A table: the first row holds its headings. None stands for a cell merged with the one above."""

    rows: tuple[tuple[str | None, ...], ...]
    caption: str = ""

    def filled(self) -> list[list[str]]:
        done: list[list[str]] = []
        for row in self.rows:
            done.append([done[-1][at] if cell is None else cell for at, cell in enumerate(row)])
        return done


Content = Sequence[Piece | Grid]


def pieces(tree: ClauseTree) -> list[Piece | Grid]:
    """The paragraphs of a notice as an author would write them."""
    return [piece for clause in tree for piece in _of_clause(clause)]


def _of_clause(clause: Clause) -> Iterator[Piece]:
    lines = clause.text.split("\n")
    if clause.heading and not clause.text.startswith(clause.heading):
        lines.insert(0, clause.heading)
    for at, line in enumerate(lines):
        yield Piece(
            line,
            clause.marker if at == 0 else "",
            is_title=clause.id == "0" and at < 3,
            is_heading=at == 0 and bool(clause.heading),
        )


def as_text(content: Content, encoding: str = "utf-8") -> bytes:
    lines = []
    for piece in content:
        assert isinstance(piece, Piece)
        lines.append(piece.text)
    return "\r\n".join(lines).encode(encoding)


def as_markdown(content: Content) -> bytes:
    lines: list[str] = []
    for piece in content:
        if isinstance(piece, Piece):
            lines += ["## " + piece.text if piece.is_heading else piece.text, ""]
        else:
            head, *rows = piece.filled()
            lines += [piece.caption, ""] if piece.caption else []
            lines += [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)] + [""]
    return "\n".join(lines).encode()


def as_html(content: Content) -> bytes:
    """A page of a bureau's site around the text, numbers 1. 2. 3. as lists."""
    body: list[str] = []
    waiting: list[Piece] = []
    for piece in [*content, None]:
        marker = read_marker(piece.text) if isinstance(piece, Piece) else None
        if isinstance(piece, Piece) and piece.marker and marker and marker.kind is Kind.ARABIC:
            if marker.ordinal == 1:
                body += _list(waiting)
                waiting = []
            waiting.append(piece)
            continue
        body += _list(waiting)
        waiting = []
        if isinstance(piece, Piece):
            tag = "h2" if piece.is_title else "h3" if piece.is_heading else "p"
            body.append(f"<{tag}>&nbsp;&nbsp;{escape(piece.text)}</{tag}>")
        elif piece:
            body.append(_table(piece))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title><style>p {{ margin: 0 }}</style></head>
<body><div class="nav"><a href="/">首页</a> &gt; <a href="/tz">通知公告</a></div><script>var 一 = "一、脚本";</script>
<div id="zoom">{"".join(body)}</div><div class="footer">版权所有 某某厅 <a href="/about">关于我们</a></div></body></html>""".encode()


def _list(items: Sequence[Piece]) -> list[str]:
    if not items:
        return []
    return ["<ol>", *(f"<li><p>{escape(item.words)}</p></li>\n" for item in items), "</ol>"]


def _table(grid: Grid) -> str:
    rows = []
    for at, row in enumerate(grid.rows):
        tag = "th" if at == 0 else "td"
        fields = []
        for column, cell in enumerate(row):
            if cell is None:
                continue
            down = 1
            while at + down < len(grid.rows) and grid.rows[at + down][column] is None:
                down += 1
            fields.append(f"<{tag}{f' rowspan={down}' if down > 1 else ''}>{escape(cell)}</{tag}>")
        rows.append(f"<tr>{''.join(fields)}</tr>")
    caption = f"<p>{escape(grid.caption)}</p>" if grid.caption else ""
    return f"{caption}<table><tbody>{''.join(rows)}</tbody></table>"


NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>"""
_LEVELS = {Kind.HAN: 0, Kind.HAN_PAREN: 1, Kind.ARABIC: 2}


def as_word(content: Content, *, automatic: bool = True) -> bytes:
    """A Word document; `automatic` leaves all numbers of clauses to the program, headings' ones to their style."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    document.sections[0].header.paragraphs[0].text = "某某厅文件"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    for piece in content:
        if isinstance(piece, Grid):
            _add_table(document, piece)
            continue
        marker = read_marker(piece.text) if piece.marker and automatic else None
        paragraph = document.add_paragraph(
            piece.words if marker else piece.text,
            style="Heading 1" if marker and marker.kind is Kind.HAN else None,
        )
        if marker and marker.kind is not Kind.HAN:
            level = _LEVELS[marker.kind]
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
            )
    return saved(document)


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, grid: Grid) -> None:
    if grid.caption:
        document.add_paragraph(grid.caption)
    table = document.add_table(len(grid.rows), len(grid.rows[0]))
    for at, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if cell is None:
                table.cell(at - 1, column).merge(table.cell(at, column))
            else:
                table.cell(at, column).text = cell


def as_pdf(
    content: Content, *, columns: int = 1, header: str = "某某省工业和信息化厅文件汇编", indent: bool = True
) -> bytes:
    """A PDF of justified pages with header, page number and the red line below the title."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        HRFlowable,
        PageTemplate,
        Paragraph,
        Table,
        TableStyle,
    )

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font: dict[str, Any] = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    text = ParagraphStyle("text", fontSize=14, leading=24, firstLineIndent=28 if indent else 0, **font)
    title = ParagraphStyle("title", fontSize=18, leading=30, alignment=1, **font)
    field = ParagraphStyle("field", fontSize=11, leading=14, **font)
    width, height = A4
    margin, gap = 72, 24
    column = (width - 2 * margin - gap * (columns - 1)) / columns

    def furnish(canvas: Any, template: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(margin, height - 40, header)
        canvas.drawCentredString(width / 2, 36, f"— {template.page} —")
        if template.page == 1:  # the round text of a stamp, over the print
            canvas.saveState()
            canvas.translate(300, 300)
            canvas.setFillColor(colors.red)
            for at, char in enumerate("某某省工业和信息化厅"):
                canvas.saveState()
                canvas.rotate(150 - at * 33)
                canvas.drawString(0, 50, char)
                canvas.restoreState()
            canvas.restoreState()

    flow: list[Any] = []
    titled = any(isinstance(piece, Piece) and piece.is_title for piece in content)
    for piece in content:
        if isinstance(piece, Grid):
            if piece.caption:
                flow.append(Paragraph(escape(piece.caption), text))
            flow.append(_pdf_table(piece, field, Paragraph, Table, TableStyle))
            continue
        if titled and not piece.is_title:
            flow.append(HRFlowable(width="100%", color=colors.red, thickness=2))
            titled = False
        flow.append(Paragraph(escape(piece.text), title if piece.is_title else text))
    frames = [
        Frame(margin + at * (column + gap), 60, column, height - 130, 0, 0, 0, 0) for at in range(columns)
    ]
    file = BytesIO()
    BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate(frames=frames, onPage=furnish)]).build(
        flow
    )
    return file.getvalue()


def _pdf_table(grid: Grid, style: Any, paragraph: Any, table: Any, table_style: Any) -> Any:
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for column in range(len(grid.rows[0])):
        start = 0
        for at in range(1, len(grid.rows) + 1):
            if at == len(grid.rows) or grid.rows[at][column] is not None:
                if at - start > 1:
                    commands.append(("SPAN", (column, start), (column, at - 1)))
                start = at
    rows = [["" if cell is None else paragraph(escape(cell), style) for cell in row] for row in grid.rows]
    return table(rows, style=table_style(commands), repeatRows=1)


def told(tree: Iterable[Clause]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What must be the same of two trees: ids, labels, texts without white space, categories."""
    from knowledge.normalise import squeeze

    return [(clause.id, clause.label, squeeze(clause.text), clause.categories) for clause in tree]

"""PDF: what the layout says of paragraphs, columns, tables and the furniture of pages; scans where they can be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typeset
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from typeset import Grid, Piece

from knowledge.documents import Document, ReadingLimits, Table
from knowledge.documents.loading import load

WIDTH, HEIGHT = A4
FONT = "STSong-Light"
CHINESE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


def read(content: bytes) -> Document:
    (document,) = load(content, "a.pdf", ReadingLimits())
    return document


def drawn(*pages: list[tuple[float, float, float, str]], more: Any = None) -> bytes:
    """Pages with texts at (x, distance from the top, size)."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file, A4)
    for page in pages:
        for x, down, size, text in page:
            canvas.setFont(FONT, size)
            canvas.drawString(x, HEIGHT - down, text)
        if more:
            more(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def body(*lines: str, top: float = 100) -> list[tuple[float, float, float, str]]:
    """Lines of 14 points, the first of each paragraph indented where it begins with two wide spaces."""
    return [
        (72 + 28 * line.startswith("\u3000"), top + 24 * at, 14, line.strip("\u3000"))
        for at, line in enumerate(lines)
    ]


FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"


def test_wrapped_lines_are_joined_and_an_indent_begins_a_paragraph() -> None:
    document = read(drawn(body("\u3000" + FULL[:28], FULL, FULL[:5] + "。", "\u3000" + FULL[:28], FULL[:10])))
    assert [p.text for p in document.paragraphs] == [
        FULL[:28] + FULL + FULL[:5] + "。",
        FULL[:28] + FULL[:10],
    ]


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_do_not_stand_in_it() -> None:
    for number in ("— {} —", "- {} -", "{}", "第 {} 页 共 2 页", "·{}·", "{}/2"):
        first = [*body(FULL, FULL), (280, 800, 9, number.format(1))]
        second = [*body(FULL[::-1], "止。"), (280, 800, 9, number.format(2))]
        (paragraph,) = read(drawn(first, second)).paragraphs
        assert paragraph.text == FULL * 2 + FULL[::-1] + "止。"
        assert paragraph.page == 1


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    document = read(drawn(body("\u3000甲：", "\u30002023", "\u3000乙。")))
    assert [p.text for p in document.paragraphs] == ["甲：", "2023", "乙。"]


def test_headers_and_footers_that_recur_are_left_out_and_told() -> None:
    pages = [
        [
            (72, 40, 9, f"某某省文件 2023年第{n}期"),
            *body(FULL[n:] + FULL[:n], top=100),
            (72, 810, 9, "内部资料 注意保存"),
        ]
        for n in range(1, 4)
    ]
    document = read(drawn(*pages))
    assert "文件" not in document.text()
    assert "内部资料" not in document.text()
    assert document.warnings == ("a.pdf：页眉、页脚不计入正文：某某省文件…年第…期；内部资料注意保存",)


def test_rotated_print_is_no_text() -> None:
    def stamp(canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(200, 500)
        for degrees in (30, 90, 250):
            canvas.rotate(degrees)
            canvas.drawString(0, 40, "草稿水印")
        canvas.restoreState()

    assert read(drawn(body("\u3000甲。"), more=stamp)).text() == "甲。\n"


def test_print_doubled_for_boldness_is_read_once() -> None:
    twice = [(72.0, 100.0, 14.0, "一、总则"), (72.2, 100.0, 14.0, "一、总则")]
    assert read(drawn(twice)).text() == "一、总则\n"


def test_a_table_that_goes_on_over_pages_is_one_with_its_headings_once() -> None:
    rows = tuple((str(n), f"指标{n}", f"不少于{n}家") for n in range(1, 81))
    document = read(
        typeset.as_pdf(
            [Piece("一、总则"), Grid((("序号", "指标", "要求"), *rows), "表1 指标"), Piece("二、附则")]
        )
    )
    (table,) = document.tables
    assert table.rows == rows
    assert table.page == 1
    assert document.paragraphs[-1].text == "二、附则"
    assert document.paragraphs[-1].page == 3


def test_a_table_without_rules_is_read_by_its_columns_and_told() -> None:
    rows = [
        ("类别", "联系人", "电话"),
        ("平台类", "张某", "025-69652717"),
        ("标杆工厂类", "李某", "025-69652603"),
    ]
    placed = [
        (72 + 150 * at, 148 + 24 * n, 14, cell) for n, row in enumerate(rows) for at, cell in enumerate(row)
    ]
    document = read(drawn([*body("\u3000联系方式如下："), *placed, *body("\u3000其他事项。", top=240)]))
    assert document.text().splitlines() == [
        "联系方式如下：",
        "【表1】类别、联系人、电话",
        "【表1 第1行】类别：平台类；联系人：张某；电话：025-69652717",
        "【表1 第2行】类别：标杆工厂类；联系人：李某；电话：025-69652603",
        "其他事项。",
    ]
    assert document.warnings == ("a.pdf：第 1 页有没有框线的表格，行列按位置推定，合并的单元格请核对",)


def test_a_frame_around_text_is_no_table() -> None:
    document = read(
        drawn(body("\u3000甲。", "\u3000乙。"), more=lambda canvas: canvas.rect(60, 100, 400, 650))
    )
    assert not any(isinstance(block, Table) for block in document.blocks)


def test_a_scan_is_read_with_its_confidence_where_characters_are_recognised() -> None:
    pytest.importorskip("rapidocr")
    if not CHINESE.exists():
        pytest.skip("no Chinese font to draw a scan with; `make system` installs one")
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - only here

    image = Image.new("L", (1000, 320), 255)
    font = ImageFont.truetype(str(CHINESE), 36)
    for at, line in enumerate(("一、申报条件", "（一）申报单位应在江苏省内注册。", "联系电话：025-69652717")):
        ImageDraw.Draw(image).text((60, 40 + 90 * at), line, 0, font=font)
    file = BytesIO()
    image.save(file, "PDF", resolution=150)
    document = read(file.getvalue())
    assert document.text().splitlines() == [
        "一、申报条件",
        "（一）申报单位应在江苏省内注册。",
        "联系电话：025-69652717",
    ]
    assert document.confidence is not None
    assert 0.8 < document.confidence <= 1
    assert document.warnings[0].startswith("a.pdf：第 1 页是扫描件，文字经识别得来")

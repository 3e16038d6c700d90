"""Word: numbers that stand in styles and lists, tables with merged cells, what is on the page but not in the text."""

from __future__ import annotations

from typing import Any

import docx
import pytest
import typeset
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.documents import Document, ReadingLimits
from knowledge.documents.loading import load

W = nsdecls("w")
Level = tuple[str, str]
"""A number format and the text of a level."""


def read(document: Any) -> Document:
    (read_back,) = load(typeset.saved(document), "a.docx", ReadingLimits())
    return read_back


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in read(document).paragraphs]


def with_lists(*lists: tuple[Level, ...], more: str = "") -> Any:
    """A document with lists 90, 91 …; `more` goes into numbering.xml behind them."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for number, levels in enumerate(lists, 90):
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(levels)
        )
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    if more:
        numbering.append(parse_xml(more))
    return document


def add(document: Any, text: str, level: int | None = 0, number: int = 90) -> Any:
    paragraph = document.add_paragraph(text)
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}>{at}<w:numId w:val="{number}"/></w:numPr>'))
    return paragraph


@pytest.mark.parametrize(
    ("form", "pattern", "printed"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("chineseCountingThousand", "第%1条", ["第一条 ", "第二条 ", "第三条 "]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimal", "（%1）", ["（1）", "（2）", "（3）"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("decimalZero", "%1.", ["01.", "02.", "03."]),
        ("bullet", "\uf0b7", ["", "", ""]),
        ("none", "附则", ["附则", "附则", "附则"]),
        ("unheardOf", "%1.", ["1.", "2.", "3."]),
    ],
)
def test_numbers_are_printed_in_their_format(form: str, pattern: str, printed: list[str]) -> None:
    document = with_lists(((form, pattern),))
    for _ in printed:
        add(document, "甲方")
    assert texts(document) == [f"{number}甲方" for number in printed]


def test_chinese_numbers_go_on_beyond_ten() -> None:
    document = with_lists((("chineseCounting", "第%1条"),))
    for _ in range(21):
        add(document, "甲")
    assert [text.split()[0] for text in texts(document)[9:]] == [
        "第十条", "第十一条", "第十二条", "第十三条", "第十四条", "第十五条", "第十六条", "第十七条", "第十八条", "第十九条",
        "第二十条", "第二十一条",
    ]  # fmt: skip


def test_levels_start_anew_below_each_number_above_and_lists_do_not_disturb_each_other() -> None:
    outline = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    document = with_lists(outline, (("decimal", "%1."),))
    for level in (0, 1, 2, 2, 1, 2):
        add(document, "甲", level)
    add(document, "乙", 0, 91)
    for level in (0, 2, 1):  # a level that is left out counts as begun, as office programs do
        add(document, "甲", level)
    assert texts(document) == [
        "一、甲", "（一）甲", "1.甲", "2.甲", "（二）甲", "1.甲", "1.乙", "二、甲", "1.甲", "（二）甲",
    ]  # fmt: skip


def test_a_legal_number_names_all_levels() -> None:
    document = with_lists((("chineseCounting", "%1、"), ("decimal", "%1.%2")))
    level = document.part.numbering_part.element[0][1]
    level.append(parse_xml(f"<w:isLgl {W}/>"))
    for at in (0, 1, 1):
        add(document, "甲", at)
    assert texts(document) == ["一、甲", "1.1甲", "1.2甲"]


def test_a_list_may_be_started_anew_and_go_on() -> None:
    restart = f'<w:num {W} w:numId="95"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    document = with_lists((("decimal", "%1."),), more=restart)
    for number in (90, 90, 95, 95, 90):
        add(document, "甲", 0, number)
    assert texts(document) == ["1.甲", "2.甲", "5.甲", "6.甲", "7.甲"]


def test_a_number_comes_from_the_style_and_the_style_it_is_based_on() -> None:
    document = with_lists((("chineseCounting", "%1、"), ("chineseCounting", "（%2）")))
    styles = document.styles
    styles["Heading 1"].element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>')
    )
    styles["Heading 2"].element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/><w:numId w:val="90"/></w:numPr>')
    )
    own = styles.add_style("公文一级", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = styles["Heading 1"]
    for text, style in (("甲", "Heading 1"), ("乙", "Heading 2"), ("丙", "公文一级")):
        document.add_paragraph(text, style=style)
    add(document, "没有编号", None, 0).style = "Heading 1"
    document.add_paragraph("正文")
    assert texts(document) == ["一、甲", "（一）乙", "二、丙", "没有编号", "正文"]
    assert [paragraph.level for paragraph in read(document).paragraphs] == [1, 2, 1, 1, None]


def test_an_empty_paragraph_takes_no_number() -> None:
    document = with_lists((("decimal", "%1."),))
    for text in ("甲", "  ", "乙"):
        add(document, text)
    assert texts(document) == ["1.甲", "2.乙"]


def test_a_number_and_a_figure_behind_it_stay_apart() -> None:
    document = with_lists((("decimal", "%1."),))
    add(document, "2022年以来的投入。")
    assert texts(document) == ["1. 2022年以来的投入。"]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    document = docx.Document()
    document.add_paragraph("不少于")._p.extend(
        [
            parse_xml(f"<w:del {W}><w:r><w:delText>1</w:delText></w:r></w:del>"),
            parse_xml(f"<w:ins {W}><w:r><w:t>3</w:t></w:r></w:ins>"),
            parse_xml(f"<w:r {W}><w:t>年</w:t></w:r>"),
        ]
    )
    assert texts(document) == ["不少于3年"]


def test_fields_show_their_result_and_links_their_words() -> None:
    document = docx.Document()
    document.add_paragraph("见")._p.extend(
        [
            parse_xml(f"<w:r {W}><w:instrText>HYPERLINK x</w:instrText></w:r>"),
            parse_xml(f"<w:hyperlink {W}><w:r><w:t>附件1</w:t></w:r></w:hyperlink>"),
            parse_xml(f"<w:r {W}><w:br/><w:t>第二行</w:t></w:r>"),
        ]
    )
    assert texts(document) == ["见附件1", "第二行"]


def test_content_controls_are_read_and_text_boxes_follow_their_paragraph_with_a_warning() -> None:
    document = docx.Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件中</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    )
    box = f"<w:txbxContent {W}><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document.add_paragraph("正文")._p.append(
        parse_xml(
            f'<w:r {W} {mc}><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>'
        )
    )
    found = read(document)
    assert [paragraph.text for paragraph in found.paragraphs] == ["控件中", "正文", "框中"]
    assert found.warnings == ("a.docx：含有文本框，其中的文字排在所在段落之后，请核对",)


def test_headers_and_footers_are_not_read() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("正文")
    assert texts(document) == ["正文"]


def test_merged_cells_are_carried_down_and_headings_of_two_rows_joined() -> None:
    document = docx.Document()
    document.add_paragraph("表2 指标体系")
    document.add_paragraph("单位：分")
    table = document.add_table(5, 4)
    for row, cells in enumerate(
        (
            ("一级指标", "评价标准", "", "备注"),
            ("", "内容", "分值", ""),
            ("基础能力", "设备联网", "10", "甲"),
            ("", "数据采集", "20", "乙"),
            ("应用成效", "降本", "30", "丙"),
        )
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    document.add_paragraph("注：以上为上年末数。")
    assert read(document).text().splitlines() == [
        "【表2】指标体系（单位：分）",
        "【表2 第1行】一级指标：基础能力；评价标准·内容：设备联网；评价标准·分值：10；备注：甲",
        "【表2 第2行】一级指标：基础能力；评价标准·内容：数据采集；评价标准·分值：20；备注：乙",
        "【表2 第3行】一级指标：应用成效；评价标准·内容：降本；评价标准·分值：30；备注：丙",
        "注：以上为上年末数。",
    ]


def test_a_row_across_the_table_is_said_in_the_rows_below_it() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for row, cells in enumerate(
        (("序号", "指标", "要求"), ("一、基础能力", "", ""), ("1", "联网率", "80%"), ("2", "上云率", "60%"))
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    assert read(document).text().splitlines()[1:] == [
        "【表1 第1行】一、基础能力",
        "【表1 第2行】一、基础能力；序号：1；指标：联网率；要求：80%",
        "【表1 第3行】一、基础能力；序号：2；指标：上云率；要求：60%",
    ]


def test_lines_and_numbers_in_a_cell_are_one_text() -> None:
    document = with_lists((("decimal", "%1."),))
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "指标", "评价\n标准", "能力"
    cell = table.cell(1, 1)
    cell.paragraphs[0].text = "建有平台"
    add(document, "设备上云")
    add(document, "数据上云")
    for paragraph in document.paragraphs[-2:]:
        cell._tc.append(paragraph._p)
    assert (
        read(document).text().splitlines()[1]
        == "【表1 第1行】指标：能力；评价标准：建有平台；1.设备上云；2.数据上云"
    )


def test_a_frame_around_text_is_no_table() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "苏工信〔2023〕1号", "签发人：王某"
    single = document.add_table(2, 1)
    single.cell(0, 0).text, single.cell(1, 0).text = "一、总则", "甲。"
    assert read(document).tables == ()
    assert texts(document) == ["苏工信〔2023〕1号", "签发人：王某", "一、总则", "甲。"]

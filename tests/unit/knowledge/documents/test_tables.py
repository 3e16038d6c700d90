"""Tables of web pages, Markdown and workbooks; which rows are headings; how they are written."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.clauses import parse_notice
from knowledge.documents import Document, Paragraph, ReadingLimits, Table
from knowledge.documents.document import as_json, from_json
from knowledge.documents.grid import Cell, read_grid
from knowledge.documents.loading import load


def read(content: bytes | str, name: str) -> Document:
    (document,) = load(content.encode() if isinstance(content, str) else content, name, ReadingLimits())
    return document


def saved(workbook: Any) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("first", "headings"),
    [
        (("序号", "名称", "要求"), True),
        (("一级指标", "二级指标", "分值（分）"), True),
        (("设区市", "联系人", "联系电话"), True),
        (("南京市", "王某", "025-83630000"), False),
        (("平台类", "不少于1年", "见附件1"), False),
        (("企业名称", "某某公司", "法人代表"), False),
        (("甲", "乙", "丙"), False),
        (("申报单位应当在省内注册，并且健全财务管理机构和制度的要求", "标准", "备注"), False),
    ],
)
def test_a_first_row_of_headings_is_told_from_one_of_content(first: tuple[str, ...], headings: bool) -> None:
    rows = [[Cell(text) for text in row] for row in (first, ("子", "丑", "寅"), ("卯", "辰", "巳"))]
    (table,) = read_grid(rows)
    assert isinstance(table, Table)
    assert table.columns == (first if headings else ())
    assert len(table.rows) == (2 if headings else 3)


def test_a_web_page_is_read_without_what_serves_the_site() -> None:
    page = """<html><head><title>标题</title><script>x</script></head><body><nav>首页</nav><div class="breadcrumb">位置</div>
    <article><h1>关于 <b>申报</b>的通知</h1><p>各市：<br>请申报。</p><p style="display:none">暗</p>
    <ol start="3"><li>甲</li><li>乙<ol type="a"><li>子</li></ol></li><li value="9">丙</li></ol><ul><li>丁</li></ul>
    <ol style="list-style-type: cjk-ideographic"><li>戊</li></ol><ol><li>一、己</li></ol></article>
    <div class="content-footer">版权所有</div><footer>电话</footer></body></html>"""
    document = read(page, "a.html")
    assert document.text().splitlines() == [
        "关于申报的通知", "各市：", "请申报。", "3.甲", "4.乙", "a.子", "9.丙", "丁", "一、戊", "一、己",
    ]  # fmt: skip
    assert document.paragraphs[0].level == 1


def test_cells_that_span_are_carried_down_on_web_pages() -> None:
    page = """<table><caption>表1 指标</caption><thead><tr><th>类别<th>指标<th>要求</tr></thead><tbody>
    <tr><td rowspan=2>平台<td>设备<td>100台<tr><td>企业<td>50家<tr><td colspan=2>合计<td>150</table>"""
    assert read(page, "a.html").text().splitlines() == [
        "【表1】指标",
        "【表1 第1行】类别：平台；指标：设备；要求：100台",
        "【表1 第2行】类别：平台；指标：企业；要求：50家",
        "【表1 第3行】类别：合计；要求：150",
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = "<table><tr><td>栏目</td><td><p>一、总则</p><table><tr><th>指标<th>要求<tr><td>甲<td>乙</table></td></tr></table>"
    document = read(page, "a.html")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table]


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030"])
def test_a_web_page_is_read_in_the_encoding_it_declares(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>申报镕基項目</body></html>'.encode("gb18030")
    document = read(page, "a.html")
    assert (document.text(), document.warnings) == ("申报镕基項目\n", ())


def test_markdown_lists_headings_and_tables() -> None:
    text = "# 通知\n\n一、总则\n申报**单位**。\n\n1. 甲\n2. 乙\n\n| 类别 | 电话 |\n|---|---|\n| 平台 | 025-1 |\n\n<p>投入<2000万元</p>\n"
    assert read(text, "a.md").text().splitlines() == [
        "通知", "一、总则", "申报单位。", "1.甲", "2.乙", "【表1】类别、电话", "【表1 第1行】类别：平台；电话：025-1",
        "投入<2000万元",
    ]  # fmt: skip


def test_a_workbook_is_lines_and_tables_sheet_by_sheet() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "汇总"
    for row in (
        ("附件7",),
        ("推荐项目汇总表",),
        ("序号", "类别", "企业名称", "金额（万元）", "比例", "日期"),
        (1, "平台", "甲公司", 2000.0, 0.8, date(2023, 2, 28)),
        (2, None, "乙公司", 1999.5, 0.255, None),
        ("填报人：",),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:F2")
    sheet.merge_cells("B4:B5")
    for cell in ("E4", "E5"):
        sheet[cell].number_format = "0.0%"
    hidden = workbook.create_sheet("底稿")
    hidden.append(["甲", "乙"])
    hidden.sheet_state = "hidden"
    document = read(saved(workbook), "a.xlsx")
    assert document.text().splitlines() == [
        "附件7",
        "推荐项目汇总表",
        "【表1】序号、类别、企业名称、金额（万元）、比例、日期",
        "【表1 第1行】序号：1；类别：平台；企业名称：甲公司；金额（万元）：2000；比例：80%；日期：2023年2月28日",
        "【表1 第2行】序号：2；类别：平台；企业名称：乙公司；金额（万元）：1999.5；比例：25.5%",
        "填报人：",
    ]
    assert document.warnings == ("a.xlsx：隐藏的工作表未读取：底稿",)


def test_tables_are_numbered_as_printed_and_in_each_annex_anew() -> None:
    def table(caption: str = "") -> Table:
        return Table(caption, ("指标", "要求"), (("甲", "乙"),))

    document = Document(
        "a.docx",
        "docx",
        (
            Paragraph("通知"),
            table(),
            table("表1 能力"),
            table("表1 再次"),
            Paragraph("附件1"),
            Paragraph("指南"),
            table(),
        ),
    )
    tree = parse_notice(document.text(), ())
    assert [(clause.id, clause.text) for clause in tree if clause.id.split(".")[-1].split(":")[-1].startswith("t")] == [
        ("0.t2", "指标、要求"), ("0.t1", "能力"), ("0.t3", "再次"), ("annex-1:t1", "指标、要求"),
    ]  # fmt: skip


words = st.text("甲乙丙一二（）。；：、|【】1234 \n\u3000ab", max_size=12)
tables = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Table,
        caption=words,
        columns=st.one_of(st.just(()), st.tuples(*[words] * width)),
        rows=st.lists(st.tuples(*[words] * width), max_size=4).map(tuple),
    )
)
documents = st.lists(
    st.one_of(words.map(lambda text: Paragraph(text.replace("\n", " "))), tables), max_size=6
).map(lambda blocks: Document("a", "txt", tuple(blocks)))


@given(documents)
def test_every_row_of_any_document_is_a_clause_of_its_own(document: Document) -> None:
    tree = parse_notice(document.text(), ())
    rows = sum(len(table.rows) for table in document.tables)
    marked = [clause for clause in tree if clause.marker.startswith("【表") and "行】" in clause.marker]
    assert len(marked) >= rows
    assert from_json(as_json(document)) == document

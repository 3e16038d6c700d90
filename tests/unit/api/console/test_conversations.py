from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from api.console import export

FORMULAS = [
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        "|cmd",
        "%0A=1",
    ),
    '=HYPERLINK("http://evil","x")',
]


@pytest.fixture
def held(desk, records, clock):
    """Three questions on three days."""
    desk.reply("第一天的问题", session_id="a")
    clock.pass_(timedelta(days=1))
    desk.route = "unresolved"
    desk.reply("第二天的问题", session_id="b")
    clock.pass_(timedelta(days=1))
    desk.route = "contact"
    desk.reply("第三天的问题", session_id="c")
    records.feedback.rate("m1", "up", visitor="")
    records.feedback.rate("m3", "down", "没用", visitor="")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "一二三"),
        ("route=unresolved", "二"),
        ("route=nonsense", "一二三"),
        ("verdict=needs_info", "一二三"),
        ("verdict=eligible", ""),
        ("rating=up", "一"),
        ("rating=down", "三"),
        ("rating=none", "二"),
        ("text=第二", "二"),
        ("text=%25", ""),
        ("since=2026-11-26", "二三"),
        ("until=2026-11-26", "一二"),
        ("since=2026-11-26&until=2026-11-26&route=unresolved&text=问题", "二"),
        ("channel=desk", ""),
    ],
)
def test_conversations_are_filtered_and_exported_alike(query, shown, held, editor):
    page = editor.get(f"/conversations?{query}").text
    table = editor.get(f"/exports/conversations.csv?{query}").text
    for day in "一二三":
        assert (f"第{day}天的问题" in page) is (day in shown)
        assert (f"第{day}天的问题" in table) is (day in shown)


def test_export_links_carry_the_filter(held, editor):
    page = editor.get("/conversations?route=contact&text=a%26b").text
    assert "/console/exports/conversations.csv?route=contact&amp;text=a%26b" in page


def test_a_wrong_day_is_told(held, staff):
    assert staff.get("/conversations?since=yesterday").status_code == 422


def test_a_conversation_is_shown_as_it_was_held(held, staff, desk):
    desk.reply("接着问", session_id="c")
    page = staff.get("/conversations/c").text
    assert page.index("第三天的问题") < page.index("接着问")
    assert "没用" in page
    assert staff.get("/conversations/none").status_code == 404


def test_csv_opens_in_excel_with_headings_and_one_row_a_message(held, editor):
    response = editor.get("/exports/conversations.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="conversations.csv"' in response.headers["content-disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == export.HEADINGS
    assert [row[5] for row in rows[1:]] == ["第三天的问题", "第二天的问题", "第一天的问题"]
    assert rows[1][7] == "问联系方式"
    assert rows[1][10] == "1.1"
    assert rows[1][11:13] == ["没帮助", "没用"]


def test_an_xlsx_holds_the_same(held, editor):
    response = editor.get("/exports/conversations.xlsx")
    assert response.headers["content-type"] == export.XLSX
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == export.HEADINGS
    assert [row[5] for row in rows[1:]] == ["第三天的问题", "第二天的问题", "第一天的问题"]
    assert isinstance(rows[1][13], int)


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_visitors_typed_is_no_formula(formula, desk, editor):
    desk.reply(formula, session_id="a")
    table = editor.get("/exports/conversations.csv").text.removeprefix("\ufeff")
    cell = list(csv.reader(io.StringIO(table, newline="")))[1][5]
    assert cell.startswith("'")
    book = load_workbook(io.BytesIO(editor.get("/exports/conversations.xlsx").content))
    kept = book.active.cell(2, 6)
    assert kept.data_type == "s"
    assert kept.value.startswith("'")


@pytest.mark.parametrize("text", ["平台怎么申报", "2000万", "a=b", "（一）1", ""])
def test_other_texts_are_left_alone(text):
    assert export.harmless(text) == text


def test_control_characters_and_endless_texts_do_not_break_a_workbook(desk, editor):
    desk.reply("坏\x00\x0b\x1f字" + "长" * 40_000, session_id="a")
    book = load_workbook(io.BytesIO(editor.get("/exports/conversations.xlsx").content))
    assert book.active.cell(2, 6).value.startswith("坏字长")


def test_an_export_is_in_the_audit_log(held, editor, admin, records):
    editor.get("/exports/conversations.xlsx?route=contact")
    entry = records.audit.list(actor="小编")[0]
    assert (entry.action, entry.after) == ("conversations.export", {"form": "xlsx", "route": "contact"})
    assert "导出对话" in admin.get("/audit").text


def test_more_messages_than_one_fetch_are_all_exported(desk, editor, clock):
    for n in range(505):
        desk.reply(f"第{n}问", session_id=f"s{n}")
    lines = editor.get("/exports/conversations.csv").text
    assert sum(f"第{n}问" in lines for n in range(505)) == 505


def test_an_export_shows_nobodys_numbers_but_the_notices_own(desk, editor):
    desk.reply("我的手机是１３８ 0013 8000，风筝类电话 000-1111 对吗")
    table = editor.get("/exports/conversations.csv").text
    assert "我的手机是〈手机号〉，风筝类电话 000-1111 对吗" in table
    assert "我的手机是１３８ 0013 8000" in editor.get("/conversations").text


def test_an_administrator_deletes_a_conversation(held, editor, admin, records):
    session = records.conversations.list()[0].session_id
    assert "删除这个对话" not in editor.get(f"/conversations/{session}").text
    assert editor.post(f"/conversations/{session}/delete").status_code == 403
    assert "删除这个对话" in admin.get(f"/conversations/{session}").text
    page = admin.follow(admin.post(f"/conversations/{session}/delete")).text
    assert "对话已删除。" in page
    assert records.conversations.messages(session) == ()
    assert admin.get(f"/conversations/{session}").status_code == 404
    assert admin.post(f"/conversations/{session}/delete").status_code == 404
    assert "删除对话" in admin.get("/audit").text


def test_the_ticket_of_a_deleted_conversation_is_still_worked_on(desk, staff, records):
    desk.route = "unresolved"
    reply = desk.reply("王先生的问题")
    records.conversations.delete(reply.session_id, "admin")
    assert "对话已应用户要求删除" in staff.get("/tickets").text
    page = staff.get("/tickets/1").text
    assert "对话已应用户要求删除" in page
    assert "王先生" not in page
    staff.post("/tickets/1/claim")
    assert staff.post("/tickets/1/answer", note="已处理", then="close").status_code == 303
    assert records.tickets.get(1).state == "closed"

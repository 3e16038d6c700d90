"""Head, days, contacts, categories and annexes in the layouts in which they come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.categories import subject_of
from knowledge.drafting.days import find_days
from knowledge.drafting.draft import Draft, draft_notice
from knowledge.errors import PackError

HEAD = "关于开展2024年度绿色工厂申报工作的通知\n\n"
FOOT = "\n某省工业和信息化厅\n\n2024年3月1日\n"


def drafted(body: str, head: str = HEAD, foot: str = FOOT) -> Draft:
    return draft_notice("one", f"{head}{body}\n{foot}")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("关于组织开展2024年度省级绿色工厂申报工作的通知", "省级绿色工厂"),
        ("关于做好第六批专精特新“小巨人”企业培育和第三批复核工作的通知", "专精特新“小巨人”企业"),
        ("省工信厅关于印发《某省智能工厂认定管理办法》的通知", "某省智能工厂"),
        ("关于申报2023年省级工业设计中心的通知", "省级工业设计中心"),
    ],
)
def test_a_title_tells_what_may_be_applied_for(title: str, subject: str) -> None:
    assert subject_of(title) == subject


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("苏工信融合〔2023〕27号", "苏工信融合〔2023〕27号"),
        ("粤工信函[2024]5号", "粤工信函[2024]5号"),
        ("川经信（2024）118号", "川经信（2024）118号"),
        ("文号：工信厅企业函〔2024〕53号", "工信厅企业函〔2024〕53号"),
    ],
)
def test_numbers_of_all_brackets_are_found(number: str, printed: str) -> None:
    draft = drafted("一、条件\n\n1.甲。\n", head=f"{number}\n\n{HEAD}")
    assert draft.notice.document_number == printed
    assert "〔" in draft.notice.document


def test_the_number_of_another_document_is_not_taken() -> None:
    draft = drafted("根据《某某办法》（某政发〔2021〕9号）要求，通知如下：\n\n一、条件\n\n1.甲。\n")
    assert draft.notice.document_number == ""
    assert any("发文字号" in point.cause for point in draft.open_points)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("请企业于3月20日前在申报系统完成填报。", [("closes", date(2024, 3, 20), "")]),
        ("申报截止时间：2024年3月20日17:00。", [("closes", date(2024, 3, 20), "17:00")]),
        (
            "网上申报时间为3月10日至31日。",
            [("opens", date(2024, 3, 10), ""), ("closes", date(2024, 3, 31), "")],
        ),
        ("各市工信局于4月10日前将推荐文件报送省厅。", [("bureau", date(2024, 4, 10), "")]),
        (
            "即日起至3月31日，企业登录系统申报。",
            [("opens", date(2024, 3, 1), ""), ("closes", date(2024, 3, 31), "")],
        ),
        ("申报系统于3月5日开启。", [("opens", date(2024, 3, 5), "")]),
        ("本办法自2024年4月1日起施行。", []),
        ("证书有效期须在2025年3月31日之后。", []),
        ("企业应在2022年1月1日前注册成立。", []),
        ("依据《某某规划（2024年3月5日发布）》申报。", []),
    ],
)
def test_days_have_the_role_that_the_sentence_gives_them(
    sentence: str, days: list[tuple[str, date, str]]
) -> None:
    found = drafted(f"一、工作安排\n\n（一）申报\n\n{sentence}\n\n（二）其他\n\n甲。\n").days
    assert [(d.role, d.day, d.time) for d in found] == days


def test_a_notice_of_december_means_the_next_january() -> None:
    foot = "\n某省工业和信息化厅\n\n2024年12月1日\n"
    draft = drafted("一、申报时间\n\n企业于12月20日前申报，各市于1月10日前将推荐文件报送省厅。\n", foot=foot)
    assert [d.day for d in draft.days] == [date(2024, 12, 20), date(2025, 1, 10)]
    assert draft.notice.undated.of(1) == 2025
    assert draft.notice.undated.of(12) == 2024


@pytest.mark.parametrize(
    ("line", "contacts"),
    [
        (
            "联系人：张三、李四；联系电话：025-69652717、69652719",
            [("张三、李四", "025-69652717"), ("张三、李四", "69652719")],
        ),
        ("融合处 王芳 0531-51782611", [("王芳", "0531-51782611")]),
        ("技术支持电话：400-830-1180（工作日）", [("", "400-830-1180")]),
        ("联系人：产业数字化处陈立群，电话：（0571）87056382", [("陈立群", "（0571）87056382")]),
        ("传真：025-83391111；电话：025-83392222", [("", "025-83392222")]),
        ("业务咨询：赵 敏 13800138000", [("赵敏", "13800138000")]),
    ],
)
def test_contacts_are_read_with_their_people(line: str, contacts: list[tuple[str, str]]) -> None:
    found = drafted(f"一、申报条件\n\n1.甲。\n\n二、联系方式\n\n{line}\n").contacts
    assert [(c.person, c.phone) for c in found] == contacts


@pytest.mark.parametrize(
    ("listed", "titles"),
    [
        ("附件：1.申报书\n2.汇总表", {1: "申报书", 2: "汇总表"}),
        ("附件：申报书（另附）", {1: "申报书"}),
        ("附件1：申报书\n附件2：2024年度汇总表", {1: "申报书", 2: "2024年度汇总表"}),
        ("附件\n1.2024年度申报书\n2.汇总表", {1: "2024年度申报书", 2: "汇总表"}),
    ],
)
def test_annexes_are_found_in_all_layouts(listed: str, titles: dict[int, str]) -> None:
    draft = drafted(f"一、申报条件\n\n1.甲。\n\n{listed}\n")
    assert {a.number: a.title for a in draft.notice.annexes} == titles


def test_categories_are_the_items_of_their_section() -> None:
    draft = drafted(
        "一、申报类别\n\n1.示范平台：包括两类。\n\n2.标杆工厂：包括三类。\n\n二、申报条件\n\n（一）对于示范平台，还应满足：\n\n1.甲。\n"
    )
    assert [c.name for c in draft.notice.categories] == ["示范平台", "标杆工厂"]
    assert len(draft.tree.get("2.1").categories) == 1


def test_what_is_not_said_is_open_and_never_invented() -> None:
    draft = drafted("一、申报条件\n\n1.甲。\n", foot="")
    assert draft.notice.windows == ()
    assert draft.notice.contacts == ()
    assert draft.notice.issued_on is None
    causes = " ".join(point.cause for point in draft.open_points)
    for word in ("文字号", "发文机关", "成文日期", "截止时间", "联系电话"):
        assert word in causes


@given(
    st.text(
        "一二三、（）().：:1234567890年月日前至起申报截止电话-联系人张三附件。；\n 省厅@a.cn", max_size=200
    )
)
def test_any_text_is_drafted_or_refused(text: str) -> None:
    try:
        draft = draft_notice("any", text)
    except PackError:
        return
    for found in draft.contacts:
        assert found.clause in draft.tree
    for day in draft.days:
        assert day.clause in draft.tree


@given(st.text("2024年12月31日至—-:： 17起前", max_size=40))
def test_days_stand_where_they_are_told(text: str) -> None:
    for day in find_days(text):
        assert 0 <= day.start < day.end <= len(text)
        assert 1 <= day.month <= 12

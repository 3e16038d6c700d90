"""The clause tree: this notice's, and what holds for any text whatever."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.clauses import ClauseTree, parse_notice
from knowledge.errors import UnknownClause
from knowledge.models import Category
from knowledge.normalise import is_white, squeeze
from knowledge.numbering import Kind, print_marker
from knowledge.pack import PACKS_ROOT, load_pack

GOLDEN = Path(__file__).parents[2] / "golden" / "jiangsu-2023-tree.json"
FOLDER = PACKS_ROOT / "jiangsu-2023-industrial-internet"
SOURCE = (FOLDER / "notice.txt").read_bytes().decode()
CATEGORIES = (
    Category(
        id="wind",
        name="风电项目",
        short="风电",
        aliases=("风能",),
        confusables=("风电场", "申报风电"),
        clause="1",
    ),
    Category(id="solar", name="光伏项目", short="光伏", aliases=(), clause="2"),
)


@pytest.fixture(scope="module")
def tree() -> ClauseTree:
    return load_pack(FOLDER).tree


def own_characters(tree: ClauseTree, source: str) -> str:
    """What the clauses hold, in their order: marker, heading where it is not in the text, text."""
    held = []
    for clause in tree:
        heading = "" if clause.text.startswith(clause.heading) else clause.heading
        held.append(squeeze(clause.marker + heading + clause.text))
    return "".join(held)


def without_page_numbers(tree: ClauseTree, source: str) -> str:
    kept, end = [], 0
    for start, stop in tree.page_numbers:
        kept.append(source[end:start])
        end = stop
    return squeeze("".join(kept) + source[end:])


def assert_nothing_lost(source: str, tree: ClauseTree) -> None:
    assert own_characters(tree, source) == without_page_numbers(tree, source)
    end = 0
    for clause in tree:
        start, stop = clause.extent
        assert end <= start <= stop
        assert squeeze("".join(source[a:b] for a, b in clause.spans)) == squeeze(clause.text)
        assert all(start <= a < b <= stop for a, b in clause.spans)
        end = stop


def assert_well_formed(tree: ClauseTree) -> None:
    ids = [clause.id for clause in tree]
    assert len(ids) == len(set(ids))
    for clause in tree:
        assert clause.parent is None or clause in tree.children(clause.parent)
        assert tree.get(clause.id) is clause
        assert not clause.bare or (tree.children(clause.id) and clause.text == clause.heading)


def test_the_whole_tree_is_as_it_was_read_by_a_person(tree: ClauseTree) -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert [clause.model_dump(mode="json") for clause in tree] == golden


def test_the_notice_has_35_nodes_26_with_text_of_their_own(tree: ClauseTree) -> None:
    assert len(tree) == 35
    assert [clause.id for clause in tree if clause.bare] == [
        "2",
        "3",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "4",
        "4.2",
        "5",
    ]


def test_every_character_of_the_notice_is_in_exactly_one_clause(tree: ClauseTree) -> None:
    assert_nothing_lost(SOURCE, tree)
    assert_well_formed(tree)


@pytest.mark.parametrize(
    ("clause_id", "words"),
    [
        ("0", "关于组织开展2023年度省工业互联网示范工程项目申报工作的通知"),
        ("0", "《江苏省制造业智能化改造和数字化转型三年行动计划（2022-2024年）》"),
        ("1", "聚焦核心业务上云"),
        ("3.2.2", "已被认定为省重点工业互联平台的"),
        ("3.3.1", "且近3年以内的平台和系统开发费"),
        ("3.3.3", "须满足“基础技术能力”3个方面"),
        ("3.4.1", "进行申报。其中：申报四星级"),
        ("3.4.2", "从2022年1月1日起至2023年2月28日止"),
        ("4.1", "请各申报单位根据实际情况，对照项目建设指南"),
        ("4.1.1", "（http://jssys.caiiclovd.com）于2月6日开启"),
        ("6", "北京西路16号苏兴大厦916室。"),
        ("annexes", "附件：1.江苏省重点工业互联网平台建设指南\n2.江苏省"),
        ("colophon", "江苏省工业和信息化厅\n2023年1月19日\n江苏省工信厅办公室2023年1月19日印发"),
    ],
)
def test_wrapped_lines_and_spaces_of_the_extraction_are_undone(
    tree: ClauseTree, clause_id: str, words: str
) -> None:
    assert words in tree.get(clause_id).text


def test_labels_are_what_a_person_reads(tree: ClauseTree) -> None:
    wanted = {"3.3.1": "三、（三）1", "2.2": "二、2", "4.1": "四、（一）", "6": "六、", "0": "文首"}
    assert {clause_id: tree.get(clause_id).label for clause_id in wanted} == wanted


def test_navigation(tree: ClauseTree) -> None:
    assert [clause.id for clause in tree.ancestors("3.3.1")] == ["3", "3.3"]
    assert [clause.id for clause in tree.children("3.4")] == ["3.4.1", "3.4.2"]
    assert len(tree.descendants("3")) == 14
    assert tree.get("3.3.1").heading_path == ("申报条件", "对于标杆工厂，还应满足以下条件")
    assert "本次申报采用线上形式" in tree.lead("4.1.1")
    assert "4.1.1" in tree
    assert "9" not in tree


def test_an_unknown_clause_is_refused(tree: ClauseTree) -> None:
    for ask in (tree.get, tree.ancestors, tree.descendants, tree.lead):
        with pytest.raises(UnknownClause):
            ask("9.9")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("一、条件\n（一）对于风电，还应：\n1.并网。", ("wind",)),
        ("一、条件\n（一）风电和光伏，还应：\n1.并网。", ("wind", "solar")),
        ("一、条件\n（一）申报单位：\n1.建设风电一年。", ("wind", "solar")),
        ("一、条件\n（一）总则：\n1.风电场应并网。", ("wind", "solar")),
        ("一、条件\n（一）总则：\n1.风能项目应并网。", ("wind",)),
        ("一、条件\n（一）总则：\n1.申报风电系统于2月开启。", ("wind", "solar")),
        ("一、条件\n（一）总则：\n1.申报光伏项目应并网。", ("solar",)),
        ("一、条件\n（一）总则：\n1.申报单位应并网。风电项目应满一年。", ("wind", "solar")),
        ("一、条件\n（一）总则：\n1.风电，应并网；光伏，应储能。", ("wind", "solar")),
    ],
)
def test_a_clause_binds_the_categories_that_are_its_subject(text: str, bound: tuple[str, ...]) -> None:
    assert parse_notice(text, CATEGORIES).get("1.1.1").categories == bound


def test_the_text_of_an_annex_has_clauses_of_its_own() -> None:
    text = "一、总则\n甲。\n附件：1.风电指南\n某某省能源局\n2024年1月2日\n附件1\n风电指南\n一、范围\n（一）并网。\n（二）储能。"
    tree = parse_notice(text, CATEGORIES)
    assert [clause.id for clause in tree] == [
        "1", "annexes", "colophon", "annex-1", "annex-1:1", "annex-1:1.1", "annex-1:1.2",
    ]  # fmt: skip
    assert tree.get("annex-1:1.2").label == "附件1 一、（二）"
    assert tree.get("annex-1:1.2").categories == ("wind",)
    assert [clause.id for clause in tree.ancestors("annex-1:1.1")] == ["annex-1", "annex-1:1"]
    assert_nothing_lost(text, tree)


def test_chapters_and_articles_are_levels_too() -> None:
    text = (
        "某某管理办法\n第一章 总则\n第一条 为了规范管理，制定本办法。\n第二条 本办法适用于下列情形：\n"
        "（一）甲；\n（二）乙。\n第二章 申报\n第三条 申报单位应当依照第一条\n第二款的规定。"
    )
    tree = parse_notice(text, ())
    assert [clause.id for clause in tree] == ["0", "1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.3"]
    assert tree.get("1.2.1").label == "第一章第二条（一）"
    assert_nothing_lost(text, tree)


def test_levels_are_inferred_where_the_usual_order_is_turned_round() -> None:
    text = "1.甲方\n（一）子；\n（二）丑；\n2.乙方\n（一）寅；\n（二）卯。"
    assert [c.id for c in parse_notice(text, ())] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_a_list_before_the_first_bracketed_heading_does_not_swallow_it() -> None:
    text = "三、条件\n1.甲；\n2.乙。\n（一）子\n1.丙；\n2.丁。\n（二）丑\n1.戊。"
    assert [c.id for c in parse_notice(text, ())] == [
        "3", "3.1", "3.2", "3.1~2", "3.1~2.1", "3.1~2.2", "3.2~2", "3.2~2.1",
    ]  # fmt: skip


def test_a_number_printed_twice_makes_two_clauses() -> None:
    tree = parse_notice("一、甲\n1.子。\n2.丑。\n2.寅。\n3.卯。", ())
    assert [c.id for c in tree] == ["1", "1.1", "1.2", "1.2~2", "1.3"]


@pytest.mark.parametrize(
    "line",
    [
        "2.5亿元以上",
        "2023.3.31前",
        "025-69652717",
        "http://a.cn",
        "3、4类",
        "三、四星级企业",
        "2023年3月",
        "1.1倍",
    ],
)
def test_figures_at_a_line_start_are_no_numbering(line: str) -> None:
    tree = parse_notice(f"一、总则\n甲方应当。\n{line}\n乙方应当。", ())
    assert [clause.id for clause in tree] == ["1"]


@pytest.mark.parametrize(
    ("ending", "ids"),
    [
        ("附件：1.表一\n2.表二", ["1", "annexes"]),
        ("附 件\n1.表一\n2.表二", ["1", "annexes"]),
        ("附件1：表一\n附件2：表二\n某某省能源局\n二〇二四年一月二日", ["1", "annexes", "colophon"]),
        ("某某省能源局 2024年1月2日\n附件：1.表一", ["1", "colophon", "annexes"]),
        ("某某省能源局\n某某省水利厅\n2024年1月2日\n（此件公开发布）", ["1", "colophon"]),
        ("某某省能源局\n2024年1月2日\n附件\n风电指南\n一、范围", ["1", "colophon", "annex-1", "annex-1:1"]),
        ("2024年1月2日开工。", ["1"]),
        ("附件1另发。", ["1"]),
    ],
)
def test_the_list_of_annexes_and_the_colophon_are_set_apart(ending: str, ids: list[str]) -> None:
    text = f"一、总则\n甲方应当按时申报。\n{ending}"
    tree = parse_notice(text, CATEGORIES)
    assert [clause.id for clause in tree] == ids
    assert_nothing_lost(text, tree)


def test_the_date_under_a_title_is_no_colophon() -> None:
    tree = parse_notice("某某省能源局\n2024年3月1日\n关于征集项目的通知\n请报送项目。", ())
    assert [clause.id for clause in tree] == ["0"]


@pytest.mark.parametrize(
    ("text", "heading", "words"),
    [
        ("（一）加强组织。各地要重视。", "加强组织", "加强组织。各地要重视。"),
        ("（一）加强组织，狠抓落实\n各地要重视。", "加强组织，狠抓落实", "各地要重视。"),
        ("1.基础能力\n企业应有设备。", "基础能力", "企业应有设备。"),
        ("1.近三年营业收入应在\n2.5亿元以上。", "近三年营业收入应在", "2.5亿元以上。"),
        ("1.未来工厂类。近三年营业收入\n2.5亿元以上。", "", "未来工厂类。近三年营业收入\n2.5亿元以上。"),
        ("1.近三年，营业收入应在\n2.5亿元以上。", "", "近三年，营业收入应在\n2.5亿元以上。"),
        ("1.营业执照复印件", "", "营业执照复印件"),
    ],
)
def test_headings_are_told_from_text(text: str, heading: str, words: str) -> None:
    clause = parse_notice(text, ()).get("1")
    assert (clause.heading, clause.text, clause.bare) == (heading, words, False)


def test_articles_may_be_left_out() -> None:
    tree = parse_notice("第一条 甲方申报。\n第二条 乙方申报。\n第三十条 自印发之日起施行。", ())
    assert [clause.id for clause in tree] == ["1", "2", "30"]


def test_page_numbers_belong_to_no_clause() -> None:
    text = (
        "一、总则\n甲方应当按照通知要求认真做好项目推荐审核，省\n— 2 —\n\x0c工信厅组织评审。\n二、其他\n乙。"
    )
    tree = parse_notice(text, ())
    assert "— 2 —" not in "".join(clause.text for clause in tree)
    assert [text[a:b] for a, b in tree.page_numbers] == ["— 2 —"]
    assert_nothing_lost(text, tree)


TABLES = """某某省能源局文件
一、条件
1.项目应满足下列指标：
【表2】平台指标
【表2 第1行】指标：连接设备数；要求：不少于1000台
【表2 第2行】指标：活跃用户；要求：不少于 50家
注：以上均为上年末数。
2.其他。
二、联系方式
【表1】
【表1 第1行】风电类：025-69652717
【表1 第2行】类别：光伏；电话：025-69652719
某某省能源局
2024年1月2日
附件3
风电指南
【表1】指标、要求
【表1 第1行】指标：并网；要求：1年
【表1 第2行】指标：储能；要求：2年
一、其他
（一）分值
【表2】指标、分值
【表2 第1行】指标：并网；分值：10
"""


def test_a_table_and_each_of_its_rows_are_clauses_below_the_one_in_which_they_stand() -> None:
    tree = parse_notice(TABLES, CATEGORIES)
    labels = {clause.id: clause.label for clause in tree}
    assert list(labels) == [
        "0", "1", "1.1", "1.1.t2", "1.1.t2.1", "1.1.t2.2", "1.1.t2.after", "1.2", "2", "2.t1", "2.t1.1", "2.t1.2",
        "colophon", "annex-3", "annex-3:t1", "annex-3:t1.1", "annex-3:t1.2", "annex-3:1", "annex-3:1.1",
        "annex-3:t2", "annex-3:t2.1",
    ]  # fmt: skip
    assert labels["annex-3:t2.1"] == "附件3 表2 第1行"
    assert [clause.id for clause in tree.ancestors("annex-3:t2.1")] == [
        "annex-3", "annex-3:1", "annex-3:1.1", "annex-3:t2",
    ]  # fmt: skip
    assert labels["1.1.t2.2"] == "一、1 表2 第2行"
    assert labels["1.1.t2.after"] == "一、1 表2之后"
    assert labels["annex-3:t1.2"] == "附件3 表1 第2行"
    row = tree.get("1.1.t2.2")
    assert (row.marker, row.text) == ("【表2 第2行】", "指标：活跃用户；要求：不少于50家")
    assert row.heading_path == ("条件", "项目应满足下列指标", "平台指标")
    assert tree.lead("1.1.t2.2") == "条件\n项目应满足下列指标：\n平台指标"
    assert_nothing_lost(TABLES, tree)
    assert_well_formed(tree)


def test_a_row_binds_the_category_that_its_first_cell_names() -> None:
    tree = parse_notice(TABLES, CATEGORIES)
    assert tree.get("2.t1.1").categories == ("wind",)
    assert tree.get("2.t1.2").categories == ("solar",)
    assert tree.get("1.1.t2.1").categories == ("wind", "solar")


def test_a_row_without_its_table_and_a_table_number_given_twice_make_clauses_of_their_own() -> None:
    tree = parse_notice(
        "【表3 第2行】甲\n一、总则\n【表1】子\n【表1 第1行】丑\n【表1】寅\n【表1 第1行】卯", ()
    )
    assert [clause.id for clause in tree] == [
        "0.t3", "0.t3.2", "1", "1.t1", "1.t1.1", "1.t1~2", "1.t1~2.1",
    ]  # fmt: skip


def test_rows_of_a_table_do_not_pass_for_the_measure_of_wrapped_lines() -> None:
    rows = "\n".join(f"【表1 第{n}行】指标：{'甲' * 20}；要求：{'乙' * 20}" for n in range(1, 30))
    tree = parse_notice(f"一、总则\n【表1】指标\n{rows}\n二、其他\n甲方应当申报。\n乙方应当审核。", ())
    assert tree.get("2").text == "甲方应当申报。\n乙方应当审核。"


PIECES = st.sampled_from(
    [*"一二三四十第条章（）().、．。：；，123456790 \n\r\f\u00a0\u3000甲乙ab①⒉⑶㈠—-", "\n", "\n", "\n一、", "\n（一）", "\n1.",
     "\n2.", "\n附件", "附件1", "\n附件：", "\n某某厅\n2024年1月2日\n", "关于", "通知\n", "\n— 2 —\n", "甲方应当并网", "第一条",
     "\n【表1】", "\n【表1 第1行】", "\n【表2 第3行】", "指标：甲；要求：乙\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_text_gives_a_tree_without_losing_a_character(text: str) -> None:
    tree = parse_notice(text, CATEGORIES)
    assert_nothing_lost(text, tree)
    assert_well_formed(tree)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_arbitrary_unicode_gives_a_tree_without_losing_a_character(text: str) -> None:
    tree = parse_notice(text, CATEGORIES)
    assert_nothing_lost(text, tree)
    assert_well_formed(tree)


LEVELS = (Kind.HAN, Kind.HAN_PAREN, Kind.ARABIC, Kind.ARABIC_PAREN, Kind.CIRCLED)
SHAPES = st.recursive(st.just([]), lambda below: st.lists(below, min_size=1, max_size=4), max_leaves=25)


def write(shape: list, level: int = 0, path: str = "") -> tuple[list[str], list[str]]:  # type: ignore[type-arg]
    """Lines of a document of this shape, and the ids that its clauses must have."""
    lines, ids = [], []
    for ordinal, below in enumerate(shape, 1):
        clause_id = f"{path}{ordinal}"
        ids.append(clause_id)
        lines.append(print_marker(LEVELS[level], ordinal) + ("其下各条：" if below else "申报单位应当并网。"))
        if level + 1 < len(LEVELS):
            inner_lines, inner_ids = write(below, level + 1, clause_id + ".")
            lines += inner_lines
            ids += inner_ids
    return lines, ids


@given(SHAPES)
@settings(max_examples=150, deadline=None)
def test_a_written_document_is_read_back(shape: list) -> None:  # type: ignore[type-arg]
    lines, ids = write(shape)
    tree = parse_notice("\n\n".join(lines), ())
    assert [clause.id for clause in tree] == ids


def test_reading_takes_linear_time() -> None:
    """Eight times as long for eight times the text; quadratic would take sixty-four times."""

    def seconds(times: int) -> float:
        text = "\n".join(
            f"{print_marker(Kind.HAN, 1 + n % 90)}甲乙丙丁。\n1.{'子' * 60}" for n in range(times)
        )
        begun = time.thread_time()
        parse_notice(text, CATEGORIES)
        return time.thread_time() - begun

    # Turns by turns and the least of each: what else the machine does only ever adds.
    turns = [(seconds(250), seconds(2000)) for _ in range(3)]
    short, long = (min(taken) for taken in zip(*turns, strict=True))
    assert long < 20 * max(short, 0.005)


def test_every_offset_points_at_its_character(tree: ClauseTree) -> None:
    for clause in tree:
        for start, stop in clause.spans:
            assert "\n" not in SOURCE[start:stop]
            assert not is_white(SOURCE[start])

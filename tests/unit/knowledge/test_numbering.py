"""Printed markers ↔ ordinals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbering import HIGHEST, Kind, Marker, print_han, print_marker, read_marker
from knowledge.outline import Outline

ORDINALS = dict.fromkeys(Kind, HIGHEST) | {
    Kind.ARABIC: 99,
    Kind.ARABIC_PAREN: 99,
    Kind.ARABIC_HALF: 99,
    Kind.CIRCLED: 35,
    Kind.ROMAN: 12,
    Kind.LETTER: 26,
}
DECIMALS = (Kind.DECIMAL, Kind.DECIMAL_3)
PRINTABLE = st.sampled_from([kind for kind in Kind if kind not in DECIMALS]).flatmap(
    lambda kind: st.tuples(st.just(kind), st.integers(1, ORDINALS[kind]))
)


@given(PRINTABLE, st.sampled_from(["", "申报条件", "内容：", " 申报"]))
def test_a_printed_marker_is_read_back(printable: tuple[Kind, int], words: str) -> None:
    kind, ordinal = printable
    printed = print_marker(kind, ordinal)
    assert read_marker(printed + words) == Marker(kind, ordinal, printed)


@given(st.lists(st.integers(1, 99), min_size=2, max_size=3), st.sampled_from(["申报条件", " 申报"]))
def test_a_printed_decimal_is_read_back(numbers: list[int], words: str) -> None:
    *above, ordinal = numbers
    kind = DECIMALS[len(above) - 1]
    printed = print_marker(kind, ordinal, tuple(above))
    assert read_marker(printed + words) == Marker(kind, ordinal, printed, above=tuple(above))


@given(st.integers(1, HIGHEST))
def test_the_marker_of_a_mark_in_any_width_is_the_same(ordinal: int) -> None:
    han = print_han(ordinal)
    kinds = {read_marker(form + "甲") for form in (f"（{han}）", f"({han})", f"（ {han} )")}
    assert {(m.kind, m.ordinal) for m in kinds if m} == {(Kind.HAN_PAREN, ordinal)}
    assert len(kinds) == 3  # printed as they came


@pytest.mark.parametrize(
    ("line", "kind", "ordinal", "printed"),
    [
        ("一、总体要求", Kind.HAN, 1, "一、"),
        ("十二、其他", Kind.HAN, 12, "十二、"),
        ("（三）对于", Kind.HAN_PAREN, 3, "（三）"),
        ("㈢对于", Kind.HAN_PAREN, 3, "㈢"),
        ("1.申报", Kind.ARABIC, 1, "1."),
        ("１．申报", Kind.ARABIC, 1, "１．"),
        ("3、内容", Kind.ARABIC, 3, "3、"),
        ("3.内容", Kind.ARABIC, 3, "3."),
        ("3. 5G应用", Kind.ARABIC, 3, "3."),
        ("⒊内容", Kind.ARABIC, 3, "⒊"),
        ("（2）内容", Kind.ARABIC_PAREN, 2, "（2）"),
        ("⑵内容", Kind.ARABIC_PAREN, 2, "⑵"),
        ("2）内容", Kind.ARABIC_HALF, 2, "2）"),
        ("②内容", Kind.CIRCLED, 2, "②"),
        ("㉑内容", Kind.CIRCLED, 21, "㉑"),
        ("第一条 为了", Kind.ARTICLE, 1, "第一条"),
        ("第 3 条 为了", Kind.ARTICLE, 3, "第 3 条"),
        ("第二章 总则", Kind.CHAPTER, 2, "第二章"),
        ("5.5G应用", Kind.ARABIC, 5, "5."),
        ("1.2024年度申报书", Kind.ARABIC, 1, "1."),
        ("第二款 材料", Kind.PARAGRAPH, 2, "第二款"),
        ("Ⅱ、内容", Kind.ROMAN, 2, "Ⅱ、"),
        ("IV.内容", Kind.ROMAN, 4, "IV."),
        ("a.内容", Kind.LETTER, 1, "a."),
        ("（c）内容", Kind.LETTER, 3, "（c）"),
        ("B、内容", Kind.LETTER, 2, "B、"),
        ("第一百零三条 附则", Kind.ARTICLE, 103, "第一百零三条"),
    ],
)
def test_markers_in_all_forms(line: str, kind: Kind, ordinal: int, printed: str) -> None:
    assert read_marker(line) == Marker(kind, ordinal, printed)


@pytest.mark.parametrize(
    "line",
    ["2.5亿", "2023.3.31", "1.2个方向", "5.3%", "3.15前", "10.2.1.3", "a.cn", "IP地址", "5G应用", "2023年", "025-69652717", "100.其他", "1,000元", "3、4类", "http://a.cn", "10:30", "0.内容",
     "零、甲", "一二、甲", "十零、甲", "第条", "（零）甲", "", "甲一、", "2 月 6日", "3月"],
)  # fmt: skip
def test_what_is_no_marker(line: str) -> None:
    assert read_marker(line) is None


@pytest.mark.parametrize(
    "line", ["三、四星级企业", "（一）项规定", "（二）款", "第三条规定的", "3. 5 亿", "（一）、（二）"]
)
def test_what_may_be_part_of_a_sentence_is_doubtful(line: str) -> None:
    marker = read_marker(line)
    assert marker
    assert marker.doubtful


@pytest.mark.parametrize("line", ["（二）项目推荐评审", "一、总则", "1.申报"])
def test_headings_are_not_doubtful(line: str) -> None:
    marker = read_marker(line)
    assert marker
    assert not marker.doubtful


@pytest.mark.parametrize(("kind", "ordinal"), [(Kind.HAN, 0), (Kind.HAN, HIGHEST + 1), (Kind.CIRCLED, 36)])
def test_an_ordinal_that_cannot_be_printed_is_refused(kind: Kind, ordinal: int) -> None:
    with pytest.raises(ValueError, match=str(ordinal)):
        print_marker(kind, ordinal)


def test_labels_are_the_same_for_all_forms_of_a_marker() -> None:
    labels = {read_marker(line).label for line in ("1.甲", "１、甲", "⒈甲")}  # type: ignore[union-attr]
    assert labels == {"1"}


@given(st.text(max_size=30))
def test_any_text_is_read_without_complaint(text: str) -> None:
    marker = read_marker(text)
    assert marker is None or text.startswith(marker.printed)


def place(*printed: tuple[str, bool]) -> list[str | None]:
    """Paths of markers; True: the paragraph before has ended."""
    markers = [read_marker(line + "甲") for line, _ in printed]
    outline = Outline(marker for marker in markers if marker)
    found: list[str | None] = []
    for marker, (_, fresh) in zip(markers, printed, strict=True):
        assert marker
        path = outline.place(marker, fresh=fresh)
        found.append(".".join(str(level.ordinal) for level in path) if path else None)
    return found


def test_a_decimal_stands_where_it_says() -> None:
    assert place(("1.", True), ("1.1", True), ("1.2", True), ("1.2.1", True), ("2.", True), ("2.1", True)) == [
        "1", "1.1", "1.2", "1.2.1", "2", "2.1",
    ]  # fmt: skip
    assert place(("三、", True), ("3.1", True), ("3.7", False)) == ["3", "3.1", None]


def test_a_letter_is_a_number_only_in_its_turn() -> None:
    assert place(("1.", True), ("a.", True), ("b.", True), ("e.", True)) == ["1", "1.1", "1.2", None]


def test_in_mid_sentence_only_the_next_number_is_believed() -> None:
    assert place(("1.", True), ("3.", False), ("2.", False), ("（1）", False)) == ["1", None, "2", "2.1"]
    assert place(("1.", True), ("9.", True), ("2.", True)) == ["1", None, "2"]


def test_a_missing_number_does_not_end_the_list() -> None:
    assert place(("一、", True), ("三、", True), ("四、", True)) == ["1", "3", "4"]

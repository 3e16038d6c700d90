from typing import Any

import pytest

from assistant.compose.draft import Draft
from assistant.compose.join import join_drafts
from assistant.compose.render import best_quote, render
from assistant.compose.sentences import read_sentences
from assistant.phrases import load_phrases


def draft(text: str, **more: Any) -> Draft:
    return Draft(route="lookup", sentences=read_sentences(text), **more)


def test_markers_are_numbered_in_the_order_of_first_use(pack: Any) -> None:
    made = draft("甲[6]。乙[3.3.1][6]。", basis=False)
    text, citations = render(made, made.sentences, pack, load_phrases())
    assert text == "甲[1]。乙[2][1]。"
    assert [(c.marker, c.clause_id, c.label) for c in citations] == [
        (1, "6", "六、"),
        (2, "3.3.1", "三、（三）1"),
    ]


def test_every_quote_is_a_verbatim_piece_of_its_clause(pack: Any) -> None:
    made = draft("投入不低于2000万元[3.3.1]。", quotes={"3.3.1": ("投入总计不低于 2000万元",)})
    _, (citation,) = render(made, made.sentences, pack, load_phrases())
    assert citation.quote in pack.tree.get("3.3.1").text


def test_the_basis_is_listed_below_a_lookup(pack: Any) -> None:
    made = draft("甲[3.2.1]。")
    text, _ = render(made, made.sentences, pack, load_phrases())
    assert text.splitlines()[1:] == ["依据", "[1] 三、（二）1「未建或在建项目不得申报。」"]


def test_the_quote_chosen_carries_the_values_of_the_claim(pack: Any) -> None:
    assert "3月31日" in best_quote(pack.tree.get("3.3.2").text, "证书有效期须在2023年3月31日之后。")


def test_two_answers_are_joined_and_each_sentence_said_once() -> None:
    joined = join_drafts(
        [draft("甲[6]。", category="platform"), draft("甲[6]。\n乙[5.1]。", category="platform")]
    )
    assert [sentence.text for sentence in joined.sentences] == ["甲。", "乙。"]
    assert joined.category == "platform"


def test_a_clause_that_bears_two_answers_is_quoted_for_both(pack: Any) -> None:
    one = draft("甲[3.1.1]。", quotes={"3.1.1": ("平台和星级上云企业类不少于1年",)})
    other = draft("乙[3.1.1]。", quotes={"3.1.1": ("标杆工厂类不少于3年",)})
    joined = join_drafts([one, other])
    _, (citation,) = render(joined, joined.sentences, pack, load_phrases())
    assert citation.quote.startswith("平台和星级上云企业类")
    assert citation.quote.endswith("3年")


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("平台类可致电025-69652717。", "工业互联网平台类：025-69652717"),
        ("标杆工厂类可致电025-69652603。", "工业互联网标杆工厂类：025-69652603"),
        ("星级上云企业类可致电025-69652719。", "星级上云企业类：025-69652719"),
    ],
)
def test_of_several_desks_the_line_of_the_one_asked_about_is_quoted(pack: Any, claim: str, line: str) -> None:
    assert best_quote(pack.tree.get("6").text, claim) == line


def test_lines_between_two_that_carry_the_claim_are_quoted_with_them(pack: Any) -> None:
    clause = pack.tree.get("6").text
    quote = best_quote(clause, "平台025-69652717，上云025-69652719。")
    assert quote == "\n".join(clause.splitlines()[:3])


def test_a_short_clause_without_the_claims_values_is_quoted_whole() -> None:
    assert best_quote("须为手工制作。\n线长不限。", "可以用线。") == "须为手工制作。\n线长不限。"


def test_of_a_long_clause_the_sentence_most_like_the_claim_is_quoted() -> None:
    clause = "风筝须为手工制作。" + "风筝的大小和颜色均不作要求，" * 10 + "式样不限。线轴由各地自备。"
    assert best_quote(clause, "线轴须自备。") == "线轴由各地自备。"

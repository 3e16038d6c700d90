from typing import Any

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
    made = draft("投入不低于2000万元[3.3.1]。", quotes={"3.3.1": "投入总计不低于 2000万元"})
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

from dataclasses import replace

import pytest

from assistant.compose.draft import Draft
from assistant.compose.grounding import Grounding
from assistant.compose.sentences import Sentence
from assistant.llm.phrase import MOST_SENTENCES, phrase_prompt, read_phrased

STAR = Sentence("申报四星级的须已评定为三星级。", ("3.4.1",))
PHONE = Sentence("可致电025-69652719咨询。", ("6",), breaks=True)
DRAFT = Draft(route="lookup", sentences=(STAR, PHONE))


@pytest.fixture(scope="module")
def grounding(pack) -> Grounding:
    return Grounding(pack.tree, pack.notice)


@pytest.fixture
def read(grounding, wording):
    return lambda answer, draft=DRAFT: read_phrased(answer, draft, grounding, wording)


def texts(sentences):
    return [sentence.text for sentence in sentences]


def test_a_sentence_in_other_dress_keeps_the_clauses_and_the_layout_of_its_source(read):
    said = read("您好，申报四星级的必须已评定为三星级。⟦c1⟧\n另外，可以拨打025-69652719咨询⟦c2⟧。")
    assert texts(said) == ["您好，申报四星级的必须已评定为三星级。", "另外，可以拨打025-69652719咨询。"]
    assert [(s.clauses, s.breaks) for s in said] == [(("3.4.1",), False), (("6",), True)]


def test_two_sentences_may_become_one_under_both_tokens(read):
    (said,) = read("申报四星级的须已评定为三星级，可致电025-69652719咨询。⟦c1⟧⟦c2⟧")
    assert said.clauses == ("3.4.1", "6")
    assert said.breaks


def test_sentences_without_a_token_go_and_the_rest_is_read(read):
    said = read(
        "好的，我来回答！这一项保证能过。申报四星级的须已评定为三星级⟦c1⟧。可致电025-69652719咨询⟦c2⟧。祝您顺利。"
    )
    assert texts(said) == ["申报四星级的须已评定为三星级。", "可致电025-69652719咨询。"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "申报四星级的须已评定为三星级。可致电025-69652719咨询。",
        "申报四星级的须已评定为三星级⟦c1⟧。",
        "申报四星级的须已评定为三星级⟦c1⟧。可致电025-69652719咨询⟦c9⟧。",
        "可致电025-69652719咨询⟦c2⟧。申报四星级的须已评定为三星级⟦c1⟧。",
        "申报四星级的须已评定为三星级⟦c2⟧。可致电025-69652719咨询⟦c1⟧。",
        "申报四星级的不须已评定为三星级⟦c1⟧。可致电025-69652719咨询⟦c2⟧。",
        "申报四星级的须已评定为五星级⟦c1⟧。可致电025-69652719咨询⟦c2⟧。",
        "申报四星级的须已评定为三星级⟦c1⟧。可致电025-69652717咨询⟦c2⟧。",
        "申报四星级的须已评定为三星级⟦c1⟧。可致电[025-69652719](http://x.cn)咨询⟦c2⟧。",
        "申报四星级的须已评定为三星级[c1]。可致电025-69652719咨询[c2]。",
        "⟦c1⟧⟦c2⟧",
        "⟦c1⟧申报四星级的须已评定为三星级。⟦c2⟧可致电025-69652719咨询。⟦c2⟧",
    ],
)
def test_what_does_not_say_all_of_it_and_nothing_else_leaves_the_composed_answer(read, answer):
    assert read(answer) is None


def test_layout_and_leads_stay_where_they_are(read):
    line = Sentence("", ("3.1.1",), lead="✓ 已满足：三、（一）1", breaks=True)
    led = replace(STAR, lead="✗ 三、（四）1 ", breaks=True)
    draft = Draft(route="eligibility", sentences=(led, line, PHONE))
    said = read("您好，申报四星级的须已评定为三星级。⟦c1⟧可致电025-69652719咨询。⟦c2⟧", draft)
    assert [(s.lead, s.text) for s in said] == [
        ("✗ 三、（四）1 ", "您好，申报四星级的须已评定为三星级。"),
        ("✓ 已满足：三、（一）1", ""),
        ("", "可致电025-69652719咨询。"),
    ]


def test_a_line_with_a_sign_of_its_own_is_not_run_into_another(read):
    draft = Draft(route="eligibility", sentences=(STAR, replace(PHONE, lead="2. ")))
    assert read("申报四星级的须已评定为三星级，可致电025-69652719咨询。⟦c1⟧⟦c2⟧", draft) is None


def test_a_composed_sentence_that_the_verifier_would_refuse_is_not_let_through_in_other_dress(read):
    draft = Draft(route="lookup", sentences=(Sentence("申报四星级的须已评定为二星级。", ("3.4.1",)),))
    assert read("您好，申报四星级的须已评定为二星级。⟦c1⟧", draft) is None


def test_the_material_gives_tokens_and_no_clause(wording):
    prompt = phrase_prompt(DRAFT, wording)
    assert prompt is not None
    assert '"⟦c1⟧": "申报四星级的须已评定为三星级。"' in prompt.material
    assert "3.4.1" not in prompt.task + prompt.material


def test_small_talk_and_long_lists_are_not_phrased(wording):
    assert phrase_prompt(Draft(route="smalltalk", sentences=(Sentence("您好。"),)), wording) is None
    many = Draft(route="eligibility", sentences=(STAR,) * (MOST_SENTENCES + 1))
    assert phrase_prompt(many, wording) is None

from typing import Any

import pytest

from assistant.compose.grounding import DERIVATIONS, Grounding
from assistant.compose.sentences import Sentence, read_sentences
from knowledge.values import find_values


@pytest.fixture(scope="module")
def grounding(pack: Any) -> Grounding:
    return Grounding(pack.tree, pack.notice)


def said(grounding: Grounding, sentence: Sentence, *own_words: str) -> bool:
    return bool(grounding.verify([sentence], own_words).kept)


@pytest.mark.parametrize(
    ("text", "clause", "kept"),
    [
        ("投入总计不低于2000万元。", "3.3.1", True),
        ("投入总计不低于两千万元。", "3.3.1", True),
        ("投入总计不超过2000万元。", "3.3.1", False),
        ("投入总计不低于3000万元。", "3.3.1", False),
        ("投入总计不低于2000万元。", "3.3.2", False),
        ("企业于2月28日前完成申报。", "4.1.1", True),
        ("企业于2023年2月28日前完成申报。", "4.1.1", True),
        ("企业于2024年2月28日前完成申报。", "4.1.1", False),
        ("企业于3月15日前完成申报。", "4.1.1", False),
        ("电话是025-69652603。", "6", True),
        ("电话是025-69652604。", "6", False),
        ("通知写明「须提供专项审计报告、发票」。", "3.3.1", True),
        ("通知写明「须提供验资报告」。", "3.3.1", False),
        ("申报书见附件4。", "4.1.1", True),
        ("申报书见附件9。", "4.1.1", False),
        ("网址是www.dxplat.com。", "4.1.2", True),
        ("网址是www.example.com。", "4.1.2", False),
        ("证书有效期须在2023年3月31日之后。", "3.3.2", True),
        ("证书有效期须在2023年3月31日之前。", "3.3.2", False),
    ],
)
def test_a_sentence_is_said_only_with_values_of_its_clause(
    grounding: Grounding, text: str, clause: str, kept: bool
) -> None:
    assert said(grounding, Sentence(text, (clause,))) is kept


def test_a_value_without_any_clause_is_held_back_and_named(grounding: Grounding) -> None:
    verified = grounding.verify([Sentence("补贴50万元。")])
    assert not verified.kept
    assert verified.rejected[0].unsupported == ("50万元",)


def test_the_applicants_own_words_may_be_repeated(grounding: Grounding) -> None:
    sentence = Sentence("近3年以内投入1500万元。", ("3.3.1",))
    assert not said(grounding, sentence)
    assert said(grounding, sentence, "投了1500万")


def test_derived_values_may_be_said(grounding: Grounding) -> None:
    day = "2023年2月20日"
    assert not said(grounding, Sentence(f"{day}起满3年。", ("3.1.1",)))
    assert said(grounding, Sentence(f"{day}起满3年。", ("3.1.1",), derived=find_values(day)))


def test_title_and_number_of_the_notice_may_be_said(grounding: Grounding, pack: Any) -> None:
    assert said(grounding, Sentence(f"只答复{pack.notice.document_number}《{pack.notice.title}》。"))


def test_values_between_han_characters_are_held_too(grounding: Grounding) -> None:
    assert not said(grounding, Sentence("总计不低于5000万元须提供发票。", ("3.3.1",)))


def test_every_derivation_is_described() -> None:
    assert all(DERIVATIONS.values())


def test_rows_of_tables_are_marked_like_other_clauses():
    (sentence,) = read_sentences("连接设备不少于1000台[annex-3:t1.2][2.1.t1.3][annex-1:2.t1~2][2.t1.after]。")
    assert sentence.clauses == ("annex-3:t1.2", "2.1.t1.3", "annex-1:2.t1~2", "2.t1.after")
    assert sentence.text == "连接设备不少于1000台。"


def test_marks_are_read_off_the_sentences() -> None:
    first, second = read_sentences("须在2月28日前完成[4.1.1]。可致电025-69652717咨询[6][annexes]。")
    assert (first.text, first.clauses, first.breaks) == ("须在2月28日前完成。", ("4.1.1",), False)
    assert (second.clauses, second.breaks) == (("6", "annexes"), True)

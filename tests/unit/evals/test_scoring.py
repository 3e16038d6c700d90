"""Planted answers: right, wrong, half right, abstaining, empty."""

from typing import Any

import pytest

from evals.answer import Answer
from evals.cases import Ask
from evals.scoring import SCORERS, score
from evals.source import Source

WINDOW_QUOTE = "请各申报单位于 2月 28日前在申报系统注册并完成项目申报"


def ask(**fields: Any) -> Ask:
    return Ask.model_validate({"question": "？", **fields})


def answer(text: str = "请于2月28日前申报[1]。", **fields: Any) -> Answer:
    return Answer.model_validate({"text": text, "route": "lookup", **fields})


def cite(clause: str, quote: str = WINDOW_QUOTE) -> dict[str, str]:
    return {"clause_id": clause, "quote": quote}


FULL = ask(
    route="lookup",
    category="platform",
    values=["2月28日"],
    not_values=["3月15日"],
    clauses=[["4.1.1"]],
    verdict="needs_info",
    failed=[],
    facts={"project_built": True},
    facts_absent=["good_credit"],
    hypothetical=True,
    window="open",
)


def full(measured: tuple[float, float]) -> bool:
    return measured[0] >= measured[1]


@pytest.mark.parametrize("name", SCORERS)
@pytest.mark.parametrize(
    "empty", [Answer(), Answer(text=" \n", route="lookup"), Answer.crashed(OSError("x"))]
)
def test_no_scorer_passes_an_empty_answer(name: str, empty: Answer, source: Source) -> None:
    measured = SCORERS[name](FULL, empty, source).measures
    assert measured
    assert not any(full(m) for m in measured.values()), measured


@pytest.mark.parametrize("name", SCORERS)
def test_a_case_that_only_forbids_is_not_passed_by_silence(name: str, source: Source) -> None:
    silent = ask(route="lookup", category=None, not_values=["3月15日"], facts_absent=["good_credit"])
    assert not any(full(m) for m in SCORERS[name](silent, Answer(), source).measures.values())


def test_values_said_and_not_said(source: Source) -> None:
    def values(text: str) -> tuple[float, float]:
        return SCORERS["content"](ask(values=["2月28日", "2月6日"]), answer(text), source).measures["values"]

    assert values("2月6日开启，2月28日前完成") == (2, 2)
    assert values("2月6日开启") == (1, 2)
    assert values("3月15日前") == (0, 2)
    assert values("通知没有写明，请致电") == (0, 2)


def test_a_wrong_word_beside_the_right_one_costs(source: Source) -> None:
    asked = ask(values=["2月28日"], not_values=["3月15日"])
    mixed = SCORERS["content"](asked, answer("2月28日或3月15日"), source)
    assert mixed.measures["values"] == (1, 2)
    assert mixed.lacks == ("不该说 3月15日",)
    assert SCORERS["correctness"](asked, answer("2月28日或3月15日"), source).measures["right"] == (0, 1)
    assert SCORERS["correctness"](asked, answer("2月28日，不是3月15日"), source).measures["right"] == (1, 1)


def test_citations_recall_precision_and_quotes(source: Source) -> None:
    asked = ask(clauses=[["4.1.1"], ["5.1", "5.2"]])
    half = answer(citations=[cite("4.1.1"), cite("2.1", "省重点工业互联网平台"), cite("6", "025-69652717")])
    measures = SCORERS["content"](asked, half, source).measures
    assert measures["citation recall"] == (1, 2)
    assert measures["citation precision"] == (1, 2), "the desk's clause counts neither for nor against"
    assert full(measures["quotes in source"])
    invented = answer(citations=[cite("4.1.1", "请于3月1日前完成")])
    assert SCORERS["content"](asked, invented, source).measures["quotes in source"] == (0, 1)
    assert SCORERS["content"](asked, answer(), source).measures["citation recall"] == (0, 2)


def test_the_phone_of_another_desk_is_seen(source: Source) -> None:
    asked = ask(route="contact", category="platform", values=["025-69652717"])
    assert full(SCORERS["content"](asked, answer("025-69652717"), source).measures["right desk"])
    stray = SCORERS["content"](asked, answer("025-69652717，或 025-69652603"), source)
    assert not full(stray.measures["right desk"])
    assert not full(
        SCORERS["correctness"](asked, answer("025-69652717、025-69652603"), source).measures["right"]
    )


def test_a_lecture_is_too_long(source: Source) -> None:
    assert full(SCORERS["content"](ask(), answer("字" * 699), source).measures["short enough"])
    assert not full(SCORERS["content"](ask(), answer("字" * 700), source).measures["short enough"])


def test_route_and_category(source: Source) -> None:
    asked = ask(route="lookup", category=None)
    right = SCORERS["routing"](asked, answer(), source)
    assert right.measures == {"route": (1, 1), "category": (1, 1)}
    half = SCORERS["routing"](asked, answer(category="platform"), source)
    assert half.measures == {"route": (1, 1), "category": (0, 1)}
    assert SCORERS["routing"](asked, answer(route="contact"), source).labels == {
        "route": ("lookup", "contact")
    }
    assert SCORERS["routing"](ask(), answer(), source).measures == {}


def test_facts_are_compared_by_type(source: Source) -> None:
    asked = ask(facts={"registered_on": {"from": "2019-08-01", "to": "2019-08-31"}, "project_built": True})

    def measures(*facts: tuple[str, Any]) -> dict[str, tuple[float, float]]:
        read = [{"name": name, "value": value} for name, value in facts]
        return dict(SCORERS["facts"](asked, answer(facts=read), source).measures)

    right = measures(("registered_on", "2019-08"), ("project_built", True))
    assert right["fact F1"] == (4, 4)
    half = measures(("registered_on", "2019-08"), ("good_credit", True))
    assert half["fact recall"] == (1, 2)
    assert half["fact precision"] == (1, 2)
    assert half["fact F1"] == (2, 4)
    assert half["F1 good_credit"] == (0, 1)
    wrong = measures(("registered_on", "2019-09"), ("project_built", False))
    assert wrong["fact F1"] == (0, 4)
    assert measures()["fact precision"] == (0, 1)


def test_facts_held_and_withdrawn(source: Source) -> None:
    asked = ask(facts={"project_built": True, "good_credit": None}, facts_absent=["sound_finance"])
    right = answer(facts=[{"name": "project_built", "value": True}, {"name": "has_invoices", "value": True}])
    assert SCORERS["facts_held"](asked, right, source).measures["facts held"] == (3, 3)
    stray = answer(facts=[{"name": "good_credit", "value": True}, {"name": "sound_finance", "value": True}])
    assert SCORERS["facts_held"](asked, stray, source).measures["facts held"] == (0, 3)


def report(verdict: str, *failed: str) -> dict[str, Any]:
    return {"verdict": verdict, "criteria": [{"clause_id": c, "status": "not_met"} for c in failed]}


def test_verdicts_and_failed_clauses(source: Source) -> None:
    asked = ask(verdict="ineligible", failed=["3.3.1", "3.3.2"])
    right = SCORERS["verdicts"](asked, answer(eligibility=report("ineligible", "3.3.1", "3.3.2")), source)
    assert right.measures["failed clause F1"] == (4, 4)
    half = SCORERS["verdicts"](asked, answer(eligibility=report("ineligible", "3.3.1", "3.1.1")), source)
    assert half.measures["verdict"] == (1, 1)
    assert half.measures["failed clause F1"] == (2, 4)
    none = SCORERS["verdicts"](asked, answer(), source)
    assert none.measures["verdict"] == (0, 1)
    assert none.labels["verdict"] == ("ineligible", "（无判断）")


def test_a_wrong_refusal_is_a_figure_of_its_own(source: Source) -> None:
    asked = ask(verdict="needs_info")
    refused = SCORERS["verdicts"](asked, answer(eligibility=report("ineligible", "3.1.1")), source)
    assert refused.measures["not wrongly refused"] == (0, 1)
    granted = SCORERS["verdicts"](asked, answer(eligibility=report("eligible")), source)
    assert granted.measures["not wrongly refused"] == (1, 1)
    assert granted.measures["verdict"] == (0, 1)
    undecided = SCORERS["verdicts"](asked, answer(), source)
    assert undecided.measures["not wrongly refused"] == (1, 1), (
        "no verdict is no refusal, but no right verdict"
    )
    assert undecided.measures["verdict"] == (0, 1)


@pytest.mark.parametrize(
    ("fields", "given", "points"),
    [
        ({"route": "lookup", "values": ["2月28日"]}, answer(), 1),
        ({"route": "lookup", "values": ["2月28日"]}, answer("没写", route="unresolved"), 0),
        ({"route": "lookup", "values": ["2月28日"]}, answer("3月15日"), -1),
        ({"route": "unresolved", "abstain": True}, answer("没有写明", route="unresolved"), 1),
        ({"route": "unresolved", "abstain": True}, answer("可以"), -1),
        ({"route": "out_of_scope"}, answer("不属于本通知", route="out_of_scope"), 1),
        ({"route": "out_of_scope"}, answer(), -1),
        ({"route": "unresolved", "abstain": True}, Answer(), -1),
        ({"route": "unresolved", "abstain": True}, Answer(route="unresolved"), -1),
    ],
)
def test_abstaining_is_worth_what_answering_would_be(
    fields: dict[str, Any], given: Answer, points: int, source: Source
) -> None:
    assert SCORERS["abstention"](ask(**fields), given, source).measures["score"] == (points, 1)


def test_small_talk_is_no_matter_of_abstaining(source: Source) -> None:
    assert SCORERS["abstention"](ask(route="smalltalk"), answer(), source).measures == {}


def test_a_hypothetical_verdict_and_the_window(source: Source) -> None:
    asked = ask(hypothetical=True, window="closed")
    right = answer(eligibility={**report("eligible"), "hypothetical": True}, window={"status": "closed"})
    assert all(full(m) for m in SCORERS["standing"](asked, right, source).measures.values())
    wrong = answer(eligibility=report("eligible"), window={"status": "open"})
    assert not any(full(m) for m in SCORERS["standing"](asked, wrong, source).measures.values())


def test_scorers_add_up_and_an_error_is_told(source: Source) -> None:
    total = score(("routing", "content"), FULL, Answer.crashed(TimeoutError("late")), source)
    assert {"route", "category", "values", "citation recall"} <= total.measures.keys()
    assert "出错：TimeoutError: late" in total.lacks

import json
from datetime import date
from pathlib import Path

import pytest

from evals.answer import Answer, Cited
from evals.asking import Asked, rows_of
from evals.source import Source
from evals.suites import Row, Suite, SuiteConfig, Threshold, UnknownSuite, figures, gates, load_suites, passes


class Parrot:
    """Answers what it was taught; without a lesson it fails."""

    name = "assistant"

    def __init__(self, lessons: dict[str, Answer]) -> None:
        self.lessons, self.heard = lessons, []

    def ask(self, question: str, as_of: date, session: str) -> Answer:
        self.heard.append((question, as_of, session))
        return self.lessons[question]

    def search(self, question: str, k: int) -> tuple[str, ...]:
        return self.lessons[question].cited[:k]


def suite(folder: Path, *cases: dict[str, object], **config: object) -> Suite:
    (folder / "cases.jsonl").write_text("\n".join(json.dumps(c, ensure_ascii=False) for c in cases), "utf-8")
    defaults = {
        "title": "t", "purpose": "p", "run": "ask", "cases": "cases.jsonl", "scorers": ("routing", "content"),
        "passes_on": ("route", "values"), "headline": "passed",
    }  # fmt: skip
    return Suite(name="s", folder=folder, config=SuiteConfig.model_validate({**defaults, **config}))


def rows(of: Suite, target: Parrot, source: Source) -> list[Row]:
    return list(rows_of(of, target, source, Asked(), "all", lambda: None))


def lookup(text: str, **fields: object) -> Answer:
    return Answer.model_validate({"text": text, "route": "lookup", **fields})


def test_a_case_that_crashes_is_a_failed_row_and_the_run_goes_on(tmp_path: Path, source: Source) -> None:
    of = suite(
        tmp_path,
        {"id": "bad", "question": "没教过", "route": "lookup", "values": ["1年"]},
        {"id": "good", "question": "几年", "route": "lookup", "values": ["1年"]},
    )
    bad, good = rows(of, Parrot({"几年": lookup("一年")}), source)
    assert not bad.passed
    assert bad.error == "KeyError: '没教过'"
    assert bad.measures["route"] == (0, 1)
    assert good.passed


def test_the_turns_of_a_dialogue_share_a_session_of_their_own(tmp_path: Path, source: Source) -> None:
    turns = [{"say": "一", "expect": {"route": "lookup"}}, {"say": "二", "expect": {"route": "contact"}}]
    of = suite(tmp_path, *({"id": name, "as_of": "2023-02-10", "turns": turns} for name in "ab"))
    parrot = Parrot({"一": lookup("x"), "二": lookup("y")})
    found = rows(of, parrot, source)
    assert [row.id for row in found] == ["a#1", "a#2", "b#1", "b#2"]
    assert [row.passed for row in found] == [True, False] * 2
    assert found[1].measures["whole dialogue"] == (0, 1)
    sessions = [session for _, _, session in parrot.heard]
    assert sessions[0] == sessions[1] != sessions[2] == sessions[3]
    assert all(len(session) <= 64 for session in sessions)


def test_suites_of_one_run_ask_a_case_once(tmp_path: Path, source: Source) -> None:
    of = suite(tmp_path, {"id": "a", "question": "几年", "route": "lookup"})
    parrot, asked = Parrot({"几年": lookup("一年")}), Asked()
    for _ in range(2):
        list(rows_of(of, parrot, source, asked, "all", lambda: None))
    assert len(parrot.heard) == 1


def test_retrieval_counts_clauses_found_and_a_crash_finds_none(tmp_path: Path, source: Source) -> None:
    of = suite(
        tmp_path,
        {"id": "a", "question": "几年", "clauses": [["3.1.1"]]},
        {"id": "b", "question": "没教过", "clauses": [["3.1.1"]]},
        run="retrieval",
        passes_on=("recall@5",),
    )
    cited = (Cited(clause_id="6"), Cited(clause_id="3.1.1"))
    found, lost = rows(of, Parrot({"几年": lookup("x", citations=cited)}), source)
    assert found.measures["MRR"] == (0.5, 1)
    assert found.passed
    assert not lost.passed
    assert lost.error


class Changeable(Parrot):
    """Its route depends on whether the question is long."""

    def ask(self, question: str, as_of: date, session: str) -> Answer:
        return lookup("x") if len(question) < 100 else Answer(text="x", route="out_of_scope")


def test_an_outcome_that_moves_is_told(tmp_path: Path, source: Source) -> None:
    of = suite(tmp_path, {"id": "a", "question": "标杆工厂要几年", "route": "lookup"}, run="robustness")
    found = {row.id: row for row in rows(of, Changeable({}), source)}
    assert found["a~emoji"].passed
    assert not found["a~very_long"].passed
    assert found["a~very_long"].lacks == ("去向由 lookup 变为 out_of_scope",)
    assert len({row.half for row in found.values()}) == 1, "a variant stays in its question's half"


def test_the_parser_suite_names_a_clause_that_is_wrong(source: Source, tmp_path: Path) -> None:
    (real,) = load_suites(["clauses"])
    assert all(row.passed for row in rows(real, Parrot({}), source))
    lines = real.case_file.read_text("utf-8").replace('"三、（三）2"', '"三、（三）3"')
    (tmp_path / "cases.jsonl").write_text("\n".join(lines.splitlines()[:-1]), "utf-8")
    broken = real.model_copy(update={"folder": tmp_path})
    assert [row.id for row in rows(broken, Parrot({}), source) if not row.passed] == [
        "clause-3.3.2",
        "no-other-clause",
    ]


@pytest.mark.parametrize(
    ("measures", "empty", "passed"),
    [
        ({"route": (1.0, 1.0), "values": (2.0, 2.0)}, False, True),
        ({"route": (1.0, 1.0), "values": (1.0, 2.0)}, False, False),
        ({"route": (1.0, 1.0)}, False, True),
        ({"route": (1.0, 1.0)}, True, False),
        ({"other": (1.0, 1.0)}, False, False),
    ],
)
def test_what_passes(
    tmp_path: Path, measures: dict[str, tuple[float, float]], empty: bool, passed: bool
) -> None:
    config = suite(tmp_path, {"id": "a", "question": "x"}).config
    assert passes(config, measures, empty) is passed


def test_a_threshold_on_what_was_not_measured_is_missed(tmp_path: Path) -> None:
    bounds = [
        {"figure": "route", "at_least": 0.5, "reason": "half must be right"},
        {"figure": "route", "at_most": 0.5, "reason": "half must be wrong"},
        {"figure": "nothing", "at_least": 0.0, "reason": "never measured"},
    ]
    of = suite(tmp_path, {"id": "a", "question": "x"}, thresholds=bounds)
    row = Row(suite="s", target="assistant", id="a", half="dev", cluster="a", question="x",
              measures={"route": (1.0, 1.0)}, passed=True)  # fmt: skip
    assert [gate.met for gate in gates(of, figures([row]))] == [True, False, False]
    assert figures([]) == {}


def test_a_threshold_has_one_bound_and_a_reason() -> None:
    for wrong in ({}, {"at_least": 0.1, "at_most": 0.2}):
        with pytest.raises(ValueError, match="either"):
            Threshold.model_validate({"figure": "x", "reason": "long enough", **wrong})
    with pytest.raises(ValueError, match="reason"):
        Threshold.model_validate({"figure": "x", "at_least": 0.1, "reason": ""})


def test_the_suites_that_come_with_the_system_load() -> None:
    names = [suite.name for suite in load_suites()]
    assert names == [
        "clauses", "retrieval", "routing", "facts", "verdicts", "answers", "abstention", "dialogue",
        "robustness", "counterfactual", "acceptance",
    ]  # fmt: skip
    for of in load_suites():
        assert of.case_file.exists()
        assert of.config.thresholds
    with pytest.raises(UnknownSuite, match="现有"):
        load_suites(["clause"])


def test_a_turn_of_which_nothing_is_expected_is_said_and_not_counted(tmp_path: Path, source: Source) -> None:
    turns = [{"say": "你好"}, {"say": "几年", "expect": {"route": "lookup"}}]
    of = suite(tmp_path, {"id": "talk", "turns": turns, "as_of": "2023-02-10"})
    parrot = Parrot({"你好": lookup("您好。"), "几年": lookup("不少于1年。")})
    assert [row.id for row in rows(of, parrot, source)] == ["talk#2"]
    assert [question for question, _, _ in parrot.heard] == ["你好", "几年"]

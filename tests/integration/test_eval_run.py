"""Planted faults are caught by the suites, naming the cases; a run from the command line ends in its files."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.desk import Desk
from assistant.settings import Settings
from evals.asking import Asked, case_rows
from evals.cases import Ask, Case
from evals.cli import evaluate
from evals.counterfactual import Edit, Replacement, edited_desk
from evals.source import Source
from evals.suites import Row, load_suites
from evals.targets import ABLATIONS, BASELINES, InProcess, TopClause, Workshop, open_workshop
from knowledge.pack import PACKS_ROOT, load_pack

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # what tests share belongs to no package

import thin_pack

PACK = thin_pack.NAME
QUESTIONS = {
    "phone-platform": {
        "question": "平台的咨询电话是多少", "route": "contact", "category": "platform",
        "clauses": [["6"]], "values": ["025-69652717"], "not_values": ["025-69652603"],
    },
    "phone-factory": {
        "question": "标杆工厂的咨询电话是多少", "route": "contact", "category": "benchmark_factory",
        "clauses": [["6"]], "values": ["025-69652603"], "not_values": ["025-69652717"],
    },
    "deadline": {
        "question": "平台最晚什么时候报", "route": "lookup", "category": "platform",
        "clauses": [["4.1.1"]], "values": ["2月28日"],
    },
    "investment": {
        "question": "我们标杆工厂项目近3年投入了1800万元，能申报吗", "route": "eligibility",
        "category": "benchmark_factory", "verdict": "ineligible", "failed": ["3.3.1"],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The real pack with a part of its exemplars, which is indexed and learned in seconds."""
    root = thin_pack.copy_thin(tmp_path_factory.mktemp("thin"))
    settings = Settings(packs_root=root, index_root=tmp_path_factory.mktemp("index"))
    return open_workshop(load_pack(root / PACK), settings, tmp_path_factory.mktemp("scratch"))


def cases() -> list[Case]:
    return [
        Case.model_validate({"id": name, "as_of": "2023-02-10", "turns": [Ask.model_validate(fields)]})
        for name, fields in QUESTIONS.items()
    ]


def failing(desk: Desk, suites: Iterable[str] = ("routing", "answers", "verdicts")) -> set[tuple[str, str]]:
    """Suite and case of all that fail, held against the notice as it is printed."""
    source, asked, target = Source(load_pack(PACKS_ROOT / PACK)), Asked(), InProcess(desk)
    rows: list[Row] = []
    for suite in load_suites(list(suites)):
        chosen = [case for case in cases() if suite.config.where.takes(case.turns[0])]
        rows += [row for case in chosen for row in case_rows(suite, target, source, asked, case)]
    return {(row.suite, row.id) for row in rows if not row.passed}


def planted(desk: Desk, *replacements: tuple[str, str, str]) -> Desk:
    parts = tuple(Replacement(files=files, find=find, replace=new) for files, find, new in replacements)
    return edited_desk(desk, Edit(id="fault", title="fault", replacements=parts))


def test_without_a_fault_every_case_passes(workshop: Workshop) -> None:
    assert failing(workshop.desk) == set()


def test_swapped_phones_are_caught(workshop: Workshop) -> None:
    everywhere = ("pack.yaml", "topics/*.yaml")
    swap = [
        (files, *pair)
        for pair in (("69652717", "X"), ("69652603", "69652717"), ('X(?=")|X(?=[^\\w])', "69652603"))
        for files in everywhere
    ]
    found = failing(planted(workshop.desk, *swap))
    assert {("answers", "phone-platform"), ("answers", "phone-factory")} <= found


def test_a_changed_threshold_is_caught(workshop: Workshop) -> None:
    found = failing(planted(workshop.desk, ("rules.yaml", r"threshold: 2000\b", "threshold: 1500")))
    assert ("verdicts", "investment") in found


def test_a_broken_date_in_an_answer_is_caught(workshop: Workshop) -> None:
    found = failing(planted(workshop.desk, ("topics/*.yaml", r"2月28日", "2月26日")))
    # The verifier holds the sentence back, so that no wrong date is said; that nothing direct is left is the failure.
    assert ("routing", "deadline") in found


def test_baselines_and_switched_off_parts_answer_the_same_questions(workshop: Workshop) -> None:
    for name in (*BASELINES, *ABLATIONS):
        target = workshop.target(name)
        for case in cases():
            answer = target.ask(case.text, case.as_of, f"{name}-{case.id}")
            assert answer.text
            found = target.search(case.text, 5)
            assert found
            assert len(found) <= 5
            if isinstance(target, TopClause):
                assert answer.cited == found[:1]
                assert not answer.abstained
    with pytest.raises(KeyError):
        workshop.target("oracle")


@pytest.fixture
def environment(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_PACKS_ROOT", str(workshop.settings.packs_root))
    monkeypatch.setenv("SHENBAO_INDEX_ROOT", str(workshop.settings.index_root))


@pytest.mark.usefixtures("environment")
def test_own_questions_run_twice_give_the_same(workshop: Workshop, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    rows = [{"id": name, "as_of": "2023-02-10", **fields} for name, fields in QUESTIONS.items()]
    own.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    for name in ("a", "b"):
        result = CliRunner().invoke(
            evaluate, ["run", "--cases", str(own), "--out", str(tmp_path / name)], standalone_mode=False
        )
        assert result.return_value == 0, result.output
    summary = json.loads((tmp_path / "a/summary.json").read_text("utf-8"))
    assert summary["suites"]["own"]["figures"]["assistant"]["passed"]["n"] == len(QUESTIONS)
    assert summary["digests"]["pack"] == workshop.desk.pack.digest
    compared = CliRunner().invoke(evaluate, ["compare", str(tmp_path / "a"), str(tmp_path / "b")])
    assert "没有差别" in compared.output


@pytest.mark.usefixtures("environment")
def test_a_missed_threshold_is_the_exit_status(tmp_path: Path) -> None:
    """A deployment that does not answer misses every threshold, and the run still ends with its report."""
    result = CliRunner().invoke(
        evaluate,
        ["run", "verdicts", "--split", "dev", "--target", "http://127.0.0.1:9", "--out", str(tmp_path)],
        standalone_mode=False,
    )
    assert result.return_value == 1
    rows = [json.loads(line) for line in (tmp_path / "cases.jsonl").read_text("utf-8").splitlines()]
    assert rows
    assert all(row["error"].startswith("TargetFailed") and not row["passed"] for row in rows)
    assert {row["half"] for row in rows} == {"dev"}

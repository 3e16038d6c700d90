import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from evals.cli import evaluate
from evals.compare import compared, lines
from evals.report.page import page
from evals.report.writing import write
from evals.running import Run, read_rows, summed
from evals.suites import Row, load_suites

HOSTILE = "</script><script>alert(1)</script>\x07"


def row(number: int, passed: bool, target: str = "assistant", **fields: object) -> Row:
    return Row.model_validate(
        {
            "suite": "routing",
            "target": target,
            "id": f"q-{number}",
            "half": "test" if number % 2 else "dev",
            "cluster": str(number % 3),
            "question": f"问题{number}{HOSTILE}",
            "answer": "答复",
            "measures": {"route": (float(passed), 1.0), "category": (1.0, 1.0)},
            "labels": {"route": ("lookup", "lookup" if passed else "contact")},
            "lacks": () if passed else ("去向应为 lookup，实为 contact",),
            "passed": passed,
            "seconds": 0.01 * number,
            **fields,
        }
    )


@pytest.fixture
def run() -> Run:
    rows = [row(n, n > 1) for n in range(10)] + [row(n, n > 7, "no-router") for n in range(10)]
    rows.append(row(10, False, error="TimeoutError: late", answer=""))
    return summed(load_suites(["routing"]), rows, "all", {"pack": "abc", "code": "def"}, "in-process")


def test_a_run_is_summed_with_halves_thresholds_and_pairs(run: Run) -> None:
    found = run.figures["routing"]["assistant"]
    assert (found["route"].hits, found["route"].n) == (8, 11)
    assert set(run.halves["routing"]) == {"dev", "test"}
    assert [gate.met for gate in run.gates] == [False, True]
    assert not run.passed
    (pair,) = run.pairs
    assert (pair.n, pair.only_first, pair.only_second) == (10, 6, 0)
    assert pair.p == pytest.approx(2 / 2**6)


def test_all_files_are_written_and_read_back(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path / "out")
    assert read_rows(tmp_path / "out") == list(run.rows)
    found = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    assert found["digests"] == {"pack": "abc", "code": "def"}
    assert found["suites"]["routing"]["figures"]["assistant"]["route"]["n"] == 11
    assert not found["passed"]
    report = (tmp_path / "out/report.md").read_text("utf-8")
    assert "申报通 − 问点判断" in report
    assert "**未达**" in report
    samples = (tmp_path / "out/ragas.jsonl").read_text("utf-8").splitlines()
    assert {"user_input", "response", "reference"} <= json.loads(samples[0]).keys()


def test_junit_counts_failures_errors_and_thresholds(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path)
    suites = {node.get("name"): node for node in ET.parse(tmp_path / "junit.xml").getroot()}
    assert [suites["routing"].get(name) for name in ("tests", "failures", "errors")] == ["11", "2", "1"]
    assert suites["thresholds"].get("failures") == "1"
    failed = [case.get("name") for case in suites["routing"] if len(case)]
    assert failed == ["q-0", "q-1", "q-10"]


def test_the_page_needs_nothing_but_itself(run: Run) -> None:
    html = page(run)
    assert not re.search(r"(?:src|href)\s*=\s*['\"](?!#)", html)
    assert "default-src 'none'" in html
    assert html.count("<svg") >= 4
    assert "width=device-width" in html


def test_what_people_typed_cannot_break_out_of_the_page(run: Run) -> None:
    html = page(run)
    assert html.count("</script>") == 2
    embedded = re.search(r"<script type='application/json' id='rows'>(.*?)</script>", html)
    assert embedded
    assert [r["id"] for r in json.loads(embedded[1])] == ["q-0", "q-1", "q-10"]


def test_two_runs_of_the_same_say_no_difference(run: Run) -> None:
    assert list(lines(compared(run.rows, run.rows))) == ["没有差别：21 条结果完全一致"]


def test_what_changed_is_named_with_its_test(run: Run) -> None:
    after = [row(n, n != 5) if r.target == "assistant" and n < 10 else r for n, r in enumerate(run.rows)]
    change = compared(run.rows, after)[0]
    assert change.fixed == ("q-0", "q-1")
    assert change.broken == ("q-5",)
    assert change.p == 1
    told = "\n".join(lines(compared(run.rows, after)))
    assert "改对：q-0、q-1" in told
    assert "改错：q-5" in told
    assert "不显著" in told


def test_a_great_change_is_told_from_chance() -> None:
    before, after = [row(n, False) for n in range(20)], [row(n, True) for n in range(20)]
    assert "（显著）" in "\n".join(lines(compared(before, after)))
    assert "只在其中一次出现：1 条" in "\n".join(lines(compared(before, before[1:])))


def test_compare_on_the_command_line(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path)
    result = CliRunner().invoke(evaluate, ["compare", str(tmp_path), str(tmp_path)])
    assert result.exit_code == 0
    assert "没有差别" in result.output
    assert "两次所用不同" not in result.output
    write(run.model_copy(update={"digests": {"pack": "abc", "code": "other"}}), tmp_path / "other")
    result = CliRunner().invoke(evaluate, ["compare", str(tmp_path), str(tmp_path / "other")])
    assert "两次所用不同：code" in result.output

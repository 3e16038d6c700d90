"""The files of a run: rows, summary, JUnit XML, Markdown and one HTML page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from evals.report.page import page
from evals.report.tables import markdown
from evals.running import Run, summary
from evals.suites import MAIN, Row

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(run: Run, folder: Path) -> None:
    """Write all files of a run into `folder`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{row.model_dump_json()}\n" for row in run.rows)
    found = json.dumps(summary(run), ensure_ascii=False, indent=2)
    texts = {
        "cases.jsonl": rows,
        "summary.json": f"{found}\n",
        "junit.xml": junit(run),
        "ragas.jsonl": ragas(run),
        "report.md": markdown(run),
        "report.html": page(run),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def ragas(run: Run) -> str:
    """The answers under the field names of ragas, for whoever wants its measures beside these."""
    rows = (row for row in run.rows if row.target == MAIN and row.answer)
    return "".join(json.dumps(_sample(row), ensure_ascii=False) + "\n" for row in rows)


def _sample(row: Row) -> dict[str, object]:
    return {
        "user_input": row.question,
        "response": row.answer,
        "retrieved_context_ids": list(row.clauses),
        "reference_context_ids": [clause for group in row.expected.get("clauses", []) for clause in group],
        "reference": "；".join(row.expected.get("values", [])),
    }


def junit(run: Run) -> str:
    """The main target's cases, a suite a test suite, and the thresholds as one of their own."""
    root = ET.Element("testsuites", name="shenbao eval")
    for suite in run.suites:
        rows = run.of(suite.name, MAIN)
        failed = [row for row in rows if not row.passed]
        errors = sum(row.error is not None for row in failed)
        counts = {"tests": len(rows), "failures": len(failed) - errors, "errors": errors}
        node = ET.SubElement(root, "testsuite", {"name": suite.name, **_written(counts)})
        for row in rows:
            case = ET.SubElement(
                node, "testcase", classname=suite.name, name=row.id, time=f"{row.seconds:.4f}"
            )
            if not row.passed:
                kind = "error" if row.error else "failure"
                told = _clean(f"{row.question}\n{row.answer}\n" + "\n".join(row.lacks))
                ET.SubElement(case, kind, message=_clean("；".join(row.lacks))[:500]).text = told
    missed = [gate for gate in run.gates if not gate.met]
    counts = {"tests": len(run.gates), "failures": len(missed), "errors": 0}
    node = ET.SubElement(root, "testsuite", {"name": "thresholds", **_written(counts)})
    for gate in run.gates:
        name = f"{gate.suite}: {gate.threshold.figure} {gate.threshold.bound}"
        case = ET.SubElement(node, "testcase", classname="thresholds", name=name)
        if not gate.met:
            ET.SubElement(case, "failure", message=f"{gate.value}").text = gate.threshold.reason
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _written(counts: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}


def _clean(text: str) -> str:
    """XML knows no control characters."""
    return _FORBIDDEN.sub("\ufffd", text)

"""The parser against clauses written down by hand: labels, parents, categories, first and last words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from evals.source import Source
from evals.statistics import Measured
from evals.suites import Row, Suite
from knowledge.models import Clause, Frozen

_SPACES = re.compile(r"\s+")
NAMES = {"label": "编号", "parent": "上级", "categories": "类别", "opens": "开头", "closes": "结尾"}


class Expected(Frozen):
    """A clause as a person reads it from the notice."""

    id: str
    label: str
    parent: str | None
    categories: tuple[str, ...]
    opens: str
    closes: str


def clause_rows(suite: Suite, source: Source) -> Iterator[Row]:
    """One row a clause, and one for the notice as a whole: no clause too many."""
    lines = suite.case_file.read_text(encoding="utf-8").splitlines()
    expected = [Expected.model_validate(json.loads(line)) for line in lines if line.strip()]
    parsed = {clause.id: clause for clause in source.pack.tree}
    for clause in expected:
        yield _row(suite, clause, parsed.get(clause.id))
    extra = sorted(set(parsed) - {clause.id for clause in expected})
    lacks = (f"多出条款 {'、'.join(extra)}",) if extra else ()
    yield Row(
        suite=suite.name,
        target="assistant",
        id="no-other-clause",
        half="dev",
        cluster="notice",
        question="通知里没有别的条款",
        measures={"clause": (float(not extra), 1.0)},
        lacks=lacks,
        passed=not extra,
    )


def _row(suite: Suite, expected: Expected, parsed: Clause | None) -> Row:
    wrong = _wrong(expected, parsed)
    right: Measured = (float(not wrong), 1.0)
    return Row(
        suite=suite.name,
        target="assistant",
        id=f"clause-{expected.id}",
        half="dev",
        cluster=expected.id,
        question=f"条款 {expected.label}",
        expected=expected.model_dump(mode="json"),
        answer=parsed.text if parsed else "",
        measures={"clause": right},
        lacks=tuple(f"{NAMES.get(name, name)}有误" for name in wrong),
        passed=not wrong,
    )


def _wrong(expected: Expected, parsed: Clause | None) -> list[str]:
    if parsed is None:
        return ["条款不存在，整条"]
    text = _SPACES.sub("", parsed.text)
    right = {
        "label": parsed.label == expected.label,
        "parent": parsed.parent == expected.parent,
        "categories": set(parsed.categories) == set(expected.categories),
        "opens": text.startswith(expected.opens),
        "closes": text.endswith(expected.closes),
    }
    return [name for name, is_right in right.items() if not is_right]

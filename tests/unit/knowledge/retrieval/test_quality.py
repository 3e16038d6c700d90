"""How often the right clause comes first, and among five, for questions nobody's exemplars were written from.

`pytest -s` prints the table. The questions are colloquial; the pack's vocabulary knows some of their words.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from knowledge.retrieval.index import open_index
from knowledge.retrieval.settings import IndexSettings

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "fixtures" / "retrieval_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
MODES = ("dense", "bm25", "fused")


def _recall(index, mode):
    first = five = 0
    for case in QUESTIONS:
        found = [hit.clause_id for hit in index.search(case["question"], k=5, mode=mode)]
        first += found[0] in case["clauses"] if found else 0
        five += bool(set(found) & set(case["clauses"]))
    return first / len(QUESTIONS), five / len(QUESTIONS)


@pytest.fixture(scope="module")
def recall(pack, index_root, tmp_path_factory):
    """(exemplars, mode) → right clause first, right clause within five."""
    without = dataclasses.replace(pack, topics=(), digest="without exemplars")
    variants = {"with": (pack, index_root), "without": (without, tmp_path_factory.mktemp("without"))}
    table = {}
    for exemplars, (variant, root) in variants.items():
        index = open_index(variant, IndexSettings(index_root=root))
        table |= {(exemplars, mode): _recall(index, mode) for mode in MODES}
        index.close()
    for (exemplars, mode), (first, five) in table.items():
        print(f"{exemplars:>8} exemplars, {mode:<5}: first {first:.0%}, within five {five:.0%}")  # noqa: T201 - the table
    return table


def test_every_question_names_clauses_of_the_notice(pack):
    known = {clause.id for clause in pack.tree}
    assert len(QUESTIONS) == 60
    assert all(set(case["clauses"]) <= known for case in QUESTIONS)


@pytest.mark.slow
@pytest.mark.parametrize(("exemplars", "first", "five"), [("without", 0.70, 0.92), ("with", 0.85, 0.95)])
def test_both_legs_together_find_the_right_clause(recall, exemplars, first, five):
    found = recall[exemplars, "fused"]
    assert found[0] >= first
    assert found[1] >= five


@pytest.mark.slow
def test_exemplars_help_the_dense_leg_and_both_legs_together_beat_it(recall):
    assert recall["with", "dense"][0] > recall["without", "dense"][0]
    for exemplars in ("with", "without"):
        assert recall[exemplars, "fused"][0] >= recall[exemplars, "dense"][0]

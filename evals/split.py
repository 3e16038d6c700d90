"""The split into halves, recorded once, and the check that no test case is among the exemplars."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cases import Case, load_cases

EVALS = Path(__file__).resolve().parent
SPLIT_FILE = EVALS / "split.json"
CASE_FILES = ("suites/questions/cases.jsonl", "suites/dialogue/cases.jsonl", "suites/acceptance/cases.jsonl")
RULE = (
    "as a row says; else sha256 of the user's words (turns joined by a line feed): even is dev, odd is test"
)
NEAR = 0.8
"""Share of character pairs in common (Jaccard) from which a question is a copy of another."""

FORMULA = 6
"""Longest small talk, or turn within a dialogue, in characters, that two authors write alike by nature."""

_SILENT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A test case that stands, in these or nearly these words, among the exemplars."""

    case: str
    exemplar: str
    similarity: float


def record(root: Path = EVALS) -> dict[str, Any]:
    """The split as it is now: the rule, and each file's digest and numbers of cases."""
    files = {}
    for name in CASE_FILES:
        if (root / name).exists():
            halves = Counter(case.half for case in load_cases(root / name))
            digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
            files[name] = {"sha256": digest, "dev": halves["dev"], "test": halves["test"]}
    return {"rule": RULE, "files": files}


def freeze(root: Path = EVALS) -> None:
    """Write the record of the split."""
    text = json.dumps(record(root), ensure_ascii=False, indent=2)
    (root / SPLIT_FILE.name).write_text(text + "\n", encoding="utf-8")


def frozen(root: Path = EVALS) -> Mapping[str, Any]:
    """The record as it was written."""
    kept: dict[str, Any] = json.loads((root / SPLIT_FILE.name).read_text(encoding="utf-8"))
    return kept


def plain(text: str) -> str:
    """The letters and digits alone, full-width ones narrowed, so that punctuation makes no new question."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).lower())


def leaks(cases: Iterable[Case], exemplars: Iterable[str]) -> list[Leak]:
    """The test cases whose words, or nearly these, an exemplar has. Formulas are no leak: 再见 is said by all."""
    texts = list(dict.fromkeys(exemplars))
    pairs = [_pairs(plain(text)) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(pairs):
        for pair in own:
            holders[pair].append(number)
    same = {plain(text): text for text in texts}
    found = []
    for case in cases:
        if case.half != "test":
            continue
        for turn in case.turns:
            words = plain(turn.question)
            if len(words) <= FORMULA and (turn.route == "smalltalk" or len(case.turns) > 1):
                continue
            leak = _nearest(words, same, texts, pairs, holders)
            if leak is not None:
                found.append(Leak(case.id, *leak))
    return found


def _nearest(
    words: str,
    same: Mapping[str, str],
    texts: list[str],
    pairs: list[set[str]],
    holders: Mapping[str, list[int]],
) -> tuple[str, float] | None:
    if words in same:
        return same[words], 1.0
    own = _pairs(words)
    shared = Counter(number for pair in own for number in holders.get(pair, ()))
    best = max(
        ((n / (len(own) + len(pairs[number]) - n), texts[number]) for number, n in shared.items()),
        default=(0.0, ""),
    )
    return (best[1], best[0]) if best[0] >= NEAR else None


def _pairs(words: str) -> set[str]:
    return {words[n : n + 2] for n in range(len(words) - 1)}

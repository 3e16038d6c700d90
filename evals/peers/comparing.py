"""One table: the assistant beside other frameworks' default pipelines, judged by the suites' own checks."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evals.answer import Answer
from evals.asking import suite_cases
from evals.cases import Case
from evals.scoring import score
from evals.source import Source
from evals.suites import load_suites
from knowledge.errors import ShenbaoError
from knowledge.models import Frozen

PIPELINES = Path(__file__).parent / "pipelines.py"
TITLES = {
    "shenbao": "申报通",
    "langchain": "LangChain",
    "haystack": "Haystack",
    "llamaindex": "LlamaIndex",
}
SUITES = ("answers", "abstention")
PATIENCE = 1_800


class PeerFailed(ShenbaoError):
    """A pipeline did not run."""


class Measured(Frozen):
    """What one of them came to. Shares in [0, 1]; `wrong_values`: answers that say a value which the case excludes,
    of those whose case excludes any; `abstains`: questions without an answer that are left open."""

    name: str
    right: float
    right_clause: float
    wrong_values: float
    abstains: float
    abstention_score: float
    cold_start_seconds: float
    memory_mib: float
    p50_ms: float
    p95_ms: float
    questions: int


def compared(source: Source, python: Path) -> tuple[Measured, ...]:
    """The assistant and its peers one after another; `python` is that of the peers' environment. Raises PeerFailed."""
    asked = {suite.name: suite_cases(suite, "all") for suite in load_suites(SUITES)}
    cases = list({case.id: case for of_suite in asked.values() for case in of_suite}.values())
    own = (sys.executable, "-m", "evals.peers.own", source.pack.id)
    commands = {"shenbao": own} | {
        name: (str(python), str(PIPELINES), name) for name in TITLES if name != "shenbao"
    }
    return tuple(_measured(name, command, cases, asked, source) for name, command in commands.items())


def _measured(
    name: str,
    command: Sequence[str],
    cases: Sequence[Case],
    asked: dict[str, tuple[Case, ...]],
    source: Source,
) -> Measured:
    given = {
        "clauses": [(clause.id, clause.text) for clause in source.pack.tree if clause.text],
        "asked": [(case.turns[0].question, _day(case)) for case in cases],
    }
    began = time.time()
    ran = subprocess.run(  # noqa: S603 - our own commands
        command, input=json.dumps(given), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if ran.returncode != 0:
        raise PeerFailed(f"{TITLES[name]} 没有跑成：{ran.stderr[-500:]}")
    told = json.loads(ran.stdout)
    answers = {
        case.id: Answer.model_validate(answer) for case, answer in zip(cases, told["answers"], strict=True)
    }
    seconds = sorted(answer.seconds for answer in answers.values())
    content, abstention = asked["answers"], asked["abstention"]
    return Measured(
        name=name,
        right=_share(content, answers, source, "correctness", "right"),
        right_clause=_share(content, answers, source, "content", "citation recall"),
        wrong_values=_wrong_values(content, answers, source),
        abstains=_share(abstention, answers, source, "abstention", "leaves open what it must"),
        abstention_score=_share(abstention, answers, source, "abstention", "score"),
        cold_start_seconds=told["ready_at"] - began,
        memory_mib=told["memory_mib"],
        p50_ms=statistics.median(seconds) * 1_000,
        p95_ms=seconds[int(len(seconds) * 0.95)] * 1_000,
        questions=len(cases),
    )


def _day(case: Case) -> str:
    day: date = case.day(case.turns[0])
    return day.isoformat()


def _share(
    cases: Sequence[Case], answers: dict[str, Answer], source: Source, scorer: str, figure: str
) -> float:
    measures = [score((scorer,), case.turns[0], answers[case.id], source).measures for case in cases]
    counted = [measured[figure] for measured in measures if figure in measured]
    return sum(above for above, _ in counted) / sum(below for _, below in counted)


def _wrong_values(cases: Sequence[Case], answers: dict[str, Answer], source: Source) -> float:
    bound = [case for case in cases if case.turns[0].not_values]
    lacks = [score(("content",), case.turns[0], answers[case.id], source).lacks for case in bound]
    return sum(any(lack.startswith("不该说") for lack in of_case) for of_case in lacks) / len(bound)


_COLUMNS: tuple[tuple[str, Callable[[Measured], str]], ...] = (
    ("", lambda m: TITLES[m.name]),
    ("answer right", lambda m: f"{m.right:.3f}"),
    ("right clause cited", lambda m: f"{m.right_clause:.3f}"),
    ("wrong values said", lambda m: f"{m.wrong_values:.3f}"),
    ("left open what is open", lambda m: f"{m.abstains:.3f}"),
    ("score −1…1", lambda m: f"{m.abstention_score:+.3f}"),
    ("cold start, s", lambda m: f"{m.cold_start_seconds:.1f}"),
    ("memory, MiB", lambda m: f"{m.memory_mib:.0f}"),
    ("p50, ms", lambda m: f"{m.p50_ms:.1f}"),
    ("p95, ms", lambda m: f"{m.p95_ms:.1f}"),
)


def table(found: Sequence[Measured]) -> str:
    """The comparison as Markdown."""
    head = "| " + " | ".join(title for title, _ in _COLUMNS) + " |"
    rows = ["| " + " | ".join(shown(one) for _, shown in _COLUMNS) + " |" for one in found]
    return "\n".join([head, "|---" * len(_COLUMNS) + "|", *rows])

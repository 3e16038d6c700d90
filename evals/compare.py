"""Two runs held against each other: which cases changed, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evals.running import differing
from evals.statistics import holm, mcnemar
from evals.suites import Row
from knowledge.models import Frozen


class Change(Frozen):
    """The cases of one suite and target in both runs."""

    suite: str
    target: str
    n: int
    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    reworded: tuple[str, ...]
    p: float
    adjusted: float
    missing: int


def compared(first: Sequence[Row], second: Sequence[Row]) -> tuple[Change, ...]:
    """One Change for each suite and target of either run, p by exact McNemar, adjusted by Holm over all."""
    before, after = _grouped(first), _grouped(second)
    keys = list(dict.fromkeys([*before, *after]))
    counts = {key: differing(_passed(before.get(key)), _passed(after.get(key))) for key in keys}
    adjusted = holm({" ".join(key): mcnemar(lost, gained) for key, (_, lost, gained) in counts.items()})
    changes = []
    for key in keys:
        old, new = before.get(key, {}), after.get(key, {})
        both = [name for name in old if name in new]
        n, lost, gained = counts[key]
        changes.append(
            Change(
                suite=key[0],
                target=key[1],
                n=n,
                fixed=tuple(name for name in both if new[name].passed and not old[name].passed),
                broken=tuple(name for name in both if old[name].passed and not new[name].passed),
                reworded=tuple(name for name in both if old[name].answer != new[name].answer),
                p=mcnemar(lost, gained),
                adjusted=adjusted[" ".join(key)],
                missing=len(old.keys() ^ new.keys()),
            )
        )
    return tuple(changes)


def other_ground(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """What of pack, model and code is not the same in both runs."""
    return tuple(name for name in {**first, **second} if first.get(name) != second.get(name))


def lines(changes: Sequence[Change]) -> Iterator[str]:
    """The comparison as people read it."""
    if not any(change.fixed or change.broken or change.reworded or change.missing for change in changes):
        yield f"没有差别：{sum(change.n for change in changes)} 条结果完全一致"
        return
    for change in changes:
        if not (change.fixed or change.broken or change.reworded or change.missing):
            continue
        verdict = "显著" if change.adjusted < 0.05 else "不显著"
        yield (
            f"{change.suite}（{change.target}，n={change.n}）：改对 {len(change.fixed)}，改错 {len(change.broken)}，"
            f"p={change.p:.3g}，Holm 后 {change.adjusted:.3g}（{verdict}）"
        )
        for title, names in (("改对", change.fixed), ("改错", change.broken)):
            if names:
                yield f"  {title}：{'、'.join(names)}"
        if change.reworded:
            yield f"  文字有变：{len(change.reworded)} 条"
        if change.missing:
            yield f"  只在其中一次出现：{change.missing} 条"


def _grouped(rows: Sequence[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    grouped: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        grouped.setdefault((row.suite, row.target), {})[row.id] = row
    return grouped


def _passed(rows: dict[str, Row] | None) -> dict[str, bool]:
    return {name: row.passed for name, row in (rows or {}).items()}

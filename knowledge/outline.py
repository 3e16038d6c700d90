"""The levels of a document: where the printed markers stand, inferred from their kinds as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knowledge.numbering import Kind, Marker

MISPRINT = 3
"""How many numbers may be missing in a row before a marker is no longer taken for the next one."""


class Outline:
    """Where in the document a marker stands: the open levels, inferred from the kinds as they come.

    A kind that is open continues its level; another opens a level below. Where the usual order of kinds is
    turned round (1. and then （一）), the kind whose numbering starts afresh more often is the inner one.
    """

    def __init__(self, markers: Iterable[Marker]) -> None:
        self._starts = Counter(marker.kind for marker in markers if marker.ordinal == 1)
        self._open: list[Marker] = []

    def place(self, marker: Marker, *, fresh: bool) -> tuple[Marker, ...] | None:
        """The path of markers down to this one, or None where the number is part of a sentence.

        `fresh` tells that the paragraph before has ended; in mid-sentence only the next number is believed.
        """
        if marker.above:
            return self._place_decimal(marker, fresh=fresh)
        depth = next((at for at, level in enumerate(self._open) if level.kind is marker.kind), None)
        expected = self._open[depth].ordinal + 1 if depth is not None else 1
        is_next = marker.ordinal == expected
        if marker.doubtful and not (is_next and fresh):
            return None
        # 第一百条 is hardly ever anything else; a plain number that far on is a figure.
        near = depth is None or marker.kind <= Kind.ARTICLE or marker.ordinal <= expected + MISPRINT
        # A letter or a Roman number is mostly a word; only in its turn is it a number.
        near = near and marker.kind not in (Kind.LETTER, Kind.ROMAN)
        if not is_next and not (fresh and near):
            return None
        if depth is None:
            depth = len(self._open)
            while depth and self._is_outer(marker.kind, self._open[depth - 1].kind):
                depth -= 1
        self._open[depth:] = [marker]
        return tuple(self._open)

    def _place_decimal(self, marker: Marker, *, fresh: bool) -> tuple[Marker, ...] | None:
        """A decimal says itself where it belongs: 3.1.2 stands below 3.1, or below the third of another kind."""
        levels = list(enumerate(self._open))
        beside = next((at for at, o in levels if o.kind is marker.kind and o.above == marker.above), None)
        parents = (at for at, o in reversed(levels) if o.kind < marker.kind and o.ordinal == marker.above[-1])
        below = next(parents, None)
        depth = below + 1 if below is not None else 0
        expected = 1
        if beside is not None:
            depth, expected = beside, self._open[beside].ordinal + 1
        if marker.ordinal != expected and not (fresh and expected < marker.ordinal <= expected + MISPRINT):
            return None
        if (marker.doubtful or (beside is None and below is None)) and not fresh:
            return None
        self._open[depth:] = [marker]
        return tuple(self._open)

    def _is_outer(self, kind: Kind, other: Kind) -> bool:
        return kind < other and self._starts[kind] <= self._starts[other]

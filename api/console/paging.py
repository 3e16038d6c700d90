"""Long lists page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

PAGE_SIZE = 30
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and whether there are more behind them."""

    rows: Sequence[Row]
    number: int
    more: bool


def page_of(fetch: Callable[[int, int], Sequence[Row]], number: int) -> Page[Row]:
    """Page `number` (from 1) of what `fetch(offset, limit)` gives."""
    rows = fetch((number - 1) * PAGE_SIZE, PAGE_SIZE + 1)
    return Page(rows[:PAGE_SIZE], number, len(rows) > PAGE_SIZE)

"""Which notice a text names: by its number, or by year and programme as its title has them.

What it costs to look does not grow with the number of notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

_NUMBER = re.compile(r"〔(\d{4})〕(?:第)?(\d{1,5})号")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_TITLE = re.compile(
    r"^(?:.{0,30}?关于)?(?:组织|开展|做好|启动|报送|申报|推荐|征集|认定|评选|遴选|发布|印发|的|和)*"
    r"(?:(?:20\d\d)年度?)?(?P<programme>.+?)"
    r"(?:组织|申报|推荐|认定|遴选|征集|评选|评审|培育|入库|指南|有关|事项|工作|的)*(?:通知|公告|通告|函)?$"
)
_BRACKETS = str.maketrans(dict.fromkeys("（([［【", "〔") | dict.fromkeys("）)]］】", "〕"))
_NOT_LETTERS = re.compile(r"[\s《》“”\"'「」]+")
_SHORTEST = 4
"""Characters from which a programme's name names it and nothing else."""
_START = 4


class Named(Protocol):
    """What of a notice's head its name is made of."""

    @property
    def id(self) -> str: ...  # noqa: D102 - as in Notice
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def document_number(self) -> str: ...  # noqa: D102
    @property
    def year(self) -> int: ...  # noqa: D102


class NoticeNames:
    """Finds notices by what a text calls them; immutable."""

    def __init__(self, notices: Iterable[tuple[str, Named]]) -> None:
        self._numbers: dict[tuple[str, str], list[tuple[str, str, Named]]] = {}
        self._programmes: dict[str, list[tuple[str, str, Named]]] = {}
        for name, notice in notices:
            number = squeezed(notice.document_number)
            if match := _NUMBER.search(number):
                self._numbers.setdefault(match.groups(), []).append((number, name, notice))  # type: ignore[arg-type]
            programme = programme_of(notice.title)
            if len(programme) >= _SHORTEST:
                self._programmes.setdefault(programme[:_START], []).append((programme, name, notice))

    def other_named(self, text: str, own: Named, own_text: str = "") -> str | None:
        """The name of another notice than `own` that the text plainly is about; None where it may be `own`.

        A text that names both is not plainly about the other, nor one that calls a programme of which `own_text`,
        the notice's own words, speaks as well.
        """
        words = squeezed(text)
        own_number = squeezed(own.document_number)
        if own_number and own_number in words:
            return None
        numbered = [
            (name, notice)
            for match in _NUMBER.finditer(words)
            for number, name, notice in self._numbers.get(match.groups(), ())  # type: ignore[arg-type]
            if number != own_number and number in words
        ]
        return _latest(numbered, own) or _latest(self._by_programme(words, own, squeezed(own_text)), own)

    def _by_programme(self, words: str, own: Named, own_text: str) -> Iterator[tuple[str, Named]]:
        own_programme = programme_of(own.title)
        years = {int(year) for year in _YEAR.findall(words)}
        own_named = bool(own_programme) and own_programme in words
        for at in range(len(words)):
            for programme, name, notice in self._programmes.get(words[at : at + _START], ()):
                if not words.startswith(programme, at) or (years and notice.year not in years):
                    continue
                another_year = bool(years) and own.year not in years
                if another_year or not (own_named or programme in own_programme or programme in own_text):
                    yield name, notice


def programme_of(title: str) -> str:
    """What a notice's title is about: 关于组织开展2024年度省绿色工厂申报工作的通知 → 省绿色工厂."""
    match = _TITLE.match(squeezed(title))
    return match["programme"] if match else ""


def squeezed(text: str) -> str:
    """The text as names are compared: without spaces and quotation marks, every bracket of one kind."""
    return _NOT_LETTERS.sub("", text.lower()).translate(_BRACKETS)


def _latest(found: Iterable[tuple[str, Named]], own: Named) -> str | None:
    """Of several notices the one of the latest year; a version of `own` is none of another."""
    others = [(notice.year, "@" not in name, name) for name, notice in found if notice.id != own.id]
    return max(others)[2] if others else None

"""Whether a text belongs to this notice or to another edition: the years and document numbers that it names.

Only places that say what a text is are read: the file's name, the lines above its first number, the signature,
and words that name a round of applications (2022年度申报工作). A year inside a condition says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.models import Notice
from knowledge.normalise import Line, read_lines, squeeze
from knowledge.numbering import read_marker

_HEAD, _FOOT = 12, 4
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_YEAR_SAID = re.compile(r"(?<![0-9])(20[0-9]{2})(?:年度|年版|年|版)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[【（(](20[0-9]{2})[〕\]】）)][0-9]{1,4}号")
_BASIS = re.compile(r"根据|依据|按照|为贯彻|落实")
_CITED = re.compile(r"》[（(]$")
_SIGNED = re.compile(
    r"(?![从自至])[^0-9，。；：、（）()]{0,30}(20[0-9]{2})年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:印发)?"
)
_ROUND = re.compile(
    r"(?<![0-9])(20[0-9]{2})年度?[^，。；]{0,24}?(?:申报|评定|认定|遴选|推荐)(?:工作|指南|通知|项目)"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that say to which edition a text belongs; `place` is Chinese: 文件名, 第3行."""

    place: str
    words: str
    edition: str


def signs_of(source: str, name: str, notice: Notice) -> tuple[Sign, ...]:
    """All that the text and its file's name say of its edition, in the order of the text."""
    lines = read_lines(source)[0]
    first = next((at for at, line in enumerate(lines) if read_marker(line.raw)), len(lines))
    head, last = min(first, _HEAD), max(first, len(lines) - _FOOT)
    found = [Sign("文件名", match[0], match[1]) for match in _YEAR.finditer(name)]
    for at, line in enumerate(lines):
        found += (Sign(f"第{at + 1}行", *said) for said in _said(line, at < head, at >= last, notice))
    return tuple(found)


def other_edition(signs: tuple[Sign, ...], notice: Notice) -> tuple[Sign, ...]:
    """The signs of another edition; none where the text also names the notice's own year or number."""
    own = {str(notice.year), squeeze(notice.document_number)}
    if any(sign.edition in own for sign in signs):
        return ()
    return tuple(sign for sign in signs if sign.edition not in own)


def _said(line: Line, in_head: bool, in_foot: bool, notice: Notice) -> Iterator[tuple[str, str]]:
    text = squeeze(line.raw)
    if in_head and not _BASIS.search(text):
        for number in _NUMBER.finditer(text):
            if not _CITED.search(text[: number.start()]):
                own = squeeze(notice.document_number) in text
                yield number[0], squeeze(notice.document_number) if own else number[0]
        rest = _NUMBER.sub("", text)
        yield from ((year[0], year[1]) for year in _YEAR_SAID.finditer(rest))
    elif in_foot and (signed := _SIGNED.fullmatch(text)):
        yield signed[0], signed[1]
    else:
        yield from ((round_[0], round_[1]) for round_ in _ROUND.finditer(text))

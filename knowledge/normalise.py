"""Source text → joined text, every character with its offset in the source.

A PDF extraction wraps lines in mid-sentence and sets spaces around digits. Both are undone here; printed
punctuation and misprints stay. Nothing but white space is ever dropped, and page numbers are set apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that print nothing and count as white space."""

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_WHITE = re.compile(rf"[\s{ZERO_WIDTH}]+")
_PAGE_NUMBER = re.compile(
    r"[-–—－─·]\s*[0-9０-９]{1,4}\s*[-–—－─·]|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?"
)
_GROUPED = re.compile(
    rf"(?<![0-9])[0-9]{{1,3}}(?:{_WHITE.pattern}[0-9]{{3}})+(?![0-9])"
    rf"|(?<![0-9])[0-9](?:{_WHITE.pattern}[0-9]){{3,}}(?![0-9])"
)
_UNFINISHED = tuple("，、（(《“‘〔【")
_CLOSING = tuple("。；！？：;:")
_LATIN = re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(r"(?:://|www\.|@)[!-~]*$")
UNWRAPPED = 1 << 30
"""The measure of a text whose lines are whole paragraphs: none of them is full."""
NARROWEST = 36
"""Half widths; a column narrower than this is taken for a list."""
SLACK = 6
"""Half widths by which a full line may fall short of the measure: a lost indent and a hanging stop."""


def is_white(char: str) -> bool:
    """Whether a character prints nothing: white space or of zero width."""
    return char.isspace() or char in ZERO_WIDTH


def squeeze(text: str) -> str:
    """The text without any white space: the form in which quotes are compared."""
    return _WHITE.sub("", text)


@dataclass(frozen=True, slots=True)
class Joined:
    """A text and, for each of its characters, the offset in the source."""

    text: str
    offsets: tuple[int, ...]

    def spans(self, source: str) -> tuple[tuple[int, int], ...]:
        """The (start, end) pieces of the source that hold the text, one per printed line."""
        pieces: list[tuple[int, int]] = []
        for char, offset in zip(self.text, self.offsets, strict=True):
            if is_white(char):
                continue
            if pieces and _same_line(source, pieces[-1][1], offset):
                pieces[-1] = (pieces[-1][0], offset + 1)
            else:
                pieces.append((offset, offset + 1))
        return tuple(pieces)


def _same_line(source: str, end: int, start: int) -> bool:
    gap = source[end:start] if start - end <= 64 else "\n"
    return not gap or ((gap.isspace() or all(map(is_white, gap))) and _LINE.fullmatch(gap) is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without its outer white space: where it starts, and its characters as they stand."""

    start: int
    raw: str

    @property
    def end(self) -> int:
        """Offset just behind the last character."""
        return self.start + len(self.raw)

    @property
    def width(self) -> int:
        """Printed width in half widths, white space not counted."""
        return sum(2 if _is_wide(char) else 1 for char in squeeze(self.raw))

    def after(self, count: int) -> Line:
        """The rest of the line behind `count` characters."""
        rest = self.raw[count:]
        bare = rest.lstrip()
        return Line(self.end - len(bare), bare)

    def clean(self) -> Joined:
        """The line's text without the spaces that an extraction sets around digits and Chinese."""
        closed_up = {at for match in _GROUPED.finditer(self.raw) for at in range(match.start(), match.end())}
        chars: list[str] = []
        offsets: list[int] = []
        gap: int | None = None
        for at, char in enumerate(self.raw):
            if is_white(char):
                gap = at if gap is None and char not in ZERO_WIDTH else gap
                continue
            if gap is not None and chars and gap not in closed_up and _parts_words(chars[-1], char):
                chars.append(" ")
                offsets.append(self.start + gap)
            gap = None
            chars.append(char)
            offsets.append(self.start + at)
        return Joined("".join(chars), tuple(offsets))


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def _parts_words(left: str, right: str) -> bool:
    """Whether a space between two characters separates words rather than being set by the extraction."""
    if _is_wide(left) or _is_wide(right):
        return False
    return not ((left.isdigit() and right in "-.:/%") or (right.isdigit() and left in "-.:/"))


def read_lines(source: str) -> tuple[list[Line], list[Line]]:
    """The lines of the text that print something, and apart from them the page numbers."""
    printed: list[Line] = []
    page_numbers: list[Line] = []
    for match in _LINE.finditer(source):
        raw = match.group()
        lead = len(raw) - len(raw.lstrip(_margin(raw)))
        raw = raw.strip(_margin(raw))
        if not raw:
            continue
        line = Line(match.start() + lead, raw)
        (page_numbers if _PAGE_NUMBER.fullmatch(raw) else printed).append(line)
    return printed, page_numbers


def _margin(raw: str) -> str:
    return "".join({char for char in raw if is_white(char)})


def measure(lines: Sequence[Line]) -> int:
    """The width of a full line in half widths; `UNWRAPPED` where the lines are no wrapped ones.

    Three quarters of the lines of wrapped text are no wider than the measure, many reach it, hardly any goes beyond, and
    those that reach it mostly break off in a sentence.
    """
    widths = sorted(line.width for line in lines)
    full = widths[len(widths) * 3 // 4] if widths else 0
    reach = [line for line in lines if abs(line.width - full) <= SLACK]
    beyond = sum(width > full + SLACK for width in widths)
    broken = sum(not line.raw.endswith(_CLOSING) for line in reach)
    is_wrapped = (
        full >= NARROWEST
        and len(reach) * 10 >= len(widths) * 3
        and beyond * 10 <= len(widths)
        and broken * 2 >= len(reach)
    )
    return full if is_wrapped else UNWRAPPED


def ends_paragraph(line: Line, full: int) -> bool:
    """Whether a paragraph ends with this line: it stops short of the measure, and not in mid-sentence.

    A full line is taken for a wrapped one even where a sentence ends with it.
    """
    return line.width < full - SLACK and not line.raw.endswith(_UNFINISHED)


def flow(lines: Iterable[Line], full: int) -> list[Joined]:
    """The lines as paragraphs, wrapped ones joined; `full` is the measure of the document."""
    paragraphs: list[Joined] = []
    chars: list[str] = []
    offsets: list[int] = []
    last: Line | None = None
    for line in lines:
        piece = line.clean()
        if last is not None and ends_paragraph(last, full):
            paragraphs.append(Joined("".join(chars), tuple(offsets)))
            chars, offsets = [], []
        elif last is not None and _needs_space(last.raw, piece.text):
            chars.append(" ")
            offsets.append(last.end)
        chars.append(piece.text)
        offsets.extend(piece.offsets)
        last = line
    if last is not None:
        paragraphs.append(Joined("".join(chars), tuple(offsets)))
    return paragraphs


def _needs_space(before: str, after: str) -> bool:
    """Latin words stay apart across a wrap; an address that wraps does not."""
    latin = bool(_LATIN.match(before[-1:]) and _LATIN.match(after[:1]))
    return latin and not _ADDRESS.search(before[-200:])


def stack(paragraphs: Sequence[Joined]) -> Joined:
    """Paragraphs set one a line; a line feed stands at the offset behind the paragraph above."""
    chars: list[str] = []
    offsets: list[int] = []
    for paragraph in paragraphs:
        if chars:
            chars.append("\n")
            offsets.append(offsets[-1] + 1)
        chars.append(paragraph.text)
        offsets.extend(paragraph.offsets)
    return Joined("".join(chars), tuple(offsets))

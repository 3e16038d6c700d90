"""Whether a text says a value, in whatever notation: 2000万元 = 两千万 = 0.2亿, 不少于11年 is not 1年."""

from __future__ import annotations

import re

from knowledge.values import Value, find_values

_DENIED = re.compile(
    r"(?:不是|并非|而非|并不是|不等于|不为|不叫|没有|无需等到|非)\s*[「“\"']?(?:于|指|说)?\s*$"
)
_NUMBERED = re.compile(r"[0-9]+号")
"""The number of a document; as a date it would be a day of no month."""
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"\[\d+\]")


def says(expected: str, text: str, year: int | None = None) -> bool:
    """Whether `text` says all that `expected` names, and does not only deny it.

    Values of `expected` are compared by kind, number, unit and sense; its other words literally, white space
    aside. `year` is the notice's, for dates printed without one.
    """
    wanted = find_values(expected)
    if not wanted and not expected.strip():
        raise ValueError("an expected value must not be empty")
    text = _MARKS.sub("", text)
    if _NUMBERED.fullmatch(expected.strip()) and _stands_whole(expected, text):
        return True
    found = [value for value in find_values(text) if not _denied(text, value.start)]
    if not all(any(_is(want, value, year) for value in found) for want in wanted):
        return False
    return all(_says_words(words, text) for words in _other_words(expected, wanted))


def _stands_whole(expected: str, text: str) -> bool:
    """Whether the words stand there as they are (27号 in 〔2023〕27号), not as the end of a longer number."""
    words, bare = _SPACES.sub("", expected), _SPACES.sub("", text)
    places = [match.start() for match in re.finditer(re.escape(words), bare)]
    free = (n for n in places if not (words[0].isdigit() and re.search(r"[\d.,十百千万]$", bare[:n])))
    return any(not _denied(bare, place) for place in free)


def _is(want: Value, value: Value, year: int | None) -> bool:
    # 「3个」 may be printed as 「三个方面」, a bare 「3」 asked for may carry any unit.
    if want.kind == "number" and value.kind in ("count", "number", "star"):
        return want.key[0] == value.key[0]
    return want.claims(value, year)


def _denied(text: str, start: int) -> bool:
    return bool(_DENIED.search(text[max(0, start - 10) : start]))


def _other_words(expected: str, wanted: tuple[Value, ...]) -> list[str]:
    """What is left of `expected` beside its values, bare units and senses excepted."""
    rest, end = [], 0
    for value in wanted:
        rest.append(expected[end : value.start])
        end = value.end
    rest.append(expected[end:])
    pieces = [_SPACES.sub("", piece).strip("，,。、（）()：:「」“”") for piece in rest]
    if not wanted:
        return [piece for piece in pieces if piece]
    # Beside a value only names count (苏兴大厦916室); what is left of units and senses does not.
    return [piece for piece in pieces if len(piece) >= 3 and not re.match(r"不(?:得|能)?[少低超]", piece)]


def _says_words(words: str, text: str) -> bool:
    bare = _SPACES.sub("", text)
    places = [match.start() for match in re.finditer(re.escape(words), bare)]
    return any(not _denied(bare, place) for place in places)

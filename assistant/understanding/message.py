"""A message as it came and as it is read: bounded, without invisible characters, simplified, half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.facts.message.dialect import in_standard_words
from assistant.understanding.speech_acts import asks_something
from knowledge.errors import InputRefused
from knowledge.script import half_width, simplified

MAX_CHARACTERS = 8_000
_ENOUGH = 10
"""Characters that are left of a question once the notice's number is taken out."""
_OF_A_TITLE = 10
"""Characters of its title that name the notice."""
LEAST_ASKED = 4
"""Letters and characters from which what stands beside a greeting is a question of its own."""
_SEGMENT_END = re.compile(r"(?<=[？?。！!；;\n])")
BESIDES = "还有(?!(?:几|多少)(?:个?工作)?[日天]|多久|多长)"
"""What adds another question; 还有几天 asks how long."""
_JOINER = re.compile(
    rf"(?<![，,、\s])[，,、\s]*(?:再?另外|还有就是|{BESIDES}|顺便(?:问一?下|再问)?|再问(?:一下|个)?|以及想问|同时想问)[，,：:\s]*"
)
_FILLED_IN = re.compile(
    "是否(?=[^，,。？?；;:：\n]{1,16}[:：][ ]*(?:是|否|有|无|已|未|没有|√|×)(?:[，,。；;、 \n]|$))"
)
"""是否建成：是, an entry of a form, asks nothing."""
_SLIPPED_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![呢吗]) (?=[\u4e00-\u9fff])")
_QUOTED = re.compile(r"[“「『\"]([^”」』\"]{2,})[”」』\"]")


def without_quotations(original: str, source: str) -> str:
    """The message with the notice's own words in quotation marks blanked out, length kept.

    Who reads a phrase back (“未建或在建”是什么意思) states no fact with it.
    """

    def blank(match: re.Match[str]) -> str:
        words = re.sub(r"\s", "", match[1])
        return "＿" * len(match[0]) if words in source else match[0]

    return _QUOTED.sub(blank, original)


@dataclass(frozen=True, slots=True)
class Message:
    """`original` keeps the user's own words for quoting; `plain` is what is classified.

    `told` is what the readers of facts read: the original, unless it was typed in pinyin or English.
    """

    original: str
    plain: str
    segments: tuple[str, ...]
    told: str

    @property
    def in_english(self) -> bool:
        """Whether `told` is what a glossary made of English, and not the original or what pinyin spells."""
        return self.told not in (self.original, self.plain)


def read_message(
    text: str, spell: Callable[[str], str] = str, translate: Callable[[str], str] = str
) -> Message:
    """Clean and bound a message; `spell` writes out what was typed in pinyin, `translate` what English tells.

    Raises InputRefused when it is empty, unreadable or too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(f"问题过长：收到 {len(text)} 字，最多 {MAX_CHARACTERS} 字。请缩短后再发")
    original = "".join(c for c in text if c in "\n\t" or not _invisible(c)).strip()
    if not original:
        raise InputRefused(f"没有读到文字。请输入 1 至 {MAX_CHARACTERS} 字的问题")
    simple = simplify(original)
    plain = spell(simple)
    told = plain if plain != simple else translate(simple)
    return Message(original, plain, split_questions(plain), original if told == simple else told)


def without_document(message: Message, document: str, title: str = "") -> Message:
    """The message without the notice's number and title where it asks something else of it."""
    plain = _without_title(message.plain.replace(simplify(document), ""), title)
    if plain == message.plain or len(plain) < _ENOUGH or not asks_something(plain):
        return message
    return replace(message, plain=plain, segments=split_questions(plain))


def _without_title(plain: str, title: str) -> str:
    """The text without the first piece of the title in it that is long enough to mean the notice."""
    for begin in range(len(title) - _OF_A_TITLE + 1):
        if (piece := title[begin : begin + _OF_A_TITLE]) in plain:
            at, end = plain.index(piece), begin + _OF_A_TITLE
            while end < len(title) and plain.startswith(title[begin : end + 1], at):
                end += 1
            return plain.replace(title[begin:end], "", 1)
    return plain


def simplify(text: str) -> str:
    """Traditional to simplified, full-width to half-width letters and digits, lower case, single spaces."""
    simple = simplified(half_width(text)).lower()
    spaced = _FILLED_IN.sub("", re.sub(r"[ \t\u3000]+", " ", in_standard_words(simple)).strip())
    # One space between two characters is a slip of the keyboard, unless two questions stand beside it; several part
    # what people part with commas.
    if len(_SLIPPED_SPACE.findall(spaced)) != 1:
        return spaced
    beside = _SLIPPED_SPACE.split(spaced)
    return (
        spaced
        if all(len(part) > LEAST_ASKED and asks_something(part) for part in beside)
        else "".join(beside)
    )


def split_questions(plain: str) -> tuple[str, ...]:
    """The message's sentences, statements kept with the question that follows them."""
    pieces = [p.strip() for part in _SEGMENT_END.split(plain) for p in _JOINER.split(part)]
    return tuple(piece for piece in pieces if re.search(r"\w", piece)) or (plain,)


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}

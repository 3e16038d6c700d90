"""A message as it is read: folded to simplified half-width text of the same length, cut into phrases.

Folding keeps every offset, so that a quote is always a verbatim piece of the message as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.facts.message.attribution import Owners, find_owners
from assistant.facts.message.dialect import in_standard_words
from assistant.facts.message.mood import read_moods

if TYPE_CHECKING:
    from opencc import OpenCC

_HALF_WIDTH = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c - 0xFEE0).isalnum()}
    | {
        "．": ".",
        "％": "%",
        "～": "~",
        "－": "-",
        "／": "/",
        "＋": "+",
        "　": " ",
        "\t": " ",
        "：": ":",
        "（": "(",
        "）": ")",
        "￥": "¥",
    }
    | {"\u00a0": " ", "\u2009": " ", "—": "-", "–": "-", "〜": "~", "﹣": "-"}
)
_BOUNDARY = re.compile(
    r"(?<=来电|座席|坐席|情况|这样|会计|老板|如下):|(?<=财务):(?!(?:都|很|也|[ ])*(?:健全|规范|良好|正常|清[楚晰]|稳健|没问题|好|是|有))|(?<=[够看核对判查审下评断格不类吗呢么自说]):|(?<=哪个):"
    r"|(?<=[\u4e00-\u9fff]{3}) +(?=[\u4e00-\u9fff]{3})|(?<=[吗呢么年月]) +(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2}) +(?=(?:19|20)\d\d年)|(?<=[✅✔√☑])[ \u3000]*(?=[^\s✅✔√☑])"
    r"| +(?=[0-9]{1,2}(?:[)]|[.、](?![0-9])))|:(?=[0-9]{1,2}(?:[)]|[.、](?![0-9])))|(?P<end>[。！!？?；;\n]+|:(?=(?:我们|我司|我厂|我公司|咱们|俺|本公司|本企业|本厂)(?![的自]))|(?<=[吗呢么不问]):|(?<=[吗呢么])、|(?<=符合|一下|条件|咨询|上云|标杆|平台|工厂|企业|公司|其他|他的|能报|申报):)|[，…|]+|-{2,}|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),"
    r"|(?<=[^\s不有均都也尚暂])(?=无(?:独立法人|专业团队|审计报告|发票|贯标证书))|(?<=[^\s不])(?=但是?(?!书)|可是|只是(?!否)|然而|而且|不过(?![0-9一二两三四五六七八九十]))"
)
_DASHED = re.compile(
    "(?:(?<=^)|(?<=[；;，,。:：、\n ]))(?P<label>[一-龥]{2,8})--(?=[^-，,。；;、\n]{1,16}(?:[；;，,。、\n]|$))"
)
"""贯标——通过；证书——已发: a form filled in with dashes."""
_FILLED_IN = re.compile(
    "是否(?P<label>[^，,。？?；;:\n]{1,14}?)(?P<colon>(?:(?:改|变更|更正)[为成])?:)(?=[ ]*(?:是|否|有|无|已|未|没有|√|×)(?:[，,。；;、 \n]|$))"
)
"""是否建成：是, an entry of a form, asks nothing."""
_LIST_MARK = re.compile("[ ]*[0-9]{1,2}(?:[)]|[.、](?=[ ]*[^0-9 ]))[ ]*")
"""1）, before an entry of a list."""
_WORD = re.compile(r"\w|★|☆|√|×")
_QUOTED = re.compile("[“「『][^”」』]{10,200}[”」』]")
"""A quotation is the notice's words or somebody's, not the applicant's own; short ones name things."""
_SPOKEN = re.compile("我们|我司|我厂|我公司|咱|本公司|本企业|俺")
"""Words of a firm about itself, handed on: 转王总原话：「我们2004年就在江阴注册了」."""
_BREATH = re.compile(
    "然后|就是(?:说|我们|那个)|我们(?![的自])|这种情况|这样子?的?(?=能|可|行)|能不能|可不可以|行不行|是不是|还有(?=就是|个|一)|另外|老板(?:说|让|想)|想问"
    "|(?<=[了的过啊哈呢])(?=现在|目前|大概|已经|还没|去年|今年|前年)"
)
_LETTER = re.compile(r"\w")
ONE_EACH = re.compile("分别|依次|各自")
"""Words that give each of several things its own value: 分别投入1000万、800万."""
SHORTEST_BREATH, LONGEST_BREATH = 6, 36
LONGEST_PHRASE = 240
"""Characters; nobody says so many without a pause, and the readers look no further."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the message between pauses: what it states and, after that, what it asks.

    `position` counts phrases from 0; `start` is the offset of `text` in the message; `hypothetical`: said under an if; `correction`: said to put
    something right; `sentence` counts sentences from 0.
    """

    position: int
    start: int
    text: str
    asking: str
    sentence: int
    hypothetical: bool
    correction: bool

    @property
    def words(self) -> str:
        """All of the phrase, stated and asked."""
        return self.text + self.asking


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message with its phrases, and whose each of them is."""

    message: str
    text: str
    phrases: tuple[Phrase, ...]
    owners: Owners

    def quote(self, start: int, end: int) -> str:
        """The verbatim piece of the message, without pauses at its ends."""
        return self.message[start:end].strip(" ，,。；;、\n\t：:")


def hear(message: str, misspellings: Mapping[str, str]) -> Utterance:
    """Fold the message, cut it into phrases, and tell statements from questions and suppositions."""
    text = fold(message, misspellings)
    pieces = _cut(text)
    owners = find_owners(text, [start for start, _, _, first in pieces if first])
    moods = read_moods([(text[start:end], closing, first) for start, end, closing, first in pieces])
    phrases: list[Phrase] = []
    sentence = -1
    for (start, end, _, first), mood in zip(pieces, moods, strict=True):
        sentence += first
        cut = start + mood.stated
        phrases.append(
            Phrase(
                len(phrases),
                start,
                text[start:cut],
                text[cut:end],
                sentence,
                mood.hypothetical,
                mood.correction,
            )
        )
    return Utterance(message, text, tuple(phrases), owners)


def fold(message: str, misspellings: Mapping[str, str]) -> str:
    """Simplified, half-width, slips put right, quotations blanked: every character keeps its place."""
    narrow = message.translate(_HALF_WIDTH)
    simple = _simplified(narrow)
    if len(simple) != len(narrow):
        singly = (_simplified(character) for character in narrow)
        simple = "".join(s if len(s) == 1 else c for s, c in zip(singly, narrow, strict=True))
    for slip, word in misspellings.items():
        simple = simple.replace(slip, word)
    simple = _QUOTED.sub(_without_a_quotation, in_standard_words(simple))
    simple = _FILLED_IN.sub(lambda entry: f"{entry['label']}{entry['colon']}::", simple)
    filled_in = len(_DASHED.findall(simple)) > 1  # one alone may be a pause
    return _DASHED.sub(lambda entry: f"{entry['label']}::", simple) if filled_in else simple


def is_marked(text: str, start: int) -> bool:
    """Whether what begins here is an entry of a numbered list: 1）南京 2）2013年."""
    marks = (mark.end() for mark in _LIST_MARK.finditer(text, max(0, start - 6), start + 1))
    return start in marks


def letters(text: str) -> int:
    """How many Han characters, letters and figures a text has."""
    return len(_LETTER.findall(text))


def _without_a_quotation(quoted: re.Match[str]) -> str:
    words = quoted.group()
    return f" {words[1:-1]} " if _SPOKEN.search(words) else "□" * len(words)


def _breaths(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A phrase as it is, or, where somebody dictated on and on without a pause, cut where a speaker draws breath."""
    begin = start
    if end - start > LONGEST_BREATH:
        for match in _BREATH.finditer(text, start + 1, end):
            if match.start() - begin >= SHORTEST_BREATH:
                yield begin, match.start()
                begin = match.start()
    while begin < end:
        yield begin, min(begin + LONGEST_PHRASE, end)
        begin += LONGEST_PHRASE


def _simplified(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - reads its tables, ten milliseconds, once on first use

    return OpenCC("t2s")


def _cut(text: str) -> list[tuple[int, int, str, bool]]:
    """(start, end, closing mark, first of its sentence) of each phrase that has any word in it."""
    pieces: list[tuple[int, int, str, bool]] = []
    start, first = 0, True
    for match in (*_BOUNDARY.finditer(text), None):
        mark = _LIST_MARK.match(text, start)
        start = mark.end() if mark else start
        end, closing = (match.start(), match.group()) if match else (len(text), "")
        if _WORD.search(text, start, end):
            for begin, upto in _breaths(text, start, end):
                pieces.append((begin, upto, closing if upto == end else "", first))
                first = False
        elif pieces and match and match.group("end"):
            pieces[-1] = (*pieces[-1][:2], closing, pieces[-1][3])
        first = first or bool(match and match.group("end"))
        start = match.end() if match else end
    return pieces

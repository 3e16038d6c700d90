"""The questions that a message numbers (一是…二是…; 1、…2、…), and which of them is asked for again (第三个你没答)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.numerals import parse_numeral

LEAST_PARTS, MOST_PARTS = 2, 9
LONGEST_PART = 200
"""Characters of a part that are kept."""
LONGEST_REFERENCE = 24
_HAN, _CIRCLES = "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨"
_MARKS = tuple(
    re.compile(mark)
    for mark in (
        rf"(?P<number>[{_HAN}])(?:是(?!否)|问|来)[:：，,、 ]*",
        rf"第(?P<number>[{_HAN}1-9])(?:个|点|件|问)?(?:事|问题)?(?:是|[、，,:：])",
        rf"[(（] ?(?P<number>[{_HAN}1-9]) ?[)）][:：、 ]*",
        r"(?<![0-9.])(?P<number>[1-9])[、.．)）](?![0-9])[ ]*",
        rf"(?P<number>[{_CIRCLES}])[、 ]*",
    )
)
"""One pattern a style: a list keeps to the one it begins with."""
_AROUND = " \n\t，,。；;、：:"
_REFERENCE = re.compile(
    rf"(?:那么?|还有|你|您|我|就|请|把|麻烦|上面|前面|刚才?|问|的|[，, ]){{0,6}}第 ?(?P<number>[{_HAN}{_CIRCLES}1-9]) ?(?:[个点问件题]|(?P<clause>[条项]))(?:事|问题)?"
)
_UNANSWERED = re.compile("没[^，。,]{0,3}[答说讲回]|漏")
_SMALL = re.compile(
    "没有?|未|回?答案?|回复|[说讲提看]|漏掉?|忘|[呢吗啊呀吧了的你您我再请还也都给帮好像嘛么呗到下]|重新|一?遍|一次|一下|麻烦|问题?|怎么|是|什么|啥|依据|出处|原文|哪一?条|具体|详细|解释|清楚"
)


def numbered_parts(text: str) -> tuple[str, ...]:
    """The parts that a text numbers from one on, two at least; empty where it numbers none.

    >>> numbered_parts("想问：一是截止时间，二是28号当天交算不算")
    ('截止时间', '28号当天交算不算')
    """
    return before_and_parts(text)[1]


def before_and_parts(text: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the numbered parts of a text, and the parts; all of the text where it numbers none."""
    for mark in _MARKS:
        marks: list[re.Match[str]] = []
        for match in mark.finditer(text):
            if len(marks) < MOST_PARTS and _figure(match["number"]) == len(marks) + 1:
                marks.append(match)
        if len(marks) < LEAST_PARTS:
            continue
        ends = [*(match.start() for match in marks[1:]), len(text)]
        parts = [
            text[m.end() : end].strip(_AROUND)[:LONGEST_PART] for m, end in zip(marks, ends, strict=True)
        ]
        if all(re.search(r"\w", part) for part in parts):
            return text[: marks[0].start()], tuple(parts)
    return text, ()


def part_asked_again(plain: str, parts: Sequence[str]) -> str | None:
    """The part of the last message that a message does nothing but point to: 第二点呢, 第三个你没答, 第4个依据."""
    pointed = _REFERENCE.match(plain) if parts and len(plain) <= LONGEST_REFERENCE else None
    if pointed is None or _figure(pointed["number"]) > len(parts):
        return None
    rest = plain[pointed.end() :]
    if pointed["clause"] and not _UNANSWERED.search(rest):
        return None  # 第三条 is one of the notice's own
    return None if re.search(r"\w", _SMALL.sub("", rest)) else parts[_figure(pointed["number"]) - 1]


def _figure(number: str) -> int:
    return _CIRCLES.index(number) + 1 if number in _CIRCLES else int(parse_numeral(number) or 0)

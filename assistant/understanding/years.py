"""Years that a message names: the notice's own, another notice's, one of the applicant's affairs; and which 今年 is."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import Message, split_questions
from assistant.understanding.speech_acts import asks_for_a_phone, asks_something, speaks_of_itself

_A_YEAR = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{2}年")
_OF_A_NOTICE = re.compile(
    r"申?报(?!告)|年度|通知|政策|文件|名单|认定|评上|项目|批|届|这个文|那个文|今年|明年|来年|去年|往年|前年"
)
_A_YEAR_ALONE = re.compile(r"(?:那么?|换成?|要是|，){0,2}(?:19|20)[0-9]{2}年?度?的?[呢咧嘞吗么]?[?？]*")
"""2026年的呢: of what was asked last, in another year."""
_A_ROUND = re.compile(
    r"[那这]一?[次批回年]|(?:还|又|也)?(?:能|可以|要|有)|江苏|省|申报|评审|评定|名单|公示|结果|通知|示范|工业互联网|项目|材料|系统"
)
"""What follows the year by which a notice is named: 2023年申报条件, 2023年的评审结果."""
_ANOTHER_TIME = re.compile(
    r"去年|前年|上一?[年次届批]|往年|以前|之前|当年|前几年|明年|来年|(?:19|20)[0-9]{2}|[评报认]过|已经?|再报"
)
_THIS_YEAR = re.compile("今年度?|本年度?")
_LEAST_ASKED = 3


def has_a_year_of_its_own(plain: str) -> bool:
    """Whether a year is named that need not be a notice's: 2022年11月开始的呢, 续到2026年就行了; not 2024年的申报."""
    return bool(_A_YEAR.search(plain)) and not _OF_A_NOTICE.search(plain)


def names_a_year_alone(plain: str) -> bool:
    """Whether nothing is said but a year: 那2024年的呢."""
    return bool(_A_YEAR_ALONE.fullmatch(plain))


def without_own_year(message: Message, year: int, asked_in: int, names: CategoryNames) -> Message:
    """The message without the year by which it names this very notice: 2023年度那次, 23年标杆工厂怎么报.

    今年 is that year where it is `asked_in` it and no other time is spoken of. Not 2023年3月到期, nor a bare statement.
    """
    now = "|今年|本年度?" if asked_in == year and not _ANOTHER_TIME.search(message.plain) else ""
    written = re.compile(rf"(?<![0-9.-])(?:(?:{year // 100})?{year % 100:02}年(?P<round>度)?|当年{now})的?")

    def left_out(match: re.Match[str]) -> str:
        behind = message.plain[match.end() :]
        of_this = match.groupdict()["round"] or _A_ROUND.match(behind) or names.begins(behind)
        return "" if of_this else match.group()

    plain = written.sub(left_out, message.plain)
    return message if len(plain) < _LEAST_ASKED else _worded(message, plain)


def with_this_year_named(message: Message, today: int, year: int) -> Message:
    """The message with the year written out that it calls this one, where that is not the notice's.

    今年什么时候报, asked in 2026, asks of another notice; 我们今年满三年 tells.
    """
    if (
        today == year
        or speaks_of_itself(message.plain)
        or not asks_something(message.plain)
        or asks_for_a_phone(message.plain)
    ):
        return message
    return _worded(message, _THIS_YEAR.sub(f"{today}年", message.plain))


def _worded(message: Message, plain: str) -> Message:
    """The message in other words, cut into its questions anew."""
    return (
        message if plain == message.plain else replace(message, plain=plain, segments=split_questions(plain))
    )

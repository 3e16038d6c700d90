"""Which of several dates and durations of a phrase belongs to which word: 2019年8月 成立, 2021年 贯标, 用了 半年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.facts.message.mood import OWN
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.dates import SpokenDate, bare_year, find_dates
from assistant.facts.spoken.days import in_each_year
from assistant.facts.spoken.durations import Duration, find_durations
from assistant.facts.times.by_itself import is_by_itself
from knowledge.facts import DateRange, NumberRange

_REACH = 10
_TODAY = ("今天", "今日")
_FULL_TODAY = re.compile(
    "今[天日](?:[就也是才]|我们|公司|成立|注册)*(?:刚|正|恰好|满|整|周年|生日)|[年月满整](?:[就也是的了，(（]|到|截[止至])*今[天日](?=$|[，。)）了的])"
)
_IS_IT_ENOUGH = re.compile("(?:可以|行|[能够]了?)吧$")
SPAN = re.compile(r"\s?(?:到|至|-|~)\s?")
_NOUN_GAP = re.compile("[都也才刚已经有到现在至今开了办干做快差不多大概估计约满是的 ]*")
_DEADLINE = re.compile("(?:之|以)?前(?!后)|截止|截$|[是就]?(?:开放|开启|开始申报|关|止)")
_ONE_MORE = re.compile("[一二两三另其][项个款套种]|才|只|另外")
_WRONG_BEHIND = re.compile("(?:那?是|都是)?[我他她]?(?:记|说|看|算|打|写|数|搞|弄)(?:错|岔|漏|反|串)")
_PERIOD = re.compile(
    "(?:最?近|过去|这)[^，。、]{1,5}(?:以?内|[来里的]|总|一?共|合计|累计|陆续|前后|[投花用])"
)
"""近三年投入: years of which something is told, and nobody's age."""
_HANDED_IN = re.compile(
    "旬?(?:当天|那天|之?后|以后)?(?:我们|再|才|去|来|就|想|要|准备)*(?:能不能|能否|可不可以|能|可以|行不行)?(?:提交|递交|上报|申报|报(?!告)|交(?!易|货|付)|填报|注册账号)"
)
"""2月15日能报吗: the day of applying."""
_PLANNED_FOR = re.compile(
    "(?:我们?|我司|公司|企业|单位|厂里?|咱们?|老板|领导|的话|这[次回]|[就也还都又再才是正先主要]|的)*(?:想|打算|准备|计划|考虑|希望|争取|决定|筹划|琢磨|寻思|有意|有心|力争|奔着|冲着?|预备|盘算|要不要|要(?!是|求)|再来一[次回])"
)
"""今年打算再报一次: the time of what is meant to be done."""
COMPARED_WITH = re.compile("(?:(?<![对百])比|(?<!比)较)(?:起)?$")
_AS_THEN = re.compile(
    "(?:的|时|底|那时候?)?(?:也|都|基本|大体)*(?:差不多(?!是|就|成立|注册)|一样|相比|持平|比起来)"
)
"""比去年多500万, 跟去年差不多."""
_LATELY = re.compile("最?近|过去|这")
_OF_LATE = re.compile(
    "(?:[今昨前明后][天日晚]|[今去前明后]年|[上这本下]个?(?:月|周|星期|礼拜))(?:份|底|初|末)?"
)
"""企业今天还能填吗, 公司今年能报吗: when it is asked, and no age."""
_EXACTLY = re.compile("(?:具体|准确|确切)[^，。]{0,6}$")
_WISHED = re.compile("就好了|该多好|多好啊")
"""早两年注册就好了，可惜是2020年的: not so, but then so."""
_NEGATED_VALUE = re.compile("(?:不是|并非|并不是|哪是)(?:说|在|于|到|从)?$")


@dataclass(frozen=True, slots=True)
class Timed:
    """A date or a duration with the kind of word that it belongs to and that word's place (-1, -1 for none)."""

    time: SpokenDate | Duration
    kind: str
    cue_start: int
    cue_end: int
    phrase: Phrase

    @property
    def start(self) -> int:
        """Where the word or the time begins."""
        return self.time.start if self.cue_start < 0 else min(self.time.start, self.cue_start)

    @property
    def end(self) -> int:
        """Where the word or the time ends."""
        return max(self.time.end, self.cue_end)


def read_times(hearing: Hearing) -> list[Timed]:
    """All dates and durations of the message, each with its word; kind "" where there is none."""
    timed: list[Timed] = []
    hanging: tuple[int, str] | None = None
    denied: tuple[int, str] | None = None
    for phrase in hearing.phrases:
        times = _times(hearing, phrase)
        cues = list(_cues(hearing, phrase))
        for position, time in enumerate(times):
            found = _belongs(phrase.text, time, times[:position], times[position + 1 :], cues)
            if isinstance(time, SpokenDate) and _is_aside(phrase, time):
                found = ("passing", time.start, time.end)
            goes_on = hanging is not None and hanging[0] == phrase.sentence
            goes_on = goes_on and all(cue[0] == "passing" for cue in cues)
            if found is None and hanging and goes_on and _goes_on(hearing, hanging[1], phrase, time):
                found = (hanging[1], -1, -1)
            found = found or _nouns(hearing, phrase, time) or _closer(hearing, phrase, time) or ("", -1, -1)
            if (
                position
                and found[0] == ""
                and SPAN.fullmatch(phrase.text[times[position - 1].end : time.start])
            ):
                last = timed[-1]
                found = (last.kind, last.cue_start, last.cue_end)
            if not found[0] and denied is not None and denied[0] == phrase.sentence:
                found = (denied[1], -1, -1)  # 用了两个半月是记错了，三个月整
            before, behind = phrase.text[max(0, time.start - 5) : time.start], phrase.text[time.end :]
            if _NEGATED_VALUE.search(before) or _WRONG_BEHIND.match(behind):
                denied = (phrase.sentence, found[0])
            else:
                timed.append(Timed(time, *found, phrase))
        if _WISHED.search(phrase.words):
            wished = (m.lastgroup for m in hearing.cues.time_words.finditer(phrase.words))
            denied = (phrase.sentence, next(wished, None) or "")
        if cues:
            lasting = cues[-1][0] == "use" or (not times and cues[-1][0] in {"since", "until", "issue"})
            hanging = (phrase.sentence, cues[-1][0]) if lasting else None
    return timed


def _is_aside(phrase: Phrase, day: SpokenDate) -> bool:
    """Whether a day is that of applying or of a plan, or one with which today is compared."""
    compared = COMPARED_WITH.search(phrase.words[: day.start]) or _AS_THEN.match(phrase.words, day.end)
    return bool(compared or _is_of_a_plan(phrase.words, day.end))


def _is_of_a_plan(text: str, end: int) -> bool:
    """Whether a day that ends there is that of applying, or of what is meant to be done."""
    return bool(_HANDED_IN.match(text, end) or _PLANNED_FOR.match(text, end))


def _goes_on(hearing: Hearing, kind: str, phrase: Phrase, time: SpokenDate | Duration) -> bool:
    """A word of the phrase before still rules; one of use does when another service is meant.

    One of registration does not where the time is of what came after it: 注册了这家公司，后来2021年上了条产线.
    """
    if kind != "use":
        a_word_alone = phrase.text[time.end :].startswith(" ")  # 注册 2022年5月8日 平台 够格?
        end = len(phrase.text) if not a_word_alone else time.end
        return kind != "since" or is_by_itself(phrase.text[:end], time.start, time.end)
    before, behind = phrase.text[: time.start], phrase.text[time.end :]
    usage = hearing.cues.usage
    listed = usage is not None and usage.things.search(before) and not behind.strip("了的 ")
    return bool(_ONE_MORE.search(before) or listed)


def _times(hearing: Hearing, phrase: Phrase) -> list[SpokenDate | Duration]:
    dates = find_dates(phrase.text, hearing.as_of)
    year = bare_year(phrase.text, hearing.as_of)
    if year and not dates and hearing.asked and hearing.schema.spec(hearing.asked).type == "date":
        return [year]
    taken = {i for d in dates for i in range(d.start, d.end)}
    durations = [
        d
        for d in find_durations(phrase.text)
        if not taken & set(range(d.start, d.end)) and not _PERIOD.match(phrase.text, d.start)
    ]
    if durations:  # 今天正好满六个月: the day from which is counted back
        dates = [d for d in dates if phrase.text[d.start : d.end] not in _TODAY]
        durations = [_to_the_day(d) if _is_to_the_day(phrase, d) else d for d in durations]
    return sorted([*dates, *durations], key=lambda t: t.start)


def _is_to_the_day(phrase: Phrase, length: Duration) -> bool:
    """今天刚好一年, and 正好一年能报吗 of nobody in particular: whether just that is enough is what is asked."""
    asks = phrase.asking or _IS_IT_ENOUGH.search(phrase.words)
    asked_of = length.bound == "exactly" and asks and not OWN.search(phrase.words)
    return bool(asked_of or _FULL_TODAY.search(phrase.text))


def _to_the_day(length: Duration) -> Duration:
    """刚好一年, of which the anniversary is today, is a year and no day more or less."""
    if length.bound not in {"exactly", "just"} or length.months.lo is None:
        return length
    return replace(length, months=NumberRange.exactly(length.months.lo), loose=(Decimal(0), Decimal(0)))


def _cues(hearing: Hearing, phrase: Phrase) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of the phrase's words that own times."""
    for match in hearing.cues.time_words.finditer(phrase.text):
        if match.lastgroup:
            yield match.lastgroup, match.start(), match.end()


def _belongs(
    text: str,
    time: SpokenDate | Duration,
    before: list[SpokenDate | Duration],
    after: list[SpokenDate | Duration],
    cues: list[tuple[str, int, int]],
) -> tuple[str, int, int] | None:
    if isinstance(time, SpokenDate):  # 今年平台的注册年限要求多少: years have no date
        cues = [c for c in cues if not text[c[1] : c[2]].endswith("年限")]
    lower, upper = before[-1].end if before else 0, after[0].start if after else len(text)
    left = max((c for c in cues if lower <= c[1] and c[2] <= time.start), key=lambda c: c[2], default=None)
    right = min((c for c in cues if c[1] >= time.end and c[2] <= upper), key=lambda c: c[1], default=None)
    if right and right[0] == "passing" and " " in text[time.end : right[1]]:
        right = None  # 07年的厂 投了2200万
    overlap = next((c for c in cues if c[1] < time.end and c[2] > time.start), None)
    if overlap:
        return overlap
    if isinstance(time, SpokenDate) and _DEADLINE.match(text[time.end :]):
        return "passing", time.start, time.end
    if right and right[0] == "until" and right[1] - time.end <= 2:
        return right
    if right and right[0] == "validity" and right[1] == time.end and isinstance(time, Duration):
        return right  # 去年续的、三年期
    far = _REACH + 1
    left_gap = time.start - left[2] if left else far
    right_gap = right[1] - time.end if right else far
    if min(left_gap, right_gap) > _REACH:
        return None
    if isinstance(time, Duration) and not time.ago and left_gap <= 4:
        return left
    if isinstance(time, SpokenDate) and right_gap <= 3 and not (left_gap <= 1 and left and not before):
        return right
    return left if left_gap <= right_gap else right


def _closer(hearing: Hearing, phrase: Phrase, time: SpokenDate | Duration) -> tuple[str, int, int] | None:
    """具体日子是3月15号, after 去年3月中旬成立的: a day in the time of registration told before."""
    since = hearing.cues.since
    known = hearing.known.get(since.fact) if since else None
    if not isinstance(known, DateRange) or known.lo is None or known.hi is None or known.exact:
        return None
    word, days = _EXACTLY.search(phrase.text[: time.start]), getattr(time, "days", None)
    if word is None or not isinstance(days, DateRange) or days.exact is None:
        return None
    moved = in_each_year(days, known)
    inside = any(day.lo is not None and known.lo <= day.lo <= known.hi for day in moved)
    return ("since", word.start(), time.end) if inside else None


def _nouns(hearing: Hearing, phrase: Phrase, time: SpokenDate | Duration) -> tuple[str, int, int] | None:
    """公司三年了, 我们厂 2019年的: a noun that has an age, with nothing but particles between."""
    since = hearing.cues.since
    if since is None:
        return None
    said = phrase.text[time.start : time.end]
    if re.search("[到至]$", phrase.text[: time.start]):
        return None  # 我们的到4月30日
    if _LATELY.match(said) and "了" not in phrase.text[time.start : time.end + 1]:
        return None  # 我们工厂近三年: years of which something is told
    whole = since.nouns.match(phrase.text, time.end)
    if whole and "年" in said and said + whole.group() == phrase.text.strip():
        return "since", time.start, whole.end()  # 2012年独立法人
    noun_behind = since.nouns.match(phrase.text, time.end + (phrase.text[time.end : time.end + 1] == "的"))
    if (
        noun_behind
        and "的" in phrase.text[time.end - 1 : time.end + 1]
        and "年" in said
        and re.search("(?:^|是|家| )$", phrase.text[: time.start])
    ):
        return "since", time.start, noun_behind.end()
    for noun in reversed(list(since.nouns.finditer(phrase.text, max(0, time.start - 14), time.start))):
        after = phrase.text[time.end :]
        if _OF_LATE.fullmatch(said) and not re.match("的$|的?生日|就有|就在", after):
            return None
        if _NOUN_GAP.fullmatch(phrase.text[noun.end() : time.start]) and re.match(
            "[了 ]*$|的?生日|就有|就在|的?历史|年头|[了]?[，,吗]|的$|[了]?(?:能|可以)", after
        ):
            return "since", noun.start(), noun.end()
    return None

"""Dates as people say them: 2019年8月, 去年三月, 前年底, 18年, 2020/3, 下个月20号; each a range of days.

A year or month alone keeps all its days; 年初, 年底, 月底, 上旬 keep theirs. Relative words are read against `as_of`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.facts.spoken.days import anniversary, in_year
from assistant.facts.spoken.either import TWO_MONTHS, either_of, months_of
from assistant.facts.spoken.feasts import BARE_FEAST, FEAST, around_feast, last_feast
from knowledge.facts import EARLIEST, LATEST, DateRange
from knowledge.numerals import parse_numeral

_HAN = "[〇零○一二三四五六七八九]"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|一(?![直起共])|[二三四五六七八九])"
_MONTHS = f"(?:{TWO_MONTHS}|{_MONTH})"
_DAY_ENDS = "(?:[日号]|(?=$|[，,。、）) 的]|成立|注册|登记|领照|开业))"
"""二〇二〇年二月廿八，注册: a day in Han figures, where nothing goes on that would make it a number of something."""
_PART = "(?P<{0}>上中旬|中上旬|中下旬|上旬|中旬|下旬|月?初|月?底|月?末|月?中(?![心型小]))"
_QUARTER = "第?[一二三四1-4]季(?:度|(?!节))|[Qq][1-4](?![0-9])"
_YEAR_PART = f"(?P<year_part>年?初|年?底|年?末|年中|上半年|下半年|{_QUARTER}|开年|[春夏秋](?:天|季(?!节|度))|{FEAST}(?!的?{_MONTH}月))"
_THIS_YEAR = "大前年|前年|去年|上一?年(?!度的)|今年|本年|当年|明年|(?<![0-9十几])来年|后年"
_THIS_MONTH = "上上个?月|上个?月|前个月|这个?月|本月|当月|下下个?月|下个?月"
_TWO_DIGIT = "(?:[0-9]{2}|廿[一二三四五六七八九]?|" + _HAN + "{2})"
_DECADE = "(?<![0-9〇零○一二两三四五六七八九十百])(?P<decade>[五六七八九〇零5-9])(?:几年|[十0]年代)"
_IS_A_YEAR = (
    f"(?=\\s?{_MONTHS}月|(?<=2[0-9]年)\\s?[0-9一二两三四五六七八九十百千.]+[多几来余]?(?:[百千]?万|亿|[wW])|初|底|末|中|上半年|下半年|{_QUARTER}|{FEAST}|年底|年初|的时候|那年|份|就|才|开始|成立|注册|创办|创立|建厂|建的|建成|开业|开的|办的|设立|领的|拿|取得|获|发|评|过的|投的|投了|投产|花|到期|过期|通过|认定"
    "|上线|上云|用的|登记|工商|[0-9]?的(?!历史|时间|经验|企业|公司)|下半年|下的|[在于][^，。年]{1,8}?(?:注册|登记|成立|创办|开|办|建)(?!了?[0-9一二三四五六七八九十]+年))"
)
_HAN_YEAR = (
    "(?<=九[〇零○一二三四五六七八九]年)|(?<=八[〇零○一二三四五六七八]年)|(?<=七[〇零○一二三四五六七九]年)"
)
"""九六年 is a year as it stands; 七八年 and 八九年 may be a guess of a length."""
_DATE = re.compile(
    f"(?<![0-9A-Za-z.])(?P<y8>(?:19|20)[0-9]{{2}})(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12][0-9]|3[01])(?![0-9.万元亿wW])"
    f"|(?<![0-9])(?P<year>(?:19|20)[0-9]{{2}})\\s?(?:(?P<y_mark>年)|[./-](?={_MONTH}(?![0-9万亿元]|\\.[0-9]+[万亿元])))(?:度)?的?\\s?(?:{FEAST}的?(?={_MONTH}月))?"
    f"(?:(?P<month>{_MONTHS})(?:(?:月份?|[./-](?={_DAY}(?![0-9])))的?\\s?(?:(?P<day>{_DAY})[日号]?(?![0-9年月个万几])|{_PART.format('part')})?)?(?!(?<![初底末旬])[0-9]|[年个万季])|{_YEAR_PART})?"
    "|(?<![0-9.])(?P<bare_year>(?:19|20)[0-9]{2})(?:(?=\\s?(?:成立|注册的?|创立|创办|建厂)(?!资))|(?:(?<=[立册于是:][0-9]{4})|(?<=法人[0-9]{4})|(?<=[证书期效][到至][0-9]{4}))(?![0-9.,万亿元家个人台wW年]))"
    f"|(?P<han_year>[一二]{_HAN}{{3}}|[两二]千零(?:{_HAN}|[一二]?十{_HAN}?))年\\s?(?:(?P<han_month>{_MONTHS})月份?(?:(?P<han_day>{_DAY}){_DAY_ENDS})?|{_YEAR_PART.replace('year_part', 'han_part')})?"
    f"|(?<![0-9一二两三四五六七八九十])(?P<years_ago>[1-9][0-9]?|[一二两三四五六七八九十]{{1,3}})周?年(?:之|以)?前的?(?:今天|今日|(?P<ago_month>{_MONTHS})月份?的?(?:(?P<ago_day>{_DAY})[日号]?(?![0-9年月个万几])|{_PART.format('ago_part')})?)"
    "|(?<![0-9A-Za-z./-])(?P<short>[0-3][0-9])(?P<mark>[./-])(?P<short_month>1[0-2]|0?[1-9])(?P=mark)(?P<short_day>3[01]|[12][0-9]|0?[1-9])(?![0-9./-]| ?[条款项章节])"
    f"|(?<![0-9.成立满])(?P<two>{_TWO_DIGIT})年(?!前|以前|之前|多|半|以上|左右|来|有效)(?:(?<=0[0-9]年)|(?<=[到至][23][0-9]年)|(?<=[〇零○]{_HAN}年)|(?<=一[〇零○一三-九]年)|(?<=二[〇零○一二四五]年)|{_HAN_YEAR}|{_IS_A_YEAR})(?:\\s?(?P<two_month>{_MONTHS})月份?(?:(?P<two_day>{_DAY})(?:[日号]|(?=注册|成立|登记|领照|到期)))?|{_YEAR_PART.replace('year_part', 'two_part')})?"
    f"|{_DECADE}"
    f"|(?P<rel>{_THIS_YEAR})的?\\s?(?:(?P<rel_day_of_year>今天|今日)|(?P<rel_same>这个?时候|这个?时间|这会儿?|此时|同期)|(?:{FEAST}的?(?={_MONTH}月))?(?P<rel_month>{_MONTHS})月份?的?\\s?(?:(?P<rel_day>{_DAY})[日号]?(?![0-9年月个万几])|{_PART.format('rel_day_part')})?|{_YEAR_PART.replace('year_part', 'rel_part')})?"
    f"|(?P<near>{_THIS_MONTH})的?\\s?(?:(?P<near_day>{_DAY})[日号]|{_PART.format('near_part')})?"
    f"|(?<![0-9第零又])(?P<bare_month>{_MONTHS})(?:月份?(?!饼)\\s?(?:(?P<bare_day>{_DAY})[日号]?(?![0-9年月个万几])|{_PART.format('bare_part')})?)(?!以上|左右|多)"
    "|(?<![0-9])(?P<dot_month>1[0-2]|0?[1-9])[./](?P<dot_day>3[01]|[12][0-9]|0?[1-9])(?:日|号)?(?=到期|过期|前|成立|截止|发证|[，,。 ]|$)(?<=[0-9]{2})"
    f"|(?P<feast>(?:{BARE_FEAST})(?:(?:之|过)?[前后])?)(?!的?{_MONTH}月)"
    "|(?P<word>大前天|前天|昨天|昨日|(?<!前的)今天|(?<!前的)今日|明天|后天|上个?(?:周|星期|礼拜)|这个?(?:周|星期|礼拜)|本周|下个?(?:周|星期|礼拜)|年初|年底|年末|月初|月底|月末)"
)
_YEAR_OFFSET = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上一年": -1,
    "上年": -1,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
_DAY_OFFSET = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}

_ABOUT_THEN = timedelta(days=122)
"""三年前的十月, said in February, may be of either year: then it is but three years ago."""


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A date said from `start` to `end` of a text. `dated` is false where the year had to be supplied."""

    start: int
    end: int
    days: DateRange
    dated: bool = True


def find_dates(text: str, as_of: date, lean: Literal["past", "future"] = "past") -> list[SpokenDate]:
    """All dates of a text, in order. `lean`: where no year is said, the last such month or the next one."""
    found: list[SpokenDate] = []
    for match in _DATE.finditer(text):
        g = {name: value for name, value in match.groupdict().items() if value}
        try:
            days = _days(g, as_of, lean)
        except ValueError:  # 2月30日
            continue
        if days is not None and days.lo is not None and EARLIEST <= days.lo <= LATEST:
            undated = not g.keys().isdisjoint(("bare_month", "dot_month", "feast"))
            if "feast" in g and found and match.start() - found[-1].end <= 1 and found[-1].days.exact:
                continue  # 2021年10月1日国庆节那天: one day, named twice
            said = SpokenDate(match.start(), match.end(), days, not undated)
            both = _either(found[-1], said, text) if found else None
            found = [*found[:-1], both] if both else [*found, said]
    return found


def _either(first: SpokenDate, second: SpokenDate, text: str) -> SpokenDate | None:
    """2019年底2020年初, 2020年2月底3月初: one time of which the speaker is not sure."""
    days = second.days if second.dated or first.days.lo is None else in_year(second.days, first.days.lo.year)
    both = either_of(first.days, days, text[first.end : second.start]) if days else None
    return SpokenDate(first.start, second.end, both, first.dated) if both else None


def bare_year(text: str, as_of: date) -> SpokenDate | None:
    """A year alone, as the whole of an answer: 2018, 17年."""
    match = re.fullmatch(r"\s*((?:19|20)[0-9]{2}|[0-9]{2}(?=年))年?[的吧。 ]*", text)
    if match is None:
        return None
    year = int(match[1])
    if year < 100:
        year += 2000 if year <= as_of.year % 100 else 1900
    days = _within_year(year, None, None, None, None)
    return SpokenDate(match.start(1), match.end(1), days) if year >= 1970 else None


def _days(g: dict[str, str], as_of: date, lean: str) -> DateRange | None:
    if "y8" in g:
        return DateRange.exactly(date(int(g["y8"]), int(g["m8"]), int(g["d8"])))
    if "year" in g:
        return _within_year(int(g["year"]), g.get("month"), g.get("day"), g.get("part"), g.get("year_part"))
    if "bare_year" in g:
        return _within_year(int(g["bare_year"]), None, None, None, None)
    if "han_year" in g:
        year = int(parse_numeral(g["han_year"]) or 0)
        return _within_year(year, g.get("han_month"), g.get("han_day"), None, g.get("han_part"))
    if "years_ago" in g:
        return _years_ago(g, as_of)
    if not g.keys().isdisjoint(("decade", "two", "short")):
        return _two_digits(g, as_of)
    if "rel" in g:
        return _by_year_word(g, as_of)
    if "near" in g:
        away = {"上上": -2, "前": -2, "上": -1, "下": 1, "下下": 2}.get(re.sub("个?月", "", g["near"]), 0)
        index = as_of.year * 12 + as_of.month - 1 + away
        return _within_month(index // 12, index % 12 + 1, g.get("near_day"), g.get("near_part"))
    if "bare_month" in g or "dot_month" in g:
        month = g.get("bare_month") or g["dot_month"]
        return _nearest(as_of, month, g.get("bare_day") or g.get("dot_day"), g.get("bare_part"), lean)
    if "feast" in g:
        return last_feast(g["feast"], as_of)
    return _by_word(g["word"], as_of)


def _years_ago(g: dict[str, str], as_of: date) -> DateRange | None:
    """三年前的今天, 三年前的3月2号; nothing where the day named is far from that anniversary."""
    then = anniversary(as_of, as_of.year - int(parse_numeral(g["years_ago"]) or 0))
    if "ago_month" not in g:
        return DateRange.exactly(then)
    days = _within_year(then.year, g["ago_month"], g.get("ago_day"), g.get("ago_part"), None)
    return days if days.lo and abs(days.lo - then) <= _ABOUT_THEN else None


def _by_year_word(g: dict[str, str], as_of: date) -> DateRange:
    """去年3月, 今年的今天, 去年这个时候."""
    year = as_of.year + _YEAR_OFFSET.get(g["rel"], 0)
    if "rel_day_of_year" in g:
        return DateRange.exactly(anniversary(as_of, year))
    if "rel_same" in g:
        return _within_month(year, as_of.month, None, None)
    return _within_year(year, g.get("rel_month"), g.get("rel_day"), g.get("rel_day_part"), g.get("rel_part"))


def _two_digits(g: dict[str, str], as_of: date) -> DateRange | None:
    if "decade" in g:
        first = 10 * int(parse_numeral(g["decade"]) or 0) or 100  # 零几年
        return DateRange(date(1900 + first, 1, 1), date(1909 + first, 12, 31))
    if "short" in g:
        return _within_year(_of_two_digits(g["short"], as_of), g["short_month"], g["short_day"], None, None)
    year = _of_two_digits(g["two"] if g["two"].isdigit() else str(parse_numeral(g["two"])), as_of)
    if year < 1970:
        return None
    return _within_year(year, g.get("two_month"), g.get("two_day"), None, g.get("two_part"))


def _of_two_digits(number: str, as_of: date) -> int:
    year = 2000 + int(number)
    return year - 100 if year > as_of.year + 10 else year


def _nearest(as_of: date, month: str, day: str | None, part: str | None, lean: str) -> DateRange:
    years = (as_of.year, as_of.year - 1) if lean == "past" else (as_of.year, as_of.year + 1)
    first = _within_year(years[0], month, day, part, None)
    if (
        first.lo is not None
        and first.hi is not None
        and (first.lo <= as_of if lean == "past" else first.hi >= as_of)
    ):
        return first
    return _within_year(years[1], month, day, part, None)


def _within_year(
    year: int, month: str | None, day: str | None, part: str | None, year_part: str | None
) -> DateRange:
    if month:
        begins, ends = (_within_month(year, number, day, part) for number in months_of(month))
        return DateRange(begins.lo, ends.hi)
    first, last = 1, 12
    if year_part and (feast := around_feast(year_part, year)):
        return feast
    if year_part:
        first, last = _months_of(year_part)
    return DateRange(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _months_of(year_part: str) -> tuple[int, int]:
    quarter = re.search("[一二三四1-4](?=季)|(?<=[Qq])[1-4]", year_part)
    if quarter:
        number = int(parse_numeral(quarter.group()) or 1)
        return number * 3 - 2, number * 3
    for word, months in (
        ("上半年", (1, 6)),
        ("下半年", (7, 12)),
        ("初", (1, 3)),
        ("开年", (1, 3)),
        ("年中", (5, 8)),
        ("春", (2, 5)),
        ("夏", (6, 8)),
        ("秋", (9, 11)),
    ):
        if word in year_part:
            return months
    return 11, 12


def _within_month(year: int, month: int, day: str | None, part: str | None) -> DateRange:
    last = calendar.monthrange(year, month)[1]
    if day:
        number = parse_numeral(day)
        return DateRange.exactly(date(year, month, int(number or 0)))
    if part is None:
        return DateRange(date(year, month, 1), date(year, month, last))
    begins = [(1, 10)] * bool(re.search("[初上]", part)) + [(10, 20)] * ("中" in part)
    thirds = begins + [(21, last)] * bool(re.search("[底末下]", part))
    return DateRange(date(year, month, thirds[0][0]), date(year, month, thirds[-1][1]))


def _by_word(word: str, as_of: date) -> DateRange:
    if word in _DAY_OFFSET:
        return DateRange.exactly(as_of + timedelta(days=_DAY_OFFSET[word]))
    if word.startswith("年"):
        return _within_year(as_of.year, None, None, None, word)
    if word.startswith("月"):
        return _within_month(as_of.year, as_of.month, None, word)
    monday = as_of - timedelta(days=as_of.weekday()) + timedelta(weeks={"上": -1, "下": 1}.get(word[0], 0))
    return DateRange(monday, monday + timedelta(days=6))

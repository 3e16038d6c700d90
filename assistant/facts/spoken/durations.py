"""Durations and ages: 两年半, 满三年, 不到一年, 快三年了, 18个月, 十几年: read as ranges of months.

A round number of years is spoken loosely: 「成立三年」 may be two and a half or three and three quarters, and only
「满」, 「不到」, 「多」 say on which side. The range keeps that, so that nothing is decided near a threshold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from assistant.facts.spoken.days import months_before
from knowledge.facts import DateRange, NumberRange
from knowledge.numerals import parse_numeral

Bound = Literal[
    "about", "full", "beyond", "just", "under", "over", "nearly", "at_least", "at_most", "exactly", "between"
]

_NUM = "(?:[0-9]{1,3}(?:\\.[0-9]{1,2})?|[一二两三四五六七八九十]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|百)"
_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        "under",
        "不到|不满|不足|未满|未到|没用满|没用够|没用到|用不满|用不到|没满|没到|还没到|还不到|不够|没有?满|差一点|差点|差(?:几|一两|两三)个?(?:天|日|周|月|星期|礼拜)(?:就|才|可以|能)*(?:[满到够])|少于|小于|低于|(?<!有)没有?(?=(?:[0-9]{1,2}|[一二两三四五六七八九十半])个?[月年])|不超(?:过)?(?=.{0,3}年.{0,3}吧)",
    ),
    ("just", "刚刚?好?满|刚刚?过完?|刚够|刚刚?到|刚满"),
    ("exactly", "刚好|正好|整整|恰好"),
    ("nearly", "快要?(?:满|到)?|将近|接近|近|眼看|马上就?(?:满|到)?|即将满?"),
    ("full", "已?经?满(?!足)|足足|足有"),
    ("beyond", "已超过?|超过?|超出|大于|多于|不止|过了"),
    ("at_least", "至少|不少于|不低于|起码|最少|少说"),
    ("at_most", "最多|至多|不超过|顶多"),
    ("about", "差不多|大概|大约|约|估计|也就|才|仅仅?|只有?|有|了|都|左右|已经?|干了|快"),
)
_QUANTITY = (
    f"(?P<few>好几|数|(?<=[有才刚])几|几(?=个?[年月](?:了|前|多|时间|光景)))(?:个)?(?P<few_unit>年|月)|(?P<tens>[一二三四五六七八九]?十|[1-9]0)(?:几|多|来)(?:个)?(?P<tens_unit>年|月|天)"
    f"|(?P<low>[一二两三四五六七八])(?:、|到|至|-)?(?P<high>[二两三四五六七八九])(?:个)?(?P<guess_unit>年|月|天|周)"
    f"|(?P<from>{_NUM})(?:个?[年月])?(?:-|~|到|至)(?P<to>{_NUM})(?:个)?(?P<range_unit>年|月|天|周)"
    f"|(?P<pair>[俩仨])(?:个)?(?P<pair_more>多)?(?P<pair_unit>年|月|季度|星期|礼拜|周)"
    f"|(?P<years>{_NUM})(?:(?:周|个|整)?年|周?岁(?!数))(?P<rest>半(?![年个])|零?(?:{_NUM})个?月(?![0-9份底初])|又(?:{_NUM})个?月|[零又](?:{_NUM})天)?"
    f"|(?P<months>{_NUM})个(?P<half>半)?月(?:(?P<half_behind>半(?!年))|[零又](?P<and_days>{_NUM})天)?"
    f"|(?P<months_more>{_NUM})个多月|(?P<months_about>{_NUM})个来月|(?P<bare_months>[0-9]{{1,2}}|两)月(?=以上|左右|多|了)"
    f"|(?P<season>{_NUM})个季度|(?P<weeks>{_NUM})(?:个)?(?:周(?!年|岁|[一二三四五六日])|星期(?![一二三四五六日])|礼拜)|(?P<days>[0-9]{{1,3}}|[一二两三四五六七八九十百]{{1,6}})(?P<days_more>[多来几])?天"
    f"|(?P<half_year>大半年|小半年|半年)|(?P<half_month>(?<![上下后前])[大小]?半个多?月)|(?P<spell>一年半载|年把|个把月)"
)
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("over", "多(?:一?点点?儿?|一些)?|出头|有余|挂零|有多"),
    ("at_least", "以上|及以上|往上|开外|打底|起"),
    ("at_most", "以下|以内|之内|内(?!容)"),
    ("under", "不到(?=[，,。的了]|一点|$)|差一?点|还?[差缺少](?:几|一两|两三)个?(?:天|日|周|月|星期|礼拜)"),
    ("about", "左右|上下|光景|的样子"),
    ("exactly", "整(?!体|个|理)"),
)
_DURATION = re.compile(
    "(?:"
    + "|".join(f"(?P<b{i}_{bound}>{words})" for i, (bound, words) in enumerate(_BEFORE))
    + f")?(?:有|了|是|为|已|:| ){{0,2}}(?<![第每0-9.])(?:{_QUANTITY})(?:了)?(?:"
    + "|".join(f"(?P<a{i}_{bound}>{words})" for i, (bound, words) in enumerate(_AFTER))
    + ")?(?P<ago>之?前|以前)?(?P<later>(?:之|以)?后)?"
)
_NONE = re.compile(
    "(?<![有是])(?:没有?|无|不存在)(?P<each>(?:有|哪怕)?(?:任何)?(?:哪一?|一|1)(?:[个项款套种家])?)?(?:有|任何|其中|云|服务|系统|软件|应用|产品|企业|公司|会|是|使?用|了|连续|时间|时长|的)*$"
)
_OF_SUCH = re.compile("(?:以上)?(?:的|这种)")
_UNIT_MONTHS = {"年": Decimal(12), "月": Decimal(1), "周": Decimal(7) / 30, "天": Decimal(1) / 30}
_UNIT_MONTHS |= {"季度": Decimal(3), "星期": _UNIT_MONTHS["周"], "礼拜": _UNIT_MONTHS["周"]}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time said from `start` to `end`: `months` as a number range, and how it was bounded.

    `loose` is how much, in months, a speaker may be off below and above; 0, 0 when the bound is firm.
    `ago`: 三年前; `later`: 三个月后.
    """

    start: int
    end: int
    months: NumberRange
    bound: Bound
    loose: tuple[Decimal, Decimal]
    ago: bool
    later: bool


def find_durations(text: str) -> list[Duration]:
    """All durations of a text, in order."""
    found = []
    for match in _DURATION.finditer(text):
        duration = _duration(match)
        if duration is not None:
            found.append(_denied(text, duration))
    return found


def since(duration: Duration, as_of: date) -> DateRange:
    """When something began that is this old on `as_of`."""
    below, above = duration.loose
    months = duration.months
    lo = hi = None
    if months.hi is not None:
        lo = months_before(as_of, months.hi + above)
        if duration.months.open:
            lo += timedelta(days=1)
    if months.lo is not None:
        hi = min(months_before(as_of, max(months.lo - below, Decimal(0))), as_of)
    return DateRange(lo, as_of if hi is None else hi)


def _duration(match: re.Match[str]) -> Duration | None:
    groups = match.groupdict()
    told: list[Bound] = [n.split("_", 1)[1] for n, v in groups.items() if v and re.match("[ab][0-9]+_", n)]  # type: ignore[misc]
    bound: Bound = next((one for one in told if one != "about"), "about")
    if "under" in told:
        bound = "under"  # 满三年差几天
    if groups["months_more"] or groups["pair_more"]:
        bound = "over"
    read = _months(groups)
    if read is None:
        return None
    lo, hi, grain = read
    months, loose, bound = _bounded(lo, hi, grain, bound)
    if bound == "exactly" and "周年" in match.group():
        loose = (Decimal(0), Decimal(0))  # 刚好一周年 is that very day
    start = match.start() + len(match.group()) - len(match.group().lstrip("有了是为已: "))
    return Duration(start, match.end(), months, bound, loose, bool(groups["ago"]), bool(groups["later"]))


def _denied(text: str, length: Duration) -> Duration:
    """A length that is denied: 没有一项是不到三个月的 is three months at the least, 还没有用满三个月 is less."""
    least, most = length.months.lo, length.months.hi
    none = _NONE.search(text[: length.start])
    if none is None:
        return length
    if length.bound == "under" and (none["each"] or _OF_SUCH.match(text, length.end)):
        return replace(length, months=NumberRange(most, None), bound="at_least")
    if length.bound in {"full", "at_least"}:
        return replace(length, months=NumberRange(None, least, True), bound="under")
    return length


def _months(g: dict[str, str | None]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Least and most months said, and the grain: the unit in which the speaker counted, in months."""
    if (vague := _vague(g)) is not None:
        return vague
    if g["pair"]:
        said = {"俩": 2, "仨": 3}[g["pair"]] * _UNIT_MONTHS[g["pair_unit"] or "月"]
        return said, said, _UNIT_MONTHS[g["pair_unit"] or "月"]
    if g["years"]:
        return _years(g["years"], g["rest"])
    if g["months_more"]:
        number = _number(g["months_more"])
        return None if number is None else (number, number, Decimal(1))
    if g["months_about"]:
        number = _number(g["months_about"])
        return None if number is None else (number - 1, number + 1, Decimal(0))
    for name, size in (("months", 1), ("bare_months", 1), ("season", 3)):
        if g[name]:
            number = _number(g[name])
            if number is None:
                return None
            said = number * size + (Decimal("0.5") if g["half"] or g["half_behind"] else 0)
            said += (_number(g["and_days"]) or 0) * _UNIT_MONTHS["天"]
            return said, said, Decimal(0 if g["and_days"] else 1)
    name = "weeks" if g["weeks"] else "days"
    number = _number(g[name])
    if number is None:
        return None
    said = number * _UNIT_MONTHS["周" if g["weeks"] else "天"]
    most = said + (_UNIT_MONTHS["天"] * (10 if number < 100 else 100) if g["days_more"] else 0)
    return said, most, Decimal(0)


def _vague(g: dict[str, str | None]) -> tuple[Decimal, Decimal, Decimal] | None:
    """What is said as a guess from the first: 几年, 十几年, 两三个月, 个把月, 大半年, 半个月."""
    if g["few"]:
        unit = _UNIT_MONTHS[g["few_unit"] or "年"]
        return 2 * unit, 10 * unit, Decimal(0)
    if g["tens"]:
        unit, tens = _UNIT_MONTHS[g["tens_unit"] or "年"], _number(g["tens"])
        return None if tens is None else (tens * unit, (tens + 10) * unit, Decimal(0))
    if g["low"] and g["high"]:
        return _span(g["low"], g["high"], g["guess_unit"])
    if g["from"] and g["to"]:
        return _span(g["from"], g["to"], g["range_unit"])
    if g["spell"]:
        return (
            (Decimal(1), Decimal(2), Decimal(0))
            if "月" in g["spell"]
            else (Decimal(6), Decimal(18), Decimal(0))
        )
    if g["half_year"]:
        least, most = {"大半年": (6, 12), "小半年": (4, 6), "半年": (6, 6)}[g["half_year"]]
        return Decimal(least), Decimal(most), Decimal(3 if least == most else 0)
    if g["half_month"]:
        half = Decimal("0.5")
        return half, Decimal(1) if re.search("[大多]", g["half_month"]) else half, half
    return None


def _years(years: str, rest: str | None) -> tuple[Decimal, Decimal, Decimal] | None:
    number = _number(years)
    if number is None or number >= 200:
        return None
    months, grain = number * 12, Decimal(12) if number == int(number) else Decimal(3)
    if rest == "半":
        months, grain = months + 6, Decimal(3)
    elif rest:
        more = _number(rest.strip("零又个月天"))
        if more is None:
            return None
        beyond = more * _UNIT_MONTHS[rest[-1]]
        # 一整年12个月 says the same twice; who counts days is not off by a month.
        months += beyond if beyond != months or "零" in rest else 0
        grain = Decimal(0 if rest.endswith("天") else 1)
    return months, months, grain


def _span(low: str, high: str, unit: str | None) -> tuple[Decimal, Decimal, Decimal] | None:
    first, last = _number(low), _number(high)
    if first is None or last is None or first >= last:
        return None
    size = _UNIT_MONTHS[unit or "年"]
    return first * size, last * size, size if size < 12 else Decimal(12)


def _number(text: str | None) -> Decimal | None:
    return parse_numeral(text) if text else None


def _bounded(
    lo: Decimal, hi: Decimal, grain: Decimal, bound: Bound
) -> tuple[NumberRange, tuple[Decimal, Decimal], Bound]:
    """The range of months under the bound, and how loosely it is to be taken."""
    firm = (Decimal(0), Decimal(0))
    if bound == "under":
        return NumberRange(None, hi, True), firm, bound
    if bound in {"full", "beyond", "at_least"}:
        return NumberRange(lo, None), firm, bound
    if bound == "at_most":
        return NumberRange(None, hi), firm, bound
    if bound == "over":
        return NumberRange(lo, lo + (grain if grain in {1, 12} else 3), True), firm, bound
    if bound == "just":
        return NumberRange(lo, lo + min(grain, Decimal(2))), firm, bound
    if bound == "nearly":
        return NumberRange(max(hi - max(hi / 4, Decimal(1)), Decimal(0)), hi, True), firm, bound
    if bound == "exactly":
        slack = Decimal("0.5") if grain else Decimal(0)
        return NumberRange(lo, hi), (slack, slack), bound
    if lo != hi:
        slack = Decimal(6) if grain == 12 else grain
        return NumberRange(lo, hi), (slack, slack), "between"
    # Years are rounded and cut off when spoken; half years and months less so.
    slack_of = {Decimal(12): (Decimal(6), Decimal(9)), Decimal(3): (Decimal("1.5"), Decimal("1.5"))}
    return NumberRange(lo, hi), slack_of.get(grain, (min(grain, Decimal(1)), min(grain, Decimal(1)))), bound

"""Sums of money as people say them: 1500来万, 不到两千万, 两三千万, 2000出头, 1.5个亿; each a range of yuan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, getcontext

from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_ARABIC = r"(?:[0-9]{1,3}(?:[,， ][0-9]{3})+(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
_HAN = "[〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟点]{1,24}"  # bounded: thousands of them are no number
_COUNT = (
    f"(?:{_ARABIC}(?:[十百千]零?(?:[0-9]{{1,3}}+|[一二两三四五六七八九])?|[kK](?=[多来余几]?[万wW]))*|{_HAN})"
)
_UNIT = r"(?:\s?[kK][wW]?(?![A-Za-z0-9]|[多来余几]?万)|\s?个?\s?(?:万亿|[百千]万|百?[万亿])|\s?[wW](?![A-Za-z])|\s?[百千]\s?万)"
_SIZES = {
    "kw": 10**7,
    "k": 10**3,
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "w": 10**4,
    "亿": 10**8,
    "百亿": 10**10,
}
_TENS = {"": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_CURRENCY = r"(?:\s?(?:多)?\s?(?:元|块钱?|人民币|rmb|RMB|CNY))?"
# Words before and behind a number that bound it, by what they make of it.
BEFORE = {
    "below": "(?:还|都|也)?(?:未|没有?|不)(?:能)?达到?|(?:还|都|也)?没(?:有)?(?:能)?(?:(?:[花投用砸付凑买做])?[到够满足]|[花投砸])|(?:还|都|也)?[花投用凑]不[了到够满]|够不上|不及|还?不到|不足|不满|还?没到|未到|少于|小于|低于|没(?:有)?超过|小(?=[0-9一二两三四五六七八九十])|差一?点(?:不到)?",
    "at_most": "不超过|至多|最多|顶多|不高于|不大于|撑死",
    "near": "将近|接近|(?<![最])近(?!年)|快(?:到|要|有)?",
    "above": "超过|超出|超|高于|大于|多于|突破|不止|过(?=[0-9一二两三四五六七八九十])",
    "at_least": "不低于|不少于|不下于?|至少|起码|最少|最低|少说|(?<![不凑])够|达到",
    "around": "大约|大概|大致|约|差不多|估计|估摸|左右|概算|也就|可能|应该(?!是)有?",
}
AFTER = {
    "more": "多(?!少)|有余|余|挂零",
    "little_more": "出头|冒头|挂点零",
    "at_least": "以上|及以上|往上|朝上|打底|起步|开外|起(?=[,，。]|$)",
    "at_most": "以下|以内|之内",
    "below": "不到(?=[,，。的点一]|$)",
    "short": "(?:还)?差一?点",
    "around": "左右|上下|吧?大概|的样子",
}
_FILL = r"(?:\s|是|有|了|也|就|在|为|总共|共|够|[投花砸用][了掉]?|投入|花费|[:约]){0,3}+"
_AMOUNT = re.compile(
    "(?:(?:"
    + "|".join(f"(?P<b_{name}>{words})" for name, words in BEFORE.items())
    + f"){_FILL})?(?:(?P<sign>[¥$]|(?:RMB|rmb|CNY)[: ]?)|(?<![0-9A-Za-z.]))(?P<core>"
    + f"(?<![差缺])(?P<low>{_COUNT})(?P<low_unit>{_UNIT})?{_CURRENCY}\\s?(?:-|~|到|至)\\s?(?P<high>{_COUNT})(?P<high_unit>{_UNIT})"
    + "|(?P<guess_base>(?:[1-9一二两三四五六七八九]千零?)?(?:[1-9一二两三四五六七八九]百零?)?(?:[一二三四五六七八九]?十)?)"
    + f"(?P<guess>[一二两三四五六七八])(?P<guess_high>[二两三四五六七八九])(?P<guess_ten>[十百千]?)(?P<guess_unit>{_UNIT})"
    + f"|(?P<some>(?:好|大)?几)(?P<some_ten>[十百千]?)(?P<some_unit>{_UNIT})|(?P<teens>十|[1-9]0)几(?P<teens_unit>{_UNIT})"
    + "|(?P<half>(?:[一两二三四五六七八九]个?)?半个?(?:亿|千万|百万))"
    + "|(?P<spell>[千百]把万|[千百][儿来]?八百?万|上[千百]万)"
    + f"|(?P<inner>{_COUNT})\\s?(?:多|来|余|好?几(?P<inner_ten>[十百])?)(?P<inner_unit>{_UNIT})"
    + f"|(?P<plain>(?:{_COUNT}{_UNIT}){{1,4}}(?:(?<=[万亿])零?(?:[1-9一二三四五六七八九][千百](?![0-9一-龥](?<!元))|[0-9]{{3,4}}(?=\\s?元))|[一二三四五六七八九](?![一-龥0-9]))?)(?!\\s?(?:[台家个户条次点张套件项名吨平亩把只款位行]|人(?!民币))|多[台家个户条人次])"
    + f"|(?P<yuan>{_COUNT})(?=\\s?(?:元|块钱|人民币|rmb)|(?<=[0-9百千万])块)"
    + r"|(?P<bare>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[1-9一二两三四五六七八九][百千][零0-9一二两三四五六七八九十百]{0,6}(?![零0-9一二两三四五六七八九十百千])|[0-9]{1,9}(?:\.[0-9]{1,4})?)(?![0-9.]*(?:多|来|余|几)?[%％年月日号天个家项台套人条次位名种星级款岁期倍亩平米吨分点项份批颗周:/-])"
    + f"){_CURRENCY}(?P<foreign>\\s?(?:美|欧|港|日|英)(?:元|金|币|镑))?\\s?(?:了|的)?(?:"
    + "|".join(f"(?P<a_{name}>{words})" for name, words in AFTER.items())
    + ")?"
)

_FOREIGN = re.compile("(?:[美日欧港]元|美金|欧|英镑|日币|韩元)(?:是|约|大概|大约)?$")


_ROUND = 2
"""Figures up to which a number is a round one: 2000万差一点 is less, 1999.99万差一点 is that much and less than what is asked."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum said from `start` to `end` (bounding words included); `core` is where its own figures begin.

    `yuan` is in yuan where a unit was said; where none was (`unit` false) it is the bare number.
    """

    start: int
    core: int
    end: int
    yuan: NumberRange
    unit: bool


def find_amounts(text: str) -> list[Amount]:
    """All sums of a text, in order, and bare numbers that may be sums; foreign money is left out."""
    found = []
    for match in _AMOUNT.finditer(text):
        if (
            match.group("foreign")
            or match.group("sign") == "$"
            or _FOREIGN.search(text[max(0, match.start("core") - 8) : match.start("core")])
        ):
            continue
        read = _core(match)
        if read is None:
            continue
        span, unit, step = read
        bounds = [n for n, v in match.groupdict().items() if v and n[:2] in {"b_", "a_"}]
        bound = next((n for n in bounds if n != "b_around"), bounds[0] if bounds else "")
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        found.append(Amount(start, match.start("core"), match.end(), bounded(span, bound[2:], step), unit))
    return found


def add(first: NumberRange, second: NumberRange) -> NumberRange:
    """The sum of two ranges."""
    lo = None if first.lo is None or second.lo is None else first.lo + second.lo
    hi = None if first.hi is None or second.hi is None else first.hi + second.hi
    return NumberRange(lo, hi, first.open or second.open)


def subtract(whole: NumberRange, part: NumberRange) -> NumberRange:
    """What is left of a range without a part; never below nothing."""
    lo = None if whole.lo is None or part.hi is None else max(whole.lo - part.hi, Decimal(0))
    hi = None if whole.hi is None else max(whole.hi - (part.lo or 0), Decimal(0))
    return NumberRange(lo, hi, (whole.open or part.open) and lo != hi)


def scale(numbers: NumberRange, unit: Decimal) -> NumberRange:
    """The range counted in units of so many yuan."""
    lo, hi = (None if n is None else _tidy(n / unit) for n in (numbers.lo, numbers.hi))
    return NumberRange(lo, hi, numbers.open)


def _tidy(number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        return number.normalize()
    # A sum of more digits than are reckoned with stays as it is; it is above every threshold.
    return number if number.adjusted() >= getcontext().prec else number.quantize(Decimal(1))


def _core(match: re.Match[str]) -> tuple[NumberRange, bool, Decimal] | None:
    """The range said without its bounding words, whether in yuan, and the size of its last figure."""
    g = match.groupdict()
    exact: Decimal | None
    if g["low"]:
        low, high = parse_numeral(g["low"]), parse_numeral(g["high"])
        if low is None or high is None:
            return None
        low, high = low * _size(g["low_unit"] or g["high_unit"]), high * _size(g["high_unit"])
        return (NumberRange(low, high), True, Decimal(0)) if low < high else None
    if g["guess"]:
        return _neighbours(g)
    if g["half"]:
        whole = parse_numeral(g["half"][0]) if g["half"][0] != "半" else Decimal(0)
        exact = ((whole or Decimal(0)) + Decimal("0.5")) * _size(re.sub(".*半个?", "", g["half"]))
        return NumberRange.exactly(exact), True, Decimal(0)
    if g["some"] or g["teens"] or g["spell"]:
        return _vague(g), True, Decimal(0)
    if g["inner"]:
        return _and_some(g["inner"], g["inner_ten"], _size(g["inner_unit"]), "来" in match.group("core"))
    said = g["plain"] or g["yuan"] or g["bare"] or ""
    exact = parse_numeral(re.sub("[kK]", "千", re.sub("[kK][wW]", "千万", said)))
    if exact is None:
        return None
    return NumberRange.exactly(exact), bool(g["plain"] or g["yuan"] or g["sign"]), last_place(exact)


def _neighbours(g: dict[str, str | None]) -> tuple[NumberRange, bool, Decimal] | None:
    """两三千万, 一千八九百万, 二十七八万: two figures side by side, of tens behind what was counted in hundreds."""
    base = (g["guess_base"] or "").rstrip("零")
    told, low, high = (
        parse_numeral(said) for said in (base or "零", g["guess"] or "", g["guess_high"] or "")
    )
    if told is None or low is None or high is None or low >= high:
        return None
    ten = _TENS[g["guess_ten"]] if g["guess_ten"] else _TENS[base[-1:]] / (10 if base else 1)
    size = _size(g["guess_unit"])
    return NumberRange((told + low * ten) * size, (told + high * ten) * size), True, Decimal(0)


def _and_some(
    said: str, some_ten: str | None, size: Decimal, around: bool
) -> tuple[NumberRange, bool, Decimal] | None:
    """1500多万, 两千零几万, 两千几百万: the number said and something less than its last figure, or some tens of it."""
    exact = parse_numeral(said.rstrip("零"))
    if exact is None:
        return None
    if around:
        return _around(exact * size), True, Decimal(0)
    tens = {"十": Decimal(10), "百": Decimal(100)}.get(some_ten or "", Decimal(1))
    grain = tens * 10 if some_ten or said.endswith("零") else last_place(exact)
    least = exact + (tens if some_ten else 0)
    return NumberRange(least * size, (exact + grain) * size, True), True, Decimal(0)


def _vague(g: dict[str, str | None]) -> NumberRange:
    if g["some"]:
        size = _size(g["some_unit"]) * {"": 1, "十": 10, "百": 100, "千": 1000}[g["some_ten"] or ""]
        return NumberRange(size, 10 * size, True)
    if g["teens"]:
        tens = parse_numeral(g["teens"]) or Decimal(10)
        return NumberRange(tens * _size(g["teens_unit"]), (tens + 10) * _size(g["teens_unit"]), True)
    spell = g["spell"] or ""
    size = Decimal(10**7 if "千" in spell else 10**6)
    if spell.startswith("上"):
        return NumberRange(size, None)
    if "八" in spell:
        return NumberRange(size * Decimal("0.8"), size)
    return NumberRange(size * Decimal("0.8"), size * Decimal("1.2"))


def _size(unit: str | None) -> Decimal:
    return Decimal(_SIZES[re.sub(r"[\s个]", "", unit or "万").lower()])


def last_place(number: Decimal) -> Decimal:
    """The size of the last figure that is not nought: 1500 → 100, 2.3 → 0.1."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(1)


def _around(number: Decimal) -> NumberRange:
    return NumberRange(number * Decimal("0.9"), number * Decimal("1.1"))


def bounded(span: NumberRange, bound: str, step: Decimal) -> NumberRange:
    """The range under a bounding word (a key of BEFORE or AFTER); `step` is the size of its last figure."""
    exact = span.exact
    if not bound or (exact is None and bound in {"around", "near"}):
        return span
    lo, hi = span.lo, span.hi
    if bound == "below":
        return NumberRange(None, hi, True)
    if bound == "at_most":
        return NumberRange(None, hi)
    if bound == "above":
        return NumberRange(lo, None, True)
    if bound == "at_least":
        return NumberRange(lo, None)
    if exact is None:
        return span
    if bound == "short":
        return NumberRange(None, hi, True) if len(exact.normalize().as_tuple().digits) <= _ROUND else span
    if bound == "near":
        return NumberRange(exact * Decimal("0.9"), exact)
    if bound == "more":
        return NumberRange(exact, exact + step, True)
    return NumberRange(exact, exact * Decimal("1.1"), True) if bound == "little_more" else _around(exact)

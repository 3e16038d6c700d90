"""Numbers written in the styles in which people write them: what the reading of numerals is held against."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

NumeralStyle = Literal[
    "arabic",
    "grouped",
    "spaced",
    "full_width",
    "chinese",
    "financial",
    "digits",
    "spoken",
    "mixed",
    "wan",
    "w",
]


_HAN = "零一二三四五六七八九"
_HAN_FINANCIAL = "零壹贰叁肆伍陆柒捌玖"


def render_numeral(number: Decimal | int, style: NumeralStyle) -> str:
    """The number (≥ 0) in a style; a style that has no form for it falls back to plain Arabic digits.

    `wan` and `w` write multiples of a hundred from 10,000 on with 亿, 万 or w; `spoken` drops the last unit
    (一千五) and says 两; `digits` names the figures one by one (二〇二三), from four figures on.
    """
    value = Decimal(number)
    plain = format(value.normalize(), "f")
    whole = int(value) if value == value.to_integral_value() else None
    if style == "full_width":
        return plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    if style in {"grouped", "spaced"}:
        return f"{Decimal(plain):,}".replace(",", "," if style == "grouped" else " ")
    if style in {"wan", "w"} and value >= 10**4 and value % 100 == 0:
        large = value >= 10**8 and value % 10**6 == 0 and style == "wan"
        scaled = format((value / (10**8 if large else 10**4)).normalize(), "f")
        return scaled + ("亿" if large else "万" if style == "wan" else "w")
    if style == "mixed" and whole is not None and whole % 10**7 == 0 and 0 < whole < 10**8:
        return f"{whole // 10**7}千万"
    if whole is None or whole >= 10**12 or style in {"arabic", "wan", "w", "mixed"}:
        return plain
    if style == "digits":
        return plain.translate(str.maketrans("0123456789", "〇一二三四五六七八九")) if whole > 999 else plain
    text = _render_han(whole)
    if style == "financial":
        return text.translate(str.maketrans(_HAN + "十百千", _HAN_FINANCIAL + "拾佰仟"))
    if style == "spoken":
        text = re.sub("二(?=[千万亿])", "两", text)
        text = re.sub("(?<=[百千][一二三四五六七八九])[十百]$", "", text)
        return re.sub("(?<=[万亿][一二三四五六七八九])[千]$", "", text) if whole < 10**8 else text
    return text


def _render_han(whole: int) -> str:
    if whole == 0:
        return "零"
    text, gap = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = whole // unit % 10**4
        if section:
            text += ("零" if text and (gap or section < 1000) else "") + _render_section(section) + name
        gap = not section
    return re.sub("^一十", "十", text)


def _render_section(section: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = section // unit % 10
        if figure:
            text += ("零" if gap and text else "") + _HAN[figure] + name
            gap = False
        else:
            gap = True
    return text

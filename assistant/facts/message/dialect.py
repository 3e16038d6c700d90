"""Words of Jiangsu's dialects and formal numerals as the standard language has them, each as long as it was."""

from __future__ import annotations

import re

_STANDARD = {
    "阿拉": "我们",
    "我伲": "我们",
    "辰光": "时候",
    "今朝": "今天",
    "伐": "吗",
    "侪": "都",
    "朆": "没",
    "勿曾": "没有",
    "冇得": "没有",
    "么得": "没有",
    "幺": "一",
    "叁": "三",
    "肆": "四",
    "伍": "五",
    "贰": "二",
    "壹": "一",
    "仨": "三",
    **dict(zip("①②③④⑤⑥⑦", "1234567", strict=True)),
}
_DIALECT = re.compile(
    "阿拉(?!伯|善|丁|斯|尔)|我伲|辰光|今朝|侪|朆|勿曾|[冇么]得|幺(?=[0-9零一二三四五六七八九]年)|[叁肆贰壹](?![角分])|伍(?=[颗个]?星)|仨|[①②③④⑤⑥⑦](?=$|[、，。；,; ])|(?<=[行能好对有是要到起来着了过以报够算])伐(?=$|[?？。，,！!～~ ])"
)
_FIGURES = str.maketrans("零壹贰叁肆伍陆柒捌玖", "零一二三四五六七八九")
_WRITTEN_YEAR = re.compile("[零一二三四壹贰叁肆伍陆柒捌玖]{2,4}(?=年)")


def in_standard_words(text: str) -> str:
    """The text with a few words of Jiangsu's dialects as the standard language has them, each as long as it was."""
    plain = _DIALECT.sub(lambda match: _STANDARD[match.group()], text)
    return _WRITTEN_YEAR.sub(lambda match: match.group().translate(_FIGURES), plain)

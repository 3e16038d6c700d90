"""Words of a cue: a list of regular expressions over simplified, half-width text, read as one pattern, the longest first."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from knowledge.ambiguity import endless_ambiguity

NEVER = re.compile(r"(?!)")
"""What an absent list of words is: matches nothing."""


def _one_pattern(words: Any) -> Any:
    """A list of words as one pattern. Raises ValueError for one that is no pattern, matches nothing or may never end."""
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ValueError("应为正则表达式的列表")
    for word in words:
        try:
            empty = re.search(word, "")
        except re.error as error:
            raise ValueError(f"正则表达式 {word!r} 无效：{error}") from error
        if empty:
            raise ValueError(f"正则表达式 {word!r} 不得匹配空串")
        if where := endless_ambiguity(word):
            raise ValueError(
                f"正则表达式 {word!r} 的重复部分可用多种方式读“{where}”，长文本会耗时无尽：请去掉互相包含的备选词"
            )
    return re.compile("|".join(sorted(words, key=len, reverse=True))) if words else NEVER


Words = Annotated[re.Pattern[str], BeforeValidator(_one_pattern)]


def by_group(groups: dict[str, re.Pattern[str]]) -> re.Pattern[str]:
    """The words of all groups as one pattern, in which `lastgroup` names the group that matched."""
    return re.compile("|".join(f"(?P<{name}>{words.pattern})" for name, words in groups.items()))

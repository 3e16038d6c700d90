"""Which categories a message names, and which its words imply."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understanding.lexical import pinyin
from knowledge.models import Category


def named_categories(plain: str, categories: Iterable[Category]) -> tuple[str, ...]:
    """Ids of the categories named, in the order of the message; the longest name at a place counts.

    Where no name is written out, names that sound alike count (平太, biaogan).
    """
    owners: dict[str, str | None] = {}
    for category in categories:
        owners.update(dict.fromkeys((word.lower() for word in category.confusables), None))
        owners.update(dict.fromkeys((word.lower() for word in category.aliases), category.id))
    found = [owners[match.group()] for match in _longest(owners).finditer(plain)]
    if not found:
        sounds = {
            _sound(word): owner for word, owner in owners.items() if len(word) > 1 and not word.isascii()
        }
        found = [sounds[match.group()] for match in _longest(sounds).finditer(_sound(plain))]
    return tuple(dict.fromkeys(owner for owner in found if owner))


def _sound(text: str) -> str:
    return "".join(f" {syllable} " for syllable in pinyin(text))


def implied_category(plain: str, categories: Iterable[Category]) -> str | None:
    """The one category whose own words stand in the message; None for none or several."""
    implied = {c.id for c in categories if any(word.lower() in plain for word in c.implied_by)}
    return implied.pop() if len(implied) == 1 else None


def without_categories(plain: str, categories: Iterable[Category]) -> str:
    """What is left of a message once the categories' names and filler words are taken out."""
    owners = {word.lower(): None for c in categories for word in (*c.aliases, c.name, c.short)}
    return re.sub(
        r"[\s\W]|那么?|呢|吗|呀|啊|的话|的|请问|类|企业|如果|是|换成|换|再?说说|再?看看|问一?下",
        "",
        _longest(owners).sub("", plain),
    )


def _longest(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or r"(?!)")

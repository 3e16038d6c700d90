"""Names for what a draft declares: pinyin of the words it stands for, distinct within one draft."""

from __future__ import annotations

import re

_HAN = re.compile(r"[一-鿿]")
_LONGEST = 7
"""Characters of which a name keeps the sound."""


def slug(words: str, fallback: str = "item") -> str:
    """`yingye_shouru`-like names: letters, digits and the pinyin of Chinese characters, joined, lower case."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - heavy

    kept = re.sub(r"[^A-Za-z0-9一-鿿]+", "", words)
    han = _HAN.findall(kept)
    if han:
        kept = "".join(han[-_LONGEST:])
    sounds = "".join(re.sub(r"[^a-z0-9]", "", part.lower()) for part in lazy_pinyin(kept))
    if not sounds:
        return fallback
    return sounds if sounds[0].isalpha() else f"n{sounds}"


class Names:
    """Gives names, each once. The same key gets the same name again."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self._taken = set(taken or ())
        self._of_key: dict[object, str] = {}

    def give(self, wanted: str, key: object) -> str:
        """The name for a key: as wanted, with a number behind where another key has it."""
        if key in self._of_key:
            return self._of_key[key]
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        self._of_key[key] = name
        return name

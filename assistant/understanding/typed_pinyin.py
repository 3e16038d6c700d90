"""Questions typed in pinyin (biaogan gongchang jiezhi riqi), turned into the field's words.

The words and their sounds are learned from the exemplar questions, so that a syllable becomes what people of
this field would most likely have written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_LATIN = re.compile(r"[a-z']+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 8
_ENOUGH = 0.75
_FEWEST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class TypedPinyin:
    """`words` maps syllables joined by spaces to the likeliest word; single syllables to single characters."""

    words: Mapping[str, str]

    @classmethod
    def learned(cls, texts: Iterable[str], file: Path | None = None) -> TypedPinyin:
        """Learn from exemplar questions; `file` keeps what was learned."""
        if file is not None and file.exists():
            return cls(json.loads(file.read_text(encoding="utf-8")))
        words = _sounds(_frequencies(texts))
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
            part.replace(file)
        return cls(words)

    def read(self, plain: str) -> str:
        """The message with its pinyin written out; unchanged where it is not mostly pinyin."""
        runs = _LATIN.findall(plain)
        cut = {run: self._syllables(run) for run in runs}
        letters = sum(map(len, runs))
        heard = sum(len(run) for run in runs if cut[run])
        if heard < _FEWEST_LETTERS or heard < _ENOUGH * letters:
            return plain
        syllables: list[str] = []
        for piece in re.findall(r"[a-z']+|[^a-z'\s]+", plain):
            syllables.extend(cut.get(piece) or [piece])
        return self._written(syllables)

    def _syllables(self, run: str) -> list[str] | None:
        """The run cut into known syllables, longest first; None where it cannot be cut."""
        # From the end: the length of the syllable to take at each place, 0 where the rest cannot be cut.
        lengths = [0] * len(run) + [1]
        for at in reversed(range(len(run))):
            if run[at] == "'":
                lengths[at] = 1 if lengths[at + 1] else 0
                continue
            for length in range(min(_LONGEST_SYLLABLE, len(run) - at), 0, -1):
                if lengths[at + length] and run[at : at + length] in self.words:
                    lengths[at] = length
                    break
        syllables, at = list[str](), 0
        while at < len(run):
            if not lengths[at]:
                return None
            if run[at] != "'":
                syllables.append(run[at : at + lengths[at]])
            at += lengths[at]
        return syllables

    def _written(self, syllables: list[str]) -> str:
        text, at = "", 0
        while at < len(syllables):
            for length in range(min(_LONGEST_WORD, len(syllables) - at), 0, -1):
                word = self.words.get(" ".join(syllables[at : at + length]))
                if word is not None or length == 1:
                    text += word or syllables[at]
                    at += length
                    break
        return text


def _frequencies(texts: Iterable[str]) -> Counter[str]:
    import rjieba  # noqa: PLC0415 - reads its dictionary on import

    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN.findall(text):
            tokens = rjieba.cut(run)
            counts.update(tokens)
            counts.update(run)
            counts.update(a + b for a, b in pairwise(tokens))
    return counts


def _sounds(counts: Counter[str]) -> dict[str, str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - reads its dictionary on import

    words: dict[str, str] = {}
    # Words in order of frequency: the first of a sound is the likeliest.
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(word) == 1 or (count > 1 and len(word) <= _LONGEST_WORD):
            words.setdefault(" ".join(lazy_pinyin(word)), word)
    return words

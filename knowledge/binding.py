"""Which categories a clause binds: those that its sentences have for a subject, else those of its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.models import Category
from knowledge.normalise import squeeze

_LEAD = r"(?:请|各|凡|对于|对|针对|关于|申报)*"
_AND = r"(?:、|，|以及|及|和|与|或)"
# What may stand behind a category's name for the name to be the subject: 平台类、平台申报系统, not 平台化设计.
_BEHIND = r"(?=类|申报|项目|企业|单位|系统|[，,：:；;。、（(]|应|须|需|可|还|的|由|在|于|$)"
_SENTENCES = re.compile(r"[^。；;\n]+")


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(
        (squeeze(word) for word in words if squeeze(word)), key=lambda word: (-len(word), word)
    )
    return "|".join(map(re.escape, longest_first)) or "(?!)"


class Binding:
    """The categories of a pack as the subjects of clauses."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self.everything = tuple(category.id for category in categories)
        self._of_name = {
            squeeze(name): category.id
            for category in categories
            for name in (category.name, category.short, *category.aliases)
            if squeeze(name)
        }
        name = f"(?:{_any_of(self._of_name)})"
        another = f"(?!{_any_of(word for category in categories for word in category.confusables)})"
        self._name = re.compile(name)
        self._subject = re.compile(
            rf"{another}{_LEAD}{another}{name}类?(?:{_AND}{another}{name}类?)*+{_BEHIND}"
        )

    def narrow(self, text: str, bound: tuple[str, ...]) -> tuple[str, ...]:
        """The categories that a clause of this text binds, below a heading that binds `bound`."""
        named: set[str] = set()
        for at, sentence in enumerate(_SENTENCES.findall(text)):
            subject = self._subject.match(squeeze(sentence))
            if subject:
                named |= self._named(subject.group())
            elif at == 0:
                break  # a clause that opens in general binds all, whatever it names further on
        return tuple(category for category in bound if category in named) or bound

    def of_row(self, text: str, bound: tuple[str, ...]) -> tuple[str, ...]:
        """The categories that a row of a table binds: those that its first cell has for a subject."""
        first = text.split("；", 1)[0]
        _, _, cell = first.partition("：")
        narrowed = self.narrow(first, bound)
        return self.narrow(cell, bound) if narrowed == bound and cell else narrowed

    def titled(self, title: str) -> tuple[str, ...]:
        """The categories that a document of this title binds: those it names anywhere, else all."""
        named = self._named(squeeze(title))
        return tuple(category for category in self.everything if category in named) or self.everything

    def _named(self, text: str) -> set[str]:
        return {self._of_name[name] for name in self._name.findall(text)}

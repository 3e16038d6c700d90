"""What the styles of .docx say of a paragraph: its list, its place in it, and whether it is a heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.documents.word_numbering import DEEPEST, Numbering, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CHAIN = 20
NO_LIST = "0"
"""The number by which a paragraph leaves the list that its style puts it in."""


@dataclass(frozen=True, slots=True)
class _Properties:
    """What an element's own paragraph properties say; None where they say nothing."""

    num: str | None = None
    level: int | None = None
    outline: int | None = None


class Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, root: _Element | None) -> None:
        self._own: dict[str, _Properties] = {}
        self._based_on: dict[str, str] = {}
        self._default = ""
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._own[name] = _properties(style.find(f"{W}pPr"))
            based_on = style.find(f"{W}basedOn")
            if based_on is not None:
                self._based_on[name] = based_on.get(f"{W}val", "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self._default = name

    def place(self, paragraph: _Element, numbering: Numbering) -> tuple[str, int] | None:
        """The list of a paragraph and its level there, from 0; None where it is in none."""
        own = _properties(paragraph.find(f"{W}pPr"))
        chain = self._chain(paragraph)
        num, at_style = own.num, ""
        if num is None:
            found = ((self._own[name].num, name) for name in chain if self._own[name].num is not None)
            num, at_style = next(found, (None, ""))
        if num is None or num == NO_LIST:
            return None
        num = self._behind(num, numbering)
        level = own.level
        if level is None:
            # The list itself may say which of its levels a style is; it counts for the styles based on it, too.
            named = (
                numbering.level_of_style(num, name)
                for name in chain[: chain.index(at_style) + 1 if at_style else 0]
            )
            level = next((at for at in named if at is not None), None)
        if level is None:
            level = next((self._own[name].level for name in chain if self._own[name].level is not None), 0)
        return num, min(level or 0, DEEPEST - 1)

    def heading(self, paragraph: _Element) -> int | None:
        """The level of a heading, 1 the outermost; None for text."""
        own = _properties(paragraph.find(f"{W}pPr")).outline
        found = (self._own[name].outline for name in self._chain(paragraph))
        level = own if own is not None else next((at for at in found if at is not None), None)
        return level + 1 if level is not None and level < DEEPEST else None

    def _chain(self, paragraph: _Element) -> list[str]:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        name = named.get(f"{W}val", "") if named is not None else self._default
        chain: list[str] = []
        while name in self._own and name not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(name)
            name = self._based_on.get(name, "")
        return chain

    def _behind(self, num: str, numbering: Numbering) -> str:
        """The list that holds the levels, where one only points to a style of lists."""
        for _ in range(_LONGEST_CHAIN):
            style = numbering.style_behind(num)
            further = self._own[style].num if style in self._own else None
            if further is None or further == num:
                break
            num = further
        return num


def _properties(properties: _Element | None) -> _Properties:
    if properties is None:
        return _Properties()
    return _Properties(
        num=_value(properties, f"{W}numPr/{W}numId"),
        level=_figure(_value(properties, f"{W}numPr/{W}ilvl")),
        outline=_figure(_value(properties, f"{W}outlineLvl")),
    )


def _value(element: _Element, path: str) -> str | None:
    found = element.find(path)
    return found.get(f"{W}val") if found is not None else None


def _figure(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 3 else None

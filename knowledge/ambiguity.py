"""Whether a pattern can take exponential time: a repetition whose rounds can be cut from one text in two ways.

A repetition such as (?:我们?|我们?是|是)* reads 我们是 as one round or as two; where what follows does not match, a
backtracking matcher tries every combination. This is the exponential degree of ambiguity of Weideman et al.,
"Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA" (2016):
a place of the pattern that is reached from itself by one text in two ways.
"""

from __future__ import annotations

import re
import re._constants as code  # type: ignore[import-not-found]  # no stubs: the standard library's own parser
import re._parser as parser  # type: ignore[import-not-found]
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

MANY = 16
"""Rounds from which a repetition counts as one without end."""
_REPEATED = (code.MAX_REPEAT, code.MIN_REPEAT)
_WHOLE = (code.POSSESSIVE_REPEAT, code.ATOMIC_GROUP)
_CATEGORIES = {
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
}
_ELSE = "鿕ж☃"
"""Characters that stand for all that a pattern does not name, beside an ASCII letter, digit, sign and white space."""


@dataclass(slots=True)
class _Automaton:
    """Glushkov's: one state a character of the pattern. `reads` what each takes, `follows` how often one leads on."""

    alphabet: tuple[str, ...]
    reads: list[frozenset[str]] = field(default_factory=list)
    follows: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, characters: frozenset[str]) -> int:
        self.reads.append(characters)
        return len(self.reads) - 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a pattern: the states that it can begin and end with, and in how many ways it can be empty."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: int = 1


def endless_ambiguity(pattern: str, flags: int = 0) -> str:
    """A character at which a repetition of the pattern can go on in two ways for ever; empty where there is none.

    Look-around counts as nothing, a back-reference too: what is found is then possible, not certain.
    Raises re.error for what is no pattern.
    """
    tree = parser.parse(pattern, flags)
    for body in _endless(tree):
        alphabet = tuple(sorted({*"a0- ", *_ELSE, *_named(body)}))
        automaton = _Automaton(alphabet)
        piece = _sequence(body, automaton, flags)
        _linked(automaton, piece.last, piece.first)
        if found := _ambiguous(automaton):
            return found
    return ""


def _endless(items: Iterable[Any]) -> Iterator[Any]:
    """Bodies of the outermost repetitions without end that hold more than one character."""
    for operation, argument in items:
        if operation in _REPEATED:
            _, most, body = argument
            if most >= MANY and not (len(body) == 1 and body[0][0] in _SINGLE):
                yield body
            else:
                yield from _endless(body)
        else:
            for body in _bodies(operation, argument):
                yield from _endless(body)


_SINGLE = (code.LITERAL, code.NOT_LITERAL, code.IN, code.ANY)


def _bodies(operation: Any, argument: Any) -> list[Any]:
    """The sequences inside an item of a parsed pattern."""
    if operation is code.SUBPATTERN:
        return [argument[3]]
    if operation is code.BRANCH:
        return list(argument[1])
    if operation in (code.ASSERT, code.ASSERT_NOT):
        return [argument[1]]
    if operation is code.ATOMIC_GROUP:
        return [argument]
    if operation is code.POSSESSIVE_REPEAT or operation in _REPEATED:
        return [argument[2]]
    if operation is code.GROUPREF_EXISTS:
        return [one for one in argument[1:] if one is not None]
    return []


def _named(items: Iterable[Any]) -> Iterator[str]:
    """Characters that the items name, with the ends of ranges."""
    for operation, argument in items:
        if operation in (code.LITERAL, code.NOT_LITERAL):
            yield chr(argument)
        elif operation is code.IN:
            for kind, value in argument:
                if kind is code.LITERAL:
                    yield chr(value)
                elif kind is code.RANGE:
                    yield from map(chr, value)
        for body in _bodies(operation, argument):
            yield from _named(body)


def _sequence(items: Sequence[Any], automaton: _Automaton, flags: int) -> _Piece:
    whole = _Piece()
    for operation, argument in items:
        whole = _joined(whole, _item(operation, argument, automaton, flags), automaton)
    return whole


def _item(operation: Any, argument: Any, automaton: _Automaton, flags: int) -> _Piece:
    if operation in _SINGLE:
        taken = _characters(operation, argument, automaton.alphabet, flags)
        state = automaton.add(taken)
        return _Piece((state,), (state,), 0)
    if operation is code.SUBPATTERN or operation is code.ATOMIC_GROUP:
        return _sequence(_bodies(operation, argument)[0], automaton, flags)
    if operation is code.BRANCH:
        ways = [_sequence(body, automaton, flags) for body in argument[1]]
        firsts, lasts = (tuple(s for way in ways for s in getattr(way, end)) for end in ("first", "last"))
        return _Piece(firsts, lasts, sum(way.empty for way in ways))
    if operation in _REPEATED:
        return _repetition(argument, automaton, flags)
    if operation is code.POSSESSIVE_REPEAT:
        once = _sequence(argument[2], automaton, flags)
        return once if argument[0] else _Piece(once.first, once.last, 1)
    return _Piece()  # look-around, ends of lines, back-references


def _repetition(argument: Any, automaton: _Automaton, flags: int) -> _Piece:
    least, most, body = argument
    if most >= MANY:
        once = _sequence(body, automaton, flags)
        _linked(automaton, once.last, once.first)
        return once if least else _Piece(once.first, once.last, max(1, once.empty))
    whole = _Piece()
    for _ in range(least):
        whole = _joined(whole, _sequence(body, automaton, flags), automaton)
    rest = _Piece()
    for _ in range(most - least):  # x{0,2} is (x(x)?)?, which is read in one way
        inner = _joined(_sequence(body, automaton, flags), rest, automaton)
        rest = _Piece(inner.first, inner.last, 1)
    return _joined(whole, rest, automaton)


def _joined(left: _Piece, right: _Piece, automaton: _Automaton) -> _Piece:
    _linked(automaton, left.last, right.first)
    return _Piece(
        left.first + (right.first * min(1, left.empty)),
        right.last + (left.last * min(1, right.empty)),
        left.empty * right.empty,
    )


def _linked(automaton: _Automaton, ends: Iterable[int], begins: Iterable[int]) -> None:
    begins = tuple(begins)
    for end in ends:
        for begin in begins:
            automaton.follows[end, begin] += 1


def _characters(operation: Any, argument: Any, alphabet: Iterable[str], flags: int) -> frozenset[str]:
    """Which of the alphabet one item takes, in small or capital letters where the flags make them one."""
    folded = bool(flags & re.IGNORECASE)
    return frozenset(
        character
        for character in alphabet
        if any(
            _takes(operation, argument, one)
            for one in ({character, character.swapcase()} if folded else character)
        )
    )


def _takes(operation: Any, argument: Any, character: str) -> bool:
    if operation is code.ANY:
        return True
    if operation is not code.IN:
        return (ord(character) == argument) is (operation is code.LITERAL)
    negated = bool(argument) and argument[0][0] is code.NEGATE
    return negated is not any(_in_set(kind, value, ord(character)) for kind, value in argument[negated:])


def _in_set(kind: Any, value: Any, character: int) -> bool:
    if kind is code.LITERAL:
        return bool(character == value)
    if kind is code.RANGE:
        return bool(value[0] <= character <= value[1])
    return re.match(_CATEGORIES[value], chr(character)) is not None


def _ambiguous(automaton: _Automaton) -> str:
    """A character after which a state comes back to itself in two ways, by states that are apart in between."""
    after: dict[int, list[int]] = {}
    for end, begin in automaton.follows:
        after.setdefault(end, []).append(begin)
    for (end, begin), ways in automaton.follows.items():
        if ways > 1 and automaton.reads[begin] and _reaches(begin, end, after):
            return min(automaton.reads[begin])
    for state in range(len(automaton.reads)):
        for one, other in _forks(state, state, automaton, after):
            if _comes_back((one, other), state, automaton, after):
                return min(automaton.reads[one] & automaton.reads[other])
    return ""


def _forks(
    left: int, right: int, automaton: _Automaton, after: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of states that one character leads to; from one state only such as are apart."""
    for one in after.get(left, ()):
        for other in after.get(right, ()):
            if automaton.reads[one] & automaton.reads[other] and (left != right or one < other):
                yield (one, other) if one <= other else (other, one)


def _comes_back(pair: tuple[int, int], home: int, automaton: _Automaton, after: dict[int, list[int]]) -> bool:
    """Whether one text leads both states of a pair to one from which `home` is reached again."""
    seen, waiting = {pair}, [pair]
    while waiting:
        for found in _forks(*waiting.pop(), automaton, after):
            if found[0] == found[1]:
                if _reaches(found[0], home, after):
                    return True
            elif found not in seen:
                seen.add(found)
                waiting.append(found)
    return False


def _reaches(start: int, goal: int, after: dict[int, list[int]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        if state == goal:
            return True
        new = [found for found in after.get(state, ()) if found not in seen]
        seen.update(new)
        waiting.extend(new)
    return False

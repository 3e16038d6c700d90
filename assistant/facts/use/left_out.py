"""Services that an applicant leaves out of what it claims: 那OA不算进去, 只报钉钉, 停用的那项不报.

The shortest use counts of those that are left. It is read again from the words in which the services were told
one by one, without the one left out; where these do not tell it, the fact is taken back, and asked for anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.facts.message.utterance import Phrase, fold
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.durations import find_durations
from assistant.facts.use.shortest import EVERY_SERVICE, named_services
from knowledge.cues import UsageCue
from knowledge.facts import FactValue, NumberRange

Reread = Callable[[str], FactValue | None]
"""The fact's value in a piece of text."""
_MAY = "(?:就|先|也|都|干脆|直接|我们|咱们?|能不能|可不可以|可以|能|是不是|这次|再){0,4}"
_OUT_BEHIND = re.compile(
    f"(?:那|这)?(?:一)?(?:[个项款套种])?(?:服务)?{_MAY}(?:不(?:要|再)?(?:算(?=[进入在上了里吧，, ]|$)|申?报(?!得|告)|[列放计拿纳加])|不要了|去掉|剔除|剔掉|拿掉|撇开|扣掉|排除|刨掉|删掉|划掉|去除|除外)"
)
_OUT_BEFORE = re.compile("(?:不|别)(?:要|再)?(?:算|申?报|列|拿|计)(?:上|进|入)?(?:那个|这个)?$")
_ONLY = re.compile("(?:只|就|光|单)(?:拿|申?报|用|算|留|保留|列)(?!了|过)(?P<named>[^，。？?]{2,24})")
_STOPPED = re.compile("(?:停用?|断|不用|没续费?|退订|到期)(?:了|掉)?的(?:那|这)?(?:一)?(?:[个项款套种])?")
_SHORTEST = re.compile(
    "(?:(?:最|比较)?(?:短|晚|新)|没?[不没]?(?:满|够|到)(?:三个月|3个月)?|(?:晚|新|刚)(?:买|上|开|开通|用))的?(?:那|这)(?:一)?(?:[个项款套种])"
)
_OF_THAT_LENGTH = re.compile("的?(?:那|这)(?:一)?[个项款套种](?:云?服务|系统|软件)?")
"""那1个月的那个不报了: a service is named by how long it was told to be used."""
_PLACES = (
    re.compile("(?:第一|头一|前(?:面(?:的|那)?)?一?)[个项款套种](?:云?服务|系统|软件)?|前者"),
    re.compile("(?:第二|后(?:面(?:的|那)?)?一?)[个项款套种](?:云?服务|系统|软件)?|后者"),
)
"""只报后一项: one of two, by its place."""
_THAT_ONE = re.compile("[这那]一?[个项款套种](?:云?服务|系统|软件)?")
"""这项不报行不行: the service told last."""
_NEAR = 12
"""Phrases before the one that leaves a service out, in which the services may have been told."""
_PAUSE = re.compile("[，,；;。！!\n]+")
_AND = re.compile("[、和跟与及]|以及")
_NO_NAME = re.compile(
    "(?:另外?|其中|还有)?[一1第][一二12]?[个项款套种]|[个项款套种]$|我们|公司|其中|最[短少长]|每|各|分别|一共|已经?|目前|现在|有个|一个|那个|使用|开通|开始|上线|[用了的也都才刚就只有是在从至到: ]"
)


def read_left_out(
    hearing: Hearing, finds: Sequence[Find], reread: Reread
) -> tuple[list[Find], tuple[str, ...]]:
    """The finds with the use of the services that are left, and the facts that leaving one out takes back."""
    cue = hearing.cues.usage
    if cue is None:
        return list(finds), ()
    states = {state.fact for state in hearing.cues.states if state.clause == cue.clause}
    known = {name for name in (cue.fact, *states) if name in hearing.known}
    known |= {find.name for find in finds if find.name == cue.fact}
    for phrase in hearing.phrases if known else ():
        told = _told(hearing, cue, phrase, finds)
        left = _left(phrase, told, cue, reread)
        if left is None:
            continue
        kept = [f for f in finds if f.name not in {cue.fact, *states} or f.phrase.position > phrase.position]
        kept += [f for f in finds if f.name in states and f not in kept and _is_of(f, left)]
        again = any(find.name == cue.fact for find in kept)
        kept = [_corrected(find) if find.name == cue.fact else find for find in kept]
        value = reread("，".join(left)) if left and not again else None
        if value is not None:
            end = phrase.start + len(phrase.words)
            kept.append(_corrected(Find(cue.fact, value, phrase.start, end, phrase)))
        if phrase.hypothetical:
            return kept, ()
        stopped = [n for n in states & known if hearing.known[n] is False and _may_be_out(hearing, n, phrase)]
        unknown = value is None and not again and cue.fact in known and not _STOPPED.search(phrase.words)
        return kept, (*stopped, *([cue.fact] if unknown else []))
    return list(finds), ()


def _corrected(find: Find) -> Find:
    """The find as what holds instead of what was told with the service that is left out."""
    return replace(find, phrase=replace(find.phrase, correction=True))


def _told(hearing: Hearing, cue: UsageCue, phrase: Phrase, finds: Sequence[Find]) -> list[str]:
    """The pieces in which services were told with their use, each with one length: of this message, or before it."""
    near = range(max(0, phrase.position - _NEAR), phrase.position)
    if any(find.name == cue.fact and find.phrase.position in near for find in finds):
        return _pieces("，".join(hearing.phrases[position].text for position in near))
    return _pieces(fold(hearing.told.get(cue.fact, ""), hearing.cues.misspellings))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for clause in _PAUSE.split(text):
        open_part = ""
        for part in clause.split("、"):
            open_part = f"{open_part}、{part}" if open_part else part
            if _is_timed(part):
                pieces.append(open_part)
                open_part = ""
    return pieces


def _is_timed(part: str) -> bool:
    return bool(find_durations(part)) or bool(re.search("[年月]|停(?:用|了|掉)", part))


def _names(piece: str) -> list[str]:
    """The services of a piece, as it calls them: ERP和CRM用了一年."""
    first = min((d.start for d in find_durations(piece)), default=len(piece))
    names = (_NO_NAME.sub("", name) for name in _AND.split(piece[:first]))
    return [name for name in names if name and not EVERY_SERVICE.fullmatch(name)]


def _left(phrase: Phrase, told: Sequence[str], cue: UsageCue, reread: Reread) -> list[str] | None:
    """The pieces that are left once what the phrase leaves out is taken away; None where it leaves nothing out."""
    words = phrase.words
    if only := _ONLY.search(words):
        if (place := _place(only["named"], told)) is not None:
            return [told[place[0]]]
        named = _spoken(only["named"], told, cue)
        if named:
            return [piece for piece in told if any(_is_in(name, piece) for name in named)]
    if (place := _place(words, told)) is not None and _OUT_BEHIND.match(words, place[1]):
        return [piece for piece in told if piece is not told[place[0]]]
    if (short := _SHORTEST.search(words)) and _OUT_BEHIND.match(words, short.end()):
        return _without_shortest(told, reread)
    if (
        len(told) == 1
        and not _STOPPED.search(words)
        and (last := _THAT_ONE.search(words))
        and _OUT_BEHIND.match(words, last.end())
    ):
        return []
    if (others := _without_length(words, told)) is not None:
        return others
    if (stopped := _STOPPED.search(words)) and _OUT_BEHIND.match(words, stopped.end()):
        return [piece for piece in told if "停" not in piece] if any("停" in piece for piece in told) else []
    out = [
        name
        for name in _spoken(words, told, cue)
        for at in [words.lower().find(name.lower())]
        if _OUT_BEHIND.match(words, at + len(name)) or _OUT_BEFORE.search(words[:at])
    ]
    if not out:
        return None
    by_name = all(_names(piece) for piece in told)  # of 最短的用了两个月 nobody can tell whose that was
    return [rest for piece in told if (rest := _without(piece, out))] if by_name else []


def _place(words: str, told: Sequence[str]) -> tuple[int, int] | None:
    """Which of the two that were told the words name by its place, and where these words end."""
    named = ((place, match) for place, one in enumerate(_PLACES) if (match := one.search(words)))
    return next(((place, match.end()) for place, match in named), None) if len(told) == len(_PLACES) else None


def _is_of(find: Find, left: Sequence[str]) -> bool:
    """Whether a find was told in the same breath as one of the services that are left: 另一项用了10个月在用."""
    return any(find.phrase.text.strip() in piece for piece in left)


def _without_shortest(told: Sequence[str], reread: Reread) -> list[str]:
    """The pieces but for the one with the shortest use; nothing where not each of them tells its own."""
    uses = [
        (value.hi, piece) for piece in told if isinstance(value := reread(piece), NumberRange) and value.hi
    ]
    if len(uses) != len(told) or len(uses) < 2:
        return []
    shortest = min(uses)
    return [piece for piece in told if piece != shortest[1]]


def _without_length(words: str, told: Sequence[str]) -> list[str] | None:
    """The pieces but for those of the length by which a service is left out; None where none is, or none was told."""
    for length in find_durations(words):
        named = _OF_THAT_LENGTH.match(words, length.end)
        if named is None or not _OUT_BEHIND.match(words, named.end()):
            continue
        out = {piece for piece in told if any(d.months == length.months for d in find_durations(piece))}
        return [piece for piece in told if piece not in out] if out else None
    return None


def _spoken(words: str, told: Sequence[str], cue: UsageCue) -> list[str]:
    """The services that the words name: as they were told before, or by a word that is a service's anywhere."""
    names = {name for piece in told for name in _names(piece) if name.lower() in words.lower()}
    known = {m.group() for m in cue.things.finditer(words) if not EVERY_SERVICE.fullmatch(m.group())}
    return sorted(names | {name for name in known if not any(name in longer for longer in names)})


def _is_in(name: str, piece: str) -> bool:
    return name.lower() in piece.lower()


def _without(piece: str, out: Sequence[str]) -> str:
    """The piece without the services left out; nothing where it tells of no other."""
    if not any(_is_in(name, piece) for name in out):
        return piece
    left = [name for name in _names(piece) if not any(_is_in(one, name) for one in out)]
    return piece if left else ""


def _may_be_out(hearing: Hearing, name: str, phrase: Phrase) -> bool:
    """Whether the service that was said to be stopped may be the one left out: it is, unless another was named."""
    words = fold(hearing.told.get(name, ""), hearing.cues.misspellings)
    cue = hearing.cues.usage
    assert cue is not None  # noqa: S101 - the caller has asked
    named = named_services(cue, words)
    return not named or bool(_STOPPED.search(phrase.words)) or any(n in phrase.words.lower() for n in named)

"""Slots in the text of answers that a pack fills by category: `{desks}`, `{guidelines}`, `{forms}`.

One text then serves all categories, and an answer about one of them never names another's desk or annex.
`{guidelines}` and `{forms}` stand in sentences that say what is not at hand: they name the annexes whose texts are not
loaded, and a sentence that is left with none of them is not said. `{4,5:，正文没有载入}` is said while none of these
annexes is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.models import Annex, Notice, TopicAnswer

DESKS = "{desks}"
ASKED = "{asked}"
"""Filled by the question, and not by category."""
KINDS = {"{guidelines}": "guideline", "{forms}": "application_form"}
"""Slots that name annexes, and of which kind."""
SLOTS = (DESKS, *KINDS)
_ABSENT = re.compile(r"\{([0-9]+(?:,[0-9]+)*):([^{}]*)\}")
_NAMES = re.compile(
    "(?:" + "|".join(map(re.escape, KINDS)) + ")(?:、(?:" + "|".join(map(re.escape, KINDS)) + "))*"
)
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]|[^。！？\n]+$")


def has_slots(text: str) -> bool:
    """Whether anything in the text depends on the category asked about, or on what is loaded."""
    return any(slot in text for slot in SLOTS) or _ABSENT.search(text) is not None


def filled(text: str, notice: Notice, categories: Sequence[str]) -> str:
    """The text with the phones and annexes of the categories, of all where none is named.

    A single desk is its phone alone; several are told apart by the categories' short names.
    """
    if not has_slots(text):
        return text
    loaded = {annex.number for annex in notice.annexes if annex.loaded}
    text = _ABSENT.sub(lambda match: "" if loaded & {int(n) for n in match[1].split(",")} else match[2], text)
    said = (_with_annexes(sentence, notice, categories) for sentence in _SENTENCE.findall(text))
    return "".join(said).replace(DESKS, _phones(notice, categories))


def of_the_kind_asked(answer: TopicAnswer, question: str) -> str:
    """The text of an answer with the kind of thing named that the question asks of."""
    return answer.text.replace(ASKED, answer.asked.by(question)) if answer.asked else answer.text


def left_to(text: str, notice: Notice, categories: Sequence[str]) -> tuple[Annex, ...]:
    """The annexes to which the text leaves what is asked, whether they are loaded or not."""
    kinds = {kind for slot, kind in KINDS.items() if slot in text}
    numbers = {int(n) for match in _ABSENT.finditer(text) for n in match[1].split(",")}
    wanted = _wanted(notice, categories)
    return tuple(
        annex
        for annex in notice.annexes
        if (annex.kind in kinds or annex.number in numbers) and set(annex.categories) & set(wanted)
    )


def _with_annexes(sentence: str, notice: Notice, categories: Sequence[str]) -> str:
    """The sentence with the annexes named that are not loaded; nothing where there is none to name."""
    named = [_unloaded(run, notice, categories) for run in _NAMES.findall(sentence)]
    if not all(named):
        return ""
    titles = iter(named)
    return _NAMES.sub(lambda _: next(titles), sentence)


def _unloaded(slots: str, notice: Notice, categories: Sequence[str]) -> str:
    wanted = _wanted(notice, categories)
    return "、".join(
        f"附件{annex.number}《{annex.title}》"
        for slot in slots.split("、")
        for annex in notice.annexes
        if annex.kind == KINDS[slot] and not annex.loaded and set(annex.categories) & set(wanted)
    )


def _phones(notice: Notice, categories: Sequence[str]) -> str:
    named = notice.desks(_wanted(notice, categories))
    return "、".join(phone if len(named) == 1 else name + phone for name, phone in named)


def _wanted(notice: Notice, categories: Sequence[str]) -> tuple[str, ...]:
    return tuple(categories) or tuple(category.id for category in notice.categories)

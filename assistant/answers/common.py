"""What several answers share: desks to ring, the window's state, dates as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.compose.sentences import Sentence, read_sentences
from assistant.eligibility.window import window_status
from assistant.phrases import Phrases
from assistant.reply import ShownContact, ShownWindow
from knowledge.models import Notice, Window

_OF_THESE = "{these}"
"""In what is said of a window, the place of the categories of which it holds."""


def chinese_date(day: date) -> str:
    """2023年2月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def led(sentences: Sequence[Sentence], words: str) -> tuple[Sentence, ...]:
    """Sentences of which the first begins with words of ours: 不是。 and what is right behind it."""
    first, *rest = sentences
    return (replace(first, lead=words + first.lead), *rest)


def contacts_for(notice: Notice, categories: Iterable[str]) -> tuple[ShownContact, ...]:
    """The desks of the categories, each phone once; all desks where none is named."""
    wanted = tuple(categories) or tuple(category.id for category in notice.categories)
    by_phone: dict[str, ShownContact] = {}
    for c in notice.contacts:
        if c.category in wanted:
            by_phone.setdefault(c.phone, ShownContact(category=c.category, label=c.label, phone=c.phone))
    return tuple(by_phone.values())


def contact_sentence(
    notice: Notice, categories: Iterable[str], template: str, phrases: Phrases
) -> tuple[Sentence, ...]:
    """A sentence with the phones of the categories, standing on the clause that prints them."""
    wanted = tuple(categories) or tuple(category.id for category in notice.categories)
    desks = "、".join(phrases.desk.format(short=short, phone=phone) for short, phone in notice.desks(wanted))
    if not desks:
        return ()
    clauses = dict.fromkeys(contact.clause for contact in notice.contacts if contact.category in wanted)
    return read_sentences(template.format(desks=desks, clause="][".join(clauses)))


def shown_window(notice: Notice, category: str, as_of: date) -> ShownWindow | None:
    """The category's window on the day of asking."""
    window = notice.window(category)
    if window is None:
        return None
    status = window_status(notice, category, as_of)
    return ShownWindow(status=status, opens_on=window.opens_on, closes_on=window.closes_on)


def window_sentences(
    notice: Notice, categories: Iterable[str], as_of: date, phrases: Phrases
) -> tuple[Sentence, ...]:
    """What must be said first of all: not yet open, the last day, or over. Nothing while it is plainly open."""
    alike: dict[str, list[str]] = {}
    for category in categories or [c.id for c in notice.categories]:
        if (window := notice.window(category)) is not None:
            state = _state(notice, window, as_of, phrases)
            alike.setdefault(state, []).append(notice.category(category).short)
    said = (state.replace(_OF_THESE, "、".join(shorts)) for state, shorts in alike.items())
    return tuple(sentence for state in said for sentence in read_sentences(state))


def bureau_sentences(
    notice: Notice, windows: Iterable[Window], as_of: date, phrases: Phrases
) -> tuple[Sentence, ...]:
    """What a bureau must be told first of its own last day: that it is today, or over. Nothing before."""
    by_day: dict[tuple[date, str], list[str]] = {}
    for window in windows:
        if window.bureau_deadline is not None and as_of >= window.bureau_deadline:
            by_day.setdefault((window.bureau_deadline, window.bureau_clause), []).append(window.category)
    sentences: list[Sentence] = []
    for (day, clause), categories in by_day.items():
        desks = notice.desks(categories)
        contacts = [c.clause for c in notice.contacts if c.category in categories]
        said = phrases.window["bureau_last_day" if as_of == day else "bureau_closed"].format(
            short="、".join(notice.category(category).short for category in categories),
            deadline=chinese_date(day),
            words=f"{day.month}月{day.day}日前",
            desks="、".join(phone if len(desks) == 1 else short + phone for short, phone in desks),
            clause=clause,
            contact_clause="][".join(dict.fromkeys(contacts)),
        )
        sentences.extend(read_sentences(said))
    return tuple(sentences)


def _state(notice: Notice, window: Window, as_of: date, phrases: Phrases) -> str:
    """How a window stands, of the categories `_OF_THESE`: those of which the same holds are named together."""
    status = window_status(notice, window.category, as_of)
    contact = notice.contact(window.category)
    if status == "not_open" and window.opens_on is not None:
        return phrases.window["not_open"].format(
            short=_OF_THESE,
            opens_on=chinese_date(window.opens_on),
            clause=window.opens_clause or window.clause,
        )
    if status == "closed" and window.closes_on is not None:
        return phrases.window["closed"].format(
            short=_OF_THESE, closes_on=chinese_date(window.closes_on), clause=window.clause
        )
    if status == "closed" and window.bureau_deadline is not None:
        return phrases.window["closed_locally"].format(
            short=_OF_THESE,
            bureau_deadline=chinese_date(window.bureau_deadline),
            bureau_clause=window.bureau_clause,
        )
    if as_of == window.closes_on and contact is not None:
        return phrases.window["last_day"].format(
            closes_on=chinese_date(window.closes_on),
            words=f"{window.closes_on.month}月{window.closes_on.day}日前",
            phone=contact.phone,
            clause=window.clause,
            contact_clause=contact.clause,
        )
    return ""

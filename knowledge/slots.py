"""Slots in the text of answers that a pack fills by category: `{desks}`, `{guidelines}`, `{forms}`.

One text then serves all categories, and an answer about one of them never names another's desk or annex.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.models import Notice

SLOTS = ("{desks}", "{guidelines}", "{forms}")


def has_slots(text: str) -> bool:
    """Whether anything in the text depends on the category asked about."""
    return any(slot in text for slot in SLOTS)


def filled(text: str, notice: Notice, categories: Sequence[str]) -> str:
    """The text with the phones and annexes of the categories, of all where none is named.

    A single desk is its phone alone; several are told apart by the categories' short names.
    """
    if not has_slots(text):
        return text
    wanted = tuple(categories) or tuple(category.id for category in notice.categories)
    contacts = [contact for contact in notice.contacts if contact.category in wanted]
    phones = [
        contact.phone if len(contacts) == 1 else notice.category(contact.category).short + contact.phone
        for contact in contacts
    ]

    def annexes(kind: str) -> str:
        titles = [
            f"附件{annex.number}《{annex.title}》"
            for annex in notice.annexes
            if annex.kind == kind and set(annex.categories) & set(wanted)
        ]
        return "、".join(titles)

    values = ("、".join(phones), annexes("guideline"), annexes("application_form"))
    for slot, value in zip(SLOTS, values, strict=True):
        text = text.replace(slot, value)
    return text

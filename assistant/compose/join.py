"""Two questions get two answers: drafts joined into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.compose.draft import Draft


def join_drafts(drafts: Sequence[Draft]) -> Draft:
    """The drafts one after another; route and topic are those of the first, each sentence is said once."""
    first = drafts[0]
    if len(drafts) == 1:
        return first
    drafts = [first, *(_without_phones_told(drafts[:at], draft) for at, draft in enumerate(drafts) if at)]
    categories = {draft.category for draft in drafts}
    windows = [draft.window for draft in drafts if draft.window]
    return replace(
        first,
        category=categories.pop() if len(categories) == 1 else None,
        sentences=tuple(dict.fromkeys(sentence for draft in drafts for sentence in draft.sentences)),
        quotes=joined_quotes([draft.quotes for draft in drafts]),
        contacts=tuple(dict.fromkeys(contact for draft in drafts for contact in draft.contacts)),
        window=windows[0] if windows else None,
    )


def _without_phones_told(before: Sequence[Draft], draft: Draft) -> Draft:
    """The draft without its sentences of phones that what is open before it gives already: 周末上班吗，能打电话吗."""
    told = "".join(s.text for one in before if one.route == "unresolved" for s in one.sentences)
    phones = [contact.phone for contact in draft.contacts]
    if draft.route != "contact" or not all(phone in told for phone in phones):
        return draft
    left = [s for s in draft.sentences if not any(phone in s.text for phone in phones)]
    return replace(draft, sentences=tuple(left))


def joined_quotes(quotes: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """For each clause the pieces of all, each once: a clause that bears several answers is quoted for each."""
    clauses = dict.fromkeys(clause for one in quotes for clause in one)
    return {
        clause: tuple(dict.fromkeys(piece for one in quotes for piece in one.get(clause, ())))
        for clause in clauses
    }

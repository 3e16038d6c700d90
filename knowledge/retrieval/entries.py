"""What is indexed: a pack's clauses under their headings, and the exemplar questions that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.models import Clause, Topic, TopicAnswer

if TYPE_CHECKING:
    from knowledge.pack import Pack

LATER_CITATION = 0.93
"""An answer's second citation is worth this much of its first, the third its square, and so on: later
citations are supplements, such as the phone. Measured flat between 0.85 and 0.95, worse at 1."""

Links = tuple[tuple[str, float], ...]
"""Clause ids with what an exemplar's nearness is worth for each, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the index: a clause, or an exemplar question of a topic."""

    id: str
    text: str
    heading: str
    categories: tuple[str, ...]
    links: Links
    links_of: dict[str, Links]
    exemplar: str | None = None
    topic: str | None = None

    def links_for(self, category: str | None) -> Links:
        """The clauses this text leads to, when the question is about `category` (None: any)."""
        return self.links if category is None else self.links_of.get(category, self.links)


def pack_entries(pack: Pack, normalise: Callable[[str], str]) -> tuple[Entry, ...]:
    """All texts of a pack: its clauses in printed order but for bare headings and unnamed tables, then its exemplars."""
    clauses = [clause for clause in pack.tree if clause.text and not clause.bare]
    binds = {clause.id: clause.categories for clause in clauses}
    return (
        *(clause_entry(clause, normalise) for clause in clauses),
        *(entry for topic in pack.topics for entry in exemplar_entries(topic, normalise, binds)),
    )


def clause_entry(clause: Clause, normalise: Callable[[str], str]) -> Entry:
    """A clause as it is searched: its headings, then its text."""
    own = () if clause.text.startswith(clause.heading) else (clause.heading,)
    return Entry(
        id=f"clause:{clause.id}",
        text=normalise(" ".join((*clause.heading_path, *own, clause.text))),
        heading=" > ".join(clause.heading_path),
        categories=clause.categories,
        links=((clause.id, 1.0),),
        links_of={},
    )


def exemplar_entries(
    topic: Topic, normalise: Callable[[str], str], binds: Mapping[str, tuple[str, ...]]
) -> list[Entry]:
    """A topic's exemplar questions, each leading to the clauses that the topic's answers cite.

    `binds` gives the categories that each clause of the pack binds; citations of other clauses lead nowhere.
    """
    answers = tuple(answer for answer in topic.answers if answer.citations)
    links = _links(answers, binds)
    own = dict.fromkeys(answer.category for answer in answers if answer.category is not None)
    links_of = {category: _links((a for a in answers if a.category == category), binds) for category in own}
    return [
        Entry(
            id=f"exemplar:{topic.id}:{number}",
            text=normalise(question),
            heading=topic.title,
            categories=tuple(dict.fromkeys(bound for clause, _ in links for bound in binds[clause])),
            links=links,
            links_of=links_of,
            exemplar=question,
            topic=topic.id,
        )
        for number, question in enumerate(topic.questions, start=1)
    ]


def _links(answers: Iterable[TopicAnswer], binds: Mapping[str, tuple[str, ...]]) -> Links:
    worth: dict[str, float] = {}
    for answer in answers:
        cited = [citation.clause for citation in answer.citations if citation.clause in binds]
        for place, clause in enumerate(cited):
            worth[clause] = max(worth.get(clause, 0.0), LATER_CITATION**place)
    return tuple(worth.items())

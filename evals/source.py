"""The notice that answers are held against."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.pack import Pack

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Source:
    """The notice that answers are held against."""

    pack: Pack

    @cached_property
    def clauses(self) -> Mapping[str, str]:
        """Each clause's text without white space."""
        return {clause.id: _SPACES.sub("", clause.text) for clause in self.pack.tree}

    @cached_property
    def desks(self) -> Mapping[str, str]:
        """Each category's phone."""
        return {contact.category: contact.phone for contact in self.pack.notice.contacts}

    @property
    def year(self) -> int:
        """The year of dates printed without one."""
        return self.pack.notice.year

    def quotes(self, clause: str, quote: str) -> bool:
        """Whether `quote` is a verbatim piece of the clause."""
        return bool(quote.strip()) and _SPACES.sub("", quote) in self.clauses.get(clause, "")

    @cached_property
    def contact_clauses(self) -> frozenset[str]:
        """The clauses of the desks' phones. Cited with a hand-off, they neither help nor harm."""
        return frozenset(contact.clause for contact in self.pack.notice.contacts)

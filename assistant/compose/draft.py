"""A draft: what an answer wants to say and on what it stands, before the verifier has read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.compose.sentences import Sentence
from assistant.reply import EligibilityReport, ShownContact, ShownWindow
from knowledge.models import Route


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making.

    `quotes` names for a clause the verbatim pieces to show; `basis` tells whether the text itself lists the
    quotes; `asked` are the facts that the answer asks for; `own_words` are the applicant's words it repeats.
    """

    route: Route
    category: str | None = None
    topic: str | None = None
    sentences: tuple[Sentence, ...] = ()
    quotes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    basis: bool = True
    eligibility: EligibilityReport | None = None
    reports: tuple[EligibilityReport, ...] = ()
    contacts: tuple[ShownContact, ...] = ()
    window: ShownWindow | None = None
    suggestions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()

"""What leaves the house: ChatReply and EligibilityReport, field for field as other programs rely on them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from knowledge.models import Route, WindowStatus

Verdict = Literal["ineligible", "needs_info", "needs_confirmation", "eligible"]
Status = Literal["met", "not_met", "unknown", "needs_confirmation", "not_applicable"]


class Reply(BaseModel):
    """Base of all reply parts: immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownCitation(Reply):
    """A citation as shown: `marker` is the number in the text, `quote` a verbatim piece of the clause."""

    marker: int
    pack: str
    document: str
    clause_id: str
    label: str
    quote: str


class ShownContact(Reply):
    """A desk to ring."""

    category: str
    label: str
    phone: str


class ShownWindow(Reply):
    """The application window on the day of asking."""

    status: WindowStatus
    opens_on: date | None
    closes_on: date | None


class ShownFact(Reply):
    """A fact of the session with the user's own words and the turn (1-based) in which they were said."""

    name: str
    value: Any
    quote: str
    turn: int


class Note(Reply):
    """A preference or remark that is not a criterion."""

    clause_id: str
    label: str
    text: str


class CriterionResult(Reply):
    """One criterion decided: status, the reason in Chinese, its facts, and what would change it."""

    id: str
    clause_id: str
    label: str
    quote: str
    status: Status
    reason: str
    facts: tuple[str, ...]
    remedy: str | None = None


class MissingFact(Reply):
    """A fact still to be asked, most decisive first."""

    name: str
    question: str


class Alternative(Reply):
    """Another category under the same facts."""

    category: str
    verdict: Verdict
    reason: str


class TraceStep(Reply):
    """One comparison made while deciding: what was compared with what, and the outcome."""

    criterion: str
    clause_id: str
    fact: str | None
    value: Any
    comparison: str
    threshold: Any
    outcome: str


class EligibilityReport(Reply):
    """The checker's verdict with everything it stands on. Same input, same report, same `digest`."""

    category: str | None
    as_of: date
    verdict: Verdict
    hypothetical: bool = False
    criteria: tuple[CriterionResult, ...]
    missing_facts: tuple[MissingFact, ...]
    alternatives: tuple[Alternative, ...]
    notes: tuple[Note, ...] = ()
    window: ShownWindow | None
    contacts: tuple[ShownContact, ...]
    trace: tuple[TraceStep, ...] = ()
    pack: str
    pack_version: str
    pack_digest: str
    digest: str


UseOfModel = Literal["read", "rewrite", "phrase"]
ModelOutcome = Literal[
    "heard",
    "taken",
    "unused",
    "timeout",
    "unavailable",
    "rate_limited",
    "refused",
    "denied",
    "garbled",
    "babbling",
    "empty",
    "over_budget",
    "resting",
    "busy",
]
"""`refused` is the request, `denied` whoever asks. `taken`: something of what the model said was used; `unused`: it answered, and nothing of that was used."""


class ModelUse(Reply):
    """One question put to the language model in the course of a turn: for what, what came of it, at what expense."""

    use: UseOfModel
    outcome: ModelOutcome
    seconds: float
    tokens_in: int = 0
    tokens_out: int = 0


class ChatReply(Reply):
    """One turn's answer. `composer` tells whether the text's words are a language model's or the templates' alone."""

    session_id: str
    message_id: str
    as_of: date
    route: Route
    category: str | None
    text: str
    citations: tuple[ShownCitation, ...] = ()
    eligibility: EligibilityReport | None = None
    reports: tuple[EligibilityReport, ...] = ()
    contacts: tuple[ShownContact, ...] = ()
    window: ShownWindow | None = None
    facts: tuple[ShownFact, ...] = ()
    suggestions: tuple[str, ...] = ()
    composer: Literal["template", "model"] = "template"
    model_uses: tuple[ModelUse, ...] = ()

"""What a target answered, read from the published reply, whichever way it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from assistant.reply import ModelUse


class Seen(BaseModel):
    """Base: only what is scored is read; a reply may hold more."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Cited(Seen):
    """A citation: the clause and the words quoted from it."""

    clause_id: str
    quote: str = ""


class Criterion(Seen):
    """One criterion of a report."""

    clause_id: str
    status: str


class Report(Seen):
    """The checker's verdict for one category."""

    category: str | None = None
    verdict: str
    hypothetical: bool = False
    criteria: tuple[Criterion, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The clauses that are not met, each once."""
        return tuple(dict.fromkeys(c.clause_id for c in self.criteria if c.status == "not_met"))


class Window(Seen):
    """Whether one may apply on the day of asking."""

    status: str


class Read(Seen):
    """A fact as the reply shows it."""

    name: str
    value: Any


class Answer(Seen):
    """One reply. `route` is None for a target that has no routes; `error` says why there is no answer."""

    text: str = ""
    route: str | None = None
    category: str | None = None
    citations: tuple[Cited, ...] = ()
    eligibility: Report | None = None
    reports: tuple[Report, ...] = ()
    window: Window | None = None
    facts: tuple[Read, ...] = ()
    composer: str = "template"
    model_uses: tuple[ModelUse, ...] = ()
    seconds: float = 0.0
    error: str | None = None

    @classmethod
    def crashed(cls, error: BaseException) -> Answer:
        """No answer at all, which no scorer passes."""
        return cls(error=f"{type(error).__name__}: {error}"[:500])

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not self.text.strip()

    @property
    def verdict(self) -> str | None:
        """The verdict on what was asked."""
        return self.eligibility.verdict if self.eligibility else None

    @property
    def failed(self) -> tuple[str, ...]:
        """The clauses found not met."""
        return self.eligibility.failed if self.eligibility else ()

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the clauses cited, each once, in order."""
        return tuple(dict.fromkeys(citation.clause_id for citation in self.citations))

    @property
    def abstained(self) -> bool:
        """Whether the reply leaves the question to a person or another office."""
        return self.route in ("unresolved", "out_of_scope")


class Target(Protocol):
    """Something that answers questions: the assistant here, one over HTTP, or a baseline."""

    name: str

    def ask(self, question: str, as_of: date, session: str) -> Answer:
        """The reply to one turn. Whatever goes wrong is raised."""
        ...

    def search(self, question: str, k: int) -> tuple[str, ...]:
        """Ids of the `k` clauses found, best first."""
        ...


def read_answer(reply: Mapping[str, Any], seconds: float) -> Answer:
    """An Answer from a ChatReply's JSON."""
    return Answer.model_validate({**reply, "seconds": seconds})

"""The context of one turn: what the steps of the pipeline hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.compose.draft import Draft
from assistant.conversation import Heard
from assistant.desk import Desk
from assistant.facts import FactsRead
from assistant.reply import ShownCitation
from assistant.sessions import Session
from assistant.understanding.decide import Decision, Recognised
from assistant.understanding.message import Message


@dataclass(frozen=True, slots=True)
class Turn:
    """One message on its way to an answer; each step fills in one field."""

    desk: Desk
    session: Session
    text: str
    as_of: date
    message: Message | None = None
    recognised: Recognised | None = None
    read: FactsRead | None = None
    heard: Heard | None = None
    decision: Decision | None = None
    draft: Draft | None = None
    shown: str = ""
    citations: tuple[ShownCitation, ...] = field(default=())
    rejected: tuple[str, ...] = ()

"""The context of one turn: what the steps of the pipeline hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.compose.draft import Draft
from assistant.conversation import Heard
from assistant.desk import Desk
from assistant.facts import FactsRead
from assistant.reply import ModelUse, ShownCitation
from assistant.sessions import Session
from assistant.understanding.decision import Decision
from assistant.understanding.message import Message
from assistant.understanding.recognise import Recognised
from knowledge.models import Topic


@dataclass(frozen=True, slots=True)
class Turn:
    """One message on its way to an answer; each step fills in one field.

    `advised_topic` is what a language model takes the question for, `phrased` whether the sentences are in its words,
    `model_uses` what it was asked so far; all empty without one.
    """

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
    advised_topic: Topic | None = None
    phrased: bool = False
    model_uses: tuple[ModelUse, ...] = ()

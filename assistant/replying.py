"""Replies to messages: in a session of ours, or after what a client keeps of its conversation; each is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering import Answering, Given
from assistant.asker_sessions import AskerSessions
from assistant.history import Histories
from assistant.meter import Meter
from assistant.phrases import Phrases
from assistant.reply import ChatReply, ModelUse
from assistant.served import Served
from assistant.session_store import Asker, InMemorySessions, Said
from assistant.sessions import Session, new_session_id

_STATES, _STATE_SECONDS = 2_000, 1_800
"""States of conversations that clients keep: how many are remembered, and for how long."""


class Replying:
    """Answers messages and keeps what was said before it is told. Safe to share between threads.

    `stopwatch` counts the seconds that an answer takes, and `meter` is told them; while it `is_off`, everybody but
    staff is told the phones alone.
    """

    def __init__(
        self,
        served: Served,
        sessions: AskerSessions,
        phrases: Phrases,
        meter: Meter,
        stopwatch: Callable[[], float],
        is_off: Callable[[], bool],
    ) -> None:
        self._served, self._sessions, self._meter = served, sessions, meter
        self._stopwatch, self._is_off = stopwatch, is_off
        self._answering = Answering(served, phrases, meter)
        self._histories = Histories(InMemorySessions(_STATES, _STATE_SECONDS, time.monotonic))

    def reply(
        self, message: str, session_id: str | None, pack: str | None, day: date, asker: Asker
    ) -> ChatReply:
        """Answer one message of a session, a new one where none is named; see `Assistant.reply`."""
        began = self._stopwatch()
        fresh, session_id = not session_id, session_id or new_session_id()
        asked: tuple[ModelUse, ...] | None = None

        def answer() -> ChatReply:
            nonlocal asked
            before = self._sessions.carried_out(asker)
            if before is not None and before.reply is not None:
                return before.reply
            known = None if fresh else self._sessions.get(session_id, asker)
            listed, standing = self._served.on(pack or (known.pack if known else None), day)
            session = known or Session(id=session_id, pack=listed.name, owner=asker.visitor)
            session = session.with_pack(listed.name).with_next_turn()
            silent = self.silent_to(asker)
            given = self._answering.answer(
                listed, standing, session, message, day, silent=silent, asked=asked
            )
            asked = given.reply.model_uses
            self._keep(given, message, asker, began)
            return given.reply

        return self._sessions.in_turn(session_id, answer)

    def reply_after(
        self, earlier: Sequence[str], message: str, pack: str | None, day: date, asker: Asker
    ) -> ChatReply:
        """Answer a message of a conversation that the client keeps; see `Assistant.reply_after`."""
        began = self._stopwatch()
        listed, standing = self._served.on(pack, day)
        desk = self._served.desk(listed) if standing.answers else None
        state = Session(id="", pack=listed.name, owner=asker.visitor)
        if desk is not None:
            # What was said before is only gone through again: no language model is waited for.
            state = self._histories.after(earlier, replace(desk, advisor=None), asker, day)
        session = replace(state, id=new_session_id(), version=0).with_next_turn()
        given = self._answering.answer(listed, standing, session, message, day, silent=self.silent_to(asker))
        self._keep(given, message, asker, began)
        if desk is not None:
            self._histories.keep(earlier, message, desk, asker, day, given.session)
        return given.reply

    def silent_to(self, asker: Asker) -> bool:
        """Whether the asker is told the phones alone."""
        return not asker.staff and self._is_off()

    def _keep(self, given: Given, message: str, asker: Asker, began: float) -> None:
        """Keep the answer with the session after it and the words of the clauses that it cites."""
        seconds = self._stopwatch() - began
        said = Said(message, given.reply, asker.channel, given.digest, seconds, asker.request, given.clauses)
        self._sessions.put_turn(given.session, said)
        self._meter.answered(given.reply, self._stopwatch() - began)
        for use in given.reply.model_uses:
            self._meter.model_asked(
                use.use,
                use.outcome,
                use.seconds,
                prompt_tokens=use.tokens_in,
                completion_tokens=use.tokens_out,
            )

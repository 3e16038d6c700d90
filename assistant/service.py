"""The assistant as other programs use it: replies, checks, searches, and the facts of a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from assistant.answering import Answering, Given
from assistant.answers.elsewhere import standing_told
from assistant.answers.other import referral
from assistant.desk import Desk
from assistant.eligibility import check
from assistant.history import Histories
from assistant.look_up import Found, look_up
from assistant.meter import UNMEASURED, Meter
from assistant.phrases import load_phrases
from assistant.reply import ChatReply, EligibilityReport, ModelUse, ShownFact
from assistant.served import Served
from assistant.session_store import (
    Asker,
    CarriedOut,
    InMemorySessions,
    Said,
    SessionMoved,
    SessionStore,
)
from assistant.sessions import Session, new_session_id
from assistant.taught import unsupported_values
from knowledge.catalogue import Catalogue, Listed, Standing
from knowledge.errors import PackNotInForce, StateConflict, SwitchedOff, UnknownCategory, UnknownRecord
from knowledge.pack import Pack

_ATTEMPTS = 5
_STATES, _STATE_SECONDS = 2_000, 1_800
"""States of conversations that clients keep: how many are remembered, and for how long."""
_NOBODY = Asker()
Changed = TypeVar("Changed")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A clause found: `score` in [0, 1]."""

    document: str
    clause_id: str
    label: str
    text: str
    score: float


class Assistant:
    """Answers for all packs served. Safe to share between threads.

    `today` gives the day of asking where a request names none; it is the only clock. `stopwatch` counts the
    seconds that an answer takes, and `meter` is told them; while it `is_off`, everybody but staff is told the
    phones alone.
    """

    def __init__(
        self,
        served: Served,
        sessions: SessionStore,
        today: Callable[[], date],
        stopwatch: Callable[[], float] = time.perf_counter,
        meter: Meter = UNMEASURED,
        is_off: Callable[[], bool] = lambda: False,
    ) -> None:
        self._served, self.default_pack = served, served.default
        self._sessions, self._today, self._stopwatch, self._meter = sessions, today, stopwatch, meter
        self._is_off, self._phrases = is_off, load_phrases()
        self._answering = Answering(served, self._phrases, meter)
        self._histories = Histories(InMemorySessions(_STATES, _STATE_SECONDS, time.monotonic))

    @property
    def packs(self) -> Mapping[str, Pack]:
        """The packs by name, each loaded when it is asked for; superseded ones too."""
        return self._served

    @property
    def catalogue(self) -> Catalogue:
        """Which packs there are, without loading any."""
        return self._served.catalogue

    def standing(self, name: str, as_of: date | None = None) -> Standing:
        """Whether a pack answers on a day. Raises UnknownPack."""
        listed = self.catalogue.get_listed(name)
        return self.catalogue.standing(listed, as_of or self._today())

    def reply(
        self,
        message: str,
        *,
        session_id: str | None = None,
        pack: str | None = None,
        as_of: date | None = None,
        asker: Asker = _NOBODY,
    ) -> ChatReply:
        """Answer one message, and keep what was said before it is told.

        A message sent again under its key gets the reply that it got. Raises InputRefused, UnknownPack,
        KeyReused, and UnknownRecord for the session of another visitor.
        """
        began, day = self._stopwatch(), as_of or self._today()
        fresh, session_id = not session_id, session_id or new_session_id()
        asked: tuple[ModelUse, ...] | None = None

        def answer() -> ChatReply:
            nonlocal asked
            before = self._before(asker)
            if before is not None and before.reply is not None:
                return before.reply
            known = None if fresh else self._session(session_id, asker)
            listed, standing = self._served.on(pack or (known.pack if known else None), day)
            session = known or Session(id=session_id, pack=listed.name, owner=asker.visitor)
            session = session.with_pack(listed.name).with_next_turn()
            silent = self._silent_to(asker)
            given = self._answering.answer(
                listed, standing, session, message, day, silent=silent, asked=asked
            )
            asked = given.reply.model_uses
            self._keep(given, message, asker, began)
            return given.reply

        return self._in_turn(session_id, answer)

    def reply_after(
        self,
        earlier: Sequence[str],
        message: str,
        *,
        pack: str | None = None,
        as_of: date | None = None,
        asker: Asker = _NOBODY,
    ) -> ChatReply:
        """Answer a message of a conversation that the client keeps: `earlier` is what its user said before.

        The facts and the subject are those of a session in which the same was said; the message with its answer is
        kept as a conversation of its own. Raises InputRefused for `message`, and UnknownPack.
        """
        began, day = self._stopwatch(), as_of or self._today()
        listed, standing = self._served.on(pack, day)
        desk = self._served.desk(listed) if standing.answers else None
        state = Session(id="", pack=listed.name, owner=asker.visitor)
        if desk is not None:
            # What was said before is only gone through again: no language model is waited for.
            state = self._histories.after(earlier, replace(desk, advisor=None), asker, day)
        session = replace(state, id=new_session_id(), version=0).with_next_turn()
        given = self._answering.answer(listed, standing, session, message, day, silent=self._silent_to(asker))
        self._keep(given, message, asker, began)
        if desk is not None:
            self._histories.keep(earlier, message, desk, asker, day, given.session)
        return given.reply

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

    def check(
        self,
        category: str,
        facts: Mapping[str, Any],
        *,
        as_of: date | None = None,
        pack: str | None = None,
        asker: Asker = _NOBODY,
    ) -> EligibilityReport:
        """Decide eligibility from typed facts.

        Raises FactError, UnknownCategory, UnknownPack, PackNotInForce, SwitchedOff.
        """
        day = as_of or self._today()
        chosen = self._served[self._in_force(pack, day).name]
        self._require_on(asker, chosen)
        if category not in {c.id for c in chosen.notice.categories}:
            names = "、".join(c.id for c in chosen.notice.categories)
            raise UnknownCategory(f"没有申报类别 {category[:40]!r}，应为 {names} 之一")
        return check(chosen, category, chosen.schema.parse(dict(facts)), day)

    def search(self, query: str, *, k: int = 5, pack: str | None = None) -> tuple[SearchHit, ...]:
        """The clauses nearest to a query. Raises UnknownPack, PackNotInForce."""
        desk = self._desk(pack)
        hits = []
        for hit in desk.index.search(query, k=k):
            clause = desk.pack.tree.get(hit.clause_id)
            document = desk.pack.notice.document
            hits.append(SearchHit(document, clause.id, clause.label, clause.text, hit.score))
        return tuple(hits)

    def look_up(self, query: str, *, k: int, category: str | None = None, pack: str | None = None) -> Found:
        """Clauses and exemplars nearest to a few words; nothing is answered.

        Raises UnknownPack, UnknownCategory, PackNotInForce.
        """
        return look_up(self._desk(pack), query, category=category, k=k)

    def words(self, query: str, *, pack: str | None = None) -> tuple[str, ...]:
        """The words by which a query finds texts, for marking them. Raises UnknownPack, PackNotInForce."""
        return self._desk(pack).index.words(query)

    def session_facts(self, session_id: str, *, asker: Asker = _NOBODY) -> tuple[ShownFact, ...]:
        """What the session knows; empty for an unknown one. Raises UnknownRecord for another visitor's."""
        session = self._session(session_id, asker)
        return session.shown() if session else ()

    def forget(self, session_id: str, *, asker: Asker = _NOBODY) -> None:
        """Forget what a session knows. Raises UnknownRecord for another visitor's."""
        with self._sessions.exclusive(session_id):
            self._session(session_id, asker)
            self._sessions.forget(session_id)

    def change_facts(
        self,
        session_id: str,
        changes: Mapping[str, Any],
        *,
        as_of: date | None = None,
        pack: str | None = None,
        asker: Asker = _NOBODY,
    ) -> EligibilityReport | None:
        """Correct (a value) or withdraw (null) facts; the verdict anew where a category is known.

        `pack` is that of a session that only begins. Changes sent again under their key change nothing more.
        Raises FactError (nothing is changed then), UnknownPack, KeyReused, SwitchedOff, and UnknownRecord for
        another visitor's session.
        """

        def changed() -> tuple[Session, Pack]:
            session = self._session(session_id, asker) or Session(
                id=session_id, pack=pack or self.default_pack, owner=asker.visitor
            )
            of = self._served.pack(session.pack)
            self._require_on(asker, of)
            if self._before(asker) is not None:
                return session, of
            session = session.with_known({spec.name for spec in of.schema.facts})
            parsed = {name: of.schema.spec(name).parse(value) for name, value in changes.items()}
            for name, value in parsed.items():
                # Set by a form, not said: there are no words of the applicant to keep.
                session = session.without_fact(name) if value is None else session.with_fact(name, value, "")
            self._sessions.put(session, asker.request)
            return session, of

        session, of = self._in_turn(session_id, changed)
        if session.category is None:
            return None
        return check(of, session.category, session.values, as_of or self._today())

    def refresh(self, pack_id: str) -> None:
        """Answer from the pack's files as they are now; what fails leaves what was there before.

        Changed files are noticed without this. Raises UnknownPack, PackError, and as indexes do.
        """
        self._served.refresh(pack_id)

    def failures(self) -> Mapping[str, str]:
        """Packs whose changed files cannot be served, and why; `` stands for the list of packs itself."""
        return self._served.failures()

    def unsupported(self, pack_id: str, text: str, clauses: Sequence[str]) -> tuple[str, ...]:
        """What `text` says that does not stand in the clauses; empty when it may be said.

        Raises UnknownPack, PackNotInForce.
        """
        return unsupported_values(self._desk(pack_id), text, clauses)

    def readiness(self) -> Mapping[str, bool]:
        """What answers: the default pack, the dense leg of every index that is open, and the model of statements."""
        return self._served.readiness()

    def legs(self) -> Mapping[str, bool]:
        """The packs whose desks are open, and whether the dense leg of each answers."""
        return self._served.legs()

    def _silent_to(self, asker: Asker) -> bool:
        return not asker.staff and self._is_off()

    def _require_on(self, asker: Asker, pack: Pack) -> None:
        if self._silent_to(asker):
            raise SwitchedOff(referral(pack.notice, self._phrases), pack.notice.contacts)

    def _before(self, asker: Asker) -> CarriedOut | None:
        return None if asker.request is None else self._sessions.carried_out(asker.request)

    def _session(self, session_id: str, asker: Asker) -> Session | None:
        session = self._sessions.get(session_id)
        if session is not None and session.owner != asker.visitor:
            raise UnknownRecord("没有这个会话")
        return session

    def _in_turn(self, session_id: str, change: Callable[[], Changed]) -> Changed:
        """Change a session alone; once more where another process was faster."""
        with self._sessions.exclusive(session_id):
            for _ in range(_ATTEMPTS):
                try:
                    return change()
                except SessionMoved:
                    continue
        raise StateConflict("这个会话正在别处使用，请稍后再试")

    def _desk(self, pack: str | None) -> Desk:
        return self._served.desk(self._in_force(pack, self._today()))

    def _in_force(self, pack: str | None, day: date) -> Listed:
        listed, standing = self._served.on(pack, day)
        if not standing.answers:
            raise PackNotInForce(standing_told(listed, standing, self._phrases))
        return listed

"""The assistant as other programs use it: replies, checks, searches, and the facts of a session."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from assistant.desk import Desk
from assistant.eligibility import check
from assistant.history import Histories
from assistant.look_up import Found, look_up
from assistant.meter import UNMEASURED, Meter
from assistant.pipeline import run
from assistant.reply import ChatReply, EligibilityReport, ModelUse, ShownFact
from assistant.sessions import (
    Asker,
    InMemorySessions,
    Said,
    Session,
    SessionMoved,
    SessionStore,
    new_session_id,
)
from assistant.taught import LessonSource, NoLessons, taught_desk, unsupported_values
from assistant.turn import Turn
from knowledge.errors import StateConflict, UnknownCategory, UnknownPack, UnknownRecord
from knowledge.models import Topic
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

    `today` gives the day of asking where a request names none; it is the only clock. `lessons` tell what was
    taught, by this process or another; `stopwatch` counts the seconds that an answer takes, and `meter` is told them.
    """

    def __init__(
        self,
        desks: Mapping[str, Desk],
        default_pack: str,
        sessions: SessionStore,
        today: Callable[[], date],
        lessons: LessonSource | None = None,
        stopwatch: Callable[[], float] = time.perf_counter,
        meter: Meter = UNMEASURED,
    ) -> None:
        self._untaught, self._desks = dict(desks), dict(desks)
        self.default_pack = default_pack
        self._sessions, self._today, self._stopwatch, self._meter = sessions, today, stopwatch, meter
        self._histories = Histories(InMemorySessions(_STATES, _STATE_SECONDS, time.monotonic))
        self._lessons = lessons or NoLessons()
        self._learned: Mapping[str, int] = {}
        self._learning = threading.Lock()

    @property
    def packs(self) -> Mapping[str, Pack]:
        """The packs served, by id."""
        return {name: desk.pack for name, desk in self._desks.items()}

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

        Raises InputRefused, UnknownPack, and UnknownRecord for the session of another visitor.
        """
        began = self._stopwatch()
        self._learn()
        session_id = session_id or new_session_id()
        asked: tuple[ModelUse, ...] | None = None

        def answer() -> ChatReply:
            nonlocal asked
            known = self._session(session_id, asker)
            desk = self._desk(pack or (known.pack if known else None))
            session = known or Session(id=session_id, pack=desk.pack.id, owner=asker.visitor)
            session = session.with_pack(desk.pack.id).with_next_turn()
            turn = Turn(desk=desk, session=session, text=message, as_of=as_of or self._today())
            if asked is not None:
                # A turn that is taken again does not wait for a language model again.
                turn = replace(turn, desk=replace(desk, advisor=None), model_uses=asked)
            turn = run(turn, self._meter)
            asked = turn.model_uses
            return self._kept(turn, asker, began)

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
        began = self._stopwatch()
        self._learn()
        desk, day = self._desk(pack), as_of or self._today()
        # What was said before is only gone through again: no language model is waited for.
        state = self._histories.after(earlier, replace(desk, advisor=None), asker, day)
        session = replace(state, id=new_session_id(), version=0).with_next_turn()
        turn = run(Turn(desk=desk, session=session, text=message, as_of=day), self._meter)
        reply = self._kept(turn, asker, began)
        self._histories.keep(earlier, message, desk, asker, day, turn.session)
        return reply

    def _kept(self, turn: Turn, asker: Asker, began: float) -> ChatReply:
        """The reply, kept with the session after it."""
        reply = _reply(turn)
        digest, seconds = turn.desk.pack.digest, self._stopwatch() - began
        self._sessions.put_turn(turn.session, Said(turn.text, reply, asker.channel, digest, seconds))
        self._meter.answered(reply, self._stopwatch() - began)
        for use in reply.model_uses:
            self._meter.model_asked(
                use.use,
                use.outcome,
                use.seconds,
                prompt_tokens=use.tokens_in,
                completion_tokens=use.tokens_out,
            )
        return reply

    def check(
        self,
        category: str,
        facts: Mapping[str, Any],
        *,
        as_of: date | None = None,
        pack: str | None = None,
    ) -> EligibilityReport:
        """Decide eligibility from typed facts. Raises FactError, UnknownCategory, UnknownPack."""
        chosen = self._desk(pack).pack
        if category not in {c.id for c in chosen.notice.categories}:
            names = "、".join(c.id for c in chosen.notice.categories)
            raise UnknownCategory(f"没有申报类别 {category[:40]!r}，应为 {names} 之一")
        return check(chosen, category, chosen.schema.parse(dict(facts)), as_of or self._today())

    def search(self, query: str, *, k: int = 5, pack: str | None = None) -> tuple[SearchHit, ...]:
        """The clauses nearest to a query. Raises UnknownPack."""
        desk = self._desk(pack)
        hits = []
        for hit in desk.index.search(query, k=k):
            clause = desk.pack.tree.get(hit.clause_id)
            document = desk.pack.notice.document
            hits.append(SearchHit(document, clause.id, clause.label, clause.text, hit.score))
        return tuple(hits)

    def look_up(self, query: str, *, k: int, category: str | None = None, pack: str | None = None) -> Found:
        """Clauses and exemplars nearest to a few words; nothing is answered. Raises UnknownPack, UnknownCategory."""
        return look_up(self._desk(pack), query, category=category, k=k)

    def words(self, query: str, *, pack: str | None = None) -> tuple[str, ...]:
        """The words by which a query finds texts, for marking them. Raises UnknownPack."""
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

        `pack` is that of a session that only begins. Raises FactError (nothing is changed then), UnknownPack,
        and UnknownRecord for another visitor's session.
        """

        def changed() -> tuple[Session, Pack]:
            session = self._session(session_id, asker) or Session(
                id=session_id, pack=pack or self.default_pack, owner=asker.visitor
            )
            of = self._desk(session.pack).pack
            parsed = {name: of.schema.spec(name).parse(value) for name, value in changes.items()}
            for name, value in parsed.items():
                # Set by a form, not said: there are no words of the applicant to keep.
                session = session.without_fact(name) if value is None else session.with_fact(name, value, "")
            self._sessions.put(session)
            return session, of

        session, of = self._in_turn(session_id, changed)
        if session.category is None:
            return None
        return check(of, session.category, session.values, as_of or self._today())

    def teach(self, pack_id: str, topics: Sequence[Topic], exemplars: Mapping[str, Sequence[str]]) -> None:
        """Answer questions of these topics, and further questions of known ones, from the next message on.

        Everything taught before for the pack is replaced. Raises UnknownPack.
        """
        self._desk(pack_id)
        self._desks[pack_id] = taught_desk(self._untaught[pack_id], topics, exemplars)

    def unsupported(self, pack_id: str, text: str, clauses: Sequence[str]) -> tuple[str, ...]:
        """What `text` says that does not stand in the clauses; empty when it may be said. Raises UnknownPack."""
        return unsupported_values(self._desk(pack_id), text, clauses)

    def readiness(self) -> Mapping[str, bool]:
        """What answers: the packs, the dense leg of every index as it was opened, and the model of statements."""
        return {
            "packs": bool(self._desks),
            "index": all(d.index.dense is not None for d in self._desks.values()),
            "statements": all(d.statements is not None for d in self._desks.values()),
        }

    def legs(self) -> Mapping[str, bool]:
        """The packs, and whether the dense leg of each answered when it was last asked."""
        return {name: desk.index.dense_answers for name, desk in self._desks.items()}

    def _learn(self) -> None:
        """Take over what was taught, here or by another process, since the last message."""
        versions = self._lessons.versions()
        if versions == self._learned:
            return
        with self._learning:
            for pack, version in versions.items():
                if pack in self._untaught and self._learned.get(pack) != version:
                    lesson = self._lessons.lesson(self._untaught[pack].pack)
                    self.teach(pack, lesson.topics, lesson.exemplars)
            self._learned = versions

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
        name = pack or self.default_pack
        try:
            return self._desks[name]
        except KeyError:
            raise UnknownPack(f"没有知识包 {name[:60]!r}，现有：{'、'.join(self._desks)}") from None


def _reply(turn: Turn) -> ChatReply:
    draft = turn.draft
    assert draft is not None  # noqa: S101 - every pipeline ends with a draft
    return ChatReply(
        session_id=turn.session.id,
        message_id=secrets.token_urlsafe(12),
        as_of=turn.as_of,
        route=draft.route,
        category=draft.category,
        text=turn.shown,
        citations=turn.citations,
        eligibility=draft.eligibility,
        reports=draft.reports,
        contacts=draft.contacts,
        window=draft.window,
        facts=turn.session.shown(),
        suggestions=draft.suggestions,
        composer="model" if turn.phrased else "template",
        model_uses=turn.model_uses,
    )

"""The assistant as other programs use it: replies, checks, searches, and the facts of a session."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.desk import Desk
from assistant.eligibility import check
from assistant.pipeline import run
from assistant.reply import ChatReply, EligibilityReport, ShownFact
from assistant.sessions import Session, SessionStore, new_session_id
from assistant.turn import Turn
from knowledge.errors import UnknownCategory, UnknownPack
from knowledge.pack import Pack


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

    `today` gives the day of asking where a request names none; it is the only clock.
    """

    def __init__(
        self, desks: Mapping[str, Desk], default_pack: str, sessions: SessionStore, today: Callable[[], date]
    ) -> None:
        self._desks = dict(desks)
        self.default_pack = default_pack
        self._sessions, self._today = sessions, today

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
    ) -> ChatReply:
        """Answer one message. Raises InputRefused, UnknownPack."""
        session_id = session_id or new_session_id()
        with self._sessions.exclusive(session_id):
            known = self._sessions.get(session_id)
            desk = self._desk(pack or (known.pack if known else None))
            session = known or Session(id=session_id, pack=desk.pack.id)
            session = session.with_pack(desk.pack.id).with_next_turn()
            turn = run(Turn(desk=desk, session=session, text=message, as_of=as_of or self._today()))
            self._sessions.put(turn.session)
        return _reply(turn)

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

    def session_facts(self, session_id: str) -> tuple[ShownFact, ...]:
        """What the session knows; empty for an unknown one."""
        session = self._sessions.get(session_id)
        return session.shown() if session else ()

    def change_facts(
        self, session_id: str, changes: Mapping[str, Any], *, as_of: date | None = None
    ) -> EligibilityReport | None:
        """Correct (a value) or withdraw (null) facts; the verdict anew where a category is known.

        Raises FactError; nothing is changed then.
        """
        with self._sessions.exclusive(session_id):
            session = self._sessions.get(session_id) or Session(id=session_id, pack=self.default_pack)
            pack = self._desk(session.pack).pack
            parsed = {name: pack.schema.spec(name).parse(value) for name, value in changes.items()}
            for name, value in parsed.items():
                # Set by a form, not said: there are no words of the applicant to keep.
                session = session.without_fact(name) if value is None else session.with_fact(name, value, "")
            self._sessions.put(session)
        if session.category is None:
            return None
        return check(pack, session.category, session.values, as_of or self._today())

    def readiness(self) -> Mapping[str, bool]:
        """What answers: the packs, and the dense leg of every index."""
        return {
            "packs": bool(self._desks),
            "index": all(d.index.dense is not None for d in self._desks.values()),
        }

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
    )

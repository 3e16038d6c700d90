"""The assistant as other programs use it: replies, checks, searches, and the facts of a session."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from assistant.answers.elsewhere import elsewhere_draft, not_in_force_draft, standing_told
from assistant.answers.other import referral
from assistant.compose.draft import Draft
from assistant.compose.render import render
from assistant.desk import Desk
from assistant.eligibility import check
from assistant.history import Histories
from assistant.look_up import Found, look_up
from assistant.meter import UNMEASURED, Meter
from assistant.phrases import Phrases, load_phrases
from assistant.pipeline import STEPS, WHILE_OFF, run
from assistant.reply import ChatReply, EligibilityReport, ModelUse, ShownCitation, ShownFact
from assistant.served import Served
from assistant.session_store import (
    Asker,
    CarriedOut,
    CitedText,
    InMemorySessions,
    Said,
    SessionMoved,
    SessionStore,
)
from assistant.sessions import Session, new_session_id
from assistant.taught import unsupported_values
from assistant.turn import Turn
from assistant.understanding.message import read_message
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
        self._is_off = is_off
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
            given = self._given(listed, standing, session, message, day, asker, asked)
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
        given = self._given(listed, standing, session, message, day, asker)
        self._keep(given, message, asker, began)
        if desk is not None:
            self._histories.keep(earlier, message, desk, asker, day, given.session)
        return given.reply

    def _keep(self, given: _Given, message: str, asker: Asker, began: float) -> None:
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

    def _given(
        self,
        listed: Listed,
        standing: Standing,
        session: Session,
        message: str,
        day: date,
        asker: Asker,
        asked: tuple[ModelUse, ...] | None = None,
    ) -> _Given:
        """The answer of the pack's desk, or why it gives none.

        `asked`: the turn is taken again, and does not wait for a language model again.
        """
        silent = self._silent_to(asker)
        if not standing.answers and not silent:
            read_message(message)
            contacts = self._contacts(standing.successor, listed)
            draft = not_in_force_draft(listed, standing, contacts, self._phrases)
            return _told(draft, contacts, session, day, self._phrases)
        desk = self._served.desk(listed)
        if not silent and (other := self._other_named(message, listed, desk)) is not None:
            contacts = self._contacts(other, listed)
            draft = elsewhere_draft(listed.head, other.head, contacts, self._phrases)
            return _told(draft, contacts, session, day, self._phrases)
        known = {spec.name for spec in desk.pack.schema.facts}
        turn = Turn(desk=desk, session=session.with_known(known), text=message, as_of=day)
        if asked is not None:
            turn = replace(turn, desk=replace(desk, advisor=None), model_uses=asked)
        turn = run(turn, WHILE_OFF if silent else STEPS, meter=self._meter)
        assert turn.draft is not None  # noqa: S101 - every pipeline ends with a draft
        reply = _reply(turn.session, day, turn.draft, turn.shown, turn.citations)
        reply = reply.model_copy(
            update={"composer": "model" if turn.phrased else "template", "model_uses": turn.model_uses}
        )
        return _Given(reply, turn.session, desk.pack.digest, cited_texts(reply, desk.pack))

    def _other_named(self, message: str, own: Listed, desk: Desk) -> Listed | None:
        """The pack of another notice that the message plainly asks about."""
        catalogue = self.catalogue
        if len(catalogue) == len(catalogue.versions(own)):
            return None
        return catalogue.named_in(read_message(message).plain, own, desk.grounding.source)

    def _contacts(self, listed: Listed | None, else_of: Listed) -> Pack:
        """The pack whose phones are given: that of `listed`, if it has any."""
        pack = self._served.pack((listed or else_of).name)
        return pack if pack.notice.contacts else self._served.pack(else_of.name)

    @cached_property
    def _phrases(self) -> Phrases:
        return load_phrases()

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


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer, the session after it, and what it was given from."""

    reply: ChatReply
    session: Session
    digest: str
    clauses: tuple[CitedText, ...]


def cited_texts(reply: ChatReply, pack: Pack) -> tuple[CitedText, ...]:
    """The words of the clauses that a reply and its reports cite, each once."""
    reports = [report for report in (reply.eligibility, *reply.reports) if report is not None]
    cited = [citation.clause_id for citation in reply.citations]
    cited += [one.clause_id for report in reports for one in report.criteria]
    clauses = (pack.tree.get(clause) for clause in dict.fromkeys(cited) if clause in pack.tree)
    return tuple(CitedText(pack.id, clause.id, clause.label, clause.text) for clause in clauses)


def _told(draft: Draft, contacts: Pack, session: Session, day: date, phrases: Phrases) -> _Given:
    text, citations = render(draft, draft.sentences, contacts, phrases)
    reply = _reply(session, day, draft, text, citations)
    return _Given(reply, session, contacts.digest, cited_texts(reply, contacts))


def _reply(
    session: Session, day: date, draft: Draft, text: str, citations: tuple[ShownCitation, ...]
) -> ChatReply:
    return ChatReply(
        session_id=session.id,
        message_id=secrets.token_urlsafe(12),
        as_of=day,
        route=draft.route,
        category=draft.category,
        text=text,
        citations=citations,
        eligibility=draft.eligibility,
        reports=draft.reports,
        contacts=draft.contacts,
        window=draft.window,
        facts=session.shown(),
        suggestions=draft.suggestions,
    )

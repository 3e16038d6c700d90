"""The assistant as other programs use it: replies, checks, searches, and the facts of a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answers.elsewhere import standing_told
from assistant.answers.other import referral
from assistant.asker_sessions import AskerSessions
from assistant.desk import Desk
from assistant.eligibility import check
from assistant.look_up import Found, SearchHit, look_up, search
from assistant.meter import UNMEASURED, Meter
from assistant.phrases import load_phrases
from assistant.reply import ChatReply, EligibilityReport, ShownFact
from assistant.replying import Replying
from assistant.served import Served
from assistant.session_store import Asker, SessionStore
from assistant.sessions import Session
from assistant.taught import unsupported_values
from knowledge.catalogue import Catalogue, Listed, Standing
from knowledge.errors import PackNotInForce, SwitchedOff, UnknownCategory
from knowledge.pack import Pack

_NOBODY = Asker()


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
        self._sessions, self._today = AskerSessions(sessions), today
        self._phrases = load_phrases()
        self._replying = Replying(served, self._sessions, self._phrases, meter, stopwatch, is_off)

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
        return self._replying.reply(message, session_id, pack, as_of or self._today(), asker)

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
        return self._replying.reply_after(earlier, message, pack, as_of or self._today(), asker)

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
        return search(self._desk(pack), query, k)

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
        session = self._sessions.get(session_id, asker)
        return session.shown() if session else ()

    def forget(self, session_id: str, *, asker: Asker = _NOBODY) -> None:
        """Forget what a session knows. Raises UnknownRecord for another visitor's."""
        self._sessions.forget(session_id, asker)

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
            session = self._sessions.get(session_id, asker) or Session(
                id=session_id, pack=pack or self.default_pack, owner=asker.visitor
            )
            of = self._served.pack(session.pack)
            self._require_on(asker, of)
            if self._sessions.carried_out(asker) is not None:
                return session, of
            session = session.with_known({spec.name for spec in of.schema.facts})
            parsed = {name: of.schema.spec(name).parse(value) for name, value in changes.items()}
            for name, value in parsed.items():
                # Set by a form, not said: there are no words of the applicant to keep.
                session = session.without_fact(name) if value is None else session.with_fact(name, value, "")
            self._sessions.put(session, asker)
            return session, of

        session, of = self._sessions.in_turn(session_id, changed)
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

    def _require_on(self, asker: Asker, pack: Pack) -> None:
        if self._replying.silent_to(asker):
            raise SwitchedOff(referral(pack.notice, self._phrases), pack.notice.contacts)

    def _desk(self, pack: str | None) -> Desk:
        return self._served.desk(self._in_force(pack, self._today()))

    def _in_force(self, pack: str | None, day: date) -> Listed:
        listed, standing = self._served.on(pack, day)
        if not standing.answers:
            raise PackNotInForce(standing_told(listed, standing, self._phrases))
        return listed

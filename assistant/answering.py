"""One answer: of the pack's desk, or why it gives none."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers.elsewhere import elsewhere_draft, not_in_force_draft
from assistant.compose.draft import Draft
from assistant.compose.render import render
from assistant.desk import Desk
from assistant.meter import Meter
from assistant.phrases import Phrases
from assistant.pipeline import STEPS, WHILE_OFF, run
from assistant.reply import ChatReply, ModelUse, ShownCitation
from assistant.served import Served
from assistant.session_store import CitedText
from assistant.sessions import Session
from assistant.turn import Turn
from assistant.understanding.message import read_message
from knowledge.catalogue import Listed, Standing
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, the session after it, and what it was given from."""

    reply: ChatReply
    session: Session
    digest: str
    clauses: tuple[CitedText, ...]


class Answering:
    """Answers messages of sessions from the packs served; keeps nothing. Safe to share between threads."""

    def __init__(self, served: Served, phrases: Phrases, meter: Meter) -> None:
        self._served, self._phrases, self._meter = served, phrases, meter

    def answer(
        self,
        listed: Listed,
        standing: Standing,
        session: Session,
        message: str,
        day: date,
        *,
        silent: bool = False,
        asked: tuple[ModelUse, ...] | None = None,
    ) -> Given:
        """The answer of the pack's desk, or why it gives none.

        `silent`: the phones alone are told. `asked`: the turn is taken again, and does not wait for a language
        model again. Raises InputRefused.
        """
        if not standing.answers and not silent:
            read_message(message)
            contacts = self._contacts(standing.successor, listed)
            draft = not_in_force_draft(listed, standing, contacts, self._phrases)
            return self._told(draft, contacts, session, day)
        desk = self._served.desk(listed)
        if not silent and (other := self._other_named(message, listed, desk)) is not None:
            contacts = self._contacts(other, listed)
            draft = elsewhere_draft(listed.head, other.head, contacts, self._phrases)
            return self._told(draft, contacts, session, day)
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
        return Given(reply, turn.session, desk.pack.digest, cited_texts(reply, desk.pack))

    def _other_named(self, message: str, own: Listed, desk: Desk) -> Listed | None:
        """The pack of another notice that the message plainly asks about."""
        catalogue = self._served.catalogue
        if len(catalogue) == len(catalogue.versions(own)):
            return None
        return catalogue.named_in(read_message(message).plain, own, desk.grounding.source)

    def _contacts(self, listed: Listed | None, else_of: Listed) -> Pack:
        """The pack whose phones are given: that of `listed`, if it has any."""
        pack = self._served.pack((listed or else_of).name)
        return pack if pack.notice.contacts else self._served.pack(else_of.name)

    def _told(self, draft: Draft, contacts: Pack, session: Session, day: date) -> Given:
        text, citations = render(draft, draft.sentences, contacts, self._phrases)
        reply = _reply(session, day, draft, text, citations)
        return Given(reply, session, contacts.digest, cited_texts(reply, contacts))


def cited_texts(reply: ChatReply, pack: Pack) -> tuple[CitedText, ...]:
    """The words of the clauses that a reply and its reports cite, each once."""
    reports = [report for report in (reply.eligibility, *reply.reports) if report is not None]
    cited = [citation.clause_id for citation in reply.citations]
    cited += [one.clause_id for report in reports for one in report.criteria]
    clauses = (pack.tree.get(clause) for clause in dict.fromkeys(cited) if clause in pack.tree)
    return tuple(CitedText(pack.id, clause.id, clause.label, clause.text) for clause in clauses)


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

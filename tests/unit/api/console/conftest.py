"""The desk over a notice whose every text tries to become markup, and over records of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2.exceptions import VerifyMismatchError
from fastapi.testclient import TestClient

from api.app import create_app
from api.startup import Startup
from assistant.look_up import ClauseFound, ExemplarFound, Found
from assistant.records.store import open_records
from assistant.reply import ChatReply, ShownCitation, ShownContact, ShownFact
from assistant.session_store import Said
from assistant.sessions import Session
from assistant.settings import Settings
from knowledge.catalogue import Catalogue, Head, Standing
from knowledge.clauses import ClauseTree
from knowledge.errors import InputRefused
from knowledge.models import Citation, Topic, TopicAnswer
from knowledge.pack import Pack
from knowledge.rules import Criterion, Flag, NotModelled, ReasonText, Remedy, RuleBook, RuleNote

PROBE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


class PlainHasher:
    """Quick, and as strict as the real one."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, hash: str, password: str) -> bool:  # noqa: A002
        if hash != f"plain:{password}":
            raise VerifyMismatchError
        return True


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


def hostile_pack(notice: Any, tree: Any, schema: Any) -> Pack:
    """The small notice with the probe in every text that a page may show."""
    clauses = tuple(
        clause.model_copy(
            update={
                "text": f"{clause.text}{PROBE}",
                "heading": f"标题{PROBE}",
                "heading_path": (f"上级{PROBE}",),
                "label": f"{clause.label}{PROBE}",
            }
        )
        for clause in tree
    )
    category = notice.categories[0].model_copy(update={"name": f"手工风筝{PROBE}", "short": f"风筝{PROBE}"})
    contact = notice.contacts[0].model_copy(update={"label": PROBE})
    shown = {"title": PROBE, "document": PROBE, "document_number": PROBE}
    specs = tuple(spec.model_copy(update={"meaning": PROBE, "question": PROBE}) for spec in schema.facts)
    rules = RuleBook(
        scope="1",
        criteria=(
            Criterion(
                id="c1",
                title=PROBE,
                clause="1.1",
                quote=PROBE,
                categories=("kite",),
                rule=Flag(kind="flag", fact="handmade"),
                reasons=(ReasonText(status="met", text=PROBE),),
                remedy=Remedy(otherwise=PROBE),
            ),
        ),
        notes=(RuleNote(clause="1.1", categories=("kite",), text=PROBE),),
        not_modelled=(NotModelled(clause="1.1", words=PROBE, reason=PROBE),),
    )
    topic = Topic(
        id="handmade",
        route="lookup",
        title=PROBE,
        answers=(TopicAnswer(text=f"{PROBE}[1.1]。", citations=(Citation(clause="1.1"),)),),
        questions=(f"要手工吗{PROBE}",),
    )
    return Pack(
        folder=Path("kites"),
        notice=notice.model_copy(update={**shown, "categories": (category,), "contacts": (contact,)}),
        tree=ClauseTree(clauses),
        schema=schema.model_copy(update={"facts": specs}),
        rules=rules,
        topics=(topic,),
        vocabulary=SimpleNamespace(),  # type: ignore[arg-type]
        digest="d1",
    )


def catalogue_of(packs: dict[str, Any]) -> Catalogue:
    """The catalogue of packs that lie in no folder."""
    heads = (Head.model_validate(pack.notice.model_dump()) for pack in packs.values())
    return Catalogue((Path("packs") / head.id, head, (0, 0)) for head in heads)


class DeskAssistant:
    """Finds everything, answers with the probe, and keeps what was said like the real one."""

    default_pack = "kites"

    @property
    def catalogue(self) -> Catalogue:
        return catalogue_of(self.packs)

    def standing(self, name: str) -> Standing:
        return Standing("in_force")

    def failures(self) -> dict[str, str]:
        return {}

    def __init__(self, pack: Pack, records: Any, report_on: Any) -> None:
        self.packs = {"kites": pack}
        self.records, self.report_on = records, report_on
        self.route, self.failure, self.said = "lookup", None, 0
        self.unsupported_words: tuple[str, ...] = ()
        self.checked: list[dict[str, Any]] = []
        self.looked_up: list[tuple[str, str | None]] = []

    def reply(self, message: str, *, session_id=None, pack=None, as_of=None, asker=None) -> ChatReply:
        if self.failure:
            raise self.failure
        if not message:
            raise InputRefused("没有读到文字")
        self.said += 1
        reply = ChatReply(
            session_id=session_id or f"call-{self.said}",
            message_id=f"m{self.said}",
            as_of=as_of or date(2023, 2, 10),
            route=self.route,
            category="kite",
            text=f"风筝须手工制作[1]。{PROBE}\n\n依据（{PROBE}）\n[1] 第1.1条",
            citations=(
                ShownCitation(
                    marker=1,
                    pack="kites",
                    document=PROBE,
                    clause_id="1.1",
                    label=PROBE,
                    quote="风筝须为手工制作。",
                ),
            ),
            contacts=(ShownContact(category="kite", label=PROBE, phone="000-1111"),),
            eligibility=self.hostile_report({}),
            facts=(ShownFact(name="handmade", value=True, quote=PROBE, turn=1),),
        )
        session = self.records.sessions.get(reply.session_id) or Session(
            id=reply.session_id, pack="kites", owner=asker.visitor if asker else ""
        )
        channel = asker.channel if asker else PROBE
        self.records.sessions.put_turn(
            replace(session, turn=session.turn + 1), Said(message, reply, channel, "d1", 0.02)
        )
        return reply

    def hostile_report(self, facts: dict[str, Any]) -> Any:
        report = self.report_on(facts)
        criterion = report.criteria[0].model_copy(
            update={"reason": PROBE, "quote": PROBE, "remedy": PROBE, "label": PROBE}
        )
        missing = tuple(one.model_copy(update={"question": PROBE}) for one in report.missing_facts)
        contacts = (ShownContact(category="kite", label=PROBE, phone="000-1111"),)
        return report.model_copy(
            update={"criteria": (criterion,), "missing_facts": missing, "contacts": contacts}
        )

    def check(self, category: str, facts: dict[str, Any], *, as_of=None, pack=None, asker=None) -> Any:
        self.checked.append(dict(facts))
        return self.hostile_report(dict(facts))

    def look_up(self, query: str, *, k: int, category=None, pack=None) -> Found:
        self.looked_up.append((query, category))
        if not query.strip():
            return Found((), (), ())
        pack_ = self.packs["kites"]
        clauses = tuple(ClauseFound(clause, 0.5, PROBE) for clause in pack_.tree)
        exemplars = tuple(
            ExemplarFound(topic.questions[0], topic, (pack_.tree.get("1.1"),)) for topic in pack_.topics
        )
        return Found(clauses, exemplars, ("手工", "风筝"))

    def words(self, query: str, *, pack=None) -> tuple[str, ...]:
        return ("手工",)

    def unsupported(self, pack_id: str, text: str, clauses: Any) -> tuple[str, ...]:
        return tuple(word for word in self.unsupported_words if word in text)

    def readiness(self) -> dict[str, bool]:
        return {"index": True, "packs": True}


class Browser:
    """A browser at the desk: it keeps cookies and fills in the forms that pages bring."""

    def __init__(self, app: Any) -> None:
        self.http = TestClient(
            app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False
        )

    def get(self, path: str, **more: Any) -> Any:
        return self.http.get(f"/console{path}", **more)

    def follow(self, response: Any) -> Any:
        assert response.status_code == 303, (response.status_code, response.text[:500])
        return self.http.get(response.headers["location"])

    def token(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.get("/check").text)
        assert found
        return found[1]

    def post(self, path: str, token: str | None = None, **fields: Any) -> Any:
        return self.http.post(
            f"/console{path}", data={"csrf": self.token() if token is None else token, **fields}
        )

    def sign_in(self, name: str, password: str = PASSWORD, **more: Any) -> Any:
        page = self.get("/sign-in").text
        token = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
        assert token, page[:500]
        fields = {"csrf": token[1], "name": name, "password": password, **more}
        return self.http.post("/console/sign-in", data=fields)


def words_of(page: str) -> str:
    """What a page says, tags left out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(tmp_path, clock):
    kept = open_records(f"sqlite:///{tmp_path}/desk.db", clock=clock, hasher=PlainHasher())
    yield kept
    kept.database.close()


@pytest.fixture
def desk(scripted, records, report_on):
    small = scripted.packs["kites"]
    return DeskAssistant(hostile_pack(small.notice, small.tree, small.schema), records, report_on)


@pytest.fixture
def app(desk, records, clock, tmp_path):
    made = create_app(desk, Settings(database=f"sqlite:///{tmp_path}/desk.db"))
    made.state.startup = Startup.opened(desk, lambda: records)
    made.state.clock = clock
    return made


@pytest.fixture
def accounts(records):
    for name, role in (("小坐", "staff"), ("小编", "editor"), ("小管", "admin")):
        records.accounts.add(name, role, PASSWORD, actor="shell")
    return records.accounts


@pytest.fixture
def visitor(app):
    """Somebody who is not signed in."""
    return Browser(app)


def _signed_in(app, name):
    browser = Browser(app)
    assert browser.sign_in(name).status_code == 303
    return browser


@pytest.fixture
def staff(app, accounts):
    return _signed_in(app, "小坐")


@pytest.fixture
def editor(app, accounts):
    return _signed_in(app, "小编")


@pytest.fixture
def admin(app, accounts):
    return _signed_in(app, "小管")

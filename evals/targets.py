"""What is measured: the assistant in this process, one over HTTP, the baselines, the assistant with a part off."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bootstrap import open_advisor
from assistant.compose.grounding import Grounding, Verified
from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from assistant.desk_builder import build_desk
from assistant.facts.learned.model import StatementModel, StatementTuning
from assistant.llm.budget import InMemoryLedger
from assistant.served import OneDesk
from assistant.service import Assistant
from assistant.session_store import InMemorySessions
from assistant.settings import Settings
from assistant.understanding.intent import Candidate, IntentModel
from evals.answer import Answer, Cited, read_answer
from evals.model_use import WITH_MODEL
from evals.ranking import DEPTH
from knowledge.clock import today_in_beijing
from knowledge.errors import ShenbaoError
from knowledge.models import Topic
from knowledge.pack import Pack

if TYPE_CHECKING:
    from langchain_core.vectorstores import VectorStoreRetriever

    from knowledge.retrieval.search import Mode

PATIENCE = 60.0
"""Seconds after which a request counts as failed."""
FETCHED = 100
"""Documents that LangChain's retriever fetches, as many as the assistant's own search asks for: many exemplars
lead to one clause, and some to none."""
BASELINES = ("langchain", "langchain-exemplars", "bm25", "dense")
ABLATIONS = ("no-exemplars", "no-router", "no-networks", "no-statements", "no-verifier")
TITLES = {
    "assistant": "申报通",
    "langchain": "LangChain 检索器首条",
    "langchain-exemplars": "LangChain 首条（含例问）",
    "bm25": "BM25 首条",
    "dense": "向量首条",
    "no-exemplars": "申报通 − 例问",
    "no-router": "申报通 − 问点判断",
    "no-networks": "申报通 − 网络",
    "no-statements": "申报通 − 学来的说法",
    "no-verifier": "申报通 − 核对",
    WITH_MODEL: "申报通 + 语言模型",
}


class TargetFailed(ShenbaoError):
    """A target did not answer."""


class InProcess:
    """The assistant in this process."""

    def __init__(self, desk: Desk, name: str = "assistant") -> None:
        self.name, self.desk = name, desk
        sessions = InMemorySessions(10_000, 3_600, time.monotonic)
        notice = desk.pack.notice
        first_day = notice.issued_on or date(notice.year, 1, 1)
        self._assistant = Assistant(OneDesk(desk), sessions, lambda: first_day)

    def ask(self, question: str, as_of: date, session: str) -> Answer:
        """The assistant's reply."""
        began = time.perf_counter()
        reply = self._assistant.reply(question, session_id=session, as_of=as_of)
        return read_answer(reply.model_dump(mode="json"), time.perf_counter() - began)

    def search(self, question: str, k: int) -> tuple[str, ...]:
        """The fused search."""
        return tuple(hit.clause_id for hit in self.desk.index.search(question, k=k))


class Http:
    """Any deployment, by its published interface."""

    def __init__(self, url: str, name: str = "assistant") -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise TargetFailed(f"--target 应为 in-process 或 http(s) 地址，收到 {url[:100]!r}")
        self.name, self._url = name, url.rstrip("/")

    def ask(self, question: str, as_of: date, session: str) -> Answer:
        """`POST /v1/chat`. Raises TargetFailed."""
        body = {"message": question, "session_id": session, "as_of": as_of.isoformat()}
        began = time.perf_counter()
        reply = self._fetch("/v1/chat", json.dumps(body).encode())
        return read_answer(reply, time.perf_counter() - began)

    def search(self, question: str, k: int) -> tuple[str, ...]:
        """`GET /v1/search`. Raises TargetFailed."""
        hits = self._fetch(f"/v1/search?{urllib.parse.urlencode({'q': question, 'k': k})}")["hits"]
        return tuple(hit["clause_id"] for hit in hits)

    def _fetch(self, path: str, body: bytes | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, data=body, headers=headers)  # noqa: S310 - http(s) only
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - http(s) only
                fetched: dict[str, Any] = json.load(response)
                return fetched
        except urllib.error.HTTPError as error:
            told = error.read(500).decode("utf-8", "replace")
            raise TargetFailed(f"{urllib.parse.urlsplit(path).path} 返回 {error.code}：{told}") from error
        except (OSError, ValueError) as error:
            raise TargetFailed(f"{self._url} 没有应答：{error}") from error


class TopClause:
    """What a search alone makes of a question: the best clause is the answer. It never abstains.

    `langchain` is what the tutorial builds: a retriever over the clauses in Chroma. The others search the whole
    index, in which exemplar questions lead to clauses.
    """

    def __init__(self, desk: Desk, name: str) -> None:
        self.name, self._desk = name, desk
        self._found = lru_cache(maxsize=2_000)(self._find)
        self._retriever: VectorStoreRetriever | None = None
        if name.startswith("langchain"):
            only = {"filter": {"kind": "clause"}} if name == "langchain" else {}
            store = desk.index.retriever().vectorstore
            self._retriever = store.as_retriever(search_kwargs={"k": FETCHED, **only})

    def ask(self, question: str, as_of: date, session: str) -> Answer:  # noqa: ARG002 - a search knows neither
        """The best clause's text, cited; nothing where nothing is found."""
        began = time.perf_counter()
        found = self._find(question)[:1]
        text = self._desk.pack.tree.get(found[0]).text if found else ""
        cited = tuple(Cited(clause_id=clause, quote=text) for clause in found)
        return Answer(text=text, citations=cited, seconds=time.perf_counter() - began)

    def search(self, question: str, k: int) -> tuple[str, ...]:
        """The clauses found, best first. Several suites ask the same, which is searched once."""
        return self._found(question)[:k]

    def _find(self, question: str) -> tuple[str, ...]:
        if self._retriever is None:
            mode: Mode = "bm25" if self.name == "bm25" else "dense"
            return tuple(hit.clause_id for hit in self._desk.index.search(question, k=DEPTH, mode=mode))
        documents = self._retriever.invoke(question)
        clauses = (clause for document in documents for clause in document.metadata["clauses"].split())
        return tuple(dict.fromkeys(clauses))[:DEPTH]


class _Trusting(Grounding):
    """Lets everything out: what the verifier is worth is seen without it."""

    def verify(self, sentences: Any, own_words: Sequence[str] = ()) -> Verified:  # noqa: ARG002 - nothing is held back
        kept: tuple[Sentence, ...] = tuple(sentences)
        return Verified(kept, ())


class _Unsure(IntentModel):
    """Knows no topic: every question is answered by the clause nearest to it."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._any = next(topic for topic in topics if topic.route == "lookup")

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:  # noqa: ARG002
        return [(Candidate(self._any, 0.0),) for _ in texts]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Builds the targets that share one pack, one model and one index. `scratch` keeps what is built beside."""

    desk: Desk
    settings: Settings
    scratch: Path

    def target(self, name: str) -> InProcess | TopClause:
        """The target of this name. Raises KeyError for an unknown one."""
        if name == "assistant":
            return InProcess(self.desk)
        if name == WITH_MODEL:
            advisor = open_advisor(self.settings, InMemoryLedger(today_in_beijing))
            return InProcess(replace(self.desk, advisor=advisor), name)
        if name in BASELINES:
            return TopClause(self.desk, name)
        if name == "no-router":
            return InProcess(replace(self.desk, intents=_Unsure(self.desk.pack.topics)), name)
        if name == "no-verifier":
            grounding = _Trusting(self.desk.pack.tree, self.desk.pack.notice)
            return InProcess(replace(self.desk, grounding=grounding), name)
        if name == "no-networks":
            return InProcess(replace(self.desk, intents=self.desk.intents.by_machines_alone()), name)
        if name == "no-statements":
            return InProcess(replace(self.desk, statements=_untaught(self.desk)), name)
        if name == "no-exemplars":
            return InProcess(self._without_exemplars(), name)
        raise KeyError(name)

    def _without_exemplars(self) -> Desk:
        """The pack as a person who wrote no example questions would have it: each topic knows its title alone."""
        settings = self.settings.model_copy(update={"index_root": self.scratch})
        pack = replace(self.desk.pack, topics=tuple(_titled(topic) for topic in self.desk.pack.topics))
        desk = build_desk(pack, settings)
        topics = [*pack.topics, *(_titled(topic) for topic in desk.field_topics)]
        encoder = desk.index.encoder
        # Kept beside the assistant's own, so that two runs on one machine compare the same classifier.
        kept = Path(self.settings.index_root) / pack.id / "intents"
        intents = IntentModel(topics, encoder, encoder.digest, kept, self.desk_tuning)
        return replace(desk, intents=intents)

    @property
    def desk_tuning(self) -> Any:
        """The tuning of the intent model, the same for every target."""
        from assistant.understanding.intent import IntentTuning  # noqa: PLC0415 - only to retrain

        return IntentTuning()


def _untaught(desk: Desk) -> StatementModel:
    """Statements of which none was learned: facts are read by patterns alone."""
    return StatementModel(
        tuple, desk.pack.schema, desk.cues, desk.index.encoder.encode, "", None, StatementTuning()
    )


def _titled(topic: Topic) -> Topic:
    return topic.model_copy(update={"questions": (topic.title,)})


def open_workshop(pack: Pack, settings: Settings, scratch: Path) -> Workshop:
    """The desk of a pack, its index opened (built where missing), for all targets of a run."""
    return Workshop(build_desk(pack, settings), settings, scratch)

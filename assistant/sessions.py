"""What was said so far: one `Session` a conversation, kept by a bounded `SessionStore`.

A session is a value. A turn reads it, derives the next one with the `with_…` methods and puts it back, so
that a turn that fails half-way leaves the conversation as it was.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from assistant.kept_values import KeptValue
from assistant.reply import ChatReply, ShownFact
from knowledge.facts import FactValue, dump_value
from knowledge.models import Route

SESSION_ID_ALLOWED = "1 至 64 个字母、数字、下划线或连字符"
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_STRIPES = 256


def is_session_id(text: str) -> bool:
    """Whether a client may use `text` as the id of its session (see SESSION_ID_ALLOWED)."""
    return _SESSION_ID.fullmatch(text) is not None


def new_session_id() -> str:
    """A session id that nobody can guess."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A typed fact with the applicant's own words and the turn (1-based) in which they were said.

    `in_passing`: named in a question that said nothing of its asker; what is told outright takes its place.
    """

    value: KeptValue
    quote: str
    turn: int
    in_passing: bool = False


def _nothing() -> Mapping[str, KeptFact]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Session:
    """All that one conversation knows.

    `facts` are in the order in which they were last stated; `supposed` are the facts of the last what-if,
    which are never mixed into `facts`; `asked` are the facts that the last reply asked for, so that a bare
    「是」 or 「三年」 is understood; `category`, `last_topic` and `last_route` are what an elliptic follow-up
    refers to; `quoted` is the clause that the last reply quoted by its number (第五条第二点 … 第三点呢), `parts`
    are the questions that the last message numbered (一是…二是… … 第二个你没答), `bureau` whether a bureau asks, and no
    applicant, `side_by_side` the categories that a check judges together while none alone is discussed. `owner` is the visitor who began it, empty where visitors are not told apart; `version` counts
    how often a shared store has kept it.
    """

    id: str
    pack: str
    turn: int = 0
    facts: Mapping[str, KeptFact] = field(default_factory=_nothing)
    supposed: Mapping[str, KeptFact] = field(default_factory=_nothing)
    category: str | None = None
    asked: tuple[str, ...] = ()
    last_topic: str | None = None
    last_route: Route | None = None
    owner: str = ""
    version: int = 0
    quoted: str = ""
    bureau: bool = False
    parts: tuple[str, ...] = ()
    side_by_side: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, FactValue]:
        """The facts as the checker takes them."""
        return {name: fact.value for name, fact in self.facts.items()}

    def told_last(self) -> tuple[str, ...]:
        """Names of the facts told in the last turn that told any."""
        last = max((fact.turn for fact in self.facts.values()), default=0)
        return tuple(name for name, fact in self.facts.items() if fact.turn == last)

    def shown(self) -> tuple[ShownFact, ...]:
        """The facts as a reply lists them."""
        return tuple(
            ShownFact(name=name, value=dump_value(fact.value), quote=fact.quote, turn=fact.turn)
            for name, fact in self.facts.items()
        )

    def with_next_turn(self) -> Session:
        """The session at the beginning of the next turn; what only the last turn meant is kept."""
        return replace(self, turn=self.turn + 1)

    def with_fact(self, name: str, value: FactValue, quote: str, *, in_passing: bool = False) -> Session:
        """The fact stated (or corrected) in the present turn."""
        others = {known: fact for known, fact in self.facts.items() if known != name}
        stated = KeptFact(value, quote, self.turn, in_passing)
        return replace(self, facts=MappingProxyType(others | {name: stated}))

    def without_fact(self, name: str) -> Session:
        """The fact withdrawn: unknown again."""
        return replace(self, facts=MappingProxyType({n: fact for n, fact in self.facts.items() if n != name}))

    def without_facts(self) -> Session:
        """Another applicant: nothing is known of it, and nothing was asked."""
        return replace(self, facts=_nothing(), supposed=_nothing(), asked=())

    def with_supposed(self, supposed: Mapping[str, KeptFact]) -> Session:
        """The what-if of the present turn; an empty mapping ends it."""
        return replace(self, supposed=MappingProxyType(dict(supposed)))

    def with_category(self, category: str | None, side_by_side: tuple[str, ...] = ()) -> Session:
        """The category that the conversation is about from now on, or the several that are judged together."""
        return replace(self, category=category, side_by_side=() if category else side_by_side)

    def with_bureau(self, bureau: bool) -> Session:
        """Whether it is a bureau that asks from now on."""
        return self if bureau == self.bureau else replace(self, bureau=bureau)

    def with_parts(self, parts: tuple[str, ...]) -> Session:
        """The questions that the present message numbers; none where it numbers none."""
        return self if parts == self.parts else replace(self, parts=parts)

    def with_asked(self, facts: tuple[str, ...]) -> Session:
        """The facts that the present reply asks for, the most pressing first."""
        return replace(self, asked=facts)

    def with_answer(self, route: Route, topic: str | None) -> Session:
        """The route and topic of the present reply."""
        return replace(self, last_route=route, last_topic=topic, quoted="")

    def with_quoted(self, clause: str) -> Session:
        """The clause that the present reply quotes by its number."""
        return replace(self, quoted=clause)

    def with_known(self, names: Container[str]) -> Session:
        """The session without facts that the pack, changed since, does not declare any more."""
        if all(name in names for name in (*self.facts, *self.supposed, *self.asked)):
            return self
        return replace(
            self,
            facts=MappingProxyType({name: fact for name, fact in self.facts.items() if name in names}),
            supposed=MappingProxyType({name: fact for name, fact in self.supposed.items() if name in names}),
            asked=tuple(name for name in self.asked if name in names),
        )

    def with_pack(self, pack: str) -> Session:
        """The session under another notice: facts and topics belong to a pack and do not carry over."""
        if pack == self.pack:
            return self
        return Session(self.id, pack, self.turn, owner=self.owner, version=self.version, bureau=self.bureau)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """By what a request is known when it is sent again: the sender's own key, within `scope`.

    `digest` is that of its content, so that a key cannot stand for two requests.
    """

    scope: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and over which channel, both empty where that is not told apart; and by which key, if any.

    `staff` are people at the desk, who are answered also while the assistant is turned off.
    """

    visitor: str = ""
    channel: str = ""
    request: RequestKey | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True)
class CitedText:
    """A clause that an answer cites, with its words as they were when it was given."""

    pack: str
    clause_id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one turn: the message, the reply as it is shown, and how long that took.

    `pack_digest` and `clauses` are what it was said from, whatever the pack says later.
    """

    message: str
    reply: ChatReply
    channel: str
    pack_digest: str
    seconds: float
    request: RequestKey | None = None
    clauses: tuple[CitedText, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A request that was carried out before; `reply` is what answered it, where it was a question."""

    reply: ChatReply | None


class SessionMoved(Exception):
    """The session was changed elsewhere since it was read; the turn must be taken again from what it is now."""


class SessionStore(Protocol):
    """Where sessions live. Implementations are safe to use from several threads."""

    def get(self, session_id: str) -> Session | None:
        """The session, or None when it is unknown or has expired."""
        ...

    def carried_out(self, request: RequestKey) -> CarriedOut | None:
        """What became of the request when it was sent before, if it was. Raises KeyReused."""
        ...

    def put(self, session: Session, request: RequestKey | None = None) -> None:
        """Keep the session in place of the one with the same id. Raises SessionMoved as `put_turn` does."""
        ...

    def put_turn(self, session: Session, said: Said) -> None:
        """Keep the session after a turn; a store that keeps conversations keeps what was said with it.

        Raises SessionMoved where the store is shared and the session was changed meanwhile, or the same
        request was carried out elsewhere.
        """
        ...

    def forget(self, session_id: str) -> None:
        """Forget the session."""
        ...

    def exclusive(self, session_id: str) -> AbstractContextManager[None]:
        """Hold the session for one turn: turns of the same session wait for each other."""
        ...


class InMemorySessions:
    """At most `limit` sessions, each forgotten `ttl_seconds` after its last use.

    Beyond the limit the longest unused one goes first; `clock` gives seconds that never run backwards.
    """

    def __init__(self, limit: int, ttl_seconds: float, clock: Callable[[], float]) -> None:
        self._limit, self._ttl, self._clock = limit, ttl_seconds, clock
        self._used: OrderedDict[str, tuple[Session, float]] = OrderedDict()
        self._guard = threading.Lock()
        # A fixed set of locks stays bounded however many ids clients make up.
        self._turns = tuple(threading.RLock() for _ in range(_STRIPES))

    def __len__(self) -> int:
        with self._guard:
            self._forget_expired()
            return len(self._used)

    def get(self, session_id: str) -> Session | None:
        """The session, or None when it is unknown or has expired. Counts as a use."""
        with self._guard:
            self._forget_expired()
            kept = self._used.get(session_id)
            if kept is None:
                return None
            self._keep(kept[0])
            return kept[0]

    def carried_out(self, request: RequestKey) -> CarriedOut | None:  # noqa: ARG002 - no request is kept here
        """Nothing: a conversation in memory has one sender, who waits for the answer."""
        return None

    def put(self, session: Session, request: RequestKey | None = None) -> None:  # noqa: ARG002 - as above
        """Keep the session; beyond the limit the longest unused one is forgotten."""
        with self._guard:
            self._forget_expired()
            self._keep(session)
            while len(self._used) > self._limit:
                self._used.popitem(last=False)

    def put_turn(self, session: Session, said: Said) -> None:  # noqa: ARG002 - what was said is not kept here
        """Keep the session."""
        self.put(session)

    def forget(self, session_id: str) -> None:
        """Forget the session."""
        with self._guard:
            self._used.pop(session_id, None)

    @contextmanager
    def exclusive(self, session_id: str) -> Iterator[None]:
        """Hold the session for one turn."""
        with self._turns[hash(session_id) % _STRIPES]:
            yield

    def _keep(self, session: Session) -> None:
        self._used[session.id] = (session, self._clock())
        self._used.move_to_end(session.id)

    def _forget_expired(self) -> None:
        # Uses are in order of time, so the expired ones are at the front.
        oldest_allowed = self._clock() - self._ttl
        while self._used and next(iter(self._used.values()))[1] < oldest_allowed:
            self._used.popitem(last=False)

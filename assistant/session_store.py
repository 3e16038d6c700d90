"""Where sessions live from turn to turn, and what is kept with a turn: who asked, by which request, what was said.

`InMemorySessions` is bounded and keeps sessions alone; `assistant.records.sessions` keeps all of it in a database.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from assistant.reply import ChatReply
from assistant.sessions import Session

_STRIPES = 256


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


class Turns:
    """Turns of the same session wait for each other, within this process."""

    def __init__(self) -> None:
        # A fixed set of locks stays bounded however many ids clients make up.
        self._locks = tuple(threading.RLock() for _ in range(_STRIPES))

    @contextmanager
    def exclusive(self, session_id: str) -> Iterator[None]:
        """Hold the session for one turn."""
        with self._locks[hash(session_id) % _STRIPES]:
            yield


class InMemorySessions:
    """At most `limit` sessions, each forgotten `ttl_seconds` after its last use.

    Beyond the limit the longest unused one goes first; `clock` gives seconds that never run backwards.
    """

    def __init__(self, limit: int, ttl_seconds: float, clock: Callable[[], float]) -> None:
        self._limit, self._ttl, self._clock = limit, ttl_seconds, clock
        self._used: OrderedDict[str, tuple[Session, float]] = OrderedDict()
        self._guard = threading.Lock()
        self._turns = Turns()

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

    def exclusive(self, session_id: str) -> AbstractContextManager[None]:
        """Hold the session for one turn."""
        return self._turns.exclusive(session_id)

    def _keep(self, session: Session) -> None:
        self._used[session.id] = (session, self._clock())
        self._used.move_to_end(session.id)

    def _forget_expired(self) -> None:
        # Uses are in order of time, so the expired ones are at the front.
        oldest_allowed = self._clock() - self._ttl
        while self._used and next(iter(self._used.values()))[1] < oldest_allowed:
            self._used.popitem(last=False)

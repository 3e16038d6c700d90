"""Sessions as who asks may reach them: those of another visitor do not exist, and a session is changed alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assistant.session_store import Asker, CarriedOut, Said, SessionMoved, SessionStore
from assistant.sessions import Session
from knowledge.errors import StateConflict, UnknownRecord

_ATTEMPTS = 5
Changed = TypeVar("Changed")


class AskerSessions:
    """The sessions of a store, each for the visitor who began it. Safe to share between threads."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store

    def get(self, session_id: str, asker: Asker) -> Session | None:
        """The session, None where there is none. Raises UnknownRecord for another visitor's."""
        session = self._store.get(session_id)
        if session is not None and session.owner != asker.visitor:
            raise UnknownRecord("没有这个会话")
        return session

    def carried_out(self, asker: Asker) -> CarriedOut | None:
        """What became of the asker's request when it was sent before, if it was. Raises KeyReused."""
        return None if asker.request is None else self._store.carried_out(asker.request)

    def put(self, session: Session, asker: Asker) -> None:
        """Keep the session as the asker's request changed it. Raises SessionMoved."""
        self._store.put(session, asker.request)

    def put_turn(self, session: Session, said: Said) -> None:
        """Keep the session after a turn, and what was said in it. Raises SessionMoved."""
        self._store.put_turn(session, said)

    def forget(self, session_id: str, asker: Asker) -> None:
        """Forget the session. Raises UnknownRecord for another visitor's."""
        with self._store.exclusive(session_id):
            self.get(session_id, asker)
            self._store.forget(session_id)

    def in_turn(self, session_id: str, change: Callable[[], Changed]) -> Changed:
        """Change a session alone; once more where another process was faster. Raises StateConflict."""
        with self._store.exclusive(session_id):
            for _ in range(_ATTEMPTS):
                try:
                    return change()
                except SessionMoved:
                    continue
        raise StateConflict("这个会话正在别处使用，请稍后再试")

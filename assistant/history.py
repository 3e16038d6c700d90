"""Conversations that a client keeps: the state of a session, found again from what its user said so far.

Such a client sends the whole conversation with each message and has no session of ours. What its user said is taken
through the pipeline once more, in order, so that the message to answer meets the facts and the subject that a session
of ours would have; nothing of it is kept a second time. The states found are remembered for a while, by asker and by
every word said until then, so that a conversation costs one turn a message, and no two askers ever share a state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from assistant.desk import Desk
from assistant.pipeline import run
from assistant.session_store import Asker, SessionStore
from assistant.sessions import Session
from assistant.turn import Turn
from knowledge.errors import InputRefused

TURNS = 30
"""Turns of the past that are taken into account; those before are forgotten."""
STRIDE = 10
CHARACTERS = 24_000
"""Characters of the past that are taken into account, the last ones."""
_SEPARATOR = "\x1f"


def remembered(earlier: Sequence[str]) -> int:
    """The place in `earlier` from which it is taken into account; it depends on `earlier` alone.

    The place moves in strides, so that the next turn of a long conversation mostly begins where this one did and
    finds its state remembered.
    """
    fits, room = len(earlier), CHARACTERS
    while fits and len(earlier) - fits < TURNS and len(earlier[fits - 1]) <= room:
        fits -= 1
        room -= len(earlier[fits])
    in_strides = -(-fits // STRIDE) * STRIDE
    return in_strides if in_strides < len(earlier) else fits


class Histories:
    """Finds the states of conversations; `states` remembers them, under names made here."""

    def __init__(self, states: SessionStore) -> None:
        self._states = states

    def after(self, earlier: Sequence[str], desk: Desk, asker: Asker, as_of: date) -> Session:
        """The state after `earlier`, oldest first. A message that would have been refused changes nothing."""
        start = remembered(earlier)
        said = earlier[start:]
        names = list(_names(said, start, desk, asker, as_of))
        state, done = Session(id="", pack=desk.pack.id, turn=start, owner=asker.visitor), 0
        for place in range(len(said), 0, -1):
            known = self._states.get(names[place - 1])
            if known is not None:
                state, done = known, place
                break
        for text in said[done:]:
            with suppress(InputRefused):
                state = run(Turn(desk=desk, session=state.with_next_turn(), text=text, as_of=as_of)).session
        if done < len(said):
            self._keep(names[-1], state)
        return state

    def keep(
        self, earlier: Sequence[str], message: str, desk: Desk, asker: Asker, as_of: date, state: Session
    ) -> None:
        """Remember the state after one more message, for the next."""
        start = remembered(earlier)
        *_, name = _names((*earlier[start:], message), start, desk, asker, as_of)
        self._keep(name, state)

    def _keep(self, name: str, state: Session) -> None:
        self._states.put(replace(state, id=name, version=0))


def _names(said: Sequence[str], start: int, desk: Desk, asker: Asker, as_of: date) -> Iterator[str]:
    """A name for the state after each message: a digest of who said what until then, to whom and when."""
    whole = hashlib.sha256()
    for part in (asker.channel, asker.visitor, desk.pack.id, desk.pack.digest, as_of.isoformat(), str(start)):
        whole.update(part.encode() + _SEPARATOR.encode())
    for text in said:
        # The length first: no two ways to split the same words into messages have the same name.
        whole.update(f"{len(text)}{_SEPARATOR}{text}".encode("utf-8", "surrogatepass"))
        yield whole.hexdigest()

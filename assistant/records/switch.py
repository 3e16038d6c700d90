"""Whether the assistant answers: one switch for all processes, each turn of it in the audit log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.tables import SwitchRow
from knowledge.errors import RecordRefused, StateConflict

_NAME = "answers"
REASON_LIMIT = 300
_KNOWN_FOR = 1.0
"""Seconds after which a process looks again: asking before every answer would cost a read each."""


@dataclass(frozen=True, slots=True)
class SwitchState:
    """How the switch stands, and who put it so, when and why."""

    off: bool
    reason: str
    actor: str
    at: datetime


class Switch:
    """Turns the assistant off and on. While it is off, visitors get the phones and nothing else."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._clock, self._stopwatch = database, clock, stopwatch
        self._known: tuple[float, bool] | None = None

    def state(self) -> SwitchState | None:
        """How it stands now; None where nobody ever turned it."""
        with self._database.read() as session:
            row = session.get(SwitchRow, _NAME)
        return None if row is None else SwitchState(row.off, row.reason, row.actor, row.at)

    def is_off(self) -> bool:
        """Whether it was off within the last second."""
        known = self._known
        if known is None or self._stopwatch() - known[0] >= _KNOWN_FOR:
            state = self.state()
            known = self._known = (self._stopwatch(), state is not None and state.off)
        return known[1]

    def turn_off(self, actor: str, reason: str) -> SwitchState:
        """Let visitors be told the phones alone. Raises RecordRefused without a reason, StateConflict when off."""
        reason = reason.strip()
        if not 0 < len(reason) <= REASON_LIMIT:
            raise RecordRefused(f"请写明停用的原因，最多 {REASON_LIMIT} 个字")
        return self._turn(actor, reason, off=True)

    def turn_on(self, actor: str) -> SwitchState:
        """Answer again. Raises StateConflict when it is on."""
        return self._turn(actor, "", off=False)

    def _turn(self, actor: str, reason: str, *, off: bool) -> SwitchState:
        with self._database.begin() as session:
            row = session.get(SwitchRow, _NAME, with_for_update=True)
            if off == (row is not None and row.off):
                raise StateConflict("智能答复已经停用" if off else "智能答复没有停用")
            before = None if row is None else {"off": row.off}
            if row is None:
                row = SwitchRow(name=_NAME)
                session.add(row)
            row.off, row.reason, row.actor, row.at = off, reason, actor, self._clock()
            action = "switch.off" if off else "switch.on"
            after = {"off": True, "reason": reason} if off else {"off": False}
            write_entry(session, row.at, actor, action, "switch", before, after)
            state = SwitchState(off, reason, actor, row.at)
        self._known = None
        return state

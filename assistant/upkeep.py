"""What the service does by itself from time to time, in one process of all that share a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from assistant.records.store import Records

LEASE, ACTOR = "upkeep", "upkeep"
_log = structlog.get_logger(__name__)


class Upkeep:
    """Deletes what is kept for too long. `holder` names this process among the others."""

    def __init__(self, records: Records, holder: str, every: timedelta) -> None:
        self._records, self._holder, self._every = records, holder, every

    def step(self) -> Mapping[str, int] | None:
        """Do it, unless another process does; what was deleted, by kind.

        The process that did it last goes on doing it; when it is gone, another does from the third time on.
        """
        if not self._holds():
            return None
        gone = self._records.pruning.prune(ACTOR, self._holds)
        if any(gone.values()):
            _log.info("records_pruned", **{kind: count for kind, count in gone.items() if count})
        return gone

    def _holds(self) -> bool:
        return self._records.leases.take(LEASE, self._holder, 2 * self._every)

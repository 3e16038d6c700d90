"""The service's upkeep in a thread of its own, from the start of the application to its end."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from assistant.upkeep import Upkeep
from knowledge.errors import ShenbaoError

if TYPE_CHECKING:
    from assistant.records.store import Records

_log = structlog.get_logger(__name__)


class UpkeepThread:
    """Takes a step of upkeep `every` so often; never where that is no time at all."""

    def __init__(self, records: Callable[[], Records], every: timedelta) -> None:
        self._records, self._every = records, every
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin; the first step comes after the first wait."""
        if self._every and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End, after the step under way."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        holder = f"{socket.gethostname()} {secrets.token_hex(8)}"
        while not self._ended.wait(self._every.total_seconds()):
            try:
                Upkeep(self._records(), holder, self._every).step()
            except ShenbaoError as error:
                _log.warning("upkeep_failed", cause=str(error))
            except Exception:  # the thread's edge: the next step may go well
                _log.exception("upkeep_failed")

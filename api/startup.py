"""Opening the assistant in the background, so that the process answers `/healthz` from its first moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import structlog

from knowledge.errors import IndexUnavailable, ShenbaoError

if TYPE_CHECKING:
    from assistant.service import Assistant

_log = structlog.get_logger(__name__)


class Startup:
    """The assistant, once it is there; `failed` is called when it cannot be opened."""

    def __init__(
        self, build: Callable[[], Assistant], failed: Callable[[Exception], None] = lambda _: None
    ) -> None:
        self._build, self._failed = build, failed
        self._opened: Assistant | None = None
        self._begun = threading.Lock()

    @classmethod
    def opened(cls, assistant: Assistant) -> Startup:
        """The startup of an assistant that is there already."""
        startup = cls(lambda: assistant)
        startup._opened = assistant
        return startup

    def begin(self) -> None:
        """Open the assistant in a thread of its own. A second call does nothing."""
        if self._opened is None and self._begun.acquire(blocking=False):
            threading.Thread(target=self._open, name="startup", daemon=True).start()

    @property
    def assistant(self) -> Assistant:
        """The assistant. Raises IndexUnavailable as long as it is not there."""
        if self._opened is None:
            raise IndexUnavailable("系统正在启动，请稍后再试")
        return self._opened

    def readiness(self) -> Mapping[str, bool]:
        """The parts of the assistant and whether they answer; nothing answers before it is there."""
        return self._opened.readiness() if self._opened else {"index": False, "packs": False}

    def _open(self) -> None:
        try:
            self._opened = self._build()
        except Exception as error:  # the thread's edge: whatever happened must be told, not lost
            _log.error("startup failed", error=str(error), exc_info=not isinstance(error, ShenbaoError))
            self._failed(error)
        else:
            _log.info("ready")

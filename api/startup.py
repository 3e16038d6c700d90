"""Opening the assistant in the background, so that the process answers `/healthz` from its first moment."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import structlog

from knowledge.errors import IndexUnavailable, ShenbaoError

if TYPE_CHECKING:
    from assistant.records.store import Records
    from assistant.service import Assistant

_log = structlog.get_logger(__name__)
_REASONS = {
    "packs": "没有知识包，请检查 SHENBAO_PACKS_ROOT",
    "index": "有知识包的向量检索没有打开，请检查 SHENBAO_INDEX_ROOT 和日志",
    "statements": "情况识别模型没有就绪，请检查日志",
    "records": "数据库没有答复，请检查 SHENBAO_DATABASE",
}


class Startup:
    """The records and the assistant, once they are there; `failed` is called when they cannot be opened."""

    def __init__(
        self,
        build: Callable[[Records], Assistant],
        open_kept: Callable[[], Records],
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self._build, self._open_kept, self._failed = build, open_kept, failed
        self._opened: Assistant | None = None
        self._records: Records | None = None
        self._failure: Exception | None = None
        self._begun, self._opening = threading.Lock(), threading.Lock()

    @classmethod
    def opened(cls, assistant: Assistant, open_kept: Callable[[], Records]) -> Startup:
        """The startup of an assistant that is there already."""
        startup = cls(lambda _: assistant, open_kept)
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

    @property
    def records(self) -> Records:
        """What is kept, opened when it is first asked for. Raises StorageUnavailable."""
        if self._records is None:
            with self._opening:
                self._records = self._records or self._open_kept()
        return self._records

    def readiness(self) -> Mapping[str, bool]:
        """The parts and whether they answer; nothing of the assistant answers before it is there."""
        parts = (
            self._opened.readiness()
            if self._opened
            else dict.fromkeys(("index", "packs", "statements"), False)
        )
        return {**parts, "records": self._records_answer()}

    def reasons(self) -> Mapping[str, str]:
        """Why each part would not answer, if it does not."""
        if self._failure is not None:
            told = str(self._failure) if isinstance(self._failure, ShenbaoError) else "启动时出错，见日志"
            return defaultdict(lambda: f"未能启动：{told}", records=_REASONS["records"])
        return _REASONS if self._opened else defaultdict(lambda: "正在启动", records=_REASONS["records"])

    def legs(self) -> Mapping[str, bool]:
        """The packs served, and whether their dense leg answers."""
        return self._opened.legs() if self._opened else {}

    def _records_answer(self) -> bool:
        try:
            return self.records.database.answers()
        except ShenbaoError:
            return False

    def close(self) -> None:
        """Let go of the records."""
        if self._records is not None:
            self._records.database.close()

    def _open(self) -> None:
        try:
            self._opened = self._build(self.records)
        except Exception as error:  # the thread's edge: whatever happened must be told, not lost
            self._failure = error
            _log.error("startup failed", error=str(error), exc_info=not isinstance(error, ShenbaoError))
            self._failed(error)
        else:
            _log.info("ready")

"""`create_app`: the routes, the pages, the guards and the problem documents put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import State
from starlette.responses import Response
from starlette.types import ASGIApp

from api import problems
from api.admission import Admission
from api.completions.errors import COMPLETIONS, OpenAiErrors
from api.completions.routes import router as completions_router
from api.console.annexes import file_too_large, is_upload
from api.console.install import install as install_console
from api.cors import Cors
from api.guards import BodyLimit, HeadLimit, StrictHeaders
from api.limits import Deadline, Gate
from api.metrics import Metrics
from api.pages import router as pages_router
from api.probes import router as probes_router
from api.readings import Readings
from api.requests import Requests
from api.routes import router
from api.schemas import Problem
from api.startup import Startup
from api.upkeep import UpkeepThread
from api.visitor_routes import router as visitor_router
from api.widget import Widget
from api.widget import router as widget_router
from assistant.annexes import Annexes
from assistant.settings import Settings
from knowledge.clock import BEIJING, now_utc

if TYPE_CHECKING:
    from assistant.records.store import Records
    from assistant.service import Assistant

_STATIC = Path(__file__).parent / "static"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "没有令牌，或令牌无效、过期"},
    403: {"model": Problem, "description": "不允许：来源、渠道或角色不符"},
    404: {"model": Problem, "description": "没有这个条款、知识包、渠道、会话或消息"},
    408: {"model": Problem, "description": "请求体发送太慢"},
    409: {"model": Problem, "description": "会话正在别处使用"},
    410: {"model": Problem, "description": "知识包已被取代、已过期或尚未生效"},
    413: {"model": Problem, "description": "请求体过大"},
    422: {"model": Problem, "description": "请求不符合要求，errors 逐项说明"},
    429: {"model": Problem, "description": "请求过多，Retry-After 秒后再来"},
    431: {"model": Problem, "description": "请求头过大"},
    500: {"model": Problem, "description": "系统出错"},
    503: {
        "model": Problem,
        "description": "正在启动、正忙、处理超时，或索引、存储暂不可用；Retry-After 秒后再来",
    },
}


def create_app(
    assistant: Assistant | None = None,
    settings: Settings | None = None,
    *,
    failed: Callable[[Exception], None] = lambda _: None,
    clock: Callable[[], datetime] = now_utc,
) -> FastAPI:
    """The application; without an assistant it opens its own in the background when it starts.

    `failed` is called in the opening thread when that does not succeed; `clock` is that of what is kept, of
    tokens and of limits.
    """
    used = settings or Settings()
    admission, kept = Admission(used, clock), partial(_open_kept, used, clock)
    metrics = Metrics()
    build = partial(_build, used, admission, metrics)
    startup = Startup.opened(assistant, kept) if assistant else Startup(build, kept, failed)

    upkeep = UpkeepThread(lambda: startup.records, timedelta(minutes=used.prune_minutes))
    app = _Application(
        title="申报通",
        description="解答申报通知的问题，逐条引用原文，并按条款对照申报条件。",
        version=_version(),
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan(startup, upkeep),
        responses=_REFUSALS,
    )
    metrics.watch(Readings(startup, clock))
    app.state.settings = used
    app.state.startup = startup
    app.state.metrics = metrics
    app.state.admission = admission
    app.state.widget = Widget()
    app.state.upload_limit = used.max_upload_bytes
    app.state.annexes = _annexes(used, startup, clock)
    problems.install(app)
    for routes in (router, completions_router, visitor_router, widget_router, pages_router, probes_router):
        app.include_router(routes)
    install_console(app)
    app.mount("/static", StaticFiles(directory=_STATIC))
    return app


def _lifespan(
    startup: Startup, upkeep: UpkeepThread
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What begins and ends with the application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        startup.begin()
        upkeep.begin()
        yield
        upkeep.close()
        startup.close()

    return lifespan


def _annexes(settings: Settings, startup: Startup, clock: Callable[[], datetime]) -> Annexes:
    """The annexes at the desk, of an assistant that may not be there yet."""
    return Annexes(
        lambda: startup.assistant.packs,
        lambda pack: startup.assistant.refresh(pack),  # noqa: PLW0108 - it is not there yet
        settings.additions_root,
        lambda: startup.records.audit,
        lambda: clock().astimezone(BEIJING).date(),
    )


class _Application(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """The framework's own, within what every request passes from the outside in: see `_guarded`."""
        return _guarded(super().build_middleware_stack(), self.state)

    def openapi(self) -> dict[str, Any]:
        """The description of the interface, problem documents included."""
        return problems.documented(super().openapi())


def _guarded(app: ASGIApp, state: State) -> ASGIApp:
    """The application within its guards, the innermost first."""
    used: Settings = state.settings
    metrics: Metrics = state.metrics

    def refuse(limit: str, bound: float, path: str = "") -> Response:
        metrics.refused(limit)
        if limit == "body" and is_upload(path):
            return file_too_large(int(bound))  # who sends a file is at the desk, and reads pages
        return problems.refused(limit, bound)

    app = Gate(
        app,
        metrics,
        partial(problems.refused, "concurrency"),
        working=used.max_working,
        waiting=used.max_waiting,
        patience=used.waiting_seconds,
    )
    app = Deadline(app, partial(refuse, "time", used.request_seconds), used.request_seconds)
    app = BodyLimit(app, refuse, limit=partial(_body_limit, used), seconds=used.body_seconds)
    app = HeadLimit(app, refuse, size=used.max_header_bytes, count=used.max_headers)
    app = OpenAiErrors(app)
    app = Cors(app, state.admission.channels, problems.foreign_origin)
    app = StrictHeaders(app)
    return Requests(app, metrics, problems.unexpected)


def _body_limit(settings: Settings, path: str) -> int:
    if is_upload(path):
        return settings.max_upload_bytes
    return settings.max_history_bytes if path == COMPLETIONS else settings.max_body_bytes


def _build(settings: Settings, admission: Admission, metrics: Metrics, records: Records) -> Assistant:
    from assistant.bootstrap import build_assistant  # noqa: PLC0415 - heavy, and not needed to be alive

    assistant = build_assistant(settings, records=records, meter=metrics)
    admission.channels.require(assistant.packs, settings.channels)
    return assistant


def _open_kept(settings: Settings, clock: Callable[[], datetime]) -> Records:
    from assistant.records.store import open_kept  # noqa: PLC0415 - as above

    return open_kept(settings, clock)


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - reads the disk

    return version("shenbao")

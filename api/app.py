"""`create_app`: the routes, the pages, the guards and the problem documents put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api import problems
from api.admission import Admission
from api.console.annexes import file_too_large, is_upload
from api.console.install import install as install_console
from api.console.pages import BEIJING
from api.cors import Cors
from api.guards import BodyLimit, StrictHeaders, Uploads
from api.pages import router as pages_router
from api.routes import router
from api.schemas import Problem, Readiness
from api.startup import Startup
from api.visitor_routes import router as visitor_router
from api.widget import Widget
from api.widget import router as widget_router
from assistant.annexes import Annexes
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.records.store import Records
    from assistant.service import Assistant

_STATIC = Path(__file__).parent / "static"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "没有令牌，或令牌无效、过期"},
    403: {"model": Problem, "description": "不允许：来源、渠道或角色不符"},
    404: {"model": Problem, "description": "没有这个条款、知识包、渠道、会话或消息"},
    409: {"model": Problem, "description": "会话正在别处使用"},
    410: {"model": Problem, "description": "知识包已被取代、已过期或尚未生效"},
    413: {"model": Problem, "description": "请求体过大"},
    422: {"model": Problem, "description": "请求不符合要求，errors 逐项说明"},
    429: {"model": Problem, "description": "请求过多，Retry-After 秒后再来"},
    500: {"model": Problem, "description": "系统出错"},
    503: {"model": Problem, "description": "正在启动，或索引、存储暂不可用"},
}


def now_utc() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


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
    build = partial(_build, used, admission)
    startup = Startup.opened(assistant, kept) if assistant else Startup(build, kept, failed)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        startup.begin()
        yield
        startup.close()

    app = _Application(
        title="申报通",
        description="解答申报通知的问题，逐条引用原文，并按条款对照申报条件。",
        version=_version(),
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses=_REFUSALS,
    )
    app.state.startup = startup
    app.state.admission = admission
    app.state.widget = Widget()
    app.state.upload_limit = used.max_upload_bytes
    app.state.annexes = Annexes(
        lambda: startup.assistant.packs,
        lambda pack: startup.assistant.refresh(pack),  # noqa: PLW0108 - it is not there yet
        used.additions_root,
        lambda: startup.records.audit,
        lambda: clock().astimezone(BEIJING).date(),
    )
    app.add_middleware(
        BodyLimit,
        limit=used.max_body_bytes,
        refusal=problems.too_large,
        uploads=Uploads(is_upload, used.max_upload_bytes, file_too_large),
    )
    problems.install(app)
    app.include_router(router)
    app.include_router(visitor_router)
    app.include_router(widget_router)
    app.include_router(pages_router)
    install_console(app)
    _add_probes(app)
    app.mount("/static", StaticFiles(directory=_STATIC))
    return app


class _Application(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """The framework's own, within what marks every answer: also that to a failure nobody expected."""
        channels = self.state.admission.channels
        return StrictHeaders(Cors(super().build_middleware_stack(), channels, problems.foreign_origin))

    def openapi(self) -> dict[str, Any]:
        """The description of the interface, problem documents included."""
        return problems.documented(super().openapi())


def _add_probes(app: FastAPI) -> None:
    @app.get("/healthz", summary="进程存活")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="可以答复", response_model=Readiness)
    def readyz(request: Request) -> JSONResponse:
        parts = dict(request.app.state.startup.readiness())
        ready = Readiness(ready=all(parts.values()), parts=parts)
        return JSONResponse(ready.model_dump(), 200 if ready.ready else 503)


def _build(settings: Settings, admission: Admission, records: Records) -> Assistant:
    from assistant.bootstrap import build_assistant  # noqa: PLC0415 - heavy, and not needed to be alive

    assistant = build_assistant(settings, records=records)
    admission.channels.require(assistant.packs, settings.channels)
    return assistant


def _open_kept(settings: Settings, clock: Callable[[], datetime]) -> Records:
    from assistant.records.store import open_kept  # noqa: PLC0415 - as above

    return open_kept(settings, clock)


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - reads the disk

    return version("shenbao")

"""The console's routes and files, put into the application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.console import (
    accounts,
    annexes,
    ask,
    audit,
    check,
    conversations,
    look_up,
    numbers,
    pages,
    proposals,
    sign_in,
    switch,
    tickets,
)
from api.console.routing import page_router
from knowledge.clock import now_utc

ROUTERS: tuple[APIRouter, ...] = tuple(
    part.router
    for part in (
        sign_in,
        look_up,
        ask,
        check,
        tickets,
        proposals,
        annexes,
        conversations,
        numbers,
        accounts,
        audit,
        switch,
    )
)


def install(app: FastAPI, clock: Callable[[], datetime] = now_utc) -> None:
    """Serve the console. `app.state.startup` gives the assistant and the records, `clock` the ages of tickets."""
    app.state.clock = clock
    app.mount("/console/static", StaticFiles(directory=pages.FOLDER / "static"))
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(_otherwise())


def _otherwise() -> APIRouter:
    """Whatever is not a page of the console."""
    router = page_router()

    @router.get("/{path:path}")
    def nothing(request: Request, path: str) -> Response:  # noqa: ARG001 - the framework asks for it
        return pages.failure(request, 404, "没有这个页面", "请核对网址，或从上方栏目进入。")

    return router

"""The console's routes and files, put into the application."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.console import ask, check, look_up, pages, sign_in
from api.console.routing import page_router

ROUTERS: tuple[APIRouter, ...] = (sign_in.router, look_up.router, ask.router, check.router)


def install(app: FastAPI) -> None:
    """Serve the console. `app.state.startup` gives the assistant and the records."""
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

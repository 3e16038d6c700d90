"""Routes whose failures are pages, not problem documents."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api import problems
from api.console import pages
from api.console.access import Refused, SignInNeeded


class PageRoute(APIRoute):
    """A route of the console: who is not signed in goes to sign in, what is refused is told on a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler with failures shown."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except SignInNeeded as needed:
                return RedirectResponse(needed.location, 303, headers=pages.PRIVATE)
            except Refused as refused:
                return pages.failure(request, refused.status, "未能完成", refused.reason)
            except RequestValidationError:
                return pages.failure(
                    request, 422, "网址或表单有误", "请从页面上的链接进入，或返回后重新填写。"
                )
            except HTTPException as error:
                return pages.failure(request, error.status_code, "未能完成", "请返回后再试。")
            except Exception as error:  # the page's edge: whatever happened is told on a page
                problem = problems.problem_of(error)
                if problem.status >= 500:
                    problems.record(request, error)
                return pages.failure(request, problem.status, problem.title, problem.detail)

        return shown


def page_router() -> APIRouter:
    """A router for pages of the console."""
    return APIRouter(prefix="/console", route_class=PageRoute, include_in_schema=False)

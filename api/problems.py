"""The one mapping from what went wrong to what HTTP says about it (RFC 9457 problem details)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from api.logs import failure_of
from api.requests import path_template, request_id
from api.schemas import ALLOWED, FieldError, Problem
from assistant.reply import ShownContact
from knowledge.errors import (
    AccessDenied,
    AnnexRefused,
    DocumentRefused,
    FactError,
    IndexUnavailable,
    InputRefused,
    KeyReused,
    LimitReached,
    NotBorneOut,
    PackError,
    PackNotInForce,
    RecordRefused,
    ShenbaoError,
    SignInRefused,
    StateConflict,
    StorageUnavailable,
    SwitchedOff,
    UnknownCategory,
    UnknownClause,
    UnknownPack,
    UnknownRecord,
)

MEDIA_TYPE = "application/problem+json"
_SHOWN_CHARACTERS = 80
_SHOWN_ERRORS = 20
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_log = structlog.get_logger(__name__)


class Kind(NamedTuple):
    """How a kind of failure is shown: status, title, and the request field at fault, if it is one."""

    status: int
    title: str
    field: str | None = None


KINDS: Mapping[type[ShenbaoError], Kind] = {
    ShenbaoError: Kind(500, "系统出错"),
    PackError: Kind(500, "知识包有误"),
    DocumentRefused: Kind(422, "文件无法读取", "file"),
    AnnexRefused: Kind(422, "不能作为这个附件", "file"),
    FactError: Kind(422, "事实不符合要求", "facts"),
    UnknownCategory: Kind(422, "没有这个申报类别", "category"),
    UnknownClause: Kind(404, "没有这个条款", "clause_id"),
    UnknownPack: Kind(404, "没有这个知识包", "pack"),
    PackNotInForce: Kind(410, "这份通知不再据以答复"),
    InputRefused: Kind(422, "问题不符合要求", "message"),
    UnknownRecord: Kind(404, "没有这条记录"),
    RecordRefused: Kind(422, "内容不符合要求"),
    NotBorneOut: Kind(422, "条款中没有这样说"),
    KeyReused: Kind(422, "请求的键已经用过", "Idempotency-Key"),
    StateConflict: Kind(409, "状态已经改变"),
    SignInRefused: Kind(401, "须先取得许可"),
    AccessDenied: Kind(403, "不允许这样做"),
    SwitchedOff: Kind(503, "智能答复暂停服务"),
    LimitReached: Kind(429, "请求过多"),
    IndexUnavailable: Kind(503, "索引暂不可用"),
    StorageUnavailable: Kind(503, "存储暂不可用"),
}

_INTERNAL = "系统内部出错，已经记录。请稍后再试，或直接致电各类别的联系电话。"
_FRAMEWORK = {
    404: ("没有这个地址", "请核对路径；接口清单见 /openapi.json。"),
    405: ("不支持这种请求方法", "请核对请求方法；接口清单见 /openapi.json。"),
}
_LIMITS = {
    "headers": (431, "请求头过大", "请求的路径、参数和请求头合计最多 {bound:n} 字节，请缩短后再发。"),
    "body": (413, "请求体过大", "请求体最多 {bound:n} 字节，请缩短后再发。"),
    "slow_body": (408, "请求体发送太慢", "请求体须在 {bound:n} 秒内发完，请检查网络后再发。"),
    "concurrency": (503, "正忙", "现在提问的人较多，请稍等片刻再试，或直接致电各类别的联系电话。"),
    "time": (503, "处理超时", "这次处理超过了 {bound:n} 秒，请稍后再试，或直接致电各类别的联系电话。"),
}


class BodyRefused(HTTPException):
    """The body cannot be read as JSON; `detail` says why, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(422, reason)


def kind_of(error: ShenbaoError) -> Kind:
    """The nearest declared kind of the error."""
    return next(KINDS[known] for known in type(error).__mro__ if known in KINDS)


def problem_of(error: Exception) -> Problem:
    """What is told about an error; the details of internal ones stay in the log."""
    if not isinstance(error, ShenbaoError):
        return Problem(title=KINDS[ShenbaoError].title, detail=_INTERNAL, status=500)
    status, title, field = kind_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return Problem(title=title, detail=_INTERNAL, status=status)
    if isinstance(error, SwitchedOff):
        desks = tuple(ShownContact(category=c.category, label=c.label, phone=c.phone) for c in error.contacts)
        return Problem(title=title, detail=str(error), status=status, contacts=desks)
    errors: tuple[FieldError, ...] = ()
    if isinstance(error, FactError):
        errors = (
            FieldError(field=f"facts.{error.name}", received=shown(error.value), allowed=error.allowed),
        )
    elif field:
        errors = (FieldError(field=field, allowed=str(error)),)
    return Problem(title=title, detail=str(error), status=status, errors=errors)


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response; a temporary one says when to come back."""
    again = {"Retry-After": "1"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return JSONResponse(
        traced(problem).model_dump(mode="json", exclude_unset=True),
        problem.status,
        headers={**again, **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def traced(problem: Problem) -> Problem:
    """The problem with the id of the request, by which the log is searched."""
    name = request_id()
    return problem.model_copy(update={"request_id": name}) if name else problem


def shown(value: Any) -> Any:
    """A received value fit for JSON and for a reader: scalars as they are, everything long cut short."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    elif isinstance(value, int | float):
        return value if abs(value) < 10**18 else _cut(str(value))
    elif not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return _cut(value)


def _cut(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be sent back
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


def field_errors(errors: Sequence[Mapping[str, Any]]) -> tuple[FieldError, ...]:
    """Pydantic's findings as fields with what came and what is allowed."""
    return tuple(_field_error(error) for error in errors[:_SHOWN_ERRORS])


def _field_error(error: Mapping[str, Any]) -> FieldError:
    place, *path = error["loc"]
    field = ".".join(str(step) for step in path) or str(place)
    if error["type"] == "extra_forbidden":
        allowed = "没有这个字段，请删去或改正拼写"
    else:
        allowed = ALLOWED.get(str(path[0]) if path else str(place), "有效的值")
    received = None if error["type"] == "missing" else shown(error.get("input"))
    return FieldError(field=_cut(field), received=received, allowed=allowed)


async def _on_refused_fields(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
    errors = field_errors(error.errors())
    detail = "；".join(f"{wrong.field}：{wrong.allowed}" for wrong in errors[:3]) + "。"
    return respond(Problem(title="请求不符合要求", detail=detail, status=422, errors=errors))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
    if isinstance(error, BodyRefused):
        wrong = FieldError(field="body", allowed=ALLOWED["body"])
        return respond(Problem(title="请求体无法读取", detail=error.detail, status=422, errors=(wrong,)))
    title, detail = _FRAMEWORK.get(error.status_code, ("请求未能完成", "请核对请求后再试。"))
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request)) or headers.get("Allow", "")
    return respond(Problem(title=title, detail=detail, status=error.status_code), headers)


def _methods(request: Request) -> list[str]:
    """All methods that the path answers; the framework names those of the first route alone."""
    routes = request.app.router.routes
    return [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _on_error(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, SwitchedOff):
        record(request, error)
    return respond(problem, _headers(error))


def _headers(error: Exception) -> Mapping[str, str]:
    """When to come back, and how to get in."""
    if isinstance(error, SwitchedOff):
        return {"Retry-After": "60"}
    if isinstance(error, LimitReached):
        return {"Retry-After": str(error.retry_after)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, SignInRefused) else {}


def record(request: Request, error: Exception) -> None:
    """Log a failure of ours: where and what, never the message that a user sent."""
    told = {"cause": str(error)} if isinstance(error, ShenbaoError) else {}
    _log.error("request failed", path=path_template(request.scope), **{**failure_of(error), **told})


def refused(limit: str, bound: float = 0) -> Response:
    """The refusal of a request that broke a limit; it names the bound where there is one to name."""
    status, title, detail = _LIMITS[limit]
    problem = Problem(title=title, detail=detail.format(bound=bound), status=status)
    # What was not read stands in the way of the next request of the connection.
    return respond(problem, {} if status == HTTPStatus.SERVICE_UNAVAILABLE else {"Connection": "close"})


def unexpected() -> Response:
    """What is told of a failure that nobody expected."""
    return respond(problem_of(RuntimeError()))


def foreign_origin() -> Response:
    """The refusal of a preflight from a page that no channel allows."""
    title = KINDS[AccessDenied].title
    return respond(Problem(title=title, detail="这个网站不在任何渠道的 allowed_origins 之中。", status=403))


def install(app: FastAPI) -> None:
    """Let the app answer every failure with a problem document."""
    app.add_exception_handler(RequestValidationError, _on_refused_fields)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ShenbaoError, _on_error)
    app.add_exception_handler(Exception, _on_error)


def documented(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the refusals under their own media type."""
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                told = content.get("application/json", {}).get("schema", {}).get("$ref", "")
                if status >= "400" and told.endswith("/Problem"):
                    content[MEDIA_TYPE] = content.pop("application/json")
    return document

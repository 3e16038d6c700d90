"""`POST /v1/chat/completions` and `GET /v1/models`: the assistant for programs that ask a model of OpenAI's.

Such a program sends the whole conversation with each question. Instructions in it, whoever gives them, are no more
than words: what its user said is taken as if said here, and everything else is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api import events
from api.admission import Caller, admit_client, counted
from api.completions.chunks import chunks, completion
from api.completions.schemas import Completion, CompletionRequest, Failed, Model, Models
from api.parts import assistant_of
from api.schemas import MESSAGE_LIMIT
from api.strict import StrictRoute
from knowledge.errors import InputRefused, UnknownPack
from knowledge.pack import Pack

DEFAULT = "shenbao"
"""The model that is the channel's pack, or the default one."""

_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": Failed, "description": description}
    for status, description in {
        400: "请求不符合要求",
        401: "没有密钥，或密钥无效、过期",
        403: "不允许：来源、渠道或模型不符",
        404: "没有这个模型",
        408: "请求体发得太慢",
        413: "请求体过大",
        429: "请求过多，Retry-After 秒后再来",
        431: "请求头过大",
        500: "系统出错",
        503: "正在启动、过于繁忙，或索引、存储暂不可用",
    }.items()
}
router = APIRouter(prefix="/v1", route_class=StrictRoute, responses=_FAILURES, tags=["openai"])
Client = Annotated[Caller, Depends(admit_client)]


@router.post(
    "/chat/completions",
    summary="以 OpenAI 的接口提问",
    response_model=Completion,
    dependencies=[counted("question", admit_client)],
    responses={200: {"content": {events.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def complete(body: CompletionRequest, request: Request, caller: Client) -> Response:
    """Answer the last of the user's messages, after what was said before it."""
    *earlier, question = body.said or [""]
    if not 1 <= len(question) <= MESSAGE_LIMIT:
        raise InputRefused(f"最后一条 user 消息应为 1 至 {MESSAGE_LIMIT} 个字的文字")
    # What would have been refused when it was said was not understood then either.
    understood = [words for words in earlier if len(words) <= MESSAGE_LIMIT]
    pack = caller.pack(None if body.model == DEFAULT else body.model)
    reply = assistant_of(request).reply_after(understood, question, pack=pack, asker=caller.asker)
    whole = completion(reply, body.said, body.model, int(request.app.state.clock().timestamp()))
    headers = {"Cache-Control": "no-store"}
    if not body.stream:
        return JSONResponse(whole.model_dump(mode="json"), headers=headers)
    include_usage = bool(body.stream_options and body.stream_options.include_usage)
    return StreamingResponse(
        chunks(whole, include_usage=include_usage),
        media_type=events.MEDIA_TYPE,
        headers={**headers, "X-Accel-Buffering": "no"},
    )


@router.get("/models", summary="可选的模型")
def models(request: Request, caller: Client) -> Models:
    """The packs that may be asked, each a model."""
    return Models(data=tuple(_models(request, caller)))


@router.get("/models/{model}", summary="一个模型")
def model(model: Annotated[str, Path(max_length=100)], request: Request, caller: Client) -> Model:
    """One pack as a model. Raises UnknownPack."""
    for known in _models(request, caller):
        if known.id == model:
            return known
    raise UnknownPack(f"没有模型 {model[:60]!r}，可用的见 GET /v1/models")


def _models(request: Request, caller: Caller) -> Iterator[Model]:
    assistant = assistant_of(request)
    own = caller.pack(None)
    yield _model(DEFAULT, assistant.packs[own or assistant.default_pack])
    yield from (_model(name, pack) for name, pack in assistant.packs.items() if own in (None, name))


def _model(name: str, pack: Pack) -> Model:
    day = pack.notice.issued_on  # of a drafted pack it may not be known yet
    return Model(id=name, created=int(datetime.combine(day, time(), UTC).timestamp()) if day else 0)

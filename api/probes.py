"""What is asked by machines that look after the service: does it live, can it answer, how does it fare."""

from __future__ import annotations

import hmac
import ipaddress

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.metrics import MEDIA_TYPE, Metrics
from api.schemas import Problem, Readiness
from api.startup import Startup
from assistant.settings import Settings
from knowledge.errors import AccessDenied, SignInRefused

router = APIRouter()
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_SHOWN = 20


@router.get("/healthz", summary="进程存活")
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="可以答复",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "有部分还不能答复，reasons 逐项说明"}},
)
def readyz(request: Request) -> JSONResponse:
    """Whether questions are answered, part by part; what is away but not needed stands in `degraded`."""
    startup: Startup = request.app.state.startup
    parts, reasons = dict(startup.readiness()), startup.reasons()
    degraded = [
        f"知识包 {pack}：向量检索暂不可用，只按词语检索"
        for pack, dense in startup.legs().items()
        if not dense
    ]
    ready = all(parts.values())
    told = Readiness(
        ready=ready,
        parts=parts,
        reasons={name: reasons[name] for name, answers in parts.items() if not answers},
        degraded=tuple(degraded[:_SHOWN]),
    )
    return JSONResponse(told.model_dump(), 200 if ready else 503)


@router.get(
    "/metrics",
    summary="运行指标",
    response_class=Response,
    responses={
        200: {
            "content": {"text/plain": {"schema": {"type": "string"}}},
            "description": "Prometheus 文本格式",
        },
        401: {"model": Problem, "description": "没有密钥，或密钥不对"},
        403: {"model": Problem, "description": "只答复本机的请求"},
    },
)
def metrics(request: Request) -> Response:
    """The counts of this process, in Prometheus's text format."""
    _require_reader(request, request.app.state.settings)
    counts: Metrics = request.app.state.metrics
    return Response(counts.text(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _require_reader(request: Request, settings: Settings) -> None:
    """Raises SignInRefused without the key where one is set, else AccessDenied unless it is this machine that asks."""
    if settings.metrics_token is not None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        wanted = settings.metrics_token.get_secret_value()
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), wanted.encode()):
            raise SignInRefused("须在 Authorization: Bearer 中给出 SHENBAO_METRICS_TOKEN")
        return
    forwarded = any(name in request.headers for name in _FORWARDED)
    if forwarded or not _is_loopback(request.client.host if request.client else ""):
        raise AccessDenied("运行指标只答复本机的请求；其他机器请设置 SHENBAO_METRICS_TOKEN")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

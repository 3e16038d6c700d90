"""Who asks: the channel, origin and visitor behind a request, and whether it may ask now.

A request that brings a token or names a channel is bound to that channel. One that does neither is let in where
the service listens on a loopback address, or where a setting says so.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.channels import OWN, Channel, host_of, load_channels
from api.tokens import Signer, VisitorToken, new_visitor, read_signer
from assistant.records.limits import Budget
from assistant.session_store import Asker
from assistant.settings import Settings
from knowledge.errors import AccessDenied, SignInRefused

CHANNEL_HEADER = "X-Shenbao-Channel"
RENEWABLE_FOR = timedelta(days=30)
SIGN_INS_A_MINUTE = 20
"""Of one address: an office behind one address signs in in the morning, a list of names takes days."""
READS_FOR_A_QUESTION = 10
"""A page that asks one question reads clauses, facts and searches besides."""

Kind = Literal["question", "other"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; `channel` is None for a request that is bound to none."""

    channel: Channel | None
    visitor: str

    @property
    def asker(self) -> Asker:
        """The caller as the assistant takes it."""
        return Asker(self.visitor, self.channel.id if self.channel else "")

    def pack(self, asked: str | None) -> str | None:
        """The pack to answer from: the channel's own, if it has one. Raises AccessDenied for another."""
        own = self.channel.pack if self.channel else None
        if own is not None and asked not in (None, own):
            raise AccessDenied(f"这个渠道只答复知识包 {own}")
        return own or asked


class Admission:
    """Lets requests in. `clock` is the one by which tokens expire."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings, self._clock = settings, clock
        self.channels = load_channels(settings.channels)
        self._free = settings.require_token == "never" or (  # noqa: S105 - no secret
            settings.require_token == "auto" and _is_loopback(settings.host)  # noqa: S105
        )

    @cached_property
    def signer(self) -> Signer:
        """Signs tokens; its keys are read, or made, when it is first needed."""
        return read_signer(self._settings)

    def admit(self, request: Request, *, any_key: bool = False) -> Caller:
        """The caller behind a request. Raises SignInRefused, AccessDenied, UnknownRecord.

        With `any_key` a key that was not given out here counts for nothing where none is needed, instead of being
        refused: some clients cannot ask without one.
        """
        named = request.headers.get(CHANNEL_HEADER)
        text = _bearer(request)
        if any_key and self._free and named is None and text and not self.signer.signed(text):
            text = None
        if named is not None:
            request.state.channel = self.channels.get(named)
        if text is None:
            if named is not None or not self._free:
                raise SignInRefused("缺少访客令牌，请先向 POST /v1/channels/{渠道}/token 取得")
            if not _from_here(request):
                raise AccessDenied("不接受其他网站的请求；如需嵌入，请先设置渠道")
            return Caller(None, "")
        token = self.signer.read(text)
        channel = self.channels.find(token.channel)
        if channel is None:
            raise SignInRefused("令牌所属的渠道已经停用，请刷新网页")
        request.state.channel = channel
        if (
            named not in (None, channel.id)
            or _origin(request) != token.origin
            or not self._allowed(channel, request)
        ):
            raise AccessDenied(_FOREIGN)
        if token.expires_at <= self._clock():
            raise SignInRefused("令牌已经过期，请重新取得")
        return Caller(channel, token.visitor)

    def channel(self, channel_id: str, request: Request) -> Channel:
        """The channel that a page asks for. Raises UnknownRecord, and AccessDenied for another origin."""
        channel = self.channels.get(channel_id)
        request.state.channel = channel
        if not self._allowed(channel, request):
            raise AccessDenied(_FOREIGN)
        return channel

    def token(self, channel: Channel, request: Request, previous: str | None) -> tuple[str, VisitorToken]:
        """A token for a new visitor, or a fresh one for the visitor of a previous token.

        Raises SignInRefused where the previous one was forged, belongs elsewhere or is too old.
        """
        now, origin, visitor = self._clock(), _origin(request), new_visitor()
        if previous is not None:
            known = self.signer.read(previous)
            here = (known.channel, known.origin) == (channel.id, origin)
            if not here or known.expires_at + RENEWABLE_FOR <= now:
                raise SignInRefused("原来的令牌不能续期，请重新取得")
            visitor = known.visitor
        expires = now.replace(microsecond=0) + timedelta(minutes=self._settings.token_minutes)
        token = VisitorToken(visitor, channel.id, origin, expires)
        return self.signer.sign(token), token

    def count(self, request: Request, channel: Channel, visitor: str | None, kind: Kind) -> None:
        """Take one request off the budgets. Raises LimitReached."""
        address = self.signer.pseudonym(_network(request))
        times = 1 if kind == "question" else READS_FOR_A_QUESTION
        budgets = [_budget(f"address {channel.id} {address} {kind}", channel.per_address_per_minute * times)]
        if visitor is not None:
            budgets.append(_budget(f"visitor {visitor} {kind}", channel.per_visitor_per_minute * times))
        if kind == "question":
            budgets.append(Budget(f"channel {channel.id}", channel.daily_limit, "day", _DAY_FULL))
        request.app.state.startup.records.limits.take(budgets)

    def count_sign_in(self, request: Request) -> None:
        """Take one attempt to sign in off an address's budget: one password for many names is limited too.

        Raises LimitReached.
        """
        address = self.signer.pseudonym(_network(request))
        budget = Budget(f"sign-in {address}", SIGN_INS_A_MINUTE, "minute", _TOO_MANY_SIGN_INS)
        request.app.state.startup.records.limits.take([budget])

    @staticmethod
    def _allowed(channel: Channel, request: Request) -> bool:
        return channel.allows(request.headers.get("origin"), request.headers.get("host", ""))


_FOREIGN = "这个网站不能使用此渠道，请联系管理员核对渠道的 allowed_origins"
_TOO_MANY_SIGN_INS = "登录尝试过多"
_TOO_FAST = "您的请求太快，请稍等片刻再试"
_DAY_FULL = "今天的提问次数已经用完，请明天再来，或直接致电各类别的联系电话"


async def admit(request: Request) -> Caller:
    """A dependency: who asks. Like those below it takes no thread: a way there and back costs more than it does."""
    admission: Admission = request.app.state.admission
    return admission.admit(request)


async def admit_client(request: Request) -> Caller:
    """A dependency: who asks, for clients that always send a key."""
    admission: Admission = request.app.state.admission
    return admission.admit(request, any_key=True)


Admitted = Annotated[Caller, Depends(admit)]


def counted(kind: Kind, who: Callable[[Request], Awaitable[Caller]] = admit) -> Any:
    """A dependency: the request counts against the limits of the channel that the caller is bound to."""

    asking = Depends(who)

    async def count(request: Request, caller: Caller = asking) -> None:
        if caller.channel is not None:
            taken = request.app.state.admission.count
            await run_in_threadpool(taken, request, caller.channel, caller.visitor, kind)

    return Depends(count)


def _budget(key: str, limit: int) -> Budget:
    return Budget(key, limit, "minute", _TOO_FAST)


def _bearer(request: Request) -> str | None:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else None


def _origin(request: Request) -> str:
    """Where the asking page comes from; a browser names it unless it is this very host."""
    return OWN if _from_here(request) else request.headers["origin"]


def _from_here(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or host_of(origin) == request.headers.get("host")


def _network(request: Request) -> str:
    """The address to count by: a whole /64 in IPv6, where one household has that many."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

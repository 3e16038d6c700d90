"""Who may do what at the desk: the one place where sessions, roles and form tokens are checked.

Every route of the console names the action that it is; a test holds that none is left out.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.parts import records_of
from assistant.records.accounts import Account, form_token, form_token_fits
from assistant.session_store import Asker

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.annexes import Annexes
    from assistant.records.store import Records
    from assistant.records.tables import Role
    from assistant.service import Assistant

SIGN_IN = "/console/sign-in"
SESSION_COOKIE, FORM_COOKIE = "shenbao_desk", "shenbao_form"
TOKEN_FIELD = "csrf"  # noqa: S105 - the name of a field
DESK_CHANNEL = "desk"
_MOST_FIELDS = 2_000


class Action(StrEnum):
    """What can be done at the desk."""

    LOOK_UP = "look_up"
    CHECK = "check"
    TICKETS = "tickets"
    PROPOSE = "propose"
    READ_CONVERSATIONS = "read_conversations"
    READ_NUMBERS = "read_numbers"
    REVIEW = "review"
    ANNEXES = "annexes"
    EXPORT = "export"
    FORGET = "forget"
    ACCOUNTS = "accounts"
    AUDIT = "audit"
    SWITCH = "switch"


NEEDED: dict[Action, Role] = {
    Action.LOOK_UP: "staff",
    Action.CHECK: "staff",
    Action.TICKETS: "staff",
    Action.PROPOSE: "staff",
    Action.READ_CONVERSATIONS: "staff",
    Action.READ_NUMBERS: "staff",
    Action.REVIEW: "editor",
    Action.ANNEXES: "editor",
    Action.EXPORT: "editor",
    Action.FORGET: "admin",
    Action.ACCOUNTS: "admin",
    Action.AUDIT: "admin",
    Action.SWITCH: "admin",
}
"""The lowest role that each action needs."""


class SignInNeeded(Exception):
    """Nobody is signed in; `location` is where to go."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Refused(Exception):
    """The request is not let through: status, and why, in Chinese."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in and may do what it asks."""

    request: Request
    account: Account
    token: str
    form: FormData

    @property
    def csrf(self) -> str:
        """The token that forms of this session carry."""
        return form_token(self.token)

    @property
    def assistant(self) -> Assistant:
        """The assistant. Raises IndexUnavailable as long as it is not there."""
        assistant: Assistant = self.request.app.state.startup.assistant
        return assistant

    @property
    def annexes(self) -> Annexes:
        """The annexes of the packs served."""
        annexes: Annexes = self.request.app.state.annexes
        return annexes

    @property
    def records(self) -> Records:
        """What is kept."""
        return records_of(self.request)

    def may(self, action: str) -> bool:
        """Whether the visitor may do this, for templates."""
        return self.account.may(NEEDED[Action(action)])

    @property
    def now(self) -> datetime:
        """The moment of the request."""
        now: datetime = self.request.app.state.clock()
        return now

    @property
    def asker(self) -> Asker:
        """Who asks when a question is asked at the desk."""
        return Asker(visitor=f"desk-{self.account.id}", channel=DESK_CHANNEL, staff=True)

    def said(self, name: str, limit: int = 8_000) -> str:
        """A text field of the form, trimmed; empty when absent. Raises Refused beyond `limit` characters."""
        return text_field(self.form, name, limit)

    def chosen(self, name: str) -> tuple[str, ...]:
        """All values of a field that may be repeated."""
        return tuple(value for value in self.form.getlist(name) if isinstance(value, str))


def text_field(form: FormData, name: str, limit: int = 8_000) -> str:
    """A text field, trimmed. Raises Refused when it is too long or no text."""
    value = form.get(name) or ""
    if not isinstance(value, str) or len(value) > limit:
        raise Refused(422, f"“{name}”最多 {limit} 个字，请缩短后再提交。")
    return value.strip()


async def posted(request: Request) -> FormData:
    """The form of a post; empty for other methods."""
    return await _form(request, files=0)


async def posted_with_file(request: Request) -> FormData:
    """The form of a post that may bring one file."""
    return await _form(request, files=1)


async def _form(request: Request, files: int) -> FormData:
    if request.method != "POST":
        return FormData()
    return await request.form(max_files=files, max_fields=_MOST_FIELDS)


def check_form(request: Request, form: FormData, secret: str) -> None:
    """Let a post through only if a page of ours sent it. Raises Refused."""
    # Browsers say where a request comes from; a token alone would do, this is a second lock.
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    sent = form.get(TOKEN_FIELD)
    if elsewhere or not isinstance(sent, str) or not form_token_fits(secret, sent):
        raise Refused(403, "表单已失效或不是从本页提交的。请返回上一页，刷新后再提交。")


def needs(action: Action, *, file: bool = False) -> Any:
    """A dependency: the visit of somebody who may do `action`; with `file`, its form may bring one.

    Raises SignInNeeded, Refused, AccessDenied.
    """

    reads = Depends(posted_with_file if file else posted)

    def visit(request: Request, form: FormData = reads) -> Visit:
        token = request.cookies.get(SESSION_COOKIE, "")
        account = records_of(request).accounts.signed_in(token)
        if account is None:
            raise SignInNeeded(_sign_in_for(request))
        if request.method == "POST":
            check_form(request, form, token)
        account.require(NEEDED[action])
        return Visit(request, account, token, form)

    visit.action = action  # type: ignore[attr-defined] # read by the test that no route is left out
    return Depends(visit)


def action_of(call: Callable[..., Any]) -> Action | None:
    """The action that a dependency made by `needs` checks."""
    return getattr(call, "action", None)


def _sign_in_for(request: Request) -> str:
    if request.method != "GET":
        return SIGN_IN
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{SIGN_IN}?next={quote(here, safe='')}"


def within_console(target: str) -> str:
    """`target` if it is a page of the console, else its first page: nobody is sent elsewhere."""
    path = target.split("?", 1)[0]
    inside = path == "/console" or path.startswith("/console/")
    printable = target.isprintable() and "\\" not in target and "//" not in path
    return target if inside and printable and len(target) <= 2_000 else "/console"


def is_loopback(host: str | None) -> bool:
    """Whether a host name is this machine's own, where cookies travel without TLS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False

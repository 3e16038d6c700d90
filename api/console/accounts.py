"""Accounts of the desk, for its administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from fastapi.responses import Response

from api.console.access import Action, Visit, needs
from api.console.pages import go, render
from api.console.routing import page_router
from assistant.records.accounts import NAME_ALLOWED, ROLES
from assistant.records.passwords import LONGEST, SHORTEST
from knowledge.errors import RecordRefused, StateConflict

if TYPE_CHECKING:
    from assistant.records.tables import Role

router = page_router()


@router.get("/accounts")
def accounts_page(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """All accounts, and the form for another."""
    return _page(visit)


@router.post("/accounts/add")
def add(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """A new account."""
    name, role = visit.said("name", 100), cast("Role", visit.said("role", 20))
    try:
        visit.records.accounts.add(name, role, _password(visit), actor=visit.account.name)
    except (RecordRefused, StateConflict) as error:
        return _page(visit, status=422, problem=f"{error}。", name=name)
    return go("/console/accounts", done="account_added")


@router.post("/accounts/role")
def change_role(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """Another role."""
    role = cast("Role", visit.said("role", 20))
    try:
        visit.records.accounts.change_role(visit.said("name", 100), role, actor=visit.account.name)
    except (RecordRefused, StateConflict) as error:
        return _page(visit, status=422, problem=f"{error}。")
    return go("/console/accounts", done="role_changed")


@router.post("/accounts/password")
def reset_password(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """A new password for somebody who forgot it."""
    try:
        visit.records.accounts.change_password(
            visit.said("name", 100), _password(visit), actor=visit.account.name
        )
    except RecordRefused as error:
        return _page(visit, status=422, problem=f"{error}。")
    return go("/console/accounts", done="password_reset")


@router.post("/accounts/disable")
def disable(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """Let nobody sign in under it."""
    try:
        visit.records.accounts.disable(visit.said("name", 100), actor=visit.account.name)
    except StateConflict as error:
        return _page(visit, status=422, problem=f"{error}。")
    return go("/console/accounts", done="disabled")


@router.post("/accounts/enable")
def enable(visit: Annotated[Visit, needs(Action.ACCOUNTS)]) -> Response:
    """Undo that, or a lock after wrong passwords."""
    visit.records.accounts.enable(visit.said("name", 100), actor=visit.account.name)
    return go("/console/accounts", done="enabled")


def _password(visit: Visit) -> str:
    value = visit.form.get("password")
    return value if isinstance(value, str) else ""  # not trimmed: blanks belong to a password


def _page(visit: Visit, *, status: int = 200, problem: str = "", name: str = "") -> Response:
    return render(
        visit,
        "accounts.html",
        status=status,
        problem=problem,
        name=name,
        accounts=visit.records.accounts.list(),
        roles=ROLES,
        name_allowed=NAME_ALLOWED,
        password_length=(SHORTEST, LONGEST),
    )

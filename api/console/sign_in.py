"""Signing in and out, one's own password, and the first steps where nobody has an account yet."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.console.access import (
    FORM_COOKIE,
    SESSION_COOKIE,
    SIGN_IN,
    Action,
    Visit,
    check_form,
    is_loopback,
    needs,
    posted,
    text_field,
    within_console,
)
from api.console.pages import go, render, render_open
from api.console.routing import page_router
from api.parts import records_of
from assistant.records.accounts import form_token
from knowledge.errors import RecordRefused, SignInRefused

FIRST_COMMAND = "shenbao user add 您的账号名 --role admin"
router = page_router()


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/console") -> Response:  # noqa: A002 - the parameter's name
    """The form; the first steps while there is no account."""
    records = records_of(request)
    if not records.accounts.list():
        return render_open("first_run.html", command=FIRST_COMMAND)
    if records.accounts.signed_in(request.cookies.get(SESSION_COOKIE)):
        return go(within_console(next))
    return _form(request, next, "", "")


@router.post("/sign-in")
def sign_in(request: Request, form: Annotated[FormData, Depends(posted)]) -> Response:
    """Check name and password; the browser gets the token of its session."""
    check_form(request, form, request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32))
    name, target = text_field(form, "name", 100), text_field(form, "next", 10_000)
    request.app.state.admission.count_sign_in(request)
    password = form.get("password")
    try:
        token, _ = records_of(request).accounts.sign_in(name, password if isinstance(password, str) else "")
    except SignInRefused as error:
        return _form(request, target, name, f"{error}。", status=401)
    response = go(within_console(target))
    response.delete_cookie(FORM_COOKIE, path="/console")
    _set(response, request, SESSION_COOKIE, token)
    return response


@router.post("/sign-out")
def sign_out(visit: Annotated[Visit, needs(Action.LOOK_UP)]) -> Response:
    """End the session here and in the records."""
    visit.records.accounts.sign_out(visit.token)
    response = go(SIGN_IN)
    response.delete_cookie(SESSION_COOKIE, path="/console")
    return response


@router.get("/password")
def password_page(visit: Annotated[Visit, needs(Action.LOOK_UP)]) -> Response:
    """The form for one's own password."""
    return render(visit, "password.html", problem="")


@router.post("/password")
def change_password(visit: Annotated[Visit, needs(Action.LOOK_UP)]) -> Response:
    """Set one's own password; everybody signed in under the old one signs in anew."""
    old, new, again = (_password(visit.form, name) for name in ("old", "new", "again"))
    accounts = visit.records.accounts
    if not accounts.check_password(visit.account.name, old):
        return render(visit, "password.html", status=422, problem="现在的密码不对。")
    if new != again:
        return render(visit, "password.html", status=422, problem="两次输入的新密码不一样。")
    try:
        accounts.change_password(visit.account.name, new, actor=visit.account.name)
    except RecordRefused as error:
        return render(visit, "password.html", status=422, problem=f"{error}。")
    return go(SIGN_IN)


def _password(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""  # not trimmed: blanks belong to a password


def _form(request: Request, target: str, name: str, problem: str, status: int = 200) -> Response:
    secret = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    response = render_open(
        "sign_in.html",
        status=status,
        csrf=form_token(secret),
        next=within_console(target),
        name=name,
        problem=problem,
    )
    _set(response, request, FORM_COOKIE, secret)
    return response


def _set(response: Response, request: Request, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie,
        value,
        path="/console",
        httponly=True,
        samesite="strict",
        secure=not is_loopback(request.url.hostname),
    )

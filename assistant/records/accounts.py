"""Accounts of those who work at the desk, and who is signed in.

Passwords are kept as argon2 hashes, sessions as SHA-256 digests of random tokens that only the browser has.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.passwords import Hasher, Passwords
from assistant.records.tables import AccountRow, Role, SignInRow
from knowledge.errors import AccessDenied, RecordRefused, SignInRefused, StateConflict, UnknownRecord

ROLES: tuple[Role, ...] = get_args(Role)
SIGNED_IN_FOR = timedelta(hours=12)
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
_NOTED_EVERY = timedelta(minutes=1)
_NAME = re.compile(r"[\w.@-]{2,40}")
NAME_ALLOWED = "2 至 40 个字母、汉字、数字或 . _ - @"


@dataclass(frozen=True, slots=True)
class Account:
    """A person at the desk."""

    id: int
    name: str
    role: Role
    created_at: datetime
    disabled: bool
    locked_until: datetime | None

    def may(self, role: Role) -> bool:
        """Whether the account may do what `role` may: staff < editor < admin."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def require(self, role: Role) -> None:
        """Raises AccessDenied unless the account may do what `role` may."""
        if not self.may(role):
            raise AccessDenied(f"此操作须由{_ROLE_NAMES[role]}进行，您的账号是{_ROLE_NAMES[self.role]}")


_ROLE_NAMES = {"staff": "坐席", "editor": "编辑", "admin": "管理员"}


class Accounts:
    """Who may work at the desk, and who is signed in. `hasher` defaults to argon2id with its library's costs."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], hasher: Hasher | None = None
    ) -> None:
        self._database, self._clock = database, clock
        self._passwords = Passwords(hasher)

    # --- accounts -----------------------------------------------------------------------------------------

    def add(self, name: str, role: Role, password: str, *, actor: str) -> Account:
        """A new account. Raises RecordRefused for a bad name or password, StateConflict for a taken name."""
        if not _NAME.fullmatch(name):
            raise RecordRefused(f"账号名应为 {NAME_ALLOWED}")
        row = AccountRow(
            key=name.casefold(),
            name=name,
            role=_role(role),
            password_hash=self._passwords.hash(password),
            created_at=self._clock(),
            disabled=False,
            failures=0,
        )
        try:
            with self._database.begin() as session:
                session.add(row)
                session.flush()
                self._tell(session, actor, "account.add", row, None, {"role": role})
        except IntegrityError as error:
            raise StateConflict(f"已经有账号 {name}") from error
        return _account(row)

    def change_role(self, name: str, role: Role, *, actor: str) -> Account:
        """Give another role. Raises UnknownRecord, and StateConflict for the last admin."""
        with self._database.begin() as session:
            row = _row(session, name)
            before, row.role = row.role, _role(role)
            self._tell(session, actor, "account.role", row, {"role": before}, {"role": role})
            _need_admin(session)
            return _account(row)

    def change_password(self, name: str, password: str, *, actor: str) -> None:
        """Set a new password; whoever is signed in under the old one no longer is. Raises RecordRefused."""
        hashed = self._passwords.hash(password)
        with self._database.begin() as session:
            row = _row(session, name)
            row.password_hash, row.failures, row.locked_until = hashed, 0, None
            session.execute(delete(SignInRow).where(SignInRow.account_id == row.id))
            self._tell(session, actor, "account.password", row, None, None)

    def disable(self, name: str, *, actor: str) -> Account:
        """Let nobody sign in under this name any more. Raises UnknownRecord, StateConflict for the last admin."""
        with self._database.begin() as session:
            row = _row(session, name)
            row.disabled = True
            session.execute(delete(SignInRow).where(SignInRow.account_id == row.id))
            self._tell(session, actor, "account.disable", row, None, None)
            _need_admin(session)
            return _account(row)

    def enable(self, name: str, *, actor: str) -> Account:
        """Undo `disable`, and a lock after wrong passwords. Raises UnknownRecord."""
        with self._database.begin() as session:
            row = _row(session, name)
            row.disabled, row.failures, row.locked_until = False, 0, None
            self._tell(session, actor, "account.enable", row, None, None)
            return _account(row)

    def find(self, name: str) -> Account:
        """The account of this name. Raises UnknownRecord."""
        with self._database.read() as session:
            return _account(_row(session, name))

    def list(self) -> tuple[Account, ...]:
        """All accounts by name."""
        with self._database.read() as session:
            return tuple(map(_account, session.scalars(select(AccountRow).order_by(AccountRow.key))))

    def check_password(self, name: str, password: str) -> bool:
        """Whether this is the account's password; for changing one's own. Raises UnknownRecord."""
        with self._database.read() as session:
            hashed = _row(session, name).password_hash
        return self._passwords.fits(hashed, password)

    # --- signing in ---------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> tuple[str, Account]:
        """A token for the browser, and who it stands for.

        Raises SignInRefused in the same words for an unknown name, a wrong password, a disabled and a locked
        account; after five failures in a row an account is locked for a quarter of an hour.
        """
        with self._database.read() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.key == name.casefold())).first()
            # An unknown name takes as long as a known one.
            hashed = row.password_hash if row else self._passwords.hash_of_nobody()
        fits = self._passwords.fits(hashed, password)
        if row is None or not self._note(row.id, fits=fits):
            raise SignInRefused(_REFUSED)
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._database.begin() as session:
            session.execute(delete(SignInRow).where(SignInRow.used_at < now - SIGNED_IN_FOR))
            session.add(SignInRow(token_digest=_digest(token), account_id=row.id, began_at=now, used_at=now))
        return token, _account(row)

    def signed_in(self, token: str | None) -> Account | None:
        """Who the token stands for; None without one, after twelve idle hours, or when the account is disabled."""
        if not token:
            return None
        now = self._clock()
        with self._database.read() as session:
            found = session.get(SignInRow, _digest(token))
            row = session.get(AccountRow, found.account_id) if found else None
        if found is None or row is None or row.disabled or found.used_at < now - SIGNED_IN_FOR:
            return None
        if found.used_at < now - _NOTED_EVERY:
            with self._database.begin() as session:
                again = session.get(SignInRow, found.token_digest)
                if again is not None:
                    again.used_at = now
        return _account(row)

    def sign_out(self, token: str) -> None:
        """The token stands for nobody any more."""
        with self._database.begin() as session:
            session.execute(delete(SignInRow).where(SignInRow.token_digest == _digest(token)))

    def _note(self, account_id: int, *, fits: bool) -> bool:
        """Count failures; whether the account may come in now."""
        now = self._clock()
        with self._database.begin() as session:
            row = session.get(AccountRow, account_id, with_for_update=True)
            if row is None or row.disabled or (row.locked_until is not None and row.locked_until > now):
                return False
            row.failures = 0 if fits else row.failures + 1
            row.locked_until = None
            if row.failures >= FAILURES_ALLOWED:
                row.failures, row.locked_until = 0, now + LOCKED_FOR
                until = {"locked_until": row.locked_until.isoformat()}
                self._tell(session, row.name, "account.lock", row, None, until)
            return fits

    def _tell(
        self,
        session: Transaction,
        actor: str,
        action: str,
        row: AccountRow,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        write_entry(session, self._clock(), actor, action, f"account {row.name}", before, after)


_REFUSED = "账号或密码不对，或账号已停用、因多次输错而暂时锁定"


def form_token(token: str) -> str:
    """What the forms of a signed-in browser must bring along, so that no other site can send them."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def form_token_fits(token: str, given: str) -> bool:
    """Whether `given` is the form token of a session's token."""
    return hmac.compare_digest(form_token(token).encode(), given.encode("utf-8", "replace"))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _role(role: Role) -> Role:
    if role not in ROLES:
        raise RecordRefused(f"角色应为 {'、'.join(ROLES)} 之一")
    return role


def _row(session: Transaction, name: str) -> AccountRow:
    row = session.scalars(select(AccountRow).where(AccountRow.key == name.casefold())).first()
    if row is None:
        raise UnknownRecord(f"没有账号 {name[:40]}")
    return row


def _need_admin(session: Transaction) -> None:
    session.flush()
    able = (AccountRow.role == "admin", AccountRow.disabled.is_(False))
    if not session.scalar(select(func.count(AccountRow.id)).where(*able)):
        raise StateConflict("至少要留一个可用的管理员账号")


def _account(row: AccountRow) -> Account:
    return Account(row.id, row.name, row.role, row.created_at, row.disabled, row.locked_until)

"""Who may use the web interface: accounts, tokens for programs, and the secret that signs sessions.

Passwords and tokens are kept as digests only; whoever makes them hands them over already digested.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.account_log import Change, note
from models.errors import UsageError
from models.identifiers import Inn
from models.roles import COMPANY_ROLES, SCOPES, Role, Scope
from models.text import T
from models.transaction import WithinTransaction

#: Row of ``meta`` that holds the secret of sessions.
SECRET = "web_secret"  # noqa: S105 - the name of a row
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    Parameters
    ----------
    id
        Its number, 0 before it is kept.
    login
        Name to sign in with, lower case.
    role
        What it may do.
    inn
        The company it acts for; only of an anchor or a small company.
    password
        Digest of the password.
    made_at
        When it was made.
    disabled_at
        Since when it may no longer sign in.
    """

    id: int
    login: str
    role: Role
    inn: Inn | None
    password: str = field(repr=False)
    made_at: datetime
    disabled_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether it may sign in."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token that acts for an account; itself it is kept nowhere."""

    id: int
    name: str
    scope: str
    made_at: datetime

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What it may do."""
        return read_scopes(self.scope)


def read_scopes(text: str) -> tuple[Scope, ...]:
    """Return the scopes that are named, in their order.

    Raises
    ------
    UsageError
        If there is none of such a name, or none at all.

    Examples
    --------
    >>> read_scopes("import read")
    ('read', 'import')
    """
    named = set(text.split())
    if not named or named - set(SCOPES):
        strange = ", ".join(sorted(named - set(SCOPES)))
        raise UsageError(
            T("there is no scope {name}", name=strange[:40]), T("choose one of: {choices}", choices=", ".join(SCOPES))
        )
    return tuple(scope for scope in SCOPES if scope in named)


def check_company(role: Role, inn: Inn | None) -> None:
    """Refuse a company for a role that has none, and the other way round.

    Raises
    ------
    UsageError
        If they do not go together.
    """
    if (inn is not None) != (role in COMPANY_ROLES):
        raise UsageError(
            T("an account of a company needs its INN, and no other account has one"),
            T("give --inn with the roles {roles} only", roles=", ".join(sorted(COMPANY_ROLES))),
        )


def read_login(text: str) -> str:
    """Return a login as it is kept.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> read_login(" Anna ")
    'anna'
    """
    login = text.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise UsageError(
            T("“{login}” is no login", login=text.strip()[:64]),
            T("write 2 to 64 Latin letters, digits and . _ @ + -, beginning with a letter or a digit"),
        )
    return login


class Accounts(WithinTransaction):
    """Accounts within one transaction.

    Parameters
    ----------
    connection
        The connection of a :class:`models.store.Reader`, or of a :class:`models.store.Unit` to change them.
    by
        Login of who changes them, for the log.
    """

    def __init__(self, connection: Connection, by: str = "") -> None:
        super().__init__(connection)
        self._by = by

    def all(self) -> list[Account]:
        """Return every account by login."""
        query = sa.select(tables.account).order_by(tables.account.c.login)
        return [Account(**row) for row in self._connection.execute(query).mappings()]

    def by_id(self, account_id: int) -> Account | None:
        """Return the account of that number, ``None`` if there is none."""
        return self._one(tables.account.c.id == account_id)

    def by_login(self, login: str) -> Account | None:
        """Return the account of that login, ``None`` if there is none."""
        return self._one(tables.account.c.login == login)

    def _one(self, condition: sa.ColumnElement[bool]) -> Account | None:
        row = self._connection.execute(sa.select(tables.account).where(condition)).mappings().first()
        return None if row is None else Account(**row)

    def add(self, login: str, role: Role, inn: Inn | None, password: str) -> Account:
        """Make an account.

        Raises
        ------
        UsageError
            If the login is taken, or a company is missing or named for a role that has none.
        """
        name = read_login(login)
        if self.by_login(name) is not None:
            raise UsageError(T("there is an account {login} already", login=name), T("choose another login"))
        check_company(role, inn)
        account = Account(0, name, role, inn, password, codec.now())
        values = {
            "login": name, "role": role, "inn": inn, "password": password, "made_at": account.made_at,
        }  # fmt: skip
        key = self._connection.execute(sa.insert(tables.account).values(values)).inserted_primary_key
        assert key is not None
        self._note(name, "made", role)
        return replace(account, id=int(key[0]))

    def set_role(self, login: str, role: Role, inn: Inn | None) -> Account:
        """Give an account another role, with the company of roles that have one; it holds from the next request.

        Raises
        ------
        UsageError
            If a company is missing or named for a role that has none.
        """
        account = self._known(login)
        check_company(role, inn)
        self._set(account, role=role, inn=inn)
        self._note(account.login, "role", role)
        return replace(account, role=role, inn=inn)

    def set_password(self, login: str, password: str) -> Account:
        """Give an account another password; whoever is signed in with the old one is so no longer."""
        account = self._known(login)
        self._set(account, password=password)
        self._note(account.login, "password")
        return replace(account, password=password)

    def disable(self, login: str) -> Account:
        """Let an account sign in no more; its tokens are of no use either."""
        account = self._known(login)
        if account.active:
            account = replace(account, disabled_at=codec.now())
            self._set(account, disabled_at=account.disabled_at)
            self._note(account.login, "disabled")
        return account

    def enable(self, login: str) -> Account:
        """Let an account sign in again, with the password and the tokens it had."""
        account = self._known(login)
        if not account.active:
            account = replace(account, disabled_at=None)
            self._set(account, disabled_at=None)
            self._note(account.login, "enabled")
        return account

    def _known(self, login: str) -> Account:
        found = self.by_login(read_login(login))
        if found is None:
            raise UsageError(T("there is no account {login}", login=login), T("list the accounts: zveno user list"))
        return found

    def _note(self, login: str, change: Change, detail: str = "") -> None:
        note(self._connection, login, change, detail, self._by)

    def _set(self, account: Account, **values: object) -> None:
        self._connection.execute(sa.update(tables.account).where(tables.account.c.id == account.id).values(values))

    def add_token(self, login: str, name: str, scope: str, digest: str) -> Account:
        """Let a program act for an account.

        Parameters
        ----------
        login
            The account.
        name
            What the program is called.
        scope
            What it may do: names of :data:`SCOPES`, separated by blanks.
        digest
            Digest of its token.
        """
        account, scopes = self._known(login), " ".join(read_scopes(scope))
        values = {"account_id": account.id, "name": name, "scope": scopes, "digest": digest, "made_at": codec.now()}
        self._connection.execute(sa.insert(tables.access_token).values(values))
        self._note(account.login, "token", name)
        return account

    def tokens(self, login: str) -> list[Token]:
        """Return the tokens of an account, oldest first."""
        c = tables.access_token.c
        query = sa.select(c.id, c.name, c.scope, c.made_at).where(c.account_id == self._known(login).id).order_by(c.id)
        return [Token(**row) for row in self._connection.execute(query).mappings()]

    def revoke(self, login: str, token_id: int) -> None:
        """Make a token of no use any more; one that is gone already stays so."""
        for token in self.tokens(login):
            if token.id == token_id:
                self._connection.execute(sa.delete(tables.access_token).where(tables.access_token.c.id == token_id))
                self._note(self._known(login).login, "revoked", token.name)

    def by_token(self, digest: str) -> tuple[Account, tuple[Scope, ...]] | None:
        """Return the account a token acts for and its scopes, ``None`` if there is no such token."""
        c = tables.access_token.c
        row = self._connection.execute(sa.select(c.account_id, c.scope).where(c.digest == digest)).first()
        account = None if row is None else self.by_id(row[0])
        return None if row is None or account is None else (account, read_scopes(row[1]))

    def secret(self) -> str | None:
        """Return the secret that signs sessions, ``None`` before there is one."""
        query = sa.select(tables.meta.c.value).where(tables.meta.c.key == SECRET)
        found: str | None = self._connection.execute(query).scalar()
        return found

    def make_secret(self) -> str:
        """Return the secret that signs sessions, made now if there is none."""
        found = self.secret()
        if found is None:
            found = secrets.token_urlsafe(32)
            self._connection.execute(sa.insert(tables.meta).values(key=SECRET, value=found))
        return found

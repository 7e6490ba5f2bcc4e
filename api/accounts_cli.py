"""Commands about accounts of the web interface."""

from __future__ import annotations

import sys
from dataclasses import asdict
from getpass import getuser
from typing import TYPE_CHECKING

import click

from matcher.cli.main import Document, Session, common, zveno
from models.errors import UsageError
from models.identifiers import parse_inn
from models.roles import ROLES, SCOPES, Role, Scope
from models.text import T

if TYPE_CHECKING:
    from models.accounts import Account, Accounts
    from models.store import Reader, Unit


@zveno.group()
def user() -> None:
    """Accounts of the web interface."""


@user.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), default="manager", show_default=True, help="What it may do.")
@click.option("--inn", metavar="INN", help="Company of an anchor or a small company.")
@click.option("--password", metavar="TEXT", help="Password; asked for if it is not given.")
@common
def add(session: Session, login: str, role: Role, inn: str | None, password: str | None) -> None:
    """Make an account."""
    from api.access.passwords import digest_of_password
    from models.accounts import read_login

    name, company = read_login(login), parse_inn(inn) if inn else None
    digest = digest_of_password(password or asked(session))
    with session.workspace.store.begin() as unit:
        account = _accounts(unit).add(name, role, company, digest)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("password")
@click.argument("login")
@click.option("--password", metavar="TEXT", help="Password; asked for if it is not given.")
@common
def set_password(session: Session, login: str, password: str | None) -> None:
    """Give an account another password and end its sessions."""
    from api.access.passwords import digest_of_password

    digest = digest_of_password(password or asked(session))
    with session.workspace.store.begin() as unit:
        account = _accounts(unit).set_password(login, digest)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("disable")
@click.argument("login")
@common
def disable(session: Session, login: str) -> None:
    """Let an account sign in no more."""
    with session.workspace.store.begin() as unit:
        account = _accounts(unit).disable(login)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("token")
@click.argument("login")
@click.option("--name", default="api", show_default=True, help="What the program is called.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(SCOPES),
    multiple=True,
    default=["read"],
    show_default=True,
    help="What it may do; may be repeated.",
)
@common
def token(session: Session, login: str, name: str, scopes: tuple[Scope, ...]) -> None:
    """Make a token with which a program acts for an account; it is shown once."""
    from api.access.passwords import digest_of_token, new_token

    made, scope = new_token(), " ".join(scopes)
    with session.workspace.store.begin() as unit:
        account = _accounts(unit).add_token(login, name, scope, digest_of_token(made))
    session.emit({"login": account.login, "token": made, "scope": scope}, "facts")


@user.command("list")
@common
def list_(session: Session) -> None:
    """List the accounts."""
    with session.workspace.store.read() as reader:
        accounts = _accounts(reader).all()
    session.emit({"items": [told(account) for account in accounts]}, "accounts")


def asked(session: Session) -> str:
    """Return a password that a person types twice.

    Raises
    ------
    UsageError
        If nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            T("the password is asked for at a terminal, and this is none"),
            T("run it at a terminal, or give --password"),
        )
    lang = session.settings.lang
    return str(
        click.prompt(
            T("Password").render(lang), hide_input=True, confirmation_prompt=T("Once more").render(lang), err=True
        )
    )


def _accounts(within: Reader | Unit) -> Accounts:
    from models.accounts import Accounts  # takes a third of a second to load

    return Accounts(within.connection, getuser())


def told(account: Account) -> Document:
    """Return an account as a document, without its password."""
    shown = {name: value for name, value in asdict(account).items() if name not in ("id", "password")}
    disabled = account.disabled_at.isoformat() if account.disabled_at else None
    return shown | {"made_at": account.made_at.isoformat(), "disabled_at": disabled}

"""Commands about accounts of the web interface."""

from __future__ import annotations

from dataclasses import asdict

import click

from matcher.cli.main import Document, Session, common, zveno
from models.accounts import ROLES, SCOPES, Account, Accounts, Role, Scope
from models.identifiers import parse_inn


@zveno.group()
def user() -> None:
    """Accounts of the web interface."""


@user.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), default="manager", show_default=True, help="What it may do.")
@click.option("--inn", metavar="INN", help="Company of an anchor or a small company.")
@click.password_option(help="Password; asked for if it is not given.")
@common
def add(session: Session, login: str, role: Role, inn: str | None, password: str) -> None:
    """Make an account."""
    from api.access.passwords import digest_of_password

    company, digest = parse_inn(inn) if inn else None, digest_of_password(password)
    with session.workspace.store.begin() as unit:
        account = Accounts(unit.connection).add(login, role, company, digest)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("password")
@click.argument("login")
@click.password_option(help="Password; asked for if it is not given.")
@common
def set_password(session: Session, login: str, password: str) -> None:
    """Give an account another password and end its sessions."""
    from api.access.passwords import digest_of_password

    digest = digest_of_password(password)
    with session.workspace.store.begin() as unit:
        account = Accounts(unit.connection).set_password(login, digest)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("disable")
@click.argument("login")
@common
def disable(session: Session, login: str) -> None:
    """Let an account sign in no more."""
    with session.workspace.store.begin() as unit:
        account = Accounts(unit.connection).disable(login)
    session.emit({"items": [told(account)]}, "accounts")


@user.command("token")
@click.argument("login")
@click.option("--name", default="api", show_default=True, help="What the program is called.")
@click.option("--scope", type=click.Choice(SCOPES), default="read", show_default=True, help="What it may do.")
@common
def token(session: Session, login: str, name: str, scope: Scope) -> None:
    """Make a token with which a program acts for an account; it is shown once."""
    from api.access.passwords import digest_of_token, new_token

    made = new_token()
    with session.workspace.store.begin() as unit:
        account = Accounts(unit.connection).add_token(login, name, scope, digest_of_token(made))
    session.emit({"login": account.login, "token": made, "scope": scope}, "facts")


@user.command("list")
@common
def list_(session: Session) -> None:
    """List the accounts."""
    with session.workspace.store.read() as reader:
        accounts = Accounts(reader.connection).all()
    session.emit({"items": [told(account) for account in accounts]}, "accounts")


def told(account: Account) -> Document:
    """Return an account as a document, without its password."""
    shown = {name: value for name, value in asdict(account).items() if name not in ("id", "password")}
    disabled = account.disabled_at.isoformat() if account.disabled_at else None
    return shown | {"made_at": account.made_at.isoformat(), "disabled_at": disabled}

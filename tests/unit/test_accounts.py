"""Who may use the web interface: accounts of a role, tokens of an account, a secret that stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.accounts import Accounts, read_login
from models.errors import UsageError
from models.roles import COMPANY_ROLES, ROLES, Role
from models.store import Store

AZOT = "2631015563"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store, store.begin() as unit:
        yield Accounts(unit.connection)


@pytest.mark.parametrize("role", ROLES)
def test_an_account_is_found_by_login_and_number(accounts: Accounts, role: Role) -> None:
    made = accounts.add(" Anna ", role, AZOT if role in COMPANY_ROLES else None, "digest")
    assert (made.login, made.role, made.active) == ("anna", role, True)
    assert accounts.by_login("anna") == accounts.by_id(made.id) == made
    assert accounts.all() == [made]


@pytest.mark.parametrize(("role", "inn"), [("sme", None), ("anchor", None), ("manager", AZOT), ("viewer", AZOT)])
def test_only_an_account_of_a_company_has_an_inn(accounts: Accounts, role: Role, inn: str | None) -> None:
    with pytest.raises(UsageError, match="needs its INN"):
        accounts.add("anna", role, inn, "digest")


def test_a_login_is_taken_once(accounts: Accounts) -> None:
    accounts.add("anna", "viewer", None, "digest")
    with pytest.raises(UsageError, match="already"):
        accounts.add("ANNA", "viewer", None, "digest")


@pytest.mark.parametrize("text", ["", "a", "a b", "Анна", "-anna", "a" * 65, "<script>"])
def test_what_is_no_login(text: str) -> None:
    with pytest.raises(UsageError, match="no login"):
        read_login(text)


def test_a_disabled_account_keeps_the_day_it_was_disabled(accounts: Accounts) -> None:
    accounts.add("anna", "viewer", None, "digest")
    first = accounts.disable("anna")
    assert not first.active
    assert accounts.disable("anna") == first == accounts.by_login("anna")


def test_a_token_leads_to_its_account(accounts: Accounts) -> None:
    made = accounts.add("anna", "viewer", None, "digest")
    accounts.add_token("anna", "robot", "read", "0123")
    assert accounts.by_token("0123") == (made, ("read",))
    assert accounts.by_token("4567") is None


def test_an_unknown_account_is_told(accounts: Accounts) -> None:
    with pytest.raises(UsageError, match="there is no account"):
        accounts.set_password("anna", "digest")


def test_the_secret_is_made_once(accounts: Accounts) -> None:
    assert accounts.secret() is None
    assert accounts.make_secret() == accounts.make_secret() == accounts.secret()


def test_a_password_is_not_told_by_accident(accounts: Accounts) -> None:
    assert "digest" not in repr(accounts.add("anna", "viewer", None, "digest"))

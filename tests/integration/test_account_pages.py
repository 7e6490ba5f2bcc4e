"""Accounts, tokens and the audit: the administrator's pages, every change in the log."""

from __future__ import annotations

import re
from functools import partial

import pytest

from api.desk import DESK
from models.account_log import account_events
from models.accounts import Accounts
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import whole
from tests.visitors import PASSWORD, form_secret, let_in, sign_in, stranger

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def admin(app):
    return let_in(app).test_client()


def post(client, path, **data):
    return client.post(path, data={"csrf": form_secret(client, "/users"), **data}, headers=ENGLISH)


def secret_of(page):
    return re.search(r"<code[^>]*>([^<]+)</code>", page.split('role="status"')[1])[1]


def test_an_account_is_made_with_a_password_shown_once(app, admin):
    made = post(admin, "/users", login="Factory", role="sme", inn=AZOT)
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    password = secret_of(whole(made.text))
    assert sign_in(stranger(app), "factory", password).status_code == 303
    page = whole(admin.get("/users").text)
    assert password not in page
    assert 'href="/users/factory"' in page
    assert post(admin, "/users", login="factory", role="sme", inn=AZOT).status_code == 400
    assert post(admin, "/users", login="boss", role="king").status_code == 400
    assert post(admin, "/users", login="boss", role="manager", password="short").status_code == 400


def test_a_role_changes_what_one_may_at_once(admin, enrol):
    factory = enrol("sme", "factory")
    assert factory.get("/companies").status_code == 403
    assert post(admin, "/users/factory/role", role="manager", inn=AZOT).status_code == 303
    assert factory.get("/companies").status_code == 200
    assert post(admin, "/users/factory/role", role="anchor", inn="").status_code == 400


def test_a_closed_account_is_out_until_it_is_opened(admin, enrol):
    guest = enrol("viewer", "guest")
    post(admin, "/users/guest/state", state="disabled")
    assert guest.get("/chain").status_code == 303
    assert "Closed since" in admin.get("/users/guest", headers=ENGLISH).text.replace("closed", "Closed")
    post(admin, "/users/guest/state", state="open")
    assert guest.get("/chain").status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old(app, admin, enrol):
    guest = enrol("viewer", "guest")
    password = secret_of(post(admin, "/users/guest/password").text)
    assert guest.get("/chain").status_code == 303
    assert sign_in(stranger(app), "guest", PASSWORD).status_code == 403
    assert sign_in(stranger(app), "guest", password).status_code == 303


def test_a_token_works_until_it_is_revoked(app, admin, enrol):
    enrol("manager", "anna")
    token = secret_of(post(admin, "/users/anna/tokens", name="робот", scope="read").text)
    program = partial(stranger(app).get, "/api/v1/coverage", headers={"Authorization": f"Bearer {token}"})
    assert program().status_code == 200
    page = whole(admin.get("/users/anna").text)
    revoke = next(attrs["action"] for _, attrs, _ in Reader(page).all("form") if "/revoke" in attrs.get("action", ""))
    assert post(admin, revoke).status_code == 303
    assert program().status_code == 401
    assert post(admin, revoke).status_code == 303, "a second press does nothing"


def test_nobody_locks_himself_out(enrol):
    boss = enrol("administrator", "boss")
    assert post(boss, "/users/boss/state", state="disabled").status_code == 400
    assert post(boss, "/users/boss/role", role="viewer").status_code == 400
    assert "/users/boss/role" not in whole(boss.get("/users/boss").text)


def test_every_change_is_in_the_log_with_who_made_it(app, admin):
    post(admin, "/users", login="anna", role="viewer")
    post(admin, "/users/anna/role", role="manager")
    post(admin, "/users/anna/state", state="disabled")
    post(admin, "/users/anna/state", state="disabled")
    with app.extensions[DESK].store.read() as reader:
        found = [(event.change, event.detail, event.by) for event in account_events(reader.connection)]
    assert found == [("made", "viewer", "local"), ("role", "manager", "local"), ("disabled", "", "local")]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_audit_gathers_what_people_did(admin, enrol, small_settings, lang):
    from matcher.pipeline.register import imports as register
    from matcher.pipeline.workspace import Workspace

    factory = enrol("sme", "factory")
    factory.post(f"/introductions/{AZOT}/2635000014", data={"csrf": form_secret(factory, "/"), "note": "карбамид"})
    register.decide(Workspace(small_settings), AZOT, "2635000014", "accept", "", "anna")
    named = whole(admin.get("/audit", headers={"Accept-Language": lang}).text)
    assert '→ <a href="/companies/2635000014">Мешок</a>' in named
    register.undo(Workspace(small_settings), 1)
    page = whole(admin.get("/audit", headers={"Accept-Language": lang}).text)
    for told in ("five.csv", "карбамид", "anna", "factory"):
        assert told in page
    only = whole(admin.get("/audit?by=factory", headers={"Accept-Language": lang}).text)
    assert "five.csv" not in only.split("<table")[1]
    assert 'class="empty"' in admin.get("/audit?kind=weights").text
    assert "five.csv" in admin.get("/audit?kind=import").text
    assert admin.get("/audit?from=-5").status_code == 200


@pytest.mark.parametrize("role", ["manager", "viewer", "anchor", "sme"])
def test_only_the_administrator_comes_here(enrol, role):
    client = enrol(role)
    for path in ("/users", "/users/anna", "/audit"):
        assert client.get(path).status_code == 403, path
    assert 'href="/users"' not in client.get("/chain").text


def test_an_account_that_is_none_is_told(admin):
    assert admin.get("/users/nobody").status_code == 404


def test_opening_an_open_account_changes_nothing(app, enrol):
    enrol("viewer", "guest")
    with app.extensions[DESK].store.begin() as unit:
        assert Accounts(unit.connection).enable("guest").active
        assert [event.change for event in account_events(unit.connection)] == ["made"]

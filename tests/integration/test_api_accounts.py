"""Accounts, tokens and the audit through the API: administrators alone, secrets shown once and kept nowhere."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from api.desk import DESK
from api.v1 import account_shapes as shapes
from models import tables
from models.roles import ROLES
from tests.programs import OWN, Program, program
from tests.visitors import sign_in, stranger


@pytest.fixture
def robot(app):
    return program(app)


def with_token(app, token):
    client = Program(app, app.response_class, use_cookies=False)
    client.token = token
    return client


def kept(app):
    with app.extensions[DESK].store.read() as reader:
        return str(reader.connection.execute(sa.select(tables.idempotent_request.c.body)).all())


def pointers(told):
    assert told.status_code in (400, 422), told.text
    return [each["pointer"] for each in told.json["errors"]]


def test_an_account_is_made_with_a_password_shown_once(app, robot):
    said, key = {"login": "Factory", "role": "sme", "inn": OWN}, {"Idempotency-Key": "one"}
    made = robot.post("/accounts", json=said, headers=key)
    assert (made.status_code, made.headers["Cache-Control"], made.json["login"]) == (201, "no-store", "factory")
    assert shapes.AccountMade().validate(made.json) == {}
    assert sign_in(stranger(app), "factory", made.json["password"]).status_code == 303
    again = robot.post("/accounts", json=said, headers=key)
    assert (again.status_code, again.json) == (201, {**made.json, "password": None})
    assert made.json["password"] not in kept(app)
    assert made.json["password"] not in robot.get("/accounts/factory").text
    chosen = robot.post("/accounts", json={"login": "guest", "role": "viewer", "password": "a long sentence"})
    assert chosen.json["password"] is None


def test_what_can_be_no_account_is_named(robot):
    assert pointers(robot.post("/accounts", json={"login": "?", "role": "viewer"})) == ["/login"]
    assert pointers(robot.post("/accounts", json={"login": "administrator", "role": "viewer"})) == ["/login"]
    assert pointers(robot.post("/accounts", json={"login": "boss", "role": "king"})) == ["/role"]
    assert pointers(robot.post("/accounts", json={"login": "boss", "role": "sme"})) == ["/inn"]
    assert pointers(robot.post("/accounts", json={"login": "boss", "role": "viewer", "inn": OWN})) == ["/inn"]
    assert pointers(robot.post("/accounts", json={"login": "boss", "role": "viewer", "password": "x"})) == ["/password"]
    assert robot.get("/accounts").json["total"] == 1


def test_a_role_and_a_closed_account_hold_from_the_next_request(app, robot):
    guest = program(app, "viewer", login="guest")
    assert robot.patch("/accounts/guest", json={"role": "sme", "inn": OWN}).json["inn"] == OWN
    assert guest.get("/companies").status_code == 403
    assert robot.patch("/accounts/guest", json={"disabled": True}).json["disabled_at"]
    assert guest.get("/coverage").status_code == 401
    told = robot.patch("/accounts/guest", json={"disabled": False, "role": "manager"}).json
    assert (told["disabled_at"], told["inn"]) == (None, None)
    assert guest.get("/companies").status_code == 200
    assert pointers(robot.patch("/accounts/guest", json={"role": "anchor"})) == ["/inn"]
    assert pointers(robot.patch("/accounts/administrator", json={"disabled": True})) == [""]
    assert robot.patch("/accounts/nobody", json={}).status_code == 404


def test_a_new_password_is_shown_once(app, robot):
    program(app, "viewer", login="guest")
    made = robot.post("/accounts/guest/password", json={}, headers={"Idempotency-Key": "two"})
    assert sign_in(stranger(app), "guest", made.json["password"]).status_code == 303
    assert made.json["password"] not in kept(app)


def test_a_token_is_made_used_and_revoked(app, robot):
    program(app, "viewer", login="guest")
    made = robot.post("/accounts/guest/tokens", json={"name": "crm", "scopes": ["read", "hooks"]})
    assert (made.status_code, shapes.TokenMade().validate(made.json)) == (201, {})
    guest = with_token(app, made.json["token"])
    assert guest.get("/me").json == {"login": "guest", "role": "viewer", "inn": None, "scopes": ["read", "hooks"]}
    listed = robot.get("/accounts/guest/tokens").json
    assert shapes.Tokens().validate(listed) == {}
    assert [(each["name"], "token" in each) for each in listed["items"]] == [("robot", False), ("crm", False)]
    assert robot.delete(f"/accounts/guest/tokens/{made.json['id']}").status_code == 204
    assert guest.get("/me").status_code == 401


def test_everybody_makes_and_revokes_tokens_of_ones_own(app):
    company = program(app, "sme")
    made = company.post("/tokens", json={"scopes": ["read", "decide"]}, headers={"Idempotency-Key": "three"})
    assert made.json["token"] not in kept(app)
    own = with_token(app, made.json["token"])
    assert own.get("/me").json["scopes"] == ["read", "decide"]
    assert own.post("/tokens", json={"scopes": ["write"]}).status_code == 403, "a token makes none stronger"
    assert len(company.get("/tokens").json["items"]) == 2
    other = program(app, "viewer")
    assert other.delete(f"/tokens/{made.json['id']}").status_code == 204, "it is none of its own"
    assert own.get("/me").status_code == 200
    assert company.delete(f"/tokens/{made.json['id']}").status_code == 204
    assert own.get("/me").status_code == 401


def test_accounts_and_the_audit_are_the_administrators(app, robot):
    for role in ROLES:
        client = program(app, role)
        for path in ("/accounts", "/accounts/administrator", "/accounts/administrator/tokens", "/audit"):
            assert client.get(path).status_code == (200 if role == "administrator" else 403), (role, path)
    assert program(app, scope="decide").post("/accounts", json={"login": "x1", "role": "viewer"}).status_code == 403
    assert program(app, scope="admin").post("/accounts", json={"login": "x1", "role": "viewer"}).status_code == 201
    first = robot.get("/accounts?top=2").json
    rest = robot.get(f"/accounts?cursor={first['next_cursor']}").json
    assert [each["login"] for each in (*first["items"], *rest["items"])] == sorted([*ROLES, "x1"])


def test_the_audit_is_read_page_by_page_and_filtered(app, robot):
    robot.post(f"/decisions/2635000014/{OWN}", json={"decision": "accept"})
    robot.post("/accounts", json={"login": "guest", "role": "viewer"})
    seen, cursor = [], ""
    while cursor is not None:
        told = robot.get("/audit?top=2" + (f"&cursor={cursor}" if cursor else "")).json
        assert shapes.Audit().validate(told) == {}
        seen += told["items"]
        cursor = told["next_cursor"]
    assert len(seen) == told["total"]
    assert [each["at"] for each in seen] == sorted((each["at"] for each in seen), reverse=True)
    assert {each["kind"] for each in seen} >= {"import", "decision", "account"}
    mine = robot.get("/audit?kind=account&by=administrator").json["items"]
    assert [(each["what"], each["about"]) for each in mine] == [("made", "guest")]
    assert robot.get("/audit?kind=gossip").status_code == 400

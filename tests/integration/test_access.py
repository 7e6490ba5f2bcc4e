"""Who may do what: strangers sign in first, a form of another site changes nothing, every address has its right."""

from __future__ import annotations

import json
import re

import pytest

from api.access.passwords import digest_of_password, digest_of_token, new_token
from api.access.rights import RIGHTS
from api.access.throttle import MOST_FOR_LOGIN, WINDOW_S, Throttle
from api.cli import zveno
from api.desk import DESK
from matcher.cli.main import run
from models.accounts import Accounts
from models.roles import COMPANY_ROLES, ROLES
from tests.visitors import PASSWORD, form_secret, let_in, sign_in, stranger

AZOT, ARNEST, STAVROLEN = "2631015563", "2631006752", "2624022320"


def test_every_address_has_its_right(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(RIGHTS)


def test_a_stranger_signs_in_and_comes_where_he_wanted(app, enrol):
    enrol("viewer")
    client = stranger(app)
    sent = client.get("/gaps?region=26&top=5")
    assert (sent.status_code, sent.location) == (303, "/sign-in?next=/gaps?region%3D26%26top%3D5")
    assert sign_in(client, "Anna", PASSWORD, next="/gaps?region=26&top=5").location == "/gaps?region=26&top=5"
    assert client.get("/gaps?region=26").status_code == 200


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
def test_signing_in_leads_to_no_other_site(app, enrol, next_page):
    enrol("viewer")
    assert sign_in(stranger(app), "anna", PASSWORD, next=next_page).location == "/"


def test_a_stranger_sees_no_answer(app):
    with app.test_request_context():
        paths = [rule.rule for rule in app.url_map.iter_rules() if not RIGHTS[rule.endpoint].anyone]
    for path in paths:
        got = stranger(app).get(re.sub("<(int:)?[a-z_]+>", "1", re.sub(r"<any\((\w+)[^>]*>", r"\1", path)))
        assert got.status_code in (303, 401, 405), path
        assert "Азот" not in got.text


def test_a_program_without_token_is_told(app):
    got = stranger(app).get("/api/v1/coverage")
    assert (got.status_code, got.json["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_the_table_says(enrol, role):
    client, company = enrol(role), role in COMPANY_ROLES
    for path in (
        f"/companies/{AZOT}",
        f"/suppliers?inn={AZOT}",
        "/buyers?text=мешки",
        f"/gaps?anchor={AZOT}",
        "/chain",
    ):
        assert client.get(path).status_code == 200, path
    for path in ("/companies", "/projects", f"/companies/{ARNEST}", f"/suppliers?inn={ARNEST}", "/gaps",
                 f"/explain?supplier={STAVROLEN}&buyer={ARNEST}", f"/api/v1/suppliers?inn={ARNEST}",
                 "/api/v1/companies"):  # fmt: skip
        assert client.get(path).status_code == (403 if company else 200), path
    twice = f"/suppliers?inn={ARNEST}&inn={AZOT}"
    assert client.get(twice).status_code == (403 if company else 400)


def test_a_refusal_is_a_page(enrol):
    page = enrol("sme").get("/companies", headers={"Accept-Language": "en"})
    assert "Your account may not do this" in page.text


def test_a_wrong_password_lets_nobody_in_and_then_one_waits(app, enrol):
    enrol("viewer")
    client = stranger(app)
    for _ in range(MOST_FOR_LOGIN):
        assert sign_in(client, "anna", "wrong").status_code == 403
    assert sign_in(client, "anna", PASSWORD).status_code == 429
    assert sign_in(client, "nobody", "wrong").status_code == 403


def test_attempts_are_forgotten_after_a_while():
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for _ in range(MOST_FOR_LOGIN):
        throttle.failed("anna", "here")
    assert throttle.wait_s("anna", "here") == WINDOW_S
    assert throttle.wait_s("anna", "there") == 0
    now[0] = WINDOW_S + 1
    assert throttle.wait_s("anna", "here") == 0


def test_a_form_of_another_site_changes_nothing(enrol):
    client = enrol("manager")
    assert client.post("/sign-out").status_code == 403
    assert client.post("/sign-out", data={"csrf": "guess"}).status_code == 403
    assert client.get("/chain").status_code == 200
    assert client.post("/sign-out", data={"csrf": form_secret(client, "/chain")}).status_code == 303
    assert client.get("/chain").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, enrol):
    enrol("viewer")
    here = stranger(app).get("/sign-in").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(here.split("; "))
    away = stranger(app).get("/sign-in", base_url="https://zveno.example/").headers["Set-Cookie"]
    assert away.startswith("__Host-session=")
    assert "Secure" in away.split("; ")


def test_a_new_password_or_a_closed_account_ends_sessions(app, enrol):
    first, second = enrol("viewer"), enrol("viewer", "boris")
    with app.extensions[DESK].store.begin() as unit:
        Accounts(unit.connection).set_password("anna", digest_of_password("another sentence"))
        Accounts(unit.connection).disable("boris")
    assert first.get("/chain").status_code == second.get("/chain").status_code == 303
    assert sign_in(stranger(app), "boris", PASSWORD).status_code == 403


def test_the_link_of_the_machine_works_once(app):
    from api.access.door import DOOR

    link = f"/enter/{app.extensions[DOOR].new_key()}"
    first, second = stranger(app), stranger(app)
    assert stranger(app).get(link, environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 403
    assert first.get(link).location == "/"
    assert first.get("/chain").status_code == 200
    assert second.get(link).status_code == 403
    assert second.get("/chain").status_code == 303


@pytest.mark.parametrize(("token", "status"), [("right", 200), ("wrong", 401)])
def test_a_program_comes_with_its_token(app, enrol, token, status):
    enrol("sme")
    made = new_token()
    with app.extensions[DESK].store.begin() as unit:
        Accounts(unit.connection).add_token("anna", "robot", "read", digest_of_token(made))
    headers = {"Authorization": f"Bearer {made if token == 'right' else token}"}
    assert stranger(app).get(f"/api/v1/companies/{AZOT}", headers=headers).status_code == status
    assert stranger(app).get(f"/api/v1/companies/{ARNEST}", headers=headers).status_code != 200


def test_a_session_of_another_register_is_worth_nothing(app, tmp_path):
    from api.app import create_app
    from tests.conftest import settings_in

    other = tmp_path / "other"
    other.mkdir()
    cookie = let_in(create_app(settings_in(other))).test_client().get_cookie("session")
    client = stranger(app)
    client.set_cookie("session", cookie.value)
    assert client.get("/chain").status_code == 303


def test_accounts_are_made_on_the_command_line(small_settings, capsys):
    db = ["--db", small_settings.database_url, "--lang", "en"]
    assert run(zveno, ["user", "add", "anna", "--role", "sme", "--inn", AZOT, "--password", PASSWORD, *db]) == 0
    assert run(zveno, ["user", "add", "boris", "--password", "short", *db]) == 2
    capsys.readouterr()
    assert run(zveno, ["user", "list", "--json", *db]) == 0
    told = json.loads(capsys.readouterr().out)["items"][0]
    assert (told["login"], told["role"], told["inn"]) == ("anna", "sme", AZOT)
    assert run(zveno, ["user", "list", *db[:2], "--lang", "ru"]) == 0
    assert "малая или средняя компания" in " ".join(capsys.readouterr().out.split())
    assert run(zveno, ["user", "token", "anna", *db]) == 0
    assert "token" in capsys.readouterr().out

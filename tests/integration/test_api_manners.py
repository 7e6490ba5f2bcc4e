"""Manners of the API: problems name fields, answers have tags, requests are counted, keys make a POST happen once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from api.desk import DESK
from api.rates import USUAL
from models import idempotency
from models.roles import SCOPES
from tests.programs import OWN, program

ARNEST, STAVROLEN, SACKS = "2631006752", "2624022320", "2635000014"
DECISION = f"/decisions/{SACKS}/{OWN}"


@pytest.fixture
def robot(app):
    return program(app)


def decisions(app):
    return app.extensions[DESK].store.decisions()


def test_a_problem_names_every_field_that_was_refused(robot):
    told = robot.get("/suppliers?top=0&tpo=5")
    assert told.status_code == 400
    assert told.mimetype == "application/problem+json"
    assert {each["parameter"] for each in told.json["errors"]} == {"top", "tpo", "inn"}
    assert all(each["detail"] and each["hint"] for each in told.json["errors"])
    assert told.json["type"] == "/api/v1/#usage"


def test_a_problem_points_into_the_document_that_was_sent(robot):
    told = robot.post(DECISION, json={"decision": "perhaps", "reson": "x"}).json
    assert {each["pointer"] for each in told["errors"]} == {"/decision", "/reson"}
    assert robot.post(DECISION, json=[1]).json["errors"][0]["pointer"] == ""
    assert robot.post(DECISION, data="{", content_type="application/json").status_code == 400


def test_an_answer_that_has_not_changed_is_not_computed_again(app, robot, monkeypatch):
    first = robot.get(f"/suppliers?inn={OWN}")
    tag = first.headers["ETag"]
    from api import answers

    with monkeypatch.context() as patch:
        patch.delattr(answers, "suppliers")
        again = robot.get(f"/suppliers?inn={OWN}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert robot.get(f"/suppliers?inn={OWN}&top=2", headers={"If-None-Match": tag}).status_code == 200
    assert robot.get(f"/suppliers?inn={OWN}&lang=ru", headers={"If-None-Match": tag}).status_code == 200
    assert robot.post(DECISION, json={"decision": "accept"}).status_code == 201
    changed = robot.get(f"/suppliers?inn={OWN}", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def test_what_does_not_follow_from_the_register_is_tagged_by_its_content(robot):
    tag = robot.get("/decisions").headers["ETag"]
    assert robot.get("/decisions", headers={"If-None-Match": tag}).status_code == 304
    robot.post(DECISION, json={"decision": "later"})
    assert robot.get("/decisions", headers={"If-None-Match": tag}).status_code == 200


def test_requests_are_counted_for_each_token_and_address(app):
    app.config["API_RATE_CALLER"], app.config["API_RATE_ADDRESS"] = 3, 5
    first, second = program(app), program(app, "manager")
    spelt = [f"Bearer {first.token}", f"bearer {first.token}", f"BEARER   {first.token}", f"Bearer {first.token} "]
    told = [first.get("/coverage", headers={"Authorization": each}) for each in spelt]
    assert [each.status_code for each in told] == [200, 200, 200, 429]
    assert [each.headers["RateLimit-Remaining"] for each in told] == ["2", "1", "0", "0"]
    refused = told[-1]
    assert refused.json["error"]["code"] == "too_many_requests"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert {told[0].headers[name] for name in ("RateLimit-Limit", "RateLimit-Policy")} == {"3", "3;w=60"}
    assert [second.get("/coverage").status_code for _ in range(2)] == [200, 429]
    assert set(USUAL) <= set(app.config)


def test_a_wrong_token_is_counted_before_anything_is_looked_up(app):
    app.config["API_RATE_ADDRESS"] = 2
    robot = program(app)
    robot.token = "guess"
    told = [robot.get("/coverage") for _ in range(3)]
    assert [each.status_code for each in told] == [401, 401, 429]
    assert told[0].headers["WWW-Authenticate"] == "Bearer"


def test_a_key_makes_a_request_happen_once(app, robot):
    headers = {"Idempotency-Key": "one"}
    first, again = (robot.post(DECISION, json={"decision": "accept"}, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(decisions(app)) == 1
    other = robot.post(DECISION, json={"decision": "decline"}, headers=headers)
    assert (other.status_code, other.json["error"]["code"]) == (422, "key_reused")
    stranger = program(app, "manager")
    assert stranger.post(DECISION, json={"decision": "later"}, headers=headers).status_code == 201


def test_two_requests_with_one_key_at_the_same_time_are_done_once(app, robot):
    def send(_):
        return robot.post(DECISION, json={"decision": "accept"}, headers={"Idempotency-Key": "both"})

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(send, range(8)))
    assert {each.status_code for each in told} <= {201, 409}
    assert 201 in {each.status_code for each in told}
    assert len(decisions(app)) == 1
    assert send(0).status_code == 201


def test_a_key_is_forgotten_after_a_day_and_a_lost_request_may_be_sent_again(app, robot, monkeypatch):
    headers = {"Idempotency-Key": "one"}
    assert robot.post(DECISION, json={"decision": "accept"}, headers=headers).status_code == 201
    monkeypatch.setattr(idempotency, "KEPT", timedelta(seconds=-2))
    assert robot.post(DECISION, json={"decision": "later"}, headers=headers).status_code == 201
    assert len(decisions(app)) == 2
    with app.extensions[DESK].store.begin() as unit:
        idempotency.IdempotentRequests(unit.connection).begin("administrator", "lost", "digest")
    lost = {"Idempotency-Key": "lost"}
    monkeypatch.setattr(idempotency, "KEPT", timedelta(days=1))
    assert robot.post(DECISION, json={"decision": "later"}, headers=lost).status_code == 422
    monkeypatch.setattr(idempotency, "AT_WORK", timedelta(seconds=-2))
    assert robot.post(DECISION, json={"decision": "later"}, headers=lost).status_code == 201


@pytest.mark.parametrize("key", ["", "with blank", "я", "x" * 201])
def test_a_strange_key_is_refused(robot, key):
    told = robot.post(DECISION, json={"decision": "accept"}, headers={"Idempotency-Key": key})
    assert (told.status_code, told.json["errors"][0]["parameter"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_may_do_what_its_scopes_name(app, scope):
    robot = program(app, scope=scope)
    may = {
        "read": robot.get("/coverage").status_code == 200,
        "decide": robot.post(DECISION, json={"decision": "accept"}).status_code == 201,
    }
    assert {name for name, yes in may.items() if yes} == (set(may) if scope == "write" else {scope} & set(may))


def test_a_company_decides_about_its_own_suppliers_alone(app):
    robot = program(app, "sme")
    assert robot.post(DECISION, json={"decision": "accept", "reason": "fits"}).json["by"] == "sme"
    assert robot.post(f"/decisions/{SACKS}/{ARNEST}", json={"decision": "accept"}).status_code == 403
    program(app).post(f"/decisions/{SACKS}/{ARNEST}", json={"decision": "decline"})
    assert [each["buyer_inn"] for each in robot.get("/decisions").json["items"]] == [OWN]

"""A page that is computed for long says so and loads itself again; programs wait; nothing is computed twice."""

from __future__ import annotations

from threading import Event

import pytest
from flask.testing import FlaskClient

from api.computing import PATIENCE
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from tests.integration.test_html import check
from tests.visitors import let_in

AZOT = "2631015563"
NEW = f"263100000{inn_check_digit('263100000', INN_WEIGHTS_10)}"  # before the others in the register


@pytest.fixture
def slow(small_settings, monkeypatch):
    """A server whose gaps wait for a sign: the visitor, the sign, and what was computed."""
    from api import answers
    from api.app import create_app

    go, began, compute = Event(), [], answers.gaps_part

    def waiting(*asked):
        began.append(asked)
        go.wait(30)
        return compute(*asked)

    app = let_in(create_app(small_settings))
    app.config[PATIENCE] = 0.05
    monkeypatch.setattr(answers, "gaps_part", waiting)
    yield app.test_client(), go, began
    go.set()


def test_a_page_does_not_hang_and_comes_by_itself(slow):
    visitor, go, began = slow
    for _ in range(2):
        told = visitor.get("/gaps?region=26&lang=en")
        assert told.status_code == 202
        assert told.headers["Refresh"] == "2"
        assert told.headers["Cache-Control"] == "private, no-cache"
        assert "It is being computed" in told.text
        check(told.text, "/gaps")
        assert 'href="/gaps?region=26&amp;lang=en"' in told.text
    go.set()
    visitor.application.config[PATIENCE] = 30
    page = visitor.get("/gaps?region=26&lang=en")
    assert page.status_code == 200
    assert "Refresh" not in page.headers
    assert len(began) == 1


def test_a_part_of_a_page_asks_for_itself_again(slow):
    visitor, _, _ = slow
    told = visitor.get("/gaps?region=26", headers={"HX-Request": "true", "HX-Target": "partners"})
    assert 'id="partners"' in told.text
    assert 'hx-get="/gaps?region=26"' in told.text
    assert "Refresh" not in told.headers
    odd = visitor.get("/gaps?region=26", headers={"HX-Request": "true", "HX-Target": '"><script>'})
    assert "<script>" not in odd.text.partition("<body>")[2]
    assert odd.headers["Refresh"]


def test_a_program_waits_for_the_answer(small_settings):
    from api.app import create_app

    app = let_in(create_app(small_settings))
    app.config[PATIENCE] = 0.0
    assert app.test_client().get("/api/v1/gaps?region=26").status_code == 200


def test_a_failure_is_told_as_without_waiting(small_settings):
    from api.app import create_app

    app = let_in(create_app(small_settings))
    app.config[PATIENCE] = 10.0
    assert app.test_client().get("/gaps?region=77").status_code == 422


def test_what_took_long_and_was_asked_lately_is_answered_ahead(small_settings, monkeypatch):
    from api import lately
    from api.app import create_app
    from api.desk import DESK
    from api.warming import warmed
    from matcher.pipeline.register.imports import decide
    from matcher.pipeline.workspace import Workspace

    monkeypatch.setattr(lately, "SLOW_S", 0.0)
    app = let_in(create_app(small_settings))
    desk = app.extensions[DESK]
    assert app.test_client().get("/projects?region=26&lang=ru").status_code == 200
    before = desk.held()
    decide(Workspace(small_settings), "2635000014", AZOT, "accept", "", "anna")
    after = desk.held()
    assert before.over.is_set()
    (key,) = (question.key for question in after.lately.last() if question.key[0] == "projects")
    assert (key, "ru") not in after.documents
    warmed(after, "ru")
    assert (key, "ru") in after.documents


def test_what_is_answered_ahead_is_of_the_new_state(small_settings, tmp_path, monkeypatch):
    from api import lately
    from api.app import create_app
    from api.desk import DESK
    from api.warming import warmed
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    monkeypatch.setattr(lately, "SLOW_S", 0.0)
    monkeypatch.setattr(lately, "MOST_AHEAD", 50)
    paths = [
        f"/api/v1/{name}?region=26&lang=en" for name in ("chain/graph", "chain/structure", "gaps", "projects", "chain")
    ]
    app = let_in(create_app(small_settings))
    former = [app.test_client().get(path).json for path in paths]
    more = tmp_path / "more.csv"
    more.write_text(
        "inn;name;okved_main;region_code;city;revenue_rub;year\n"
        "2624022320;Ставролен;20.16;26;Будённовск;96000000000;2016\n"
        f"{NEW};Краски;20.30;26;Ставрополь;900000000;2016\n",
        encoding="utf-8",
    )
    import_one(Workspace(small_settings), str(more), None, False, False)
    warmed(app.extensions[DESK].held(), "en")
    found = [app.test_client().get(path).json for path in paths]
    assert found == [let_in(create_app(small_settings)).test_client().get(path).json for path in paths]
    assert all(now != then for now, then in zip(found, former, strict=True))


def test_nothing_is_answered_ahead_for_a_state_that_is_over(small_settings, monkeypatch):
    from api import lately
    from api.desk import Desk
    from api.warming import warmed

    monkeypatch.setattr(lately, "SLOW_S", 0.0)
    desk, computed = Desk(small_settings), []
    held = desk.held()
    held.kept("a", "ru", computed.append)
    held.documents._kept.clear()
    held.over.set()
    warmed(held, "ru")
    assert len(computed) == 1
    desk.close()


def test_no_page_hangs_while_the_register_is_opened_anew(small_settings, monkeypatch):
    """After an import the index is built beside the visitors, once; who is not signed in may still sign in."""
    from api.app import create_app
    from api.desk import DESK, Desk

    app = let_in(create_app(small_settings))
    visitor, desk = app.test_client(), app.extensions[DESK]
    assert visitor.get("/companies").status_code == 200
    go, began, anew = Event(), [], Desk._anew

    def waiting(self, *versions):
        began.append(versions)
        go.wait(30)
        return anew(self, *versions)

    monkeypatch.setattr(Desk, "_anew", waiting)
    app.config[PATIENCE] = 0.05
    with desk.store.begin() as unit:
        unit.decide("2635000014", AZOT, "decline")
    for _ in range(3):
        assert visitor.get("/companies").status_code == 202
    assert FlaskClient(app, app.response_class).get("/sign-in").status_code == 200
    go.set()
    app.config[PATIENCE] = 30
    assert visitor.get("/companies").status_code == 200
    assert len(began) == 1
    assert desk.workspace("ru").decisions.by_pair

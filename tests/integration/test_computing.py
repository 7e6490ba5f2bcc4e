"""A page that is computed for long says so and loads itself again; programs wait; nothing is computed twice."""

from __future__ import annotations

from threading import Event

import pytest

from api.computing import PATIENCE
from tests.visitors import let_in

AZOT = "2631015563"


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
    from matcher.pipeline.register import decide
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

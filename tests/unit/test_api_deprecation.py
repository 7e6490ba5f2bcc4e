"""What is going away is told of in time, in the headers that standards name."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from api.v1 import deprecation
from api.v1.deprecation import DEPRECATED, NOTICE, Deprecation


def test_nothing_goes_away_without_a_year_of_notice():
    assert all(end.sunset - end.since >= NOTICE for end in DEPRECATED.values())


def test_an_answer_tells_its_end(monkeypatch):
    app = Flask("small")
    app.add_url_rule("/gaps", "v1.gaps", lambda: "")
    app.after_request(deprecation.tell)
    assert "Deprecation" not in app.test_client().get("/gaps").headers
    end = Deprecation(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), "/api/v2/gaps")
    monkeypatch.setattr(deprecation, "DEPRECATED", {"gaps": end})
    headers = app.test_client().get("/gaps").headers
    assert headers["Deprecation"] == "@1798761600"
    assert headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert headers["Link"] == '</api/v2/gaps>; rel="successor-version"'

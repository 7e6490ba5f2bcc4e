"""Supplier requests and calls for offers through the API: each side its own part, everything refused is named."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from api.desk import DESK
from api.v1 import call_shapes, supply_shapes
from models.accounts import Accounts
from tests.integration.test_shortlist_files import pages_of_pdf, words_of_docx
from tests.programs import OWN, Program, program

SACKS, REPAIR, ARNEST = "2635000014", "2635000021", "2631006752"
TERMS = {
    "name": "Мешки и ремонт",
    "inputs": [
        {"code": "22.22", "price_rub": 20, "volume": 1000.5, "unit": "шт", "papers": ["ISO 9001"]},
        {"words": "ремонт насосов", "needed_by": "2099-03-01"},
    ],
}
LATER = (date.today() + timedelta(days=10)).isoformat()
ASK = {"title": "Мешки", "answer_by": LATER, "firms": [{"inn": SACKS, "lines": [0]}, {"inn": REPAIR, "lines": [1]}]}
OFFER = {
    "state": "answered",
    "offer": {"lines": [{"line": 0, "price_rub": 19.5, "unit": "шт", "volume": 1000.5}], "delivery_rub": 0},
}


@pytest.fixture
def anchor(app):
    return program(app, "anchor")


@pytest.fixture
def factory(app):
    return of_company(app, SACKS, "factory")


def of_company(app, inn, login) -> Program:
    """Return a client that acts for a company."""
    found = program(app, "viewer", login=login)
    with app.extensions[DESK].store.begin() as unit:
        Accounts(unit.connection).set_role(login, "sme", inn)
    return found


@pytest.fixture
def request_path(anchor):
    made = anchor.post(f"/requests/{OWN}", json=TERMS)
    assert made.status_code == 201, made.text
    return made.headers["Location"]


@pytest.fixture
def call(anchor, request_path):
    made = anchor.post(f"{request_path}/calls", json=ASK)
    assert made.status_code == 201, made.text
    assert call_shapes.Call().validate(made.json) == {}
    return made.headers["Location"]


def pointers(told):
    assert told.status_code in (400, 422), told.text
    return [each["pointer"] for each in told.json["errors"]]


def test_a_request_is_made_changed_brought_back_and_removed(anchor, request_path):
    made = anchor.get(request_path).json
    assert supply_shapes.SupplyRequest().validate(made) == {}
    sacks = made["inputs"][0]
    assert (sacks["okved_code"], sacks["volume"], sacks["papers_wanted"]) == ("22.22", 1000.5, ["ISO 9001"])
    changed = anchor.patch(request_path, json={"sme": True, "inputs": [{"words": "биг-бэги"}]}).json
    assert (changed["name"], changed["sme"], [each["key"] for each in changed["inputs"]]) == (
        "Мешки и ремонт", True, ["биг-бэги"],
    )  # fmt: skip
    assert anchor.post(f"{request_path}/state", json={"state": "back"}).json["inputs"] == made["inputs"]
    assert [each["sme"] for each in anchor.get(f"{request_path}/versions").json["items"]] == [False, True, False]
    assert anchor.post(f"{request_path}/state", json={"state": "removed"}).json["state"] == "removed"
    assert anchor.get("/requests").json["total"] == 0
    assert [each["name"] for each in anchor.get("/requests?state=removed").json["items"]] == ["Мешки и ремонт"]


def test_what_cannot_be_asked_is_named_by_its_place(anchor):
    path = f"/requests/{OWN}"
    wrong = {"name": "x", "inputs": [{"words": "соль"}, {"price_rub": -1, "wrods": "x", "papers": [5]}], "sme": "?"}
    assert set(pointers(anchor.post(path, json=wrong))) == {
        "/inputs/1/price_rub", "/inputs/1/wrods", "/inputs/1/papers", "/sme",
    }  # fmt: skip
    untrue = {"name": "x", "inputs": [{"code": "99.98"}, {"words": " "}], "region": "00"}
    assert pointers(anchor.post(path, json=untrue)) == ["/region", "/inputs/0/code", "/inputs/1/words"]
    assert pointers(anchor.post(path, json={"name": "x", "inputs": [{"words": "a"}, {"words": "A "}]})) == [""]
    assert pointers(anchor.post(path, json={"name": "x", "inputs": []})) == ["/inputs"]
    assert pointers(anchor.post(path, json={"name": "x", "inputs": ["соль"]})) == ["/inputs/0"]
    assert anchor.get("/requests").json["total"] == 0


def test_the_recipe_is_proposed_and_each_input_has_its_candidates(anchor, request_path):
    told = anchor.get(f"/requests/{OWN}/proposals?top=3").json
    assert supply_shapes.Proposals().validate(told) == {}
    assert len(told["items"]) == 3
    document = anchor.get(f"{request_path}/shortlist?top=2").json
    assert supply_shapes.RequestShortlist().validate(document) == {}
    assert document["groups"][0]["items"][0]["inn"] == SACKS
    assert anchor.get(f"{request_path}/shortlist?top=21").status_code == 400


def test_news_are_told_after_an_import_and_then_seen(app, anchor, request_path):
    assert anchor.get(f"{request_path}/news").json["count"] == 0
    robot = program(app)
    robot.patch("/companies/2635000198/card", json={"name": "Новый мешок", "okved_main": "22.22", "region_code": "26"})
    told = anchor.get(f"{request_path}/news").json
    assert supply_shapes.RequestNews().validate(told) == {}
    assert "2635000198" in {each["inn"] for each in told["inputs"][0]["entered"]}
    listed = anchor.get("/news").json
    assert supply_shapes.NewsList().validate(listed) == {}
    assert [each["news"] for each in listed["items"]] == [told["count"]]
    assert anchor.post(f"{request_path}/seen", json={}).json["count"] == 0
    assert anchor.get("/news").json["items"] == []


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_request_is_had_as_a_file(anchor, request_path, form):
    told = anchor.get(f"{request_path}/file?form={form}")
    assert (told.status_code, told.headers["Content-Disposition"].endswith(f".{form}")) == (200, True)
    if form == "pdf":
        assert pages_of_pdf(told.data) >= 1
    else:
        assert "Мешок" in (words_of_docx(told.data) if form == "docx" else str(workbook(told.data)))


def workbook(content):
    return [list(sheet.values) for sheet in load_workbook(io.BytesIO(content)).worksheets]


def test_requests_are_read_page_by_page(anchor, request_path):
    for name in "abc":
        anchor.post(f"/requests/{OWN}", json={**TERMS, "name": name})
    first = anchor.get("/requests?top=2").json
    second = anchor.get(f"/requests?top=2&cursor={first['next_cursor']}").json
    assert [each["name"] for each in (*first["items"], *second["items"])] == ["c", "b", "a", "Мешки и ремонт"]
    assert second["next_cursor"] is None


def test_a_company_asks_for_itself_and_a_viewer_not_at_all(app, anchor, request_path):
    assert anchor.post(f"/requests/{ARNEST}", json=TERMS).status_code == 403
    assert program(app, "viewer").get("/requests").status_code == 403
    assert program(app, "anchor", "read").post(f"/requests/{OWN}", json=TERMS).status_code == 403
    number = request_path.rsplit("/", 1)[1]
    robot = program(app, "manager")
    assert robot.get(f"/requests/{ARNEST}/{number}").status_code == 404, "a number of another buyer"
    assert [each["buyer"]["inn"] for each in robot.get("/requests").json["items"]] == [OWN]
    assert robot.get(f"/requests/{OWN}/99").json["error"]["code"] == "not_found"


def test_a_firm_answers_by_itself_and_the_answers_are_compared(anchor, factory, call):
    number = call.rsplit("/", 1)[1]
    (received,) = factory.get("/calls/received").json["items"]
    assert call_shapes.CallReceived().validate(received) == {}
    assert (received["waits"], "answered" in received) == (True, False)
    seen = factory.get(f"/offers/{SACKS}/{number}").json
    assert call_shapes.OneAsked().validate(seen) == {}
    assert [each["line"] for each in seen["ask"]["lines"]] == [0]
    assert "declined" not in seen
    assert factory.post(f"/offers/{SACKS}/{number}/steps", json=OFFER).json["offer"]["lines"][0]["price_rub"] == 19.5
    anchor.post(f"{call}/firms", json={"inns": [ARNEST]})
    dear = {"state": "answered", "offer": {"lines": [{"line": 0, "price_rub": 25, "unit": "шт"}]}}
    assert anchor.post(f"{call}/firms/{ARNEST}/steps", json=dear).status_code == 201
    told = anchor.get(f"{call}/comparison").json
    assert call_shapes.Compared().validate(told) == {}
    assert [(each["inn"], each["lowest"]) for each in told["lines"][0]["offers"]] == [(SACKS, True), (ARNEST, False)]
    assert [(each["inn"], each["total_rub"] is None) for each in told["totals"]] == [(SACKS, False), (ARNEST, True)]
    assert "19.5" in str(workbook(anchor.get(f"{call}/file").data))
    (sent,) = anchor.get("/calls/sent").json["items"]
    assert (sent["answered"], sent["waiting"]) == (2, 1)


def test_a_firm_declines_with_a_reason_takes_it_back_and_is_reminded(anchor, factory, call):
    steps = f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}/steps"
    assert pointers(factory.post(steps, json={"state": "declined", "reason": " "})) == ["/reason"]
    assert factory.post(steps, json={"state": "declined", "reason": "нет мощности"}).json["state"] == "declined"
    assert factory.post(steps, json={"state": "asked"}).json["state"] == "asked"
    assert factory.post(steps, json={"state": "withdrawn"}).status_code == 422, "that is the buyer's to say"
    for state in ("reminded", "withdrawn"):
        assert anchor.post(f"{call}/firms/{SACKS}/steps", json={"state": state}).json["state"] == state
    told = anchor.get(call).json["steps"]
    assert {each["state"] for each in told} == {"withdrawn", "reminded", "asked", "declined"}


@pytest.mark.parametrize(("offer", "pointer"), [
    (None, "/offer"), ({"lines": []}, "/offer/lines"), ({"lines": 5}, "/offer/lines"),
    ({"lines": [{"line": 1, "price_rub": 5}]}, "/offer/lines/0/line"),
    ({"lines": [{"line": 0, "price_rub": 0}]}, "/offer/lines/0/price_rub"),
    ({"lines": [{"line": 0, "price_rub": 5}] * 2}, "/offer/lines/1/line"),
    ({"lines": [{"line": 0, "price_rub": 5}], "valid_till": "soon"}, "/offer/valid_till"),
])  # fmt: skip
def test_what_is_no_offer_is_named_by_its_place(factory, call, offer, pointer):
    steps = f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}/steps"
    assert pointers(factory.post(steps, json={"state": "answered", "offer": offer})) == [pointer]


def test_a_call_is_closed_opened_and_moved(anchor, factory, call):
    steps = f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}/steps"
    assert anchor.patch(call, json={"stage": "closed"}).json["stage"] == "closed"
    assert factory.post(steps, json=OFFER).status_code == 422
    past = (date.today() - timedelta(days=2)).isoformat()
    moved = anchor.patch(call, json={"stage": "open", "answer_by": past}).json
    assert (moved["stage"], moved["answer_by"], moved["remind"]) == ("open", past, True)
    factory.post(steps, json=OFFER)
    assert next(each for each in anchor.get(call).json["firms"] if each["inn"] == SACKS)["late"]


def test_nobody_is_asked_by_mistake(anchor, request_path):
    path = f"{request_path}/calls"
    past = {**ASK, "answer_by": "2020-01-01", "firms": [{"inn": SACKS, "lines": [7]}]}
    assert pointers(anchor.post(path, json=past)) == ["/answer_by", "/firms/0/lines"]
    assert pointers(anchor.post(path, json={**ASK, "firms": []})) == ["/firms"]
    assert pointers(anchor.post(path, json={**ASK, "firms": [{"inn": OWN}]})) == ["/firms"]
    assert pointers(anchor.post(path, json={**ASK, "firms": [{"lines": [0]}]})) == ["/firms/0/inn"]
    assert anchor.post(path, json={**ASK, "firms": [{"inn": "7707083893"}]}).status_code == 404
    assert anchor.get("/calls/sent").json["total"] == 0


def test_letters_are_had_as_files(anchor, call):
    letter = f"{call}/firms/{REPAIR}/letter"
    assert "Ремонт" in words_of_docx(anchor.get(letter).data)
    assert pages_of_pdf(anchor.get(f"{letter}?form=pdf&reminder=1").data) == 1
    assert anchor.get(f"{call}/firms/{ARNEST}/letter").status_code == 404


def test_last_days_come_as_a_calendar_to_each_side_its_own(app, anchor, factory, call):
    told = [Calendar.from_ical(each.get("/calls/calendar").data).walk("VEVENT") for each in (anchor, factory)]
    assert [len(events) for events in told] == [2, 1]
    assert program(app, "viewer").get("/calls/calendar").status_code == 403


def test_each_side_sees_its_own_part_only(app, anchor, factory, call):
    number = call.rsplit("/", 1)[1]
    factory.post(f"/offers/{SACKS}/{number}/steps", json={**OFFER, "offer": {**OFFER["offer"], "comment": "скидка"}})
    other = of_company(app, REPAIR, "repair")
    for path in (call, f"{call}/comparison", f"{call}/file", f"{call}/firms/{REPAIR}", f"/offers/{SACKS}/{number}"):
        assert other.get(path).status_code == 403, path
    assert anchor.get(f"/offers/{SACKS}/{number}").status_code == 403, "a buyer does not answer as its supplier"
    told = other.get(f"/offers/{REPAIR}/{number}").text
    assert "скидка" not in told
    assert "Мешок" not in told
    assert of_company(app, ARNEST, "third").get(f"/offers/{ARNEST}/{number}").status_code == 404
    assert factory.get(f"/calls/{SACKS}/{number}").status_code == 404, "a number of another buyer"

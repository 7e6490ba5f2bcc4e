"""The board through the API: read page by page, written by those whose it is, answered by entries and companies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from api.v1 import board_shapes as shapes
from models.roles import ROLES
from tests.integration.test_board_pages import put
from tests.programs import OWN, program

SACKS, REPAIR = "2635000014", "2635000021"
SAID = {"inn": SACKS, "kind": "product", "side": "offer", "title": "Мешки полипропиленовые", "text": "50 кг"}


@pytest.fixture
def robot(app):
    return program(app)


def pointers(told):
    return {each["pointer"] for each in told.json["errors"]}


def test_an_entry_is_posted_changed_renewed_withdrawn_and_brought_back(robot):
    made = robot.post("/board", json={**SAID, "price": "20 руб./шт."})
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/board/1")
    assert shapes.Entry().validate(made.json) == {}
    changed = robot.patch("/board/1", json={"volume": "100 тыс."})
    assert [changed.json[name] for name in ("title", "text", "price", "volume")] == [
        SAID["title"], "50 кг", "20 руб./шт.", "100 тыс.",
    ]  # fmt: skip
    late = robot.patch("/board/1", json={"volume": "1", "step": made.json["step"]})
    assert (late.status_code, late.json["error"]["code"]) == (422, "data")
    renewed = robot.post("/board/1/renew", json={"days": 5}).json
    assert renewed["until"] == (date.today() + timedelta(days=5)).isoformat()
    gone = robot.post("/board/1/withdraw", json={}).json
    assert gone["state"] == "withdrawn"
    assert robot.get("/board").json["total"] == 0
    assert robot.post("/board/1/undo", json={"step": gone["step"]}).json["state"] == "open"
    assert robot.post("/board/1/undo", json={"step": gone["step"]}).status_code == 422
    assert [step["did"] for step in robot.get("/board/1").json["entry"]["steps"]][:3] == ["posted", "edited", "renewed"]


def test_what_is_refused_is_named_field_by_field(robot):
    told = robot.post("/board", json={**SAID, "text": "звоните +7 918 123-45-67", "okved": "99.99.99"})
    assert (told.status_code, pointers(told)) == (422, {"/text", "/okved"})
    assert pointers(robot.post("/board", json={**SAID, "kind": "gift", "tilte": "x"})) == {"/kind", "/tilte"}
    assert pointers(robot.post("/board", json={**SAID, "inn": ""})) == {"/inn"}
    assert pointers(robot.post("/board", json={**SAID, "until": "2020-01-01"})) == {"/until"}
    assert robot.post("/board", json={**SAID, "inn": "7707083893"}).status_code == 404
    assert robot.get("/board").json["total"] == 0


def test_a_company_writes_for_itself_alone(app, robot):
    other, company = put(app, inn=SACKS), program(app, "sme")
    assert pointers(company.post("/board", json=SAID)) == {"/inn"}
    mine = company.post("/board", json={**SAID, "inn": ""})
    assert (mine.status_code, mine.json["inn"]) == (201, OWN)
    for path, said in (("renew", {}), ("withdraw", {}), ("undo", {"step": 1})):
        assert company.post(f"/board/{other}/{path}", json=said).status_code == 403
    assert company.patch(f"/board/{other}", json={"title": "x"}).status_code == 403
    assert [each["inn"] for each in company.get("/board/mine").json["items"]] == [OWN]
    assert company.get(f"/board/{other}").json["entry"] is None
    assert robot.get("/board/mine").json["total"] == 2


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_signed_in_reads_and_only_some_write(app, role):
    number, client = put(app), program(app, role)
    assert [each["ref"] for each in client.get("/board").json["items"]] == [str(number)]
    assert client.get(f"/board/{number}").status_code == 200
    assert client.get("/board/mine").status_code == (403 if role == "viewer" else 200)
    assert program(app, role, "read").post("/board", json=SAID).status_code == 403


def test_an_entry_that_ended_is_shown_to_those_alone_whose_it_is(app, robot):
    number = put(app, posted=40, days=30)
    assert program(app, "viewer").get(f"/board/{number}").status_code == 404
    assert robot.get(f"/board/{number}").json["entry"]["state"] == "expired"
    assert robot.get("/board/mine?state=expired").json["total"] == 1
    assert robot.get(f"/board/{number}/matches").json["entries"] == []
    assert pointers(robot.patch(f"/board/{number}", json={"title": "Мешки"})) == {"/until"}, "it is not renewed unasked"
    later = (date.today() + timedelta(days=3)).isoformat()
    assert robot.patch(f"/board/{number}", json={"title": "Мешки", "until": later}).json["state"] == "open"
    assert robot.get("/board/99").status_code == robot.get(f"/board/cards/{SACKS}/offers").status_code == 404


@pytest.mark.parametrize("sort", [None, "best", "new", "ending", "firm"])
def test_every_page_together_is_the_board(app, robot, sort):
    robot.patch(f"/companies/{SACKS}/card", json={"offers": "мешки; биг-бэги", "needs": "пропилен"})
    for title in ("Мешки", "Ремонт насосов", "Антифриз", "Соль"):
        put(app, title=title, inn=REPAIR)
    asked = "/board?top=2" + (f"&sort={sort}" if sort else "")
    seen, cursor = [], ""
    while cursor is not None:
        told = robot.get(asked + (f"&cursor={cursor}" if cursor else "")).json
        assert shapes.Board().validate(told) == {}
        seen += [each["ref"] for each in told["items"]]
        cursor = told["next_cursor"]
    assert seen == [each["ref"] for each in robot.get(asked.replace("top=2", "top=200")).json["items"]]
    assert sorted(seen) == sorted([*"1234", f"{SACKS}/offers", f"{SACKS}/needs"])


def test_what_comes_and_goes_meanwhile_neither_repeats_nor_hides_an_entry(app, robot):
    for title in ("Мешки", "Ремонт насосов", "Антифриз", "Соль"):
        put(app, title=title, inn=REPAIR)
    first = robot.get("/board?top=2").json
    last = first["items"][-1]["ref"]
    robot.post(f"/board/{last}/withdraw", json={})
    put(app, title="Новое", inn=REPAIR)
    rest = robot.get(f"/board?top=2&cursor={first['next_cursor']}").json
    assert [each["ref"] for each in (*first["items"], *rest["items"])] == ["4", "3", "2", "1"]


def test_filters_and_words_find_what_the_page_finds(app, robot):
    put(app, kind="service", side="request", title="Ремонт насосов")
    put(app, title="Мешки")
    told = robot.get("/board?side=request").json
    assert ([each["ref"] for each in told["items"]], told["counts"]["side"]) == (["1"], {"offer": 1, "request": 1})
    (found,) = robot.get("/board?text=ремонта насоса").json["items"]
    assert (found["ref"], bool(found["why"])) == ("1", True)
    for wrong in ("sort=price", "region=0", "kind=gift"):
        assert robot.get(f"/board?{wrong}").status_code == 400, wrong


def test_both_sides_find_each_other_and_a_stranger_is_not_told_who_could_answer(app, robot):
    put(app, title="Мешки полипропиленовые 50 кг", heard=("22.22",))
    put(app, inn=OWN, side="request", title="Нужны мешки полипропиленовые", heard=("22.22",))
    told = robot.get("/board/1/matches").json
    assert shapes.Matches().validate(told) == {}
    assert [each["ref"] for each in told["entries"]] == ["2"]
    assert told["companies"]
    stranger = program(app, "sme").get("/board/1/matches").json
    assert ([each["ref"] for each in stranger["entries"]], stranger["companies"]) == (["2"], [])


def test_what_a_card_says_stands_there_by_its_reference(robot):
    robot.patch(f"/companies/{SACKS}/card", json={"offers": "мешки; биг-бэги"})
    (item,) = robot.get("/board?source=card").json["items"]
    told = robot.get(f"/board/cards/{item['ref']}").json
    assert shapes.NoticeSeen().validate(told) == {}
    assert told["text"] == "мешки; биг-бэги"
    assert shapes.Matches().validate(robot.get(f"/board/cards/{item['ref']}/matches").json) == {}
    assert robot.get(f"/board/cards/{SACKS}/name").status_code == 404


def test_last_days_come_as_a_calendar(app, robot):
    put(app, days=30)
    told = robot.get("/board/calendar")
    assert told.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(told.data).walk("VEVENT")
    assert event.decoded("dtstart") == date.today() + timedelta(days=30)
    assert program(app, "viewer").get("/board/calendar").status_code == 403

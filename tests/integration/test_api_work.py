"""What pages change the API changes too: cards, introductions, projects, names of firms, imports, lines in bulk."""

from __future__ import annotations

import json
import time
from io import BytesIO
from urllib.request import Request, urlopen

import pytest

from api.v1 import deed_shapes, job_shapes
from api.v1.jobs import PLACES, STREAMS
from matcher.pipeline.companies.card import FIGURES, IDENTITY, WORDS
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from tests.programs import API, OWN, program
from tests.served import served_at

ARNEST, STAVROLEN, SACKS = "2631006752", "2624022320", "2635000014"
NEW = f"263500010{inn_check_digit('263500010', INN_WEIGHTS_10)}"
SHEET = f"inn;name;okved_main;region_code\n{NEW};Новая;22.22;26\n1;Кривая;22.22;26\n".encode()


@pytest.fixture
def robot(app):
    return program(app)


def rest(robot, told):
    """Wait until a job comes to rest and return it."""
    assert told.status_code == 202, told.text
    assert job_shapes.Job().validate(told.json) == {}
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job = robot.get(told.headers["Location"]).json
        if job["state"] not in ("checking", "importing"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not come to rest")


def test_every_field_of_a_card_can_be_sent():
    assert {*IDENTITY, *WORDS, *FIGURES} <= set(deed_shapes.CardBody().fields)


def test_a_card_is_written_and_a_change_taken_back(robot):
    path = f"/companies/{SACKS}/card"
    written = robot.patch(path, json={"offers": "мешки тканые", "workers": "40", "workers_year": "2023"})
    assert written.status_code == 200, written.text
    assert deed_shapes.Card().validate(written.json) == {}
    assert (written.json["values"]["offers"], written.json["values"]["workers"]) == ("мешки тканые", "40")
    undone = robot.post(f"{path}/{written.json['run']}/undo", json={}).json
    assert deed_shapes.Card().validate(undone) == {}
    assert "offers" not in undone["values"] or not undone["values"]["offers"]
    assert undone["changes"][0]["undone"] is True


def test_a_refused_card_names_its_fields(robot):
    told = robot.patch(f"/companies/{SACKS}/card", json={"okved_main": "99.99.9", "offers": "мешки"})
    assert told.status_code == 422
    assert [each["pointer"] for each in told.json["errors"]] == ["/okved_main"]
    assert not robot.get(f"/companies/{SACKS}/card").json["values"]["offers"]


def test_a_company_writes_its_own_words_alone(app):
    robot = program(app, "sme")
    assert robot.patch(f"/companies/{OWN}/card", json={"offers": "аммиак"}).status_code == 200
    refused = robot.patch(f"/companies/{OWN}/card", json={"name": "Лучшие"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/name")
    assert robot.patch(f"/companies/{SACKS}/card", json={"offers": "мешки"}).status_code == 403


def test_an_introduction_is_asked_for_mediated_and_withdrawn(app, robot):
    company = program(app, "sme")
    asked = company.post(f"/introductions/{SACKS}/{OWN}", json={"note": "соль"})
    assert asked.status_code == 201
    assert deed_shapes.Introduction().validate(asked.json) == {}
    assert company.post(f"/introductions/{SACKS}/{OWN}/answer", json={"state": "introduced"}).status_code == 403
    told = robot.post(f"/introductions/{SACKS}/{OWN}/answer", json={"state": "introduced", "note": "звоните"})
    assert [step["state"] for step in told.json["steps"]] == ["waiting", "introduced"]
    assert company.get("/introductions").json["items"][0]["state"] == "introduced"
    assert company.post(f"/introductions/{SACKS}/{OWN}/withdraw", json={}).status_code == 422


def test_a_project_is_declined_for_a_reason_and_stays_away(robot):
    project = robot.get("/projects").json["items"][0]
    said = {"id": project["id"], "decision": "decline"}
    assert robot.post("/project-decisions", json=said).json["errors"][0]["pointer"] == "/reason"
    made = robot.post("/project-decisions", json={**said, "reason": "далеко"})
    assert (made.status_code, made.json["title"]) == (201, project["title"])
    assert deed_shapes.ProjectDecided().validate(made.json) == {}
    assert project["id"] not in {each["id"] for each in robot.get("/projects?sort=-score&top=200").json["items"]}
    assert [each["id"] for each in robot.get("/project-decisions").json["items"]] == [project["id"]]


def test_a_row_without_inn_is_named(app, robot):
    sheet = "name;city;okved_main;offers\nМешок;Ставрополь;22.22;мешки\n".encode()
    rest(robot, robot.post("/imports?name=names.csv", data=sheet, content_type="application/octet-stream"))
    (question,) = robot.get("/review").json["items"]
    assert deed_shapes.Question().validate(question) == {}
    said = robot.post(f"/review/{question['item']}", json={"verdict": "same", "inn": SACKS})
    assert (said.status_code, said.json["rows"]) == (200, 1), said.text
    assert robot.get("/review").json["total"] == 0
    assert robot.get(f"/companies/{SACKS}/card").json["values"]["offers"] == "мешки"


@pytest.mark.parametrize("way", ["form", "body"])
def test_a_file_is_rehearsed_imported_and_taken_back(robot, way):
    sent = {"data": {"file": (BytesIO(SHEET), "новые.csv")}} if way == "form" else {
        "data": SHEET, "content_type": "text/csv", "query_string": {"dry_run": "1", "name": "новые.csv"}}  # fmt: skip
    tried = rest(robot, robot.post("/imports?dry_run=1", **sent) if way == "form" else robot.post("/imports", **sent))
    assert (tried["state"], tried["file"], tried["report"]["added"]) == ("checked", "новые.csv", 1)
    assert robot.get(f"/companies/{NEW}").status_code == 404
    done = rest(robot, robot.post(f"/jobs/{tried['id']}/import", json={}))
    run = done["report"]["run"]
    assert robot.get(f"/companies/{NEW}").json["name"]
    assert robot.post(f"/jobs/{tried['id']}/import", json={}).status_code == 409
    assert [each["run"] for each in robot.get("/imports?top=1").json["items"]] == [run]
    assert [each["line"] for each in robot.get(f"/imports/{run}/refused").json["items"]] == [3]
    assert robot.post(f"/imports/{run}/undo", json={}).json["removed"] == 1
    assert robot.get(f"/imports/{run}").json["undone"]
    assert robot.get(f"/companies/{NEW}").status_code == 404


def test_an_import_with_a_key_happens_once(app, robot):
    headers = {"Idempotency-Key": "night"}
    sent = [robot.post("/imports", data={"file": (BytesIO(SHEET), "a.csv")}, headers=headers) for _ in range(2)]
    assert sent[0].json["id"] == sent[1].json["id"]
    assert rest(robot, sent[0])["state"] == "done"
    headers = {"Idempotency-Key": "raw"}
    raw = [robot.post("/imports", data=SHEET, content_type="text/csv", headers=headers) for _ in range(2)]
    assert raw[0].json["id"] == raw[1].json["id"]
    assert rest(robot, raw[0])["report"]["repeats"]
    other = robot.post("/imports", data=SHEET + b"\n", content_type="text/csv", headers=headers)
    assert other.status_code == 422


def test_a_file_that_is_none_fails_its_job_and_is_discarded(robot):
    job = rest(robot, robot.post("/imports", data=b"\x00\x01\x02", content_type="application/octet-stream"))
    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable_file")
    assert "/tmp" not in json.dumps(job["error"])
    assert robot.delete(f"/jobs/{job['id']}").status_code == 204
    assert robot.get(f"/jobs/{job['id']}").status_code == 404
    assert robot.post("/imports").json["errors"][0]["pointer"] == "/file"


def test_a_token_for_imports_sees_its_jobs_and_no_answer(app):
    robot = program(app, scope="import")
    assert rest(robot, robot.post("/imports", data=SHEET, content_type="text/csv"))["state"] == "done"
    assert robot.get("/coverage").status_code == 403
    assert program(app, "sme").get("/jobs").status_code == 403


@pytest.fixture
def served(app):
    """The address of the application, served as it is in earnest."""
    with served_at(app) as address:
        yield address


def stream_of(served, robot, path):
    return urlopen(Request(served + API + path, headers={"Authorization": f"Bearer {robot.token}"}), timeout=60)


def test_progress_is_told_as_it_goes_on(served, robot):
    lines = "\n".join(f"{NEW};Новая {number};22.22;26" for number in range(20_000))
    sheet = f"inn;name;okved_main;region_code\n{lines}\n".encode()
    told = robot.post("/imports?dry_run=1", data=sheet, content_type="text/csv")
    with stream_of(served, robot, f"/jobs/{told.json['id']}/events") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        text = stream.read().decode()
    events = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n")]
    assert [int(each["id"]) for each in events] == list(range(1, len(events) + 1))
    assert {each["event"] for each in events[:-1]} == {"progress"}
    assert events[-1]["event"] == "end"
    assert json.loads(events[-1]["data"])["state"] == "checked"


def test_the_first_event_does_not_wait_for_the_last(app, served, robot):
    from api.pages.intake import UPLOADS

    draft = app.extensions[UPLOADS].receive("long.csv", "anna", "en")
    with stream_of(served, robot, f"/jobs/{draft.id}/events") as stream:
        assert stream.readline() == b"id: 1\n"
        assert stream.readline() == b"event: progress\n"
        draft.state = "checked"
        assert b"event: end" in stream.read()


def test_no_more_streams_than_places(app, robot):
    places = app.extensions[PLACES]
    job = rest(robot, robot.post("/imports?dry_run=1", data=SHEET, content_type="text/csv"))
    for _ in range(STREAMS):
        places.acquire()
    assert robot.get(f"/jobs/{job['id']}/events").status_code == 503
    places.release()
    for _ in range(2):
        with robot.get(f"/jobs/{job['id']}/events") as told:
            assert "event: end" in told.text


def test_companies_go_out_and_come_back_as_they_were(app, robot, tmp_path):
    from api.app import create_app
    from tests.conftest import settings_in

    robot.patch(f"/companies/{SACKS}/card", json={"offers": "мешки; биг-бэги", "okved_extra": "13.92; 22.21"})
    out = robot.get("/bulk/companies")
    assert out.mimetype == "application/x-ndjson"
    companies = [json.loads(line) for line in out.text.splitlines()]
    assert [each["inn"] for each in companies] == sorted(each["inn"] for each in companies)
    assert len(companies) == 5
    assert robot.get("/bulk/companies?region=26").text == out.text
    (tmp_path / "other").mkdir()
    other = program(create_app(settings_in(tmp_path / "other")))
    job = rest(other, other.post("/bulk/companies", data=out.data, content_type="application/x-ndjson"))
    assert job["report"]["added"] == 5, job
    assert [json.loads(line) for line in other.get("/bulk/companies").text.splitlines()] == companies


@pytest.mark.parametrize("line", ["{", "[]", '{"inn": {}}', '{"offers": [1]}', ""])
def test_a_line_that_is_no_company_is_refused(robot, line):
    told = robot.post("/bulk/companies", data=line.encode(), content_type="application/x-ndjson")
    assert told.status_code in (400, 422)
    assert robot.get("/jobs").json["items"] == []


def test_many_shortlists_are_asked_for_at_once(robot):
    lines = [{"inn": OWN, "top": 2}, {"inn": "1"}, {"inn": ARNEST, "top": 1, "tpo": 2}, {"inn": STAVROLEN}]
    body = "\n".join([*map(json.dumps, lines), "nonsense"])
    out = robot.post("/bulk/suppliers", data=body, content_type="application/x-ndjson")
    told = [json.loads(line) for line in out.text.splitlines()]
    assert [each.get("error", {}).get("code") for each in told] == [None, "invalid_identifier", "usage", None, "data"]
    single = robot.get(f"/suppliers?inn={OWN}&top=2").json
    assert told[0] == {name: value for name, value in single.items() if name != "next_cursor"}
    assert json.loads(robot.post("/bulk/buyers", data=json.dumps({"okved": ["22.22"]})).text)["total"] > 0
    assert robot.post("/bulk/suppliers", data="").status_code == 400
    assert program(robot.application, "sme").post("/bulk/suppliers", data=body).status_code == 403

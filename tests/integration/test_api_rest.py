"""What else pages do, through the API: the first page, words on the map, files, projects, columns, corrections."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from api.pages import intake
from api.v1 import home, job_shapes, project_shapes, selling
from matcher.intake.headers import column_names
from tests.integration.test_api_work import rest
from tests.integration.test_shortlist_files import pages_of_pdf, words_of_docx
from tests.programs import OWN, program

SACKS, ARNEST = "2635000014", "2631006752"


@pytest.fixture
def robot(app):
    return program(app)


def test_the_first_page_is_told_to_each_in_its_part(app, robot):
    robot.post(f"/decisions/{SACKS}/{OWN}", json={"decision": "accept"})
    company = program(app, "sme")
    company.post(f"/introductions/{SACKS}/{OWN}", json={"note": "соль"})
    told = robot.get("/home").json
    assert home.Home().validate(told) == {}
    assert (told["changes"]["decisions"]["total"], told["files"], told["own"]) == (1, 0, None)
    later = (date.today() + timedelta(days=2)).isoformat()
    assert robot.get(f"/home?since={later}").json["changes"]["decisions"]["total"] == 0
    mine = company.get("/home").json
    assert home.Home().validate(mine) == {}
    assert (mine["own"]["introductions"], mine["waiting"]) == ({"waiting": 1}, None)
    assert program(app, "viewer").get("/home").json["entries"] is None


def test_words_are_understood_and_their_buyers_stand_on_the_map(robot):
    told = robot.get("/offer/understood?text=полипропиленовые мешки").json
    assert selling.Understood().validate(told) == {}
    assert told["items"][0]["meant"]
    for asked in ("text=полипропиленовые мешки&okved=22.22&home=26", f"inn={SACKS}"):
        buyers = robot.get(f"/offer/buyers?{asked}").json
        assert selling.BuyersOnMap().validate(buyers) == {}
        assert buyers["items"][0]["point"]
    assert robot.get("/offer/understood").status_code == 400


@pytest.mark.parametrize("path", [f"/suppliers/file?inn={OWN}", "/buyers/file?okved=22.22"])
def test_shortlists_are_had_as_files(app, robot, path):
    assert load_workbook(io.BytesIO(robot.get(path).data)).active.max_row > 1
    assert words_of_docx(robot.get(f"{path}&form=docx").data)
    assert pages_of_pdf(robot.get(f"{path}&form=pdf").data) >= 1
    assert program(app, "sme").get(f"/suppliers/file?inn={ARNEST}").status_code == 403


def test_a_project_is_told_in_full_had_as_a_sheet_and_its_decision_taken_back(app, robot):
    project = robot.get("/projects").json["items"][0]
    asked = {"id": project["id"]}
    robot.post("/project-decisions", json={**asked, "decision": "later"})
    told = robot.get("/projects/one", query_string=asked).json
    assert project_shapes.ProjectPage().validate(told) == {}
    assert (told["item"]["title"], told["decision"]["decision"]) == (project["title"], "later")
    assert robot.get("/project-decisions?decision=accept").json["items"] == []
    assert robot.post("/project-decisions/undo", json=asked).json["decision"] == "reopen"
    assert robot.get("/projects/one", query_string=asked).json["decision"] is None
    assert pages_of_pdf(robot.get("/projects/sheet", query_string=asked).data) == 1
    assert robot.get("/projects/one?id=none").status_code in (404, 422)
    assert program(app, "sme").get("/projects/one", query_string=asked).status_code == 403


def test_networks_are_had_as_files(app, robot):
    assert b"graphml" in robot.get("/chain/graph/file").data
    for path in ("/chain/graph/file?form=geojson", "/chain/companies/file?region=26"):
        assert json.loads(robot.get(path).data)["type"] == "FeatureCollection"
    assert program(app, "sme").get("/chain/graph/file").status_code == 403


def test_columns_are_named_and_the_file_is_looked_at_again(robot):
    sheet = "inn;name;Чем занимается;Цвет\n2635000198;Новая;мешки;красный\n".encode()
    job = rest(robot, robot.post("/imports?dry_run=1&name=new.csv", data=sheet, content_type="text/csv"))
    told = robot.get(f"/jobs/{job['id']}/columns").json
    assert job_shapes.Columns().validate(told) == {}
    assert [each["title"] for each in told["columns"]] == ["inn", "name", "Чем занимается", "Цвет"]
    assert {each["name"] for each in told["meanings"]} == set(column_names())
    said = {"columns": {"3": "offers", "4": "-"}, "save": "наши файлы"}
    again = rest(robot, robot.post(f"/jobs/{job['id']}/columns", json=said))
    assert again["state"] == "checked"
    named = {each["title"]: each["name"] for each in robot.get(f"/jobs/{job['id']}/columns").json["columns"]}
    assert (named["Чем занимается"], named["Цвет"]) == ("offers", "")
    wrong = robot.post(f"/jobs/{job['id']}/columns", json={"columns": {"3": "colour"}})
    assert wrong.json["errors"][0]["pointer"] == "/columns"
    rest(robot, robot.post(f"/jobs/{job['id']}/import", json={}))
    assert robot.get(f"/jobs/{job['id']}/columns").status_code == 422
    assert robot.post(f"/jobs/{job['id']}/columns", json={}).status_code == 409
    assert robot.get("/companies/2635000198/card").json["values"]["offers"] == "мешки"


def test_what_was_refused_is_corrected(robot):
    sheet = "inn;name;okved_main;region_code\n2635000014;Мешок;99.99;26\n123;Никто;22.22;26\n".encode()
    run = rest(robot, robot.post("/imports?name=bad.csv", data=sheet, content_type="text/csv"))["report"]["run"]
    refused = robot.get(f"/imports/{run}/refused").json["items"]
    assert job_shapes.Refused(many=True).validate(refused) == {}
    (code,) = [each for each in refused if each["field"] == "okved_main"]
    (whole,) = [each for each in refused if each["cells"]]
    said = [{"row": code["row"], "value": "22.23"}, {"row": whole["row"], "cells": {"inn": "2635000198"}}]
    told = robot.post(f"/imports/{run}/corrections", json={"corrections": said})
    assert (told.status_code, job_shapes.ImportRun().validate(told.json)) == (201, {}), told.text
    assert robot.get(f"/companies/{SACKS}").json["okved_main"] == "22.23"
    none = robot.post(f"/imports/{run}/corrections", json={"corrections": [{"row": 77, "value": "x"}]})
    assert none.json["errors"][0]["pointer"] == "/corrections"
    assert robot.post("/imports/99/corrections", json={"corrections": said}).status_code == 404


def test_bundled_companies_are_jobs(robot, tmp_path, monkeypatch):
    sheet = tmp_path / "bundled.csv"
    sheet.write_text("inn;name;okved_main\n2635000198;Новая;22.22\n", encoding="utf-8")
    monkeypatch.setattr(intake, "FILES", ["bundled.csv"])
    monkeypatch.setattr(intake, "data_path", lambda name: tmp_path / name)
    told = robot.post("/imports/bundled", json={})
    assert (told.status_code, [each["file"] for each in told.json["items"]]) == (202, ["bundled.csv"])


def test_only_managers_import(app):
    for role in ("viewer", "sme"):
        client = program(app, role)
        assert client.post("/imports/bundled", json={}).status_code == 403
        assert client.post("/imports/1/corrections", json={}).status_code == 403
        assert client.get("/jobs/x/columns").status_code == 403

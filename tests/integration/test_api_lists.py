"""The full list of companies, kept lists, labels and notes, and what surrounds a company, through the API."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from api.desk import DESK
from api.looking import Looking
from api.v1 import list_shapes as shapes
from matcher.index.filters import SORTS
from models.identifiers import Inn
from tests.programs import OWN, program

STAVROLEN, ARNEST, SACKS, REPAIR = "2624022320", "2631006752", "2635000014", "2635000021"


@pytest.fixture
def robot(app):
    return program(app)


def listed(robot, query):
    return [each["inn"] for each in robot.get(f"/company-list?{query}").json["items"]]


def test_filters_take_several_values_and_say_how_much_each_leaves(robot):
    told = robot.get("/company-list?stage=finished_product&stage=none&region=26").json
    assert shapes.CompanyList().validate(told) == {}
    assert REPAIR in {each["inn"] for each in told["items"]}
    assert told["counts"]["region"]["26"] == told["total"]
    assert {town["name"] for town in told["towns"]} >= {"Ставрополь"}
    assert set(listed(robot, "town=26:Невинномысск")) == {OWN, ARNEST}
    assert listed(robot, "text=мешок") == listed(robot, "text=vtijr") == [SACKS]
    assert len(listed(robot, "box=40,35,50,55")) == 5
    for wrong in ("box=1,2,3", "sort=luck", "has=gold", "region=00", "cluster=none", "page=2"):
        assert robot.get(f"/company-list?{wrong}").status_code == 400, wrong


@pytest.mark.parametrize("sort", SORTS)
def test_every_page_together_is_the_list(robot, sort):
    robot.patch("/companies/2635000198/card", json={"name": "Без цифр", "okved_main": "22.22", "region_code": "26"})
    whole, seen, cursor = listed(robot, f"sort={sort}"), [], ""
    while cursor is not None:
        told = robot.get(f"/company-list?sort={sort}&top=2" + (f"&cursor={cursor}" if cursor else "")).json
        seen += [each["inn"] for each in told["items"]]
        cursor = told["next_cursor"]
    assert (seen, len(seen)) == (whole, 6)


def test_files_hold_the_list_that_is_asked_for(robot):
    table = robot.get("/company-list/file?form=csv&town=26:Невинномысск&lang=en")
    rows = list(csv.reader(StringIO(table.data.decode("utf-8-sig"))))
    assert {OWN, ARNEST} == {row[0] for row in rows[1:]}
    assert load_workbook(BytesIO(robot.get("/company-list/file?sort=revenue").data)).active.max_row == 6
    chosen = robot.post("/company-list/file", json={"inns": [SACKS, OWN], "form": "geojson"})
    assert [each["id"] for each in json.loads(chosen.data)["features"]] == [SACKS, OWN]
    assert robot.post("/company-list/file", json={"inns": ["7707083893"]}).status_code == 404


def test_a_label_is_put_on_filters_and_is_undone(robot):
    made = robot.post("/remarks", json={"kind": "label", "text": "  звонить   первыми ", "inns": [OWN, SACKS]})
    assert (made.status_code, shapes.Remark().validate(made.json)) == (201, {})
    assert set(listed(robot, "label=звонить первыми")) == {OWN, SACKS}
    assert robot.get("/labels").json["items"] == [{"label": "звонить первыми", "companies": 2}]
    (item,) = [each for each in robot.get("/company-list").json["items"] if each["inn"] == SACKS]
    assert item["labels"] == ["звонить первыми"]
    undo = f"/remarks/{made.json['number']}/undo"
    assert robot.post(undo, json={}).json["undone"]
    assert listed(robot, "label=звонить первыми") == []
    assert not robot.post(undo, json={"redo": True}).json["undone"]
    robot.post("/remarks", json={"kind": "note", "text": "строят цех", "inns": [SACKS]})
    told = robot.get(f"/companies/{SACKS}/remarks").json
    assert shapes.Remarks().validate(told) == {}
    assert (told["labels"], [each["text"] for each in told["items"]]) == (
        ["звонить первыми"], ["строят цех", "звонить первыми"],
    )  # fmt: skip


def test_a_whole_list_is_labelled_at_once(robot):
    path = "/remarks?town=26:Невинномысск"
    assert robot.post(path, json={"kind": "label", "text": "юг", "all": True}).json["companies"] == 2
    assert set(listed(robot, "label=юг")) == {OWN, ARNEST}


def test_a_remark_about_nobody_or_of_nothing_is_refused(robot):
    def pointers(**said):
        return {each["pointer"] for each in robot.post("/remarks", json=said).json["errors"]}

    assert pointers(kind="label", text="x") == {"/inns"}
    assert (
        pointers(kind="label", text=" ", inns=[OWN]) == pointers(kind="label", text="x" * 41, inns=[OWN]) == {"/text"}
    )
    assert pointers(kind="?", text="x", inns=[OWN]) == {"/kind"}
    assert robot.post("/remarks", json={"kind": "note", "text": "x", "inns": ["7707083893"]}).status_code == 404
    assert robot.post("/remarks/9/undo", json={}).status_code == 404


def test_a_list_is_kept_replaced_taken_away_and_brought_back(app, robot):
    made = robot.post("/views", json={"name": "Юг", "query": "region=26&page=3"})
    assert (made.status_code, made.json["query"]) == (201, "region=26")
    robot.post("/views", json={"name": "Юг", "query": "text=азот"})
    (view,) = robot.get("/views").json["items"]
    assert shapes.Views().validate(robot.get("/views").json) == {}
    assert len(listed(robot, view["query"])) == 1
    assert robot.post(f"/views/{view['number']}/remove", json={}).json["removed"]
    assert robot.get("/views").json["items"] == []
    robot.post(f"/views/{view['number']}/remove", json={"redo": True})
    other = program(app, "viewer")
    assert other.get("/views").json["items"] == []
    assert other.post(f"/views/{view['number']}/remove", json={}).status_code == 404
    assert robot.post("/views", json={"name": " "}).json["errors"][0]["pointer"] == "/name"


def test_a_reader_keeps_lists_but_writes_no_labels_and_a_company_sees_none_of_it(app):
    reader, company = program(app, "viewer"), program(app, "sme")
    assert reader.post("/views", json={"name": "Моё"}).status_code == 201
    assert reader.post("/remarks", json={"kind": "label", "text": "x", "inns": [OWN]}).status_code == 403
    assert program(app, "viewer", "read").post("/company-list/file", json={"inns": [OWN]}).status_code == 200
    for path in ("/company-list", "/company-list/file", "/views", "/labels", f"/companies/{OWN}/remarks",
                 f"/companies/{OWN}/history", f"/companies/{SACKS}/partners", f"/companies/{SACKS}/looks"):  # fmt: skip
        assert company.get(path).status_code == 403, path


def test_what_surrounds_a_company_and_what_was_done_about_it(app, robot):
    robot.post(f"/decisions/{SACKS}/{OWN}", json={"decision": "accept", "reason": "рядом"})
    company = program(app, "sme")
    told = company.get(f"/companies/{OWN}/partners").json
    assert shapes.Surroundings().validate(told) == {}
    assert told["suppliers"]["total"] > 0
    history = robot.get(f"/companies/{SACKS}/history").json
    assert shapes.History().validate(history) == {}
    assert [each["kind"] for each in history["items"]][:1] == ["decision"]
    assert robot.get("/companies/7707083893/history").status_code == 404


def test_who_looked_is_told_by_role_to_the_company_itself(app):
    Looking().note(app.extensions[DESK].store, [Inn(OWN)], "card", "manager", date.today())
    company = program(app, "sme")
    company.post(f"/introductions/{SACKS}/{OWN}", json={"note": "соль"})
    told = company.get(f"/companies/{OWN}/looks").json
    assert shapes.Looks().validate(told) == {}
    assert (told["now"]["card"], told["roles"], len(told["introductions"])) == (1, {"manager": 1}, 1)

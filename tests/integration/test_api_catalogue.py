"""The catalogue of products through the API: page by page, of one firm, as files."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from api.v1 import catalogue_shapes as shapes
from tests.integration.test_board_pages import put
from tests.integration.test_shortlist_files import pages_of_pdf
from tests.programs import OWN, program

SACKS = "2635000014"


@pytest.fixture
def robot(app):
    return program(app, "viewer")


def test_every_page_together_is_the_catalogue(app, robot):
    put(app, title="Мешки полипропиленовые", okved=("22.22",))
    seen, cursor = [], ""
    while cursor is not None:
        told = robot.get("/catalogue?top=1" + (f"&cursor={cursor}" if cursor else "")).json
        assert shapes.Catalogue().validate(told) == {}
        seen += told["items"]
        cursor = told["next_cursor"]
    assert len(seen) == told["firms"] == told["total"] == sum(each["firms"] for each in told["segments"])
    (sacks,) = [each for each in seen if each["inn"] == SACKS]
    assert (sacks["activity"]["code"], [each["title"] for each in sacks["entries"]]) == (
        "22.22", ["Мешки полипропиленовые"],
    )  # fmt: skip


def test_a_segment_is_a_part_of_it(robot):
    whole = robot.get("/catalogue").json
    segment = whole["segments"][0]
    part = robot.get(f"/catalogue?segment={segment['segment']}").json
    assert (part["total"], part["firms"]) == (segment["firms"], whole["firms"])
    assert {each["segment"] for each in part["items"]} == {segment["segment"]}
    for wrong in ("segment=nonsense", "cluster=nonsense", "region=00"):
        assert robot.get(f"/catalogue?{wrong}").status_code == 400, wrong


def test_one_firm_tells_what_it_makes(robot):
    told = robot.get(f"/catalogue/firms/{OWN}")
    assert shapes.FirmProducts().validate(told.json) == {}
    assert told.json["activities"][0]["code"].startswith("20.15")
    assert robot.get("/catalogue/firms/7707083893").status_code == 404


def test_files_are_had_in_either_language(robot):
    sheets = [
        load_workbook(io.BytesIO(robot.get(f"/catalogue/file?language={lang}").data)).sheetnames
        for lang in ("ru", "en")
    ]
    assert sheets[0] != sheets[1]
    told = robot.get("/catalogue/file?form=pdf")
    assert (told.mimetype, pages_of_pdf(told.data) > 0) == ("application/pdf", True)
    assert robot.get("/catalogue/file?form=docx").status_code == 400

"""The page hands over the sheet of any candidate it lists, in both forms."""

from io import BytesIO

import pytest
from docx import Document


def listed(client, **asked):
    return client.get("/api/v1/projects", query_string=asked).json["items"]


def sheet(client, item, form, **asked):
    return client.get("/projects/sheet", query_string={"id": item["id"], "form": form, **asked})


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_sheet_comes_as_a_file_named_by_its_project(demo, form, begins):
    (first, *_) = listed(demo, kind="joint_export", region="26")
    answer = sheet(demo, first, form, region="26")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert f"{first['id']}.{form}" in answer.headers["Content-Disposition"]


def test_a_by_product_of_two_names_has_a_sheet_too(demo):
    """Its number holds a slash, which no name of a file does."""
    named = [item for item in listed(demo, kind="symbiosis", top=100) if "/" in item["id"]]
    answer = sheet(demo, named[0], "docx")
    assert answer.status_code == 200
    assert "/" not in answer.headers["Content-Disposition"]
    assert Document(BytesIO(answer.data)).core_properties.title == named[0]["title"]


def test_the_sheet_of_no_candidate_is_refused(demo):
    assert sheet(demo, {"id": "chain.1.2"}, "pdf").status_code == 404

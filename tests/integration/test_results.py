"""What came of the work: counted while it is in force, lately and in all, beside the programme's indicators."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from matcher.pipeline.register.imports import decide
from matcher.pipeline.results import results
from matcher.pipeline.workspace import Workspace
from models.introductions import Introductions
from models.project_kinds import kpis
from tests.integration.test_api_pages import AZOT
from tests.programs import program
from tests.visitors import let_in

SACKS, REPAIR = "2635000014", "2635000021"
FIRST, SECOND = "joint_export.20.15.2631015563", "chain.20.59.20.14.2624022320"


@pytest.fixture
def workspace(small_settings):
    return Workspace(small_settings)


def totals(workspace):
    return {what: count["total"] for what, count in results(workspace, datetime.now(UTC))["counts"].items()}


def take_on(workspace, key, *moves, decision="accept"):
    """Decide on a project that was said to move indicators."""
    told = [{"no": no, "by": by, "low": by // 2, "high": 2 * by} for no, by in moves]
    with workspace.store.begin() as unit:
        unit.decide_project(key, decision, "причина", {"kpis": told}, "anna")


def test_nothing_is_counted_before_anything_is_done(workspace):
    assert totals(workspace) == {"pairs": 0, "introductions": 0, "offers": 0, "entries": 0, "projects": 0}
    found = results(workspace, datetime.now(UTC))["indicators"]
    assert [row["no"] for row in found] == list(kpis())
    assert all(row["by"] == row["projects"] == 0 < row["target"] for row in found)


def test_what_is_taken_back_counts_no_more(workspace):
    decide(workspace, SACKS, AZOT, "accept", "знакомы", "anna")
    decide(workspace, REPAIR, AZOT, "decline", "дорого", "anna")
    assert totals(workspace)["pairs"] == 1
    decide(workspace, SACKS, AZOT, "reopen", "", "anna")
    assert totals(workspace)["pairs"] == 0
    for state, made in (("waiting", 0), ("introduced", 1), ("waiting", 0)):
        with workspace.store.begin() as unit:
            Introductions(unit.connection).step((SACKS, AZOT), state, by="anna")
        assert totals(workspace)["introductions"] == made


def test_what_is_long_ago_is_counted_in_all_and_not_lately(workspace):
    decide(workspace, SACKS, AZOT, "accept", "знакомы", "anna")
    now = datetime.now(UTC)
    assert results(workspace, now)["counts"]["pairs"] == {"total": 1, "recent": 1}
    assert results(workspace, now + timedelta(days=31))["counts"]["pairs"] == {"total": 1, "recent": 0}


def test_indicators_add_up_over_the_projects_taken_on_alone(workspace):
    take_on(workspace, FIRST, (1, 3), (4, 10), (99, 5))
    take_on(workspace, SECOND, (1, 2))
    take_on(workspace, "chain.10.91.01.11.2631006752", (1, 100), decision="decline")
    rows = {row["no"]: row for row in results(workspace, datetime.now(UTC))["indicators"]}
    assert (rows[1]["by"], rows[1]["low"], rows[1]["high"], rows[1]["projects"]) == (5, 2, 10, 2)
    assert (rows[4]["by"], rows[4]["projects"]) == (10, 1)
    assert set(rows) == set(kpis()), "what the programme does not have is left out"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_manager_reads_them_on_the_first_page(app, workspace, lang):
    take_on(workspace, FIRST, (1, 3))
    page = let_in(app).test_client().get("/", headers={"Accept-Language": lang}).text
    told = page.partition('id="results"')[2].partition("</section>")[0]
    assert re.findall(r'<strong class="number">(\d+)</strong>', told) == ["0", "0", "0", "0", "1"]
    assert kpis()[1].name(lang) in told
    assert 'width="16.67"' in told, "3 of the 18 that the programme wants"


def test_programs_are_told_the_same_and_companies_nothing(app, workspace):
    take_on(workspace, FIRST, (1, 3))
    told = program(app, "manager").get("/home").json["results"]
    assert told["counts"]["projects"] == {"total": 1, "recent": 1}
    assert told["indicators"][0]["by"] == 3
    assert program(app, "sme").get("/home").json["results"] is None

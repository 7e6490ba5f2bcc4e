"""The first page of each: a manager sees what waits and what is new, a company its card and its requests."""

from __future__ import annotations

import re
import time

import pytest

from api.desk import DESK
from api.pages.visits import COOKIE
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import NAMELESS, TABLE, imported, post, whole
from tests.visitors import enrolled, form_secret, let_in

SACKS = "2635000014"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def manager(app):
    return let_in(app).test_client()


def waiting(page):
    """Return the list of what waits."""
    return page.partition('<ul class="tiles plain">')[2].partition("</ul>")[0]


def tiles(page):
    return [int(number) for number in re.findall(r'<strong class="number">(\d+)</strong>', waiting(page))]


def test_what_waits_is_counted_and_leads_there(manager, enrol):
    assert tiles(manager.get("/").text) == [0, 0, 0, 0]
    imported(manager, "names.csv", NAMELESS)
    imported(manager, "фирмы.csv", TABLE)
    factory = enrol("sme", "factory")
    factory.post(f"/introductions/{AZOT}/{SACKS}", data={"csrf": form_secret(factory, "/")})
    page = whole(manager.get("/", headers=ENGLISH).text)
    assert tiles(page) == [1, 1, 3, 0]
    links = {attrs["href"] for _, attrs, _ in Reader(waiting(page)).all("a")}
    assert {"/introductions", "/review"} <= links


def test_what_was_refused_waits_until_it_is_corrected(manager):
    report = imported(manager, "фирмы.csv", TABLE)
    run = int(report.rpartition("/")[2])
    refused = list(manager.application.extensions[DESK].store.quarantine(run))
    assert tiles(manager.get("/").text)[2] == len(refused) == 3
    at = next(at for at, row in enumerate(refused) if row.field == "status")
    post(manager, f"{report}/corrections", **{f"fix-{at}": "банкрот"})
    assert tiles(manager.get("/").text)[2] == 2
    page = whole(manager.get(report, headers=ENGLISH).text)
    assert "Still open: 2." in page
    assert f'name="fix-{at}"' not in page
    corrected_in = re.search(r"corrected in import (\d+)", page)
    assert corrected_in is not None
    assert int(corrected_in[1]) > run


def test_a_company_sees_that_others_asked_for_it_and_were_introduced(manager, enrol):
    azot, factory = enrol("anchor", "azot"), enrolled(manager.application, SACKS, "sme", "factory")
    factory.post(f"/introductions/{SACKS}/{AZOT}", data={"csrf": form_secret(factory, "/")})
    told = "Others asked to meet you, and you were introduced: 1"
    assert told not in azot.get("/", headers=ENGLISH).text
    said = {"csrf": form_secret(manager, "/imports"), "state": "introduced", "note": ""}
    assert manager.post(f"/introductions/{SACKS}/{AZOT}/answer", data=said).status_code == 303
    assert told in whole(azot.get("/", headers=ENGLISH).text)
    assert told not in factory.get("/", headers=ENGLISH).text, "it is in its own requests"


def test_what_is_new_is_told_until_the_next_visit(manager, small_settings):
    from matcher.pipeline.register.imports import decide
    from matcher.pipeline.workspace import Workspace

    decide(Workspace(small_settings), SACKS, AZOT, "accept", "знакомы", "anna")
    page = whole(manager.get("/", headers=ENGLISH).text)
    assert "five.csv" in page
    assert f"/explain?supplier={SACKS}&amp;buyer={AZOT}" in page
    assert "five.csv" in manager.get("/").text, "a reload is the same visit"
    manager.set_cookie(COOKIE, "4000000000.4000000000")
    assert "five.csv" in manager.get("/").text, "a visit of the future is none"
    time.sleep(1.1)
    moment = int(time.time())
    manager.set_cookie(COOKIE, f"{moment}.{moment}")
    later = whole(manager.get("/", headers=ENGLISH).text)
    assert "five.csv" not in later
    assert "Nothing has changed since." in later


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_company_sees_its_card_and_its_requests(enrol, lang):
    factory = enrol("sme")
    page = whole(factory.get("/", headers={"Accept-Language": lang}).text)
    for path in (f"/companies/{AZOT}/card", "/introductions", f"/sell?inn={AZOT}", f"/suppliers?inn={AZOT}"):
        assert f'"{path}"' in page
    for _, attrs, _ in Reader(page).all("a"):
        if attrs["href"].startswith("/"):
            assert factory.get(attrs["href"]).status_code in (200, 303), attrs


def test_a_company_that_is_in_no_register_can_write_its_card(app):
    client = enrolled(app, "7707083893", "anchor", "sber")
    page = whole(client.get("/", headers=ENGLISH).text)
    assert "/companies/7707083893/card" in page
    assert "is not in the register yet" in page


def test_a_viewer_reads_what_zveno_answers(enrol):
    page = whole(enrol("viewer").get("/", headers=ENGLISH).text)
    assert "How much we know" in page
    assert 'id="waits"' not in page

"""Pages of a server that has kept answers say after every change what a server started after it says."""

from __future__ import annotations

import re

import pytest

from api.app import create_app
from api.desk import DESK
from api.pages.visits import COOKIE
from matcher.pipeline.register.imports import decide, import_one, undo
from matcher.pipeline.workspace import Workspace
from tests.conftest import SMALL
from tests.visitors import let_in

AZOT, SACKS, NEW = "2631015563", "2635000014", "2630000067"
#: What is kept of the register or of decisions, and what is sorted or counted once for all.
PAGES = [
    "/",
    "/companies?sort=name",
    f"/companies/{AZOT}/partners",
    "/board",
    "/catalogue?region=26",
    f"/suppliers?inn={AZOT}",
    f"/buyers?inn={SACKS}",
    f"/explain?supplier={SACKS}&buyer={AZOT}",
    "/gaps?region=26",
    "/projects?region=26",
    "/chain?region=26",
    "/chain/flow?region=26&source=plastics_resins&target=plastic_products",
    "/chain/graph?region=26",
    "/chain/structure?region=26",
]
#: Pages that such a change is seen on.
OF_COMPANIES = {"/", "/companies?sort=name", "/catalogue?region=26", "/gaps?region=26", "/chain?region=26"}
OF_DECISIONS = {"/", f"/companies/{AZOT}/partners", f"/suppliers?inn={AZOT}", f"/buyers?inn={SACKS}"}
_OWN = re.compile(r'name="csrf" value="[^"]*"')


def told(app):
    """Return what every page says to somebody who was last here long ago."""
    visitor = app.test_client()
    visitor.set_cookie(COOKIE, "1.1")
    pages = {path: visitor.get(path, headers={"Accept-Language": "ru"}) for path in PAGES}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(PAGES, 200)
    return {path: _OWN.sub("", page.text) for path, page in pages.items()}


@pytest.fixture
def server(small_settings):
    """A server that has answered everything once."""
    app = let_in(create_app(small_settings))
    told(app)
    return app


def test_after_a_change_and_after_its_undoing_no_page_tells_what_was(server, small_settings, tmp_path):
    here, sheet = Workspace(small_settings), tmp_path / "more.csv"
    sheet.write_text(SMALL.splitlines()[0] + f"\n{NEW};Полимер;20.16;26;Ставрополь;900000000;2016\n", encoding="utf-8")
    seen = [told(server)]

    def look():
        """Return the pages that have changed, the same as of a server that begins now."""
        seen.append(told(server))
        fresh = let_in(create_app(small_settings))
        assert seen[-1] == told(fresh)
        fresh.extensions[DESK].close()
        return {path for path in PAGES if seen[-1][path] != seen[-2][path]}

    run = import_one(here, str(sheet), None, False, False)["run"]
    assert look() >= OF_COMPANIES
    decide(here, SACKS, AZOT, "decline", "", "anna")
    assert look() >= OF_DECISIONS
    decide(here, SACKS, AZOT, "reopen", "", "anna")
    assert look() >= OF_DECISIONS
    undo(here, run)
    assert look() >= OF_COMPANIES
    assert [path for path in PAGES if seen[-1][path] != seen[0][path]] == ["/"], "that one tells what was done"

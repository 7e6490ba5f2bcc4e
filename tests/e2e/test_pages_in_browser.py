"""Every page in a real browser: nothing axe-core objects to, light and dark, and nothing wider than a telephone."""

from __future__ import annotations

import pytest

from tests.e2e.browsing import overflow, person, picture, serving, violations
from tests.integration.test_api_pages import AZOT, PAGES, STAVROLEN

ARNEST = "2631006752"
OF_MANAGERS = [
    "/imports",
    "/imports/1",
    "/review",
    f"/companies/{AZOT}/card",
    "/new-company",
    "/board/new",
    "/board/mine",
    f"/compare?buyer={AZOT}",
    f"/compare?buyer={AZOT}&supplier={STAVROLEN}&supplier={ARNEST}",
    "/users",
    "/audit",
    "/projects/joint_export.20.15.2631015563?cluster=chemical&region=26",
    "/projects/decided",
]
REFUSED = ["/no-such-page", "/companies/7707083893", "/suppliers?inn=123"]


@pytest.fixture(scope="module")
def visitor(demo_settings, chromium):
    with serving(demo_settings) as site:
        yield person(chromium, site, "ru")


@pytest.mark.parametrize("path", [*dict.fromkeys(PAGES), *OF_MANAGERS, *REFUSED])
def test_a_page_keeps_the_rules(visitor, path):
    page = visitor.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(visitor.site.address + path)
    picture(page, "ru")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    page.set_viewport_size({"width": 390, "height": 800})
    picture(page, "ru")
    assert overflow(page) == 0
    assert violations(page) == []


def test_the_way_in_keeps_the_rules(visitor, chromium):
    page = chromium.new_context(bypass_csp=True, viewport={"width": 390, "height": 800}).new_page()
    page.goto(visitor.site.address + "/sign-in")
    assert violations(page) == []
    assert overflow(page) == 0

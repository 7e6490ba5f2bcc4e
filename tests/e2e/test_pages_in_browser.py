"""Every page in a real browser: nothing axe-core objects to, light and dark, and nothing wider than a telephone."""

from __future__ import annotations

import pytest

from tests.e2e.browsing import opened, overflow, person, pictures, serving, violations
from tests.integration.test_api_pages import AZOT, PAGES, STAVROLEN

ARNEST = "2631006752"
OF_MANAGERS = [
    "/imports",
    "/imports/1",
    "/review",
    "/companies?box=40,35,50,50&region=26&has=texts",
    "/companies?text=нетакогослова",
    f"/companies/{AZOT}/partners",
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
    pictures(page, visitor.site.address + path)
    page.set_viewport_size({"width": 1440, "height": 900})
    opened(page, visitor.site.address + path)
    page.emulate_media(color_scheme="light")
    assert violations(page) == [], "at a desk, light"
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert overflow(page) == 0
    assert violations(page) == [], "on a telephone, dark"


def test_the_way_in_keeps_the_rules(visitor, chromium):
    page = chromium.new_context(bypass_csp=True, viewport={"width": 390, "height": 800}).new_page()
    page.goto(visitor.site.address + "/sign-in")
    assert violations(page) == []
    assert overflow(page) == 0


def test_the_first_page_is_light_and_ready_within_a_second(visitor, chromium):
    """Bytes over the wire, and how soon after its answer, and after it was asked for, the page can be used."""
    context = chromium.new_context(storage_state=visitor.page.context.storage_state())
    page = context.new_page()
    opened(page, visitor.site.address + "/")  # whatever is computed once, is by now
    page.goto(visitor.site.address + "/", wait_until="networkidle")
    kinds = "['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))"
    timing, *files = page.evaluate(f"() => {kinds}.map((each) => each.toJSON())")
    sizes = [each["encodedBodySize"] for each in (timing, *files)]
    assert len(sizes) >= 4
    assert timing["encodedBodySize"] < timing["decodedBodySize"] / 2, "it goes packed"
    assert 0 < sum(sizes) < 150_000
    assert timing["domInteractive"] - timing["responseEnd"] < 1000
    assert timing["loadEventEnd"] < 2000, "from the click to the last file"

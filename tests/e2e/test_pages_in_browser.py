"""Every page in a real browser: nothing axe-core objects to, light and dark, and nothing wider than its window."""

from __future__ import annotations

from functools import cache, partial

import pytest

from tests.conftest import small_register
from tests.e2e.browsing import looked_at, opened, overflow, person, serving, violations
from tests.integration.test_api_pages import PAGES
from tests.integration.test_html import OTHERS, REFUSED
from tests.lived_in import PAGES_OF, live_in


@pytest.fixture(scope="module")
def visitor(demo_settings, chromium):
    with serving(demo_settings) as site:
        yield person(chromium, site, "ru")


@pytest.mark.parametrize("path", [*dict.fromkeys(PAGES), *OTHERS, *REFUSED])
def test_a_page_keeps_the_rules(visitor, path):
    looked_at(visitor.page, visitor.site.address + path)


@pytest.fixture(scope="module")
def people(tmp_path_factory, chromium):
    """What signs people in, who have worked in a register of five firms."""
    from api.app import create_app
    from api.desk import DESK

    settings = small_register(tmp_path_factory.mktemp("lived_in"))
    app = create_app(settings)
    live_in(app)
    app.extensions[DESK].store.close()
    with serving(settings) as site:
        yield cache(partial(person, chromium, site, "ru"))


@pytest.mark.parametrize(("login", "path"), [(login, path) for login, paths in PAGES_OF.items() for path in paths])
def test_a_page_with_something_on_it_keeps_the_rules(people, login, path):
    visitor = people(login)
    looked_at(visitor.page, visitor.site.address + path)


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

"""Every page is valid HTML: a strict parser takes it, names are unique, fields have labels, there is one heading."""

from __future__ import annotations

from collections import Counter

import html5lib
import pytest

from tests.conftest import small_register
from tests.integration.test_api_pages import AZOT, PAGES, STAVROLEN
from tests.lived_in import PAGES_OF, live_in

ARNEST = "2631006752"
OTHERS = [
    "/companies?text=мешков&size=none&sort=name&page=2",
    "/companies?box=40,35,50,50&region=26&has=texts",
    "/companies?text=нетакогослова",
    f"/companies/{AZOT}/partners",
    f"/companies/{AZOT}/card",
    f"/companies/{AZOT}?lang=en",
    "/new-company",
    "/imports",
    "/review",
    f"/compare?buyer={AZOT}",
    f"/compare?buyer={AZOT}&supplier={STAVROLEN}&supplier={ARNEST}",
    "/users",
    "/audit",
    "/projects/joint_export.20.15.2631015563?cluster=chemical&region=26",
    "/projects/decided",
    "/board/new",
    "/board/mine",
    "/imports/1",
]
REFUSED = ["/no-such-page", "/companies/7707083893", "/suppliers?inn=123"]
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(text):
    """Return the tree of a page as a strict parser reads it, which fails on the first error."""
    return html5lib.HTMLParser(strict=True).parse(text)


def parts(tree, *names):
    return [each for name in names for each in tree.iter(f"{XHTML}{name}")]


def unlabelled(tree):
    """Return fields that no label names."""
    told = {label.get("for") for label in parts(tree, "label")}
    wrapped = {id(field) for label in parts(tree, "label") for field in label.iter()}
    quiet = {"hidden", "submit", "button"}
    return [
        dict(field.attrib)
        for field in parts(tree, "input", "select", "textarea")
        if field.get("type") not in quiet
        and id(field) not in wrapped
        and field.get("id", "") not in told
        and not (field.get("aria-label") or field.get("aria-labelledby"))
    ]


def check(text, path):
    tree = read(text)
    ids = Counter(value for each in tree.iter() if (value := each.get("id")))
    assert {name for name, count in ids.items() if count > 1} == set(), path
    assert unlabelled(tree) == [], path
    assert len(parts(tree, "h1")) == 1, path
    assert parts(tree, "html")[0].get("lang") in {"ru", "en"} if parts(tree, "html") else tree.get("lang")
    for link in parts(tree, "a"):
        assert not (link.get("href") or "").startswith("#") or link.get("href")[1:] in ids, (path, link.get("href"))


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("path", [*dict.fromkeys(PAGES), *OTHERS])
def test_a_page_is_valid(demo, path, lang):
    answer = demo.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    check(answer.text, path)


@pytest.mark.parametrize("path", REFUSED)
def test_a_refusal_is_valid_too(demo, path):
    check(demo.get(path).text, path)


def test_what_an_empty_register_and_a_stranger_see_is_valid(empty, empty_settings):
    from api.app import create_app

    for path in ("/", "/companies", "/gaps", "/new-company"):
        check(empty.get(path).text, path)
    check(create_app(empty_settings).test_client().get("/sign-in").text, "/sign-in")


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """People of every role, who have worked in a register of five firms."""
    from api.app import create_app

    return live_in(create_app(small_register(tmp_path_factory.mktemp("lived_in"))))


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize(("login", "path"), [(login, path) for login, paths in PAGES_OF.items() for path in paths])
def test_a_page_with_something_on_it_is_valid(people, login, path, lang):
    answer = people[login].get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    check(answer.text, path)


#: What answers to GET and is no page: files, calendars, the door, health.
NO_PAGES = frozenset(
    {
        "static", "health.health", "signing.enter", "v1_pages.root", "pages.companies_file", "pages.entries_calendar",
        "pages.call_calendar", "pages.call_letter", "pages.call_workbook", "pages.catalogue_print",
        "pages.catalogue_workbook", "pages.chain_companies", "pages.chain_geojson", "pages.chain_graphml",
        "pages.project_sheet", "pages.supply_file", "pages.buyers_paper", "pages.buyers_workbook",
        "pages.suppliers_paper", "pages.suppliers_workbook",
    }
)  # fmt: skip
#: Pages of a file that waits and of a stranger: tests of their own open them.
IN_STORIES = frozenset({"intake.file", "signing.sign_in"})


def test_every_page_of_the_site_is_read_and_looked_at(demo_app):
    """The same addresses are opened in a browser, where axe-core looks at them."""
    rules = demo_app.url_map.bind("localhost")
    read = [*PAGES, *OTHERS, *(path for paths in PAGES_OF.values() for path in paths)]
    seen = {rules.match(path.partition("?")[0])[0] for path in read}
    pages = {
        rule.endpoint
        for rule in demo_app.url_map.iter_rules()
        if "GET" in rule.methods and (not rule.rule.startswith("/api/v1/") or rule.endpoint == "v1_pages.page")
    }
    assert pages - NO_PAGES - IN_STORIES - seen == set()


def test_the_checks_find_what_they_look_for():
    good = "<!doctype html><html lang=en><title>t</title><h1>h</h1><label for=a>A</label><input id=a></html>"
    check(good, "")
    for bad in (good.replace("<h1>h</h1>", ""), good.replace("for=a", "for=b"), good.replace("<h1>", "<h1 id=a>"),
                good.replace("<h1>h</h1>", "<h1>h</h1><p><div></p></div>")):  # fmt: skip
        with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
            check(bad, "")

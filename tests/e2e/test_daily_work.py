"""Daily work in a real browser: a list narrowed in place, decisions by keys, drafts that survive, scripts allowed."""

from __future__ import annotations

from functools import partial

import pytest

from api.access.passwords import digest_of_password
from models.accounts import Accounts
from models.store import Store
from tests.conftest import small_register
from tests.e2e.browsing import PASSWORD, opened, overflow, person, serving
from tests.integration.test_api_pages import AZOT

SACKS, REPAIR = "2635000014", "2635000021"


@pytest.fixture(scope="module", params=["ru", "en"])
def come(request, tmp_path_factory, chromium):
    settings = small_register(tmp_path_factory.mktemp("daily"))
    with Store.open(settings.database_url) as store, store.begin() as unit:
        Accounts(unit.connection).add("anna", "manager", None, digest_of_password(PASSWORD))
    with serving(settings) as site:
        yield partial(person, chromium, site, request.param)


def rows(visitor):
    return visitor.page.locator("table.picked tbody tr")


def test_a_list_is_narrowed_in_place_kept_and_labelled(come):
    anna = come("anna")
    anna.go("/companies")
    assert rows(anna).count() == 5
    anna.page.locator("#text").press_sequentially("мешков")
    anna.page.wait_for_function("document.querySelectorAll('table.picked tbody tr').length === 1")
    assert anna.page.evaluate("document.activeElement.id") == "text"
    assert "text=" in anna.page.url
    assert "stage=" not in anna.page.url
    anna.page.go_back()
    anna.page.wait_for_function("document.querySelectorAll('table.picked tbody tr').length === 5")
    anna.page.locator("svg.towns a").first.click()
    assert anna.page.locator("#town, #box").is_checked()
    assert rows(anna).count() < 5
    anna.look()
    anna.fill("Keep this list under a name", "Юг")
    anna.press("Keep")
    anna.sees(anna.say("The list “{name}” is kept.", name="Юг"))
    rows(anna).first.locator("input").check()
    anna.page.locator("#remark-text").fill("якоря")
    anna.press("Put the label on")
    anna.sees("якоря")
    anna.look()
    anna.press("Undo")
    anna.page.wait_for_selector("#told")
    assert rows(anna).locator(".label").count() == 0


def test_a_shortlist_is_decided_by_keys_and_undone(come):
    anna = come("anna")
    anna.go(f"/suppliers?inn={AZOT}&flat=1")
    before = anna.page.locator("[data-decide]").count()
    assert before > 1
    anna.page.keyboard.press("j")
    anna.page.keyboard.press("j")
    assert anna.page.evaluate("document.activeElement.matches('[data-decide]:nth-child(2)')")
    anna.page.keyboard.press("k")
    with anna.page.expect_navigation():
        anna.page.keyboard.press("a")
    anna.sees(anna.say("accepted").lower())
    assert anna.page.evaluate("document.activeElement.matches('[data-decide]')"), "the list goes on where it was left"
    anna.look()
    with anna.page.expect_navigation():
        anna.page.keyboard.press("u")
    anna.sees(anna.say("the decision is taken back").lower())
    anna.page.keyboard.press("?")
    assert anna.page.locator("#keys-help").is_visible()
    anna.press("Close")
    assert not anna.page.locator("#keys-help").is_visible()


def test_what_is_written_survives_a_reload_and_is_gone_once_sent(come):
    anna = come("anna")
    anna.go(f"/companies/{REPAIR}/card")
    box = anna.page.locator("textarea[name=vacancies]")
    box.fill("слесарь, токарь и инженер")
    anna.page.reload()
    assert box.input_value() == "слесарь, токарь и инженер"
    anna.sees(anna.say("What you wrote before is here again; it was not sent yet."))
    anna.look()
    anna.press("Drop it")
    assert box.input_value() == ""
    box.fill("слесарь")
    with anna.page.expect_navigation():
        anna.page.locator("form.card-form button[type=submit]").last.click()
    anna.go(f"/companies/{REPAIR}/card")
    assert anna.page.locator("form.card-form > .undone").count() == 0


def test_what_is_sent_into_a_broken_connection_is_there_when_it_is_back(come):
    anna = come("anna")
    card = f"/companies/{SACKS}/card"
    anna.go(card)
    box = anna.page.locator("textarea[name=equipment]")
    box.fill("экструдер, две смены")
    anna.page.context.set_offline(True)
    send = anna.page.locator("form.card-form button[type=submit]").last
    with anna.page.expect_event("requestfailed"):
        send.click(no_wait_after=True)
    anna.page.wait_for_timeout(300)  # the browser shows a page of its own
    anna.page.context.set_offline(False)
    anna.go(card)
    assert box.input_value() == "экструдер, две смены"
    anna.sees(anna.say("What you wrote before is here again; it was not sent yet."))
    with anna.page.expect_navigation():
        send.click()
    anna.go(card)
    assert anna.page.locator("form.card-form > .undone").count() == 0, "it was sent and taken"
    anna.go("/companies")
    anna.page.go_back()
    assert anna.page.locator("form.card-form > .undone").count() == 0, "nor is it offered to who comes back"


def test_no_page_breaks_its_own_policy(come, chromium):
    anna = come("anna")
    context = chromium.new_context(storage_state=anna.page.context.storage_state())
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in (
        "/",
        "/companies",
        f"/companies/{AZOT}",
        f"/suppliers?inn={AZOT}",
        "/imports",
        f"/companies/{AZOT}/card",
    ):
        opened(page, anna.site.address + path, wait_until="networkidle")
    assert page.evaluate("typeof htmx") == "object"
    assert told == []


def test_paper_shows_what_is_read_and_nothing_that_is_pressed(come):
    anna = come("anna")
    page = anna.page
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    for path in ("/", f"/suppliers?inn={AZOT}&flat=1", f"/companies/{AZOT}", "/companies", "/chain?region=26", "/gaps"):
        opened(page, anna.site.address + path, wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", path
        pressed = page.locator("button:visible, input:visible, select:visible, .menu:visible")
        assert pressed.count() == 0, path
        tables = page.locator("table.stack:visible")
        assert all(each.evaluate("each => getComputedStyle(each).display") == "table" for each in tables.all()), path
        assert overflow(page) == 0, path


def test_the_menu_opens_and_closes(come):
    anna = come("anna")
    anna.go("/companies")
    first = anna.page.locator(".menu details").first
    first.locator("summary").click()
    assert first.locator("a").first.is_visible()
    anna.page.keyboard.press("Escape")
    assert not first.locator("a").first.is_visible()
    first.locator("summary").click()
    anna.look()
    first.locator("a").first.click()
    anna.page.wait_for_url("**/suppliers")
    assert anna.page.locator(".menu .here").count() == 1

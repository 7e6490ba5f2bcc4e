"""Stories of the board and the catalogue in a real browser, one a role, in Russian at a desk, in English on a phone."""

from __future__ import annotations

from functools import partial

import pytest

from api.access.passwords import digest_of_password
from models.accounts import Accounts
from models.store import Store
from tests.conftest import small_register
from tests.e2e.browsing import PASSWORD, person, serving
from tests.integration.test_api_pages import AZOT

SACKS = "2635000014"
ACCOUNTS = {"anna": ("manager", None), "azot": ("anchor", AZOT), "factory": ("sme", SACKS), "guest": ("viewer", None)}
WORDS = "Мешки полипропиленовые 50 кг"


@pytest.fixture(scope="module", params=["ru", "en"])
def come(request, tmp_path_factory, chromium):
    """Return what brings somebody of an account to a site of five firms, which the stories of a language share."""
    settings = small_register(tmp_path_factory.mktemp("board"))
    with Store.open(settings.database_url) as store, store.begin() as unit:
        for login, (role, inn) in ACCOUNTS.items():
            Accounts(unit.connection).add(login, role, inn, digest_of_password(PASSWORD))
    with serving(settings) as site:
        yield partial(person, chromium, site, request.param)


def write(someone, side, kind, title):
    """Write an entry in the form that is open."""
    for value in (side, kind):
        someone.page.locator(f"input[type=radio][value={value}]").check()
    someone.fill("In a line", title)
    someone.press("Put it on the board")
    someone.sees(someone.say("the entry is on the board"), title)
    someone.look()


def test_a_small_company_offers_withdraws_takes_it_back_and_renews(come):
    factory = come("factory")
    factory.page.set_default_timeout(180_000)  # the first words of the process wait for the model
    factory.follow("Write an entry")
    factory.look()
    factory.fill("In a line", "Мешки, звоните 8 918 123-45-67")
    for value in ("offer", "product"):
        factory.page.locator(f"input[type=radio][value={value}]").check()
    factory.press("Put it on the board")
    factory.sees(factory.say("Nothing was written: correct what is marked and send it again."))
    factory.look()
    write(factory, "offer", "product", WORDS)
    factory.press("Take it off the board")
    factory.sees(factory.say("withdrawn"))
    factory.press("Take this step back")
    factory.sees(factory.say("the last step is taken back"))
    factory.go("/board/mine")
    factory.press("Renew for 90 days")
    factory.sees(factory.say("the entry is renewed"), factory.say("Who could answer this"))
    factory.go("/board/mine")
    with factory.page.expect_download() as taken:
        factory.follow("Last days as a calendar (.ics)")
    assert taken.value.suggested_filename == "zveno-board.ics"


def test_an_anchor_finds_an_entry_and_asks_to_meet_whose_it_is(come):
    azot, anna = come("azot"), come("anna")
    azot.go("/board")
    azot.fill("What do you look for?", "мешок")
    azot.press("Show")
    azot.look()
    azot.page.get_by_role("link", name=WORDS).first.click()
    azot.page.locator("summary.button").first.click()
    azot.press("Ask for an introduction")
    azot.sees(azot.say("waits for the manager"))
    anna.go("/introductions")
    anna.sees(WORDS)


def test_a_manager_writes_for_a_company_and_sees_who_could_answer(come):
    anna = come("anna")
    anna.go("/board/new")
    anna.page.locator("#inn").fill(AZOT)
    write(anna, "request", "product", "Нужны полипропиленовые мешки")
    anna.sees(WORDS, "Мешок", anna.say("Entries that fit"), anna.say("Who could answer this"))
    anna.follow("Change")
    anna.fill("Price", "до 20 руб.")
    anna.press("Write it down")
    anna.sees("до 20 руб.", anna.say("the entry is changed"))
    anna.go("/board/mine")
    anna.sees("Нужны полипропиленовые мешки", WORDS)


def test_a_viewer_reads_the_board_and_takes_the_catalogue_home(come):
    guest = come("guest")
    guest.go("/board?side=offer")
    guest.sees(WORDS)
    assert guest.page.get_by_role("link", name=guest.say("Write an entry")).count() == 0
    guest.go("/catalogue?segment=plastic_products")
    guest.sees(WORDS)
    for kind in ("PDF", "XLSX"):
        with guest.page.expect_download() as taken:
            guest.page.get_by_role("link", name=f"{kind}, English").click()
        assert taken.value.suggested_filename == f"catalogue-chemical-en.{kind.lower()}"

"""Whole stories in a real browser, three a role, in Russian at a desk and in English on a telephone."""

from __future__ import annotations

import re
from functools import partial

import pytest

from api.access.passwords import digest_of_password
from models.accounts import Accounts
from models.roles import COMPANY_ROLES
from models.store import Store
from tests.conftest import small_register
from tests.e2e.browsing import PASSWORD, person, serving
from tests.integration.test_api_pages import AZOT

SACKS, REPAIR = "2635000014", "2635000021"
NEW, SECOND = "7707083893", "7736050003"
REPORT = re.compile(r"/imports/\d+$")
ACCOUNTS = {"boss": ("administrator", None), "anna": ("manager", None), "azot": ("anchor", AZOT),
            "factory": ("sme", SACKS), "guest": ("viewer", None)}  # fmt: skip


@pytest.fixture(scope="module", params=["ru", "en"])
def come(request, tmp_path_factory, chromium):
    """Return what brings somebody of an account to a site of five firms, which the stories of a language share."""
    settings = small_register(tmp_path_factory.mktemp("stories"))
    with Store.open(settings.database_url) as store, store.begin() as unit:
        for login, (role, inn) in ACCOUNTS.items():
            assert (inn is not None) == (role in COMPANY_ROLES)
            Accounts(unit.connection).add(login, role, inn, digest_of_password(PASSWORD))
    with serving(settings) as site:
        yield partial(person, chromium, site, request.param)


# of a small company


def test_from_own_words_to_an_introduction(come):
    factory, anna = come("factory"), come("anna")
    factory.fill("What do you make?", "полипропиленовые мешки")
    factory.press("Find buyers")
    factory.sees(factory.say("Is this what you make?"), "22.22")
    factory.look()
    factory.sees(factory.say("Your place and revenue are taken from your card."))
    factory.press("Find buyers")
    factory.look()
    buyer = factory.page.locator(f"#firm-{AZOT}")
    buyer.locator("summary.button").click()
    factory.fill("What should the manager tell them?", "мешки 50 кг", buyer)
    factory.press("Ask for an introduction", buyer)
    factory.sees(factory.say("waits for the manager"))

    anna.go("/")
    anna.page.get_by_role("link", name=anna.say("requests for an introduction")[1:]).click()
    anna.sees("мешки 50 кг")
    anna.fill("Words for whoever asked", "пишите в отдел закупок")
    anna.press("They are introduced")
    anna.sees(anna.say("they were introduced, and both companies see it"))
    anna.look()

    factory.go("/introductions")
    factory.sees("пишите в отдел закупок")


def test_a_request_is_withdrawn(come):
    factory = come("factory")
    factory.go(f"/sell?inn={SACKS}")
    factory.press("Find buyers")
    first = factory.page.locator("li.candidate").filter(has=factory.page.locator("summary.button")).first
    first.locator("summary.button").click()
    factory.press("Ask for an introduction", first)
    factory.go("/introductions")
    factory.press("Withdraw")
    factory.sees(factory.say("your request is withdrawn"), factory.say("You wait for nothing."))
    factory.look()


def test_a_company_keeps_its_own_card_and_sees_no_others(come):
    factory = come("factory")
    factory.follow("Write")
    factory.fill("open vacancies", "оператор экструдера")
    factory.press("Write it down")
    factory.sees(factory.say("written into the register; it outranks other sources and can be taken back below"))
    factory.go(f"/companies/{SACKS}")
    factory.sees("оператор экструдера")
    factory.go(f"/companies/{SACKS}/card")
    factory.press("Take it back")
    factory.sees(factory.say("the change is taken back"))
    factory.go(f"/companies/{AZOT}")
    factory.sees(factory.say("your account may not do this"))
    factory.follow("To the first page")
    factory.sees("Мешок")


# of an anchor


def test_candidates_are_compared_and_one_is_taken(come):
    azot = come("azot")
    azot.follow("Who could supply us")
    azot.follow("Compare three")
    azot.look()
    azot.press("Compare")
    azot.look()
    choice = azot.page.get_by_label(azot.say("Decision and reason")).first
    choice.select_option("accept|right_product")
    azot.fill("Note", "пробная партия")
    azot.press("Keep the decision")
    azot.sees("пробная партия", azot.say("Candidates side by side"))


def test_an_anchor_asks_to_meet_a_supplier(come):
    azot, anna = come("azot"), come("anna")
    azot.go(f"/compare?buyer={AZOT}&supplier={REPAIR}")
    azot.page.locator("summary.button").first.click()
    azot.fill("What should the manager tell them?", "нужны мешки")
    azot.press("Ask for an introduction")
    azot.sees(azot.say("waits for the manager"))
    anna.go("/introductions")
    anna.fill("Words for whoever asked", "не в этом году")
    anna.press("Decline")
    anna.press("Take it back")
    anna.sees(anna.say("the answer is taken back; the request waits again"), "нужны мешки")


def test_a_shortlist_is_taken_home_as_a_workbook(come):
    azot = come("azot")
    azot.go(f"/suppliers?inn={AZOT}")
    with azot.page.expect_download() as taken:
        azot.follow("As a workbook, with reasons")
    assert taken.value.suggested_filename == f"suppliers-{AZOT}.xlsx"


def test_a_request_becomes_offers_set_side_by_side(come):
    azot, factory = come("azot"), come("factory")
    azot.go("/requests")
    azot.follow("New request")
    azot.look()
    azot.fill("Name of the request", "Мешки на год")
    words = azot.page.locator("input[name^=words-]").locator("visible=true").first
    words.fill("полипропиленовые мешки")
    azot.press("Save and show suppliers")
    azot.sees("Мешок", azot.say("the request is saved; what is new in it after an import is told on your first page"))
    azot.look()

    azot.follow("Ask for offers")
    azot.page.locator(f"input[type=checkbox][value='{SACKS}']").first.check()
    azot.fill("Where to answer", "отдел закупок")
    azot.look()
    azot.press("Send")
    azot.sees("Мешок", azot.say("answers here")[1:])
    azot.look()
    call = azot.page.url

    factory.go("/")
    factory.page.get_by_role("link", name="Мешки на год").first.click()
    factory.look()
    factory.press("Send the offer")
    factory.sees(factory.say("no price is given: say at least one, or decline"))
    factory.fill("Price of a unit, roubles", "19,5")
    factory.fill("Delivery, days", "14")
    factory.press("Send the offer")
    factory.sees(factory.say("your offer is sent; you may change it until the call is closed"))

    azot.page.goto(call)
    azot.look()
    with azot.page.expect_download() as taken:
        azot.follow("Answers as a workbook")
    assert taken.value.suggested_filename.endswith(".xlsx")
    azot.press("Close the call")
    azot.sees(azot.say("closed: no more answers are taken until you open it again"))

    factory.go(f"/looks/{SACKS}")
    factory.sees("Мешки на год")


# of a manager


def test_a_file_is_imported_corrected_and_taken_back(come, tmp_path):
    anna = come("anna")
    sheet = tmp_path / "firms.csv"
    sheet.write_text(f"inn;name;okved_main;status\n{NEW};Лопата;25.73;непонятно\n", encoding="utf-8")
    anna.go("/imports")
    anna.page.locator("input[type=file]").set_input_files(sheet)
    anna.press("Look at the files")
    anna.page.get_by_role("button", name=anna.say("Import the file")).wait_for()
    anna.look()
    anna.press("Import the file")
    anna.page.wait_for_url(REPORT)
    anna.look()
    first = anna.page.url
    anna.page.locator("input[name^=fix-]").first.fill("действует")
    anna.press("Import the corrections")
    anna.page.wait_for_url(lambda url: REPORT.search(url) and url != first)
    anna.go(f"/companies/{NEW}")
    anna.sees("Лопата", anna.say("active").lower())


def test_a_company_is_written_down_by_hand(come):
    anna = come("anna")
    anna.go("/companies")
    anna.follow("New company")
    anna.page.locator("#inn").fill(SECOND)
    anna.press("Go on")
    anna.fill("name", "Снегоход")
    anna.fill("offers, in words", "лопаты снеговые")
    anna.press("Write it down")
    anna.look()
    anna.go("/companies?text=Снегоход")
    anna.sees("Снегоход")


def test_a_manager_follows_the_chain_from_a_flow_to_a_way_between_two_firms(come):
    anna = come("anna")
    anna.go("/chain?region=26")
    anna.look()
    anna.page.locator("a.band").first.focus()
    anna.page.keyboard.press("Enter")
    anna.page.wait_for_url("**/chain/flow?*")
    anna.look()
    anna.go("/chain/graph?region=26")
    firms = anna.page.locator("a.firm")
    assert firms.count() >= 2
    anna.fill("Around a firm", "Ставролен")
    anna.fill("The way to", "Мешок")
    anna.press("Show")
    anna.sees("Ставролен → Мешок", anna.say("sells to the next").lower())
    anna.look()
    assert anna.page.locator(".graph .on-way").count() == anna.page.locator("ol.way li").count() - 1
    with anna.page.expect_download() as taken:
        anna.follow("GraphML")
    assert taken.value.suggested_filename == "graph-chemical-26.graphml"
    anna.follow("What holds it together")
    anna.sees(anna.say("Natural sub-clusters"), anna.say("Hubs"))
    anna.look()


def test_a_keyboard_is_enough(come):
    anna = come("anna")
    anna.go("/sell")
    keys = anna.page.keyboard
    keys.press("Tab")
    assert anna.page.evaluate("() => document.activeElement.className") == "skip"
    keys.press("Enter")
    assert anna.page.evaluate("() => document.activeElement.id") == "main"
    keys.press("Tab")
    assert anna.page.evaluate("() => document.activeElement.id") == "what"
    keys.type("ремонт насосов")
    keys.press("Enter")
    anna.page.wait_for_url("**/sell?text=*")
    anna.sees(anna.say("Is this what you make?"))
    assert all(anna.page.locator("main button:visible").all_inner_texts()), "what Enter presses is not seen"
    anna.page.locator("#home").select_option("26")
    anna.page.locator("#city").press("Enter")
    anna.page.wait_for_url("**/sell/buyers?*")


# of an administrator and a viewer


def test_an_account_is_made_used_and_closed(come):
    boss = come("boss")
    boss.go("/users")
    boss.fill("Login", "newcomer")
    boss.page.locator("#role").select_option("viewer")
    boss.fill("Password", PASSWORD)
    boss.press("Make the account")
    boss.sees(boss.say("The account {login} is made.", login="newcomer"))
    newcomer = come("newcomer")
    newcomer.go("/chain")
    boss.go("/users/newcomer")
    boss.press("Close the account")
    boss.look()
    newcomer.page.goto(newcomer.site.address + "/chain")
    newcomer.sees(newcomer.say("Come in"))


def test_a_token_is_made_and_revoked_and_the_audit_knows(come):
    boss = come("boss")
    boss.go("/users/anna")
    boss.fill("What the program is called", "robot")
    boss.press("Make a token")
    boss.sees(boss.say("The token, shown this once:"))
    boss.press("Revoke")
    boss.go("/audit?kind=account")
    boss.sees(boss.say("token revoked").lower(), "robot")


def test_a_forgotten_password_is_made_anew_and_a_role_changed(come):
    boss = come("boss")
    boss.go("/users")
    boss.fill("Login", "worker")
    boss.page.locator("#role").select_option("viewer")
    boss.fill("Password", PASSWORD)
    boss.press("Make the account")
    boss.go("/users/worker")
    boss.press("Make a new password")
    made = boss.page.locator(".told code").inner_text()
    boss.look()
    boss.page.locator("#role").select_option("sme")
    boss.fill("INN of its company", SACKS)
    boss.press("Change the role")
    boss.sees(boss.say("The change is kept."), SACKS)
    worker = come("worker")
    worker.sees(worker.say("Come in"))
    worker.fill("Login", "worker")
    worker.fill("Password", made)
    worker.press("Come in")
    worker.sees("Мешок")
    worker.look()


def test_a_viewer_finds_a_company_and_takes_the_list_home(come):
    guest = come("guest")
    guest.go("/companies?text=мешок")
    guest.sees("Мешок")
    assert guest.page.get_by_role("link", name=guest.say("New company")).count() == 0
    guest.page.get_by_role("link", name="Мешок").first.click()
    guest.look()
    guest.sees(guest.say("What it does"), "22.22")
    assert guest.page.locator("form[data-draft]").count() == 0, "who may only read is offered nothing to write"
    guest.go("/companies?region=26")
    with guest.page.expect_download() as taken:
        guest.page.locator("a[href*='form=xlsx']").click()
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_a_viewer_goes_from_a_gap_to_who_could_start(come):
    guest = come("guest")
    guest.go("/gaps?region=26")
    card = guest.page.locator("li.gap").first
    folded = card.locator("details.more")
    if not folded.evaluate("each => each.open"):
        folded.locator("summary").click()
    guest.look()
    card.locator("details a[href^='/companies/']").first.click()
    guest.look()
    guest.go("/chain")
    guest.page.locator("table.chain a").first.click()
    guest.page.wait_for_url("**/companies?*segment=*")
    guest.look()


def test_a_viewer_reads_in_the_other_language(come):
    guest = come("guest")
    guest.go("/gaps")
    other = "English" if guest.lang == "ru" else "Русский"
    guest.page.get_by_role("link", name=other).click()
    guest.lang = "en" if guest.lang == "ru" else "ru"
    guest.sees(guest.say("Gaps in the chain"))
    guest.go("/users")
    guest.sees(guest.say("your account may not do this"))

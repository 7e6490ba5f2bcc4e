"""Calls for offers on pages: sent, answered by firms or for them, compared; each side sees its own part only."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from api.desk import DESK
from models.calls import Calls
from tests.integration.test_api_pages import ARNEST, AZOT
from tests.integration.test_import_pages import whole
from tests.integration.test_shortlist_files import pages_of_pdf, words_of_docx
from tests.integration.test_supply_pages import REPAIR, SACKS, saved, send
from tests.visitors import enrolled

ENGLISH = {"Accept-Language": "en"}
TERMS = {"price-0": "20", "volume-0": "1000", "unit-0": "шт", "papers-0": "ISO 9001", "words-5": "ремонт насосов"}
LATER = (date.today() + timedelta(days=10)).isoformat()
ASK = {"title": "Мешки и ремонт", "answer_by": LATER, "contact": "отдел закупок", "note": "с доставкой"}
OFFER = {"do": "answered", "price-0": "19,5", "unit-0": "шт", "volume-0": "1000", "delivery_rub": "0",
         "delivery_days": "14", "valid_till": LATER, "comment": "образцы бесплатно"}  # fmt: skip


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


@pytest.fixture
def anchor(app):
    return enrolled(app, AZOT, "anchor", "azot")


@pytest.fixture
def factory(app):
    return enrolled(app, SACKS, "sme", "factory")


@pytest.fixture
def call(anchor):
    """The address of a call that asks two firms."""
    path = saved(anchor, **TERMS)
    data = {**ASK, "line-0": SACKS, "line-1": REPAIR}
    done = send(anchor, f"{path}/send", data)
    assert done.status_code == 303, done.text
    return done.location.partition("?")[0]


def state(store, call, inn=SACKS):
    with store.read() as reader:
        return Calls(reader.connection).one(int(call.rsplit("/", 1)[1])).firm(inn)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_candidates_are_offered_to_be_asked_those_accepted_ticked(anchor, lang):
    path = saved(anchor, **TERMS)
    send(anchor, f"/decisions/{SACKS}/{AZOT}", {"decision": "accept|right_product"})
    page = whole(anchor.get(f"{path}/send", headers={"Accept-Language": lang}).text)
    assert f'name="line-0" value="{SACKS}" checked' in page
    assert f'name="line-1" value="{REPAIR}">' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_firm_with_an_account_answers_by_itself_and_the_answers_are_compared(anchor, factory, call, store, lang):
    headers = {"Accept-Language": lang}
    number = call.rsplit("/", 1)[1]
    assert "Мешки и ремонт" in whole(factory.get("/calls", headers=headers).text)
    page = whole(factory.get(f"/offers/{SACKS}/{number}", headers=headers).text)
    assert "ISO 9001" in page
    assert "ремонт" not in page.partition('<form class="supply-form"')[2].lower(), "it is asked for sacks only"
    assert send(factory, f"/offers/{SACKS}/{number}", OFFER, lang).status_code == 303
    assert state(store, call).offer.lines[0].price_rub == 19.5
    written = {"ru": "19,5", "en": "19.5"}[lang]
    assert f'value="{written}"' in whole(factory.get(f"/offers/{SACKS}/{number}", headers=headers).text)
    send(anchor, call, {"do": "more", "others": ARNEST})
    send(anchor, f"{call}/{ARNEST}", {"do": "answered", "price-0": "25", "unit-0": "шт"})
    shown = whole(anchor.get(call, headers=headers).text)
    for text in ("образцы бесплатно", 'class="number best"', "Мешок"):
        assert text in shown
    assert "factory" in shown


def test_the_answer_of_a_firm_without_account_is_written_down_by_the_buyer(anchor, call, store):
    address = f"{call}/{REPAIR}"
    page = whole(anchor.get(address, headers=ENGLISH).text)
    for text in ("Request for an offer: Мешки и ремонт", "To: Ремонт", "отдел закупок", "reminds you"):
        assert text in page
    assert "Ремонт" in words_of_docx(anchor.get(f"{address}/letter.docx").data)
    assert pages_of_pdf(anchor.get(f"{address}/letter.pdf?reminder=1").data) == 1
    assert send(anchor, address, {"do": "answered", "price-1": "50000"}).status_code == 303
    assert state(store, call, REPAIR).steps[-1].inn == AZOT
    book = load_workbook(io.BytesIO(anchor.get(f"{call}/offers.xlsx", headers=ENGLISH).data))
    assert book.sheetnames == ["side by side", "answers", "steps"]
    assert all(sheet.auto_filter.ref for sheet in book.worksheets)
    assert next(row for row in book.worksheets[0].values if row[0] == "ремонт насосов")[3] == 50000


@pytest.mark.parametrize("said", [
    {"do": "answered"}, {"do": "answered", "price-0": "-1"}, {"do": "answered", "price-0": "дорого"},
    {"do": "answered", "price-0": "5", "valid_till": "потом"}, {"do": "declined", "reason": " "},
])  # fmt: skip
def test_what_is_no_answer_is_told_and_nothing_is_lost(factory, call, store, said):
    done = send(factory, f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}", {**said, "comment": "слова"})
    page = whole(done.text)
    assert done.status_code == 422
    assert 'role="alert"' in page or "doubtful" in page
    assert said["do"] == "declined" or "слова" in page
    assert state(store, call).state == "asked"


def test_a_firm_declines_takes_it_back_and_offers(factory, call, store):
    address = f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}"
    send(factory, address, {"do": "declined", "reason": "нет мощности"})
    assert (state(store, call).state, state(store, call).steps[-1].note) == ("declined", "нет мощности")
    send(factory, address, {"do": "asked"})
    send(factory, address, OFFER)
    assert [step.state for step in state(store, call).steps] == ["asked", "declined", "asked", "answered"]
    assert send(factory, address, {"do": "withdrawn"}).status_code == 422, "that is the buyer's to say"
    assert send(factory, address, {"do": "nonsense"}).status_code == 400


def test_a_call_is_closed_opened_moved_and_asks_more(anchor, factory, call, store):
    address = f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}"
    assert send(anchor, call, {"do": "closed"}).status_code == 303
    assert "closed" in whole(factory.get(address, headers=ENGLISH).text)
    assert send(factory, address, OFFER).status_code == 422
    send(anchor, call, {"do": "open"})
    assert send(factory, address, OFFER).status_code == 303
    late = (date.today() - timedelta(days=2)).isoformat()
    assert send(anchor, call, {"do": "moved", "answer_by": late}).status_code == 303
    page = whole(anchor.get(call, headers=ENGLISH).text)
    assert "The last day has passed" in page or "the last day has passed" in page
    assert "after the last day" in page
    assert send(anchor, call, {"do": "more", "others": "2624022320, 2631006752"}).status_code == 303
    assert state(store, call, "2624022320").lines == (0, 1)
    for bad in ({"do": "more", "others": "123"}, {"do": "moved"}, {"do": "?"}):
        assert send(anchor, call, bad).status_code == 400
    assert send(anchor, call, {"do": "more", "others": "7707083893"}).status_code == 404


def test_a_firm_is_reminded_and_asked_no_longer(anchor, factory, call, store):
    for do in ("reminded", "reminded", "withdrawn"):
        assert send(anchor, f"{call}/{SACKS}", {"do": do}).status_code == 303
    assert [step.state for step in state(store, call).steps] == ["asked", "reminded", "reminded", "withdrawn"]
    page = whole(factory.get(f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}", headers=ENGLISH).text)
    assert "The buyer no longer asks for this." in page
    send(anchor, f"{call}/{SACKS}", {"do": "asked"})
    assert state(store, call).state == "asked"


def test_the_first_page_tells_who_is_asked_and_who_waits(app, anchor, factory, call):
    assert "You are asked for an offer" in whole(factory.get("/", headers=ENGLISH).text)
    send(factory, f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}", OFFER)
    assert "You are asked for an offer" not in factory.get("/", headers=ENGLISH).text
    page = whole(anchor.get("/", headers=ENGLISH).text)
    assert "answered 1 of 2" in page
    send(anchor, call, {"do": "moved", "answer_by": date.today().isoformat()})
    assert "time to remind: 1" in anchor.get("/", headers=ENGLISH).text
    assert "Offers you wait for" not in whole(enrolled(app, AZOT, "manager", "boris").get("/", headers=ENGLISH).text)


def test_last_days_come_as_a_calendar_to_each_side_its_own(app, anchor, factory, call):
    send(anchor, f"{call}/{REPAIR}", {"do": "answered", "price-1": "5", "valid_till": "2099-05-01"})
    days = {client: Calendar.from_ical(client.get("/calls.ics", headers=ENGLISH).data) for client in (anchor, factory)}
    told = {client: {str(event["summary"]) for event in found.walk("VEVENT")} for client, found in days.items()}
    assert told[anchor] == {
        "Last day for offers: Мешки и ремонт",
        "Last day of the offer of Ремонт: Мешки и ремонт",
    }
    assert len(told[factory]) == 1
    assert "Last day to answer" in next(iter(told[factory]))
    send(anchor, call, {"do": "closed"})
    assert b"Last day" not in factory.get("/calls.ics", headers=ENGLISH).data
    path = saved(anchor, **{"by-0": "2099-03-01"})
    assert "20990301" in anchor.get("/calls.ics").text
    send(anchor, f"{path}/state", {"state": "removed"})
    assert "20990301" not in anchor.get("/calls.ics").text
    assert enrolled(app, AZOT, "viewer", "guest").get("/calls.ics").status_code == 403


def test_nobody_is_asked_by_mistake(anchor, store):
    path = saved(anchor, **TERMS)
    for said in (ASK, {**ASK, "answer_by": "2020-01-01", "line-0": SACKS}, {**ASK, "others": "123"},
                 {**ASK, "line-0": AZOT}):  # fmt: skip
        done = send(anchor, f"{path}/send", said)
        assert done.status_code == 422
        assert "Мешки и ремонт" in whole(done.text)
    assert send(anchor, f"{path}/send", {**ASK, "others": "7707083893"}).status_code == 404
    with store.read() as reader:
        assert Calls(reader.connection).all() == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_audit_tells_every_step(app, anchor, factory, call, lang):
    send(factory, f"/offers/{SACKS}/{call.rsplit('/', 1)[1]}", OFFER)
    for do in ("closed", "open"):
        send(anchor, call, {"do": do})
    page = whole(enrolled(app, AZOT, "administrator", "boss").get("/audit", headers={"Accept-Language": lang}).text)
    main = page.partition("<main")[2]
    for word in {"ru": ("запрос предложений", "запрос на поставщиков", "есть ответ", "закрыт", "сохранено"),
                 "en": ("call for offers", "supplier request", "answered", "closed", "saved")}[lang]:  # fmt: skip
        assert word in main.lower()


def test_each_side_sees_its_own_part_only(app, anchor, factory, call):
    number = call.rsplit("/", 1)[1]
    other = enrolled(app, REPAIR, "sme", "repair")
    guest = enrolled(app, AZOT, "viewer", "guest")
    send(factory, f"/offers/{SACKS}/{number}", {**OFFER, "comment": "секретная скидка"})
    for client in (factory, other, guest):
        for path in (call, f"{call}/{SACKS}", f"{call}/offers.xlsx", f"{call}/{SACKS}/letter.docx"):
            assert client.get(path).status_code == 403, path
        assert send(client, call, {"do": "closed"}).status_code == 403
        assert send(client, f"{call}/{SACKS}", OFFER).status_code == 403
    assert other.get(f"/offers/{SACKS}/{number}").status_code == 403
    assert anchor.get(f"/offers/{SACKS}/{number}").status_code == 403, "a buyer does not answer as its supplier"
    page = other.get(f"/offers/{REPAIR}/{number}").text
    assert "секретная скидка" not in page
    assert "Мешок" not in page
    assert enrolled(app, "2624022320", "sme", "third").get(f"/offers/2624022320/{number}").status_code == 404
    assert enrolled(app, SACKS, "manager", "anna").get(call).status_code == 200
    assert factory.get(f"/calls/{SACKS}/{number}").status_code == 404, "a number of another buyer"

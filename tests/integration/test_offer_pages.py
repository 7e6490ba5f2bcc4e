"""A company with something to sell: its words are understood, it corrects them, sees buyers, is introduced."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.rings import SIDE, rings
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import whole
from tests.visitors import enrolled, form_secret

SACKS, REPAIR = "2635000014", "2635000021"
WORDS = "полипропиленовые мешки и биг-бэги"
ENGLISH = {"Accept-Language": "en"}


def post(client, path, **data):
    return client.post(path, data={"csrf": form_secret(client, "/sell"), **data})


def ticked(page):
    boxes = [attrs for _, attrs, _ in Reader(page).all("input") if attrs.get("type") == "checkbox"]
    return {attrs["value"]: "checked" in attrs for attrs in boxes}


@pytest.mark.parametrize(("said", "name"), [("мешки 50 кг", "text"), (f" {AZOT} ", "inn")])
def test_one_field_takes_words_or_a_number(small, said, name):
    sent = small.get("/sell", query_string={"what": said})
    assert sent.status_code == 303
    assert f"{name}=" in sent.location
    assert small.get(sent.location).status_code == 200


PLACE = {"home": "26", "city": "Невинномысск", "revenue_rub": "5000000"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/sell", {"what": WORDS}),
        ("/sell", {"text": WORDS, "understood": "мешки", "okved": "22.22", "confirmed": "1"}),
        ("/sell/buyers", {"text": WORDS, "understood": "мешки", "okved": "22.22", "confirmed": "1"}),
    ],
)
def test_other_words_are_understood_anew_and_the_place_stays(small, path, said):
    sent = small.get(path, query_string={**said, **PLACE})
    assert sent.status_code == 303
    address = urlsplit(sent.location)
    assert (address.path, dict(parse_qsl(address.query))) == ("/sell", {"text": WORDS, **PLACE})
    page = Reader(small.get(sent.location).text)
    assert any(attrs.get("name") == "city" and attrs["value"] == PLACE["city"] for _, attrs, _ in page.all("input"))


def test_the_place_goes_along_to_the_first_question(small):
    page = Reader(small.get("/sell", query_string=PLACE).text)
    said = {attrs.get("name"): attrs.get("value") for _, attrs, _ in page.all("input")}
    assert {name: said.get(name) for name in PLACE} == PLACE


def test_words_as_they_were_understood_are_looked_for(small):
    asked = {"text": "мешки \r\n", "understood": "мешки", "okved": "22.22", "confirmed": "1"}
    assert small.get("/sell/buyers", query_string=asked).status_code == 200


def test_a_wrong_number_is_told(small):
    assert small.get("/sell?what=123", follow_redirects=True).status_code == 400
    assert small.get("/sell?inn=7707083893").status_code == 404


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_was_understood_comes_with_the_words_it_came_from(demo, lang):
    page = whole(demo.get("/sell", query_string={"text": WORDS}, headers={"Accept-Language": lang}).text)
    assert ticked(page)["22.22"] is True
    assert not all(ticked(page).values()), "what the words hardly speak of is offered and not taken"
    assert re.search("[«“]полипропиленовые мешки[»”]", page)


def test_words_that_say_nothing_ask_for_a_code(small):
    page = whole(small.get("/sell?text=!!!", headers=ENGLISH).text)
    assert "No activity was recognised" in page
    assert any(attrs.get("name") == "okved" and "required" in attrs for _, attrs, _ in Reader(page).all("input"))


def test_what_the_register_knows_of_a_company_can_be_corrected_too(demo):
    page = demo.get("/sell", query_string={"inn": AZOT}).text
    codes = [code for code, on in ticked(page).items() if on and re.fullmatch(r"[\d.]+", code)]
    assert "20.15" in codes
    same = demo.get("/sell/buyers", query_string={"inn": AZOT, "okved": codes, "confirmed": "1"})
    assert same.status_code == 303, "who changes nothing asks as before"
    assert same.location.endswith(f"/sell/buyers?inn={AZOT}")
    asked = {"inn": AZOT, "okved": ["20.14", "22.22"], "confirmed": "1"}
    corrected, before = (whole(demo.get("/sell/buyers", query_string=each).text) for each in (asked, {"inn": AZOT}))
    assert 'id="firm-' in corrected
    assert corrected.split('class="cards"')[1] != before.split('class="cards"')[1]
    back = ticked(demo.get("/sell", query_string=asked).text)
    assert (back["22.22"], back["20.15"]) == (True, False), "nothing is lost on the way back"
    none = demo.get("/sell/buyers", query_string={"inn": AZOT, "confirmed": "1"}, headers=ENGLISH)
    assert none.status_code == 400
    assert "No activity is chosen" in whole(none.text)


def test_what_a_person_confirmed_is_what_is_looked_for(demo):
    asked = {"text": WORDS, "okved": ["22.22", "13.92"], "home": "26", "city": "Невинномысск", "confirmed": "1"}
    page = whole(demo.get("/sell/buyers", query_string=asked, headers=ENGLISH).text)
    understood = page.split('<ul class="plain facts">')[1].split("</ul>")[0]
    assert sorted(re.findall(r'class="code">([\d.]+)<', understood)) == ["13.92", "22.22"]
    assert ticked(demo.get("/sell", query_string=asked).text)["13.92"] is True, "nothing is lost on the way back"
    bare = {"text": WORDS, "okved": "22.22", "home": "26", "city": "Невинномысск"}
    by_words = {name: value for name, value in bare.items() if name != "okved"}
    first = [names_of(demo.get("/sell/buyers", query_string=each).text) for each in (bare, by_words)]
    assert first[0] == first[1], "confirming what was understood changes nothing"


def names_of(page):
    return re.findall(r'<li class="card candidate" id="firm-(\d+)">', page)


def test_nothing_confirmed_is_told(small):
    got = small.get("/sell/buyers", query_string={"text": WORDS, "confirmed": "1", "okved": ""})
    assert got.status_code == 400


def test_every_buyer_that_would_use_it_is_on_the_map_and_traders_stand_below(demo):
    page = whole(demo.get("/sell/buyers?inn=2624022320&top=12", headers=ENGLISH).text)
    users, traders = map(names_of, page.split('id="channels"'))
    assert (len(users), len(traders)) == (12, 6)
    assert not set(users) & set(traders)
    found = demo.get("/api/v1/offer/buyers?inn=2624022320&top=12").json
    assert [users, traders] == [[item["inn"] for item in found[part]] for part in ("users", "channels")]
    assert all("point" in item for part in ("items", "users", "channels") for item in found[part])
    ranks = re.findall(r'aria-label="[^"]*: number ([\d, ]+) of the list"', page)
    assert sorted(int(rank) for spot in ranks for rank in spot.split(", ")) == list(range(1, 13))


def test_without_a_place_there_is_no_map_and_a_way_to_say_it(demo):
    page = whole(demo.get("/sell/buyers", query_string={"text": WORDS}, headers=ENGLISH).text)
    assert 'class="rings"' not in page
    assert "Say in which region you are" in page


def test_a_map_keeps_directions_and_distances():
    def item(rank, lat, lon, worth):
        point = {"lat": lat, "lon": lon, "exact": lon != 42.0}
        return {"rank": rank, "inn": str(rank), "city": "", "need_rub": worth, "point": point}

    drawn = rings({"lat": 45.0, "lon": 42.0}, [item(1, 47.0, 42.0, 4), item(2, 45.0, 43.0, 1), item(3, 45.0, 43.0, 8)])
    assert [ring.km for ring in drawn.rings] == [50, 200, 500]
    by_rank = {spot.ranks: spot for spot in drawn.spots}
    north, east = by_rank[(1,)], by_rank[(2, 3)]
    assert (north.x, east.x > SIDE / 2) == (SIDE / 2, True)
    assert SIDE / 2 - north.y > east.x - SIDE / 2, "222 km are farther than 79"
    assert east.radius > north.radius
    assert (north.exact, east.exact) == (False, True)
    assert rings(None, []) is None


def test_a_company_asks_the_manager_introduces_and_the_company_sees_it(enrol):
    factory, manager = enrol("sme", "factory"), enrol("manager", "anna")
    page = whole(factory.get("/sell/buyers", query_string={"text": WORDS, "home": "26"}, headers=ENGLISH).text)
    buyer = next(inn for inn in names_of(page) if inn != AZOT)
    assert f"/introductions/{AZOT}/{buyer}" in page
    assert 'href="/companies/' not in page.split("<main")[1].replace(f"/companies/{AZOT}", ""), (
        "cards of others are shut"
    )
    sent = post(factory, f"/introductions/{AZOT}/{buyer}", note="мешки", next="/sell/buyers?text=x")
    assert sent.location == f"/sell/buyers?text=x#firm-{buyer}"
    assert "Waits for the manager" in factory.get(f"/sell/buyers?inn={AZOT}", headers=ENGLISH).text
    queue = whole(manager.get("/introductions", headers=ENGLISH).text)
    assert "<blockquote>мешки</blockquote>" in queue
    done = post(manager, f"/introductions/{AZOT}/{buyer}/answer", state="introduced", note="пишите в отдел закупок")
    assert done.location == "/introductions?told=introduced"
    seen = whole(factory.get("/introductions", headers=ENGLISH).text)
    assert "пишите в отдел закупок" in seen
    assert "Introduced" in seen
    post(manager, f"/introductions/{AZOT}/{buyer}/answer", state="waiting")
    assert post(factory, f"/introductions/{AZOT}/{buyer}/withdraw").location == "/introductions?told=withdrawn"


def test_nobody_asks_for_others_or_answers_its_own_request(enrol):
    factory = enrol("sme")
    assert post(factory, f"/introductions/{SACKS}/{REPAIR}").status_code == 403
    assert post(factory, f"/introductions/{AZOT}/{SACKS}/answer", state="introduced").status_code == 403
    assert factory.get(f"/sell?inn={SACKS}").status_code == 403
    assert enrol("viewer", "guest").get("/introductions").status_code == 403


def test_going_back_leads_to_no_other_site(small):
    sent = post(small, f"/introductions/{SACKS}/{AZOT}", next="https://evil.example/")
    assert sent.location == f"/introductions#firm-{AZOT}"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_empty_lists_say_so(small, lang):
    page = whole(small.get("/introductions", headers={"Accept-Language": lang}).text)
    assert 'class="empty"' in page


def test_an_unknown_answer_is_told(small):
    assert post(small, f"/introductions/{SACKS}/{AZOT}/answer", state="perhaps").status_code == 400


def test_an_account_of_a_company_sells_with_its_own_size_and_never_to_itself(small):
    factory = enrolled(small.application, SACKS, "sme")
    asked = {"text": WORDS, "okved": ["22.22", "22.21"], "confirmed": "1"}
    page = whole(factory.get("/sell/buyers", query_string=asked, headers=ENGLISH).text)
    assert names_of(page)
    assert SACKS not in names_of(page)
    assert "is assumed" not in page, "its revenue is in the register"
    assert "a year the buyer needs of it" in page
    form = whole(factory.get("/sell", query_string={"text": WORDS}, headers=ENGLISH).text)
    assert "taken from your card" in form
    assert 'name="revenue_rub"' not in form

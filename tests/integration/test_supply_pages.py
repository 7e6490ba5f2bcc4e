"""Supplier requests on pages: proposed from the recipe, saved, changed, taken back, and what an import brings anew."""

from __future__ import annotations

import pytest

from api.desk import DESK
from api.formats import day
from matcher.pipeline.exchange import supply_requests
from matcher.pipeline.exchange.supply_shortlist import proposals, shortlists
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from models.supply_requests import Input, Terms
from tests.integration.test_api_pages import AZOT
from tests.integration.test_import_pages import whole
from tests.visitors import enrolled, form_secret, let_in

SACKS, REPAIR, STAVROLEN, NEW = "2635000014", "2635000021", "2624022320", "7707083893"
ENGLISH = {"Accept-Language": "en"}
SACKS_INPUT = {"name": "Мешки", "code-0": "22.22", "on-0": "1", "words-0": ""}


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


@pytest.fixture
def anchor(app):
    return enrolled(app, AZOT, "anchor", "azot")


def send(client, path, said, lang="en"):
    data = {"csrf": form_secret(client, "/sell"), **said}
    return client.post(path, data=data, headers={"Accept-Language": lang})


def saved(client, **said):
    done = send(client, f"/requests/{AZOT}/new", {**SACKS_INPUT, **said})
    assert done.status_code == 303, done.text
    return done.location.partition("?")[0]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_inputs_are_proposed_from_the_recipe_and_the_candidates_shown_by_input(anchor, lang):
    headers = {"Accept-Language": lang}
    form = whole(anchor.get(f"/requests/new?buyer={AZOT}", headers=headers).text)
    assert 'value="22.22"' in form or 'value="20.13"' in form
    terms = {"papers": "ISO 9001", "price": "20", "volume": "1 000 000", "unit": "шт", "radius": "500",
             "by": "2030-05-01", "note": "с логотипом"}  # fmt: skip
    path = saved(anchor, **{"words-9": "ремонт насосов"}, **{f"{name}-0": value for name, value in terms.items()})
    page = whole(anchor.get(path, headers=headers).text)
    for text in ("Мешок", "Ремонт", "ISO 9001", "с логотипом", day("2030-05-01", lang), 'class="falls"'):
        assert text in page
    assert whole(anchor.get("/requests", headers=headers).text).count("Мешки") == 1
    edit = whole(anchor.get(f"{path}/edit", headers=headers).text)
    assert 'value="1000000"' in edit
    assert 'value="ремонт насосов"' in edit


def test_a_new_request_begins_with_what_the_card_of_the_buyer_says_it_needs(anchor, small_settings, tmp_path):
    sheet = tmp_path / "needs.csv"
    sheet.write_text(f"inn;needs\n{AZOT};природный газ, мешки (50 кг, с печатью)\n", encoding="utf-8")
    import_one(Workspace(small_settings), str(sheet), None, False, False)
    form = whole(anchor.get(f"/requests/new?buyer={AZOT}", headers=ENGLISH).text)
    assert 'value="природный газ"' in form
    assert 'value="мешки (50 кг, с печатью)"' in form
    assert "The first lines are the needs of its card" in form


def test_the_proposals_are_inputs_by_spending_without_wholesalers(small_settings):
    workspace = Workspace(small_settings)
    found = proposals(workspace, AZOT)
    spent = [item["demand_rub"] for item in found]
    assert spent == sorted(spent, reverse=True)
    assert not {item["role"] for item in found} & {"channel"}


def test_price_and_volume_say_how_much_is_spent_and_the_radius_who_may(small_settings):
    workspace = Workspace(small_settings)
    usual, dear, near = (
        shortlists(workspace, supply_requests.save(workspace, AZOT, Terms("Мешки", (wanted,)), "anna"))["groups"][0]
        for wanted in (
            Input("22.22"),
            Input("22.22", price_rub=100.0, volume=1e9, unit="шт"),
            Input("22.22", radius_km=1.0),
        )
    )
    assert dear["demand_rub"] == pytest.approx(1e11)
    sacks, again = (next(item for item in group["items"] if item["inn"] == SACKS) for group in (usual, dear))
    assert again["expected_value_rub"] > sacks["expected_value_rub"]
    assert (dear["sources"]["risk"], dear["sources"]["able"]) == (True, 0)
    assert near["items"] == []
    assert SACKS in {miss["inn"] for miss in near["near_misses"]}
    assert near["sources"]["makers"] == 0


def test_what_cannot_be_read_is_told_beside_it_and_nothing_is_lost(anchor, store):
    said = {**SACKS_INPUT, "price-0": "дорого", "by-0": "весной", "words-7": "ремонт", "volume-7": "-5"}
    done = send(anchor, f"/requests/{AZOT}/new", said)
    page = whole(done.text)
    assert done.status_code == 422
    assert page.count('aria-invalid="true"') == 3
    for text in ("дорого", "ремонт", "Not a number"):
        assert text in page
    assert send(anchor, f"/requests/{AZOT}/new", {"name": "Мешки", "words-0": ""}).status_code == 422
    assert send(anchor, f"/requests/{AZOT}/new", {**SACKS_INPUT, "name": ""}).status_code == 422
    assert send(anchor, f"/requests/{AZOT}/new", {**SACKS_INPUT, "code-0": "99.98"}).status_code == 422
    assert send(anchor, f"/requests/{AZOT}/new", {**SACKS_INPUT, "region": "00"}).status_code == 422
    assert supply_requests.requests_of(Workspace(app_settings(store)), None) == []


def app_settings(store):
    from models.settings import Settings

    return Settings.read(db=store.address)


def test_an_input_without_an_answer_says_why_in_its_place(anchor):
    page = whole(anchor.get(saved(anchor, region="77"), headers=ENGLISH).text)
    assert "The register holds no firm of region 77" in page
    assert "Мешок" not in page


def test_a_request_is_changed_taken_back_removed_and_brought_back(anchor):
    path = saved(anchor)
    assert (
        send(anchor, f"{path}/edit", {**SACKS_INPUT, "name": "Мешки и ремонт", "words-1": "ремонт"}).status_code == 303
    )
    assert "Мешки и ремонт" in anchor.get(path).text
    assert send(anchor, f"{path}/state", {"state": "back"}).status_code == 303
    assert "<h1>Мешки</h1>" in anchor.get(path).text
    assert send(anchor, f"{path}/state", {"state": "removed"}).location.startswith("/requests")
    page = whole(anchor.get("/requests", headers=ENGLISH).text)
    assert "Removed requests" in page
    send(anchor, f"{path}/state", {"state": "open"})
    assert "Removed requests" not in anchor.get("/requests", headers=ENGLISH).text
    assert send(anchor, f"{path}/state", {"state": "nonsense"}).status_code == 400


def test_a_decision_is_taken_and_taken_back_in_place(anchor, store):
    path = saved(anchor)
    done = send(anchor, f"/decisions/{SACKS}/{AZOT}", {"decision": "decline|price", "reason": "дорого", "next": path})
    assert done.location == path
    page = whole(anchor.get(path, headers=ENGLISH).text)
    assert "дорого" in page
    assert 'value="reopen"' in page
    assert store.decisions_in_force()[(SACKS, AZOT)].decision == "decline"
    send(anchor, f"/decisions/{SACKS}/{AZOT}", {"decision": "reopen", "next": path})
    assert store.decisions_in_force() == {}


def test_an_import_brings_a_new_candidate_which_is_told_until_it_is_seen(app, anchor, small_settings, tmp_path):
    path = saved(anchor)
    assert 'class="card fresh"' not in anchor.get(path).text
    sheet = tmp_path / "more.csv"
    sheet.write_text(f"inn;name;okved_main;region_code;city;revenue_rub;year\n{NEW};Тара;22.22;26;Невинномысск;900000000;2016\n",
                     encoding="utf-8")  # fmt: skip
    import_one(Workspace(small_settings), str(sheet), None, False, False)
    page = whole(anchor.get(path, headers=ENGLISH).text)
    assert "New since you looked" in page
    assert "Тара" in page.partition("New since you looked")[2].partition("</section>")[0]
    assert "New since you looked: 1" in whole(anchor.get("/requests", headers=ENGLISH).text)
    assert "New candidates" in whole(anchor.get("/", headers=ENGLISH).text)
    assert send(anchor, f"{path}/seen", {}).status_code == 303
    assert "New since you looked" not in anchor.get(path, headers=ENGLISH).text
    assert "New candidates" not in anchor.get("/", headers=ENGLISH).text


def test_a_company_asks_for_itself_only_and_a_manager_for_any(app, anchor):
    path = saved(anchor)
    accounts = (("sme", "factory"), ("manager", "anna"), ("viewer", "guest"))
    factory, anna, guest = (enrolled(app, SACKS, role, login) for role, login in accounts)
    for client in (factory, guest):
        for page in (path, f"{path}/edit", f"/requests/new?buyer={AZOT}"):
            assert client.get(page).status_code == 403, page
        for page in (f"{path}/edit", f"{path}/state", f"{path}/seen", f"/requests/{AZOT}/new"):
            assert send(client, page, SACKS_INPUT).status_code == 403, page
    assert "Мешки" not in factory.get("/requests").text
    assert guest.get("/requests").status_code == 403
    assert anna.get(path).status_code == 200
    assert "Мешки" in anna.get("/requests").text
    assert factory.get(f"/requests/{SACKS}/1").status_code == 404, "a number of another company"
    assert send(anna, f"/requests/{SACKS}/new", SACKS_INPUT).status_code == 303


def test_a_company_that_is_in_no_register_is_told(app):
    client = enrolled(app, NEW, "anchor", "nobody")
    assert client.get(f"/requests/new?buyer={NEW}").status_code == 404
    assert f'href="/companies/{NEW}/card"' in whole(client.get("/requests").text)


def test_a_manager_begins_with_an_inn(app):
    client = let_in(app).test_client()
    assert client.get("/requests/new").location == "/requests"
    assert 'name="buyer"' in whole(client.get("/requests").text)

"""The card of a company by hand: through the ordinary import, with its source, outranking others, to be taken back."""

from __future__ import annotations

import time
from functools import partial

import pytest

from api.desk import DESK
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import whole
from tests.visitors import enrolled, form_secret, let_in

SACKS, NEW = "2635000014", "7707083893"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


@pytest.fixture
def manager(app):
    return let_in(app).test_client()


@pytest.fixture
def factory(app):
    return partial(enrolled, app, AZOT)("sme", "factory")


def write(client, inn, **said):
    path = f"/companies/{inn}/card"
    return client.post(path, data={"csrf": form_secret(client, path), **said}, headers=ENGLISH)


def written(page):
    return {attrs.get("name") for _, attrs, _ in Reader(page).all("input", "textarea", "select")} - {"csrf"}


def test_a_company_writes_its_own_words_and_nothing_else(factory, store):
    page = whole(factory.get(f"/companies/{AZOT}/card").text)
    assert written(page) == {"offers", "needs", "capacity", "equipment", "waste", "vacancies", "website"}
    before = store.company(AZOT)
    done = write(factory, AZOT, offers="карбамид; аммиак", vacancies="технолог", name="Чужое имя", okved_main="01.11")
    assert done.location == f"/companies/{AZOT}/card?told=kept"
    now = store.company(AZOT)
    assert (now.offers, now.vacancies) == ("карбамид; аммиак", "технолог")
    assert (now.name, now.okved_main) == (before.name, before.okved_main)
    run = store.runs()[-1]
    assert (run.header.kind, run.header.by, run.header.file_name) == ("manual", "factory", f"card-{AZOT}.csv")
    assert now.provenance["offers"][0] == run.id


def test_blanks_around_the_number_in_an_address_open_nothing_more(factory, store):
    before = store.company(AZOT)
    page = whole(factory.get(f"/companies/%20{AZOT}%20/card").text)
    assert "okved_main" not in written(page)
    secret = {"csrf": form_secret(factory, f"/companies/{AZOT}/card")}
    said = {"offers": "карбамид", "name": "Чужое имя", "revenue_rub": "1", "revenue_rub_year": "2024"}
    done = factory.post(f"/companies/%20{AZOT}/card", data={**secret, **said})
    assert done.location == f"/companies/{AZOT}/card?told=kept"
    now = store.company(AZOT)
    assert (now.offers, now.name, now.revenue_rub) == ("карбамид", before.name, before.revenue_rub)


def test_a_change_is_taken_back_by_whoever_made_it(factory, manager, store):
    before = store.company(AZOT)
    write(factory, AZOT, offers="карбамид")
    own = store.runs()[-1].id
    write(manager, AZOT, offers="аммиак", city="Ставрополь")
    other = store.runs()[-1].id
    page = whole(factory.get(f"/companies/{AZOT}/card", headers=ENGLISH).text)
    assert f"/card/{own}/undo" in page
    secret = {"csrf": form_secret(factory, f"/companies/{AZOT}/card")}
    assert factory.post(f"/companies/{AZOT}/card/{other}/undo", data=secret).status_code == 422
    assert factory.post(f"/companies/{AZOT}/card/1/undo", data=secret).status_code == 422, "no change of the card"
    assert factory.post(f"/companies/{AZOT}/card/{own}/undo", data=secret).status_code == 303
    secret = {"csrf": form_secret(manager, f"/companies/{AZOT}/card")}
    assert manager.post(f"/companies/{AZOT}/card/{other}/undo", data=secret).status_code == 303
    assert store.company(AZOT) == before


def test_the_same_words_again_change_nothing_but_back_and_forth_does(manager, store):
    write(manager, SACKS, offers="мешки")
    runs = len(store.runs())
    assert write(manager, SACKS, offers="мешки", needs=" ").location.endswith("told=same")
    assert len(store.runs()) == runs
    for words in ("биг-бэги", "мешки", "биг-бэги"):
        assert write(manager, SACKS, offers=words).location.endswith("told=kept")
        assert store.company(SACKS).offers == words


def test_what_is_refused_is_shown_beside_what_was_written(manager, store):
    got = write(manager, SACKS, name="Мешок", okved_main="99.98", revenue_rub="много", revenue_rub_year="2023")
    assert got.status_code == 422
    page = whole(got.text)
    assert 'value="99.98"' in page
    assert 'aria-invalid="true"' in page
    assert "Nothing was written" in page
    assert len(store.runs()) == 1


def test_a_manager_writes_who_a_company_is_and_its_figures(manager, store):
    write(manager, SACKS, name="Мешок", okved_main="22.22", city="Невинномысск", revenue_rub="400000000",
          revenue_rub_year="2023")  # fmt: skip
    company = store.company(SACKS)
    assert (company.city, company.revenue_rub, company.revenue_year) == ("Невинномысск", 4e8, 2023)


def test_a_new_company_is_written_down_by_hand(manager, store):
    assert manager.get(f"/new-company?inn={NEW}").location == f"/companies/{NEW}/card"
    assert "A new company" in whole(manager.get(f"/companies/{NEW}/card", headers=ENGLISH).text)
    assert write(manager, NEW, offers="лопаты").status_code == 400, "without a name"
    assert write(manager, NEW, name="Лопата", offers="лопаты", region_code="26").status_code == 303
    assert store.company(NEW).offers == "лопаты"
    assert "Лопата" in manager.get(f"/companies/{NEW}").text


@pytest.mark.parametrize("inn", ["123", "2631015564", "500100732259"])
def test_a_wrong_number_or_a_person_is_refused(manager, inn):
    assert manager.get(f"/new-company?inn={inn}").status_code in (303, 400)
    data = {"csrf": form_secret(manager, "/new-company"), "name": "x"}
    assert manager.post(f"/companies/{inn}/card", data=data).status_code == 400


def test_nobody_writes_the_card_of_another(app, factory):
    assert factory.get(f"/companies/{SACKS}/card").status_code == 403
    assert partial(enrolled, app, AZOT)("viewer").get(f"/companies/{AZOT}/card").status_code == 403


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_empty_register_has_three_doors(empty, lang):
    page = whole(empty.get("/", headers={"Accept-Language": lang}).text)
    for door in ("/imports/bundled", "/imports", "/new-company"):
        assert f'"{door}"' in page
    assert whole(empty.get("/new-company").text)


def test_the_first_company_by_hand_opens_the_register(empty):
    assert write(empty, NEW, name="Лопата", offers="лопаты").status_code == 303
    assert "Лопата" in empty.get(f"/companies/{NEW}").text


def test_the_bundled_companies_are_loaded_from_the_first_page(empty, monkeypatch):
    monkeypatch.setattr("api.pages.intake.FILES", ("demo/known_products.csv",))
    sent = empty.post("/imports/bundled", data={"csrf": form_secret(empty, "/")})
    assert sent.location == "/imports"
    for _ in range(200):
        page = empty.get("/imports")
        if "Refresh" not in page.headers:
            break
        time.sleep(0.05)
    assert "known_products.csv" in whole(page.text).split('id="history"')[1]

"""Who looked: counted without waiting, without naming anybody, and not one's own visits."""

from __future__ import annotations

from datetime import date

import pytest

from api.access.passwords import digest_of_token, new_token
from api.desk import DESK
from api.looking import LOOKING, Looking
from matcher.pipeline.exchange.looks import named_roles
from models.accounts import Accounts
from models.looks import Looks
from tests.integration.test_api_pages import ARNEST, AZOT, STAVROLEN
from tests.integration.test_import_pages import whole
from tests.integration.test_supply_pages import REPAIR, SACKS, saved, send
from tests.visitors import enrolled, stranger

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


@pytest.fixture
def anchor(app):
    return enrolled(app, AZOT, "anchor", "azot")


def counted(store, inn):
    with store.read() as reader:
        found = Looks(reader.connection).of(inn, date(2000, 1, 1))
    return {(each.place, each.role): each.times for each in found}


def test_every_page_that_shows_a_firm_counts_once(app, anchor, store):
    path = saved(anchor)
    anchor.get(path)
    anchor.get(f"/suppliers?inn={AZOT}")
    anchor.get(f"/suppliers?inn={AZOT}&flat=1")
    anchor.get(f"/compare?buyer={AZOT}&supplier={SACKS}&supplier={REPAIR}")
    anchor.get(f"/explain?supplier={SACKS}&buyer={AZOT}")
    enrolled(app, AZOT, "manager", "anna").get(f"/companies/{SACKS}")
    assert counted(store, SACKS) == {("list", "anchor"): 3, ("pair", "anchor"): 2, ("card", "manager"): 1}
    assert counted(store, AZOT) == {}, "its own visits are not counted"


def test_buyers_that_a_seller_is_shown_are_looked_at(app, store):
    factory = enrolled(app, SACKS, "sme", "factory")
    factory.get(f"/sell/buyers?inn={SACKS}")
    factory.get(f"/buyers?inn={SACKS}")
    assert counted(store, AZOT) == {("list", "sme"): 2}


def test_programs_and_refused_pages_are_not_counted(app, anchor, store):
    token = new_token()
    with store.begin() as unit:
        Accounts(unit.connection).add_token("azot", "robot", "read", digest_of_token(token))
    robot = {"Authorization": f"Bearer {token}"}
    assert stranger(app).get(f"/suppliers?inn={AZOT}", headers=robot).status_code == 200
    anchor.get(f"/companies/{SACKS}")
    assert counted(store, SACKS) == {}


def test_a_page_waits_for_no_writer_and_the_look_is_written_later(app, anchor, store):
    if not store.address.startswith("sqlite"):
        pytest.skip("only SQLite has one pen")
    with store.begin():
        assert anchor.get(f"/suppliers?inn={AZOT}").status_code == 200
        assert counted(store, SACKS) == {}
    anchor.get(f"/suppliers?inn={AZOT}")
    assert counted(store, SACKS) == {("list", "anchor"): 2}
    assert isinstance(app.extensions[LOOKING], Looking)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_company_learns_how_often_and_what_came_of_it_and_no_name(app, anchor, lang):
    headers = {"Accept-Language": lang}
    factory = enrolled(app, SACKS, "sme", "factory")
    assert whole(factory.get(f"/looks/{SACKS}", headers=headers).text)
    anchor.get(f"/suppliers?inn={AZOT}")
    page = whole(factory.get(f"/looks/{SACKS}", headers=headers).text)
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "Азот" not in main
    assert {"ru": "якорное", "en": "anchor firm"}[lang] not in main, "a role of one firm would name it"
    path = saved(anchor)
    ask = {"title": "Мешки", "answer_by": "2099-01-01", "line-0": SACKS}
    assert send(anchor, f"{path}/send", ask).status_code == 303
    assert "Азот" in whole(factory.get(f"/looks/{SACKS}", headers=headers).text), "who sends a call is named"
    assert whole(factory.get("/", headers=headers).text).count(f"/looks/{SACKS}") == 1


def test_a_role_is_named_from_three_other_firms_on(app, store):
    for login, inn in (("a", AZOT), ("b", ARNEST), ("c", STAVROLEN), ("d", SACKS)):
        enrolled(app, inn, "anchor", f"{login}-anchor")
    enrolled(app, SACKS, "sme", "factory")
    enrolled(app, SACKS, "viewer", "guest")
    with store.read() as reader:
        accounts = Accounts(reader.connection).all()
    assert named_roles(accounts, SACKS) == {"anchor", "manager", "administrator"}
    assert named_roles(accounts[:3], AZOT) == {"manager", "administrator"}


def test_only_the_company_itself_and_managers_see_it(app, anchor):
    assert anchor.get(f"/looks/{SACKS}").status_code == 403
    assert enrolled(app, AZOT, "viewer", "guest").get(f"/looks/{SACKS}").status_code == 403
    assert enrolled(app, AZOT, "manager", "anna").get(f"/looks/{SACKS}", headers=ENGLISH).status_code == 200

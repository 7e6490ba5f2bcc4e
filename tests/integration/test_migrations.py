"""Each revision of the schema goes up and down with a register in it, and nothing that a file said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from models import migrations
from models.accounts import Accounts
from models.board import Board
from models.board_words import Words
from models.calls import Calls
from models.check import check_store
from models.events import Rejection, RunHeader
from models.idempotency import IdempotentRequests
from models.identifiers import Inn
from models.introductions import Introductions
from models.looks import Looks
from models.offers import Ask, Line
from models.project_decisions import ProjectDecisions
from models.records import CompanyFacts, Figure, Link
from models.remarks import Remarks
from models.review import INN, Unidentified
from models.review_queue import Source
from models.saved_views import SavedViews
from models.store import Store
from models.supply_requests import Input, Seen, SupplyRequests, Terms
from models.tables import metadata
from models.text import T

GAZPROM, ROSNEFT, SIBUR = "7736050003", "7706107510", "7727547261"
#: Every revision from the newest to the oldest.
REVISIONS = [each.revision for each in ScriptDirectory.from_config(migrations.configuration()).walk_revisions()]
#: Columns that v0002 added; ``by`` alone is told by no observation.
SHARED = {"founders", "licences", "tax_regimes", "equipment", "waste", "vacancies", "capacity"}


def fill(url: str) -> None:
    """Make a register with something of everything: an import, one undone, quarantine, sales and decisions."""
    with Store.open(url) as store, store.begin() as unit:
        run = unit.record_run(RunHeader("a.csv", "plain_table", "a", "table", "table", "2020-01-01", by="anna"))
        values = {"name": "Газпром", "okved_main": "46.71", "founders": (ROSNEFT,), "equipment": "печь"}
        figures = (Figure("revenue_rub", 2016, 5.5), Figure("workers", 2016, 3.0))
        tally, _ = unit.apply_facts(
            run, [CompanyFacts(GAZPROM, 2, values, figures), CompanyFacts(SIBUR, 3, {"lat": 1.5})]
        )
        unit.apply_links(run, [Link(ROSNEFT, GAZPROM, 4, "20.15", 7.25, date(2016, 5, 1), "№ 1")])
        unit.reject(
            run,
            [
                Rejection(9, SIBUR, "status", "?", T("unknown status")),
                Rejection(11, None, "inn", "?", T("no INN"), (("offers", "соль"),)),
            ],
        )
        unit.finish_run(run, tally)
        waiting = CompanyFacts("", 10, {"name": "Ромашка"})
        unit.review.put(run, [Unidentified(10, INN, "Ромашка", "Ставрополь", waiting)])
        unit.review.reject(unit.review_items()[0].id, [SIBUR], Source("anna"), close=False)
        second = unit.record_run(RunHeader("b.csv", "plain_table", "b", "undone", "manual"))
        unit.apply_facts(second, [CompanyFacts(GAZPROM, 2, {"name": "неверно"})])
        unit.undo(second)
        unit.decide(ROSNEFT, GAZPROM, "accept", reason="known", by="anna", reason_code="recommended")
        unit.keep_weights("chemical", {"distance": 0.9}, None, {"decisions": 1}, by="anna")
        Introductions(unit.connection).step((ROSNEFT, GAZPROM), "waiting", note="соль", inn=ROSNEFT, by="anna")
        Remarks(unit.connection).add("label", "знакомы", [GAZPROM, ROSNEFT], "anna")
        SavedViews(unit.connection, "anna").keep("Юг", "region=26")
        unit.decide_project("chain.20.59.2631015563", "decline", "далеко", {"value_rub": 5}, "anna", "too_hard")
        day = date(2024, 1, 1)
        Board(unit.connection).post(Inn(GAZPROM), "product", "offer", Words("соль"), day, day, by="anna")
        requests, calls = SupplyRequests(unit.connection), Calls(unit.connection)
        number = requests.write(GAZPROM, Terms("соль", (Input("08.93"),)), by="anna").number
        requests.see(number, "anna", Seen(1, {"08.93": [ROSNEFT]}))
        calls.open(number, GAZPROM, Ask("соль", (Line("соль"),), date(2030, 1, 1)), {ROSNEFT: [0]}, by="anna")
        Looks(unit.connection).count({GAZPROM: 1}, "card", "sme", date(2020, 1, 1))
        Accounts(unit.connection).add("anna", "manager", None, "digest")
        Accounts(unit.connection).add_token("anna", "robot", "read decide import", "digest")
        IdempotentRequests(unit.connection).begin("anna", "key", "digest")
        hook = {
            "account_id": 1, "url": "https://a.example/", "events": "decision.made", "secret": "whsec_x", "inn": None,
            "side": "", "seen": "{}", "made_at": datetime(2020, 1, 1, tzinfo=UTC),
        }  # fmt: skip
        unit.connection.execute(sa.insert(metadata.tables["webhook"]).values(hook))
        told = {
            "webhook_id": 1, "event": "decision.made", "payload": "{}", "state": "waiting", "attempts": 0,
            "next_at": hook["made_at"], "made_at": hook["made_at"], "error": "",
        }  # fmt: skip
        unit.connection.execute(sa.insert(metadata.tables["webhook_delivery"]).values(told))


def state(store: Store) -> dict[str, Any]:
    """All there is; what only a newer schema tells is left out."""
    return {
        "companies": list(store.companies()),
        "figures": {inn: store.figures(inn) for inn in (GAZPROM, ROSNEFT, SIBUR)},
        "links": list(store.links()),
        "runs": [replace(run, header=replace(run.header, by="")) for run in store.runs()],
        "quarantine": [replace(each, cells=()) for each in store.quarantine(1)],
        "decisions": [replace(each, reason_code="") for each in store.decisions()],
    }


def project_reasons(url: str) -> list[str]:
    """Codes and words of the decisions on projects, as far as the schema has them."""
    with Store.open(url) as store, store.read() as reader:
        return [f"{each.reason_code} {each.reason}" for each in ProjectDecisions(reader.connection).all()]


def alembic(connection: sa.Connection) -> Config:
    config = migrations.configuration()
    config.attributes["connection"] = connection
    return config


def move(url: str, revision: str) -> None:
    """Bring a database to a revision, up or down."""
    with Store.open(url) as store, store.begin() as unit:  # opening it has brought it to the newest
        command.downgrade(alembic(unit.connection), revision)


def columns(url: str) -> dict[str, set[str]]:
    """The tables of a database with their columns."""
    engine = sa.create_engine(url)
    found = sa.inspect(engine)
    names = {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}
    engine.dispose()
    return names


@pytest.mark.parametrize("revision", REVISIONS)
def test_down_to_a_revision_and_up_again_keeps_all(url: str, revision: str) -> None:
    fill(url)
    with Store.open(url) as store:
        before, version = state(store), store.data_version()
    move(url, revision)
    with Store.open(url) as store:
        assert state(store) == before
        assert check_store(store).sound
        assert store.data_version() >= version


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_row_is_there_at_every_revision(url: str, revision: str) -> None:
    fill(url)
    engine = sa.create_engine(url)
    count = {name: sa.select(sa.func.count()).select_from(table) for name, table in metadata.tables.items()}
    with engine.connect() as connection:
        before = {name: connection.execute(query).scalar_one() for name, query in count.items()}
    assert all(before.values()), before
    move(url, revision)
    there = columns(url)
    with engine.connect() as connection:
        after = {name: connection.execute(query).scalar_one() for name, query in count.items() if name in there}
    assert after == {name: rows for name, rows in before.items() if name in there}
    added = {
        "v0003": {"review_item", "name_verdict"}, "v0004": {"learned_weights"}, "v0005": {"account", "access_token"},
        "v0007": {"introduction"}, "v0008": {"account_event"}, "v0009": {"project_decision"},
        "v0013": {"remark", "remark_company", "saved_view"},
        "v0010": {"board_entry", "board_step"},
        "v0011": {"supply_request", "request_seen", "offer_call", "offer_step", "look"},
        "v0012": {"idempotent_request", "webhook", "webhook_delivery"},
    }  # fmt: skip
    later = {name for since, names in added.items() if revision < since for name in names}
    assert before.keys() - after.keys() == later
    engine.dispose()


def test_what_the_second_revision_added_is_dropped_on_the_way_down(url: str) -> None:
    fill(url)
    assert columns(url)["company"] > SHARED
    move(url, "v0001")
    found = columns(url)
    assert not SHARED & found["company"]
    assert "by" not in found["import_run"]


def test_the_way_down_keeps_the_words_of_a_decision_on_a_project(url: str) -> None:
    fill(url)
    assert project_reasons(url) == ["too_hard далеко"]
    move(url, "v0009")
    assert project_reasons(url) == [" далеко"]


def test_what_observations_say_is_shown_after_the_way_up(url: str) -> None:
    fill(url)
    move(url, "v0001")
    with Store.open(url) as store:
        company = store.company(GAZPROM)
        assert (company.founders, company.equipment) == ((ROSNEFT,), "печь")
        assert store.runs()[0].header.by == ""


def test_below_the_first_revision_nothing_is_left_and_the_way_up_begins_anew(url: str) -> None:
    fill(url)
    move(url, "base")
    assert set(columns(url)) == {"alembic_version"}
    with Store.open(url) as store:
        assert store.counts() == dict.fromkeys(("companies", "figures", "links", "imports", "decisions"), 0)


def test_a_register_of_the_first_version_is_taken_over(url: str) -> None:
    engine = sa.create_engine(url)
    if url.startswith("sqlite"):
        Path(str(engine.url.database)).parent.mkdir()
    with engine.begin() as connection:
        command.upgrade(alembic(connection), "v0001")
        old = sa.MetaData()
        old.reflect(connection)
        run = {
            "id": 1, "file_name": "a.csv", "format": "plain_table", "sha256": "a", "source": "s", "kind": "table",
            "as_of": "", "options": "{}", "started_at": datetime(2020, 1, 1, tzinfo=UTC), "read": 1, "added": 1,
            "changed": 0, "unchanged": 0, "waiting": 0, "refused": 0, "skipped": 0, "quarantined": 0, "links_added": 0,
            "links_unchanged": 0,
        }  # fmt: skip
        seen = {
            "run_id": 1,
            "line": 2,
            "inn": GAZPROM,
            "as_of": "2020-01-01",
            "payload": '{"f":[],"v":{"name":"Газпром"}}',
        }
        company = {
            "inn": GAZPROM, "name": "Газпром", "okved_extra": "", "products_okpd2": "", "offers": "", "needs": "",
            "provenance": '{"name":1}',
        }  # fmt: skip
        for name, row in (("import_run", run), ("observation", seen), ("company", company)):
            connection.execute(sa.insert(old.tables[name]).values(row))
    engine.dispose()
    with Store.open(url) as store:
        assert (store.company(GAZPROM).name, store.data_version()) == ("Газпром", 0)
        assert check_store(store).sound


def test_a_register_whose_entries_are_not_what_the_log_says_is_made_anew(url: str) -> None:
    fill(url)
    with Store.open(url) as store:
        before, version = state(store), store.data_version()
        with store.begin() as unit:
            unit.connection.execute(sa.update(metadata.tables["company"]).values(name="?"))
            unit.connection.execute(sa.delete(metadata.tables["company_figure"]))
        assert not check_store(store).sound
        with store.begin() as unit:
            rebuilt = unit.rebuild()
        assert (rebuilt.firms, rebuilt.changed) == (2, 1)
        assert (state(store), store.data_version()) == (before, version + 1)
        with store.begin() as unit:
            assert unit.rebuild().changed == 0
        assert store.data_version() == version + 1

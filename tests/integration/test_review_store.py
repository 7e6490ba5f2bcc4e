"""Rows without INN: they wait, a person answers, the answer is remembered, and everything can be taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from matcher.intake.run import ImportReport, import_file
from models import migrations, tables
from models.check import check_store
from models.errors import DataError, UnreadableFile, UsageError
from models.review_queue import Source
from models.store import Store

ARNEST, AZOT, STAVROLEN = "2631006752", "2631015563", "2624022320"
PERSON = "500100732259"
HEADER = "ИНН;Наименование;ОКВЭД;Город;Выручка, тыс. руб.;Год"
SALES = "supplier_inn;Поставщик;buyer_inn;Покупатель;okpd2;amount_rub"
ANNA = Source("Анна")


def take(
    store: Store, folder: Path, *rows: str, header: str = HEADER, name: str = "t.csv", **more: Any
) -> ImportReport:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return import_file(store, path, lang="en", **more)


def state(store: Store) -> tuple[Any, ...]:
    """All that answers depend on, and what waits."""
    with store.read() as reader:
        items = [(each.id, each.state, each.inn, each.name) for each in reader.review_items()]
        return list(reader.companies()), list(reader.all_figures("revenue_rub")), list(reader.links()), items


def waiting(store: Store) -> list[int]:
    with store.read() as reader:
        return [each.id for each in reader.review_items() if each.state == "open"]


def confirm(store: Store, item: int, inn: str, source: Source = ANNA) -> tuple[int, ...]:
    with store.begin() as unit:
        return unit.review.confirm(item, inn, source).items


def reopen(store: Store, item: int) -> None:
    with store.begin() as unit:
        unit.review.reopen(item, ANNA)


def undo(store: Store, run: int | None) -> None:
    assert run is not None
    with store.begin() as unit:
        unit.undo(run)


def test_a_row_with_a_name_and_no_inn_waits_and_is_told(store: Store, tmp_path: Path) -> None:
    report = take(store, tmp_path, ";ООО «Арнест»;20.42;Невинномысск;5;2018", f"{AZOT};Азот;20.15;;7;2018")
    assert (report.tally.read, report.tally.added, report.tally.review, report.tally.refused) == (2, 1, 1, 0)
    document = report.as_document()
    assert (document["review"], document["remembered"], document["quarantined"]) == (1, 0, [])
    with store.read() as reader:
        (item,) = reader.review_items()
    assert (item.run_id, item.line, item.name, item.place) == (1, 2, "ООО «Арнест»", "Невинномысск")
    assert [company.inn for company in store.companies()] == [AZOT]


def test_a_confirmed_row_is_an_observation_of_its_import_and_line(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, ";ООО «Арнест»;20.42;Невинномысск;5;2018")
    version = store.data_version()
    confirm(store, 1, ARNEST)
    company = store.company(ARNEST)
    assert (company.name, company.city, company.revenue_rub) == ("ООО «Арнест»", "Невинномысск", 5000.0)
    assert company.provenance["okved_main"] == (1, "t.csv")
    assert store.data_version() == version + 1
    with store.read() as reader:
        (seen,) = reader.observations([ARNEST])[ARNEST]
        (item,) = reader.review_items()
    assert (seen.run_id, seen.facts.line) == (1, 2)
    assert (item.state, item.inn, item.by, item.at is None) == ("same", ARNEST, "Анна", False)
    assert check_store(store).sound


def test_undoing_the_import_leaves_exactly_what_was_before(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, f"{ARNEST};Арнест;20.42;;1;2018", name="a.csv")
    before = state(store)
    run = take(store, tmp_path, ";Арнест;20.41;;9;2019", ";Азот;20.15;;7;2018", name="b.csv").run
    confirm(store, waiting(store)[0], ARNEST)
    assert store.company(ARNEST).revenue_year == 2019
    undo(store, run)
    assert state(store) == before
    assert waiting(store) == []
    with pytest.raises(DataError, match="no row number 2"):
        confirm(store, 2, AZOT)


def test_a_confirmed_name_is_taken_without_asking_also_after_undo(store: Store, tmp_path: Path) -> None:
    row = ";ООО «Арнест»;20.42;Невинномысск;5;2018"
    run = take(store, tmp_path, row).run
    confirm(store, 1, ARNEST)
    undo(store, run)
    again = take(store, tmp_path, row)
    assert (again.tally.review, again.tally.remembered, again.tally.added) == (0, 1, 1)
    other = take(store, tmp_path, ";ооо  Арнест;20.42;Невинномысск, край;8;2019", name="b.csv")
    assert (other.tally.remembered, other.tally.review) == (0, 1), "the place is written otherwise"
    third = take(store, tmp_path, ";ооо  Арнест;20.42;г. невинномысск;8;2020", name="c.csv")
    assert (third.tally.remembered, third.tally.changed) == (1, 1)
    assert store.company(ARNEST).revenue_year == 2020
    assert check_store(store).sound


def test_another_legal_form_or_place_is_another_name(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, ";ООО Арнест;20.42;Невинномысск;5;2018")
    confirm(store, 1, ARNEST)
    rows = (";ЗАО Арнест;20.42;Невинномысск;5;2018", ";ООО Арнест;20.42;Москва;5;2018", ";ООО Арнест;20.42;;5;2018")
    assert take(store, tmp_path, *rows, name="b.csv").tally.review == 3


def test_an_answer_holds_for_all_rows_of_the_name(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, ";Арнест;20.42;;5;2018", ";Азот;20.15;;5;2018")
    take(store, tmp_path, ";АРНЕСТ;20.42;;6;2019", name="b.csv")
    assert confirm(store, 3, ARNEST) == (1, 3)
    assert waiting(store) == [2]
    assert len(store.figures(ARNEST)) == 2


def test_taking_an_answer_back_restores_what_was(store: Store, tmp_path: Path) -> None:
    rows = (f"{ARNEST};Арнест;20.42;;3;2018", ";Арнест;20.42;;9;2018", ";Арнест;20.41;;4;2019")
    take(store, tmp_path, *rows)
    before = state(store)
    confirm(store, 1, ARNEST)
    assert {figure.year: figure.value for figure in store.figures(ARNEST)} == {2018: 3000.0, 2019: 4000.0}
    reopen(store, 2)
    assert state(store) == before
    assert take(store, tmp_path, ";Арнест;20.42;;1;2020", name="b.csv").tally.review == 1
    confirm(store, 1, AZOT)
    assert (store.company(AZOT).okved_main, len(list(store.companies()))) == ("20.42", 2)
    assert check_store(store).sound


def test_what_it_is_not_is_remembered_until_taken_back(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, ";Арнест;20.42;;5;2018")
    with store.begin() as unit:
        unit.review.reject(1, [AZOT], ANNA, close=False)
    assert waiting(store) == [1]
    with store.begin() as unit:
        unit.review.reject(1, [STAVROLEN], ANNA, close=True)
    assert waiting(store) == []
    take(store, tmp_path, ";арнест;20.42;;6;2019", name="b.csv")
    with store.read() as reader:
        key = reader.review_item(2).key
        assert reader.name_memory()[key].different == {AZOT, STAVROLEN}
    reopen(store, 1)
    with store.read() as reader:
        assert reader.name_memory().get(key) is None
    with pytest.raises(DataError, match="nothing was said"):
        reopen(store, 1)


def test_dropped_rows_can_be_taken_up_again(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, ";Арнест;20.42;;5;2018")
    with store.begin() as unit:
        unit.review.drop(1, ANNA)
    with pytest.raises(DataError, match="has been answered"):
        confirm(store, 1, ARNEST)
    reopen(store, 1)
    assert confirm(store, 1, ARNEST) == (1,)


def test_a_persons_name_is_kept_nowhere(store: Store, tmp_path: Path) -> None:
    rows = (";ИП Иванов И. И.;20.42;;5;2018", ";Иванов Иван Иванович;20.42;;5;2018", ";Арнест;20.42;;5;2018")
    report = take(store, tmp_path, *rows, sole_traders=True)
    assert (report.tally.review, report.tally.refused) == (1, 2)
    assert [(each.field, each.value) for each in report.quarantined] == [("inn", ""), ("inn", "")]
    with store.read() as reader:
        dump = "\n".join(
            repr(row)
            for table in tables.metadata.tables.values()
            for row in reader.connection.execute(sa.select(table))
        )
    assert "Арнест" in dump
    assert "Иванов" not in dump
    with pytest.raises(UsageError, match="sole trader"):
        confirm(store, 1, PERSON)


def test_a_sale_waits_until_both_parties_are_found(store: Store, tmp_path: Path) -> None:
    rows = (f";Арнест;{AZOT};;20.15.10;5", f"{AZOT};;;Мешок;20.15.10;6", ";Арнест;;Мешок;20.15.10;7")
    report = take(store, tmp_path, *rows, header=SALES)
    assert (report.format, report.tally.review, report.tally.links_added) == ("links_table", 3, 0)
    assert confirm(store, 1, ARNEST) == (1, 3)
    assert [(each.supplier_inn, each.buyer_inn, each.line) for each in store.links()] == [(ARNEST, AZOT, 2)]
    with pytest.raises(UsageError, match="the same firm"):
        confirm(store, 2, AZOT)
    before = state(store)
    assert confirm(store, 4, STAVROLEN) == (2, 4)
    assert len(list(store.links())) == 3
    reopen(store, 2)
    assert state(store) == before
    confirm(store, 2, STAVROLEN)
    again = take(store, tmp_path, *rows, f";Азот;{AZOT};;;", header=SALES, name="b.csv")
    assert (again.tally.remembered, again.tally.unchanged, again.tally.review) == (3, 3, 1)
    undo(store, 1)
    assert len(list(store.links())) == 3, "the second file still tells of them"


def test_a_firm_remembered_on_both_sides_of_a_sale_is_asked_for(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, f";Арнест;{AZOT};;;5", header=SALES)
    confirm(store, 1, ARNEST)
    report = take(store, tmp_path, ";Арнест;;Арнест;;5", f";Арнест;{ARNEST};;;5", header=SALES, name="b.csv")
    assert (report.tally.remembered, report.tally.review, report.tally.links_added) == (0, 2, 0)


@pytest.mark.parametrize(
    ("header", "row", "format"),
    [
        ("Наименование;ОКВЭД", "Арнест;20.42", "plain_table"),
        ("Участник кластера;Город;Продукция", "Арнест;Невинномысск;аэрозоли", "plain_table"),
        ("Организация;Регион;Отходы", "Арнест;26;жесть", "questionnaire"),
        ("Поставщик;Покупатель;Сумма", "Арнест;Мешок;5", "links_table"),
        ("Поставщик;ИНН покупателя;Сумма", f"Арнест;{AZOT};5", "links_table"),
    ],
)
def test_a_table_without_a_column_for_the_inn_waits_whole(
    store: Store, tmp_path: Path, header: str, row: str, format: str
) -> None:
    report = take(store, tmp_path, row, header=header)
    assert (report.format, report.tally.review) == (format, 1)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Наименование;Описание;Цена", "Арнест;лак;5"),
        ("Код фирмы;Наименование;ОКВЭД", f"{ARNEST};Арнест;20.42"),
        ("Код;Поставщик;Покупатель", f"{ARNEST};Арнест;Мешок"),
    ],
)
def test_goods_and_inns_under_another_title_are_no_firms_without_inn(
    store: Store, tmp_path: Path, header: str, row: str
) -> None:
    with pytest.raises(UnreadableFile):
        take(store, tmp_path, row, header=header)


def test_a_rehearsal_tells_what_an_import_does_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    dry = take(store, tmp_path, ";Арнест;20.42;;5;2018", dry_run=True)
    assert (dry.tally.review, waiting(store)) == (1, [])
    assert take(store, tmp_path, ";Арнест;20.42;;5;2018").tally == dry.tally


def test_the_same_file_again_asks_nothing_twice(store: Store, tmp_path: Path) -> None:
    first = take(store, tmp_path, ";Арнест;20.42;;5;2018")
    again = take(store, tmp_path, ";Арнест;20.42;;5;2018")
    assert (again.run, again.repeats, again.tally.review) == (None, first.run, 1)
    assert waiting(store) == [1]


KILLED = """
import os, signal, sys
from models.review_queue import Source
from models.store import Store
with Store.open(sys.argv[1]).begin() as unit:
    unit.review.confirm(1, sys.argv[2], Source("x"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_while_it_answers_leaves_the_state_before(store: Store, url: str, tmp_path: Path) -> None:
    take(store, tmp_path, ";Арнест;20.42;;5;2018")
    before = state(store)
    done = subprocess.run([sys.executable, "-c", KILLED, url, ARNEST], check=False, env={**os.environ}, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert state(store) == before
    with store.read() as reader:
        assert reader.name_memory() == {}
    confirm(store, 1, ARNEST)
    assert check_store(store).sound


def test_the_migration_goes_down_and_up_with_data_in(store: Store, tmp_path: Path) -> None:
    from alembic import command

    take(store, tmp_path, ";Арнест;20.42;;5;2018", ";Азот;20.15;;5;2018")
    confirm(store, 1, ARNEST)
    companies = list(store.companies())
    config = migrations.configuration()
    with store.begin() as unit:
        config.attributes["connection"] = unit.connection
        command.downgrade(config, "v0002")
        names = sa.inspect(unit.connection).get_table_names()
        assert not {"review_item", "name_verdict"} & set(names)
        migrations.run(unit.connection)
    assert list(store.companies()) == companies, "what a confirmed row brought is an observation like any other"
    assert (waiting(store), store.runs()[0].tally.review) == ([], 0)
    assert check_store(store).sound


def test_a_company_with_a_wrong_inn_waits_and_is_quarantined_with_the_reason(store: Store, tmp_path: Path) -> None:
    report = take(store, tmp_path, "2631015564;ООО «Соль»;20.13;Ставрополь;1000;2023")
    assert (report.tally.review, report.tally.refused, report.tally.quarantined) == (1, 0, 1)
    assert [(each.field, each.value) for each in report.quarantined] == [("inn", "2631015564")]
    with store.begin() as unit:
        unit.review.confirm(unit.review_items()[0].id, "2631015563", ANNA)
    company = store.company("2631015563")
    assert (company.name, company.okved_main, company.revenue_rub) == ("ООО «Соль»", "20.13", 1_000_000)


@pytest.mark.parametrize("name", ["ИП Соль", "Соль", "Петров Пётр Петрович", ""])
def test_a_wrong_inn_that_may_be_a_persons_does_not_wait(store: Store, tmp_path: Path, name: str) -> None:
    report = take(store, tmp_path, f"500100732258;{name};20.13;Ставрополь;1000;2023")
    assert (report.tally.review, report.tally.refused) == (0, 1)

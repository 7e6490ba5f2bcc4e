"""What an import refused goes out as a workbook and comes back corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.intake.formats.corrections import COLUMNS, OLDER
from matcher.intake.run import ImportReport, import_file
from matcher.report.files.sheets import QUESTIONNAIRE, TABLE, write_quarantine, write_template
from models.identifiers import Inn
from models.refusals import open_refusals
from models.review_queue import Source
from models.store import Store
from models.text import Lang
from tests.integration.store_databases import url_in

RUN_TOGETHER = "several lines run together: a quote is not closed"
UNCLOSED = "a quote is not closed"
BAD = "inn;okved_main;name;status;revenue_rub;year\n2631015563;20.30;ООО Краски;=1+1;-5;2023\n123;20.30;Без ИНН;;;\n"


def test_a_corrected_field_comes_back(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(BAD, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        first = import_file(store, table)
        assert first.run is not None
        sheet = tmp_path / "back.xlsx"
        assert write_quarantine(sheet, first.run, store.quarantine(first.run)) == 4
        book = load_workbook(sheet)
        rows = book.active
        assert rows is not None
        right = {"status": "действующее", "revenue_rub": "7000"}
        for cells in rows.iter_rows(min_row=2):
            assert cells[3].data_type != "f"
            name = str(cells[2].value)
            cells[5].value, cells[6].value = ("2023" if name == "revenue_rub" else None), right.get(name)
        book.save(sheet)
        second = import_file(store, sheet)
        assert (second.format, second.tally.changed, second.tally.skipped) == ("corrections", 2, 1)
        company = store.company("2631015563")
        assert (company.status, company.revenue_rub, company.revenue_year) == ("active", 7000.0, 2023)


def test_an_uncorrected_sheet_changes_nothing(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(BAD, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        first = import_file(store, table)
        assert first.run is not None
        write_quarantine(tmp_path / "back.xlsx", first.run, store.quarantine(first.run))
        before = store.company("2631015563")
        report = import_file(store, tmp_path / "back.xlsx")
        assert report.tally.skipped == report.tally.read == 3  # a field, another, and a row with its cells
        assert store.company("2631015563") == before


#: A table of which no row is taken as it is, and after its INN what the corrected row is to say.
ROWS = (
    "inn;okved_main;name;Выручка 2022, тыс. руб.;offers;founders\n"
    "2631015564;20.30;Ромашка;1500,5;краски;\n"
    ";;Ромашка плюс;3;;\n"
    "7736050003;46.71;ООО Газ; сети;12;метан;х\n"
)
SALES = "Поставщик ИНН;Покупатель ИНН;ОКПД2;Сумма, тыс. руб.;Дата\n7736050003;7706107511;20.15;12;31.12.2018\n"


def corrected(store: Store, table: Path, right: dict[tuple[str, str], str]) -> ImportReport:
    """Import a table, correct its quarantine by line and field in the workbook, and import that."""
    first = import_file(store, table)
    run = first.run or first.repeats
    assert run is not None
    sheet = table.with_suffix(".back.xlsx")
    write_quarantine(sheet, run, store.quarantine(run))
    book = load_workbook(sheet)
    rows = book.active
    assert rows is not None
    asked = set()
    for cells in rows.iter_rows(min_row=2):
        key = str(cells[0].value), str(cells[2].value)
        asked.add(key)
        cells[6].value = right.get(key)
    assert asked >= right.keys()
    book.save(sheet)
    return import_file(store, sheet)


def test_a_row_refused_whole_comes_back_with_its_other_cells(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(ROWS, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        report = corrected(store, table, {
            ("2", "inn"): "2631015563", ("3", "inn"): "7706107510", ("3", "okved_main"): "06.10",
            ("4", "inn"): "7736050003", ("4", "name"): "ООО «Газ; сети»", ("4", "revenue_rub 2022"): "12000",
        })  # fmt: skip
        assert (report.tally.added, report.tally.refused, report.tally.quarantined) == (3, 0, 0)
        paints, other, gas = map(store.company, ("2631015563", "7706107510", "7736050003"))
        assert (paints.okved_main, paints.offers, paints.revenue_rub) == ("20.30", "краски", 1_500_500.0)
        assert (other.okved_main, other.revenue_rub) == ("06.10", 3000.0)
        assert (gas.name, gas.revenue_rub, gas.okved_main) == ("ООО «Газ; сети»", 12000.0, None)


def test_a_refused_sale_comes_back(tmp_path: Path) -> None:
    table = tmp_path / "sales.csv"
    table.write_text(SALES, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        report = corrected(store, table, {("2", "buyer_inn"): "7706107510"})
        assert report.tally.links_added == 1
        (link,) = store.links()
        assert (link.supplier_inn, link.buyer_inn, link.okpd2, link.amount_rub) == (
            "7736050003", "7706107510", "20.15", 12000.0,
        )  # fmt: skip


def test_a_row_corrected_wrongly_is_refused_again_and_can_be_corrected_again(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(ROWS, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        report = corrected(store, table, {("2", "inn"): "2631015565"})
        assert (report.tally.refused, report.tally.skipped) == (1, 2)
        again = corrected(store, tmp_path / "firms.back.xlsx", {("2", "inn"): "2631015563"})
        assert again.repeats is None
        assert store.company("2631015563").offers == "краски"


@pytest.mark.parametrize(
    "row",
    [
        "50010073225;20.30;Ромашка;1;краски;",  # eleven digits: a person's INN
        "26310155;20.30;Иванов Иван Иванович;1;краски;",
        "26310155;20.30;ИП Ромашка;1;краски;500100732259",
        "500100732259;20.30;Ромашка;1;краски;;лишнее",
        "2631015563;20.30;Петров Пётр;Петрович;краски;;лишнее",
    ],
)
def test_of_a_row_that_may_be_a_persons_no_cell_is_kept(tmp_path: Path, row: str) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(ROWS.split("\n", 1)[0] + "\n" + row + "\n", encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        assert [text for each in store.quarantine(1) for _, text in each.cells if text] == []


def test_of_a_shifted_row_words_are_not_kept(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(ROWS, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        shifted = next(each for each in store.quarantine(1) if each.field == "row")
        assert dict(shifted.cells) == {
            "inn": "7736050003", "okved_main": "46.71", "name": "", "revenue_rub 2022": "", "offers": "",
            "founders": "",
        }  # fmt: skip


def test_of_a_shifted_row_each_year_keeps_its_own_figure(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    head = "inn;okved_main;Выручка 2021, тыс. руб.;Выручка 2022, тыс. руб.;name\n"
    table.write_text(f"{head}7736050003;46.71;10;20;Газ; сети\n", encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        (shifted,) = store.quarantine(1)
        kept = dict(shifted.cells)
        assert (kept["revenue_rub 2021"], kept["revenue_rub 2022"]) == ("10000", "20000")


@pytest.mark.parametrize(
    ("text", "refused", "taken"),
    [
        ('inn;okved_main\n"7736050003;46.71\n7706107510;06.10\n', {2: UNCLOSED}, 1),
        ('inn;offers\n7706107510;"нефть\n7736050003;газ\n2631015563;краски', {2: UNCLOSED}, 2),
        ('inn;offers\n7706107510;нефть\n7736050003;"газ\n', {3: UNCLOSED}, 1),
        ('inn;offers\n7706107510;"нефть\n\n7736050003;"\n', {2: RUN_TOGETHER}, 0),
        ('inn;offers\n7706107510;"нефть\n7736050003;"газ\n2631015563;краски\n', {2: RUN_TOGETHER}, 1),
        ('supplier_inn;buyer_inn\n"7736050003;7706107510\n2631015563;7736050003\n', {2: UNCLOSED}, 1),
        ('inn;okved_main\n"7736050003;46.71\n"7706107510;06.10\n', {2: RUN_TOGETHER}, 0),
        ('inn;offers\n7706107510;"нефть,\nгаз, 2 сорта"\n7736050003;газ', {}, 2),
        ('inn;offers\n7706107510;труба 5" стальная\n', {}, 1),
    ],
)  # fmt: skip
def test_an_open_quote_costs_no_row_but_those_it_surely_ran_together(
    tmp_path: Path, text: str, refused: dict[int, str], taken: int
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        report = import_file(store, table)
        assert {each.line: each.error for each in store.quarantine(1, "en")} == refused
        assert report.tally.added == taken


def test_of_the_first_refused_rows_alone_cells_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.intake.refused.MOST", 2)
    table = tmp_path / "firms.csv"
    table.write_text("inn;okved_main\n" + "123;20.15\n" * 4, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        assert [dict(each.cells) for each in store.quarantine(1)] == [{"okved_main": "20.15"}] * 2 + [{}] * 2


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_template_filled_in_is_a_table_of_companies(tmp_path: Path, lang: Lang) -> None:
    assert write_template(tmp_path / "t.xlsx", TABLE, lang) == len(TABLE)
    assert filled(tmp_path / "t.xlsx", ["7736050003", "46.71", "газ"]) == ("plain_table", 1)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_questionnaire_filled_in_is_one(tmp_path: Path, lang: Lang) -> None:
    write_template(tmp_path / "t.xlsx", QUESTIONNAIRE, lang)
    assert filled(tmp_path / "t.xlsx", ["7736050003", "Газпром", "", "", "печь", "шлак"]) == ("questionnaire", 1)


def filled(path: Path, cells: list[str]) -> tuple[str, int]:
    """Fill in the first row, import it, and return the format and the number of companies added."""
    book = load_workbook(path)
    book.worksheets[0].append(cells)
    book.save(path)
    with Store.open(url_in(path.parent)) as store:
        report = import_file(store, path)
        assert (report.ignored_columns, report.tally.quarantined) == ((), 0)
        return report.format, report.tally.added


def left(store: Store) -> dict[int, int]:
    """Return the refused values that still wait, by import."""
    with store.read() as reader:
        return open_refusals(reader, reader.runs())


def test_what_a_sheet_answers_is_open_work_no_longer(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(BAD, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        first = import_file(store, table)
        assert left(store) == {1: 3}
        sheet = corrected(store, table, {("2", "status"): "действующее", ("3", "inn"): "7706107510"})
        assert first.run == 1
        assert left(store) == {1: 1}
        assert sheet.run is not None
        with store.begin() as unit:
            unit.undo(sheet.run)
        assert left(store) == {1: 3}, "with the sheet undone its answers go"


def test_what_is_refused_again_waits_once(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(ROWS, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        before = left(store)[1]
        corrected(store, table, {("2", "inn"): "2631015565"})
        assert left(store) == {1: before - 1, 2: 1}
        corrected(store, tmp_path / "firms.back.xlsx", {("2", "inn"): "2631015563"})
        assert left(store) == {1: before - 1}


def test_the_same_row_of_two_files_is_answered_in_each(tmp_path: Path) -> None:
    with Store.open(url_in(tmp_path)) as store:
        for name in ("a.csv", "b.csv"):
            (tmp_path / name).write_text(f"inn;okved_main\n;20.30\n# {name};\n", encoding="utf-8")
            corrected(store, tmp_path / name, {("2", "inn"): "2631015563"})
        assert len(store.runs()) == 4
        assert all(count == 1 for count in left(store).values()), "what is left is the last line of each"


def test_a_sheet_that_names_no_import_is_known(tmp_path: Path) -> None:
    sheet = tmp_path / "older.csv"
    sheet.write_text(f"{';'.join(OLDER)}\n2;2631015563;okved_main;99;;;20.15\n", encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        report = import_file(store, sheet)
        assert (report.format, report.tally.added + report.tally.waiting) == ("corrections", 1)


@pytest.mark.parametrize("place", [("9" * 30, "2"), ("1", "-2"), ("?", ""), ("77", "2")])
def test_a_sheet_that_names_no_such_row_closes_nothing(tmp_path: Path, place: tuple[str, str]) -> None:
    (tmp_path / "firms.csv").write_text(BAD, encoding="utf-8")
    run, line = place
    rows = f"{line};;inn;123;;;7706107510;{run}\n{line};;okved_main;20.30;;;;{run}\n"
    (tmp_path / "back.csv").write_text(f"{';'.join(COLUMNS)}\n{rows}", encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, tmp_path / "firms.csv")
        assert import_file(store, tmp_path / "back.csv").tally.added == 1
        assert left(store) == {1: 3}


def test_a_row_whose_firm_the_review_names_is_answered(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text("inn;name;offers\n2631015564;ООО Краски;краски\n2631015563;ООО Азот;карбамид\n", encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        import_file(store, table)
        assert left(store) == {1: 1}
        with store.begin() as unit:
            (item,) = unit.review_items()
            unit.review.confirm(item.id, Inn("2631015563"), Source("anna"))
        assert left(store) == {}

"""The catalogue of products: who stands in it, in which words and languages, as pages and as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from api.desk import DESK
from matcher.pipeline.exchange.products import firm_products, makers_of, product_catalogue, write_catalogue
from matcher.pipeline.workspace import Workspace
from matcher.report.catalogue import product_item
from models.board import Board
from models.board_words import Words
from models.errors import UsageError
from models.identifiers import Inn
from models.roles import ROLES
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import whole

SACKS, REPAIR, ARNEST = "2635000014", "2635000021", "2631006752"
TODAY = date.today()
LANGS = ("ru", "en")


def offer(app, inn, words, kind="product"):
    with app.extensions[DESK].store.begin() as unit:
        day = TODAY + timedelta(days=30)
        return Board(unit.connection).post(Inn(inn), kind, "offer", words, day, TODAY, by="anna")


def catalogue(workspace, region="26", cluster="chemical"):
    return product_catalogue(workspace, cluster, region, makers_of(workspace, cluster, region), TODAY)


def firms(document):
    return {
        firm["inn"]: (segment["segment"], activity["code"], firm)
        for segment in document["segments"]
        for activity in segment["activities"]
        for firm in activity["firms"]
    }


def test_makers_stand_in_the_order_of_the_chain_under_their_largest_activity(demo_workspace):
    document = catalogue(demo_workspace)
    found = firms(document)
    assert found[AZOT][:2] == ("fertilisers_pesticides", "20.15")
    assert found[ARNEST][:2] == ("cosmetics_perfumery", "20.42")
    stages = [segment["stage"] for segment in document["segments"]]
    assert stages == sorted(stages, key=("supply", "raw_material", "finished_product").index)
    assert document["firms"] == len(found)
    assert "карбамид" in [offer["text"] for offer in found[AZOT][2]["offers"]]
    everywhere = firms(catalogue(demo_workspace, None))
    assert found.keys() < everywhere.keys()


def test_traders_make_nothing(demo_workspace):
    names = {segment["segment"] for segment in catalogue(demo_workspace, None)["segments"]}
    assert not names & {"wholesale", "retail", "technical_testing"}


def test_a_firm_with_an_offer_of_what_the_cluster_makes_is_there_for_it(app, small_settings):
    offer(app, REPAIR, Words("Лотки пластмассовые", title_en="Plastic trays", okved=("22.29",)))
    offer(app, ARNEST, Words("Лак", okved=("20.42",)))
    offer(app, SACKS, Words("Ремонт", okved=("33.12",)), kind="service")
    found = firms(catalogue(Workspace(small_settings)))
    assert found[REPAIR][:2] == ("plastic_products", "22.29")
    assert [entry["title"] for entry in found[REPAIR][2]["entries"]] == ["Plastic trays"]
    assert found[ARNEST][2]["entries"][0]["title"] == "Лак"


@pytest.mark.parametrize(("lang", "name"), [("ru", "Мешок"), ("en", "Meshok")])
def test_names_are_in_the_language_or_say_that_they_are_not(app, small_settings, lang, name):
    offer(app, SACKS, Words("Мешки", okved=("22.22",)))
    document = catalogue(Workspace(replace(small_settings, lang=lang)))
    told = firms(document)[SACKS][2]
    assert told["name"] == name
    assert told["own_name"] == "Мешок"
    assert told["entries"][0]["lang"] == "ru"
    assert product_item("22.22.11", lang)["lang"] == "ru"


def test_export_is_told_of_the_region_and_the_year_it_is_known_for(demo_workspace):
    lines = {line["name"]: line for line in firm_products(demo_workspace, AZOT, TODAY)["exports"]}
    assert (lines["Fertilisers"]["export_musd"], lines["Fertilisers"]["year"]) == (326.0, 2018)
    assert "Rubber and articles of it" not in lines
    assert catalogue(demo_workspace, None)["exports"] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_holds_every_product_on_a_line(demo_settings, demo, lang):
    got = demo.get(f"/catalogue.xlsx?region=26&language={lang}")
    assert got.status_code == 200
    assert f"catalogue-chemical-{lang}.xlsx" in got.headers["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(got.data))
    products, everyone = book.worksheets[:2]
    rows = list(products.iter_rows(values_only=True))
    assert any(row[4] == AZOT and row[9] == "карбамид" for row in rows)
    assert products.auto_filter.ref
    assert everyone.max_row - 1 == len({row[4] for row in rows[1:]})


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_has_contents_pages_and_a_date(demo, lang):
    got = demo.get(f"/catalogue.pdf?region=26&language={lang}")
    assert got.mimetype == "application/pdf"
    assert got.data.startswith(b"%PDF")
    assert got.data.count(b"/Type /Page\n") >= 3
    assert b"/Outlines" in got.data, "a reader leafs by segment and activity"


def test_hostile_words_neither_break_pages_nor_begin_formulas(app, small):
    offer(app, SACKS, Words("=HYPERLINK(1) <b>x</b>", okved=("22.22",), price="+1"))
    page = whole(small.get("/catalogue?segment=plastic_products").text)
    assert "<b>x</b>" not in page
    assert "<script>" not in whole(small.get(f"/catalogue/{AZOT}").text)
    book = openpyxl.load_workbook(BytesIO(small.get("/catalogue.xlsx").data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
    assert small.get("/catalogue.pdf").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_every_member_reads_the_catalogue(enrol, role):
    client = enrol(role)
    for path in ("/catalogue", f"/catalogue/{ARNEST}", "/catalogue.xlsx", "/catalogue.pdf"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_of_a_segment_leads_to_firms(demo, lang):
    page = whole(
        demo.get("/catalogue?region=26&segment=fertilisers_pesticides", headers={"Accept-Language": lang}).text
    )
    links = [attrs["href"] for _, attrs, _ in Reader(page).all("a")]
    assert f"/catalogue/{AZOT}" in links
    whole(demo.get(f"/catalogue/{AZOT}", headers={"Accept-Language": lang}).text)


def test_what_cannot_be_answered_is_told(demo, demo_workspace, tmp_path):
    assert demo.get("/catalogue?cluster=moon").status_code == 400
    assert demo.get("/catalogue?region=00").status_code == 400
    assert demo.get("/catalogue/7707083893").status_code == 404
    assert demo.get("/catalogue.pdf?language=de").status_code == 400
    with pytest.raises(UsageError):
        write_catalogue(demo_workspace, catalogue(demo_workspace), str(tmp_path / "x.txt"))
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_both_files(demo_settings, tmp_path, capsys):
    from api.cli import zveno
    from matcher.cli.main import run

    for name in ("x.pdf", "x.xlsx"):
        arguments = ["catalogue", "--region", "26", "--out", str(tmp_path / name), "--db", demo_settings.database_url]
        assert run(zveno, arguments) == 0
        assert (tmp_path / name).stat().st_size > 5000
    assert run(zveno, ["catalogue", "--region", "26", "--lang", "en", "--db", demo_settings.database_url]) == 0
    assert "Nevinnomysskii Azot" in capsys.readouterr().out

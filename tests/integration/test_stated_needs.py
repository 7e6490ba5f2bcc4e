"""What a buyer's card says it needs leads its list of suppliers: API, page, command, workbook and document alike."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from api.app import create_app
from api.cli import zveno
from matcher.cli.main import run
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from tests.conftest import small_register
from tests.integration.test_api_pages import AZOT, Reader, headings
from tests.visitors import let_in

REPAIR, SACKS, FURS, NONSENSE = "ремонт насосов", "полипропиленовые мешки", "шубы из норки", "<b>ъъъ</b> & «ыыы»"
NEEDS = "; ".join((SACKS, REPAIR, FURS, NONSENSE))
BARE = "2635000014"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A register of five firms, one of which says what it needs."""
    folder = tmp_path_factory.mktemp("stated")
    settings = small_register(folder)
    sheet = folder / "needs.csv"
    sheet.write_text(f'inn;needs\n{AZOT};"{NEEDS}"\n', encoding="utf-8")
    assert import_one(Workspace(settings), str(sheet), None, False, False)["changed"] == 1
    return settings


@pytest.fixture(scope="module")
def visitor(settings):
    return let_in(create_app(settings)).test_client()


def api(visitor, inn=AZOT, **asked):
    return visitor.get("/api/v1/suppliers", query_string={"inn": inn, **asked}).json


def page(visitor, lang="en", **asked):
    return visitor.get("/suppliers", query_string={"inn": AZOT, **asked}, headers={"Accept-Language": lang}).text


def test_stated_inputs_lead_with_their_words(visitor):
    document = api(visitor)
    assert document["stated"] == [SACKS, REPAIR, FURS, NONSENSE]
    leading = [group for group in document["groups"] if group["stated"]]
    assert leading == document["groups"][: len(leading)]
    assert [group["demand_rub"] for group in leading] == sorted((g["demand_rub"] for g in leading), reverse=True)
    told = {group["okved_code"]: (group["stated"], [item["name"] for item in group["items"]]) for group in leading}
    assert told["22.22"] == (SACKS, ["Мешок"])
    assert told["33.12"] == (REPAIR, ["Ремонт"])
    assert ([], FURS) in [(items, words) for words, items in told.values()], "nobody makes furs, and it is said"
    assert NONSENSE not in {words for words, _ in told.values()}, "what is not clearly heard moves nothing"


def test_who_says_nothing_has_no_links(visitor):
    document = api(visitor, BARE)
    assert document["stated"] == []
    assert {group["stated"] for group in document["groups"]} <= {None}
    assert "stated" not in headings(visitor.get(f"/suppliers?inn={BARE}").text)


@pytest.mark.parametrize("flat", [{}, {"flat": 1}])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_each_need_is_a_link_that_asks_for_it_alone(visitor, lang, flat):
    text = page(visitor, lang, region="26", **flat)
    assert "<b>ъъъ" not in text
    links = [urlsplit(attrs["href"]) for _, attrs, _ in Reader(text).all("a") if "need=" in attrs.get("href", "")]
    asked = [parse_qs(link.query) for link in links if link.path == "/suppliers"]
    assert [each["need"][0] for each in asked][:4] == [SACKS, REPAIR, FURS, NONSENSE]
    assert all(each["inn"] == [AZOT] and each["region"] == ["26"] and "flat" not in each for each in asked)
    alone = page(visitor, lang, need=SACKS)
    assert f'<span aria-current="page">{SACKS}</span>' in alone
    assert "Мешок" in alone


def test_one_list_does_not_ask_the_classifier(settings, monkeypatch):
    fresh = let_in(create_app(settings)).test_client()
    fresh.get(f"/suppliers?inn={AZOT}&flat=1")
    monkeypatch.setattr("matcher.pipeline.stated.heard_needs", lambda *_: pytest.fail("asked"))
    assert fresh.get(f"/suppliers?inn={AZOT}&flat=1").status_code == 200
    assert fresh.get(f"/explain?supplier={BARE}&buyer={AZOT}").status_code == 200
    assert fresh.get(f"/compare?buyer={AZOT}").status_code == 200


@pytest.mark.parametrize(("lang", "says"), [("ru", "покупатель сам называет нужным"), ("en", "the buyer says that")])
def test_the_command_tells_it(settings, capsys, lang, says):
    known = ["--db", settings.database_url, "--lang", lang]
    assert run(zveno, ["suppliers", AZOT, *known]) == 0
    out = capsys.readouterr().out
    assert out.count(says) == 3
    assert out.index(REPAIR) < out.index(FURS)
    assert "--need" in out
    assert run(zveno, ["suppliers", AZOT, "--flat", *known]) == 0
    assert says not in capsys.readouterr().out


def test_files_tell_it(visitor):
    shown = api(visitor, lang="en")
    book = load_workbook(io.BytesIO(visitor.get(f"/suppliers.xlsx?inn={AZOT}", headers={"Accept-Language": "en"}).data))
    heads, *rows = book["By input"].values
    assert heads[3] == "stated by the buyer"
    assert [(row[1], row[3], row[6]) for row in rows] == [
        (group["okved_code"], group["stated"], inn)
        for group in shown["groups"]
        for inn in ([item["inn"] for item in group["items"]] or [None])
    ]
    paper = read_docx(io.BytesIO(visitor.get(f"/suppliers.docx?inn={AZOT}").data))
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert {SACKS, REPAIR, FURS} <= set(cells)
    assert visitor.get(f"/suppliers.pdf?inn={AZOT}").status_code == 200

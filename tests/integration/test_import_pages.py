"""The import desk: nothing changes before it was seen, columns are named by a person, all can be taken back."""

from __future__ import annotations

import io
import re
import time

import pytest

from api.desk import DESK
from matcher.cli.words import CONTAINERS, format_words
from matcher.intake.registry import format_names
from tests.integration.test_api_pages import Reader, scripts_of_others
from tests.integration.test_workbook_sheets import register as register_of_sheets
from tests.visitors import let_in

AZOT, SACKS = "2631015563", "2635000014"
TABLE = f"inn;name;okved_main;status;revenue_rub;year\n{AZOT};Азот;20.15;?;-5;2023\n123;Плохая;20.15;;;\n"
STRANGE = f"Код партнёра;Что делает;Чужое\n{SACKS};мешки и биг-бэги;х\n"
NAMELESS = "Наименование;Город;Что производит\nМешок;Ставрополь;мешки полипропиленовые\n"


@pytest.fixture
def app(small_settings):
    from api.app import create_app

    return let_in(create_app(small_settings))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


def secret(client):
    return client.get("/imports").text.split('name="csrf" value="')[1].split('"')[0]


def post(client, path, **data):
    return client.post(path, data={"csrf": secret(client), **data})


def send(client, *files):
    sent = [(io.BytesIO(text.encode()), name) for name, text in files]
    return client.post("/imports", data={"csrf": secret(client), "files": sent}, content_type="multipart/form-data")


def settled(client, path, lang="en"):
    """Return the page of a file once nothing is being done with it."""
    for _ in range(200):
        got = client.get(path, headers={"Accept-Language": lang})
        if "Refresh" not in got.headers:
            return got
        assert "<progress" in got.text
        time.sleep(0.05)
    pytest.fail("it never ends")


def settled_list(client):
    """Return the page of all files once nothing is being done with any."""
    for _ in range(200):
        got = client.get("/imports", headers={"Accept-Language": "en"})
        if "Refresh" not in got.headers:
            return got.text
        time.sleep(0.05)
    pytest.fail("it never ends")


def imported(client, name, text):
    """Send a file, import it and return the address of its report."""
    path = send(client, (name, text)).location
    assert settled(client, path).status_code == 200
    assert post(client, f"{path}/import").status_code == 303
    return settled(client, path).location


def whole(page):
    read = Reader(page)
    assert read.crossed == read.open == []
    assert len(read.all("h1")) == 1
    labelled = {attrs.get("for") for _, attrs, _ in read.all("label")}
    for tag, attrs, above in read.all("input", "select"):
        named = attrs.get("id") in labelled or "label" in above or "aria-label" in attrs
        assert named or attrs.get("type") == "hidden", (tag, attrs)
    ids = [attrs["id"] for _, attrs, _ in read.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    return page


def test_a_file_is_looked_at_first_and_changes_nothing(client, store):
    version = store.data_version()
    path = send(client, ("фирмы.csv", TABLE)).location
    page = whole(settled(client, path).text)
    assert "фирмы.csv" in page
    assert "What it would do" in page
    assert store.data_version() == version
    assert len(store.runs()) == 1
    assert path in whole(client.get("/imports").text)


def test_an_imported_file_is_reported_and_can_be_undone(client, store):
    before = store.company(AZOT)
    report = imported(client, "фирмы.csv", TABLE)
    assert report == f"/imports/{store.runs()[-1].id}"
    page = whole(client.get(report).text)
    assert page.count('name="fix-') == 3
    assert re.search(r'data-label="Field">\s*Revenue\s*<', page), "fields are named in words"
    assert store.runs()[-1].header.by == "local"
    assert store.company(AZOT) != before
    assert post(client, f"{report}/undo").location == f"{report}?told=undone"
    assert store.company(AZOT) == before
    assert "undone" in client.get("/imports", headers={"Accept-Language": "en"}).text


def test_a_second_press_imports_once(client, store):
    path = send(client, ("a.csv", TABLE)).location
    settled(client, path)
    post(client, f"{path}/import")
    post(client, f"{path}/import")
    settled(client, path)
    assert len(store.runs()) == 2


def test_all_files_that_were_looked_at_are_imported_at_once_in_the_order_they_were_sent(client, store):
    send(client, ("a.csv", TABLE), ("b.csv", TABLE.replace("Азот", "АЗОТ")), ("x.pdf", "%PDF-1.4 nothing"))
    page = whole(settled_list(client))
    assert "Import all that were looked at: 2" in page
    assert "table of companies: " in page, "what each would do is told beside it"
    assert post(client, "/imports/all").location == "/imports"
    page = settled_list(client)
    assert [run.header.file_name for run in store.runs()[-2:]] == ["a.csv", "b.csv"]
    assert "x.pdf" in page, "what cannot be imported waits"


def test_every_sheet_of_a_workbook_tells_what_it_would_do(client, tmp_path):
    book = register_of_sheets(tmp_path / "реестр.xlsx").read_bytes()
    files = {"csrf": secret(client), "files": [(io.BytesIO(book), "реестр.xlsx")]}
    kind, russian = "multipart/form-data", {"Accept-Language": "ru"}
    path = client.post("/imports", data=files, content_type=kind, headers=russian).location
    page = whole(settled(client, path, "ru").text)
    assert "реестр.xlsx/Смежники" in page
    assert page.count("неверный ИНН из двенадцати цифр") == 2
    assert "лист «Контакты»: на этом листе нет таблицы предприятий или продаж" in page


def test_an_import_tells_what_changed_against_the_year_before(client):
    firms = f"{SACKS};Мешки;22.22;1000000000;2022\n{AZOT};Азот;20.15;5000000000;2022\n"
    first = f"inn;name;okved_main;revenue_rub;year\n{firms}"
    imported(client, "2022.csv", first)
    report = imported(client, "2023.csv", first.replace("2022", "2023").replace("5000000000", "4000000000"))
    page = whole(client.get(report, headers={"Accept-Language": "en"}).text)
    told = page.partition('id="changes"')[2].partition("</section>")[0].replace("\u00a0", " ")
    assert "revenue of both years: 2; together 6.0 bln roubles, now 5.0 bln roubles" in told
    assert told.index(AZOT) < told.index(SACKS), "the largest change first"
    undated = imported(client, "слова.csv", f"inn;offers\n{SACKS};мешки\n")
    assert 'id="changes"' not in client.get(undated).text


def test_kinds_of_files_have_words_in_pages():
    assert format_words().keys() == {*format_names(), *CONTAINERS}
    assert format_words()["plain_table"].render("ru") == "таблица компаний"


def test_what_was_refused_is_corrected_in_place(client, store):
    report = imported(client, "a.csv", TABLE)
    fields = [row.field for row in store.quarantine(store.runs()[-1].id)]
    fixed = {f"fix-{fields.index('revenue_rub')}": "7000", f"year-{fields.index('revenue_rub')}": "2023",
             f"fix-{fields.index('status')}": "банкрот"}  # fmt: skip
    done = post(client, f"{report}/corrections", **fixed)
    assert done.location == f"/imports/{store.runs()[-1].id}" != report
    company = store.company(AZOT)
    assert (company.status, company.revenue_rub, company.revenue_year) == ("bankrupt", 7000.0, 2023)
    assert store.runs()[-1].header.format == "corrections"


def test_a_row_refused_whole_is_given_back_with_its_inn(client, store):
    report = imported(client, "a.csv", TABLE)
    rows = list(store.quarantine(store.runs()[-1].id))
    at = next(at for at, row in enumerate(rows) if row.field == "inn")
    page = Reader(client.get(report).text)
    names = {attrs.get("name") for _, attrs, _ in page.all("input")}
    assert {f"fix-{at}", f"cell-{at}-okved_main"} <= names
    post(client, f"{report}/corrections", **{f"fix-{at}": SACKS, f"cell-{at}-okved_main": "22.22"})
    assert store.runs()[-1].tally.refused == 0
    assert store.company(SACKS).provenance["okved_main"][0] == store.runs()[-1].id


def test_without_a_correction_nothing_is_imported(client, store):
    report = imported(client, "a.csv", TABLE)
    assert post(client, f"{report}/corrections").location == f"{report}?told=nothing"
    assert len(store.runs()) == 2


def test_columns_nobody_knows_are_named_and_seen_at_once(client, store):
    path = send(client, ("partners.csv", STRANGE)).location
    page = whole(settled(client, path).text)
    assert "choose the one with the INN" in page
    assert "Look again" in page
    said = {"column-1": "inn", "column-2": "offers", "column-3": "-", "save": "partners"}
    assert post(client, f"{path}/columns", **said).status_code == 303
    page = whole(settled(client, path).text)
    assert '<th scope="col">INN</th>' in page
    assert "What it would do" in page
    post(client, f"{path}/import")
    settled(client, path)
    assert "мешки" in store.company(SACKS).offers
    again = settled(client, send(client, ("next.csv", STRANGE + f"{AZOT};соль;х\n")).location).text
    assert '<th scope="col">Offers, in words</th>' in again, "what was said is remembered"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_file_that_is_none_is_told(client, lang):
    page = whole(settled(client, send(client, ("x.pdf", "%PDF-1.4 nothing")).location, lang).text)
    assert 'role="alert"' in page
    assert "Traceback" not in page
    assert "zveno-uploads" not in page, "where a file lies is nobody's business"


def test_the_history_begins_with_the_latest(client):
    imported(client, "second.csv", TABLE)
    page = client.get("/imports").text
    assert page.index("second.csv") < page.index("five.csv")


def test_what_is_told_of_a_file_is_in_the_language_of_who_sent_it(client):
    client.get("/imports?lang=en")
    page = settled(client, send(client, ("a.csv", TABLE)).location).text
    assert "unknown status" in page


def test_several_files_wait_together_and_can_be_discarded(client):
    assert send(client, ("a.csv", TABLE), ("b.csv", STRANGE)).location == "/imports"
    for _ in range(200):
        page = client.get("/imports")
        if "Refresh" not in page.headers:
            break
        time.sleep(0.05)
    path = next(attrs["href"] for _, attrs, _ in Reader(page.text).all("a") if "/imports/files/" in attrs["href"])
    assert post(client, f"{path}/discard").location == "/imports?told=discarded"
    assert client.get(path).status_code == 404


def test_the_same_file_again_is_recognised(client):
    imported(client, "a.csv", TABLE)
    page = settled(client, send(client, ("a.csv", TABLE)).location).text
    assert "imported before" in page
    assert 'action="/imports/files/' in page
    assert '/import"' not in page


def test_no_file_is_told(client):
    assert send(client).status_code == 400


def test_too_much_is_refused_on_a_page(client, monkeypatch):
    monkeypatch.setattr("api.access.guard.LARGEST_BYTES", 1000)
    got = send(client, ("a.csv", TABLE * 50))
    assert got.status_code == 413
    assert len(Reader(got.text).all("h1")) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.csv", "<script>.csv", ".."])
def test_a_name_leads_nowhere(client, name):
    page = settled(client, send(client, (name, TABLE)).location)
    assert page.status_code == 200
    assert scripts_of_others(page.text) == []


def test_a_person_names_the_firm_of_a_row_and_takes_it_back(client, store):
    imported(client, "names.csv", NAMELESS)
    page = whole(client.get("/review", headers={"Accept-Language": "en"}).text)
    assert SACKS in page
    item = store_item(store)
    assert post(client, f"/review/{item}", verdict="same", inn=SACKS).status_code == 303
    assert "полипропиленовые" in store.company(SACKS).offers
    assert post(client, f"/review/{item}", verdict="open").location == "/review?told=reopened"
    assert SACKS in client.get("/review").text
    assert post(client, f"/review/{item}", verdict="different").status_code == 303
    assert post(client, f"/review/{item}", verdict="nonsense").status_code == 400
    assert "полипропиленовые" not in store.company(SACKS).offers


def store_item(store):
    with store.read() as reader:
        return reader.review_items()[0].id


def test_an_empty_register_can_be_filled_from_its_first_page(empty):
    assert 'href="/imports"' in empty.get("/").text
    assert "Nothing was imported yet" in whole(empty.get("/imports", headers={"Accept-Language": "en"}).text)
    assert "Nothing waits" in whole(empty.get("/review", headers={"Accept-Language": "en"}).text)

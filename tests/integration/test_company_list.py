"""The list of companies as a manager uses it: filters, lists kept by name, labels and notes with undo, files."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from models.accounts import Accounts
from models.errors import DataError, UsageError
from models.remarks import MOST_COMPANIES, Remarks
from models.saved_views import SavedViews
from tests.integration.test_api_pages import AZOT, STAVROLEN, Reader, scripts_of_others
from tests.visitors import enrolled, form_secret, let_in

ARNEST, SACKS, REPAIR = "2631006752", "2635000014", "2635000021"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def manager(app):
    return let_in(app).test_client()


def listed(client, query=""):
    page = client.get(f"/companies?{query}", headers=ENGLISH)
    assert page.status_code == 200, page.text
    return re.findall(r'name="inn" value="(\d+)"', page.text)


def post(client, path, **data):
    answer = client.post(path, data={"csrf": form_secret(client, "/companies"), **data})
    assert answer.status_code == 303, answer.text
    return answer.location


def told(client, location):
    page = client.get(location.partition("#")[0], headers=ENGLISH).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="told"')[2].partition("</form>")[0]))


@pytest.mark.parametrize(
    ("query", "inns"),
    [
        ("", {AZOT, STAVROLEN, ARNEST, SACKS, REPAIR}),
        ("text=мешков", {SACKS}),
        ("text=меш", {SACKS}),
        ("text=мышь", set()),
        ("text=ставропол", {SACKS, REPAIR}),
        ("text=Буденновск", {STAVROLEN}),
        ("text=2631", {AZOT, ARNEST}),
        ("town=26:Невинномысск", {AZOT, ARNEST}),
        ("town=26:Невинномысск&text=азот", {AZOT}),
        ("region=26&region=77", {AZOT, STAVROLEN, ARNEST, SACKS, REPAIR}),
        ("region=77", set()),
        ("segment=fertilisers_pesticides", {AZOT}),
        ("stage=none", {REPAIR}),
        ("page=99", {AZOT, STAVROLEN, ARNEST, SACKS, REPAIR}),
    ],
)
def test_filters_and_search(manager, query, inns):
    assert set(listed(manager, query)) == inns


@pytest.mark.parametrize("query", ["box=1,2,3", "box=a,b,c,d", "box=50,0,40,10", "sort=luck", "page=0", "has=gold",
                                   "cluster=none", "region=00"])  # fmt: skip
def test_what_cannot_be_asked_is_told(manager, query):
    assert manager.get(f"/companies?{query}").status_code == 400


def test_orders(manager):
    assert listed(manager, "sort=revenue") == [STAVROLEN, AZOT, ARNEST, SACKS, REPAIR]
    assert listed(manager, "sort=name")[1:] == [ARNEST, SACKS, REPAIR, STAVROLEN]
    assert set(listed(manager, "sort=town")[:1]) == {STAVROLEN}


def test_a_hostile_name_stays_text_on_the_map_and_in_labels(manager):
    post(manager, "/companies/remarks", kind="label", text='"><script>alert(2)</script>', inn=AZOT)
    page = manager.get("/companies", headers=ENGLISH)
    assert scripts_of_others(page.text) == []
    assert Reader(page.text).crossed == []


def test_a_label_is_put_on_filters_and_is_undone(manager):
    where = post(manager, "/companies/remarks", kind="label", text="  звонить   первыми ", inn=[AZOT, SACKS],
                 next="/companies?region=26")  # fmt: skip
    assert where.startswith("/companies?region=26&did=remark-")
    assert "Label “звонить первыми” put on: 2" in told(manager, where)
    assert set(listed(manager, "label=звонить первыми")) == {AZOT, SACKS}
    number = re.search(r"remark-(\d+)", where)[1]
    undone = post(manager, f"/remarks/{number}/undo")
    assert "Undone: label “звонить первыми”" in told(manager, undone)
    assert listed(manager, "label=звонить первыми") == []
    post(manager, f"/remarks/{number}/undo", redo="1")
    assert set(listed(manager, "label=звонить первыми")) == {AZOT, SACKS}
    post(manager, "/companies/remarks", kind="unlabel", text="звонить первыми", inn=[AZOT])
    assert set(listed(manager, "label=звонить первыми")) == {SACKS}


def test_a_whole_list_is_labelled_at_once(manager):
    post(manager, "/companies/remarks?town=26:Невинномысск", kind="label", text="юг", all="1")
    assert set(listed(manager, "label=юг")) == {AZOT, ARNEST}


def test_a_remark_about_nobody_or_of_nothing_is_refused(manager):
    secret = form_secret(manager, "/companies")
    for data in ({"kind": "label", "text": "x"}, {"kind": "label", "text": " ", "inn": AZOT},
                 {"kind": "label", "text": "x" * 41, "inn": AZOT}, {"kind": "?", "text": "x", "inn": AZOT},
                 {"kind": "note", "text": "x", "inn": "123"}):  # fmt: skip
        assert manager.post("/companies/remarks", data={"csrf": secret, **data}).status_code == 400, data
    unknown = {"csrf": secret, "kind": "note", "text": "x", "inn": "7707083893"}
    assert manager.post("/companies/remarks", data=unknown).status_code == 404


def test_a_list_is_kept_replaced_taken_away_and_brought_back(manager):
    where = post(manager, "/views", name="Юг", query="region=26&page=3", next="/companies?region=26")
    assert "The list “Юг” is kept." in told(manager, where)
    links = [a["href"] for _, a, _ in Reader(manager.get("/companies").text).all("a")]
    assert "/companies?region=26" in links
    post(manager, "/views", name="Юг", query="text=азот")
    page = manager.get("/companies").text
    assert "/companies?text=%D0%B0%D0%B7%D0%BE%D1%82" in page
    number = re.search(r'action="(/views/\d+/remove)"', page)[1]
    gone = post(manager, number)
    assert "was taken away" in told(manager, gone)
    assert 'action="/views/' not in manager.get("/companies").text
    post(manager, number, redo="1")
    assert number in manager.get("/companies").text


def test_lists_are_their_owners_own(app, manager):
    post(manager, "/views", name="Юг", query="region=26")
    boris = enrolled(app, AZOT, "manager", "boris")
    assert "Юг" not in boris.get("/companies").text
    data = {"csrf": form_secret(boris, "/companies")}
    assert boris.post("/views/1/remove", data=data).status_code == 404


def test_a_reader_keeps_lists_and_takes_files_but_writes_no_labels(app):
    guest = enrolled(app, AZOT, "viewer", "guest")
    page = guest.get("/companies").text
    assert "/companies/list" in page
    assert 'name="kind"' not in page
    post(guest, "/views", name="Моё", query="")
    data = {"csrf": form_secret(guest, "/companies"), "kind": "label", "text": "x", "inn": AZOT}
    assert guest.post("/companies/remarks", data=data).status_code == 403


def test_a_company_sees_none_of_it(app):
    factory = enrolled(app, SACKS, "sme", "factory")
    for path in ("/companies", "/companies/list?form=csv"):
        assert factory.get(path).status_code == 403


def test_files_hold_the_list_that_is_asked_for(manager):
    table = manager.get("/companies/list?form=csv&town=26:Невинномысск", headers=ENGLISH)
    rows = list(csv.reader(StringIO(table.data.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {AZOT, ARNEST} == {row[0] for row in rows[1:]}
    book = load_workbook(BytesIO(manager.get("/companies/list?form=xlsx&sort=revenue").data))
    assert book.active.max_row == 6
    points = json.loads(manager.get("/companies/list?form=geojson").data)
    assert points["features"][0]["properties"]["inn"] == STAVROLEN
    lon, lat = points["features"][0]["geometry"]["coordinates"]
    assert 40 < lon < 50
    assert 40 < lat < 50
    chosen = manager.post("/companies/list", data={"csrf": form_secret(manager, "/companies"), "form": "geojson",
                                                   "inn": [SACKS, AZOT]})  # fmt: skip
    assert [f["id"] for f in json.loads(chosen.data)["features"]] == [SACKS, AZOT]


def test_remarks_in_a_store(store):
    with store.begin() as unit:
        remarks = Remarks(unit.connection)
        first = remarks.add("label", "a", [AZOT, SACKS], "anna")
        remarks.add("note", "позвонить\nв мае", [AZOT], "anna")
        off = remarks.add("unlabel", "a", [AZOT], "boris")
        assert remarks.labelled() == {"a": [SACKS]}
        remarks.set_undone(off.id, True)
        assert remarks.labelled() == {"a": [AZOT, SACKS]}
        assert remarks.labelled([SACKS]) == {"a": [SACKS]}
        remarks.set_undone(first.id, True)
        assert remarks.labelled() == {}
        assert [(each.kind, each.companies) for each in remarks.of_company(AZOT)] == [("note", 1)]
        assert len(remarks.all()) == 3
        with pytest.raises(DataError):
            remarks.set_undone(99, True)
        with pytest.raises(UsageError):
            remarks.add("label", "a", [f"{number:010d}" for number in range(MOST_COMPANIES + 1)], "anna")


def test_kept_lists_in_a_store(store):
    with store.begin() as unit:
        Accounts(unit.connection).add("anna", "manager", None, "digest")
        views = SavedViews(unit.connection, "anna")
        first = views.keep(" b  c ", "x=1")
        again = views.keep("b c", "x=2")
        views.keep("a", "")
        assert [(view.name, view.query) for view in views.all()] == [("a", ""), ("b c", "x=2")]
        views.set_removed(again.id, True)
        views.set_removed(first.id, False)
        assert [view.query for view in views.all()] == ["", "x=1"]
        with pytest.raises(DataError):
            SavedViews(unit.connection, "boris").view(first.id)
        with pytest.raises(UsageError):
            views.keep(" ", "x")


def test_the_audit_tells_of_labels_and_notes(manager):
    post(manager, "/companies/remarks", kind="label", text="якорь", inn=[AZOT, SACKS])
    page = manager.get("/audit?kind=remark", headers=ENGLISH).text
    assert "якорь" in page
    assert "× 2" in page

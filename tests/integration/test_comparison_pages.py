"""An anchor's candidates side by side, decisions with their reasons, and shortlists as workbooks."""

from __future__ import annotations

import io
import re
from functools import partial
from html import unescape
from urllib.parse import parse_qs

import pytest
from openpyxl import load_workbook

from api.desk import DESK
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import imported, whole
from tests.visitors import enrolled, form_secret, let_in

SACKS, REPAIR = "2635000014", "2635000021"
ENGLISH = {"Accept-Language": "en"}
PAIR = f"/compare?buyer={AZOT}&supplier={SACKS}&supplier={REPAIR}"


@pytest.fixture
def store(app):
    return app.extensions[DESK].store


@pytest.fixture
def anchor(app):
    return enrolled(app, AZOT, "anchor", "azot")


def decide(client, supplier, buyer=AZOT, **said):
    secret = {"csrf": form_secret(client, "/sell")}
    return client.post(f"/decisions/{supplier}/{buyer}", data={**secret, **said}, headers=ENGLISH)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_candidates_are_offered_and_shown_side_by_side(anchor, lang):
    offered = whole(anchor.get(f"/compare?buyer={AZOT}", headers={"Accept-Language": lang}).text)
    boxes = [attrs["value"] for _, attrs, _ in Reader(offered).all("input") if attrs.get("type") == "checkbox"]
    assert {SACKS, REPAIR} <= set(boxes)
    page = whole(anchor.get(PAIR, headers={"Accept-Language": lang}).text)
    heads = [attrs for tag, attrs, above in Reader(page).all("th") if attrs.get("scope") == "col"]
    assert len(heads) >= 2
    for name in ("Мешок", "Ремонт"):
        assert page.count(f'data-label="{name}"') > 8
    assert whole(anchor.get("/compare").text)


def test_firms_are_named_in_one_way_whatever_their_sources_call_them(app):
    manager = let_in(app).test_client()
    sheet = f"inn;name\n{SACKS};Общество с ограниченной  ответственностью «Мешок»\n{REPAIR};ООО «Ремонт»\n"
    imported(manager, "имена.csv", sheet)
    pages = (PAIR, f"/compare?buyer={AZOT}", f"/suppliers?inn={AZOT}", "/companies", f"/companies/{SACKS}/partners")
    for path in pages:
        page = whole(manager.get(path).text)
        assert "ООО «Мешок»" in page, path
        assert "граниченной" not in page, path


def test_what_a_list_was_narrowed_to_holds_where_one_chooses_and_on_the_way_back(anchor):
    def offered(query):
        page = Reader(anchor.get(f"/compare?buyer={AZOT}{query}").text)
        return {attrs["value"] for _, attrs, _ in page.all("input") if attrs.get("type") == "checkbox"}

    narrowed = "&region=26&without=text_fit&without=gap"
    assert SACKS in offered(narrowed)
    assert SACKS not in offered(f"{narrowed}&radius=10")
    links = [attrs.get("href", "") for _, attrs, _ in Reader(anchor.get(f"{PAIR}{narrowed}").text).all("a")]
    for path in ("/suppliers?", "/compare?"):
        back = next(parse_qs(link.partition("?")[2]) for link in links if link.startswith(path))
        assert (back["region"], back["without"]) == (["26"], ["text_fit", "gap"])
    form = Reader(anchor.get(f"/compare?buyer={AZOT}{narrowed}").text).all("input")
    hidden = [(attrs["name"], attrs["value"]) for _, attrs, _ in form if attrs.get("type") == "hidden"]
    assert {("region", "26"), ("without", "text_fit"), ("without", "gap")} <= set(hidden)
    link = next(
        link for link in re.findall(r'href="(/compare[^"]*)"', anchor.get(f"/suppliers?inn={AZOT}{narrowed}").text)
    )
    assert "region=26" in link


def test_as_many_as_fit_side_by_side(anchor):
    many = "&".join(f"supplier={inn}" for inn in (SACKS, REPAIR, "2624022320", "2631006752"))
    assert anchor.get(f"/compare?buyer={AZOT}&{many}").status_code == 400
    assert anchor.get(f"/compare?buyer={AZOT}&supplier=123").status_code == 400


def test_a_decision_is_kept_with_its_reason_and_taken_back(anchor, store):
    done = decide(anchor, SACKS, decision="accept|right_product", reason="берём пробную партию", next=PAIR)
    assert done.location == PAIR
    made = store.decisions_in_force()[(SACKS, AZOT)]
    assert (made.decision, made.reason_code, made.by) == ("accept", "right_product", "azot")
    page = whole(anchor.get(PAIR, headers=ENGLISH).text)
    assert "берём пробную партию" in page
    assert decide(anchor, SACKS, decision="reopen").status_code == 303
    assert store.decisions_in_force() == {}


def test_a_pair_is_decided_where_it_is_explained(app, anchor):
    address = f"/explain?supplier={SACKS}&buyer={AZOT}"
    page = whole(anchor.get(address, headers=ENGLISH).text)
    assert f'action="/decisions/{SACKS}/{AZOT}"' in page
    back = unescape(re.search(r'name="next" value="([^"]*did=[^"]*)"', page)[1])
    assert decide(anchor, SACKS, decision="accept", next=back).location == back
    told = whole(anchor.get(back, headers=ENGLISH).text)
    assert "Мешок → &lt;script&gt;" in told
    assert 'value="reopen"' in told
    sacks = enrolled(app, SACKS, "sme", "sacks")
    assert "/decisions/" not in sacks.get(address).text, "a seller decides about no buyer"


@pytest.mark.parametrize("said", ["", "perhaps", "accept|not_our_product", "reopen"])
def test_what_is_no_decision_is_told(anchor, store, said):
    assert decide(anchor, SACKS, decision=said).status_code in (400, 422)
    assert store.decisions() == []


def test_a_company_decides_on_its_own_suppliers_only(app, anchor, store):
    assert decide(anchor, SACKS, REPAIR, decision="accept").status_code == 403
    factory = enrolled(app, SACKS, "sme", "factory")
    assert decide(factory, SACKS, AZOT, decision="accept").status_code == 403, (
        "as a supplier it asks, the buyer decides"
    )
    guest = enrolled(app, AZOT, "viewer", "guest")
    assert guest.get(PAIR).status_code == 200
    assert decide(guest, SACKS, decision="accept").status_code == 403
    assert factory.get(PAIR).status_code == 403
    assert store.decisions() == []


def book_of(got):
    assert got.status_code == 200
    assert "attachment" in got.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(got.data))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_shortlist_is_a_workbook_that_adds_up_and_can_be_filtered(demo, lang):
    book = book_of(demo.get(f"/suppliers.xlsx?inn={AZOT}&top=7", headers={"Accept-Language": lang}))
    sheet = book.worksheets[0]
    rows = list(sheet.values)
    assert len(rows) == 8
    assert sheet.auto_filter.ref.startswith("A1:")
    shown = demo.get(f"/api/v1/suppliers?inn={AZOT}&top=7&lang={lang}").json["items"]
    assert [row[2] for row in rows[1:]] == [item["inn"] for item in shown]
    score = rows[0].index({"ru": "оценка", "en": "score"}[lang])
    for row in rows[1:]:
        assert sum(value for value in row[score + 1 : -2] if value is not None) == pytest.approx(row[score], abs=0.001)
        assert row[-1], "reasons in words"


def test_buyers_of_words_are_a_workbook_too(demo):
    got = demo.get("/buyers.xlsx", query_string={"text": "мешки", "okved": "22.22", "home": "26", "top": "5"})
    assert len(list(book_of(got).worksheets[0].values)) == 6


def test_a_name_is_no_formula(small, small_settings):
    from matcher.pipeline.companies.card import write
    from matcher.pipeline.workspace import Workspace

    write(Workspace(small_settings), SACKS, {"name": "=HYPERLINK(1)", "offers": "мешки"}, "anna")
    sheet = book_of(small.get(f"/suppliers.xlsx?inn={AZOT}")).worksheets[0]
    names = [cell for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2) for cell in row]
    assert {cell.data_type for cell in names} == {"s"}
    assert any("HYPERLINK" in cell.value for cell in names)


def test_a_workbook_of_another_company_is_not_given(anchor):
    assert anchor.get(f"/suppliers.xlsx?inn={SACKS}").status_code == 403
    assert anchor.get(f"/suppliers.xlsx?inn={AZOT}").status_code == 200


def test_the_pages_lead_to_comparison_and_workbook(app):
    page = let_in(app).test_client().get(f"/suppliers?inn={AZOT}&region=26").text
    address = next(part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/compare?"))
    assert f"buyer={AZOT}" in address
    assert "region=26" in address
    assert "/suppliers.xlsx?" in page
    assert partial(enrolled, app, AZOT)("anchor").get(f"/compare?buyer={AZOT}").status_code == 200

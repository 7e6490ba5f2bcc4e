"""The pictures of the chain and the tables beside them: the same links, ways that are told, rights, empty registers."""

from __future__ import annotations

import re
import time
from io import BytesIO

import networkx as nx
import pytest

from tests.visitors import let_in

AZOT, STAVROLEN, ARNEST = "2631015563", "2624022320", "2631006752"
PATHS = ["/chain/graph", "/chain/structure", "/chain/flow?source=plastics_resins&target=plastic_products"]
LINKS = """supplier_inn;buyer_inn;okpd2;amount_rub;date;source
2624022320;2635000014;20.16;120000000;2016-05-01;contract
2635000014;2631015563;22.22;7000000;2016-06-01;contract
"""


@pytest.fixture
def traded(small_settings, tmp_path):
    """A visitor of the register of five firms, two of which sales are on record."""
    from api.app import create_app
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    sheet = tmp_path / "links.csv"
    sheet.write_text(LINKS, encoding="utf-8")
    import_one(Workspace(small_settings), str(sheet), None, False, False)
    return let_in(create_app(small_settings)).test_client()


def english(client, path):
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.text.replace("\u00a0", " ")


def test_sales_on_record_are_told_from_expected_ones(traded):
    page = english(traded, "/chain?region=26")
    assert "on record 120 mln roubles" in page
    assert 'class="seen"' in page
    flow = english(traded, "/chain/flow?region=26&source=plastics_resins&target=plastic_products")
    assert "observed link" in flow
    assert "120 mln roubles" in flow
    graph = english(traded, "/chain/graph?region=26")
    assert 'class="link observed"' in graph
    assert "No sales were imported" not in graph


def test_a_way_is_listed_step_by_step_and_marked_in_the_picture(traded):
    page = english(traded, f"/chain/graph?region=26&firm={STAVROLEN}&to={AZOT}")
    listed = page.split('<ol class="way">')[1].split("</ol>")[0]
    assert re.findall(r"/companies/(\d+)", listed)[0] == STAVROLEN
    assert re.findall(r"/companies/(\d+)", listed)[-1] == AZOT
    assert "sells to the next" in listed
    assert "on-way" in page


def test_the_picture_and_the_table_have_the_same_links(demo):
    page = english(demo, "/chain/graph?region=26")
    table = page.split("<tbody")[1]
    assert len(re.findall(r'<g class="link [^"]*"><title>', page)) == table.count('<tr role="row">') > 10
    boxes = set(re.findall(r'class="firm[^"]*" href="/chain/graph\?firm=(\d+)', page))
    assert boxes == set(re.findall(r'href="/companies/(\d+)"', table))


def test_words_that_fit_several_firms_offer_a_choice_and_those_that_fit_none_say_so(demo):
    page = english(demo, "/chain/graph?region=26&everything=1&firm=ставропол&to=ставролен")
    assert "Several firms fit" in page
    assert "to=%D1%81%D1%82%D0%B0%D0%B2%D1%80%D0%BE%D0%BB%D0%B5%D0%BD" in page, "the second one is kept"
    assert "No firm of this network fits" in english(demo, "/chain/graph?region=26&firm=нетакой")


def test_a_second_firm_alone_is_looked_around_and_a_firm_leads_nowhere_to_itself(demo):
    assert "Around Ставролен" in english(demo, "/chain/graph?region=26&to=ставролен")
    page = english(demo, f"/chain/graph?region=26&firm={AZOT}&to={AZOT}")
    assert "Trade does not join" not in page
    assert "Around Невинномысский Азот" in page


def test_a_large_network_is_cut_down_and_says_by_how_much(demo):
    page = english(demo, "/chain/graph?everything=1&top=20")
    assert len(re.findall(r'<g class="link ', page)) == 20 + 3, "links and the three samples of the key"
    assert re.search(r"Left out are \d[\d,]* links, .* a year together", page)


def test_every_lesson_says_what_to_do_and_members_lead_to_cards(demo):
    page = english(demo, "/chain/structure?region=26&everything=1")
    assert page.count('class="lesson"') == 5
    assert len(re.findall(r'class="lesson">[^<]+<strong>[^<]+</strong>', page)) == 5
    assert f"/companies/{AZOT}" in page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("role", "status"), [("viewer", 200), ("manager", 200), ("sme", 403), ("anchor", 403)])
def test_companies_do_not_see_who_trades_with_whom(enrol, path, role, status):
    assert enrol(role).get(path).status_code == status


def test_a_company_sees_flows_without_the_firms_behind_them(enrol):
    page = english(enrol("sme"), "/chain?region=26")
    assert 'class="band' in page
    assert "/chain/flow" not in page
    assert "/chain/graph" not in page


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_register_welcomes(empty, path):
    assert "/new-company" in english(empty, path)


def test_a_cluster_of_nobody_has_no_pictures(small):
    assert "Nothing is sold here" in english(small, "/chain?cluster=pharma_medical&region=26&inside=1")


def test_a_network_is_taken_along_as_graphml(traded):
    answer = traded.get("/chain/graph.graphml?region=26")
    assert answer.headers["Content-Disposition"] == "attachment; filename=graph-chemical-26.graphml"
    graph = nx.read_graphml(BytesIO(answer.data), force_multigraph=True)
    assert graph.nodes[STAVROLEN]["segment"] == "plastics_resins"
    assert graph.edges[STAVROLEN, "2635000014", "observed"]["amount_rub"] == 120e6
    kinds = {data["kind"] for *_, data in graph.edges(data=True)}
    assert kinds == {"observed", "inferred"}


def test_a_network_and_its_members_are_put_on_a_map(traded):
    network = traded.get("/chain/graph.geojson?region=26").get_json(force=True)
    kinds = [each["geometry"]["type"] for each in network["features"]]
    assert {*kinds} == {"Point", "LineString"}
    members = traded.get("/chain/companies.geojson?region=26")
    assert members.mimetype == "application/geo+json"
    found = {each["properties"]["inn"]: each for each in members.get_json(force=True)["features"]}
    lon, lat = found[STAVROLEN]["geometry"]["coordinates"]
    assert (round(lon), round(lat)) == (44, 45), "Budyonnovsk"
    assert found[STAVROLEN]["properties"]["segment"] == "plastics_resins"
    one = traded.get("/chain/companies.geojson?segment=cosmetics_perfumery").get_json(force=True)
    assert [each["properties"]["inn"] for each in one["features"]] == [ARNEST]


@pytest.mark.parametrize("path", ["/chain/graph.graphml", "/chain/graph.geojson", "/chain/companies.geojson"])
def test_files_are_for_readers_and_of_regions_that_exist(enrol, path):
    assert enrol("sme").get(path).status_code == 403
    assert enrol("viewer", "boris").get(f"{path}?region=00").status_code == 400


@pytest.mark.parametrize(
    "path", ["/chain/graph?everything=1&top=120", "/chain/structure?region=26&everything=1", "/chain"]
)
def test_a_page_of_16_000_firms_comes_in_under_300_ms(demo, path):
    english(demo, path)  # the network is made once for each state of the register
    began = time.process_time()
    english(demo, path)
    assert time.process_time() - began < 0.3

"""The dynamics of a chain on its page: charts of all firms and of the same firms, each with its table."""

from __future__ import annotations

import re

import pytest

from tests.conftest import settings_in
from tests.firms_by_year import write_firms
from tests.visitors import let_in

PAINTS = "/chain?region=26&segment=paints_varnishes_adhesives"


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    from api.app import create_app
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    folder = tmp_path_factory.mktemp("dynamics")
    write_firms(folder / "firms.csv")
    settings = settings_in(folder)
    report = import_one(Workspace(settings), str(folder / "firms.csv"), None, False, True)
    assert report["added"] == 9, report
    return let_in(create_app(settings)).test_client()


def dynamics_of(visitor, path, lang="en"):
    page = visitor.get(path, headers={"Accept-Language": lang}).text
    return page.split('id="dynamics"')[1]


def test_each_measure_has_its_charts_and_its_table(visitor):
    shown = dynamics_of(visitor, PAINTS)
    measures = shown.split('<article class="trend">')[1:]
    names = [re.search(r"<h3>(.*?)</h3>", each)[1] for each in measures]
    assert names == [
        "Revenue", "Workers", "Expenses", "Net profit", "Net profit / revenue", "Net profit / expenses",
        "(revenue − expenses) / revenue", "Revenue per worker", "Workers per firm",
    ]  # fmt: skip
    assert all("<table" in each for each in measures)
    assert "No firm states: taxes paid." in shown


def test_the_bars_are_all_firms_and_the_line_is_the_same_firms(visitor):
    revenue = dynamics_of(visitor, PAINTS).split('<article class="trend">')[1]
    bars, line = re.findall(r'<svg class="chart".*?</svg>', revenue, re.DOTALL)
    heights = [float(height) for height in re.findall(r'height="([\d.]+)"', bars)]
    assert heights[1] / heights[0] == pytest.approx(330 / 300, rel=0.01)
    assert heights[2] / heights[0] == pytest.approx(1330 / 300, rel=0.01)
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', line)]
    assert heights[0] > heights[1] == heights[2], "grows by a tenth, then stays; the newcomer is no growth"
    assert re.search(r'class="value"[^>]*>110<', line)


def test_the_page_of_a_cluster_leads_to_its_segments(visitor):
    shown = dynamics_of(visitor, "/chain?region=26")
    link = re.search(r'href="(/chain\?[^"]*segment=paints_varnishes_adhesives[^"]*)"', shown)[1]
    assert "region=26" in link
    followed = visitor.get(link.split("#")[0].replace("&amp;", "&"), headers={"Accept-Language": "en"})
    assert ": Paints, varnishes and adhesives</h2>" in followed.text
    assert '<option value="paints_varnishes_adhesives" selected>' in visitor.get(PAINTS).text


def test_the_section_is_worded_in_russian_too(visitor):
    shown = dynamics_of(visitor, PAINTS, "ru")
    assert "Все фирмы с показателем" in shown
    assert "All firms" not in shown


def test_years_without_figures_are_told(visitor):
    assert "states a figure of these years" in dynamics_of(visitor, "/chain?region=26&years=1999")


def test_the_api_answers_as_the_command_line_does(visitor):
    told = visitor.get("/api/v1" + PAINTS + "&profile=1&years=2016-2017").json["profile"]
    assert told["years"] == [2016, 2017]
    assert [scope["segment"] for scope in told["scopes"]] == ["paints_varnishes_adhesives"]
    assert "profile" not in visitor.get("/api/v1/chain?region=26").json

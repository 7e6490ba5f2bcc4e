"""Projects across clusters in both directions, and projects around one firm."""

from __future__ import annotations

import os

import pytest

from graph.portfolio import Limits
from matcher.pipeline.projects.candidates import Asked, portfolio, projects
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from models.errors import UnknownCompany
from models.settings import Settings
from tests.integration.store_databases import url_in

SHEET = """inn;name;okved_main;products_okpd2;region_code;city;revenue_rub;year
2635000014;Порошок;20.41;20.41;26;Невинномысск;9000000000;2016
2635000021;Краска;20.30;20.30;26;Невинномысск;700000000;2016
2635000039;Санаторий;86.90;86.90;26;Кисловодск;20000000000;2016
2635000046;Гостиница;55.10;55.10;26;Кисловодск;15000000000;2016
2635000053;Полимер;20.16;20.16;26;Будённовск;40000000000;2016
2635000060;Аппарат;27.12;27.12;26;Ставрополь;9000000000;2016
2635000078;Птица;10.12;10.12;26;Ставрополь;50000000000;2016
2635000085;Упаковка;22.22;22.22;26;Ставрополь;800000000;2016
2635000092;Лекарства;21.20;21.20;26;Ставрополь;30000000000;2016
2635000102;Порошок-2;20.41;20.41;26;Ставрополь;8000000000;2016
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("around")
    (folder / "firms.csv").write_text(SHEET, encoding="utf-8")
    settings = Settings.read({**os.environ}, db=url_in(folder), lang="en")
    import_one(Workspace(settings), str(folder / "firms.csv"), None, False, False)
    return Workspace(settings)


def ways(workspace, cluster):
    """Across clusters: seller, its clusters, the buyers' cluster."""
    items = projects(workspace, Asked("cross_cluster", cluster, "26"), 200)["items"]
    told = [(item["participants"][0]["name"], item["reasons"][0].partition(": ")[2].split(" → ")) for item in items]
    return {(name, source, target) for name, (source, target) in told}


def test_chemistry_reaches_resorts_and_towns(workspace):
    found = ways(workspace, "chemical")
    assert ("Порошок", "Chemical cluster", "Medical tourism cluster") in found
    assert {name for name, _, target in found if "urban" in target.lower()} >= {"Полимер"}


@pytest.mark.parametrize("cluster", ["Chemical", "Pharmaceutical", "Medical tourism"])
def test_a_cluster_is_asked_in_both_directions(workspace, cluster):
    keys = {"Chemical": "chemical", "Pharmaceutical": "pharma_medical", "Medical tourism": "medical_tourism"}
    found = ways(workspace, keys[cluster])
    assert any(cluster in source for _, source, _ in found)
    assert any(cluster in target for _, _, target in found)
    assert all(cluster in source or cluster in target for _, source, target in found)


def test_around_a_firm_it_takes_part_in_all(workspace):
    around = projects(workspace, Asked(anchor="2635000078"), 200)
    assert around["query"]["region"] == "26"
    assert around["items"]
    everywhere = projects(workspace, Asked(region="26"), 200)
    assert around["total"] < everywhere["total"]
    for item in around["items"]:
        assert "2635000078" in {each["inn"] for each in item["participants"]}
    chosen = portfolio(workspace, Asked(anchor="2635000078"), Limits(3, each=3))
    assert all("2635000078" in {each["inn"] for each in item["participants"]} for item in chosen["items"])
    with pytest.raises(UnknownCompany):
        projects(workspace, Asked(anchor="7707083893"), 5)


def test_rivals_among_those_who_act_together_are_told(workspace):
    items = projects(workspace, Asked("joint_purchase", None, "26"), 200)["items"]
    rivals = {"Порошок", "Порошок-2"}
    for item in items:
        both = rivals <= {each["name"] for each in item["participants"]}
        assert any("rivals" in risk and "Порошок-2" in risk for risk in item["risks"]) == both
    assert any(rivals <= {each["name"] for each in item["participants"]} for item in items)

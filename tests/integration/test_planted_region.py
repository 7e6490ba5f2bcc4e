"""A generated country is imported as a file; its gaps are found, valued and ranked, and the hidden portfolio is chosen.

Tolerances: a register never believes that a firm does nothing but what it states. With its code and its product stated
twelve thirteenths of its output are held to be of that code, the rest of something unknown, so that every amount is
12/13 of the planted one, demand and supply alike; beside that factor amounts agree to a rouble in a million.
"""

from __future__ import annotations

import os
from collections import Counter

import numpy as np
import pytest

from graph.portfolio import Limits
from matcher.index.economy import economy
from matcher.pipeline.chain import gaps as gap_lists
from matcher.pipeline.projects.candidates import Asked, portfolio, projects
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from models.assumptions import assumption
from models.settings import Settings
from tests.integration import planted_region as planted
from tests.integration.store_databases import url_in

KNOWN = 12 / 13
CLOSE = 1e-6


@pytest.fixture(scope="module")
def country():
    return planted.firms(economy())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, country):
    """The country, imported the way a manager imports a table."""
    folder = tmp_path_factory.mktemp("country")
    sheet = folder / "firms.csv"
    sheet.write_text(planted.as_file(country), encoding="utf-8")
    settings = Settings.read({**os.environ}, db=url_in(folder), lang="en")
    report = import_one(Workspace(settings), str(sheet), None, False, False)
    assert (report["added"], report["quarantined"]) == (len(country), [])
    return Workspace(settings)


@pytest.fixture(scope="module")
def gaps(workspace):
    """The gaps of the region, most valuable first."""
    found = gap_lists.gaps(workspace, None, planted.HERE, None, 500)
    return {item["okved_code"]: item for item in found["items"]}


@pytest.fixture(scope="module")
def truth(country):
    return planted.gap_values(economy(), country)


def test_every_planted_gap_is_found_as_what_it_is(gaps):
    kinds = {code: gaps[code]["kinds"] for code in
             (planted.MISSING, planted.SINGLE, planted.SHORT, planted.LEAVES, planted.BREAK)}  # fmt: skip
    assert kinds == {
        planted.MISSING: ["missing"],
        planted.SINGLE: ["single_source"],
        planted.SHORT: ["shortage"],
        planted.LEAVES: ["single_source", "unprocessed_output"],
        planted.BREAK: ["missing", "broken_chain"],
    }
    for code, item in gaps.items():
        assert ("broken_chain" in item["kinds"]) <= ("missing" in item["kinds"]), code


def test_values_of_closing_are_those_planted(gaps, truth):
    told = {code for code, item in gaps.items() if item["worth"] == "closing"}
    assert told == {code for code, (_, value) in truth.items() if value > 0}
    for code in told:
        missing, value = truth[code]
        assert gaps[code]["gap_rub"] == pytest.approx(KNOWN * missing, rel=CLOSE, abs=1)
        assert gaps[code]["value_rub"] == pytest.approx(KNOWN * value, rel=CLOSE, abs=1)
        assert gaps[code]["value_low_rub"] <= gaps[code]["value_rub"] <= gaps[code]["value_high_rub"]


def test_the_gaps_worth_most_are_ranked_first(gaps, truth):
    told = [code for code, item in gaps.items() if item["worth"] == "closing"]
    assert told[:20] == sorted(truth, key=lambda code: -truth[code][1])[:20]
    by_demand = sorted(truth, key=lambda code: -truth[code][0])[:20]
    assert len(set(told[:20]) & set(by_demand)) < 16, "the bare gap puts others first"


def test_the_single_source_is_named_with_all_of_the_supply(gaps, country):
    (maker,) = [firm for firm in country if (firm.code, firm.region) == (planted.SINGLE, planted.HERE)]
    source = gaps[planted.SINGLE]["single_source"]
    assert (source["inn"], source["share"]) == (maker.inn, 1.0)
    assert source["hit"][0]["inn"] == country[0].inn, "the largest user loses most"


def test_the_break_is_a_path_from_the_local_raw_material_to_the_product_that_needs_the_step_most(gaps, country):
    row = {code: at for at, code in enumerate(economy().codes)}
    need: Counter[str] = Counter()
    for firm in country:
        if firm.region == planted.HERE:
            need[firm.code] += float(economy().recipe[row[planted.BREAK], row[firm.code]]) * firm.output_rub
    ((most, _),) = need.most_common(1)
    assert [step["okved_code"] for step in gaps[planted.BREAK]["path"]] == [planted.LEAVES, planted.BREAK, most]


def test_what_leaves_is_worth_one_middle_processor(gaps, country):
    """Firms that spend a twentieth or more of their turnover on it are its processors, wherever they are."""
    row = {code: at for at, code in enumerate(economy().codes)}
    use = {firm.inn: float(economy().recipe[row[planted.LEAVES], row[firm.code]]) for firm in country}
    processors = [
        use[firm.inn] * firm.output_rub for firm in country if use[firm.inn] >= 0.05 and "10" <= firm.code < "34"
    ]
    item = gaps[planted.LEAVES]
    assert item["worth"] == "processing"
    assert item["value_rub"] == pytest.approx(KNOWN * float(np.median(processors)), rel=CLOSE)


def test_makers_elsewhere_are_named_for_what_is_missing(gaps, country):
    away = {firm.inn for firm in country if firm.code == planted.MISSING}
    assert {firm["inn"] for firm in gaps[planted.MISSING]["outside_suppliers"]} <= away


ASKED = Asked("joint_purchase", None, planted.TRADES)
LIMITS = Limits(projects=5, each=1)


@pytest.fixture(scope="module")
def candidates(workspace):
    return projects(workspace, ASKED, 500)["items"]


@pytest.fixture(scope="module")
def chosen(workspace):
    return portfolio(workspace, ASKED, LIMITS, with_rivals=True)


def test_the_hidden_portfolio_is_chosen_and_its_projects_are_worth_what_was_planted(chosen, country):
    spending = planted.bulk_spending(economy(), country)
    found = {item["okved_code"]: item for item in chosen["items"]}
    assert set(found) == set(spending)
    step, most = assumption("joint_purchase_discount").value, assumption("joint_purchase_most").value
    for material, firms in spending.items():
        together = sum(firms.values())
        saved = {inn: own * min(step * np.log2(together / own), most) for inn, own in firms.items()}
        item = found[material]
        assert {each["inn"] for each in item["participants"]} == set(firms)
        assert item["value_rub"] == pytest.approx(KNOWN * sum(saved.values()), rel=CLOSE, abs=1)
        for each in item["participants"]:
            assert each["gain"]["rub"] == pytest.approx(KNOWN * saved[each["inn"]], rel=CLOSE, abs=1)


def test_no_other_choice_is_worth_more(candidates, chosen):
    """Every choice is tried, leaving out only those that could not catch up even if nothing stood in their way."""
    worth = sorted(
        ((each["benefit_rub"] * (each["score"] - np.log10(each["value_rub"])), each) for each in candidates),
        key=lambda pair: -pair[0],
    )
    values = [value for value, _ in worth]
    firms = [frozenset(one["inn"] for one in each["participants"]) for _, each in worth]

    def best(start, left, busy, so_far, record):
        record = max(record, so_far)
        for at in range(start, len(values)):
            if not left or so_far + sum(values[at : at + left]) <= record:
                break
            if not busy & firms[at]:
                record = best(at + 1, left - 1, busy | firms[at], so_far + values[at], record)
        return record

    assert chosen["portfolio"]["expected_rub"] == pytest.approx(
        best(0, LIMITS.projects, frozenset(), 0.0, 0.0), rel=1e-4
    )
    assert chosen["portfolio"]["optimality_gap"] == 0


def test_rivals_are_left_out_unless_asked_for(workspace, chosen):
    """Firms of one trade are rivals: the hidden portfolio is theirs, so by default nothing of it is left."""
    without = portfolio(workspace, ASKED, LIMITS)
    assert without["portfolio"]["rivals_left_out"] >= len(chosen["items"])
    assert not {item["id"] for item in without["items"]} & {item["id"] for item in chosen["items"]}


def test_simpler_ways_miss_it(candidates, chosen, country):
    """The best single projects join the leaders of all trades and leave nobody for the others."""
    reached = chosen["portfolio"]
    assert reached["greedy_rub"] < 0.9 * reached["expected_rub"]
    assert reached["random_rub"] < 0.5 * reached["expected_rub"]
    hidden = {item["id"] for item in chosen["items"]}
    assert hidden != {item["id"] for item in candidates[:5]}

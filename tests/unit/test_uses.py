"""Who takes the very thing that is offered, among all who take something of its group of goods."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.said import Said, nothing_said
from matcher.classify.taken import Taken, taken_goods
from matcher.evaluate.buyers import evaluate_buyers
from matcher.index.economy import economy
from matcher.index.uses import uses_of
from matcher.match.batch import Batch
from matcher.match.bounds import SuppliersOf
from matcher.match.mutual import among_buyers, among_suppliers, place_on
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.pipeline.described import Described, described_party
from matcher.pipeline.shortlists import Options, buyers_for
from matcher.pipeline.workspace import Workspace
from models.classifications import group_index, groups
from models.resources import read_table
from models.taken import GENERAL, LINES, SERVICES, goods, taken, things

CASES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "cases" / "product_buyers.csv").read_text(encoding="utf-8").splitlines()
    )
)
#: Goods 0 and 1 of group 3 and good 2 of group 4, and who takes them.
EAST, NORTH = [1.0, 0.0], [0.0, 1.0]
FEW = Taken(
    np.float32([EAST, NORTH, EAST]),
    np.float32([EAST, NORTH, EAST]),
    buyer=np.array([0, 1, 1, 2]),
    thing=np.array([0, 1, 2, 2]),
    group=np.array([3, 3, 4]),
    general=np.zeros(3, dtype=bool),
)


def offer(*vectors):
    return Said(np.float32(vectors), nothing_said(len(vectors)).classes)


def shares(**groups_):
    found = np.zeros(6)
    for name, share in groups_.items():
        found[int(name[1:])] = share
    return found


def test_who_takes_the_thing_is_likelier_than_who_takes_another_of_its_group():
    uses = uses_of(FEW, offer(EAST), shares(g3=1.0))
    assert uses.log_odds[0] > 0.5 > 0 > uses.log_odds[1]
    assert uses.thing.tolist() == [0, 1, -1, -1, -1, -1]


def test_of_activities_whose_goods_are_not_known_nothing_is_said():
    uses = uses_of(FEW, offer(EAST), shares(g3=1.0))
    assert not uses.log_odds[2:].any()
    assert not uses_of(FEW, offer(EAST), shares(g5=1.0)).log_odds.any()


def test_where_nobody_takes_it_nobody_is_set_apart():
    south = uses_of(FEW, offer([0.0, -1.0]), shares(g3=1.0))
    assert np.abs(south.log_odds).max() < 0.01


def test_of_several_things_the_nearest_counts_and_of_several_groups_the_mean():
    several = uses_of(FEW, offer(NORTH, EAST), shares(g3=1.0))
    assert several.log_odds[:2] == pytest.approx([0.0, 0.0])
    both = uses_of(FEW, offer(EAST), shares(g3=0.5, g4=0.5))
    one, other = (uses_of(FEW, offer(EAST), shares(**{g: 1.0})).log_odds for g in ("g3", "g4"))
    assert both.log_odds[1] == pytest.approx((one[1] + other[1]) / 2)
    assert both.thing[1] == 2, "the nearest of both groups"


def test_of_an_offer_in_words_for_the_whole_group_nothing_is_said():
    halfway = [0.5**0.5, 0.5**0.5]
    general = replace(
        FEW,
        vectors=np.float32([EAST, NORTH, EAST, halfway]),
        group=np.array([3, 3, 4, 3]),
        general=np.array([False, False, False, True]),
    )
    assert not uses_of(general, offer(halfway), shares(g3=1.0)).log_odds.any()
    assert uses_of(general, offer(EAST), shares(g3=1.0)).log_odds[0] > 0.5


def test_every_thing_of_the_lists_and_every_service_has_a_russian_name_and_its_group():
    listed = {(row["supply_okved"], thing) for row in read_table(LINES) for thing in things(row["what"])}
    services = [(row["supply_okved"], row["what"]) for row in read_table(SERVICES)]
    assert {(good.group, good.name_en) for good in goods()} == listed | {*services}
    assert len(goods()) == len(listed) + len(services)
    assert all(good.name_ru.strip() == good.name_ru != "" for good in goods())
    assert {good.group for good in goods()} <= set(groups())


def test_words_that_describe_a_whole_group_are_no_goods_of_one_activity():
    said = "catalysts, additives, reagents, antifreeze"
    who = [row["buyer_okved"] for row in read_table(LINES) if (row["supply_okved"], row["what"]) == ("20.59", said)]
    assert len(who) >= GENERAL
    antifreeze = {
        number for number, good in enumerate(goods()) if (good.group, good.name_en) == ("20.59", "antifreeze")
    }
    assert {buyer for buyer, number in taken() if number in antifreeze}.isdisjoint(who)


def test_shipped_vectors_are_those_of_the_names(cache_folder):
    shipped = taken_goods(Embedder(BUNDLED, cache_folder))
    chosen = np.arange(0, len(goods()), 97)
    for vectors, name in ((shipped.vectors, "name_ru"), (shipped.english, "name_en")):
        fresh = Embedder(BUNDLED, cache_folder).queries([getattr(goods()[number], name) for number in chosen])
        assert (vectors[chosen] * fresh).sum(axis=1).min() > 0.999


def test_an_offer_is_compared_with_names_in_its_own_language():
    taken_ = replace(FEW, english=np.float32([NORTH, EAST, NORTH]))
    both = replace(offer(EAST, NORTH), texts=("восток", "North"))
    assert both.english.tolist() == [False, True]
    assert taken_.nearest(np.array([0, 1]), both.only(slice(0, 1))).tolist() == [1.0, 0.0]
    assert taken_.nearest(np.array([0, 1]), both.only(slice(1, 2))).tolist() == [1.0, 0.0]
    assert taken_.nearest(np.array([0, 1]), offer(EAST)).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "buyer", "other", "good"),
    [
        ("антифриз", "49.41", "10.51", "antifreeze"),
        ("дубовые бочки", "11.02", "23.32", "oak barrels"),
        ("гипохлорит натрия", "36.00", "23.13", "hypochlorite"),
        ("oak barrels", "11.02", "23.32", "oak barrels"),
        ("antifreeze and screen wash", "49.41", "08.91", "antifreeze"),
        ("food gelatine", "10.82", "20.30", "gelatine"),
        ("ремонт зерноуборочных комбайнов", "01.11", "18.12", "repair of combine harvesters"),
    ],
)
def test_a_seller_in_words_meets_who_takes_the_thing(demo_workspace, text, buyer, other, good):
    uses = described_party(demo_workspace, Described(text=text)).uses
    at, beside = group_index()[buyer], group_index()[other]
    assert uses.log_odds[at] > max(uses.log_odds[beside], 0)
    assert goods()[uses.thing[at]].name_en == good


def test_statements_are_of_known_activities_and_none_is_said_twice():
    assert {row[key] for row in CASES for key in ("better", "worse")} <= set(groups())
    assert all(row["better"] != row["worse"] for row in CASES)
    assert len({row["text"].lower() for row in CASES}) == len(CASES) >= 300
    assert {row["half"] for row in CASES} == {"development", "test"}


def test_more_statements_hold_than_by_groups_alone(demo_workspace):
    some = [row for row in CASES if row["half"] == "development"][::4]
    figures = evaluate_buyers(some, economy(), lambda text: described_party(demo_workspace, Described(text=text)))
    assert figures["share_that_holds"] > figures["by_groups_alone"] + 0.05
    assert figures["statements"] == len(some)


def test_what_is_not_understood_holds_in_no_way():
    figures = evaluate_buyers(CASES[:3], economy(), lambda _text: None)
    assert (figures["share_that_holds"], figures["by_goods_alone"], len(figures["failures"])) == (0.0, 0.0, 3)


@pytest.mark.parametrize(
    ("lang", "part"),
    [("ru", "29.10 Производство автотранспортных средств) берут «антифриз»"), ("en", "are known to take “antifreeze”")],
)
def test_the_reason_names_the_thing_and_who_takes_it(demo_settings, lang, part):
    workspace = Workspace(replace(demo_settings, lang=lang))
    found = buyers_for(workspace, Described(text="антифриз", region="26"), Options(top=20))
    texts = [reason for item in found["items"] for reason in item["reasons"] if reason["part"] == "text_fit"]
    assert any(part in reason["text"] and reason["contribution"] > 1 for reason in texts)
    for item in found["items"]:
        assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-9)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("желатин пищевой", "такие компании (10.51"),
        ("ремонт насосов и компрессоров", "ближе всего по смыслу"),
    ],
)
def test_the_reason_begins_with_what_says_more(demo_settings, text, first):
    """Gelatine is nothing that dairies state, and is known to be taken by them; repairs of pumps are stated."""
    workspace = Workspace(replace(demo_settings, lang="ru"))
    found = buyers_for(workspace, Described(text=text, region="26"), Options(top=3))
    told = [reason["text"] for reason in found["items"][0]["reasons"] if reason["part"] == "text_fit"]
    assert told[0].startswith(first)


def test_a_pair_has_one_score_whoever_asks_and_one_thing_asked_for_is_no_matter_of_the_trade(demo_workspace):
    columns, matrices = demo_workspace.columns, demo_workspace.economy
    offering = np.flatnonzero(np.diff(columns.use_indptr))
    assert len(offering) > 20
    for supplier in offering[:: max(len(offering) // 12, 1)]:
        party = firm_party(columns, int(supplier))
        sold = rank_buyers(columns, matrices, party, Filters(), Decisions())
        told = np.abs(columns.shares[sold.firms] @ party.uses.log_odds)
        for row in np.argsort(-told)[:3]:
            buyer = firm_party(columns, int(sold.firms[row]))
            back = rank_suppliers(columns, matrices, buyer, Filters(), Decisions(), among=np.array([supplier]))
            assert back.scores.parts[0] == pytest.approx(sold.scores.parts[row], abs=1e-6)
            silent, asking = replace(buyer, need=None), replace(buyer, need=None, asked=True)
            with_trade, without = (
                rank_suppliers(columns, matrices, each, Filters(), Decisions(), among=np.array([supplier]))
                for each in (silent, asking)
            )
            differ = with_trade.scores.parts[0] - without.scores.parts[0]
            assert differ[PARTS.index("text_fit")] == pytest.approx(float(buyer.shares @ party.uses.log_odds), abs=1e-6)
            assert np.count_nonzero(differ) <= 1


def test_bounds_and_places_count_it(demo_workspace):
    columns, matrices = demo_workspace.columns, demo_workspace.economy
    supplier = int(np.flatnonzero(np.diff(columns.use_indptr))[3])
    for buyer in (5, 777, 9999):
        ranking = rank_suppliers(columns, matrices, firm_party(columns, buyer), Filters(), Decisions())
        batch = Batch(columns, matrices, Decisions())
        assert (SuppliersOf(batch, buyer).most[ranking.firms] >= ranking.scores.score - 1e-3).all()
        assert among_suppliers(batch, supplier, buyer) == place_on(ranking, supplier)
    ranking = rank_buyers(columns, matrices, firm_party(columns, supplier), Filters(), Decisions())
    for buyer in ranking.firms[ranking.order[[0, 40, 4000]]].tolist():
        assert among_buyers(columns, matrices, Decisions(), supplier, buyer) == place_on(ranking, buyer)


def test_services_are_taken_by_others_than_those_who_render_them():
    for row in read_table(SERVICES):
        buyers = row["buyers"].split(";")
        assert set(buyers) <= set(groups()), row
        assert len(set(buyers)) == len(buyers) >= 1, row
        assert row["supply_okved"] not in buyers, row

"""What a candidate gives, what it is remembered by, and which candidates exclude each other."""

from dataclasses import replace

import numpy as np
import pytest

from graph.portfolio import Limits
from matcher.gaps.regional import Scope, region_gaps
from matcher.index.sizes import sme_flags
from matcher.match.shortlist import Decisions
from matcher.projects.candidates import KINDS, Candidate
from matcher.projects.from_gaps import others_part
from matcher.projects.generators import GENERATORS, worthwhile
from matcher.projects.ground import Ground
from matcher.projects.impact import benefit, gains, moves
from matcher.projects.joint_order import savings
from matcher.projects.selection import conflicts, groups_of, select
from matcher.report.projects import ASSUMED, STATED_BY, assumed_of
from models.assumptions import assumption
from models.project_kinds import FACT, RISK, STEP, direction_key, directions, guide, kpis, project_kinds, role_gains
from tests.unit.small import MINERAL, PRODUCT, SERVICE, Firm, columns_of, small_economy

SMALL, LARGE = 50e6, 9e9
FIRMS = [Firm("1", {MINERAL: 1.0}, output=LARGE), Firm("2", {PRODUCT: 1.0}, output=SMALL, category=0)]
COLUMNS = columns_of([*FIRMS, Firm("3", {SERVICE: 1.0}, output=SMALL, category=0)], small_economy())
SME = sme_flags(COLUMNS)


def joint_purchase(code=MINERAL, firms=(0, 1, 2), volume=100.0):
    saved, ends = savings(dict.fromkeys(firms, volume))
    return Candidate(
        "joint_purchase", code, tuple((firm, "buyer") for firm in firms), sum(saved.values()), 0.5,
        range_rub=ends, amounts=saved,
    )  # fmt: skip


def make_here(code=MINERAL, value=36e6, producer=1):
    return Candidate(
        "import_substitution", code, ((producer, "producer"), (0, "buyer")), value, 0.6,
        range_rub=(value / 2, value * 2), amounts={producer: value, 0: value},
    )  # fmt: skip


def test_gains_of_a_joint_purchase_sum_to_its_value_and_share_its_range():
    candidate = joint_purchase()
    found = gains(candidate)
    assert sum(gain.rub for gain in found) == pytest.approx(candidate.value_rub)
    assert sum(gain.low_rub for gain in found) == pytest.approx(candidate.range_rub[0])
    assert sum(gain.high_rub for gain in found) == pytest.approx(candidate.range_rub[1])


def test_small_buyers_gain_most_of_a_joint_order_and_none_more_than_the_bound():
    spending = {0: 80.0, 1: 15.0, 2: 5.0}
    saved, (low, high) = savings(spending)
    parts = [saved[firm] / own for firm, own in spending.items()]
    assert parts == sorted(parts)
    assert parts[-1] <= assumption("joint_purchase_most").value
    assert 0 < low < sum(saved.values()) < high
    assert savings({0: 80.0})[0] == {0: 0.0}, "an order of one saves nothing"


def test_the_producer_gains_sales_and_the_buyer_a_saving_with_both_ranges():
    producer, buyer = gains(make_here())
    saving = assumption("local_purchase_saving")
    assert (producer.what, producer.rub, producer.low_rub, producer.high_rub) == ("sales", 36e6, 18e6, 72e6)
    assert (buyer.what, buyer.rub) == ("saving", pytest.approx(36e6 * saving.value))
    assert buyer.high_rub == pytest.approx(72e6 * saving.high)
    assert benefit(make_here()) == pytest.approx(36e6 * (assumption("value_added_share").value + saving.value))


def test_indicators_move_by_small_and_medium_firms_only():
    moved = {move.kpi: move.by for move in moves(make_here(), SME)}
    assert moved == {1: 1, 2: 1, 4: 10, 5: 36_000, 6: 1, 7: 1}
    assert moves(make_here(producer=0), np.zeros(3, dtype=bool)) == []


def test_a_candidate_is_remembered_whatever_the_amounts_of_the_day():
    key = make_here().key(str, str)
    assert key == make_here(value=5e6).key(str, str) == "import_substitution.0.1"
    assert key != make_here(code=PRODUCT).key(str, str)
    waste = Candidate("symbiosis", 0, ((0, "donor"),), None, 0.5, other=1, resource="fly ash")
    assert waste.key(str, str) == "symbiosis.0.1.fly-ash.0"


def test_what_meets_one_demand_twice_is_in_conflict():
    candidates = [joint_purchase(), make_here(), make_here(code=PRODUCT)]
    assert conflicts(candidates) == [(0, 1)]


def test_a_joint_purchase_and_a_centre_or_research_meet_one_demand():
    """All of them spend the same money; what firms say themselves is of one machine and excludes nothing."""
    centre = Candidate("shared_equipment", MINERAL, ((1, "user"),), 1.0, 0.5)
    research = Candidate("research_training", PRODUCT, ((1, "provider"),), 1.0, 0.5)
    assert conflicts([joint_purchase(), centre, research, joint_purchase(code=PRODUCT)]) == [(0, 1), (2, 3)]
    said = [replace(centre, said=((1, True, text),)) for text in ("a mill", "a lathe")]
    assert conflicts([*said, joint_purchase()]) == [(0, 2), (1, 2)]


def test_rivals_agree_on_prices_only_where_a_manager_allows_it():
    rivals = replace(joint_purchase(), rivals=((MINERAL, (0, 2)),))
    users = tuple((firm, "user") for firm in (0, 1, 2))
    centre = replace(rivals, kind="shared_equipment", code=PRODUCT, participants=users)
    found = select([rivals, centre], COLUMNS, SME, Limits(projects=2))
    assert ([one.kind for one in found.chosen], found.rivals) == (["shared_equipment"], 1)
    allowed = select([rivals, centre], COLUMNS, SME, Limits(projects=2), with_rivals=True)
    assert (len(allowed.chosen), allowed.rivals) == (2, 0)


def test_firms_of_one_group_take_part_as_one():
    columns = columns_of([*FIRMS, Firm("3", {SERVICE: 1.0}, founders=("1",))], small_economy())
    assert groups_of([0, 1, 2], columns) == {0: 0, 1: 1, 2: 0}


def test_a_portfolio_has_as_many_small_firms_as_asked():
    candidates = [make_here(value=90e6, producer=1), make_here(code=PRODUCT, value=36e6, producer=2)]
    found = select(candidates, COLUMNS, SME, Limits(projects=1))
    assert [one.value_rub for one in found.chosen] == [90e6]
    assert len(select(candidates, COLUMNS, SME, Limits(projects=2, special=2)).chosen) == 2
    assert select(candidates, COLUMNS, SME, Limits(projects=1, special=2)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_all_that_a_manager_needs(kind):
    own = project_kinds()[kind]
    assert kind in GENERATORS
    assert set(own.directions) <= set(directions())
    assert set(own.kpis) <= set(kpis())
    assert own.cost_low_rub < own.cost_rub < own.cost_high_rub
    assert any(gain.gain != "none" for (named, _), gain in role_gains().items() if named == kind)
    for lang in ("ru", "en"):
        assert [len(guide(kind, part, lang)) for part in (RISK, STEP, FACT)] == [2, 3, 2]


def test_value_added_is_assumed_only_where_somebody_sells():
    assert assumed_of("symbiosis") == ["symbiosis_replaced_share", "byproduct_share"]
    assert assumed_of("joint_export") == ["export_uplift", "value_added_share"]


def test_every_direction_of_the_programme_is_served_by_a_kind():
    assert {key for kind in project_kinds().values() for key in kind.directions} == set(directions())


@pytest.mark.parametrize("text", ["С5–В1", "c5-b1", " C5 – B1 ", "С5—В1"])
def test_a_direction_is_understood_however_it_is_typed(text):
    assert direction_key(text) == "С5–В1"


def test_what_cannot_pay_its_own_preparation_is_no_candidate():
    cost, one = project_kinds()["joint_purchase"].cost_low_rub, joint_purchase(volume=1.0).range_rub[1]
    assert worthwhile(joint_purchase(volume=1.01 * cost / one))
    assert not worthwhile(joint_purchase(volume=0.99 * cost / one))
    assert worthwhile(Candidate("symbiosis", 0, ((0, "donor"),), None, 0.5))


def test_what_a_maker_needs_itself_is_no_part_of_a_joint_project():
    """One plant needs all of the input and could make it: nobody else gains."""
    economy = small_economy()
    economy.recipe[MINERAL, PRODUCT] = 0.3
    columns = columns_of([Firm("1", {PRODUCT: 1.0}, output=LARGE), Firm("2", {MINERAL: 1.0}, region=1)], economy)
    gaps = region_gaps(columns, economy, Scope(0, np.ones(4, dtype=bool)))
    ground = Ground(columns, economy, gaps, [frozenset()] * 4, [], Decisions({}))
    assert others_part(ground, MINERAL, [(0, 0.9)]) == 0.0
    assert others_part(ground, MINERAL, []) == 1.0


def test_who_states_an_assumption_is_told_as_the_table_has_it():
    assert {key: text.msgid for key, text in STATED_BY.items()} == {
        key: assumption(key).source for key in ASSUMED if assumption(key).source != "assumed"
    }

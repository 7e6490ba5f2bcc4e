"""Who is named beside a gap, and what a gap is worth, in a register of a few firms."""

import numpy as np
import pytest

from matcher.gaps.links import missing_links
from matcher.gaps.regional import Scope, region_gaps
from matcher.gaps.scale import makers_output, processed
from matcher.gaps.who import chain_break, outside_makers, raw_materials, wholesalers
from matcher.index.economy import economy as bundled_economy
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
ALL = np.ones(4, dtype=bool)
MINER, PLANT, REPAIR = Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}), Firm("3", {SERVICE: 1.0})
FAR_MINER, TRADER = Firm("4", {MINERAL: 1.0}, region=1), Firm("5", {TRADE: 1.0}, region=1)


def gaps_of(firms, links=(), anchor=None):
    columns = columns_of(list(firms), ECONOMY, links)
    return columns, region_gaps(columns, ECONOMY, Scope(0, ALL, anchor))


def named(columns, rows):
    return [columns.inn_of(firm) for firm, _ in rows]


def test_the_only_miner_is_a_single_source_and_the_plant_stops_with_it():
    columns, found = gaps_of([MINER, PLANT, REPAIR])
    stop = found.stops[MINERAL]
    assert columns.inn_of(stop.firm) == "1"
    assert stop.share == 1.0
    # the plant cannot go on; repair is linear: it buys nothing of either
    assert stop.loss_high_rub == pytest.approx(PLANT.output)
    assert 0 <= stop.loss_low_rub < stop.loss_high_rub
    assert named(columns, stop.hit(columns, found.local, 5)) == ["2"]


def test_two_miners_of_one_size_are_no_single_source():
    _, found = gaps_of([MINER, Firm("6", {MINERAL: 1.0}), PLANT])
    assert MINERAL not in found.stops


def test_a_second_source_is_worth_something_where_there_is_no_gap():
    _, found = gaps_of([MINER, PLANT, REPAIR])
    assert found.gaps.gap[MINERAL] == 0
    assert found.worth_most(MINERAL) == "second_source"
    assert 0 < found.value.low[MINERAL] <= found.value.middle[MINERAL] <= found.value.high[MINERAL]


def test_the_value_of_a_gap_lies_in_its_range_and_an_estimated_output_widens_it():
    columns, found = gaps_of([PLANT, FAR_MINER])
    assert found.value.low[MINERAL] <= found.value.middle[MINERAL] <= found.value.high[MINERAL]
    assert found.gaps.demand[MINERAL] == pytest.approx(0.3 * PLANT.output)
    columns.output_kind[:] = 2
    wider = region_gaps(columns, ECONOMY, Scope(0, ALL))
    assert wider.demand_spread[MINERAL] > found.demand_spread[MINERAL]


def test_makers_and_wholesalers_elsewhere_are_named_for_a_missing_input():
    economy = small_economy()
    economy.through[TRADE, MINERAL] = 0.3
    columns = columns_of([PLANT, FAR_MINER, TRADER], economy)
    found = region_gaps(columns, economy, Scope(0, ALL))
    assert named(columns, outside_makers(columns, economy, found, MINERAL, 5)) == ["4"]
    assert named(columns, wholesalers(columns, economy, found, MINERAL, 5)) == ["5"]


def test_a_local_wholesaler_is_named_before_a_larger_one_far_away():
    economy = small_economy()
    economy.through[TRADE, MINERAL] = 0.3
    columns = columns_of([PLANT, Firm("5", {TRADE: 1.0}, output=9e9, region=1), Firm("7", {TRADE: 1.0})], economy)
    found = region_gaps(columns, economy, Scope(0, ALL))
    assert named(columns, wholesalers(columns, economy, found, MINERAL, 5)) == ["7", "5"]


def test_expected_trade_not_on_record_is_a_missing_link_and_recorded_trade_is_none():
    columns, found = gaps_of([MINER, PLANT])
    (link,) = missing_links(columns, ECONOMY, found, 5)
    assert (columns.inn_of(link.supplier), columns.inn_of(link.buyer), link.code) == ("1", "2", MINERAL)
    assert 0 < link.low_rub < link.expected_rub <= link.high_rub <= 0.3 * PLANT.output + 1
    columns, found = gaps_of([MINER, PLANT], [("1", "2")])
    assert missing_links(columns, ECONOMY, found, 5) == []


def test_firms_of_one_group_are_no_missing_link():
    columns, found = gaps_of([MINER, Firm("2", {PRODUCT: 1.0}, founders=("1",))])
    assert missing_links(columns, ECONOMY, found, 5) == []


def test_a_break_is_shown_from_raw_material_to_product():
    """The mineral is here, what is made of it is not, and a plant here needs that."""
    economy = small_economy()
    economy.recipe[PRODUCT, SERVICE] = 0.2
    economy.role[SERVICE] = "maker"
    columns = columns_of([MINER, Firm("3", {SERVICE: 1.0})], economy)
    found = region_gaps(columns, economy, Scope(0, ALL))
    assert found.gaps.broken_chain[PRODUCT]
    assert chain_break(economy, found, PRODUCT) == (MINERAL, PRODUCT, SERVICE)
    assert chain_break(economy, found, MINERAL) is None


def test_a_machine_is_raw_material_of_machines_alone():
    """A farm buys tractors and works up none; a works of instruments works up electronic parts."""
    whole = bundled_economy()
    tractors, chips, instruments, flax = map(whole.codes.index, ("28.30", "26.11", "26.51", "01.16"))
    assert not raw_materials(whole, flax)[tractors]
    assert raw_materials(whole, instruments)[chips]


def test_sizes_of_makers_are_those_certain_of_the_code_if_there_are_any():
    firms = [Firm("1", {MINERAL: 1.0}, output=3e6), Firm("2", {MINERAL: 1.0}, output=5e6, confidence=0.2)]
    assert makers_output(columns_of(firms, ECONOMY))[MINERAL].tolist() == [3e6]
    assert makers_output(columns_of(firms[1:], ECONOMY))[MINERAL].tolist() == [5e6]


def test_only_what_factories_of_other_activities_work_on_can_leave_unprocessed():
    flags = processed(ECONOMY)
    assert flags[MINERAL], "the plant works on it"
    assert not flags[SERVICE], "a service is no good"
    assert not flags[PRODUCT], "no factory takes it"

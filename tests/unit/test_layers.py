"""Layered drawings: links lead onward, nodes have their room, crossings are few; ways are the best there are."""

import time
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layers import BEND_ROOM, crossings, layers, layout
from graph.paths import way

nodes = st.integers(0, 7)
some_links = st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=14)
heights = st.lists(st.floats(1, 6), min_size=8, max_size=8).map(lambda drawn: dict(enumerate(drawn)))


@given(some_links, heights)
def test_a_link_leads_to_a_later_layer_unless_it_goes_against_the_height(links, height):
    layer = layers(links, height)
    assert set(layer) == set(height)
    for one, other in links:
        assert layer[one] != layer[other]
        if height[one] > height[other]:
            assert layer[one] < layer[other]
        if height[one] < height[other]:
            assert layer[one] > layer[other]


@given(some_links, heights)
def test_nodes_and_bends_have_their_room_and_every_route_goes_layer_by_layer(links, height):
    drawn = layout(links, height)
    rows = {}
    for node, number in drawn.layer.items():
        rows.setdefault(number, []).append((drawn.place[node], 1.0))
    for route in drawn.routes:
        for number, place in route:
            rows.setdefault(number, []).append((place, BEND_ROOM))
    for row in rows.values():
        for (one, room), (other, next_room) in pairwise(sorted(row)):
            assert other - one >= (room + next_room) / 2 - 1e-6
    for (one, other), route in zip(links, drawn.routes, strict=True):
        way_there = [drawn.layer[one], *(number for number, _ in route), drawn.layer[other]]
        assert {abs(a - b) for a, b in pairwise(way_there)} == {1}
    assert min(drawn.place.values()) >= -1e-9


def test_the_order_of_two_crossed_pairs_is_mended():
    links = [(0, 5), (1, 4), (2, 3)]
    drawn = layout(links, {0: 2.0, 1: 2.0, 2: 2.0, 3: 1.0, 4: 1.0, 5: 1.0})
    order = [sorted((0, 1, 2), key=drawn.place.get), sorted((3, 4, 5), key=drawn.place.get)]
    assert crossings(order, links) == 0


@given(st.permutations(range(4)), st.sets(st.tuples(st.integers(0, 3), st.integers(4, 7)), min_size=1))
def test_crossings_are_counted_pair_by_pair(first, steps):
    order = [list(first), [4, 5, 6, 7]]
    found = sum(
        (order[0].index(a) - order[0].index(c)) * (order[1].index(b) - order[1].index(d)) < 0
        for (a, b), (c, d) in combinations(sorted(steps), 2)
    )
    assert crossings(order, steps) == found


def test_nothing_is_drawn_of_nothing():
    drawn = layout([], {})
    assert (drawn.layers, drawn.height) == (0, 0.0)


def test_a_large_picture_is_laid_out_in_no_time():
    random = np.random.default_rng(7)
    links = {(int(a), int(b)) for a, b in random.integers(0, 80, (150, 2)) if a != b}
    height = {node: float(random.random()) for node in range(80)}
    began = time.process_time()
    drawn = layout(sorted(links), height)
    assert drawn.layers > 3
    assert time.process_time() - began < 0.5


# ways

amounts = st.floats(1, 1e9)
some_sales = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] != pair[1]), amounts, max_size=12
)


def lengths(sales, start, end):
    """Lengths of all ways along sales that visit no firm twice."""
    others = [node for node in range(5) if node not in (start, end)]
    for count in range(4):
        for between in permutations(others, count):
            steps = list(pairwise((start, *between, end)))
            if all(step in sales for step in steps):
                yield sum(1 / sales[step] for step in steps)


@given(some_sales, st.integers(0, 4), st.integers(0, 4))
def test_the_way_is_the_shortest_of_all(sales, start, end):
    if start == end:
        return
    found = way([(a, b, rub) for (a, b), rub in sales.items()], start, end)
    along = list(lengths(sales, start, end))
    either = {pair: max(sales.get(pair, 0), sales.get(pair[::-1], 0)) for pair in [*sales, *(p[::-1] for p in sales)]}
    around = list(lengths(either, start, end))
    if not around:
        assert found is None
        return
    used, best = (sales, along) if along else (either, around)
    assert found.along == bool(along)
    assert (found.firms[0], found.firms[-1]) == (start, end)
    assert sum(1 / used[step] for step in pairwise(found.firms)) == pytest.approx(min(best))


def test_nobody_leads_nowhere():
    assert way([], 1, 2) is None
    assert way([(1, 2, 0.0)], 1, 2) is None

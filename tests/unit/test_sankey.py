"""The picture of sales: bands that carry what the flows say, stacked without overlap, in the order of both sides."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sankey import HEIGHT, MOST_BANDS, bands, sankey

NODES = [
    {"key": "raw", "name": "Raw materials of every kind and origin", "stage": "raw_material", "side": None},
    {"key": "made", "name": "Products", "stage": "finished_product", "side": None},
    {"key": "sold", "name": "Sales", "stage": "supply", "side": "sales_support"},
    {"key": "others", "name": "Others"},
    {"key": "beyond", "name": "Beyond"},
]
KEYS = [node["key"] for node in NODES]


def link(source, target, observed, inferred):
    return {"source": source, "target": target, "observed_rub": observed, "inferred_rub": inferred}


amounts = st.one_of(st.just(0), st.integers(1, 10**12))
some_links = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)),
    st.tuples(amounts, amounts).filter(any),
    min_size=1,
).map(lambda drawn: [link(*ends, *values) for ends, values in drawn.items()])


@given(some_links, st.booleans())
def test_bars_hold_their_bands_and_never_overlap(links, inside):
    drawn = sankey({"nodes": NODES, "links": links}, inside)
    kept = [each for each in links if not inside or {each["source"], each["target"]} <= {"raw", "made", "sold"}]
    assert (drawn is None) == (not kept)
    if drawn is None:
        return
    assert len(drawn.bands) == len(kept)
    for side, end in ((drawn.sellers, "source"), (drawn.buyers, "target")):
        assert {bar.key for bar in side} == {each[end] for each in kept}
        for bar in side:
            carried = [each for each in kept if each[end] == bar.key]
            assert bar.rub == sum(each["observed_rub"] + each["inferred_rub"] for each in carried)
            assert bar.height >= bar.rub * HEIGHT / sum(other.rub for other in side) - 0.1
        for above, below in itertools.pairwise(side):
            assert above.y + above.height < below.y
        assert side[-1].y + side[-1].height <= drawn.height


@given(some_links)
def test_bands_of_a_bar_lie_end_to_end(links):
    drawn = sankey({"nodes": NODES, "links": links}, False)
    for bar in drawn.sellers:
        own = [band for band in drawn.bands if band.link["source"] == bar.key]
        edges = sorted(
            (float(start), float(bottom))
            for band in own
            for start, bottom in re.findall(r"M0 ([\d.]+)C.*? 0 ([\d.]+)Z", f"{band.observed} {band.inferred}")
        )
        assert edges[0][0] == pytest.approx(bar.y, abs=0.15)
        assert edges[-1][1] == pytest.approx(bar.y + bar.height, abs=0.15)
        assert all(one[1] == pytest.approx(other[0], abs=0.25) for one, other in itertools.pairwise(edges))


def test_what_comes_in_stands_above_and_what_leaves_below():
    links = [link("beyond", "raw", 0, 5), link("raw", "beyond", 0, 5), link("raw", "made", 5, 0)]
    drawn = sankey({"nodes": NODES, "links": links}, False)
    assert [bar.key for bar in drawn.sellers] == ["beyond", "raw"]
    assert [bar.key for bar in drawn.buyers] == ["raw", "made", "beyond"]
    assert [bar.heading is None for bar in drawn.buyers] == [False, False, False]
    assert drawn.sellers[1].lines == ("Raw materials of every kind", "and origin")


def test_of_many_flows_the_largest_are_drawn_and_the_rest_is_told():
    nodes = [{"key": str(number), "name": str(number), "stage": "supply", "side": None} for number in range(9)]
    links = [link(str(number // 9), str(number % 9), 0, 100 - number) for number in range(81)]
    drawn = sankey({"nodes": nodes, "links": links}, False)
    assert len(drawn.bands) == MOST_BANDS
    assert drawn.left_out == 81 - MOST_BANDS
    assert drawn.left_out_rub == sum(100 - number for number in range(MOST_BANDS, 81))


def test_a_band_is_drawn_in_two_parts():
    band = next(iter(bands([link("raw", "made", 60, 40)], *_sides(), 1.0)))
    assert band.observed.startswith("M0 ")
    assert band.inferred.startswith("M0 ")
    assert band.stage == "raw_material"


def _sides():
    drawn = sankey({"nodes": NODES, "links": [link("raw", "made", 60, 40)]}, False)
    return drawn.sellers, drawn.buyers

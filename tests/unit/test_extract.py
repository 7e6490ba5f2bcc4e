"""The part of a network that is drawn: the largest links, those around a firm, and every step of a way."""

import numpy as np

from api.layered import BOX_WIDTH, drawing
from graph.paths import Way
from matcher.gaps.extract import extract, way_rows
from matcher.gaps.network import Links


def links_of(*sales):
    supplier, buyer, rub = (np.array(column) for column in zip(*sales, strict=True))
    order = np.argsort(-rub)
    nothing = np.zeros(len(rub), dtype=bool)
    return Links(
        supplier[order], buyer[order], rub[order].astype(float), np.zeros(len(rub), dtype=int), nothing, nothing
    )


LINKS = links_of((0, 1, 90), (1, 2, 80), (2, 0, 70), (3, 4, 60), (4, 0, 50), (5, 6, 40))


def pairs(rows):
    return [(int(LINKS.supplier[row]), int(LINKS.buyer[row])) for row in rows]


def test_the_largest_are_drawn():
    assert pairs(extract(LINKS, 2)) == [(0, 1), (1, 2)]
    assert len(extract(LINKS, 100)) == 6


def test_around_a_firm_its_own_links_come_before_those_of_its_partners():
    assert pairs(extract(LINKS, 2, firm=4)) == [(3, 4), (4, 0)]
    assert pairs(extract(LINKS, 9, firm=1)) == [(0, 1), (1, 2), (2, 0)]
    assert pairs(extract(LINKS, 9, firm=9)) == []


def test_a_way_is_drawn_whole_and_alone_unless_one_looks_around_a_firm():
    there = Way((3, 4, 0, 1), True)
    assert pairs(extract(LINKS, 1, way=there)) == [(0, 1), (3, 4), (4, 0)]
    assert pairs(way_rows(LINKS, there.firms)) == [(3, 4), (4, 0), (0, 1)]
    assert pairs(way_rows(LINKS, (1, 0, 4))) == [(0, 1), (4, 0)]
    assert (5, 6) in pairs(extract(LINKS, 1, firm=5, way=there))


def a_node(inn, distance):
    return {"inn": inn, "name": f"Firm {inn}", "distance_from_use": distance}


def test_a_supplier_is_drawn_left_of_its_buyer_and_an_arrow_ends_at_the_buyer():
    nodes = [a_node("1", 1.0), a_node("2", 3.0), a_node("3", 2.0)]
    items = [
        {"supplier": {"inn": one}, "buyer": {"inn": other}, "rub": rub, "kind": "expected", "on_way": False}
        for one, other, rub in (("2", "3", 100), ("3", "1", 50), ("2", "1", 10), ("1", "2", 5))
    ]
    drawn = drawing({"nodes": nodes, "items": items})
    left = {box.node["inn"]: box.x for box in drawn.boxes}
    assert left["2"] < left["3"] < left["1"]
    assert drawn.curves[0].head.startswith(f"M{left['3']:g} ")
    assert drawn.curves[3].head.startswith(f"M{left['2'] + BOX_WIDTH:g} "), (
        "a link that runs back ends at the right side"
    )
    assert [curve.stroke for curve in drawn.curves] == sorted((curve.stroke for curve in drawn.curves), reverse=True)
    assert drawing({"nodes": [], "items": []}) is None

"""Lists of the API page by page: all pages are the whole list, also while rows are added and taken away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from matcher.report.paging import in_order, part_of
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from tests.conftest import small_register
from tests.programs import OWN, program

ARNEST, SACKS = "2631006752", "2635000014"
#: Addresses of lists, and how many items a small page of each has.
LISTS = [
    ("/companies?sort=name", 4),
    ("/companies?sort=inn", 1),
    ("/companies?sort=output_rub&region=26", 7),
    ("/companies?cluster=chemical", 7),
    (f"/suppliers?inn={OWN}&sort=-score", 4),
    (f"/suppliers?inn={OWN}&sort=distance_km", 7),
    (f"/suppliers?inn={OWN}&sort=-expected_value_rub", 7),
    (f"/buyers?inn={SACKS}", 2),
    ("/buyers?okved=22.22&sort=distance_km", 7),
    ("/gaps?cluster=chemical", 40),
    ("/gaps?sort=okved_code", 90),
    ("/gaps?sort=-demand_rub", 90),
    ("/projects?sort=varied", 60),
    ("/projects?sort=-score", 60),
]


def every(client, path, top):
    """Yield the items of every page of a list."""
    sign = "&" if "?" in path else "?"
    cursor, seen = "", 0
    while cursor is not None:
        told = client.get(f"{path}{sign}top={top}&cursor={cursor}")
        assert told.status_code == 200, told.text
        assert len(told.json["items"]) <= top
        assert ("Link" in told.headers) == (told.json["next_cursor"] is not None)
        seen += len(told.json["items"])
        yield from told.json["items"]
        cursor = told.json["next_cursor"]
    assert seen <= told.json["total"]


def name_of(item):
    return item.get("id") or item.get("inn") or item["okved_code"]


def company(nine: str) -> str:
    """Return a row of a company that sells like the fourth of the five."""
    return (
        f"{nine}{inn_check_digit(nine, INN_WEIGHTS_10)};Новая {nine};22.22;26;Ставрополь;{int(nine) % 977}000000;2016\n"
    )


def add(settings, folder: Path, nines) -> None:
    sheet = folder / f"more-{'-'.join(nines)[:60]}.csv"
    sheet.write_text("inn;name;okved_main;region_code;city;revenue_rub;year\n" + "".join(map(company, nines)), "utf-8")
    assert import_one(Workspace(settings), str(sheet), None, False, False)["added"] == len(nines)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A client of a register of twenty-five companies."""
    from api.app import create_app

    folder = tmp_path_factory.mktemp("many")
    settings = small_register(folder)
    add(settings, folder, [f"26350{number:04}" for number in range(100, 120)])
    return program(create_app(settings))


@pytest.mark.parametrize(("path", "top"), LISTS)
def test_all_pages_are_the_whole_list(many, path, top):
    whole = [name_of(item) for item in every(many, path, 200)]
    found = [name_of(item) for item in every(many, path, top)]
    assert len(whole) == len(set(whole)) > 0
    assert sorted(found) == sorted(whole)
    if "varied" not in path:  # a varied choice is ordered within each page
        assert found == whole


def test_ranks_go_on_from_page_to_page(many):
    ranks = [item["rank"] for item in every(many, f"/suppliers?inn={OWN}", 6)]
    assert ranks == list(range(1, len(ranks) + 1))


@pytest.mark.parametrize("path", ["/companies?sort=inn", "/companies?sort=name", "/companies", f"/suppliers?inn={OWN}"])
def test_a_list_stays_whole_while_companies_come(small_settings, tmp_path, path):
    from api.app import create_app

    client = program(create_app(small_settings))
    before = {name_of(item) for item in every(client, path, 200)}
    found, cursor, batch = [], "", 0
    while cursor is not None:
        told = client.get(f"{path}{'&' if '?' in path else '?'}top=2&cursor={cursor}").json
        found += [name_of(item) for item in told["items"]]
        cursor, batch = told["next_cursor"], batch + 1
        if batch <= 3:
            add(small_settings, tmp_path, [f"26350{number:04}" for number in (batch * 10, batch * 10 + 5)])
    assert len(found) == len(set(found))
    assert before <= set(found)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "e30", "я"])
def test_a_made_up_cursor_is_refused(many, cursor):
    told = many.get("/companies", query_string={"cursor": cursor})
    assert (told.status_code, told.json["errors"][0]["parameter"]) == (400, "cursor")


def test_a_cursor_is_of_its_list_alone(many):
    cursor = many.get("/companies?top=2").json["next_cursor"]
    assert many.get(f"/companies?top=9&lang=ru&cursor={cursor}").status_code == 200
    assert many.get(f"/companies?region=26&cursor={cursor}").status_code == 400
    assert many.get(f"/gaps?cursor={cursor}").status_code == 400


def test_companies_are_narrowed_by_activity_and_size(many):
    sacks = many.get("/companies?okved=22.22&top=200").json
    assert sacks["total"] == 21
    assert many.get("/companies?okved=22&top=1").json["total"] == 21
    assert many.get("/companies?category=large").json["total"] == 0


def test_pages_of_a_log_of_decisions(many):
    for verdict in ("accept", "later", "decline", "accept", "later"):
        many.post(f"/decisions/{SACKS}/{OWN}", json={"decision": verdict})
    found = []
    for item in every(many, "/decisions", 2):
        found.append(item["decision"])
        if len(found) == 2:
            many.post(f"/decisions/{SACKS}/{ARNEST}", json={"decision": "accept"})
    assert found == ["later", "accept", "decline", "later", "accept"]


ROWS = st.lists(st.tuples(st.integers(0, 3), st.text("abcdef", min_size=1, max_size=3)), unique_by=lambda row: row[1])


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ROWS, st.integers(1, 4))
def test_what_stays_is_met_once_whatever_comes_and_goes(stay, passing, top):
    """Rows that stay come once and in order, while others come and go before every page."""
    names = {name for _, name in stay}
    passing = [row for row in passing if row[1] not in names]
    found, after, turn = [], None, 0
    while turn == 0 or after is not None:
        here = [*stay, *(row for at, row in enumerate(passing) if (at + turn) % 2)]
        values = np.array([value for value, _ in here], dtype=float)
        called = np.array([name for _, name in here], dtype=np.str_)
        part = part_of(in_order(values, called), values, called, after, top)
        found += [here[row] for row in part.rows]
        after, turn = part.next, turn + 1
    assert [row for row in found if row[1] in names] == sorted(stay)
    assert len({name for _, name in found}) == len(found)

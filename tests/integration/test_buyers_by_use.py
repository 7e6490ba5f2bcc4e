"""Buyers as the page and the command show them: who would use it, and who would sell it on; one list on demand."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from api.cli import zveno
from matcher.cli.main import run
from tests.integration.test_api_pages import headings, page_of

ARNEST, NAMED = "2631006752", r"/explain\?supplier=\d+&(?:amp;)?buyer=(\d+)"
TITLES = {"ru": ("Кому нужно самим", "Кто перепродаст"), "en": ("Who would use it", "Who would sell it on")}


def inns(items):
    return [item["inn"] for item in items]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_tells_them_apart_and_in_one_list_on_demand(demo, lang):
    found = demo.get(f"/api/v1/buyers?inn={ARNEST}&top=5").json
    assert (len(found["users"]), len(found["channels"])) == (5, 3)
    apart = page_of(demo, f"/buyers?inn={ARNEST}&top=5", lang)
    assert {"users", "channels"} <= set(headings(apart))
    assert all(title in apart for title in TITLES[lang])
    assert re.findall(NAMED, apart) == inns([*found["users"], *found["channels"]])
    flat = page_of(demo, f"/buyers?inn={ARNEST}&top=5&flat=1", lang)
    assert "channels" not in headings(flat)
    assert re.findall(NAMED, flat) == inns(found["items"])


def test_the_switch_keeps_what_was_asked(demo):
    asked = f"/buyers?inn={ARNEST}&top=5&region=77"
    there = next(link for link in re.findall(r'href="(/buyers\?[^"]*flat=1[^"]*)"', page_of(demo, asked, "en")))
    assert {"region=77", "top=5"} <= set(there.replace("&amp;", "&").partition("?")[2].split("&"))
    back = re.findall(r'href="(/buyers\?[^"]*)"', page_of(demo, there.replace("&amp;", "&"), "en"))
    assert any("region=77" in link and "flat" not in link for link in back)


def test_makers_alone_leave_no_trader(demo):
    found = demo.get(f"/api/v1/buyers?inn={ARNEST}&top=50&makers_only=1").json
    assert found["users"] == found["channels"] == []
    assert "channel" not in {item["layer"] for item in found["items"]}
    assert "resells" in {miss["rule"] for miss in found["near_misses"]}


def test_a_later_part_of_the_list_is_one_list(demo):
    first = demo.get(f"/api/v1/buyers?inn={ARNEST}&top=5").json
    then = demo.get(f"/api/v1/buyers?inn={ARNEST}&top=5&cursor={first['next_cursor']}").json
    assert (then["users"], then["channels"], then["stated"]) == ([], [], [])
    assert [item["rank"] for item in then["items"]] == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_command_tells_them_apart(demo_settings, capsys, lang):
    known = ["--db", demo_settings.database_url, "--lang", lang, "--top", "3"]
    assert run(zveno, ["buyers", ARNEST, *known]) == 0
    out = capsys.readouterr().out
    users, channels = TITLES[lang]
    assert out.index(users) < out.index(channels)
    assert "--flat" in out
    assert run(zveno, ["buyers", ARNEST, "--flat", *known]) == 0
    assert channels not in capsys.readouterr().out


def test_the_workbook_has_them_as_sheets(demo):
    answer = demo.get(f"/buyers.xlsx?inn={ARNEST}&top=5", headers={"Accept-Language": "en"})
    book = load_workbook(io.BytesIO(answer.data))
    found = demo.get(f"/api/v1/buyers?inn={ARNEST}&top=5").json
    for title, part in zip(TITLES["en"], ("users", "channels"), strict=True):
        assert [row[2] for row in list(book[title].values)[1:]] == inns(found[part])

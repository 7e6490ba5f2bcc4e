"""A published value-chain table against its totals, against what is possible, and against the register."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.store_databases import url_in

CASES = Path(__file__).parents[1] / "cases"
CHAIN, TOTALS = CASES / "published_chain.csv", CASES / "published_totals.csv"


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments, "--db", url_in(tmp_path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def answer(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    done = run(tmp_path, "reconcile", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_the_programmes_table_disagrees_with_its_totals_where_it_does(tmp_path: Path) -> None:
    totals = answer(tmp_path, str(CHAIN), "--totals", str(TOTALS))["totals"]
    assert [(t["scope"], t["column"], t["computed"], t["stated"], t["agrees"]) for t in totals] == [
        ("core", "companies", 391, 391, True),
        ("core", "legal_entities", 134, 160, False),
        ("core", "workers_2019", 9303, 9300, True),
        ("core", "revenue_2018_bn_rub", 112.323, 110.7, False),
        ("support", "companies", 1639, 1639, True),
        ("support", "legal_entities", 507, 457, False),
        ("support", "workers_2019", 5198, 5198, True),
        ("support", "revenue_2018_bn_rub", 84.615, 86.6, False),
    ]


def test_more_legal_entities_than_companies_is_impossible(tmp_path: Path) -> None:
    (row,) = answer(tmp_path, str(CHAIN), "--lang", "en")["impossible"]
    assert (row["line"], row["segment"]) == (15, "Технические испытания")
    assert "80" in row["rule"]
    assert "52" in row["rule"]


def test_every_segment_stands_beside_the_register(tmp_path: Path) -> None:
    rows = answer(tmp_path, str(CHAIN))["register"]
    assert len(rows) == 16 * 3
    assert {row["column"] for row in rows} == {"companies", "workers", "revenue_rub"}
    wholesale = next(r for r in rows if r["segment"].startswith("Оптовая") and r["column"] == "revenue_rub")
    assert wholesale["published"] == 60_610_000_000


def test_the_register_is_counted_now(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text("inn;okved_main;workers;year\n2631015563;20.30;41;2023\n", encoding="utf-8")
    assert run(tmp_path, "import", str(table)).returncode == 0
    rows = answer(tmp_path, str(CHAIN))["register"]
    paints = {r["column"]: r["register"] for r in rows if r["segment"] == "Краски, лаки и клеи"}
    assert (paints["companies"], paints["workers"]) == (1, 41)


@pytest.mark.parametrize(
    ("table", "totals", "said"),
    [
        ("segment,companies\na,1\n", None, ["stage"]),
        ("stage,segment,companies\nsupply,a,сто\n", None, ["line 2", "companies", "сто"]),
        ("stage,segment,companies\n", None, ["no rows"]),
        ("stage,segment,companies\nsupply,a,1\n", "scope,stages,companies\nall,other,1\n", ["line 2", "other"]),
        ("stage,segment,companies\nsupply,a,1\n", "stages,companies\nsupply,1\n", ["scope"]),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, table: str, totals: str | None, said: list[str]) -> None:
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    arguments = [str(tmp_path / "t.csv"), "--lang", "en"]
    if totals is not None:
        (tmp_path / "s.csv").write_text(totals, encoding="utf-8")
        arguments += ["--totals", str(tmp_path / "s.csv")]
    done = run(tmp_path, "reconcile", *arguments)
    assert done.returncode == 1
    assert all(word in done.stderr for word in said), done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "reconcile", str(tmp_path / "none.csv"), "--lang", "en")
    assert done.returncode == 1
    assert "none.csv" in done.stderr

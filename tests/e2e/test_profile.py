"""`zveno chain --profile`: dynamics and structure of a cluster on the command line and in a workbook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.firms_by_year import YEARS, write_firms


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    database = f"sqlite:///{folder / 'a.db'}"
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments, "--db", database]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("profile")
    write_firms(place / "firms.csv")
    done = run(place, "import", str(place / "firms.csv"), "--sole-traders")
    assert done.returncode == 0, done.stderr
    return place


def profile(folder: Path, *arguments: str) -> dict[str, Any]:
    done = run(folder, "chain", "--profile", "--region", "26", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_segments_sum_to_stages_and_stages_to_the_cluster(folder: Path) -> None:
    document = profile(folder)
    told = document["profile"]
    assert (told["years"], told["prices"], len(document["rows"])) == (list(YEARS), "nominal", 16)
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for scope in told["scopes"]:
        by_kind.setdefault(scope["scope"], []).append(scope)
    assert {kind: len(scopes) for kind, scopes in by_kind.items()} == {
        "cluster": 1, "core": 1, "stage": 3, "segment": 16,
    }  # fmt: skip
    (whole,) = by_kind["cluster"]
    assert (whole["legal_entities"], whole["sole_traders"]) == (7, 2)
    for kind in ("stage", "segment"):
        assert sum(scope["firms"] for scope in by_kind[kind]) == whole["firms"]
        for number in range(len(YEARS)):
            rows = [scope["measures"]["revenue_rub"]["years"][number] for scope in by_kind[kind]]
            assert sum(row["value"] or 0 for row in rows) == whole["measures"]["revenue_rub"]["years"][number]["value"]


def test_a_firm_new_in_the_figures_is_no_growth(folder: Path) -> None:
    (paints,) = profile(folder, "--segment", "paints_varnishes_adhesives")["profile"]["scopes"]
    revenue = paints["measures"]["revenue_rub"]
    assert [row["value"] for row in revenue["years"]] == [300e6, 330e6, 1330e6]
    assert [panel["growth"] for panel in revenue["panels"]] == [0.1, 0.0]
    assert [panel["index"] for panel in revenue["panels"]] == [110.0, 110.0]


def test_years_can_be_chosen(folder: Path) -> None:
    told = profile(folder, "--years", "2017-2030")["profile"]
    assert told["years"] == [2017, 2018]
    assert profile(folder, "--years", "1999")["profile"]["year"] is None


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("more", [(), ("--segment", "paints_varnishes_adhesives"), ("--years", "1999")])
def test_a_profile_is_printed_in_both_languages(folder: Path, lang: str, more: tuple[str, ...]) -> None:
    done = run(folder, "chain", "--profile", "--region", "26", "--lang", lang, *more)
    assert done.returncode == 0, done.stderr
    assert ("Dynamics" in done.stdout or "No firm" in done.stdout) == (lang == "en")
    assert "None" not in done.stdout
    assert "nan" not in done.stdout


def test_the_tables_go_to_a_workbook(folder: Path) -> None:
    out = folder / "profile.xlsx"
    done = run(folder, "chain", "--profile", "--region", "26", "--lang", "en", "--out", str(out))
    assert done.returncode == 0, done.stderr
    book = load_workbook(out, read_only=True)
    assert book.sheetnames == ["overview", "by year", "sizes", "ages", "concentration", "notes"]
    rows = list(book["by year"].iter_rows(values_only=True))
    assert rows[0][:5] == ("segment", "table", "year", "all firms with the figure", "number of firms")
    assert ("the cluster in all", "revenue", 2018, 2_435_000_000, 7) in [row[:5] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--profile", "--segment", "nonsense"), "nonsense"),
        (("--profile", "--segment", "crop_growing"), "crop_growing"),
        (("--profile", "--years", "2018-2016"), "2018-2016"),
        (("--profile", "--years", "всегда"), "всегда"),
        (("--years", "2018"), "--profile"),
        (("--profile", "--graphml", "x.graphml"), "--graphml"),
    ],
)
def test_what_cannot_be_asked_is_told(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(folder, "chain", "--lang", "en", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

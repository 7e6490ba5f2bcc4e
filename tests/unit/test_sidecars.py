import importlib.util
import json
from pathlib import Path

import pytest

from models.resources import data_folder, sidecar_path

ROOT = Path(__file__).parents[2]
TEXTS = (".csv", ".csv.gz", ".geojson")


def load_tool():
    spec = importlib.util.spec_from_file_location("sidecar", ROOT / "tools" / "sidecar.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sidecar = load_tool()
TABLES = sorted(path for path in data_folder().rglob("*") if path.name.endswith((*TEXTS, ".npz")))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: str(path.relative_to(data_folder())))
def test_the_sidecar_tells_the_truth_about_its_table(table):
    assert sidecar.problems(table) == []


@pytest.mark.parametrize(
    "table",
    [path for path in TABLES if path.name.endswith(TEXTS)],
    ids=lambda path: str(path.relative_to(data_folder())),
)
def test_tables_are_utf8_with_plain_line_ends(table):
    with sidecar.open_text(table) as file:
        head = file.read(100_000)
    assert not head.startswith("\ufeff")
    assert "\r\n" not in head


def test_no_sidecar_is_left_without_its_table():
    described = {sidecar_path(table) for table in TABLES}
    assert set(data_folder().rglob("*.yml")) <= described


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('a,b\n1,"two\nlines"\n', encoding="utf-8")
    text = sidecar.skeleton(path).replace("TODO", "filled in")
    sidecar_path(path).write_text(text, encoding="utf-8")
    return path


def test_a_true_sidecar_has_no_problems(table):
    assert sidecar.problems(table) == []


def test_a_changed_table_is_noticed_and_refreshed(table):
    table.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    assert len(sidecar.problems(table)) == 2
    sidecar.refresh(table)
    assert sidecar.problems(table) == []


def test_a_changed_header_is_left_to_a_person(table):
    table.write_text("a,c\n1,2\n", encoding="utf-8")
    assert sidecar.main([str(table)]) == 1


def test_a_missing_sidecar_is_a_problem(table, capsys):
    sidecar_path(table).unlink()
    assert sidecar.problems(table) == ["no sidecar"]
    assert sidecar.main([str(table)]) == 0
    assert "sha256" in capsys.readouterr().out


def test_features_are_the_rows_of_a_map(tmp_path):
    path = tmp_path / "x.geojson"
    feature = {"type": "Feature", "properties": {"district": "А"}, "geometry": None}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, feature]}), encoding="utf-8")
    assert sidecar.header_and_rows(path) == (["district"], 2)

"""Published tables that are not as expected: the build names file, row and label, and leaves the matrix as it was."""

import csv
import gzip
import io
import shutil

import pytest
import yaml

from matcher.pipeline.coefficients.build import build
from models import resources
from models.errors import SourceDrift
from models.resources import data_folder, open_text, read_table, sha256_of, sidecar_path

USE = "reference/rosstat_use_2016.csv.gz"
OUTPUT = "reference/rosstat_output_2016.csv"
OLD = b"the matrix of before"


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """Return a copy of the bundled data in which a test may spoil a table; sidecars follow, as for a new edition."""
    shutil.copytree(data_folder() / "reference", tmp_path / "reference")
    monkeypatch.setattr(resources, "data_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "technical_coefficients_columns.npz").write_bytes(OLD)
    return folder


def spoil(bundled, name, change):
    """Rewrite a table's rows by ``change`` and describe it anew in its sidecar."""
    path = bundled / name
    with open_text(path) as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO(newline="")
    new = change(rows)
    writer = csv.DictWriter(text, list(new[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(new)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content, mtime=0) if name.endswith(".gz") else content)
    sidecar = sidecar_path(path)
    document = yaml.safe_load(sidecar.read_text(encoding="utf-8")) | {"sha256": sha256_of(path)}
    sidecar.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def at(number, **values):
    """Change one row; ``number`` counts lines of the file, the header being the first."""
    return lambda rows: [row | values if line == number else row for line, row in enumerate(rows, start=2)]


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (USE, at(5, supply_code="24.99"), ("rosstat_use_2016.csv.gz, line 5", "24.99")),
        (USE, at(7, buyer_code="ИТОГО"), ("rosstat_use_2016.csv.gz, line 7", "ИТОГО")),
        (USE, at(9, purchaser_mln_rub="-3"), ("rosstat_use_2016.csv.gz, line 9", "purchaser_mln_rub", "-3")),
        (USE, at(9, purchaser_mln_rub="n/a"), ("rosstat_use_2016.csv.gz, line 9", "n/a")),
        (OUTPUT, at(4, output_mln_rub="-100"), ("rosstat_output_2016.csv, line 4", "-100")),
        (OUTPUT, at(3, code="24.6 without 24.61"), ("rosstat_output_2016.csv, line 3", "24.6 without 24.61")),
        (OUTPUT, at(3, code="98.7"), ("rosstat_output_2016.csv, line 3", "98.7")),
        (USE, lambda rows: [{"supply_code": r["supply_code"], "buyer_code": r["buyer_code"]} for r in rows],
         ("rosstat_use_2016.csv.gz", "purchaser_mln_rub")),
        ("reference/rosstat_use_2011.csv.gz", at(6, supply_code="24.99"), ("rosstat_use_2011.csv.gz, line 6", "24.99")),
        ("reference/rosstat_final_use_2016.csv.gz",
         lambda rows: [row | {"value_mln_rub": "-1"} if row["category_code"] == "P51" else row for row in rows],
         ("rosstat_final_use_2016.csv.gz, line", "-1")),
        ("reference/okved1_to_okved2.csv", lambda rows: [r for r in rows if not r["okved1_code"].startswith("16")],
         ("rosstat_output_2016.csv, line", "'16'")),
        ("reference/okved1_to_okved2.csv", lambda rows: [r for r in rows if r["okved2_code"] != "86.10"], ("86.10",)),
        ("reference/input_keys.csv", at(2, supply_prefix="99.99"), ("input_keys.csv", "99.99")),
        ("reference/typical_inputs.csv", at(2, supply_okved="99.99"), ("typical_inputs.csv", "99.99")),
        ("reference/group_inputs.csv", at(2, supply_okved="99.99"), ("group_inputs.csv", "99.99")),
        ("reference/group_inputs.csv", at(2, buyer_okved="01.10"), ("group_inputs.csv", "01.10")),
    ],
)  # fmt: skip
def test_a_table_not_as_published_is_named_and_the_matrix_stays(bundled, out, name, change, told):
    spoil(bundled, name, change)
    with pytest.raises(SourceDrift) as caught:
        build(out)
    for part in told:
        assert part in str(caught.value)
    assert [path.name for path in out.iterdir()] == ["technical_coefficients_columns.npz"]
    assert (out / "technical_coefficients_columns.npz").read_bytes() == OLD


def test_a_missing_table_is_named(bundled, out):
    (bundled / USE).unlink()
    with pytest.raises(SourceDrift, match=r"rosstat_use_2016\.csv\.gz"):
        build(out)
    assert (out / "technical_coefficients_columns.npz").read_bytes() == OLD


def test_a_table_changed_without_its_sidecar_is_named(bundled, out):
    path = bundled / OUTPUT
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SourceDrift, match=r"rosstat_output_2016\.csv"):
        build(out)


def test_at_basic_prices_trade_would_seem_to_supply_everybody():
    """Why the symmetric table, which is at basic prices, is not used: the margin is a purchase from trade there."""
    rows = list(read_table(USE))

    def share_of_trade(column):
        bought = [(row["supply_code"][:2] in {"50", "51", "52"}, float(row[column] or 0)) for row in rows]
        return sum(value for traded, value in bought if traded) / sum(value for _, value in bought)

    assert share_of_trade("value_mln_rub") == pytest.approx(0.084, abs=0.001)
    assert share_of_trade("purchaser_mln_rub") == pytest.approx(0.012, abs=0.001)


def test_the_same_tables_give_the_bundled_matrix_byte_for_byte(tmp_path):
    report = build(tmp_path)
    assert report["seconds"] < 300
    assert report["worst_block"] < 1e-6
    for name in ("technical_coefficients.csv.gz", "technical_coefficients_columns.npz"):
        assert sha256_of(tmp_path / name) == sha256_of(data_folder() / "reference" / name)

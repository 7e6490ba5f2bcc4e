"""Tables of links from outside: what is read, what is refused and by which words."""

from __future__ import annotations

import csv

import pytest

from matcher.evaluate.links import cut, evaluate_held
from matcher.trials.contracts import bundled_rows, from_rows
from matcher.trials.held import COLUMNS, held_tables, read_rows
from models.errors import DataError, UnreadableFile
from models.settings import Settings

LINES = "supplier_inn,buyer_inn,okpd2,amount_rub,date\n6658000000,2634000000,20.15.10,1000,2024-01-31\n"


def test_a_table_of_links_as_it_is_imported_is_read(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("\ufeff" + LINES, encoding="utf-8")
    [row] = read_rows(path)
    assert row["supplier_id"] == "6658000000"
    assert row["product_code"] == "20.15.10"
    assert row["supplier_region"] == "66"
    assert row["product_text"] == ""


def test_a_folder_stands_for_its_tables(tmp_path):
    for name in ("b.csv", "a.csv", "notes.txt"):
        (tmp_path / name).write_text(LINES, encoding="utf-8")
    assert list(held_tables([tmp_path])) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("supplier_inn,okpd2\n1,2\n", "buyer_id, date"),
        ("supplier_inn,buyer_inn,date\n1,2,31.01.2024\n", "line 2"),
        ("supplier_inn,buyer_inn,date,amount_rub\n1,2,2024-01-31,many\n", "line 2"),
        ("supplier_inn,buyer_inn,date\n", "no rows"),
        ("supplier_inn,buyer_inn,date\n1,2,2024-01-31\n1,3,\n", "line 3"),
        ("supplier_inn,buyer_inn,date,relation\n1,2,2024-01-31,bid\n", "no rows"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, text, says):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    assert says in caught.value.message.render("en")


def test_offers_that_were_not_taken_are_no_links_and_a_table_may_have_no_dates(tmp_path):
    path = tmp_path / "auctions.csv"
    path.write_text("supplier_id,buyer_id,date,relation\n1,2,,award\n3,2,,bid\n1,3,,\n", encoding="utf-8")
    assert [row["buyer_id"] for row in read_rows(path)] == ["2", "3"]
    assert not from_rows(read_rows(path)).dated


@pytest.mark.parametrize(
    ("codes", "asks"), [(("20.15.10", "35.11", "931415"), True), (("931415", "701519"), False), (("", ""), False)]
)
def test_the_product_is_asked_where_codes_are_of_okpd(codes, asks):
    lines = ["supplier_inn,buyer_inn,product_code,date", *(f"1,2,{code},2024-01-31" for code in codes)]
    assert from_rows([*_read(lines)]).says_okpd is asks


def test_regions_by_name_and_codes_of_another_country_are_judged(tmp_path, cache_folder):
    """Colombian contracts state departments and UNSPSC; the table beside is too short and is told to be."""
    rows = [
        f"s{n % 7},b{n % 5},{931415 + n % 7},2015-01-{1 + n % 28:02d},Departamento de Santander {n % 2}"
        for n in range(140)
    ]
    head = "supplier_id,buyer_id,product_code,date,supplier_region\n"
    (tmp_path / "abroad.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    (tmp_path / "short.csv").write_text(head + "s1,b1,1,2015-01-01,\ns2,b2,1,2015-01-02,\n", encoding="utf-8")
    found = evaluate_held(lambda _line: None, Settings.read({"ZVENO_CACHE_DIR": str(cache_folder)}), [tmp_path])
    assert found["abroad"]["table"]["choice_model"]["mrr"] > found["abroad"]["table"]["chance"]["mrr"]
    assert "product" not in found["abroad"]["table"]
    assert found["short"]["error"].startswith("слишком мало договоров: из позднейших (1)")
    assert found["short"]["error"].endswith("достались 0")
    with pytest.raises(DataError):
        evaluate_held(lambda _line: None, Settings.read({}), [tmp_path / "short.csv"])


def test_a_later_half_is_asked_with_what_is_bundled_as_known(tmp_path):
    """Whatever its name goes on with; rows of the bundled table itself are no later ones."""
    bundled = bundled_rows("at_ted_edges_2024")
    later = [{**row, "buyer_id": "AT-new"} for row in bundled[:30]]
    joined, parts = cut(bundled, later)
    assert (len(parts.history), len(parts.asked), joined.dated) == (len(bundled), 30, False)
    dated = bundled_rows("ru_44fz_sverdlovsk_2016_2022")
    alone, parts = cut(dated, dated)
    assert len(alone) == len(dated)
    assert 0 < len(parts.asked) < len(dated)


def _read(lines):
    for row in csv.DictReader(lines):
        yield {**dict.fromkeys(COLUMNS, ""), "supplier_id": row["supplier_inn"], "buyer_id": row["buyer_inn"], **row}


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UnreadableFile):
        read_rows(path)

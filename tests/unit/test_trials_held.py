"""Tables of links from outside: what is read, what is refused and by which words."""

from __future__ import annotations

import pytest

from matcher.trials.held import held_tables, read_rows
from models.errors import UnreadableFile

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
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, text, says):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    assert says in caught.value.message.render("en")


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UnreadableFile):
        read_rows(path)

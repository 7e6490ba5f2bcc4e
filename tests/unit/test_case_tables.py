"""The tables of labelled texts are what they say they are."""

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from models.classifications import groups
from models.resources import read_table

CASES = Path(__file__).parents[1] / "cases"


def rows(name):
    return list(csv.DictReader((CASES / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("name", ["product_texts.csv", "economy_texts.csv", "spoken_texts.csv", "unseen_texts.csv"])
def test_labels_are_groups_and_no_text_stands_twice(name):
    for row in rows(name):
        assert {row["okved_code"], *filter(None, row["acceptable"].split(";"))} <= set(groups()), row
        assert row["half"] in {"development", "test"}
    texts = [row["text"].lower() for row in rows(name)]
    assert len(set(texts)) == len(texts) >= 200


def test_no_text_is_in_two_tables_or_in_the_reference():
    tables = ("product_texts.csv", "economy_texts.csv", "spoken_texts.csv", "unseen_texts.csv")
    texts = [row["text"].lower() for name in tables for row in rows(name)]
    assert len(texts) == len(set(texts))
    assert set(texts).isdisjoint(row["text"].lower() for row in read_table("reference/said_texts.csv"))


def test_texts_of_the_whole_economy_are_split_by_hash_and_speak_of_every_section():
    found = rows("economy_texts.csv")
    for row in found:
        assert row["half"] == ("test" if sha256(row["text"].encode()).digest()[0] % 2 else "development")
    assert {code[:2] for code in groups()} - {row["okved_code"][:2] for row in found} <= {
        "97", "98", "99",
    }  # fmt: skip

"""Materials: every resource of the exchanges has a Russian name and a family."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.materials import FAMILIES, material_family, material_name, materials
from models.resources import read_table

RESOURCES = sorted({row["resource"] for row in read_table("reference/symbiosis_pairs.csv")})
LINES = list(read_table("reference/materials.csv"))


def test_the_table_has_the_resources_of_the_exchanges_once_each_and_no_other():
    assert sorted(line["resource"] for line in LINES) == RESOURCES


def test_no_name_is_empty_or_padded():
    assert [line for line in LINES if not line["name_ru"] or line["name_ru"] != line["name_ru"].strip()] == []


def test_every_name_is_russian():
    assert [line["name_ru"] for line in LINES if not re.search("[а-яё]{3}", line["name_ru"])] == []


def test_no_word_mixes_the_alphabets():
    mixed = re.compile("[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
    assert [line["name_ru"] for line in LINES if mixed.search(line["name_ru"])] == []


def test_families_are_from_the_list():
    assert {line["material"] for line in LINES} <= set(FAMILIES)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("sulfur", "sulphur"),
        ("ammonium sulfate", "ammonium sulphate"),
        ("co2", "carbon dioxide"),
        ("old tyres", "scrap tire"),
        ("waste plastic", "waste plastics"),
    ],
)
def test_two_spellings_of_a_thing_are_one_material(one, another):
    assert material_name(one, "ru") == material_name(another, "ru")
    assert material_family(one) == material_family(another)


@pytest.mark.parametrize("resource", RESOURCES)
def test_english_stands_as_it_is_and_russian_does_not(resource):
    assert material_name(resource, "en") == resource
    assert material_name(resource, "ru") != resource


@given(st.text().filter(lambda text: text not in materials()), st.sampled_from(("ru", "en")))
def test_an_unknown_resource_is_its_own_name_and_of_no_family(resource, lang):
    assert material_name(resource, lang) == resource
    assert material_family(resource) == "other"

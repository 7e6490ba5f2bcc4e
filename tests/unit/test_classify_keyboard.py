"""What is typed with the keyboard set to the other language is read as it was meant, and nothing else changes."""

import time

import pytest

from matcher.classify.keyboard import as_meant
from matcher.classify.words import lemmas
from models.alphabets import russian_keys
from models.resources import read_table

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
KEY_OF = {russian_keys(key): key for key in "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"}


def typed(text: str) -> str:
    """Return what the keys of a Russian text type in Latin letters."""
    return "".join(KEY_OF.get(letter, letter) for letter in text)


def test_every_russian_letter_has_its_key():
    assert set(KEY_OF) == set(RUSSIAN)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yfcjcs", "насосы"),
        ("pe,yst bvgkfyns, dbybhs b ,htrtns", "зубные импланты, виниры и брекеты"),
        ("htvjyn yjen,erjd b ghbynthjd, выезд", "ремонт ноутбуков и принтеров, выезд"),
        ("Cthyfz rbckjnf 98%.", "Серная кислота 98%."),
        ("pump repair", "pump repair"),
        ("kegs", "kegs"),
        ("насосы Wilo, DOT-4", "насосы Wilo, DOT-4"),
        ("asdf qwer", "asdf qwer"),
        ("", ""),
    ],
)
def test_what_was_meant(said, meant):
    assert as_meant(said) == meant


def test_terms_typed_with_the_other_keyboard_come_back():
    terms = [row["term"].lower() for row in read_table("reference/trade_terms.csv")][::10]
    plain = [term for term in terms if set(term) <= {*RUSSIAN, " ", "-"} and len(term.replace(" ", "")) > 6]
    assert len(plain) > 1500
    lost = [term for term in plain if lemmas(as_meant(typed(term))) != lemmas(term)]
    assert len(lost) <= len(plain) / 50, lost


def test_a_hostile_word_takes_no_longer_than_its_letters():
    began = time.process_time()
    assert as_meant("," * 20_000 + "a") == "," * 20_000 + "a"
    assert time.process_time() - began < 1


def test_no_text_of_a_firm_is_changed():
    said = [row["text"] for row in read_table("reference/said_texts.csv")]
    assert [text for text in said if as_meant(text) != text] == []

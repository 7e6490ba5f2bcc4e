"""Every text a user can read is there in Russian, with the same placeholders."""

from __future__ import annotations

import string
import sys
from pathlib import Path

import pytest

from models.text import LOCALES, T, Text, translations

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from messages import CATALOGUE, message_ids, read  # noqa: E402

RUSSIAN = read(CATALOGUE)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_of_the_code_has_a_russian_text_and_nothing_else_is_kept():
    assert set(message_ids()) == set(RUSSIAN)


@pytest.mark.parametrize("message", sorted(RUSSIAN))
def test_a_translation_names_what_its_message_names(message):
    assert placeholders(RUSSIAN[message]) == placeholders(message)


def test_a_text_inside_a_text_is_rendered_in_the_same_language():
    text = T("region {region}", region=Text("all regions"))
    assert text.render("ru") == translations("ru").gettext("region {region}").format(
        region=translations("ru").gettext("all regions")
    )
    assert LOCALES.is_dir()

"""What visitors read is in the catalogue, with the same placeholders in both languages."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract

import api
from models.text import translations

FOLDER = Path(api.__file__).parent


def texts_of_templates():
    for path in sorted((FOLDER / "templates").glob("*.html")):
        with path.open("rb") as file:
            options = {"trim_blocks": "true", "lstrip_blocks": "true"}
            yield from (
                message for _, message, _, _ in extract("jinja2.ext:babel_extract", file, {"t": None}, (), options)
            )


def texts_of_modules():
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "T":
                yield ast.literal_eval(node.args[0])


TEXTS = sorted({*texts_of_templates(), *texts_of_modules()})


def placeholders(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_there_are_texts_to_check():
    assert len(TEXTS) > 200


@pytest.mark.parametrize("text", TEXTS)
def test_each_text_of_the_site_has_a_russian_translation(text):
    russian = translations("ru").gettext(text)
    assert russian != text, "not in models/locale/ru.po"
    assert placeholders(russian) == placeholders(text)

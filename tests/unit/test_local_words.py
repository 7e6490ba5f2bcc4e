"""What click says of a command line is said in the caller's language."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from matcher.cli.local import usage_message


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        (click.IntRange(0, 120), "999", "--months: a number from 0 to 120 is expected"),
        (click.IntRange(0, 120), "soon", "--months: a number from 0 to 120 is expected"),
        (click.IntRange(min=1), "0", "--months: a number of at least 1 is expected"),
        (click.FloatRange(0.5, 2), "3", "--months: a number from 0.5 to 2 is expected"),
        (click.Choice(["ru", "en"]), "xx", "--months: one of ru, en is expected"),
        (click.Path(exists=True), "/no/such/file", "--months: there is no such file"),
    ],
)
def test_what_a_value_should_have_been_is_named(kind, said, told):
    command = click.Command("ask", params=[click.Option(["--months"], type=kind)])
    with pytest.raises(click.BadParameter) as refused:
        command.make_context("ask", ["--months", said])
    assert usage_message(refused.value).render("en") == told


@pytest.mark.parametrize(("lang", "words"), [("ru", "Показать эту справку."), ("en", "Show this message and exit.")])
def test_the_help_names_itself_in_the_language_asked_for(lang, words):
    code = "from api.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code, "board", "add", "--lang", lang, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert words in told.stdout
    assert ("[required]" in told.stdout) == (lang == "en")

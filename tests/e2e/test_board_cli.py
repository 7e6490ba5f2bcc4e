"""The board on the command line: put on, listed, renewed, withdrawn, refused; people and programs read the same."""

from __future__ import annotations

import json

import pytest

from api.cli import zveno
from matcher.cli.main import run

SACKS = "2635000014"
SAID = ["--inn", SACKS, "--kind", "product", "--side", "offer", "--title", "Мешки полипропиленовые"]


@pytest.fixture
def told(small_settings, capsys):
    """Return what runs a command of the board and gives its status and what it printed."""

    def tell(*arguments: str, lang: str = "en") -> tuple[int, str]:
        code = run(zveno, ["board", *arguments, "--db", small_settings.database_url, "--lang", lang])
        printed = capsys.readouterr()
        return code, printed.out or printed.err

    return tell


def test_an_entry_is_put_on_listed_renewed_and_withdrawn(told):
    assert told("add", *SAID, "--price", "20 руб.", lang="ru")[1].split()[:4] == ["№", "1", "Мешки", "полипропиленовые"]
    assert "20 руб." in told("--text", "мешок")[1]
    assert json.loads(told("renew", "1", "--days", "10", "--json")[1])["days_left"] == 10
    assert json.loads(told("withdraw", "1", "--json")[1])["state"] == "withdrawn"
    assert "Nothing on the board fits" in told()[1]
    assert json.loads(told("--all", "--json")[1])["counts"]["withdrawn"] == 1


def test_what_is_refused_names_its_option(told):
    code, printed = told("add", *SAID, "--terms", "тел. 8 918 123-45-67")
    assert code != 0
    assert "--terms" in printed
    assert "telephone" in printed
    assert told("withdraw", "9")[0] != 0

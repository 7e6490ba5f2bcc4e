"""Fixtures that many tests share: registers with the bundled companies, with five firms, and an empty one."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from models.settings import Settings
from tests.integration.store_databases import AT_END, url_in

# Two processes share what cores there are: no example fails for being slow.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

#: Five firms of one krai; the first is called what no page may run.
SMALL = """inn;name;okved_main;region_code;city;revenue_rub;year
2631015563;<script>alert(1)</script> & «Азот»;20.15;26;Невинномысск;30000000000;2016
2624022320;Ставролен;20.16;26;Будённовск;48000000000;2016
2631006752;Арнест;20.42;26;Невинномысск;8000000000;2016
2635000014;Мешок;22.22;26;Ставрополь;300000000;2016
2635000021;Ремонт;33.12;26;Ставрополь;90000000;2016
"""


def pytest_sessionfinish():
    """Stop the servers of databases."""
    AT_END.close()


@pytest.fixture(scope="session", autouse=True)
def _caches_of_their_own(tmp_path_factory):
    """Tests neither read nor fill the user's caches."""
    os.environ["ZVENO_CACHE_DIR"] = os.environ.get("ZVENO_TEST_CACHE_DIR") or str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def cache_folder(_caches_of_their_own) -> Path:
    """Where the tests of a process keep the index of reference texts, so that it is built once."""
    return Path(os.environ["ZVENO_CACHE_DIR"])


@pytest.fixture(autouse=True)
def _mappings_of_their_own(tmp_path_factory, monkeypatch):
    """A test of a database on a server neither reads nor keeps mappings of columns among the user's data."""
    if os.environ.get("ZVENO_TEST_DATABASE") == "postgresql":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


def settings_in(folder: Path, lang: str = "en") -> Settings:
    """Return settings of a database in a folder."""
    return Settings.read({**os.environ}, db=url_in(folder), lang=lang)


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory) -> Settings:
    """Settings of a register with the bundled companies loaded and indexed; not to be changed by tests."""
    from matcher.pipeline.demo import load_demo
    from matcher.pipeline.workspace import Workspace

    settings = settings_in(tmp_path_factory.mktemp("demo"))
    workspace = Workspace(settings)
    load_demo(workspace)
    assert len(workspace.columns) > 15_000
    return settings


@pytest.fixture(scope="session")
def demo_workspace(demo_settings):
    """A workspace on the bundled companies; not to be changed by tests."""
    from matcher.pipeline.workspace import Workspace

    return Workspace(demo_settings)


@pytest.fixture
def empty_settings(tmp_path) -> Settings:
    """Settings of a database that does not exist yet."""
    return settings_in(tmp_path)


def small_register(folder: Path) -> Settings:
    """Return settings of a register of five firms, made in a folder."""
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    settings = settings_in(folder)
    sheet = folder / "five.csv"
    sheet.write_text(SMALL, encoding="utf-8")
    report = import_one(Workspace(settings), str(sheet), None, False, False)
    assert report["added"] == 5, report
    return settings


@pytest.fixture
def small_settings(tmp_path) -> Settings:
    """Settings of a register of five firms, free to be changed."""
    return small_register(tmp_path)

"""Fixtures that many tests share: a register with the bundled companies, and an empty one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.settings import Settings
from tests.integration.store_databases import url_in


@pytest.fixture(scope="session", autouse=True)
def _caches_of_their_own(tmp_path_factory):
    """Tests neither read nor fill the user's caches."""
    os.environ["ZVENO_CACHE_DIR"] = os.environ.get("ZVENO_TEST_CACHE_DIR") or str(tmp_path_factory.mktemp("cache"))


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

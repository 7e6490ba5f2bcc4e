"""Fixtures of stores on both databases, and of the web application over the bundled companies, a few and none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests.conftest import settings_in
from tests.integration.store_databases import KINDS, database_of
from tests.visitors import let_in

#: Five firms of one krai; the first is called what no page may run.
SMALL = """inn;name;okved_main;region_code;city;revenue_rub;year
2631015563;<script>alert(1)</script> & «Азот»;20.15;26;Невинномысск;30000000000;2016
2624022320;Ставролен;20.16;26;Будённовск;48000000000;2016
2631006752;Арнест;20.42;26;Невинномысск;8000000000;2016
2635000014;Мешок;22.22;26;Ставрополь;300000000;2016
2635000021;Ремонт;33.12;26;Ставрополь;90000000;2016
"""


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that does not exist yet, of each kind in turn."""
    with database_of(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store, of each kind in turn."""
    with Store.open(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def demo_app(demo_settings):
    """The web application over the bundled companies."""
    from api.app import create_app

    return let_in(create_app(demo_settings))


@pytest.fixture
def demo(demo_app):
    """A visitor of the bundled companies."""
    return demo_app.test_client()


@pytest.fixture
def empty(empty_settings):
    """A visitor of a register that holds nobody."""
    from api.app import create_app

    return let_in(create_app(empty_settings)).test_client()


@pytest.fixture
def small_settings(tmp_path):
    """Settings of a register of five firms, free to be changed."""
    from matcher.pipeline.register import import_one
    from matcher.pipeline.workspace import Workspace

    settings = settings_in(tmp_path)
    sheet = tmp_path / "five.csv"
    sheet.write_text(SMALL, encoding="utf-8")
    report = import_one(Workspace(settings), str(sheet), None, False, False)
    assert report["added"] == 5, report
    return settings


@pytest.fixture
def small(small_settings):
    """A visitor of the register of five firms."""
    from api.app import create_app

    return let_in(create_app(small_settings)).test_client()

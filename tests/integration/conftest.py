"""Fixtures of stores on both databases, and of the web application over the bundled companies, a few and none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from models.store import Store
from tests.integration.store_databases import KINDS, database_of
from tests.visitors import enrolled, let_in


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
def app(small_settings):
    """The web application over the register of five firms."""
    from api.app import create_app

    return create_app(small_settings)


@pytest.fixture
def small(app):
    """A visitor of the register of five firms."""
    return let_in(app).test_client()


@pytest.fixture
def enrol(app):
    """Make an account and sign it in; of roles that have a company, the first of the five."""
    return partial(enrolled, app, "2631015563")

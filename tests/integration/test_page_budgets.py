"""What a page may cost: statements to the database, however long its lists are, and processor time of the server."""

from __future__ import annotations

import re
from statistics import median

import pytest
import sqlalchemy as sa

from api.desk import DESK

AZOT, ARNEST = "2631015563", "2631006752"
#: Statements to the database that each page may send once its answers are kept.
STATEMENTS = {
    "/": 22,
    "/companies": 10,
    "/companies?region=26&size=small": 10,
    "/companies?text=мешки": 10,
    f"/companies/{AZOT}": 17,
    f"/companies/{AZOT}/partners": 3,
    f"/suppliers?inn={AZOT}": 9,
    f"/suppliers?inn={AZOT}&flat=1": 9,
    f"/buyers?inn={AZOT}": 9,
    f"/compare?buyer={AZOT}": 7,
    "/gaps?cluster=chemical&region=26": 3,
    "/projects?cluster=chemical&region=26": 3,
    "/chain?region=26": 3,
    "/introductions": 4,
}
#: Processor time that no page may take, milliseconds: several times what any does, for the clocks of busy machines.
MOST_MS = 250.0


@pytest.fixture(scope="module")
def visitor(demo_app):
    return demo_app.test_client()


def statements(app, visitor, path):
    """Return the statements that a page sends, as they begin."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        if re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement.strip(), re.IGNORECASE):
            seen.append(" ".join(statement.split())[:80])

    engine = app.extensions[DESK].store._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        assert visitor.get(path).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_sends_few_statements(demo_app, visitor, path):
    visitor.get(path)
    sent = statements(demo_app, visitor, path)
    assert len(sent) <= STATEMENTS[path], "\n".join(sent)


@pytest.mark.parametrize("path", [f"/suppliers?inn={AZOT}&flat=1", f"/buyers?inn={AZOT}", f"/suppliers?inn={AZOT}"])
def test_a_longer_list_sends_no_more(demo_app, visitor, path):
    visitor.get(path)
    short, long = (statements(demo_app, visitor, f"{path}&top={top}") for top in (5, 100))
    assert len(short) == len(long)


def test_an_answer_about_a_region_is_computed_once_for_all_pages_about_it(demo_app, visitor):
    here = demo_app.extensions[DESK].workspace("ru")
    for page in ("gaps", "projects"):
        visitor.get(f"/{page}?cluster=chemical&region=26")
    assert ("gaps", "chemical", "26") in here.of_register
    found = [here.of_register.get(("gaps", "chemical", "26"), dict) for _ in range(2)]
    assert found[0] is found[1]
    assert found[0].value_rub.any()


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_takes_little_processor_time(visitor, path):
    def taken():
        told = visitor.get(path).headers["Server-Timing"]
        return float(re.search(r"cpu;dur=([\d.]+)", told)[1])

    assert median([taken() for _ in range(4)][1:]) <= MOST_MS


def test_strangers_are_not_told_how_long_it_took(demo_app):
    from flask.testing import FlaskClient

    stranger = FlaskClient(demo_app, demo_app.response_class)
    assert "Server-Timing" not in stranger.get("/").headers

"""Undoing an import leaves exactly what the other imports make, whatever came before and after."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.check import check_store
from models.events import RunHeader
from models.fold import PRECEDENCE, one_report_a_year
from models.records import CompanyFacts, Figure, Link
from models.store import Store
from tests.integration.store_databases import url_in

INNS = ("7736050003", "7706107510", "7727547261")

VALUES = st.dictionaries(
    st.sampled_from(["name", "okved_main", "offers", "status"]), st.sampled_from(["20", "20.15", "x"]), max_size=3
)
FIGURES = st.lists(st.builds(Figure, st.just("revenue_rub"), st.integers(2012, 2013), st.floats(0, 9)), max_size=1)
ROW = st.tuples(st.sampled_from(INNS), VALUES, FIGURES)
LINK = st.tuples(st.sampled_from(INNS[:2]), st.just(INNS[2]), st.sampled_from(["a", "b"]))
FILE = st.tuples(st.sampled_from(sorted(PRECEDENCE)), st.lists(ROW, max_size=4), st.lists(LINK, max_size=2))


def take(store: Store, number: int, file: tuple[Any, ...]) -> None:
    kind, rows, links = file
    with store.begin() as unit:
        run = unit.record_run(RunHeader(f"{number}", "plain_table", f"{number}", f"source {number}", kind))
        facts = [CompanyFacts(inn, line, values, tuple(figures)) for line, (inn, values, figures) in enumerate(rows)]
        unit.apply_facts(run, facts, one_report_a_year)
        unit.apply_links(run, [Link(*pair, line, source=source) for line, (*pair, source) in enumerate(links)])


def state(store: Store) -> tuple[Any, ...]:
    """All that can be asked, with the number of the run left out: it depends on what was imported in between."""
    companies = [(c, {name: source for name, (_, source) in c.provenance.items()}) for c in store.companies()]
    shown = [({f: getattr(c, f) for f in c.__slots__ if f != "provenance"}, sources) for c, sources in companies]
    return shown, [store.figures(inn) for inn in INNS], list(store.links())


@settings(max_examples=25)
@given(st.lists(FILE, min_size=1, max_size=4), st.data())
def test_undoing_imports_is_never_having_made_them(files: list[tuple[Any, ...]], data: st.DataObject) -> None:
    undone = data.draw(st.lists(st.integers(0, len(files) - 1), unique=True))
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(url_in(Path(folder), "with")) as store:
            for number, file in enumerate(files):
                take(store, number, file)
            for number in undone:
                with store.begin() as unit:
                    unit.undo(number + 1)
            after = state(store)
            assert check_store(store).sound
        with Store.open(url_in(Path(folder), "without")) as store:
            for number, file in enumerate(files):
                if number not in undone:
                    take(store, number, file)
            assert state(store) == after

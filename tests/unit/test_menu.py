"""The menu: every entry can be opened, and nobody is shown what he may not open."""

from __future__ import annotations

import pytest

from api.access.rights import RIGHTS, may
from api.app import create_app
from api.menu import MENU, menu

ENTRIES = [entry for group in MENU for entry in group.entries]


def labels(role, inn=None):
    shown = menu(lambda endpoint: may(RIGHTS.get(endpoint), role, inn, {}))
    return {str(group.label): [str(entry.label) for entry in group.entries] for group in shown}


@pytest.fixture
def rules(empty_settings):
    return {rule.endpoint: rule for rule in create_app(empty_settings).url_map.iter_rules() if "GET" in rule.methods}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.endpoint)
def test_an_entry_is_a_page_that_needs_nothing_to_be_named(rules, entry):
    assert not rules[entry.endpoint].arguments
    assert entry.endpoint in RIGHTS


def test_no_page_belongs_to_two_entries(rules):
    assert {name: n for name in rules if (n := sum(entry.holds(name) for entry in ENTRIES)) > 1} == {}


def test_the_administrator_sees_all_and_others_what_they_may_open():
    assert len(labels("administrator")) == len(MENU)
    assert "Access" not in labels("manager")
    assert "Data" not in labels("viewer")
    assert labels("sme", "2631015563")["Partners"][:3] == ["Suppliers", "Requests", "Buyers"]

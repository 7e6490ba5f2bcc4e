"""The API does everything the pages do: every address of the site has its operations in docs/api-pages.md."""

from __future__ import annotations

import re
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "docs" / "api-pages.md"
ROW = re.compile(r"^\| `([A-Z ]+) (/[^`]*)` \| (.+) \|$", re.MULTILINE)
#: What is no page: the API, its description, and files that pages are drawn with.
OTHER = ("v1.", "api-docs.", "static")


def told(text):
    return {(methods, path): rest for methods, path, rest in ROW.findall(text)}


def addresses(app):
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(OTHER):
            yield " ".join(sorted(rule.methods - {"HEAD", "OPTIONS"})), rule.rule


def test_every_address_of_the_site_has_an_operation_or_a_reason(app):
    assert set(told(TABLE.read_text(encoding="utf-8"))) == set(addresses(app))


def test_the_operations_named_are_there_and_read_or_write_like_the_page(app):
    with_operations, _, without = TABLE.read_text(encoding="utf-8").partition("## Without a counterpart")
    known = {rule.endpoint: rule.methods for rule in app.url_map.iter_rules()}
    for (methods, path), cells in told(with_operations).items():
        named = re.findall(r"`(\w+)`", cells)
        assert named, path
        for name in named:
            assert f"v1.{name}" in known, (path, name)
        writes = {"POST", "PATCH", "DELETE"} & set.union(*(known[f"v1.{name}"] for name in named))
        assert bool(writes) == (methods == "POST") or path == "/new-company", path
    assert all(reason.strip() for reason in told(without).values())

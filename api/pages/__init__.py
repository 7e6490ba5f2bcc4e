"""Web pages, drawn on the server in Russian and English; the import desk, cards and introductions change something.

May hold routes and what a page needs beside the answer; no rule of the domain, no wording outside catalogues.
Open first: ``home.py``, ``partners.py``, and the templates.
"""

from __future__ import annotations

from flask import Flask

from api.pages import (
    accounts,
    board,
    calls,
    cards,
    catalogue,
    companies,
    company,
    comparison,
    decided,
    home,
    intake,
    introductions,
    looks,
    offer,
    offers,
    partners,
    pictures,
    project,
    regional,
    remarks,
    supply,
)
from api.pages.site import blueprint

__all__ = [
    "accounts",
    "board",
    "calls",
    "cards",
    "catalogue",
    "companies",
    "company",
    "comparison",
    "decided",
    "home",
    "intake",
    "introductions",
    "looks",
    "offer",
    "offers",
    "partners",
    "pictures",
    "project",
    "regional",
    "register",
    "remarks",
    "supply",
]


def register(app: Flask) -> None:
    """Add the pages to an application."""
    app.register_blueprint(blueprint)
    app.register_blueprint(intake.blueprint)
    app.register_blueprint(accounts.blueprint)
    intake.register_uploads(app)

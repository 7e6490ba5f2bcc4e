"""Who looked at a company and what came of it."""

from __future__ import annotations

from datetime import date

from api.access.visitor import member
from api.asking import bare
from api.pages.site import blueprint, page
from matcher.pipeline.exchange.looks import looks as seen
from models.identifiers import parse_inn


@blueprint.get("/looks/<inn>")
def looks(inn: str) -> str:
    """Show how often a company was looked at, by which kind of role, and what came of it."""
    key = parse_inn(inn)
    return page(
        "looks.html",
        inn=key,
        name=bare().names([key]).get(key, ""),
        document=seen(bare(), key, date.today()),
        own=member().inn,
    )

"""The shapes of companies, for the OpenAPI document and for tests: a mention, a line of a list, the card.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields

from api.v1.kit import Listing, Shape, listed, maybe_number, maybe_text, number, string, texts, whole


class Firm(Shape):
    """A mention of a company."""

    inn = string()
    name = string()


class Flag(Shape):
    """Something a partner should know first, with source and date."""

    kind = string()
    text = string()
    value = maybe_number("roubles, of arrears")
    source = string()
    date = string()


class FlaggedFirm(Firm):
    """A mention of a candidate with what is known against it."""

    flags = listed(Flag)


class CompanyItem(Firm):
    """A line of the list of companies."""

    okved_main = maybe_text()
    stage = maybe_text()
    side = maybe_text()
    segment = maybe_text()
    region_code = string()
    city = maybe_text()
    revenue_rub = maybe_number("roubles a year")
    revenue_year = fields.Integer(required=True, allow_none=True)
    workers = maybe_number("people")
    category = maybe_text()


class Companies(Listing):
    """Companies; ``total`` counts before the cut."""

    items = listed(CompanyItem)


class Candidate(Shape):
    """An activity someone may have."""

    okved_code = string()
    detail_code = maybe_text()
    name = string()
    confidence = number("share of 1")
    stage = maybe_text()
    side = maybe_text()
    segment = maybe_text()
    segment_name = maybe_text()
    cluster = maybe_text()
    reasons = texts()


class YearFigure(Shape):
    """A figure of one year."""

    name = string()
    year = whole()
    value = number("unit is in the name")


class Said(Shape):
    """One source's word."""

    value = fields.Raw(required=True)
    source = string()
    kind = string(metadata={"description": "kind of source, which decides its weight"})
    date = string(metadata={"description": "date or year it speaks of"})
    run = whole()
    in_force = fields.Boolean(required=True)


class Statement(Shape):
    """All that is said of a field, or of a figure in one year, the weightiest first."""

    field = string()
    year = fields.Integer(required=True, allow_none=True)
    value = fields.Raw(required=True)
    disputed = fields.Boolean(required=True)
    why = string(metadata={"description": "why this value is in force"})
    said = listed(Said)


class Founder(Shape):
    """A legal entity that founded or runs the company; its name where the register holds it."""

    inn = string()
    name = maybe_text()


class Affiliate(Firm):
    """A firm of the same group; ``path`` leads there over owners, by INN."""

    text = string()
    path = texts()


class CompanyCard(CompanyItem):
    """All the register knows of a company."""

    figures = listed(YearFigure)
    sources = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    activities = listed(Candidate)
    founders = listed(Founder)
    managed_by = listed(Founder)
    licences = texts()
    tax_regimes = texts()
    equipment = maybe_text()
    capacity = maybe_text()
    waste = maybe_text()
    vacancies = maybe_text()
    flags = listed(Flag)
    affiliates = listed(Affiliate)
    statements = listed(Statement)
    conflicts = listed(Statement)

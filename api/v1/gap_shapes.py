"""The shapes of gaps: what is missing, who needs it, who could close it, pairs that could trade.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields

from api.v1.firm_shapes import Affiliate, Firm, FlaggedFirm
from api.v1.kit import Coded, Expected, Listing, Shape, Valued, listed, maybe_number, number, string, texts, whole


class Holder(Firm):
    """Who needs what is missing."""

    demand_rub = maybe_number("roubles a year")


class Outsider(FlaggedFirm):
    """Who makes it elsewhere, or brings it in."""

    distance_km = maybe_number("kilometres")
    evidence = string()


class Starter(FlaggedFirm):
    """Who could begin to make it here."""

    relatedness = number("share of 1")
    evidence = string()


class Hit(Firm):
    """Who loses output when a single source stops."""

    loss_rub = maybe_number("roubles a year")


class SingleSource(FlaggedFirm):
    """The maker that carries local supply, and what is lost without it."""

    share = number("share of 1")
    loss_low_rub = maybe_number("roubles a year")
    loss_high_rub = maybe_number("roubles a year")
    hit = listed(Hit)


class Plant(Shape):
    """The scale of real makers."""

    makers = whole()
    viable_rub = maybe_number("roubles a year")
    usual_rub = maybe_number("roubles a year")
    feeds = fields.Integer(required=True, allow_none=True)


class Nearness(Shape):
    """The place of a code among the goods a region lacks, nearest first."""

    rank = whole()
    of = whole()


class PathStep(Coded):
    """A place in the path of a break: ``raw_material``, ``step`` or ``product``."""

    part = string()


class Gap(Coded, Valued):
    """A code whose local demand exceeds local supply, or another break of the chain."""

    kind = string()
    kinds = texts()
    demand_rub = maybe_number("roubles a year")
    demand_low_rub = maybe_number("roubles a year")
    demand_high_rub = maybe_number("roubles a year")
    supply_rub = maybe_number("roubles a year")
    gap_rub = maybe_number("roubles a year")
    worth = string()
    plant = fields.Nested(Plant, required=True, allow_none=True)
    nearness = fields.Nested(Nearness, required=True, allow_none=True)
    path = fields.List(fields.Nested(PathStep), required=True, allow_none=True)
    single_source = fields.Nested(SingleSource, required=True, allow_none=True)
    import_share = maybe_number("share of 1")
    buyers = listed(Holder)
    outside_suppliers = listed(Outsider)
    could_start = listed(Starter)
    wholesalers = listed(Outsider)
    affiliates = listed(Affiliate)


class MissingLink(Coded, Expected):
    """A pair expected to trade and not known to."""

    supplier = fields.Nested(FlaggedFirm, required=True)
    buyer = fields.Nested(FlaggedFirm, required=True)
    distance_km = maybe_number("kilometres")


class Gaps(Listing):
    """Gaps by value."""

    items = listed(Gap)
    missing_links = listed(MissingLink)
    observed_links = whole()

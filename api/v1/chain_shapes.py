"""The shapes of the chain table and of the dynamics and structure of its parts.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields, validate

from api.v1.kit import Shape, listed, maybe_number, maybe_text, question, string, texts, whole


class ChainRow(Shape):
    """A segment of a cluster's chain."""

    stage = string()
    side = maybe_text()
    segment = string()
    segment_name = string()
    companies = whole()
    workers = maybe_number("people")
    revenue_rub = maybe_number("roubles a year")
    year = fields.Integer(required=True, allow_none=True)


class MeasureYear(Shape):
    """A measure of a group in one year, over the firms that state it."""

    year = whole()
    value = maybe_number("unit of the measure")
    firms = whole()
    of_firms = whole()
    share = maybe_number("share of 1")
    few = fields.Boolean(required=True)


class Panel(Shape):
    """A measure of the same firms in two years, ``from`` and ``to``."""

    since = fields.Integer(required=True, data_key="from")
    to = whole()
    firms = whole()
    was = maybe_number("unit of the measure")
    now = maybe_number("unit of the measure")
    growth = maybe_number("share of 1")
    change = maybe_number("unit of the measure")
    few = fields.Boolean(required=True)


class Trend(Shape):
    """A measure over the years, on its two bases."""

    unit = string(validate=validate.OneOf(("rub", "people", "share")))
    grows = fields.Boolean(required=True)
    years = listed(MeasureYear)
    panels = listed(Panel)
    whole = fields.Nested(Panel, required=True, allow_none=True)


class StructureClass(Shape):
    """Firms of one size or age."""

    firms = whole()
    firms_share = maybe_number("share of 1")
    revenue_rub = maybe_number("roubles")
    revenue_rub_firms = whole()
    revenue_rub_share = maybe_number("share of 1")
    workers = maybe_number("people")
    workers_firms = whole()
    workers_share = maybe_number("share of 1")


class Structure(Shape):
    """What a group is made of in one year."""

    year = whole()
    firms = whole()
    sizes = listed(StructureClass)
    ages = listed(StructureClass)
    mean_age_years = maybe_number("years")
    concentration = fields.Dict(keys=fields.String(), required=True)


class Scope(Shape):
    """A cluster, its core, a stage or a segment."""

    scope = string(validate=validate.OneOf(("cluster", "core", "stage", "segment")))
    stage = maybe_text()
    side = maybe_text()
    segment = maybe_text()
    segment_name = maybe_text()
    firms = whole()
    legal_entities = whole()
    sole_traders = whole()
    without_figures = whole()
    measures = fields.Dict(keys=fields.String(), values=fields.Nested(Trend), required=True)
    structure = listed(Structure)


class Profile(Shape):
    """Dynamics and structure; ``year`` is the one shown where one is."""

    years = fields.List(fields.Integer(), required=True)
    year = fields.Integer(required=True, allow_none=True)
    prices = string()
    scopes = listed(Scope)
    notes = texts()


class FlowNode(Shape):
    """A segment; other firms of the place, and what is beyond, have a key and a name only."""

    key = string()
    name = string()


class FlowLink(Shape):
    """Sales of one group to another: on record, and expected of all other pairs."""

    source = string()
    target = string()
    observed_rub = maybe_number("roubles a year")
    inferred_rub = maybe_number("roubles a year")
    records = whole()


class Flows(Shape):
    """Who sells to whom along the chain, the largest first."""

    nodes = listed(FlowNode)
    links = listed(FlowLink)
    notes = texts()


class Chain(Shape):
    """The chain table, in the cluster's order; ``profile`` only when it is asked for."""

    query = question()
    rows = listed(ChainRow)
    flows = fields.Nested(Flows, required=True)
    profile = fields.Nested(Profile)

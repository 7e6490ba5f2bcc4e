"""The shapes of the firms behind a flow, of the graph of firms, and of what holds a network together.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields, validate

from api.v1.chain_shapes import FlowLink, FlowNode
from api.v1.firm_shapes import Firm
from api.v1.kit import Coded, Shape, listed, maybe_number, maybe_text, number, question, string, whole


class Sale(Shape):
    """Sales of one firm to another, roubles a year."""

    supplier = fields.Nested(Firm, required=True)
    buyer = fields.Nested(Firm, required=True)
    rub = maybe_number("roubles a year")


class FlowPair(Sale):
    """A pair behind a flow."""

    link = string(validate=validate.OneOf(("observed", "inferred")))


class Maker(Firm):
    """A firm at an end of a flow."""

    output_rub = maybe_number("roubles a year")


class Flow(Shape):
    """The firms behind one flow; ``flow`` is null when nothing is sold that way."""

    query = question()
    source = fields.Nested(FlowNode, required=True)
    target = fields.Nested(FlowNode, required=True)
    flow = fields.Nested(FlowLink, required=True, allow_none=True)
    pairs = listed(FlowPair)
    of_the_largest = fields.Integer(required=True, allow_none=True)
    sellers = listed(Maker)
    buyers = listed(Maker)


class GraphNode(Maker):
    """A firm of the graph; ``distance_from_use`` is its upstreamness, 1 for what is sold to final use."""

    stage = maybe_text()
    segment = maybe_text()
    okved_code = string()
    activity = string()
    distance_from_use = number("steps")
    community = fields.Integer(required=True, allow_none=True)


class GraphLink(Sale):
    """A link of the graph; the activity is the one that carries most of an expected sale."""

    kind = string(validate=validate.OneOf(("observed", "expected", "missing")))
    okved_code = maybe_text()
    activity = maybe_text()
    on_way = fields.Boolean(required=True)


class LeftOut(Shape):
    """Links that the extract leaves out."""

    links = whole()
    rub = maybe_number("roubles a year")


class Way(Shape):
    """The way of strongest trade between two firms."""

    along = fields.Boolean(required=True)
    firms = listed(Firm)
    steps = listed(GraphLink)
    weakest_rub = maybe_number("roubles a year")


class Found(Shape):
    """Firms that the words fit; null when none were given."""

    firm = fields.List(fields.Nested(Firm), required=True, allow_none=True)
    to = fields.List(fields.Nested(Firm), required=True, allow_none=True)


class Graph(Shape):
    """An extract of the graph of firms, and counts of the whole."""

    query = question()
    firms = whole()
    links = whole()
    observed = whole()
    expected = whole()
    missing = whole()
    nodes = listed(GraphNode)
    items = listed(GraphLink)
    left_out = fields.Nested(LeftOut, required=True)
    way = fields.Nested(Way, required=True, allow_none=True)
    found = fields.Nested(Found, required=True)


class Community(Shape):
    """A natural sub-cluster."""

    firms = whole()
    inside_share = number("share of 1")
    output_rub = maybe_number("roubles a year")
    activities = listed(Coded)
    members = listed(Firm)


class Told(Firm):
    """A firm with what it means for the network, in words."""

    text = string()


class Bridge(Shape):
    """A link without which the network falls apart."""

    first = fields.Nested(Firm, required=True)
    second = fields.Nested(Firm, required=True)
    rub = maybe_number("roubles a year")


class NetworkStructure(Shape):
    """What holds a network of firms together."""

    query = question()
    firms = whole()
    links = whole()
    observed = whole()
    expected = whole()
    communities = listed(Community)
    hubs = listed(Told)
    reach = listed(Told)
    joints = listed(Told)
    bridges = listed(Bridge)

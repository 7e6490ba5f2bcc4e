"""The shapes of the other answers: what something does, what an activity needs, how much the register holds.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields

from api.v1.firm_shapes import Candidate
from api.v1.kit import Coded, Shape, listed, maybe_number, maybe_text, string, texts, whole


class Classified(Shape):
    """Activities by confidence."""

    candidates = listed(Candidate)


class InputCell(Coded):
    """A technical coefficient."""

    coefficient = maybe_number("roubles of input per rouble of output")
    import_share = maybe_number("share of 1")
    layer = string()
    sources = texts()
    typical = maybe_text()


class Inputs(Shape):
    """``inputs`` of an activity, or with ``of`` its users; by coefficient or by need."""

    okved_code = string()
    inherited_from = maybe_text()
    inputs = fields.List(fields.Nested(InputCell))
    users = fields.List(fields.Nested(InputCell))


class Coverage(Shape):
    """What the register holds of the pilot cluster."""

    region = string()
    cluster = string()
    firms = whole()
    firms_in_region = whole()
    years = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    programme = fields.List(fields.Dict(), required=True)
    links = fields.Dict(required=True)

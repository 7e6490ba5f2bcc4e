"""The shapes of joint-project candidates and of a portfolio of them.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields

from api.v1.firm_shapes import Affiliate, FlaggedFirm
from api.v1.kit import Listing, Shape, Valued, listed, maybe_number, number, question, string, texts, whole


class Gain(Shape):
    """What a participant gains: ``sales`` or ``saving``."""

    what = string()
    rub = maybe_number("roubles a year")
    low_rub = maybe_number("roubles a year")
    high_rub = maybe_number("roubles a year")


class Participant(FlaggedFirm):
    """A company of a project."""

    role = string()
    sme = fields.Boolean(required=True)
    gain = fields.Nested(Gain, required=True, allow_none=True)


class KpiMove(Shape):
    """By how much a project could move an indicator of the programme."""

    no = whole()
    name = string()
    unit = string()
    by = number("unit of the indicator")
    low = number("unit of the indicator")
    high = number("unit of the indicator")
    target = number("unit of the indicator")
    target_year = whole()


class Direction(Shape):
    """A strategic direction of the programme."""

    direction = string()
    name = string()


class Assumed(Shape):
    """A number that no table gives, with its range."""

    key = string()
    name = string()
    value = number("no unit")
    low = number("no unit")
    high = number("no unit")
    source = string()


class Project(Valued):
    """A joint-project candidate."""

    id = string()
    kind = string()
    title = string()
    score = number("no unit")
    benefit_rub = maybe_number("roubles a year")
    participants = listed(Participant)
    affiliates = listed(Affiliate)
    gap = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    kpis = listed(KpiMove)
    directions = listed(Direction)
    cost_rub = maybe_number("roubles")
    cost_low_rub = maybe_number("roubles")
    cost_high_rub = maybe_number("roubles")
    risks = texts()
    steps = texts()
    facts = texts()
    reasons = texts()
    assumptions = texts()
    assumed = listed(Assumed)


class Portfolio(Shape):
    """What a portfolio reaches under its limits, beside simpler choices."""

    limits = fields.Dict(keys=fields.String(), required=True)
    value_rub = maybe_number("roubles a year")
    benefit_rub = maybe_number("roubles a year")
    expected_rub = maybe_number("roubles a year")
    bound_rub = maybe_number("roubles a year")
    optimality_gap = number("share of 1")
    greedy_rub = maybe_number("roubles a year")
    random_rub = maybe_number("roubles a year")
    cost_rub = maybe_number("roubles")
    smes = whole()
    candidates = whole()
    conflicts = whole()
    rivals_left_out = whole()


class ProjectRef(Shape):
    """A mention of a candidate."""

    id = string()
    title = string()


class ProjectPage(ProjectRef):
    """One candidate: as it is today, as it was when it was decided on, what changed since, every step, the next one."""

    query = question()
    item = fields.Nested(Project, required=True, allow_none=True)
    decision = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    evidence = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    changes = fields.Raw(required=True, allow_none=True)
    steps = fields.List(fields.Dict(keys=fields.String()), required=True)
    next = fields.Nested(ProjectRef, required=True, allow_none=True)


class Projects(Listing):
    """Candidates, best first; with a portfolio asked for, those of it."""

    items = listed(Project)
    portfolio = fields.Nested(Portfolio, required=False)

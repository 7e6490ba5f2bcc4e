"""The shapes of answers, for the OpenAPI document and for tests; answers are not filtered through them.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields, validate

from api.v1.firm_shapes import Affiliate, Candidate, Firm, FlaggedFirm
from api.v1.kit import Shape, listed, maybe_number, maybe_text, number, question, string, texts, whole


class Classified(Shape):
    """Activities by confidence."""

    candidates = listed(Candidate)


class Reason(Shape):
    """A part of a score."""

    part = string()
    contribution = number("log-odds")
    text = string()


class PairCode(Shape):
    """Codes that carry a pair."""

    supplier_okved = string()
    buyer_okved = string()
    share = number("share of 1")


class Decided(Shape):
    """What was decided about a pair, when and why."""

    decision = string()
    reason_code = maybe_text()
    reason = string()
    text = string()
    at = string()


class Concentration(Shape):
    """Share of the supplier's sales that the buyer could become."""

    share = maybe_number("share of 1")
    risk = fields.Boolean(required=True)
    text = string()


class Place(Shape):
    """A place on a list; the rank is null for those not on it."""

    rank = fields.Integer(required=True, allow_none=True)
    total = whole()


class PairRanks(Shape):
    """The place of each side of a pair on the other's list."""

    supplier_for_buyer = fields.Nested(Place, required=True)
    buyer_for_supplier = fields.Nested(Place, required=True)


class Layers(Shape):
    """The share of each layer of the recipe in a pair; they sum to 1."""

    current = number("share of 1")
    capital = number("share of 1")
    channel = number("share of 1")


class PairItem(FlaggedFirm):
    """A candidate; the contributions of ``reasons`` sum to ``score``."""

    role = string(validate=validate.OneOf(("maker", "service", "channel")))
    layer = string(validate=validate.OneOf(("current", "capital", "channel")))
    layers = fields.Nested(Layers, required=True)
    score = number("log-odds")
    probability = number("share of 1")
    calibrated = fields.Boolean(required=True)
    expected_value_rub = maybe_number("roubles a year")
    expected_value_low_rub = maybe_number("roubles a year")
    expected_value_high_rub = maybe_number("roubles a year")
    distance_km = maybe_number("kilometres")
    link = string(validate=validate.OneOf(("observed", "inferred")))
    codes = listed(PairCode)
    reasons = listed(Reason)
    concentration = fields.Nested(Concentration, required=True)
    decision = maybe_text()
    decided = fields.Nested(Decided, required=True, allow_none=True)


class RankedItem(PairItem):
    """A candidate with its place in the list."""

    rank = whole()


class Group(Shape):
    """An input of the buyer with its first candidates; ranks are within the group."""

    okved_code = string()
    name = string()
    role = string()
    demand_rub = maybe_number("roubles a year")
    import_share = maybe_number("share of 1")
    items = listed(RankedItem)


class NearMiss(Firm):
    """A candidate blocked by one rule."""

    score = number("log-odds")
    rule = string()
    text = string()
    decision = fields.Nested(Decided)


class Affiliation(Shape):
    """How two firms belong to one group; ``path`` leads from the buyer to the supplier over founders, by INN."""

    text = string()
    path = texts()


class Weights(Shape):
    """Which weights made the scores: the defaults, or a version learned for the asker's cluster."""

    source = string(validate=validate.OneOf(("default", "learned")))
    cluster = maybe_text()
    version = fields.Integer(required=True, allow_none=True)
    calibrated = fields.Boolean(required=True)


class Exposure(Shape):
    """Small and medium firms among the first candidates, and in the supply of what is needed."""

    first = whole()
    sme = whole()
    sme_share = number("share of 1")
    attention_share = number("share of 1")
    supply_share = maybe_number("share of 1")
    firms_share = number("share of 1")
    size_by_output = whole()
    size_unknown = whole()


class Partner(Firm):
    """A candidate that trades with the asker already, with the sales on record."""

    score = number("log-odds")
    distance_km = maybe_number("kilometres")
    sales = whole()
    amount_rub = maybe_number("roubles")
    text = string()


class Shortlist(Shape):
    """Candidates by score, then INN; ``total`` counts before the cut."""

    query = question()
    weights = fields.Nested(Weights, required=True)
    exposure = fields.Nested(Exposure, required=True, allow_none=True)
    total = whole()
    items = listed(RankedItem)
    groups = listed(Group)
    channels = listed(RankedItem)
    partners = listed(Partner)
    affiliates = listed(Affiliate)
    near_misses = listed(NearMiss)


class Evidence(Shape):
    """Something on record about a pair."""

    kind = string()
    source = string()
    date = maybe_text()
    detail = fields.Dict(keys=fields.String(), required=True)


class Explanation(PairItem):
    """One pair."""

    weights = fields.Nested(Weights, required=True)
    supplier = fields.Nested(FlaggedFirm, required=True)
    buyer = fields.Nested(FlaggedFirm, required=True)
    affiliation = fields.Nested(Affiliation, required=True, allow_none=True)
    ranks = fields.Nested(PairRanks, required=True)
    evidence = listed(Evidence)


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


class PathStep(Shape):
    """A place in the path of a break: ``raw_material``, ``step`` or ``product``."""

    okved_code = string()
    name = string()
    part = string()


class Gap(Shape):
    """A code whose local demand exceeds local supply, or another break of the chain."""

    okved_code = string()
    name = string()
    kind = string()
    kinds = texts()
    demand_rub = maybe_number("roubles a year")
    demand_low_rub = maybe_number("roubles a year")
    demand_high_rub = maybe_number("roubles a year")
    supply_rub = maybe_number("roubles a year")
    gap_rub = maybe_number("roubles a year")
    value_rub = maybe_number("roubles a year")
    value_low_rub = maybe_number("roubles a year")
    value_high_rub = maybe_number("roubles a year")
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


class MissingLink(Shape):
    """A pair expected to trade and not known to."""

    supplier = fields.Nested(FlaggedFirm, required=True)
    buyer = fields.Nested(FlaggedFirm, required=True)
    okved_code = string()
    name = string()
    expected_value_rub = maybe_number("roubles a year")
    expected_value_low_rub = maybe_number("roubles a year")
    expected_value_high_rub = maybe_number("roubles a year")
    distance_km = maybe_number("kilometres")


class Gaps(Shape):
    """Gaps by value."""

    query = question()
    total = whole()
    items = listed(Gap)
    missing_links = listed(MissingLink)
    observed_links = whole()


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


class Project(Shape):
    """A joint-project candidate."""

    id = string()
    kind = string()
    title = string()
    score = number("no unit")
    value_rub = maybe_number("roubles a year")
    value_low_rub = maybe_number("roubles a year")
    value_high_rub = maybe_number("roubles a year")
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


class Projects(Shape):
    """Candidates, best first; with a portfolio asked for, those of it."""

    query = question()
    total = whole()
    items = listed(Project)
    portfolio = fields.Nested(Portfolio, required=False)


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


class Chain(Shape):
    """The chain table, in the cluster's order; ``profile`` only when it is asked for."""

    query = question()
    rows = listed(ChainRow)
    profile = fields.Nested(Profile)


class InputCell(Shape):
    """A technical coefficient."""

    okved_code = string()
    name = string()
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

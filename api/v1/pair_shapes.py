"""The shapes of pairs: a candidate with its reasons, shortlists, the explanation of one pair.

Keys may be added to answers at any time, so every shape lets unknown keys pass.
"""

from __future__ import annotations

from marshmallow import fields, validate

from api.v1.firm_shapes import Affiliate, Firm, FlaggedFirm
from api.v1.kit import Coded, Expected, Listing, Shape, listed, maybe_number, maybe_text, number, string, texts, whole


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


class PairItem(FlaggedFirm, Expected):
    """A candidate; the contributions of ``reasons`` sum to ``score``."""

    role = string(validate=validate.OneOf(("maker", "service", "channel")))
    layer = string(validate=validate.OneOf(("current", "capital", "channel")))
    layers = fields.Nested(Layers, required=True)
    score = number("log-odds")
    probability = number("share of 1")
    calibrated = fields.Boolean(required=True)
    need_rub = maybe_number("roubles a year that the buyer needs of what the supplier makes")
    need_inputs = whole("inputs of which need_rub is the mean, weighed by what each carries of the pair")
    distance_km = maybe_number("kilometres")
    link = string(validate=validate.OneOf(("observed", "inferred")))
    codes = listed(PairCode)
    reasons = listed(Reason)
    concentration = fields.Nested(Concentration, required=True)
    decision = maybe_text()
    decided = fields.Nested(Decided, required=True, allow_none=True)


class Standing(Shape):
    """A place on a list, and how long the list is."""

    rank = fields.Integer(required=True, allow_none=True)
    total = whole()


class OfChange(Shape):
    """From where to where a candidate moved in a changed list, and the part of the score that did most."""

    was = fields.Integer(allow_none=True)
    now = fields.Integer(allow_none=True)
    moved_by = fields.String(allow_none=True)
    moved_by_log_odds = fields.Float(allow_none=True, metadata={"description": "log-odds"})
    move = fields.String()


class RankedItem(PairItem, OfChange):
    """A candidate with its place in the list and the chance that it is the next one taken.

    ``choice`` leaves newcomers their chance, where it is known. ``mutual``, if asked for, is the asker’s place on the
    candidate’s own list; a move is that of a changed list.
    """

    rank = whole()
    choice = number("share of 1")
    mutual = fields.Nested(Standing, allow_none=True)


class Gone(Firm, OfChange):
    """A candidate that was among the first and is no longer, in a list that was changed."""


class Group(Coded):
    """An input of the buyer with its first candidates; ranks are within the group.

    ``stated`` are the words of its card in which the buyer says that it needs it.
    """

    role = string()
    demand_rub = maybe_number("roubles a year")
    import_share = maybe_number("share of 1")
    stated = maybe_text()
    items = listed(RankedItem)


class NearMiss(Firm):
    """A candidate blocked by one rule."""

    score = number("log-odds")
    rule = string()
    text = string()
    decision = fields.Nested(Decided)


class Affiliation(Shape):
    """How two firms belong to one group; ``path`` leads from the buyer to the supplier over owners, by INN."""

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


class NotLoaded(Shape):
    """A source that the question asks of and that is not loaded, and how to load it; ``format`` is that of imports."""

    format = string()
    text = string()
    hint = string()


class Shortlist(Listing):
    """Candidates by score, then INN; ``total`` counts before the cut.

    ``stated`` is what a buyer says it needs in its own words, item by item; the inputs heard in them lead the groups.
    ``channels`` are wholesalers or, of buyers, those who would sell the goods on; then ``users`` are those who use them
    up. Ranks are within each.
    ``newcomer_chance`` is that of the next purchase going to a firm that never sold what is needed, where sales on
    record tell.
    """

    weights = fields.Nested(Weights, required=True)
    exposure = fields.Nested(Exposure, required=True, allow_none=True)
    newcomer_chance = maybe_number("share of 1")
    stated = texts()
    items = listed(RankedItem)
    groups = listed(Group)
    users = listed(RankedItem)
    channels = listed(RankedItem)
    partners = listed(Partner)
    affiliates = listed(Affiliate)
    near_misses = listed(NearMiss)
    not_loaded = listed(NotLoaded)
    left = fields.List(fields.Nested(Gone), metadata={"description": "in a changed list: who is no longer first"})


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

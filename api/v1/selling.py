"""What a company with something to sell asks: what is understood of its words, and its buyers on the map."""

from __future__ import annotations

from marshmallow import fields, validate

from api import answers, queries
from api.access.visitor import own_inn
from api.asking import workspace
from api.queries import LONGEST_TEXT, Query, about
from api.v1.describing import answer
from api.v1.firm_shapes import Candidate
from api.v1.kit import Shape, listed, number, string
from api.v1.pair_shapes import RankedItem, Shortlist
from matcher.pipeline.exchange.offer import understood
from matcher.report.frame import Document
from models.text import T


class WordsQuery(Query):
    """Words of a company."""

    text = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_TEXT),
        metadata=about(T("what the supplier makes, in words")),
    )


class OfferBuyersQuery(queries.BuyersQuery):
    """Buyers on the map; words and the codes a person confirmed may be given together."""

    class Meta:
        """The map shows one page."""

        exclude = ("cursor",)


class HeardActivity(Candidate):
    """An activity that words may speak of; ``meant`` are taken unless a person says otherwise."""

    share = number("share of 1")
    meant = fields.Boolean(required=True)


class Understood(Shape):
    """What was understood of words; ``unsure``: a person should look."""

    text = string()
    items = listed(HeardActivity)
    unsure = fields.Boolean(required=True)


class PlacedBuyer(RankedItem):
    """A buyer on the map."""

    point = fields.Raw(required=True, allow_none=True)


class BuyersOnMap(Shortlist):
    """Buyers with their places, and the seller's as ``home``."""

    class Meta:
        """One page."""

        exclude = ("next_cursor",)

    items = listed(PlacedBuyer)
    users = listed(PlacedBuyer)
    channels = listed(PlacedBuyer)
    home = fields.Raw(required=True, allow_none=True)


@answer("/offer/understood", WordsQuery, Understood, T("activities that words about a product may mean"))
def understood_words(asked: answers.Asked) -> Document:
    """The likeliest first, each with the words it came from."""
    return understood(workspace(), asked["text"])


@answer("/offer/buyers", OfferBuyersQuery, BuyersOnMap, T("buyers of what a company offers, on the map"))
def offer_buyers(asked: answers.Asked) -> Document:
    """Of a company of the register, or of words; with the codes a person confirmed of those that were understood."""
    return answers.offer_buyers(workspace(), asked, own_inn())

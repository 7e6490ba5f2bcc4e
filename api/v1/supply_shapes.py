"""The shapes of supplier requests: what is looked for, the candidates of each input, what is new among them."""

from __future__ import annotations

from marshmallow import fields, validate

from api.pages.supply import MOST_SHOWN
from api.queries import PagedQuery, Query, a_form, a_region, about, how_many
from api.supply_forms import FARTHEST_KM, LONGEST_UNIT, MOST
from api.v1.deed_shapes import Body, Change
from api.v1.deed_shapes import words as some_text
from api.v1.firm_shapes import Affiliate, Firm
from api.v1.kit import ErrorBody, Shape, listed, maybe_number, maybe_text, string, texts, whole
from api.v1.pair_shapes import NearMiss, Partner, RankedItem
from matcher.pipeline.exchange.supply_shortlist import PROPOSED, SHOWN
from matcher.report.files.shortlist_files import FORMS
from models.supply_requests import LONGEST_NAME, LONGEST_TEXT, MOST_INPUTS, STATES
from models.text import T, Text

#: What becomes of a request; ``back`` takes its last change back.
TURNS = (*STATES, "back")
MOST_PAPERS = 20


def amount(what: Text, most: float = MOST) -> fields.Float:
    """Return the field of a number above 0, or nothing."""
    bounds = validate.Range(min=0, min_inclusive=False, max=most)
    return fields.Float(load_default=None, allow_none=True, validate=bounds, metadata=about(what, exclusiveMinimum=0))


class RequestsQuery(PagedQuery):
    """Requests, page by page."""

    state = fields.String(
        load_default=STATES[0], validate=validate.OneOf(STATES), metadata=about(T("whether the request is in use"))
    )
    top = how_many(200, 20)


class ProposalsQuery(Query):
    """Inputs of a recipe."""

    top = how_many(60, PROPOSED)


class ShownQuery(Query):
    """Candidates of each input."""

    top = how_many(MOST_SHOWN, SHOWN)


class PaperQuery(Query):
    """A request as a file."""

    form = a_form(FORMS.values(), "xlsx")


class InputBody(Body):
    """One input that is looked for: an activity of the recipe, or words."""

    code = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=8),
        metadata=about(T("activity group"), format="group"),
    )
    words = some_text(T("what it is, in the buyer’s words"), LONGEST_TEXT)
    price_rub = amount(T("price of a unit that is expected, roubles"))
    volume = amount(T("how much a year"))
    unit = some_text(T("of what, for example t"), LONGEST_UNIT)
    radius_km = amount(T("farthest candidate, kilometres"), FARTHEST_KM)
    papers = fields.List(
        fields.String(validate=validate.Length(1, LONGEST_TEXT)),
        load_default=[],
        validate=validate.Length(max=MOST_PAPERS),
        metadata=about(T("certificates and licences wanted")),
    )
    note = some_text(T("what else suppliers should know"), LONGEST_TEXT)
    needed_by = fields.Date(load_default=None, allow_none=True, metadata=about(T("the day by which it is needed")))


class RequestBody(Body):
    """What is looked for, and of whom."""

    name = some_text(T("name of the request"), LONGEST_NAME, required=True)
    inputs = fields.List(
        fields.Nested(InputBody),
        required=True,
        validate=validate.Length(1, MOST_INPUTS),
        metadata=about(T("inputs that are looked for")),
    )
    region = a_region(T("only candidates of this region, two-digit code"), load_default=None, allow_none=True)
    sme = fields.Boolean(load_default=False, metadata=about(T("small and medium companies only")))
    makers_only = fields.Boolean(load_default=False, metadata=about(T("leave out wholesalers")))
    note = some_text(T("what else suppliers should know"), LONGEST_TEXT)


class RequestChange(Change, RequestBody):
    """What a request shall say; what is left out stays as it is, inputs are replaced as a whole."""


class TurnBody(Body):
    """What becomes of a request."""

    state = fields.String(
        required=True,
        validate=validate.OneOf(TURNS),
        metadata=about(T("removed or open again; back takes the last change back")),
    )


class Proposal(Shape):
    """An input the buyer spends much on by its recipe."""

    okved_code = string()
    name = string()
    role = string()
    demand_rub = maybe_number("roubles a year")
    import_share = maybe_number("share of 1")


class Proposals(Shape):
    """Inputs of a recipe, the largest spending first."""

    items = listed(Proposal)


class WantedInput(Shape):
    """An input as it was asked for; ``key`` names it among those of the request."""

    key = string()
    okved_code = maybe_text()
    name = string()
    words = string()
    price_rub = maybe_number("roubles a unit")
    volume = maybe_number("units a year")
    unit = string()
    spend_rub = maybe_number("roubles a year")
    radius_km = maybe_number("kilometres")
    papers_wanted = texts()
    note = string()
    needed_by = maybe_text()


class RequestHead(Shape):
    """Who looks for what; ``version`` changes with every change."""

    number = whole()
    version = whole()
    state = string(validate=validate.OneOf(STATES))
    name = string()
    buyer = fields.Nested(Firm, required=True)
    region = maybe_text()
    sme = fields.Boolean(required=True)
    makers_only = fields.Boolean(required=True)
    note = string()
    by = string()
    at = string()


class SupplyRequest(RequestHead):
    """A supplier request."""

    inputs = listed(WantedInput)


class Versions(Shape):
    """Every version of a request, the latest first."""

    items = listed(SupplyRequest)


class PaperStated(Shape):
    """A certificate or licence that is wanted, and what the register says of it."""

    wanted = string()
    stated = maybe_text()


class InputCandidate(RankedItem):
    """A candidate for an input."""

    papers = listed(PaperStated)


class InputGroup(WantedInput):
    """An input with its candidates; with ``error`` instead where its words name no activity."""

    demand_rub = maybe_number("roubles a year")
    total = whole()
    items = listed(InputCandidate)
    sources = fields.Dict(required=True, allow_none=True)
    partners = listed(Partner)
    affiliates = listed(Affiliate)
    near_misses = listed(NearMiss)
    error = fields.Nested(ErrorBody)


class Leader(Firm):
    """A firm that is first for several inputs."""

    inputs = texts()


class RequestShortlist(RequestHead):
    """A request with the candidates of each input; ``leaders`` are first for several."""

    groups = listed(InputGroup)
    leaders = listed(Leader)


class Moved(Firm):
    """A candidate that moved, with its places counted from 1."""

    was = whole()
    now = whole()


class InputNews(Shape):
    """What is new among the first candidates of an input since one looked last."""

    key = string()
    count = whole()
    entered = listed(Firm)
    left = listed(Firm)
    moved = listed(Moved)


class RequestNews(Shape):
    """What is new in a request."""

    number = whole()
    version = whole()
    count = whole()
    inputs = listed(InputNews)


class NewsItem(RequestHead):
    """A request in which something is new."""

    news = whole()


class NewsList(Shape):
    """Requests in which something is new for the account."""

    items = listed(NewsItem)

"""The shapes of calls for offers: who is asked for what by when, what each firm answers, answers side by side."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from api.call_forms import LONGEST_DELIVERY
from api.queries import PagedQuery, Query, a_form, about, how_many, yes_or_no
from api.supply_forms import LONGEST_UNIT, MOST
from api.v1.deed_shapes import Body, words
from api.v1.firm_shapes import Firm
from api.v1.kit import Shape, listed, maybe_number, maybe_text, number, string, whole
from api.v1.supply_shapes import amount
from matcher.report.files.papers import FORMS as PAPERS
from models.offers import LONGEST_TEXT, MOST_FIRMS, STATES, Stage
from models.supply_requests import LONGEST_TEXT as LONGEST_LINE
from models.supply_requests import MOST_INPUTS
from models.text import T

STAGES = get_args(Stage)


class CallsQuery(PagedQuery):
    """Calls, page by page."""

    top = how_many(200, 20)


class LetterQuery(Query):
    """A letter as a file."""

    form = a_form(PAPERS, "docx")
    reminder = yes_or_no(T("a reminder instead of the first letter"))


class FirmAsked(Body):
    """A firm to be asked, and for which inputs of the request."""

    inn = fields.String(required=True, metadata=about(T("INN of a company that is asked"), format="inn"))
    lines = fields.List(
        fields.Integer(validate=validate.Range(0, MOST_INPUTS - 1)),
        load_default=[],
        validate=validate.Length(max=MOST_INPUTS),
        metadata=about(T("numbers of the inputs it is asked for, from 0; none: all of them")),
    )


class CallBody(Body):
    """A call for offers: what firms are asked for, and which."""

    title = words(T("title of the call"), LONGEST_LINE)
    note = words(T("what else suppliers should know"), LONGEST_TEXT)
    contact = words(T("where to ask back; no names of people"), LONGEST_LINE)
    answer_by = fields.Date(required=True, metadata=about(T("last day for answers, from today on")))
    names = fields.List(
        fields.String(validate=validate.Length(max=LONGEST_LINE)),
        load_default=[],
        validate=validate.Length(max=MOST_INPUTS),
        metadata=about(T("what the inputs are called in the call, in their order; blank: as in the request")),
    )
    firms = fields.List(
        fields.Nested(FirmAsked),
        required=True,
        validate=validate.Length(1, MOST_FIRMS),
        metadata=about(T("companies that are asked")),
    )


class CallChange(Body):
    """What shall become of a call."""

    stage = fields.String(validate=validate.OneOf(STAGES), metadata=about(T("closed, or open again")))
    answer_by = fields.Date(metadata=about(T("a new last day for answers")))


class MoreFirms(Body):
    """Further companies to be asked for everything."""

    inns = fields.List(
        fields.String(metadata=about(T("INN of a company that is asked"), format="inn")),
        required=True,
        validate=validate.Length(1, MOST_FIRMS),
        metadata=about(T("companies that are asked")),
    )


class LineOffered(Body):
    """What a firm offers for a line."""

    line = fields.Integer(
        required=True, validate=validate.Range(0, MOST_INPUTS - 1), metadata=about(T("number of the line, from 0"))
    )
    price_rub = fields.Float(
        required=True,
        validate=validate.Range(min=0, min_inclusive=False, max=MOST),
        metadata=about(T("price of a unit without VAT, roubles"), exclusiveMinimum=0),
    )
    unit = words(T("of what, for example t"), LONGEST_UNIT)
    volume = amount(T("how much is offered"))


class OfferBody(Body):
    """An offer: a price for some of the lines, and what holds for all of them."""

    lines = fields.List(
        fields.Nested(LineOffered),
        required=True,
        validate=validate.Length(1, MOST_INPUTS),
        metadata=about(T("lines that are offered")),
    )
    delivery_rub = fields.Float(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, MOST),
        metadata=about(T("what delivery of all of it costs, roubles; left out, the prices hold it already")),
    )
    delivery_days = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, LONGEST_DELIVERY),
        metadata=about(T("days until delivery")),
    )
    valid_till = fields.Date(load_default=None, allow_none=True, metadata=about(T("last day of the offer")))
    comment = words(T("what else matters"), LONGEST_TEXT)


class CallStepBody(Body):
    """How things stand with a firm from now on: an answer brings its offer, a refusal its reason."""

    state = fields.String(
        required=True,
        validate=validate.OneOf(STATES),
        metadata=about(T("answered, declined, or asked to take that back; a buyer also: reminded, withdrawn")),
    )
    reason = words(T("why the firm declines"), LONGEST_TEXT)
    offer = fields.Nested(
        OfferBody, load_default=None, allow_none=True, metadata=about(T("the offer, where the firm answers"))
    )


class CallOf(Shape):
    """What a call is about."""

    number = whole()
    request = whole()
    title = string()
    buyer = fields.Nested(Firm, required=True)
    stage = string(validate=validate.OneOf(STAGES))
    answer_by = string()
    days_left = whole()
    by = string()
    at = string()


class CallHead(CallOf):
    """A call as its buyer sees it, with how far it has come."""

    asked = whole()
    answered = whole()
    declined = whole()
    waiting = whole()
    remind = fields.Boolean(required=True, metadata={"description": "whether it is time to remind some"})


class CallReceived(CallOf):
    """A call as a firm that is asked sees it."""

    own_state = string(validate=validate.OneOf(STATES))
    waits = fields.Boolean(required=True, metadata={"description": "whether it waits for the firm"})


class Line(Shape):
    """One thing firms are asked to offer."""

    line = whole()
    name = string()
    volume = maybe_number("units")
    unit = string()
    note = string()


class AskItem(Shape):
    """What a call says."""

    title = string()
    note = string()
    contact = string()
    lines = listed(Line)


class OfferLine(Shape):
    """What a firm offers for a line."""

    line = whole()
    price_rub = number("roubles a unit without VAT")
    unit = string()
    volume = maybe_number("units")


class OfferItem(Shape):
    """An offer."""

    lines = listed(OfferLine)
    delivery_rub = maybe_number("roubles; null: the prices hold it")
    delivery_days = fields.Integer(required=True, allow_none=True)
    valid_till = maybe_text()
    comment = string()


class CallStep(Shape):
    """One step of a call."""

    at = string()
    by = string()
    state = string()
    note = string()
    firm = string()


class CallFirm(Firm):
    """A firm that is asked, and how things stand with it."""

    state = string(validate=validate.OneOf(STATES))
    lines = fields.List(fields.Integer(), required=True)
    offer = fields.Nested(OfferItem, required=True, allow_none=True)
    note = string()
    account = fields.Boolean(required=True, metadata={"description": "whether it can answer by itself"})
    late = fields.Boolean(required=True)
    at = string()


class Call(CallHead):
    """A call with every firm it asks."""

    ask = fields.Nested(AskItem, required=True)
    firms = listed(CallFirm)
    steps = listed(CallStep)


class OneAsked(CallOf):
    """A call and one of the firms it asks: the lines it is asked for, its offer, its own steps."""

    supplier = fields.Nested(Firm, required=True)
    state = string(validate=validate.OneOf(STATES))
    account = fields.Boolean(required=True)
    ask = fields.Nested(AskItem, required=True)
    offer = fields.Nested(OfferItem, required=True, allow_none=True)
    steps = listed(CallStep)


class ComparedOffer(Firm):
    """What a firm offers for a line, in the unit of the line."""

    price_rub = number("roubles a unit")
    unit = string()
    volume = maybe_number("units")
    per_rub = maybe_number("roubles for the unit of the line")
    cost_rub = maybe_number("roubles for the whole line")
    short = fields.Boolean(required=True)
    lowest = fields.Boolean(required=True)


class ComparedLine(Line):
    """A line with what every firm offers for it."""

    differs = fields.Boolean(required=True)
    offers = listed(ComparedOffer)


class OfferTotal(Firm):
    """What the offer of a firm costs; the total is null unless every line is offered in full."""

    goods_rub = maybe_number("roubles")
    delivery_rub = maybe_number("roubles")
    total_rub = maybe_number("roubles")
    whole = fields.Boolean(required=True)
    lowest = fields.Boolean(required=True)


class Compared(Shape):
    """The offers of a call side by side."""

    lines = listed(ComparedLine)
    totals = listed(OfferTotal)

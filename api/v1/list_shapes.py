"""The shapes of the full list of companies, of kept lists, labels and notes, and of what surrounds a company."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import fields, validate

from api.list_queries import CompanyFileQuery, CompanyListQuery
from api.queries import PagedQuery, a_form, about, how_many
from api.v1.call_shapes import CallReceived
from api.v1.deed_shapes import Body, Introduction, words
from api.v1.firm_shapes import CompanyItem, Firm
from api.v1.kit import Coded, Page, Shape, listed, maybe_number, maybe_text, number, string, texts, whole
from api.v1.pair_shapes import Partner, Place, RankedItem
from matcher.index.columns import CATEGORIES
from matcher.index.directory import STATES
from matcher.index.filters import NONE
from matcher.pipeline.companies.files import FORMS
from models.clusters import STAGES, clusters, segments
from models.geography import regions
from models.remarks import KINDS, LONGEST_NOTE
from models.saved_views import LONGEST_NAME, LONGEST_QUERY
from models.text import T

#: Companies that one request may name; a whole list is named by its filters.
MOST_NAMED = 3000


def choices(known: Iterable[str]) -> fields.List[Any]:
    """Return the field of a filter that takes several of the values that are known; the list says if it is none."""
    word = fields.String(validate=validate.Length(max=60), metadata={"enum": [*known, NONE]})
    return fields.List(word, validate=validate.Length(max=100), metadata=about(T("values of a filter")))


class ListQuery(CompanyListQuery):
    """Which companies a list holds."""

    class Meta:
        """A list as a whole has neither pages nor an order."""

        exclude = ("page", "sort")

    stage = choices(STAGES)
    segment = choices(sorted({each.slug for cluster in clusters() for each in segments(cluster.key)}))
    region = choices(sorted(regions()))
    size = choices(CATEGORIES[1:])
    state = choices(STATES[1:])


class ListPartQuery(ListQuery, PagedQuery):
    """The list of companies with every filter, page by page."""

    class Meta:
        """Pages are found by their cursor."""

        exclude = ("page",)

    top = how_many(200, 50)


class ListFileQuery(ListQuery, CompanyFileQuery):
    """The list of companies as a file."""

    class Meta:
        """A file holds every page."""

        exclude = ("page",)


class ChosenBody(Body):
    """Companies to be put into a file."""

    inns = fields.List(
        fields.String(metadata=about(T("INN of a company"), format="inn")),
        required=True,
        validate=validate.Length(1, MOST_NAMED),
        metadata=about(T("companies, in their order")),
    )
    form = a_form(FORMS, "xlsx")


class ViewBody(Body):
    """A list to be kept."""

    name = words(T("what the list is called"), LONGEST_NAME, required=True)
    query = words(T("filters as an address has them, for example region=26&size=small"), LONGEST_QUERY)


class RemarkBody(Body):
    """A label put on or taken off companies, or a note about them."""

    kind = fields.String(
        required=True, validate=validate.OneOf(KINDS), metadata=about(T("label, unlabel takes it off, or note"))
    )
    text = words(T("the label or the note"), LONGEST_NOTE, required=True)
    inns = fields.List(
        fields.String(metadata=about(T("INN of a company"), format="inn")),
        load_default=[],
        validate=validate.Length(max=MOST_NAMED),
        metadata=about(T("companies it is about")),
    )
    all = fields.Boolean(
        load_default=False, metadata=about(T("about every company of the list that the parameters ask for"))
    )


class UndoBody(Body):
    """Whether the undoing is taken back."""

    redo = fields.Boolean(load_default=False, metadata=about(T("take the undoing back")))


class Town(Shape):
    """A town with its companies; without a name, those of a region whose town is unknown."""

    name = string()
    region_code = string()
    lat = number("degrees")
    lon = number("degrees")
    companies = whole()


class LabelledItem(CompanyItem):
    """A line of the list, with the labels of the company."""

    labels = texts()


class CompanyList(Page):
    """Companies, how many each choice of a filter would leave, and the towns of all of them."""

    items = listed(LabelledItem)
    counts = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    towns = listed(Town)


class View(Shape):
    """A list an account keeps; its ``query`` is good for ``/company-list``."""

    number = whole()
    name = string()
    query = string()
    at = string()
    removed = fields.Boolean(required=True)


class Views(Shape):
    """The lists an account keeps."""

    items = listed(View)


class LabelCount(Shape):
    """A label, and how many companies bear it."""

    label = string()
    companies = whole()


class Labels(Shape):
    """All labels."""

    items = listed(LabelCount)


class Remark(Shape):
    """A step about companies."""

    number = whole()
    kind = string(validate=validate.OneOf(KINDS))
    text = string()
    by = string()
    at = string()
    undone = fields.Boolean(required=True)
    companies = whole()


class Remarks(Shape):
    """What was noted about a company, the last first, and the labels it bears."""

    labels = texts()
    items = listed(Remark)


class HistoryStep(Shape):
    """What somebody did about a company, or an import that speaks of it."""

    kind = string()
    what = string()
    note = string()
    by = string()
    at = string()
    supplier = string()
    buyer = string()
    other = maybe_text()
    other_name = string()
    run = fields.Integer(required=True, allow_none=True)


class History(Shape):
    """The latest steps about a company, the last first."""

    items = listed(HistoryStep)


class Candidates(Shape):
    """The first candidates of a shortlist, and the partners there are already."""

    total = whole()
    items = listed(RankedItem)
    partners = listed(Partner)


class Anchor(Firm):
    """A large producer that the company could supply, with its place among the suppliers."""

    score = number("log-odds")
    distance_km = maybe_number("kilometres")
    expected_value_rub = maybe_number("roubles a year")
    place = fields.Nested(Place, required=True)


class NearGap(Coded):
    """A gap of the region that the company feels or could help to close."""

    gap_rub = maybe_number("roubles a year")
    single_source = fields.Boolean(required=True)
    own_rub = fields.Float(allow_none=True)
    share = fields.Float()


class NearGaps(Shape):
    """Gaps around a company."""

    needs = listed(NearGap)
    makes = listed(NearGap)


class Surroundings(Firm):
    """What surrounds a company."""

    region_code = string()
    suppliers = fields.Nested(Candidates, required=True)
    buyers = fields.Nested(Candidates, required=True)
    anchors = listed(Anchor)
    gaps = fields.Nested(NearGaps, required=True)


def times() -> fields.Dict:
    """Return the field of how often, by place or role."""
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class Month(Shape):
    """How often in a month."""

    month = string()
    times = times()


class Looks(Shape):
    """How often a company was looked at in the last days and in those before, and what came of it."""

    days = whole()
    now = times()
    before = times()
    roles = times()
    months = listed(Month)
    introductions = listed(Introduction)
    calls = listed(CallReceived)

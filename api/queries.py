"""What pages and API may be asked: names, kinds and bounds of query parameters, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import marshmallow as ma
from marshmallow import fields, validate

from matcher.index.columns import CATEGORIES
from matcher.index.economy import LAYERS
from matcher.pipeline.companies.listed import ORDERS as COMPANY_ORDERS
from matcher.pipeline.exchange.board_list import ORDERS as BOARD_ORDERS
from matcher.pipeline.projects.candidates import ORDERS as PROJECT_ORDERS
from matcher.projects.generators import GENERATORS
from matcher.report.board import SOURCES
from matcher.report.files.papers import FORMS as PAPERS
from matcher.report.ranking.ordering import GAP_ORDERS, ORDERS
from matcher.report.ranking.reasons import PART_NAMES
from models.board import KINDS, SIDES
from models.clusters import STAGES, clusters, segments
from models.geography import regions
from models.identifiers import parse_inn, parse_okved
from models.project_kinds import directions
from models.text import T, Text
from models.typical import Order

LONGEST_TEXT = 2000
INN_PATTERN = r"^(\d{10}|\d{12})$"
MOST = 200
LONGEST_CURSOR = 1000
WEIGHT_PATTERN = rf"^({'|'.join(PART_NAMES)})=\d(\.\d)?$"
#: A turnover no company of the country reaches, roubles a year.
LARGEST_REVENUE = 1e14


def about(text: Text, **more: Any) -> dict[str, Any]:
    """Return the metadata of a field: its description, the key of the catalogue."""
    return {"description": text.msgid, **more}


class InnField(fields.String):
    """An INN, checksum verified; a bad one is told like on the command line."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        return parse_inn(str(value))


class OkvedField(fields.String):
    """An OKVED-2 code known to the classification."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        return parse_okved(str(value))


def an_inn(text: Text, *, required: bool = False) -> InnField:
    """Return the field of an INN."""
    return InnField(required=required, metadata=about(text, example="2631015563", pattern=INN_PATTERN, format="inn"))


def an_okved(text: Text) -> OkvedField:
    """Return the field of an activity code."""
    return OkvedField(metadata=about(text, example="20.15", format="okved"))


def some_words(text: Text, longest: int = LONGEST_TEXT, **more: Any) -> fields.String:
    """Return the field of a free text."""
    return fields.String(validate=validate.Length(max=longest), metadata=about(text, **more))


def a_region(text: Text, **more: Any) -> fields.String:
    """Return the field of a region; whether there is one of that code is told with the answer."""
    return fields.String(
        validate=validate.Length(max=2), metadata=about(text, example="26", enum=sorted(regions())), **more
    )


def a_cluster(**more: Any) -> fields.String:
    """Return the field of a cluster."""
    known = [cluster.key for cluster in clusters()]
    text = T("cluster key, for example chemical")
    return fields.String(validate=validate.Length(max=40), metadata=about(text, enum=known), **more)


def a_segment(text: Text) -> fields.String:
    """Return the field of a segment; whether the cluster has it is told with the answer."""
    known = sorted({segment.slug for cluster in clusters() for segment in segments(cluster.key)})
    return fields.String(validate=validate.Length(max=60), metadata=about(text, enum=known))


def how_many(most: int, usual: int) -> fields.Integer:
    """Return the field that says how many items to list."""
    return fields.Integer(
        load_default=usual, validate=validate.Range(1, most), metadata=about(T("how many items to list"))
    )


def yes_or_no(text: Text) -> fields.Boolean:
    """Return the field of a yes or no."""
    return fields.Boolean(load_default=False, metadata=about(text))


def several(text: Text, example: str, **more: Any) -> fields.List[Any]:
    """Return the field of short words that may be repeated."""
    word = fields.String(validate=validate.Length(max=40), metadata=about(text, example=example, **more))
    return fields.List(word, validate=validate.Length(max=20), metadata=about(text))


def a_form(forms: Iterable[str], usual: str) -> fields.String:
    """Return the field that says of which kind a file shall be."""
    return fields.String(load_default=usual, validate=validate.OneOf([*forms]), metadata=about(T("kind of file")))


def a_project() -> fields.String:
    """Return the field of the number of a joint project."""
    return fields.String(required=True, validate=validate.Length(1, 200), metadata=about(T("number of the project")))


class Query(ma.Schema):
    """What every question takes: the language of texts; a blank value is no value."""

    lang = fields.String(validate=validate.OneOf(("ru", "en")), metadata=about(T("language of texts")))

    @ma.pre_load
    def drop_blank(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out parameters sent empty, as forms do with fields nobody filled in."""
        return {key: kept for key in data if (kept := filled(data[key])) not in ("", [])}


def filled(value: Any) -> Any:
    """Return a parameter without blanks around it or blank items in it.

    >>> filled(" 26 "), filled(["20.15", " "])
    ('26', ['20.15'])
    """
    if isinstance(value, list):
        return [text for item in value if (text := str(item).strip(" "))]
    return value.strip(" ") if isinstance(value, str) else value


class PagedQuery(Query):
    """What lists take that are read page by page."""

    cursor = fields.String(
        validate=validate.Length(max=LONGEST_CURSOR),
        metadata=about(T("where to go on: next_cursor of the page before"), format="cursor"),
    )
    top = how_many(MOST, 100)


def ordered(orders: Iterable[str]) -> fields.String:
    """Return the field that says in which order to list; the first is the usual one, ``-`` means descending."""
    known = tuple(orders)
    return fields.String(
        load_default=known[0], validate=validate.OneOf(known), metadata=about(T("order of the list, - for descending"))
    )


class CompaniesQuery(PagedQuery):
    """The list of companies."""

    cluster = a_cluster()
    stage = fields.String(validate=validate.OneOf(STAGES), metadata=about(T("stage of the chain")))
    segment = a_segment(T("segment of the cluster, for example fertilisers_pesticides"))
    region = a_region(T("two-digit region code, for example 26"))
    text = some_words(T("part of a name, an INN or a town"), 200)
    okved = an_okved(T("only companies active under this code"))
    category = fields.String(validate=validate.OneOf(CATEGORIES[1:]), metadata=about(T("size of the company")))
    sort = ordered(COMPANY_ORDERS)


class ShortlistQuery(PagedQuery):
    """What both shortlists take."""

    region = a_region(T("only candidates of this region, two-digit code"))
    sme = yes_or_no(T("small and medium companies only"))
    new_only = yes_or_no(T("leave out present partners"))
    makers_only = yes_or_no(T("leave out wholesalers"))
    mutual = yes_or_no(T("add the asker's place on each candidate's own list"))
    radius = fields.Float(
        validate=validate.Range(min=0, min_inclusive=False, max=20_000),
        metadata=about(T("farthest candidate, kilometres"), exclusiveMinimum=0),
    )
    weights = several(
        T("what if a part weighed X times as much: PART=X; may be repeated"), "distance=2", pattern=WEIGHT_PATTERN
    )
    without = several(
        T("a part of the score, or current, capital or channel of the recipe, to leave out; may be repeated"),
        "text_fit",
        enum=[*PART_NAMES, *LAYERS],
    )
    price = several(
        T("what if goods of a code cost X times as much: CODE=X; may be repeated"), "20.15=1.2", format="price"
    )
    sort = ordered(ORDERS)
    top = how_many(MOST, 20)


class SuppliersQuery(ShortlistQuery):
    """The supplier shortlist."""

    inn = an_inn(T("INN of the buyer"), required=True)
    certified = fields.Integer(
        validate=validate.Range(min=0, max=120),
        metadata=about(T("only makers whose products stay in the register of Russian products so many months")),
    )
    need = some_words(T("what is needed, in words"))
    instead_of = some_words(T("what if need took the place of this need, in words, or of all inputs: all"))


class SuppliersPageQuery(SuppliersQuery):
    """The page of a supplier shortlist: how it is laid out as well."""

    flat = yes_or_no(T("all inputs in one list"))


class CompareQuery(SuppliersQuery):
    """Whom to choose from when suppliers of a buyer are compared."""

    class Meta:
        """The buyer has a parameter of its own."""

        exclude = ("inn",)


class BuyersQuery(ShortlistQuery):
    """The buyer shortlist, also for a firm in no register."""

    inn = an_inn(T("INN of the supplier"))
    text = some_words(T("what the supplier makes, in words"))
    okved = fields.List(an_okved(T("activity code")), metadata=about(T("activity code; may be repeated")))
    home = a_region(T("region of a supplier that is described, two-digit code"))
    city = some_words(T("town of a supplier that is described"), 100)
    revenue_rub = fields.Float(
        validate=validate.Range(min=1, max=LARGEST_REVENUE),
        metadata=about(T("yearly revenue of a supplier that is described, roubles")),
    )


class BuyersPageQuery(BuyersQuery):
    """The page of a buyer shortlist: how it is laid out as well."""

    flat = yes_or_no(T("users and traders in one list"))


class ExplainQuery(Query):
    """One pair."""

    supplier = an_inn(T("INN of the supplier"), required=True)
    buyer = an_inn(T("INN of the buyer"), required=True)


class GapsQuery(PagedQuery):
    """Gaps of a cluster, of a region or around one firm."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    anchor = an_inn(T("INN of the firm around which to look"))
    sort = ordered(GAP_ORDERS)
    top = how_many(MOST, 20)


class BoardQuery(Query):
    """The board of offers and requests."""

    kind = fields.String(validate=validate.OneOf(KINDS), metadata=about(T("kind of entry")))
    side = fields.String(validate=validate.OneOf(SIDES), metadata=about(T("offers or requests")))
    region = a_region(T("two-digit region code, for example 26"))
    source = fields.String(validate=validate.OneOf(SOURCES), metadata=about(T("entries, or what cards say")))
    okved = an_okved(T("activity code"))
    text = some_words(T("what is looked for, in words"), 200)
    order = fields.String(validate=validate.OneOf(BOARD_ORDERS), metadata=about(T("by what it is sorted")))
    start = fields.Integer(
        load_default=0, data_key="from", validate=validate.Range(0, 100_000), metadata=about(T("items to leave out"))
    )
    top = how_many(MOST, 20)


class CatalogueQuery(Query):
    """The catalogue of products."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    segment = some_words(T("segment of the cluster, for example fertilisers_pesticides"), 60)
    language = fields.String(validate=validate.OneOf(("ru", "en")), metadata=about(T("language of a file")))


class ProjectsQuery(PagedQuery):
    """Joint-project candidates."""

    kind = fields.String(validate=validate.OneOf(tuple(GENERATORS)), metadata=about(T("one kind of project")))
    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    anchor = an_inn(T("INN of a firm that takes part in all of them"))
    direction = some_words(T("strategic direction of the programme, for example С5–В1"), 10, enum=[*directions()])
    sort = ordered(PROJECT_ORDERS)
    top = how_many(MOST, 20)
    portfolio = fields.Integer(
        validate=validate.Range(1, 50), metadata=about(T("choose the portfolio worth most, of so many projects"))
    )
    each = fields.Integer(
        load_default=2, validate=validate.Range(1, 50), metadata=about(T("most projects of a portfolio for one firm"))
    )
    smes = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 200),
        metadata=about(T("fewest small and medium firms in a portfolio")),
    )
    budget_rub = fields.Float(
        validate=validate.Range(0, LARGEST_REVENUE),
        metadata=about(T("most that preparing a portfolio may cost, roubles")),
    )
    rivals = yes_or_no(T("in a portfolio also projects in which rivals would agree on prices"))


class ProjectQuery(Query):
    """Where one candidate is looked for."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))


class OneProjectQuery(ProjectQuery):
    """Which candidate, and where it is looked for."""

    id = a_project()


class SheetQuery(OneProjectQuery):
    """The one-page sheet of a candidate."""

    form = a_form(PAPERS, "pdf")


class ChainQuery(Query):
    """The value-chain table."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    profile = yes_or_no(T("add dynamics by year and structure of stages and segments"))
    segment = a_segment(T("only this segment in the profile"))
    years = fields.String(
        validate=validate.Length(max=20), metadata=about(T("years of the profile"), example="2016-2024", format="years")
    )


class BulkQuery(Query):
    """Every company of a cluster and a region."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))


class ClassifyQuery(Query):
    """What a text, a company or a code does; one of the three."""

    text = some_words(T("a text about products or services"))
    inn = an_inn(T("INN of a company of the register"))
    okved = an_okved(T("activity code"))
    cluster = a_cluster()
    top = how_many(50, 5)


class InputsQuery(Query):
    """What an activity needs."""

    okved = OkvedField(required=True, metadata=about(T("activity code"), example="20.15", format="okved"))
    of = yes_or_no(T("list the activities that use it instead of what it needs"))
    by = fields.String(
        load_default="coefficient",
        validate=validate.OneOf(get_args(Order)),
        metadata=about(T("Sort by roubles, or by what the trade typically takes.")),
    )
    top = how_many(MOST, 20)

"""The shapes of the catalogue of products."""

from __future__ import annotations

from marshmallow import fields

from api.pages.catalogue import KINDS_OF_FILE
from api.queries import CatalogueQuery, PagedQuery, a_cluster, a_form, a_region, a_segment, how_many
from api.v1.kit import Listing, Shape, listed, maybe_text, number, string, whole
from models.text import T


class CataloguePartQuery(PagedQuery):
    """The firms of a catalogue, page by page."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    segment = a_segment(T("segment of the cluster, for example fertilisers_pesticides"))
    top = how_many(200, 20)


class CatalogueFileQuery(CatalogueQuery):
    """The whole catalogue as a file."""

    class Meta:
        """A file holds every segment."""

        exclude = ("segment",)

    form = a_form(KINDS_OF_FILE, "xlsx")


class Worded(Shape):
    """A name or a text, and the language it is in."""

    lang = string()


class ActivityNamed(Worded):
    """An activity."""

    code = string()
    name = string()


class Product(ActivityNamed):
    """A product that a firm declared."""

    class_ = fields.String(required=True, data_key="class", attribute="class")


class OfferText(Worded):
    """Something a firm says it sells."""

    text = string()


class CatalogueEntry(Worded):
    """An offer of the board."""

    ref = string()
    title = string()
    volume = string()
    price = string()
    terms = string()
    until = maybe_text()


class MakerItem(Shape):
    """A firm with all that is known of what it makes."""

    inn = string()
    name = string()
    own_name = string()
    city = string()
    region_code = maybe_text()
    region = string()
    website = maybe_text()
    products = listed(Product)
    offers = listed(OfferText)
    capacity = maybe_text()
    entries = listed(CatalogueEntry)


class PlacedMaker(MakerItem):
    """A firm of the catalogue, with the segment and the activity it stands under."""

    segment = string()
    activity = fields.Nested(ActivityNamed, required=True)


class SegmentCount(Shape):
    """A segment of the catalogue, and how many firms it has."""

    segment = string()
    name = string()
    stage = string()
    firms = whole()


class ExportLine(Shape):
    """The export of the region in a line of goods."""

    name = string()
    year = whole()
    export_musd = number("million US dollars")
    growth = number("share of 1")


class Catalogue(Listing):
    """Firms by segment, activity and INN; counts are of the whole catalogue."""

    items = listed(PlacedMaker)
    segments = listed(SegmentCount)
    exports = listed(ExportLine)
    firms = whole()
    products = whole()
    offers = whole()
    entries = whole()
    date = string()


class FirmProducts(MakerItem):
    """What one firm makes."""

    activities = listed(ActivityNamed)
    exports = listed(ExportLine)

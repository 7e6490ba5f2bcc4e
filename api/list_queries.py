"""What the list of companies may be asked: filters that take several values, a part of the map, an order, a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from api.queries import Query, a_cluster, a_form, about, some_words
from matcher.index.filters import MARKS, SORTS, Box, Wanted
from matcher.pipeline.companies.files import FORMS
from models.text import T

CHEMICAL = "chemical"
#: Values of one filter at most: as many as there are regions.
MOST_VALUES = 100
MOST_PAGES = 1_000_000


def chosen_values() -> fields.List[Any]:
    """Return the field of a filter: short words, each an alternative."""
    word = fields.String(validate=validate.Length(max=60))
    return fields.List(word, validate=validate.Length(max=MOST_VALUES), metadata=about(T("values of a filter")))


class BoxField(fields.Field[Box]):
    """A part of the map: south, west, north and east in degrees, with commas between."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Box:
        try:
            south, west, north, east = (float(part) for part in str(value).split(","))
        except ValueError as error:
            raise ma.ValidationError("not four numbers") from error
        if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
            raise ma.ValidationError("not a part of the map")
        return south, west, north, east


class CompanyListQuery(Query):
    """The list of companies on the page."""

    cluster = a_cluster()
    stage = chosen_values()
    segment = chosen_values()
    region = chosen_values()
    size = chosen_values()
    state = chosen_values()
    has = fields.List(fields.String(validate=validate.OneOf(MARKS)), metadata=about(T("what is known of a company")))
    label = chosen_values()
    town = some_words(T("a town: region code and name, for example 26:Невинномысск"), 120)
    box = BoxField(
        metadata=about(T("a part of the map: south,west,north,east in degrees"), type="string", format="box")
    )
    text = some_words(T("words of a name, a town, an INN, a code or a company's own texts"), 200)
    sort = fields.String(load_default=SORTS[0], validate=validate.OneOf(SORTS), metadata=about(T("order of the list")))
    page = fields.Integer(
        load_default=1, validate=validate.Range(1, MOST_PAGES), metadata=about(T("which page, from 1"))
    )


class CompanyFileQuery(CompanyListQuery):
    """The list of companies as a file."""

    form = a_form(FORMS, "xlsx")


def wanted_of(asked: Mapping[str, Any]) -> Wanted:
    """Return what a list shall hold."""
    several = ("stage", "segment", "region", "size", "state", "has", "label")
    return Wanted(
        asked.get("cluster", CHEMICAL),
        **{name: tuple(dict.fromkeys(asked.get(name, ()))) for name in several},
        town=asked.get("town"),
        box=asked.get("box"),
        text=asked.get("text"),
    )

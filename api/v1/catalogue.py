"""The catalogue of products: its firms page by page, one firm, and files; as its pages do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from werkzeug.wrappers import Response

from api import answers, queries
from api.asking import workspace
from api.languages import current_language
from api.pages.catalogue import KINDS_OF_FILE, catalogue_file, catalogue_of
from api.v1 import catalogue_shapes as shapes
from api.v1.describing import answer, file
from api.v1.paging import page
from matcher.index.filters import checked
from matcher.pipeline.exchange.products import firm_products
from matcher.report.frame import Document
from models.clusters import segments
from models.text import T

Placed = tuple[tuple[int, str, str], Document]


@answer("/catalogue", shapes.CataloguePartQuery, shapes.Catalogue, T("what the firms of a cluster make"))
def catalogue(asked: answers.Asked) -> Document:
    """Products declared, own words, offers on the board."""
    document = catalogue_of(dict(asked), current_language())
    if segment := asked.get("segment"):
        checked("segment", [segment], [row.slug for row in segments(document["query"]["cluster"])])
    found = sorted(placed(document["segments"], segment), key=lambda each: each[0])
    counts = {name: document[name] for name in ("firms", "products", "offers", "entries", "exports", "date")}
    contents = [{name: row[name] for name in ("segment", "name", "stage", "firms")} for row in document["segments"]]
    told = page(found, asked["top"], lambda each: each[0], lambda each: each[1])
    return {**told, **counts, "query": {**document["query"], "segment": segment}, "segments": contents}


def placed(rows: list[Any], segment: str | None) -> Iterator[Placed]:
    """Yield the firms of a catalogue with the place of each: number of its segment, activity, INN."""
    for number, row in enumerate(rows):
        if segment not in (None, row["segment"]):
            continue
        for activity in row["activities"]:
            under = {name: activity[name] for name in ("code", "name", "lang")}
            for firm in activity["firms"]:
                yield (number, under["code"], firm["inn"]), {**firm, "segment": row["segment"], "activity": under}


@answer("/catalogue/firms/<inn>", queries.Query, shapes.FirmProducts, T("what one firm makes"))
def catalogue_firm(_asked: answers.Asked, inn: str) -> Document:
    """With the export of its region in the same lines."""
    return firm_products(workspace(), inn, date.today())


@file("/catalogue/file", shapes.CatalogueFileQuery, KINDS_OF_FILE, T("the catalogue of products as a file"))
def catalogue_as_file(asked: answers.Asked) -> Response:
    """In the language that is asked for."""
    return catalogue_file(dict(asked), asked["form"])

"""The list of companies as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import numpy as np
from flask import request, url_for
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import bare, page_query, workspace
from api.languages import current_language
from api.list_queries import CompanyFileQuery, CompanyListQuery, wanted_of
from api.pages.files import download
from api.pages.site import blueprint, page, segment_choices
from api.town_map import town_map
from matcher.index.directory import STATES
from matcher.index.filters import FILTERS, NONE, SORTS, Ints, Wanted
from matcher.pipeline.companies.files import FORMS, Form, write_companies
from matcher.pipeline.companies.listed import company_list, ordered, sieve
from matcher.pipeline.companies.remarks import labelled, labels_of, told_of, views_of
from matcher.pipeline.workspace import Workspace
from models.clusters import STAGES
from models.geography import region_name
from models.identifiers import parse_inn

PER_PAGE = 50
#: Values of long filters that are shown before one unfolds the others.
AT_ONCE: Mapping[str, int] = {"region": 8, "label": 12}


@blueprint.get("/companies")
def companies() -> str:
    """List companies: filters with counts, a page of the table, its towns on a map."""
    asked, here = page_query(CompanyListQuery), workspace()
    wanted, known = wanted_of(asked), labelled(bare())
    address = url_for("pages.companies")
    document = company_list(here, wanted, known, asked["sort"], asked["page"], PER_PAGE)
    inns = [item["inn"] for item in document["items"]]

    def narrowed(**changed: Any) -> str:
        return address + "?" + query_of({**asked, **changed})

    return page(
        "companies.html",
        document=document,
        asked=asked,
        wanted=wanted,
        filters=filter_values(document["counts"], wanted),
        segment_names=dict(segment_choices(wanted.cluster)),
        labels=labels_of(bare(), inns),
        all_labels=list(known),
        towns=town_map([{**town, "label": place_label(town)} for town in document["towns"]]),
        sorts=SORTS,
        forms=FORMS,
        query=query_of(asked),
        with_query=narrowed,
        chips=[
            (name, value, narrowed(**{name: [each for each in getattr(wanted, name) if each != value]}, page=1))
            for name in FILTERS
            for value in getattr(wanted, name)
        ],
        town_link=lambda spot: narrowed(town=spot.town, box=spot.box and spot.box.split(","), page=1),
        views=views_of(bare(), member().login),
        told=told_of(bare(), request.args.get("did", ""), member().login),
    )


def place_label(town: Mapping[str, Any]) -> str:
    """Return what a town is called on the map; firms whose town is unknown stand in the middle of their region."""
    return str(town["name"]) or region_name(town["region_code"], current_language())


@dataclass(frozen=True, slots=True)
class Values:
    """Values of a filter with their counts: those shown at once, and those one unfolds."""

    first: Sequence[tuple[str, int]]
    others: Sequence[tuple[str, int]]


def filter_values(counts: Mapping[str, Mapping[str, int]], wanted: Wanted) -> dict[str, Values]:
    """Return the values of each filter with their counts, in the order they are shown; regions by number of firms."""
    orders: Mapping[str, Iterable[str]] = {
        "stage": (*STAGES, NONE),
        "segment": (*(slug for slug, _ in segment_choices(wanted.cluster)), NONE),
        "region": sorted(counts["region"], key=lambda code: (-counts["region"][code], code)),
        "size": ("micro", "small", "medium", "large", NONE),
        "state": (*STATES[1:], NONE),
    }
    found = {}
    for name in FILTERS:
        known, chosen, most = counts[name], getattr(wanted, name), AT_ONCE.get(name, len(counts[name]))
        values = [(value, known[value]) for value in orders.get(name, known) if value in known]
        at_once = [each for number, each in enumerate(values) if number < most or each[0] in chosen]
        found[name] = Values(at_once, [each for each in values if each not in at_once])
    return found


def query_of(asked: Mapping[str, Any]) -> str:
    """Return the part of an address that asks for a list again, without what goes without saying.

    >>> query_of({"region": ["26", "61"], "sort": "output", "page": 1, "box": (44.0, 41.0, 46.0, 43.0)})
    'region=26&region=61&box=44.0%2C41.0%2C46.0%2C43.0'
    """
    usual = {"sort": SORTS[0], "page": 1}
    told = {name: value for name, value in asked.items() if value and usual.get(name) != value}
    if "box" in told:
        told["box"] = ",".join(str(corner) for corner in told["box"])
    return urlencode(told, doseq=True)


@blueprint.get("/companies/list")
def companies_file() -> Response:
    """Send the companies of a list, filtered like its page, as a file."""
    return file_of_list(page_query(CompanyFileQuery))


@blueprint.post("/companies/list")
def chosen_file() -> Response:
    """Send the companies that were ticked as a file."""
    form = request.form.get("form", "")
    return file_of_chosen(request.form.getlist("inn"), form if form in FORMS else "xlsx")


def file_of_chosen(inns: Iterable[str], form: Form) -> Response:
    """Return companies that were chosen as a file to keep."""
    here = workspace()
    firms = np.array([here.firm(inn) for inn in dict.fromkeys(map(parse_inn, inns))], dtype=np.int64)
    return company_file(here, firms, form)


def file_of_list(asked: Mapping[str, Any]) -> Response:
    """Return the companies of a list as a file to keep."""
    here = workspace()
    firms = sieve(here, wanted_of(asked), labelled(bare())).firms()
    return company_file(here, ordered(here, firms, asked["sort"]), asked["form"])


def company_file(here: Workspace, firms: Ints, form: Form) -> Response:
    """Return companies as a file to keep."""
    with TemporaryDirectory(prefix="zveno-list-") as folder:
        path = Path(folder) / f"companies.{form}"
        write_companies(here, firms, form, path)
        held = path.read_bytes()
    return download(held, "companies", form)

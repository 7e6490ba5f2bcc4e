"""Shortlists, sheets of projects and networks as files; as the pages hand them over."""

from __future__ import annotations

from werkzeug.wrappers import Response

from api import answers, chain_queries, queries
from api.pages.comparison import buyers_file, suppliers_file
from api.pages.pictures import graph_file, members_file
from api.pages.regional import sheet_file
from api.queries import a_form
from api.v1.describing import file
from api.v1.supply_shapes import PaperQuery
from matcher.report.files.papers import FORMS as PAPERS
from matcher.report.files.shortlist_files import FORMS
from models.text import T

NETWORKS = ("graphml", "geojson")


class SuppliersFileQuery(queries.SuppliersQuery, PaperQuery):
    """A supplier shortlist as a file."""

    class Meta:
        """A file holds one page."""

        exclude = ("cursor",)


class BuyersFileQuery(queries.BuyersQuery, PaperQuery):
    """A buyer shortlist as a file."""

    class Meta:
        """A file holds one page."""

        exclude = ("cursor",)


class NetworkFileQuery(chain_queries.NetworkQuery):
    """A network as a file."""

    form = a_form(NETWORKS, NETWORKS[0])


@file("/suppliers/file", SuppliersFileQuery, FORMS.values(), T("who could supply a company, as a file"))
def suppliers_as_file(asked: answers.Asked) -> Response:
    """A workbook, a document or PDF."""
    return suppliers_file(asked, asked["form"])


@file("/buyers/file", BuyersFileQuery, FORMS.values(), T("who could buy what a company makes, as a file"))
def buyers_as_file(asked: answers.Asked) -> Response:
    """Of a company, or of words with the codes a person confirmed."""
    return buyers_file(asked, asked["form"])


@file("/projects/sheet", queries.SheetQuery, PAPERS, T("the one-page sheet of a joint project"))
def project_as_sheet(asked: answers.Asked) -> Response:
    """A document or PDF."""
    return sheet_file(asked)


@file("/chain/graph/file", NetworkFileQuery, NETWORKS, T("the whole network of firms as a file"))
def network_as_file(asked: answers.Asked) -> Response:
    """GraphML, or GeoJSON on the map."""
    return graph_file(asked, asked["form"])


@file("/chain/companies/file", chain_queries.PlacesQuery, ("geojson",), T("the members of a cluster on the map"))
def members_as_file(asked: answers.Asked) -> Response:
    """GeoJSON."""
    return members_file(asked)

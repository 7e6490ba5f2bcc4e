"""The chain as pictures: the firms behind a flow, the graph of firms, and what holds it together."""

from __future__ import annotations

from typing import Any

from flask import current_app
from werkzeug.wrappers import Response

from api import answers, chain_queries, networks
from api.asking import kept_undecided, page_query, workspace
from api.layered import drawing
from api.pages.files import download
from api.pages.site import blueprint, page
from matcher.pipeline.chain import graph_files
from matcher.report.frame import Document

#: Links drawn beside a structure.
DRAWN = 60
#: Numbers of links the page of the graph offers, and how they are written.
SIZES = tuple((size, str(size)) for size in (20, 40, 80, 120))


@blueprint.get("/chain/flow")
def chain_flow() -> str:
    """Show the firms behind one flow of a chain."""
    asked = page_query(chain_queries.FlowQuery)
    return page("chain_flow.html", document=kept_undecided(answers.flow, asked), asked=asked)


@blueprint.get("/chain/graph")
def chain_graph() -> str:
    """Show who supplies whom: the largest links, those around a firm, or the way between two."""
    asked = page_query(chain_queries.GraphPageQuery)
    document = answers.graph(workspace(), asked, networks.links(asked))
    return page("chain_graph.html", document=document, drawn=drawing(document), size_choices=SIZES, **_scope(asked))


@blueprint.get("/chain/structure")
def chain_structure() -> str:
    """Show sub-clusters, and the firms and links without which the network falls apart."""
    asked = page_query(chain_queries.StructureQuery)
    network = networks.network(asked)
    picture = answers.graph(workspace(), {**asked, "top": DRAWN}, network.links, network)
    return page(
        "chain_structure.html",
        document=answers.structure(workspace(), asked, network),
        picture=picture,
        drawn=drawing(picture),
        **_scope(asked),
    )


@blueprint.get("/chain/graph.graphml")
def chain_graphml() -> Response:
    """Hand over the whole network of firms as GraphML."""
    return graph_file(page_query(chain_queries.NetworkQuery), "graphml")


@blueprint.get("/chain/graph.geojson")
def chain_geojson() -> Response:
    """Hand over the whole network of firms on the map."""
    return graph_file(page_query(chain_queries.NetworkQuery), "geojson")


def graph_file(asked: answers.Asked, form: str) -> Response:
    """Return the whole network of firms as GraphML, or on the map."""
    here, links = workspace(), networks.links(asked)
    if form == "graphml":
        return download(graph_files.graphml(here, answers.scope(asked)[0], links), _name(asked), form)
    return _map(graph_files.geojson(here, answers.scope(asked)[0], links), _name(asked))


@blueprint.get("/chain/companies.geojson")
def chain_companies() -> Response:
    """Hand over the members of a cluster on the map."""
    return members_file(page_query(chain_queries.PlacesQuery))


def members_file(asked: answers.Asked) -> Response:
    """Return the members of a cluster on the map."""
    cluster, region, segment = asked.get("cluster", answers.CHEMICAL), asked.get("region"), asked.get("segment")
    document = graph_files.members(workspace(), cluster, region, segment)
    return _map(document, "-".join(filter(None, (segment or cluster, region))))


def _map(document: Document, name: str) -> Response:
    return download(current_app.json.dumps(document).encode(), name, "geojson")


def _name(asked: answers.Asked) -> str:
    """Return what the files of a network are called."""
    return "-".join(filter(None, ("graph", *answers.scope(asked))))


def _scope(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what was asked, the cluster named, and the parameters that lead to the same network."""
    cluster = asked.get("cluster", answers.CHEMICAL)
    same = {"cluster": cluster, "region": asked.get("region"), "everything": 1 if asked["everything"] else None}
    return {"asked": asked, "cluster": cluster, "same": same}

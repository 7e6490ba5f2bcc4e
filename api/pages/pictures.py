"""The chain as pictures: the firms behind a flow, the graph of firms, and what holds it together."""

from __future__ import annotations

from typing import Any

from api import answers, networks, queries
from api.asking import kept, page_query, workspace
from api.layered import drawing
from api.pages.site import blueprint, page

#: Links drawn beside a structure.
DRAWN = 60
#: Numbers of links the page of the graph offers, and how they are written.
SIZES = tuple((size, str(size)) for size in (20, 40, 80, 120))


@blueprint.get("/chain/flow")
def chain_flow() -> str:
    """Show the firms behind one flow of a chain."""
    asked = page_query(queries.FlowQuery)
    return page("chain_flow.html", document=kept(answers.flow, asked), asked=asked)


@blueprint.get("/chain/graph")
def chain_graph() -> str:
    """Show who supplies whom: the largest links, those around a firm, or the way between two."""
    asked = page_query(queries.GraphPageQuery)
    document = answers.graph(workspace(), asked, networks.links(asked))
    return page("chain_graph.html", document=document, drawn=drawing(document), size_choices=SIZES, **_scope(asked))


@blueprint.get("/chain/structure")
def chain_structure() -> str:
    """Show sub-clusters, and the firms and links without which the network falls apart."""
    asked = page_query(queries.StructureQuery)
    network = networks.network(asked)
    picture = answers.graph(workspace(), {**asked, "top": DRAWN}, network.links, network)
    return page(
        "chain_structure.html",
        document=answers.structure(workspace(), asked, network),
        picture=picture,
        drawn=drawing(picture),
        **_scope(asked),
    )


def _scope(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what was asked, the cluster named, and the parameters that lead to the same network."""
    cluster = asked.get("cluster", answers.CHEMICAL)
    same = {"cluster": cluster, "region": asked.get("region"), "everything": 1 if asked["everything"] else None}
    return {"asked": asked, "cluster": cluster, "same": same}

"""From the parameters of a request to the document that answers it; pages and API ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.portfolio import Limits
from matcher.gaps.network import Links, Network
from matcher.index.filters import Wanted
from matcher.pipeline import demo, lookups, shortlists
from matcher.pipeline.chain import firm_graph, flows, profile, table
from matcher.pipeline.chain import gaps as gap_lists
from matcher.pipeline.companies import listed
from matcher.pipeline.companies.company import company_card
from matcher.pipeline.described import Described
from matcher.pipeline.exchange import offer
from matcher.pipeline.projects import candidates as joint
from matcher.pipeline.shortlists import Options
from matcher.pipeline.whatif import changes_of
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document, Part
from matcher.report.paging import Key
from matcher.report.ranking.layout import Layout
from models.errors import UsageError
from models.text import T

Asked = Mapping[str, Any]
CHEMICAL = "chemical"


def companies(workspace: Workspace, asked: Asked) -> Document:
    """Return the list of companies."""
    return companies_part(workspace, asked, None)[0]


def companies_part(workspace: Workspace, asked: Asked, after: Key | None) -> Part:
    """Return a part of the list of companies."""
    one = lookups.one_or_none
    wanted = Wanted(
        asked.get("cluster", CHEMICAL),
        one(asked.get("stage")),
        one(asked.get("segment")),
        one(asked.get("region")),
        one(asked.get("category")),
        text=asked.get("text"),
    )
    return listed.companies_part(workspace, wanted, asked["top"], asked["sort"], after, asked.get("okved"))


def company(workspace: Workspace, inn: str) -> Document:
    """Return the card of one company."""
    return company_card(workspace, inn)


def suppliers(workspace: Workspace, asked: Asked) -> Document:
    """Return a supplier shortlist."""
    return suppliers_part(workspace, asked, None)[0]


def suppliers_part(workspace: Workspace, asked: Asked, after: Key | None) -> Part:
    """Return a part of a supplier shortlist."""
    return shortlists.suppliers_part(workspace, asked["inn"], _options(asked, after))


def buyers(workspace: Workspace, asked: Asked) -> Document:
    """Return a buyer shortlist, of a firm of the register or of one that is described."""
    return buyers_part(workspace, asked, None)[0]


def buyers_part(workspace: Workspace, asked: Asked, after: Key | None) -> Part:
    """Return a part of a buyer shortlist.

    Raises
    ------
    UsageError
        Unless exactly one of the INN, the text and the activity codes says who sells.
    """
    given = only_one(asked, ("inn", "text", "okved"))
    if given == "inn":
        return shortlists.buyers_part(workspace, asked["inn"], _options(asked, after))
    return shortlists.buyers_for_part(workspace, _described(asked), _options(asked, after))


def offer_buyers(workspace: Workspace, asked: Asked, own: str | None = None) -> Document:
    """Return a buyer shortlist on a map: of a firm of the register or of words, with the codes a person confirmed.

    Words of an account that acts for a firm of the register, ``own``, are that firm's.
    """
    options = _options(asked)
    if inn := asked.get("inn"):
        only_one(asked, ("inn", "text"))
        if codes := tuple(asked.get("okved", ())):
            return offer.buyers_of_offered(workspace, inn, Described(okved=codes), options)
        return offer.buyers_of(workspace, inn, options)
    if own is not None and workspace.columns.firm(own) is not None:
        return offer.buyers_of_offered(workspace, own, _described(asked), options)
    return offer.buyers_of_words(workspace, _described(asked), options)


def _described(asked: Asked) -> Described:
    return Described(
        asked.get("text"),
        tuple(asked.get("okved", ())),
        asked.get("home") or asked.get("region"),
        asked.get("city"),
        asked.get("revenue_rub"),
    )


def _options(asked: Asked, after: Key | None = None) -> Options:
    changes = changes_of(
        asked.get("weights", ()),
        asked.get("without", ()),
        asked.get("price", ()),
        asked.get("radius"),
        asked.get("instead_of"),
    )
    return Options(
        asked["top"],
        asked.get("region"),
        asked["sme"],
        asked["new_only"],
        asked["makers_only"],
        asked.get("need"),
        changes,
        asked["mutual"],
        asked.get("certified"),
        asked["sort"],
        after,
        layout=_layout(asked),
    )


def _layout(asked: Asked) -> Layout:
    """Return what of a shortlist is told: a page says how it is laid out, everybody else gets all of it."""
    if "flat" not in asked:
        return "whole"
    return "flat" if asked["flat"] else "by_input"


def only_one(asked: Asked, names: tuple[str, ...]) -> str:
    """Return which of several parameters was given.

    Raises
    ------
    UsageError
        If none or more than one was.
    """
    given = [name for name in names if asked.get(name)]
    if len(given) != 1:
        raise UsageError(
            T("nothing was asked") if not given else T("{names} cannot be asked at once", names=", ".join(given)),
            T("give one of: {names}", names=", ".join(names)),
        )
    return given[0]


def explain(workspace: Workspace, asked: Asked) -> Document:
    """Return the score of one pair."""
    return shortlists.explain(workspace, asked["supplier"], asked["buyer"])


def gaps(workspace: Workspace, asked: Asked) -> Document:
    """Return gaps."""
    return gaps_part(workspace, asked, None)[0]


def gaps_part(workspace: Workspace, asked: Asked, after: Key | None) -> Part:
    """Return a part of the gaps."""
    scope = asked.get("cluster"), asked.get("region"), asked.get("anchor")
    return gap_lists.gaps_part(workspace, *scope, asked["top"], asked["sort"], after)


def projects(workspace: Workspace, asked: Asked) -> Document:
    """Return joint-project candidates, or with ``portfolio`` the choice worth most under limits."""
    return projects_part(workspace, asked, None)[0]


def projects_part(workspace: Workspace, asked: Asked, after: Key | None) -> Part:
    """Return a part of the joint-project candidates; a portfolio has one."""
    wanted = joint.Asked(*(asked.get(name) for name in ("kind", "cluster", "region", "direction", "anchor")))
    if "portfolio" not in asked:
        return joint.projects_part(workspace, wanted, asked["top"], asked["sort"], after)
    limits = Limits(asked["portfolio"], asked["each"], asked["smes"], asked.get("budget_rub", float("inf")))
    return joint.portfolio(workspace, wanted, limits, asked["rivals"]), None


def chain(workspace: Workspace, asked: Asked) -> Document:
    """Return the value-chain table, with a profile when it is asked for."""
    cluster, region = asked.get("cluster", CHEMICAL), asked.get("region")
    if asked["profile"]:
        return profile.profile(workspace, cluster, region, asked.get("segment"), asked.get("years"))
    profile.only_with_profile([name for name in ("segment", "years") if name in asked])
    return table.chain(workspace, cluster, region)


def flow(workspace: Workspace, asked: Asked) -> Document:
    """Return the firms behind one flow of a chain."""
    cluster = asked.get("cluster", CHEMICAL)
    return flows.flow(workspace, cluster, asked.get("region"), asked["source"], asked["target"], asked["top"])


def scope(asked: Asked) -> tuple[str | None, str | None]:
    """Return the cluster, ``None`` for all activities, and the region of a network."""
    return None if asked["everything"] else asked.get("cluster", CHEMICAL), asked.get("region")


def graph(workspace: Workspace, asked: Asked, links: Links, network: Network | None = None) -> Document:
    """Return an extract of the graph of firms; with its network, by sub-cluster."""
    cluster, region = scope(asked)
    query = {
        "cluster": cluster,
        "region": region,
        "firm": asked.get("firm"),
        "to": asked.get("to"),
        "top": asked["top"],
    }
    return firm_graph.graph(workspace, links, query, network)


def structure(workspace: Workspace, asked: Asked, network: Network) -> Document:
    """Return what holds a network together."""
    return firm_graph.structure(workspace, *scope(asked), asked["top"], network)


def classify(workspace: Workspace, asked: Asked) -> Document:
    """Return what a text, a company or a code does."""
    given = only_one(asked, ("text", "inn", "okved"))
    verbs = {"text": lookups.classify_text, "inn": lookups.classify_inn, "okved": lookups.classify_okved}
    return verbs[given](workspace, asked[given], asked.get("cluster"), asked["top"])


def inputs(workspace: Workspace, asked: Asked) -> Document:
    """Return what an activity needs, or with ``of`` which activities use it."""
    verb = lookups.users if asked["of"] else lookups.inputs
    return verb(workspace, asked["okved"], asked["top"], asked["by"])


def coverage(workspace: Workspace) -> Document:
    """Return how much of the pilot cluster the register holds, and whether links were observed."""
    return {**demo.coverage(workspace), "links": demo.links_note(workspace)}

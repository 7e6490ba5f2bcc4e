"""From the parameters of a request to the document that answers it; pages and API ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.portfolio import Limits
from matcher.pipeline import answers, catalogue, demo, offer, profile
from matcher.pipeline import projects as joint
from matcher.pipeline.answers import Options
from matcher.pipeline.company import company_card
from matcher.pipeline.described import Described
from matcher.pipeline.whatif import changes_of
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import UsageError
from models.text import T

Asked = Mapping[str, Any]
CHEMICAL = "chemical"


def companies(workspace: Workspace, asked: Asked) -> Document:
    """Return the list of companies."""
    return catalogue.companies(
        workspace,
        asked.get("cluster", CHEMICAL),
        asked.get("stage"),
        asked.get("segment"),
        asked.get("region"),
        asked.get("text"),
        asked["top"],
    )


def company(workspace: Workspace, inn: str) -> Document:
    """Return the card of one company."""
    return company_card(workspace, inn)


def suppliers(workspace: Workspace, asked: Asked) -> Document:
    """Return a supplier shortlist."""
    return answers.suppliers(workspace, asked["inn"], _options(asked))


def buyers(workspace: Workspace, asked: Asked) -> Document:
    """Return a buyer shortlist, of a firm of the register or of one that is described.

    Raises
    ------
    UsageError
        Unless exactly one of the INN, the text and the activity codes says who sells.
    """
    given = only_one(asked, ("inn", "text", "okved"))
    if given == "inn":
        return answers.buyers(workspace, asked["inn"], _options(asked))
    return answers.buyers_for(workspace, _described(asked), _options(asked))


def offer_buyers(workspace: Workspace, asked: Asked) -> Document:
    """Return a buyer shortlist on a map: of a firm of the register, or of words with the codes a person confirmed."""
    if asked.get("inn"):
        only_one(asked, ("inn", "text", "okved"))
        return offer.buyers_of(workspace, asked["inn"], _options(asked))
    return offer.buyers_of_words(workspace, _described(asked), _options(asked))


def _described(asked: Asked) -> Described:
    return Described(
        asked.get("text"),
        tuple(asked.get("okved", ())),
        asked.get("home") or asked.get("region"),
        asked.get("city"),
        asked.get("revenue_rub"),
    )


def _options(asked: Asked) -> Options:
    changes = changes_of(
        asked.get("weights", ()), asked.get("without", ()), asked.get("price", ()), asked.get("radius")
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
    )


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
    return answers.explain(workspace, asked["supplier"], asked["buyer"])


def gaps(workspace: Workspace, asked: Asked) -> Document:
    """Return gaps."""
    return answers.gaps(workspace, asked.get("cluster"), asked.get("region"), asked.get("anchor"), asked["top"])


def projects(workspace: Workspace, asked: Asked) -> Document:
    """Return joint-project candidates, or with ``portfolio`` the choice worth most under limits."""
    wanted = joint.Asked(*(asked.get(name) for name in ("kind", "cluster", "region", "direction", "anchor")))
    if "portfolio" not in asked:
        return joint.projects(workspace, wanted, asked["top"])
    limits = Limits(asked["portfolio"], asked["each"], asked["smes"], asked.get("budget_rub", float("inf")))
    return joint.portfolio(workspace, wanted, limits)


def chain(workspace: Workspace, asked: Asked) -> Document:
    """Return the value-chain table, with a profile when it is asked for."""
    cluster, region = asked.get("cluster", CHEMICAL), asked.get("region")
    if asked["profile"]:
        return profile.profile(workspace, cluster, region, asked.get("segment"), asked.get("years"))
    profile.only_with_profile([name for name in ("segment", "years") if name in asked])
    return answers.chain(workspace, cluster, region)


def classify(workspace: Workspace, asked: Asked) -> Document:
    """Return what a text, a company or a code does."""
    given = only_one(asked, ("text", "inn", "okved"))
    verbs = {"text": catalogue.classify_text, "inn": catalogue.classify_inn, "okved": catalogue.classify_okved}
    return verbs[given](workspace, asked[given], asked.get("cluster"), asked["top"])


def inputs(workspace: Workspace, asked: Asked) -> Document:
    """Return what an activity needs, or with ``of`` which activities use it."""
    verb = catalogue.users if asked["of"] else catalogue.inputs
    return verb(workspace, asked["okved"], asked["top"], asked["by"])


def coverage(workspace: Workspace) -> Document:
    """Return how much of the pilot cluster the register holds, and whether links were observed."""
    return {**demo.coverage(workspace), "links": demo.links_note(workspace)}

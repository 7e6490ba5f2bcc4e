"""Use case of a company with something to sell: what is understood of its words, its buyers and where they are."""

from __future__ import annotations

from matcher.index.columns import Columns
from matcher.pipeline.described import SURE, UNDERSTOOD, Described, described_place
from matcher.pipeline.lookups import classify_company
from matcher.pipeline.shortlists import Options, buyers, buyers_for, buyers_of_offer
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.geojson import point
from matcher.report.frame import Document
from models.records import Company

#: Activities offered to be confirmed.
CHOICES = 8


def understood(workspace: Workspace, text: str) -> Document:
    """Return the activities words may speak of, the likeliest first, each with the words it came from.

    ``meant`` marks those that a shortlist takes unless a person says otherwise; ``unsure`` says that a person should
    look.
    """
    found = classify_company(workspace, Company(inn="", offers=text), top=CHOICES)["candidates"]
    clear = [item["share"] >= UNDERSTOOD for item in found]
    return {
        "text": text,
        "items": [{**item, "meant": sure or not any(clear)} for item, sure in zip(found, clear, strict=True)],
        "unsure": max((item["share"] for item in found), default=0.0) < SURE,
    }


def buyers_of(workspace: Workspace, inn: str, options: Options) -> Document:
    """Return the buyers of a firm of the register, with the firm and every candidate put on the map."""
    return around_firm(workspace, inn, buyers(workspace, inn, options))


def buyers_of_offered(workspace: Workspace, inn: str, what: Described, options: Options) -> Document:
    """Return the buyers of what a person says a firm offers, in words, as activities, or both; not of all it makes."""
    return around_firm(workspace, inn, buyers_of_offer(workspace, inn, what, options))


def around_firm(workspace: Workspace, inn: str, document: Document) -> Document:
    """Return a shortlist on the map around a firm of the register."""
    return on_map(document, workspace.columns, int(workspace.columns.place[workspace.firm(inn)]))


def buyers_of_words(workspace: Workspace, who: Described, options: Options) -> Document:
    """Return the buyers of what words and codes describe, on the map as far as it is said where the supplier is."""
    return on_map(buyers_for(workspace, who, options), workspace.columns, described_place(workspace, who))


def on_map(document: Document, columns: Columns, home: int) -> Document:
    """Return a shortlist whose candidates have coordinates, and with those of the asker as ``home``."""

    def placed(item: Document) -> Document:
        firm = columns.firm(item["inn"])
        return {**item, "point": None if firm is None else point(columns, int(columns.place[firm]))}

    lists = {part: [placed(item) for item in document[part]] for part in ("items", "users", "channels")}
    return {**document, **lists, "home": point(columns, home) if home >= 0 else None}

"""Use case: the card of one company."""

from __future__ import annotations

from matcher.pipeline.companies.listed import company_item
from matcher.pipeline.lookups import classify_company
from matcher.pipeline.mutual import anchors_of
from matcher.pipeline.workspace import Workspace
from matcher.report.affiliates import affiliates_of
from matcher.report.company import facts, figures, statement_items
from matcher.report.flags import flags
from matcher.report.frame import Document
from models.names import shown_name
from models.statements import statements


def company_card(workspace: Workspace, inn: str) -> Document:
    """Return who a company is, and the large producers it could supply."""
    return {**company_record(workspace, inn), "anchors": anchors_of(workspace, workspace.firm(inn))}


def company_record(workspace: Workspace, inn: str) -> Document:
    """Return who a company is: facts and figures with what every source says of them, activities, group, flags."""
    firm = workspace.firm(inn)
    key = workspace.columns.inn_of(firm)
    ties = workspace.columns.ties(firm)
    frame = workspace.frame([firm, *ties])
    company = frame.companies[key]
    with workspace.store.read() as reader:
        said = statements(reader.observations([key]).get(key, []))
        known = reader.figures(key)
    owners = workspace.companies([*company.founders, *company.managed_by])
    names = {owner.inn: shown_name(owner, frame.lang) for owner in owners.values()}
    told = statement_items(frame, company, said)
    return {
        **company_item(frame, firm),
        **facts(company, names),
        "flags": flags(frame, firm),
        "figures": figures(known),
        "sources": {field: source for field, (_, source) in company.provenance.items()},
        "statements": told,
        "conflicts": [item for item in told if item["disputed"]],
        "activities": classify_company(workspace, company)["candidates"],
        "affiliates": affiliates_of(frame, firm),
    }

"""Labels and notes on companies, what people did about one, what surrounds it, who looked; as the pages do."""

from __future__ import annotations

from datetime import date
from typing import Any

from api import answers, queries
from api.access.visitor import member
from api.asking import bare
from api.bad_fields import refused_at
from api.pages.company import glance_of
from api.pages.remarks import companies_of
from api.v1 import list_shapes as shapes
from api.v1.calls import received_item
from api.v1.describing import answer, deed, operation
from matcher.pipeline.companies import remarks as notes
from matcher.pipeline.companies.history import company_history
from matcher.pipeline.exchange.looks import looks as seen
from matcher.report.frame import Document
from models.identifiers import parse_inn
from models.remarks import MOST_COMPANIES
from models.text import T

Said = dict[str, Any]


@answer("/labels", queries.Query, shapes.Labels, T("labels of companies"))
def labels(_asked: answers.Asked) -> Document:
    """With how many companies bear each."""
    known = notes.labelled(bare())
    return {"items": [{"label": label, "companies": len(inns)} for label, inns in known.items()]}


@operation(
    "POST", "/remarks", shapes.ListQuery, shapes.Remark, T("label companies, or note something about them"),
    body=shapes.RemarkBody, status=201,
)  # fmt: skip
def remark(asked: answers.Asked, said: Said) -> tuple[Document, int]:
    """Those named, or with ``all`` every one of the list that the parameters ask for, as ``/company-list`` does."""
    inns = companies_of(asked) if said["all"] else [parse_inn(text) for text in said["inns"]]
    with refused_at("/text" if 0 < len(inns) <= MOST_COMPANIES else "/inns"):
        return notes.remark(bare(), said["kind"], said["text"], inns, member().login), 201


@deed("/remarks/<int:number>/undo", shapes.UndoBody, shapes.Remark, T("undo a label or a note"))
def undo_remark(_asked: answers.Asked, said: Said, number: int) -> Document:
    """Or with ``redo`` take the undoing back."""
    return notes.set_undone(bare(), number, not said["redo"])


@answer("/companies/<inn>/remarks", queries.Query, shapes.Remarks, T("labels and notes of a company"))
def company_remarks(_asked: answers.Asked, inn: str) -> Document:
    """Those that were not undone."""
    key = parse_inn(inn)
    bare().known([key])
    return {"labels": notes.labels_of(bare(), [key]).get(key, []), "items": notes.remarks_on(bare(), key)}


@answer("/companies/<inn>/history", queries.Query, shapes.History, T("what people did about a company"))
def company_steps(_asked: answers.Asked, inn: str) -> Document:
    """Decisions, introductions, labels, notes, imports."""
    key = parse_inn(inn)
    bare().known([key])
    return {"items": company_history(bare(), key)}


@answer("/companies/<inn>/partners", queries.Query, shapes.Surroundings, T("what surrounds a company"))
def company_partners(_asked: answers.Asked, inn: str) -> Document:
    """Its best suppliers and buyers, the producers it fits, the gaps it sits in."""
    return glance_of(inn)


@answer("/companies/<inn>/looks", queries.Query, shapes.Looks, T("who looked at a company, and what came of it"))
def looks(_asked: answers.Asked, inn: str) -> Document:
    """By kind of role, never by name."""
    document = seen(bare(), parse_inn(inn), date.today())
    return {**document, "calls": [received_item(each) for each in document["calls"]]}

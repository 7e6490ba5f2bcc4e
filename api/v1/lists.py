"""The full list of companies with every filter, as a file too, and the lists an account keeps; as the pages do."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, workspace
from api.bad_fields import refused_at
from api.list_queries import wanted_of
from api.pages.companies import file_of_chosen, file_of_list
from api.pages.files import TYPES
from api.pages.remarks import asked_again
from api.v1 import list_shapes as shapes
from api.v1.describing import answer, deed, file, operation
from api.v1.paging import present_key, with_next
from matcher.pipeline.companies import remarks
from matcher.pipeline.companies.files import FORMS
from matcher.pipeline.companies.listed import company_list_part
from matcher.report.frame import Document
from models.saved_views import SavedView
from models.text import T

Said = dict[str, Any]


@answer(
    "/company-list", shapes.ListPartQuery, shapes.CompanyList,
    T("companies with every filter, the counts of each, and their towns"),
)  # fmt: skip
def company_list(asked: answers.Asked) -> Document:
    """A filter may have several values; labels come with each company."""
    known = remarks.labelled(bare())
    document, key = company_list_part(workspace(), wanted_of(asked), known, asked["sort"], asked["top"], present_key())
    labels = remarks.labels_of(bare(), [each["inn"] for each in document["items"]])
    items = [{**each, "labels": labels.get(each["inn"], [])} for each in document["items"]]
    return with_next({**document, "items": items}, key)


@file("/company-list/file", shapes.ListFileQuery, FORMS, T("a list of companies as a file"))
def company_list_file(asked: answers.Asked) -> Response:
    """A table that can be imported again, or points on a map."""
    return file_of_list(asked)


@operation(
    "POST", "/company-list/file", queries.Query, None, T("companies that were chosen as a file"),
    body=shapes.ChosenBody, content=[TYPES[form] for form in FORMS],
)  # fmt: skip
def chosen_file(_asked: answers.Asked, said: Said) -> Response:
    """In the order they are named."""
    return file_of_chosen(said["inns"], said["form"])


@answer("/views", queries.Query, shapes.Views, T("lists the account keeps"))
def views(_asked: answers.Asked) -> Document:
    """By name."""
    return {"items": [view_item(each) for each in remarks.views_of(bare(), member().login)]}


@deed("/views", shapes.ViewBody, shapes.View, T("keep a list"), status=201)
def keep_view(_asked: answers.Asked, said: Said) -> tuple[Document, int, dict[str, str]]:
    """One of the same name is replaced, and can be brought back."""
    with refused_at("/name"):
        made = remarks.keep_view(bare(), member().login, said["name"], asked_again(said["query"]))
    return view_item(made), 201, {"Location": url_for("v1.views")}


@deed("/views/<int:number>/remove", shapes.UndoBody, shapes.View, T("take a kept list away, or bring it back"))
def remove_view(_asked: answers.Asked, said: Said, number: int) -> Document:
    """With ``redo`` it is there again."""
    return view_item(remarks.set_removed(bare(), member().login, number, not said["redo"]))


def view_item(found: SavedView) -> Document:
    """Return a kept list as a document."""
    return {
        "number": found.id, "name": found.name, "query": found.query, "at": found.at.isoformat(),
        "removed": found.removed_at is not None,
    }  # fmt: skip

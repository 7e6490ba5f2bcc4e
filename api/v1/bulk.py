"""Much at once: companies out and in, shortlists for many, one JSON document a line (NDJSON)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, cast

import marshmallow as ma
import orjson
from flask import Response

from api import answers, queries
from api.access.visitor import member
from api.asking import workspace
from api.bad_fields import bad_parameters
from api.languages import current_language
from api.pages.intake import uploads
from api.v1 import job_shapes
from api.v1.describing import operation
from api.v1.idempotent import sent_body
from api.v1.jobs import begun
from matcher.pipeline.register import bulk
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError, UsageError, ZvenoError
from models.text import Lang, T

NDJSON = "application/x-ndjson"
#: Questions in one request.
MOST_LINES = 1000
Answer = Callable[[Workspace, answers.Asked], Document]


def lines_of(kind: str, schema: str) -> dict[str, Any]:
    """Return the description of a body of lines."""
    told = {"type": "string", "minLength": 1, "format": kind, "description": schema}
    return {"required": True, "content": {NDJSON: {"schema": told}}}


def ndjson(documents: Iterable[Document]) -> Response:
    """Return documents one a line, sent as they are made."""
    return Response((orjson.dumps(each) + b"\n" for each in documents), content_type=NDJSON)


@operation("GET", "/bulk/companies", queries.BulkQuery, None, T("every company, one document a line"), content=NDJSON)
def export_companies(asked: answers.Asked) -> Response:
    """What the register holds of each, as it can be sent back."""
    return ndjson(bulk.company_documents(workspace(), asked.get("cluster"), asked.get("region")))


@operation(
    "POST", "/bulk/companies", job_shapes.ImportQuery, job_shapes.Job, T("import companies, one document a line"),
    status=202, requestBody=lines_of("ndjson-companies", "one company a line, as the export has them"),
)  # fmt: skip
def import_companies(asked: answers.Asked) -> tuple[Document, int, dict[str, str]]:
    """They pass the ordinary import; the answer names the job."""
    name = (asked["name"] or "companies").removesuffix(".ndjson") + ".csv"
    found = uploads().receive(name, member().login, current_language())
    try:
        lines = iter(partial(sent_body().readline, bulk.LONGEST_LINE + 1), b"")
        count = bulk.write_table(lines, found.path)
        if not count:
            raise UsageError(T("no company was sent"), T("write one company a line, as the export does"))
    except BaseException:  # a line is none, or who sends breaks off
        uploads().discard(found)
        raise
    return begun(found, asked)


@operation(
    "POST", "/bulk/suppliers", queries.Query, None, T("supplier shortlists of many companies"), content=NDJSON,
    requestBody=lines_of("ndjson-questions", "the parameters of /suppliers, one question a line"),
)  # fmt: skip
def bulk_suppliers(_asked: answers.Asked) -> Response:
    """One answer a line, in the order of the questions; an error stands in its place."""
    return answered(answers.suppliers, queries.SuppliersQuery())


@operation(
    "POST", "/bulk/buyers", queries.Query, None, T("buyer shortlists of many companies"), content=NDJSON,
    requestBody=lines_of("ndjson-questions", "the parameters of /buyers, one question a line"),
)  # fmt: skip
def bulk_buyers(_asked: answers.Asked) -> Response:
    """One answer a line, in the order of the questions; an error stands in its place."""
    return answered(answers.buyers, queries.BuyersQuery())


def answered(answer: Answer, schema: ma.Schema) -> Response:
    """Return the answers to the questions of the present request.

    Raises
    ------
    UsageError
        If there are none, or too many.
    """
    asked = [line for line in sent_body() if line.strip()]
    if not 0 < len(asked) <= MOST_LINES:
        raise UsageError(
            T("{count} questions were sent", count=len(asked)), T("send 1 to {count} lines", count=MOST_LINES)
        )
    return ndjson(in_turn(answer, schema, asked, workspace(), current_language()))


def in_turn(
    answer: Answer, schema: ma.Schema, asked: Iterable[bytes], here: Workspace, lang: Lang
) -> Iterator[Document]:
    """Yield the answer to each question, or the error that stands in its place."""
    for number, line in enumerate(asked, start=1):
        try:
            yield answer(here, question(number, line, schema))
        except ZvenoError as error:
            yield error.as_document(lang)


def question(number: int, line: bytes, schema: ma.Schema) -> Mapping[str, Any]:
    """Return a question of a line.

    Raises
    ------
    DataError
        If the line is no JSON object.
    BadFields
        If a parameter cannot be taken.
    """
    try:
        sent = orjson.loads(line)
    except orjson.JSONDecodeError:
        sent = None
    if not isinstance(sent, dict):
        raise DataError(T("line {line} is no JSON object", line=number), T("write one question a line"))
    try:
        found: Mapping[str, Any] = schema.load(sent, unknown=ma.RAISE)
    except ma.ValidationError as error:
        raise bad_parameters(schema, cast("dict[str, Any]", error.messages), sent, "pointer") from error
    return found

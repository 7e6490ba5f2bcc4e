"""The shapes of imports: the job that does one, the history, what was refused."""

from __future__ import annotations

from marshmallow import fields, validate

from api.queries import PagedQuery, Query, about, how_many, yes_or_no
from api.v1.kit import ErrorBody, Shape, maybe_text, string, whole
from models.text import T

STATES = ("checking", "checked", "importing", "done", "failed")
#: Rows that were refused on a page, and how many a page can have.
ROWS, MOST_ROWS = 100, 1000


class ImportQuery(Query):
    """How a file is imported."""

    name = fields.String(
        load_default="", validate=validate.Length(max=100), metadata=about(T("name of the file, if it is sent alone"))
    )
    dry_run = yes_or_no(T("only tell what the import would do"))
    sole_traders = yes_or_no(T("take sole traders too, without their names"))
    year = fields.Integer(validate=validate.Range(1990, 2100), metadata=about(T("year of figures that state none")))


class RefusedQuery(PagedQuery):
    """Rows that were refused, page by page."""

    top = how_many(MOST_ROWS, ROWS)


class JobStep(Shape):
    """How far a job has come; ``share`` is of the file, null while nobody knows."""

    file = string()
    rows = whole()
    share = fields.Float(required=True, allow_none=True)


class Job(Shape):
    """Work that goes on after the answer: a file that is looked at (``checking``) or imported."""

    id = string()
    file = string()
    state = string(validate=validate.OneOf(STATES))
    by = string()
    step = fields.Nested(JobStep, required=True, allow_none=True)
    report = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    error = fields.Nested(ErrorBody, required=True, allow_none=True)


class JobList(Shape):
    """Files that wait or are worked on, the latest first."""

    items = fields.List(fields.Nested(Job), required=True)


class ImportRun(Shape):
    """An import that took place."""

    run = whole()
    file = string()
    format = string()
    sha256 = string()
    at = string()
    by = string()
    seconds = fields.Float(required=True, allow_none=True)
    added = whole()
    changed = whole()
    quarantined = whole()
    undone = maybe_text()


class Refused(Shape):
    """A row, or a field of it, that was not taken."""

    line = whole()
    inn = maybe_text()
    field = string()
    value = string()
    error = string()


class ImportUndone(Shape):
    """What taking an import back did."""

    run = whole()
    removed = whole()
    changed = whole()
    unchanged = whole()
    links = whole()
    reopened = whole()

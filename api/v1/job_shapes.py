"""The shapes of imports: the job that does one, the history, what was refused."""

from __future__ import annotations

from marshmallow import fields, validate

from api.importing import LEFT_OUT
from api.queries import PagedQuery, Query, about, how_many, yes_or_no
from api.v1.deed_shapes import Body, words
from api.v1.kit import ErrorBody, Shape, listed, maybe_text, string, texts, whole
from matcher.intake.headers import column_names
from models.identifiers import LARGEST_NUMBER
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

    row = fields.Integer(metadata={"description": "its place among those refused, by which it is corrected"})
    line = whole()
    inn = maybe_text()
    field = string()
    value = string()
    error = string()
    cells = fields.Dict(
        keys=fields.String(), values=fields.String(), metadata={"description": "what is kept of a whole row"}
    )


class ImportUndone(Shape):
    """What taking an import back did."""

    run = whole()
    removed = whole()
    changed = whole()
    unchanged = whole()
    links = whole()
    reopened = whole()


class ColumnsBody(Body):
    """What the columns of a file are, by their number from 1; ``-`` leaves one out."""

    columns = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"^[1-9]\d{0,4}$")),
        values=fields.String(validate=validate.OneOf((LEFT_OUT, *column_names()))),
        load_default={},
        metadata=about(T("what each column is, by its number from 1; - leaves it out")),
    )
    sole_traders = fields.Boolean(load_default=False, metadata=about(T("take sole traders too, without their names")))
    year = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1990, 2100),
        metadata=about(T("year of figures that state none")),
    )
    save = words(T("name under which to keep what is said of the columns, for files with the same titles"), 60)


class Column(Shape):
    """A column of a file; ``name`` is what it is understood as, ``meant`` what its title is close to."""

    number = whole()
    title = string()
    samples = texts()
    name = string()
    left_out = fields.Boolean(required=True)
    meant = string()


class Meaning(Shape):
    """What a column may be."""

    name = string()
    meaning = string()


class Columns(Shape):
    """The columns of a file, and its first rows as they are understood."""

    columns = listed(Column)
    lacks_inn = fields.Boolean(required=True)
    names = texts()
    rows = fields.List(fields.List(fields.String()), required=True)
    meanings = listed(Meaning)


class Correction(Body):
    """What is right instead of something that was refused."""

    row = fields.Integer(
        required=True,
        validate=validate.Range(0, LARGEST_NUMBER),
        metadata=about(T("place among those refused, from 0")),
    )
    value = words(T("the right value"), 4000)
    year = words(T("year of a figure"), 4)
    cells = fields.Dict(
        keys=fields.String(validate=validate.Length(max=100)),
        values=words(T("the right value"), 4000),
        load_default={},
        metadata=about(T("right cells of a row that was refused as a whole, by their names")),
    )


class CorrectionsBody(Body):
    """Corrections of what an import refused."""

    corrections = fields.List(
        fields.Nested(Correction),
        required=True,
        validate=validate.Length(1, MOST_ROWS),
        metadata=about(T("what is right, row by row")),
    )

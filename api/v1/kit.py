"""What the shapes of answers are made of, what several of them have in common, and the shape of an error."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields


class Shape(ma.Schema):
    """A part of an answer; keys may be added."""

    class Meta:
        """Let unknown keys pass."""

        unknown = ma.INCLUDE


def string(**more: Any) -> fields.String:
    """Return a field that is always a text."""
    return fields.String(required=True, **more)


def maybe_text(**more: Any) -> fields.String:
    """Return a field that is a text or null."""
    return fields.String(required=True, allow_none=True, **more)


def number(unit: str) -> fields.Float:
    """Return a field that is always a number."""
    return fields.Float(required=True, metadata={"description": unit})


def maybe_number(unit: str) -> fields.Float:
    """Return a field that is a number, or null when unknown."""
    return fields.Float(required=True, allow_none=True, metadata={"description": f"{unit}; null: unknown"})


def whole(what: str | None = None) -> fields.Integer:
    """Return a field that is always a whole number, of ``what``."""
    return fields.Integer(required=True, metadata={"description": what} if what else {})


def listed(shape: type[ma.Schema]) -> fields.List[Any]:
    """Return a list of parts."""
    return fields.List(fields.Nested(shape), required=True)


def texts() -> fields.List[Any]:
    """Return a list of texts."""
    return fields.List(fields.String(), required=True)


def question() -> fields.Dict:
    """Return the question as it was understood."""
    return fields.Dict(keys=fields.String(), metadata={"description": "the question as it was understood"})


class Coded(Shape):
    """Something that has the code and the name of an activity."""

    okved_code = string()
    name = string()


class Expected(Shape):
    """Sales that are expected, with their range."""

    expected_value_rub = maybe_number("roubles a year")
    expected_value_low_rub = maybe_number("roubles a year")
    expected_value_high_rub = maybe_number("roubles a year")


class Valued(Shape):
    """Something that has a value, with its range."""

    value_rub = maybe_number("roubles a year")
    value_low_rub = maybe_number("roubles a year")
    value_high_rub = maybe_number("roubles a year")


class Page(Shape):
    """A page of a list; ``total`` counts before the cut."""

    total = whole()
    next_cursor = maybe_text(metadata={"description": "cursor of the next page; null: this is the last one"})


class Listing(Page):
    """A list that answers a question."""

    query = question()


def page_of(shape: type[ma.Schema]) -> type[Page]:
    """Return the shape of a page of a list of such items."""
    made = type(f"{shape.__name__}Page", (Page,), {"items": listed(shape), "__doc__": f"A page: {shape.__doc__}"})
    assert issubclass(made, Page)
    return made


class ErrorBody(Shape):
    """What went wrong."""

    code = string(metadata={"description": "stable name of the kind of error"})
    message = string(metadata={"description": "what was wrong and where"})
    hint = string(metadata={"description": "what to do"})


class ErrorShape(Shape):
    """Every error of the command line, and a part of every error of the API."""

    error = fields.Nested(ErrorBody, required=True)


class FieldError(Shape):
    """A field of a request that was refused."""

    parameter = fields.String(metadata={"description": "name of a parameter of the address"})
    pointer = fields.String(metadata={"description": "place in the document that was sent, a JSON pointer"})
    detail = string()
    hint = string()


class ProblemShape(ErrorShape):
    """Every error of the API: a problem document (RFC 9457) with ``error`` beside it."""

    type = string(metadata={"description": "where the kind of error is explained"})
    title = string()
    status = whole()
    detail = string()
    errors = fields.List(fields.Nested(FieldError), metadata={"description": "each field that was refused"})

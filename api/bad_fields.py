"""Fields of a request that were refused: which, why, and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import marshmallow as ma
from marshmallow.exceptions import SCHEMA

from models.errors import UsageError
from models.text import T, Text


@dataclass(frozen=True, slots=True)
class BadField:
    """A field of a request that was refused.

    Parameters
    ----------
    place
        ``parameter`` of the address, or ``pointer`` into the document that was sent (RFC 6901).
    name
        The name of the parameter, or the pointer.
    detail, hint
        What is wrong with it, and what it takes.
    """

    place: str
    name: str
    detail: Text
    hint: Text


class BadFields(UsageError):
    """A request with fields that cannot be taken; message and hint are those of the first one."""

    def __init__(self, fields: Sequence[BadField]) -> None:
        super().__init__(fields[0].detail, fields[0].hint)
        self.fields = tuple(fields)


class RefusedFields(BadFields):
    """A request with fields that were understood and cannot be true."""

    code = "data"


def refused_field(pointer: str, told: Text, hint: Text) -> RefusedFields:
    """Return the refusal of one field of the document that was sent."""
    return RefusedFields([BadField("pointer", pointer, told, hint)])


def refused_texts(refused: Iterable[tuple[str, str]], hint: Text) -> RefusedFields:
    """Return the refusal of fields by their names, each with the reason as whoever looked at them says it."""
    return RefusedFields([BadField("pointer", f"/{name}", Text("{why}", {"why": why}), hint) for name, why in refused])


@contextmanager
def refused_at(pointer: str) -> Iterator[None]:
    """Tell what has no meaning as a refused field of the document that was sent.

    >>> with refused_at("/login"):
    ...     raise UsageError(T("“{login}” is no login", login="?"))
    Traceback (most recent call last):
      ...
    api.bad_fields.RefusedFields: “?” is no login
    """
    try:
        yield
    except BadFields:
        raise
    except UsageError as error:
        raise refused_field(pointer, error.message, error.hint) from error


def bad_parameters(
    schema: ma.Schema, messages: Mapping[str, Any], given: Mapping[str, Any], place: str = "parameter"
) -> BadFields:
    """Return the error of the parameters that a schema refused.

    Parameters
    ----------
    schema
        The schema of the parameters.
    messages
        What marshmallow says, by parameter.
    given
        What was sent, by parameter.
    place
        Where they stand: see :class:`BadField`.
    """
    return BadFields([found for name in messages for found in bad_parts(schema, name, messages[name], given, place)])


def bad_parts(
    schema: ma.Schema, name: str, messages: Any, given: Mapping[str, Any], place: str, above: str = ""
) -> Iterator[BadField]:
    """Yield what is wrong with a field, or with each refused part of one that is a document or a list of documents.

    Parameters
    ----------
    above
        The pointer of the document that the field is of.
    """
    part = _shape_within(schema.fields.get(name))
    if part is None or not isinstance(messages, dict) or place == "parameter":
        found = bad_field(schema, name, given, place)
        yield replace(found, name=f"{above}{found.name}")
        return
    value = given.get(name)
    rows = messages.items() if isinstance(schema.fields[name], ma.fields.List) else [("", messages)]
    for row, told in rows:
        inside = value[int(row)] if row != "" and isinstance(value, list) else value
        sent = inside if isinstance(inside, dict) else {}
        where = f"{above}/{name}" + ("" if row == "" else f"/{row}")
        for each, more in told.items() if isinstance(told, dict) else [(SCHEMA, told)]:
            yield from bad_parts(part, each, more, sent, place, where)


def _shape_within(field: ma.fields.Field[Any] | None) -> ma.Schema | None:
    """Return the shape of the documents that a field holds, ``None`` if it holds none."""
    inner = field.inner if isinstance(field, ma.fields.List) else field
    return inner.schema if isinstance(inner, ma.fields.Nested) else None


def bad_field(schema: ma.Schema, name: str, given: Mapping[str, Any], place: str) -> BadField:
    """Return what is wrong with one parameter."""
    field = schema.fields.get(name)
    shown = name if place == "parameter" else f"/{name}"
    if name == SCHEMA:
        return BadField(place, "", T("a JSON object is expected"), T("send the fields as the description has them"))
    if field is None:
        names = ", ".join(schema.fields)
        return BadField(
            place, shown, T("there is no parameter {name}", name=name), T("parameters here: {names}", names=names)
        )
    if name not in given:
        return BadField(place, shown, T("the parameter {name} is missing", name=name), expected(field))
    value = str(given[name])[:80]
    return BadField(place, shown, T("{name}: “{value}” cannot be taken", name=name, value=value), expected(field))


def expected(field: ma.fields.Field[Any]) -> Text:
    """Return what a field takes, in words."""
    for rule in field.validators:
        if isinstance(rule, ma.validate.OneOf):
            return T("choose one of: {choices}", choices=", ".join(map(str, rule.choices)))
        if isinstance(rule, ma.validate.Range) and rule.max is not None:
            return T("give a number from {low} to {high}", low=rule.min, high=rule.max)
        if isinstance(rule, ma.validate.Length):
            return T("write at most {count} characters", count=rule.max)
    if isinstance(field, ma.fields.Boolean):
        return T("give true or false")
    if isinstance(field, ma.fields.Number):
        return T("give a number above 0, digits only")
    return Text(str(field.metadata.get("description", "")))

"""What every route needs at hand: the desk, the parameters of the request, the workspace that speaks its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

import marshmallow as ma
from flask import current_app, g, request
from webargs.flaskparser import FlaskParser

from api.bad_fields import BadField, BadFields, bad_parameters
from api.computing import patience
from api.desk import DESK, Desk, Held
from api.languages import current_language
from matcher.pipeline.workspace import Workspace
from models.text import T

Answer = TypeVar("Answer")


class Parser(FlaskParser):
    """Reads query parameters; what a schema refuses is told like every other error."""

    def handle_error(self, error: ma.ValidationError, req: Any, schema: ma.Schema, **_: Any) -> NoReturn:
        """Raise the error of the bad parameters, or of the bad fields of a document."""
        messages = error.messages
        assert isinstance(messages, dict)
        if "query" in messages:
            raise bad_parameters(schema, messages["query"], req.args) from error
        sent = req.get_json(silent=True)
        given = sent if isinstance(sent, dict) else {}
        raise bad_parameters(schema, next(iter(messages.values())), given, "pointer") from error

    def load_querystring(self, req: Any, schema: ma.Schema) -> Any:
        """Return the parameters; one that takes a single value is refused where it is given several."""
        found = super().load_querystring(req, schema)
        known = schema.fields.keys() - found.multiple_keys
        twice = [
            name for name in req.args if name in known and sum(map(bool, map(str.strip, req.args.getlist(name)))) > 1
        ]
        if twice:  # blank values are none
            raise BadFields([BadField("parameter", name, T("the parameter {name} is given more than once", name=name),
                                      T("give it once")) for name in twice])  # fmt: skip
        return found


def desk() -> Desk:
    """Return the desk of the application."""
    found: Desk = current_app.extensions[DESK]
    return found


def held() -> Held:
    """Return the state of the register that the present request is answered from.

    A request that only reads is answered from one state, the present one when it was first asked for; one that changes
    something sees what it changed.

    Raises
    ------
    NotYet
        If a page has waited long enough for the register to be opened.
    """
    if request.method not in ("GET", "HEAD"):
        return desk().held()
    if "held" not in g:
        g.held = desk().held(patience())
    found: Held = g.held
    return found


def workspace() -> Workspace:
    """Return the workspace of the register's present state in the visitor's language."""
    return held().speaking[current_language()]


def bare() -> Workspace:
    """Return a workspace in the visitor's language that opens no index."""
    return desk().bare(current_language())


def kept(answer: Callable[..., Answer], asked: Mapping[str, Any], *more: Any) -> Answer:
    """Return an answer about a region or a cluster, computed once for each state of the register.

    Raises
    ------
    NotYet
        If a page has waited long enough for it.
    """
    key = (answer.__name__, *sorted(asked.items()), *more)
    return held().kept(key, current_language(), lambda workspace: answer(workspace, asked, *more), patience())


def kept_undecided(answer: Callable[..., Answer], asked: Mapping[str, Any], *more: Any) -> Answer:
    """Return an answer that no decision changes, computed once for each state of the companies.

    Raises
    ------
    NotYet
        If a page has waited long enough for it.
    """
    key = (answer.__name__, *sorted(asked.items()), *more)
    return held().kept_undecided(key, current_language(), lambda workspace: answer(workspace, asked, *more), patience())


def page_query(schema: type[ma.Schema]) -> dict[str, Any]:
    """Return the parameters of a page; others than the schema's are nobody's business here.

    Raises
    ------
    UsageError
        If one of them cannot be taken.
    """
    reader = schema(unknown=ma.EXCLUDE, exclude=("lang",))
    found: dict[str, Any] = Parser().parse(reader, request, location="query", unknown=ma.EXCLUDE)
    return found


def given(*names: str) -> bool:
    """Tell whether a page was asked with any of these parameters filled in."""
    return any(request.args.get(name, "").strip() for name in names)

"""The Flask application: what it holds, its headers, and how errors are told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from api import access, addresses, computing, drawing, formats, health, packing, pages, rates, timing, v1
from api.desk import DESK, Desk, Opened, idle
from api.failures import of_http, status_of
from api.languages import COOKIE, COOKIE_AGE_S, SETTINGS, as_language, current_language, say, t
from api.menu import menu
from api.problems import problem_response
from api.words import (
    BOARD,
    CALL_STEPS,
    DECISIONS,
    DEEDS,
    DONE,
    DRAFT_STATES,
    INTRODUCTIONS,
    KINDS,
    LAYERS,
    LINK_KINDS,
    LINKS,
    MARKS,
    PARTS,
    SIDES,
    SORTS,
    TOKEN_SCOPES,
    VERBS,
)
from matcher.cli.words import (
    ACCOUNT_ROLES,
    AMOUNTS,
    CATEGORIES,
    ENTRIES,
    EVIDENCE,
    FIELDS,
    GAINS,
    ROLES,
    SCOPES,
    SOURCES,
    STAGES,
    STATUSES,
    TAX_REGIMES,
    VERDICTS,
    format_words,
    label,
)
from matcher.pipeline.workspace import Progress, silent
from matcher.report.chain.profile_tables import worded
from models.classifications import activity_name
from models.errors import ZvenoError
from models.geography import CITY_AREA_KM2, region_name
from models.settings import Settings
from models.text import Text

#: A page runs and loads nothing but files of this site, and may not be framed.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LARGEST_REQUEST_BYTES = 64 * 1024


def create_app(settings: Settings, progress: Progress = silent, opened: Opened = idle) -> Flask:
    """Return the web application over one database.

    Parameters
    ----------
    settings
        Where the database and the caches lie, and the language of visitors who ask for none.
    progress
        Called with a line when long work begins.
    opened
        Called with each new state of the register as soon as it is open.
    """
    app = Flask("api")
    app.config.from_mapping(
        {
            SETTINGS: settings,
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST_BYTES,
            "SEND_FILE_MAX_AGE_DEFAULT": 3600,
            "API_TITLE": "Zveno",
            "API_VERSION": "v1",
            "OPENAPI_VERSION": "3.1.0",
            "OPENAPI_URL_PREFIX": "/api/v1",
            "OPENAPI_JSON_PATH": "openapi.json",
            "API_SPEC_OPTIONS": v1.SPEC_OPTIONS,
        }
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[DESK] = Desk(settings, progress, opened)
    timing.register(app)
    packing.register(app)
    addresses.register(app)
    rates.register(app)
    access.register(app)
    pages.register(app)
    v1.register(app)
    health.register(app)
    computing.register(app)
    app.register_error_handler(ZvenoError, failed)
    app.register_error_handler(HTTPException, http_failed)
    app.after_request(finish)
    words(app)
    return app


def words(app: Flask) -> None:
    """Give the templates their texts, figures and charts."""
    names = {
        "parts": PARTS, "kinds": KINDS, "layers": LAYERS, "links": LINKS, "decisions": DECISIONS, "sides": SIDES,
        "categories": CATEGORIES, "statuses": STATUSES, "fields": FIELDS, "entries": ENTRIES, "evidence": EVIDENCE,
        "roles": ROLES, "stages": STAGES, "scopes": SCOPES, "tax_regimes": TAX_REGIMES, "sources": SOURCES,
        "draft_states": DRAFT_STATES, "gains": GAINS, "introductions": INTRODUCTIONS, "verdicts": VERDICTS,
        "account_roles": ACCOUNT_ROLES, "deeds": DEEDS, "done": DONE, "marks": MARKS, "sorts": SORTS,
        "link_kinds": LINK_KINDS, "verbs": VERBS, "amounts": AMOUNTS,
        "board": BOARD, "call_steps": CALL_STEPS, "token_scopes": TOKEN_SCOPES, "formats": format_words(),
    }  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        t=t,
        lang=current_language,
        menu=menu,
        word=lambda table, value: say(label(names[table], str(value))),
        same_page_in=same_page_in,
        asset=partial(asset, Path(app.static_folder or "")),
        waterfall=drawing.waterfall,
        strongest=drawing.strongest,
        bar=drawing.bar,
        largest=drawing.largest,
        release=version("zveno"),
        city_regions=frozenset(CITY_AREA_KM2),
    )
    for figure in (
        formats.money,
        formats.percent,
        formats.count,
        formats.decimal,
        formats.signed,
        formats.growth,
        formats.cell,
        formats.amount,
        formats.day,
        formats.moment,
        formats.month,
        formats.written,
    ):
        app.jinja_env.filters[figure.__name__] = _spoken(figure)
    app.jinja_env.filters.update(capital=formats.capital, sentence=formats.sentence)
    app.jinja_env.filters["told"] = lambda text: say(worded(text, _spoken(formats.cell)))
    app.jinja_env.filters["say"] = say
    app.jinja_env.filters["said"] = lambda msgid: say(Text(msgid))
    app.jinja_env.filters["activity"] = lambda code: activity_name(code, current_language())
    app.jinja_env.filters["region"] = lambda code: region_name(code, current_language())


def _spoken(figure: Any) -> Any:
    return lambda value, *more: figure(value, current_language(), *more)


def same_page_in(lang: str) -> str:
    """Return the address of the present page in another language."""
    given = request.args.to_dict(flat=False)
    given["lang"] = [lang]
    if request.endpoint is None or request.method != "GET":
        return url_for("pages.home", lang=lang)
    return url_for(request.endpoint, **{**(request.view_args or {}), **given})


def asset(folder: Path, name: str) -> str:
    """Return the address of a static file, new whenever the file is."""
    return url_for("static", filename=name, v=_digest(folder / name))


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def failed(error: ZvenoError) -> tuple[Response | str, int]:
    """Tell an error in the manner of the place it was asked from."""
    status = status_of(error)
    if request.path.startswith("/api/"):
        return problem_response(error, status, current_language()), status
    document = error.as_document(current_language())
    return render_template("error.html", status=status, **document), status


def http_failed(error: HTTPException) -> Any:
    """Tell an HTTP error, or what was not foreseen, in the same manner; redirects pass as they are."""
    if error.code is not None and error.code < 400:
        return error
    answer, status = failed(of_http(error))
    response = Response(answer) if isinstance(answer, str) else answer
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response, status


def finish(response: AnyResponse) -> AnyResponse:
    """Add the headers every answer has and remember a language asked for."""
    response.headers.extend({name: value for name, value in HEADERS.items() if name not in response.headers})
    if request.endpoint == "static":
        return response
    response.headers["Content-Language"] = current_language()
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Accept-Language", "Authorization", "Cookie"))
    asked = as_language(request.args.get("lang"))
    if asked and not request.path.startswith("/api/"):
        response.set_cookie(COOKIE, asked, max_age=COOKIE_AGE_S, httponly=True, samesite="Lax")
    return response

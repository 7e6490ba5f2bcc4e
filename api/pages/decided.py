"""What can be decided of a pair, and what was a moment ago, told on the page one comes back to, to be taken back."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import request

from api.asking import bare
from api.languages import current_language
from api.pages.site import blueprint
from matcher.report.frame import Document
from models.decision_reasons import decision_reasons
from models.errors import ZvenoError
from models.events import VERDICTS
from models.identifiers import parse_inn


@blueprint.app_template_global()
def here_with(did: str) -> str:
    """Return the present address, saying what was done on the way back to it."""
    kept = [(name, value) for name, value in parse_qsl(request.query_string.decode()) if name != "did"]
    return f"{request.path}?{urlencode([*kept, ('did', did)])}"


@blueprint.app_template_global()
def decided_now() -> Document | None:
    """Return the decision that the present address speaks of, ``None`` if it speaks of none.

    The decision is ``reopen`` once it was taken back.
    """
    kind, *inns = request.args.get("did", "").split("-")
    if kind != "pair" or len(inns) != 2:
        return None
    try:
        supplier, buyer = map(parse_inn, inns)
    except ZvenoError:
        return None
    here = bare()
    names = here.names([supplier, buyer])
    if len(names) != 2:
        return None
    made = here.decided.get((supplier, buyer))
    return {
        "supplier": {"inn": supplier, "name": names[supplier]},
        "buyer": {"inn": buyer, "name": names[buyer]},
        "decision": made.decision if made else "reopen",
    }


def decision_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be decided, each decision with its reasons: values of a select and their names."""
    lang = current_language()
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for verdict in VERDICTS:
        reasons = [each for each in decision_reasons().values() if verdict in each.verdicts]
        found.append((verdict, [(f"{verdict}|{each.code}", each.name(lang)) for each in reasons]))
    return found

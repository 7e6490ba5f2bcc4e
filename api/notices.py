"""What pages and API know of the board beside its use cases: cards kept ready, who sees an entry and what fits it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.access.rights import ACTORS
from api.access.visitor import member
from api.asking import bare, held, workspace
from api.failures import WebError
from matcher.pipeline.exchange import board as writing
from matcher.pipeline.exchange.board_answers import answers_to
from matcher.pipeline.exchange.board_list import card_notices, named, standing
from matcher.report.board import CARD_FIELDS, Notice, of_entry
from matcher.report.frame import Document
from models.errors import AccessError, DataError
from models.text import T

#: What fits where nothing is looked for.
NOTHING: Document = {"entries": [], "companies": [], "total": 0, "note": "", "side": ""}


def cards() -> Sequence[Notice]:
    """Return what cards say on the board, read once for each state of the register."""
    return held().kept_undecided("board cards", "ru", card_notices)


def present() -> list[Notice]:
    """Return everything on the board today."""
    return standing(bare(), cards(), date.today())


def of_number(notices: Sequence[Notice], number: int) -> tuple[Notice, Document | None]:
    """Return an entry, and how those see it who may change it; one that left the board is for them alone.

    Raises
    ------
    WebError
        If it is not there for the visitor.
    """
    found, mine = named(notices, str(number)), own_view(number)
    if found is None and mine is None:
        raise gone()
    return found or of_entry(writing.owned(bare(), number, member().inn)), mine


def of_card(notices: Sequence[Notice], inn: str, field: str) -> Notice:
    """Return what a card offers or asks for.

    Raises
    ------
    WebError
        If it says nothing of the kind.
    """
    found = named(notices, f"{inn}/{field}") if field in CARD_FIELDS else None
    if found is None:
        raise gone()
    return found


def own_view(number: int) -> Document | None:
    """Return an entry as those see it who may change it, ``None`` for everybody else."""
    who = member()
    if who.role not in ACTORS:
        return None
    try:
        return writing.item(bare(), writing.owned(bare(), number, who.inn), date.today())
    except (AccessError, DataError):
        return None


def is_own(notice: Notice) -> bool:
    """Tell whether the visitor may ask for the company of an entry who could answer it."""
    who = member()
    return who.inn == notice.inn if who.inn else True


def fits_of(notice: Notice, notices: Sequence[Notice], mine: Document | None) -> Document:
    """Return what fits an entry, nothing for one that has left the board or is of a firm the index does not hold."""
    here = workspace()
    if here.columns.firm(notice.inn) is None or (mine is not None and mine["state"] != "open"):
        return NOTHING
    return answers_to(here, notice, notices)


def gone() -> WebError:
    """Return the refusal of an entry that is not on the board."""
    return WebError(404, "not_found", T("this is not on the board, or no longer"), T("look at the board anew"))

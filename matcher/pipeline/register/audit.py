"""Use case of the audit: everything that people did, gathered from the logs into one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.account_log import account_events
from models.board import Board
from models.calls import Calls
from models.introductions import Introductions
from models.project_decisions import ProjectDecisions
from models.remarks import Remarks
from models.store import Reader
from models.supply_requests import SupplyRequests

Kind = Literal[
    "import",
    "undo",
    "decision",
    "project",
    "introduction",
    "request",
    "offer",
    "name",
    "weights",
    "account",
    "board",
    "remark",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


#: Steps of a call that are told by the word of another kind of deed.
CALL_STEPS = {"open": "reopen"}


class Deed(NamedTuple):
    """One thing somebody did: ``what`` is a word of its kind, ``about`` and ``note`` are as the log has them.

    ``inns`` are the companies that ``about`` names.
    """

    at: datetime
    kind: Kind
    by: str
    what: str
    about: str
    note: str = ""
    run: int | None = None
    inns: tuple[str, ...] = ()


def deeds(reader: Reader) -> Iterator[Deed]:
    """Yield everything the logs tell, in no order; who took an import back they do not tell."""
    yield from _of_the_register(reader)
    yield from _about_pairs(reader)
    yield from _of_the_board(reader)
    yield from _remarks(reader)
    for made in ProjectDecisions(reader.connection).all():
        named = str(made.evidence.get("title", made.project))
        yield Deed(made.at, "project", made.by, made.decision, named, made.reason)
    for version in reader.learned():
        yield Deed(version.at, "weights", version.by, "weights", version.cluster)
    for event in account_events(reader.connection):
        yield Deed(event.at, "account", event.by, event.change, event.login, event.detail)


def _of_the_register(reader: Reader) -> Iterator[Deed]:
    for run in reader.runs():
        yield Deed(run.started_at, "import", run.header.by, "import", run.header.file_name, run=run.id)
        if run.undone_at is not None:
            yield Deed(run.undone_at, "undo", "", "undo", run.header.file_name, run=run.id)
    for item in reader.review_items():
        if item.at is not None:
            yield Deed(item.at, "name", item.by, item.state, item.name, item.inn or "", item.run_id)


def _about_pairs(reader: Reader) -> Iterator[Deed]:
    for made in reader.decisions():
        pair = made.supplier_inn, made.buyer_inn
        yield _of_firms(pair, made.at, "decision", made.by, made.decision, made.reason)
    for each in Introductions(reader.connection).all():
        for step in each.steps:
            pair = step.supplier_inn, step.buyer_inn
            yield _of_firms(pair, step.at, "introduction", step.by, step.state, step.note)
    for request in SupplyRequests(reader.connection).log():
        what = "saved" if request.state == "open" else "removed"
        yield _of_firms((request.buyer_inn,), request.at, "request", request.by, what, request.terms.name)
    for call in Calls(reader.connection).all():
        for taken in (*call.steps, *(taken for firm in call.firms for taken in firm.steps)):
            firms = (taken.supplier_inn, call.buyer_inn) if taken.supplier_inn else (call.buyer_inn,)
            what = CALL_STEPS.get(taken.state, taken.state)
            yield _of_firms(firms, taken.at, "offer", taken.by, what, call.ask.title)


def _of_firms(inns: tuple[str, ...], at: datetime, kind: Kind, by: str, what: str, note: str) -> Deed:
    """Return a deed about a company, or about a supplier and a buyer."""
    return Deed(at, kind, by, what, " → ".join(inns), note, inns=inns)


def _of_the_board(reader: Reader) -> Iterator[Deed]:
    for entry in Board(reader.connection).all():
        for step in entry.steps:
            about = f"{entry.inn} № {entry.id}"
            yield Deed(step.at, "board", step.by, step.did, about, step.words.title, inns=(entry.inn,))


def _remarks(reader: Reader) -> Iterator[Deed]:
    for remark in Remarks(reader.connection).all():
        yield Deed(remark.at, "remark", remark.by, remark.kind, remark.text, f"× {remark.companies}")


def audit(workspace: Workspace, kind: str | None, by: str | None, start: int, top: int) -> Document:
    """Return what people did, the latest first.

    Parameters
    ----------
    workspace
        The register.
    kind, by
        Only deeds of a kind, or of a login.
    start, top
        The part of the list.
    """
    found, people = audited(workspace, kind, by)
    return {"total": len(found), "people": people, "items": [item(deed) for deed in found[start : start + top]]}


def audited(workspace: Workspace, kind: str | None, by: str | None) -> tuple[list[Deed], list[str]]:
    """Return what people did, of a kind or by somebody, the latest first, and everybody who did anything."""
    with workspace.store.read() as reader:
        everything = list(deeds(reader))
    people = sorted({deed.by for deed in everything if deed.by})
    found = [deed for deed in everything if kind in (None, deed.kind) and by in (None, deed.by)]
    return sorted(found, key=place_of), people


def place_of(deed: Deed) -> tuple[float, str, str, str, str, str]:
    """Return where a deed stands in the audit."""
    return -deed.at.timestamp(), deed.kind, deed.about, deed.what, deed.by, deed.note


def item(deed: Deed) -> Document:
    """Return a deed as a document."""
    return {**deed._asdict(), "at": deed.at.isoformat()}

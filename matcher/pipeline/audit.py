"""Use case of the audit: everything that people did, gathered from the logs into one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.account_log import account_events
from models.board import Board
from models.introductions import Introductions
from models.project_decisions import ProjectDecisions
from models.remarks import Remarks
from models.store import Reader

Kind = Literal["import", "undo", "decision", "project", "introduction", "name", "weights", "account", "board", "remark"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Deed(NamedTuple):
    """One thing somebody did: ``what`` is a word of its kind, ``about`` and ``note`` are as the log has them."""

    at: datetime
    kind: Kind
    by: str
    what: str
    about: str
    note: str = ""
    run: int | None = None


def deeds(reader: Reader) -> Iterator[Deed]:
    """Yield everything the logs tell, in no order; who took an import back they do not tell."""
    for run in reader.runs():
        yield Deed(run.started_at, "import", run.header.by, "import", run.header.file_name, run=run.id)
        if run.undone_at is not None:
            yield Deed(run.undone_at, "undo", "", "undo", run.header.file_name, run=run.id)
    for decision in reader.decisions():
        pair = f"{decision.supplier_inn} → {decision.buyer_inn}"
        yield Deed(decision.at, "decision", decision.by, decision.decision, pair, decision.reason)
    for made in ProjectDecisions(reader.connection).all():
        named = str(made.evidence.get("title", made.project))
        yield Deed(made.at, "project", made.by, made.decision, named, made.reason)
    for each in Introductions(reader.connection).all():
        for step in each.steps:
            pair = f"{step.supplier_inn} → {step.buyer_inn}"
            yield Deed(step.at, "introduction", step.by, step.state, pair, step.note)
    for item in reader.review_items():
        if item.at is not None:
            yield Deed(item.at, "name", item.by, item.state, item.name, item.inn or "", item.run_id)
    for version in reader.learned():
        yield Deed(version.at, "weights", version.by, "weights", version.cluster)
    for entry in Board(reader.connection).all():
        for taken in entry.steps:
            yield Deed(taken.at, "board", taken.by, taken.did, f"{entry.inn} № {entry.id}", taken.words.title)
    yield from _remarks(reader)
    for event in account_events(reader.connection):
        yield Deed(event.at, "account", event.by, event.change, event.login, event.detail)


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
    with workspace.store.read() as reader:
        everything = list(deeds(reader))
    people = sorted({deed.by for deed in everything if deed.by})
    found = [deed for deed in everything if kind in (None, deed.kind) and by in (None, deed.by)]
    found.sort(key=lambda deed: deed.at, reverse=True)
    items = [{**deed._asdict(), "at": deed.at.isoformat()} for deed in found[start : start + top]]
    return {"total": len(found), "people": people, "items": items}

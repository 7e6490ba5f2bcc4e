"""Use cases that change the register: import, undo, decide."""

from __future__ import annotations

from dataclasses import asdict
from getpass import getuser
from pathlib import Path

from matcher.intake.mapping import NO_CHOICE, Choice
from matcher.intake.run import Progress, import_file
from matcher.pipeline.workspace import Workspace
from matcher.report.files.sheets import QUESTIONNAIRE, TABLE, write_quarantine, write_template
from matcher.report.frame import Document
from models.check import check_store
from models.errors import UsageError
from models.events import Decision, Run
from models.identifiers import parse_inn
from models.text import Lang, T


def import_one(
    workspace: Workspace,
    file: str,
    format_name: str | None,
    dry_run: bool,
    sole_traders: bool,
    mapping: Choice = NO_CHOICE,
    *,
    year: int | None = None,
    progress: Progress | None = None,
    by: str | None = None,
) -> Document:
    """Import one file and return its report; ``readable`` is false when no row of it could be taken.

    It is done in the name of the user of this machine unless ``by`` says otherwise.
    """
    report = import_file(
        workspace.store,
        Path(file),
        format=format_name,
        dry_run=dry_run,
        sole_traders=sole_traders,
        year=year,
        mapping=mapping,
        by=by or getuser(),
        lang=workspace.settings.lang,
        progress=progress,
    )
    return {**report.as_document(), "readable": report.readable}


def history(workspace: Workspace) -> Document:
    """Return every import run, in the order they took place."""
    return {"items": [run_item(run) for run in workspace.store.runs()]}


def run_item(run: Run) -> Document:
    """Return an import as a document."""
    return {
        "run": run.id,
        "file": run.header.file_name,
        "format": run.header.format,
        "sha256": run.header.sha256,
        "at": run.started_at.isoformat(),
        "by": run.header.by,
        "seconds": (run.finished_at - run.started_at).total_seconds() if run.finished_at else None,
        "added": run.tally.added,
        "changed": run.tally.changed,
        "quarantined": run.tally.quarantined,
        "undone": run.undone_at.isoformat() if run.undone_at else None,
    }


def undo(workspace: Workspace, run: int) -> Document:
    """Take an import back."""
    with workspace.store.begin() as unit:
        undone = unit.undo(run)
    return asdict(undone)


def rebuild(workspace: Workspace) -> Document:
    """Make every entry of the register what its imports say."""
    with workspace.store.begin() as unit:
        rebuilt = unit.rebuild()
    return asdict(rebuilt)


def quarantine(workspace: Workspace, run: int, out: str) -> Document:
    """Write what an import refused to a workbook that can be corrected and imported again."""
    with workspace.store.read() as reader:
        reader.run(run)
        rows = write_quarantine(Path(out), run, reader.quarantine(run, workspace.settings.lang))
    return {"run": run, "file": out, "rows": rows}


def template(out: str, questionnaire: bool, lang: Lang) -> Document:
    """Write an empty table of companies, or a questionnaire of members, to fill in."""
    return {"file": out, "columns": write_template(Path(out), QUESTIONNAIRE if questionnaire else TABLE, lang)}


def decide(
    workspace: Workspace, supplier: str, buyer: str, verdict: str, reason: str, by: str = "", reason_code: str = ""
) -> Document:
    """Remember a decision about a pair of firms of the register, or with ``reopen`` take back the one in force."""
    pair = [parse_inn(supplier), parse_inn(buyer)]
    if pair[0] == pair[1]:
        raise UsageError(T("supplier and buyer are the same firm"), T("give two different INNs"))
    workspace.known(pair)
    with workspace.store.begin() as unit:
        made = unit.decide(pair[0], pair[1], verdict, reason=reason, by=by, reason_code=reason_code)
    return decision_item(made)


def decision_item(made: Decision) -> Document:
    """Return a decision as a document."""
    return {
        "supplier_inn": made.supplier_inn,
        "buyer_inn": made.buyer_inn,
        "decision": made.decision,
        "reason_code": made.reason_code or None,
        "reason": made.reason,
        "at": made.at.isoformat(),
        "by": made.by,
    }


def database_state(workspace: Workspace) -> Document:
    """Return what the database is and holds; opening it has created or upgraded it."""
    store = workspace.store
    return {"database": store.address, "schema": store.schema, **store.counts()}


def database_check(workspace: Workspace) -> Document:
    """Return whether the file is whole and every company is what its imports say."""
    report = check_store(workspace.store)
    return {
        "database": report.address,
        "schema": report.schema,
        **report.counts,
        "sound": report.sound,
        "problems": [problem.render(workspace.settings.lang) for problem in report.problems],
    }

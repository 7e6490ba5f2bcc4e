"""What a manager should look at: what waits for a person, and what has changed since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from matcher.pipeline.register.review import by_key
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.events import Decision, Run
from models.identifiers import Inn
from models.introductions import Introductions, Step
from models.names import shown_name
from models.refusals import open_refusals

#: Items listed of each kind of change, and imports whose quarantine is named.
LISTED, IMPORTS = 8, 3


def waiting(workspace: Workspace) -> Document:
    """Return what waits for a person: requests, names without INN, and what imports refused."""
    with workspace.store.read() as reader:
        names = by_key(each for each in reader.review_items() if each.state == "open")
        requests = Introductions(reader.connection).waiting()
        all_runs = reader.runs()
        refused, runs = open_refusals(reader, all_runs), {run.id: run for run in all_runs}
    return {
        "introductions": requests,
        "names": len(names),
        "rows": sum(len(rows) for rows in names.values()),
        "quarantined": sum(refused.values()),
        "imports": [_run(runs[run]) for run in sorted(refused, reverse=True)[:IMPORTS]],
    }


def changes(workspace: Workspace, since: datetime) -> Document:
    """Return imports, decisions and steps of introductions since a moment, the latest first, the first few of each."""
    with workspace.store.read() as reader:
        runs = [run for run in reader.runs() if run.started_at >= since or (run.undone_at and run.undone_at >= since)]
        decisions = reader.decisions(since)[::-1]
        asked = Introductions(reader.connection).all()
        steps = sorted((step for each in asked for step in each.steps if step.at >= since), key=_moment, reverse=True)
        shown: list[Decision | Step] = [*decisions[:LISTED], *steps[:LISTED]]
        firms = reader.companies_by_inn({inn for each in shown for inn in (each.supplier_inn, each.buyer_inn)})
    lang = workspace.settings.lang

    def named(inn: str) -> Document:
        return {"inn": inn, "name": shown_name(firms[inn], lang) if inn in firms else ""}

    def told(supplier: str, buyer: str, said: str, by: str, at: datetime) -> Document:
        return {"supplier": named(supplier), "buyer": named(buyer), "said": said, "by": by, "at": at.isoformat()}

    return {
        "since": since.isoformat(),
        "imports": _first(len(runs), (_run(run) for run in runs[::-1][:LISTED])),
        "decisions": _first(
            len(decisions),
            (told(each.supplier_inn, each.buyer_inn, each.decision, each.by, each.at) for each in decisions[:LISTED]),
        ),
        "introductions": _first(
            len(steps),
            (told(step.supplier_inn, step.buyer_inn, step.state, step.by, step.at) for step in steps[:LISTED]),
        ),
    }


def _moment(step: Step) -> datetime:
    return step.at


def _first(total: int, items: Iterable[Document]) -> Document:
    return {"total": total, "items": list(items)}


def _run(run: Run) -> Document:
    return {
        "run": run.id,
        "file": run.header.file_name,
        "by": run.header.by,
        "at": run.started_at.isoformat(),
        "added": run.tally.added,
        "changed": run.tally.changed,
        "quarantined": run.tally.quarantined,
        "undone": run.undone_at is not None,
    }


def own_requests(workspace: Workspace, inn: Inn) -> Document:
    """Return how many requests of a company stand how."""
    with workspace.store.read() as reader:
        found = [each for each in Introductions(reader.connection).all(inn) if inn in each.askers]
    states = [each.state for each in found]
    return {state: states.count(state) for state in dict.fromkeys(states)}


def met_by_others(workspace: Workspace, inn: Inn) -> int:
    """Return how many companies a company was introduced to because they asked for it."""
    with workspace.store.read() as reader:
        found = Introductions(reader.connection).all(inn)
    return sum(each.state == "introduced" and inn not in each.askers for each in found)

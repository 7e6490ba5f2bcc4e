"""What came of the work, in figures: what people agreed on, and how far projects taken on would move the programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from matcher.report.indicators import indicator
from models.board import Board
from models.calls import Calls
from models.introductions import Introductions
from models.project_decisions import ProjectDecision, ProjectDecisions
from models.project_kinds import kpis
from models.text import Lang

#: How long something is recent.
RECENT = timedelta(days=30)


def results(workspace: Workspace, now: datetime) -> Document:
    """Return how much of each kind was reached, in all and lately, and what projects taken on promise the programme.

    Only what is in force counts: a decision that was taken back, an introduction that was undone, an offer withdrawn
    count no more. An entry of the board counts while it is open.
    """
    with workspace.store.read() as reader:
        pairs = reader.decisions_in_force().values()
        asked = Introductions(reader.connection).all()
        calls = Calls(reader.connection).all()
        entries = Board(reader.connection).open(now.date())
        standing = ProjectDecisions(reader.connection).in_force().values()
    projects = [each for each in standing if each.decision == "accept"]
    moments = {
        "pairs": [each.at for each in pairs if each.decision == "accept"],
        "introductions": [each.steps[-1].at for each in asked if each.state == "introduced"],
        "offers": [firm.steps[-1].at for call in calls for firm in call.firms if firm.offer is not None],
        "entries": [each.since for each in entries],
        "projects": [each.at for each in projects],
    }
    since = now - RECENT
    return {
        "since": since.isoformat(),
        "counts": {what: counted(each, since) for what, each in moments.items()},
        "indicators": promised(projects, workspace.settings.lang),
    }


def counted(moments: Sequence[datetime], since: datetime) -> Document:
    """Return how many moments there are, and how many since one."""
    return {"total": len(moments), "recent": sum(at >= since for at in moments)}


def promised(projects: Iterable[ProjectDecision], lang: Lang) -> list[Document]:
    """Return every indicator of the programme with what projects would add, as was known when they were taken on."""
    by, low, high, moving = (Counter[int]() for _ in range(4))
    for move in (move for each in projects for move in moves_of(each.evidence)):
        no = move["no"]
        moving[no] += 1
        for total, end in ((by, "by"), (low, "low"), (high, "high")):
            total[no] += move[end]
    return [{**indicator(no, by[no], low[no], high[no], lang), "projects": moving[no]} for no in kpis()]


def moves_of(evidence: Mapping[str, object]) -> list[Document]:
    """Return the indicators that a candidate was said to move; those the programme does not have are left out."""
    told = evidence.get("kpis")
    return [move for move in told if move["no"] in kpis()] if isinstance(told, list) else []

"""What people decided about joint-project candidates, with what was known that day.

A candidate is named by its key (kind, activities, leading firm), which outlives the figures of the day. The log is only
added to; the last decision on a key is in force until it is reopened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.errors import DataError, UsageError
from models.events import VERDICTS
from models.text import T


@dataclass(frozen=True, slots=True)
class ProjectDecision:
    """A decision; ``evidence`` is the candidate as it was shown that day."""

    id: int
    project: str
    decision: str
    reason: str
    evidence: Mapping[str, Any]
    by: str
    at: datetime


class ProjectDecisions:
    """Decisions on candidates within one transaction.

    Parameters
    ----------
    connection
        The connection of a :class:`models.store.Reader`, or of a :class:`models.store.Unit` to add to them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[ProjectDecision]:
        """Return every decision, oldest first."""
        query = sa.select(tables.project_decision).order_by(tables.project_decision.c.id)
        rows = self._connection.execute(query).mappings()
        return [ProjectDecision(**{**row, "evidence": json.loads(row["evidence"])}) for row in rows]

    def in_force(self) -> dict[str, ProjectDecision]:
        """Return the last decision on each candidate, without those reopened."""
        last = {each.project: each for each in self.all()}
        return {key: each for key, each in last.items() if each.decision != "reopen"}

    def decide(self, project: str, decision: str, reason: str, evidence: Mapping[str, Any], by: str) -> None:
        """Remember a decision.

        Raises
        ------
        UsageError
            If it is none of :data:`models.events.VERDICTS`, or declines without a reason.
        DataError
            If a candidate is reopened on which no decision is in force.
        """
        if decision not in VERDICTS:
            raise UsageError(
                T("{decision} is no decision", decision=decision), T("say accept, decline, later or reopen")
            )
        if decision == "decline" and not reason.strip():
            raise UsageError(T("a project is declined for a reason"), T("say it with --reason"))
        if decision == "reopen" and project not in self.in_force():
            raise DataError(T("no decision on project {id} is in force", id=project), T("there is nothing to reopen"))
        values = {
            "project": project, "decision": decision, "reason": reason.strip(), "by": by, "at": codec.now(),
            "evidence": codec.compact_json(dict(evidence)),
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.project_decision).values(values))

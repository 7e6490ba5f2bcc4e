"""What people decided about joint-project candidates, with what was known that day.

A candidate is named by its key (kind, activities, leading firm), which outlives the figures of the day. The log is only
added to; the last decision on a key is in force until it is reopened. Undoing brings back what was in force before the
last step, by a step of its own, so that undoing twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models import codec, tables
from models.decision_reasons import check_reason, project_reasons
from models.errors import DataError, UsageError
from models.events import VERDICTS
from models.text import T
from models.transaction import WithinTransaction


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
    reason_code: str = ""


class ProjectDecisions(WithinTransaction):
    """Decisions on candidates within one transaction."""

    def all(self) -> list[ProjectDecision]:
        """Return every decision, oldest first."""
        query = sa.select(tables.project_decision).order_by(tables.project_decision.c.id)
        rows = self._connection.execute(query).mappings()
        return [ProjectDecision(**{**row, "evidence": json.loads(row["evidence"])}) for row in rows]

    def in_force(self) -> dict[str, ProjectDecision]:
        """Return the last decision on each candidate, without those reopened."""
        last = {each.project: each for each in self.all()}
        return {key: each for key, each in last.items() if each.decision != "reopen"}

    def of(self, project: str) -> list[ProjectDecision]:
        """Return every decision on one candidate, oldest first."""
        return [each for each in self.all() if each.project == project]

    def decide(
        self,
        project: str,
        decision: str,
        reason: str,
        evidence: Mapping[str, Any],
        by: str,
        reason_code: str = "",
    ) -> None:
        """Remember a decision.

        Raises
        ------
        UsageError
            If it is none of :data:`models.events.VERDICTS`, declines without a reason, or the code is none of the
            decision's.
        DataError
            If a candidate is reopened on which no decision is in force.
        """
        if decision not in VERDICTS:
            raise UsageError(
                T("{decision} is no decision", decision=decision), T("say accept, decline, later or reopen")
            )
        check_reason(reason_code, decision, project_reasons())
        if decision == "decline" and not (reason.strip() or reason_code):
            raise UsageError(T("a project is declined for a reason"), T("say it with --reason or --reason-code"))
        if decision == "reopen" and project not in self.in_force():
            raise DataError(T("no decision on project {id} is in force", id=project), T("there is nothing to reopen"))
        values = {
            "project": project, "decision": decision, "reason": reason.strip(), "by": by, "at": codec.now(),
            "evidence": codec.compact_json(dict(evidence)), "reason_code": reason_code,
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.project_decision).values(values))

    def undo(self, project: str, by: str) -> ProjectDecision | None:
        """Bring back what was in force before the last step on a candidate, and return it; ``None`` for nothing.

        Raises
        ------
        DataError
            If nothing was ever decided on it.
        """
        steps = self.of(project)
        if not steps:
            raise DataError(T("nothing was decided on project {id}", id=project), T("there is nothing to undo"))
        before = steps[-2] if len(steps) > 1 and steps[-2].decision != "reopen" else None
        if before is None:
            if steps[-1].decision != "reopen":
                self.decide(project, "reopen", "", {}, by)
            return None
        self.decide(project, before.decision, before.reason, before.evidence, by, before.reason_code)
        return before

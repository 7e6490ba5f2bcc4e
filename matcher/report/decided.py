"""What was decided about a pair or a joint-project candidate, as documents state it."""

from __future__ import annotations

from matcher.report.frame import Document, Frame
from models.decision_reasons import project_reasons, reason_text
from models.events import Decision
from models.project_decisions import ProjectDecision
from models.text import Lang, T, Text


def decision_item(frame: Frame, made: Decision) -> Document:
    """Return what was decided about a pair, when and why."""
    return {
        "decision": made.decision,
        "reason_code": made.reason_code or None,
        "reason": made.reason,
        "text": reason_text(made.reason_code, made.reason, frame.lang),
        "at": made.at.isoformat(),
    }


def project_decision_item(made: ProjectDecision, lang: Lang) -> Document:
    """Return what was decided about a joint-project candidate, by whom, when and why."""
    return {
        "decision": made.decision,
        "reason_code": made.reason_code or None,
        "reason": made.reason,
        "text": reason_text(made.reason_code, made.reason, lang, project_reasons()),
        "by": made.by,
        "at": made.at.isoformat(),
    }


def declined_text(frame: Frame, pair: tuple[str, str], made: Decision) -> Text:
    """Return that a pair, by INNs of supplier and buyer, was declined: when, why and the way back."""
    why = reason_text(made.reason_code, made.reason, frame.lang)
    return T(
        "declined on {date}{why}; reopen it: zveno decide {supplier} {buyer} reopen",
        date=made.at.date().isoformat(),
        why=f" ({why})" if why else "",
        supplier=pair[0],
        buyer=pair[1],
    )

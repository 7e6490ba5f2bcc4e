"""Why people accept, decline or postpone: codes for pairs, with the parts of the score they speak of, and projects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.errors import UsageError
from models.resources import read_table
from models.text import Lang, T, Text

#: Names of decisions.
VERDICT_NAMES: Mapping[str, Text] = MappingProxyType(
    {"accept": T("accepted"), "decline": T("declined"), "later": T("postponed"), "reopen": T("reopened")}
)


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """A reason code: the decisions it can stand with, and the parts of the score it speaks of; none for projects."""

    code: str
    verdicts: tuple[str, ...]
    parts: tuple[str, ...]
    name_ru: str
    name_en: str

    def name(self, lang: Lang) -> str:
        """Return what the reason is called."""
        return self.name_ru if lang == "ru" else self.name_en


@cache
def decision_reasons() -> Mapping[str, DecisionReason]:
    """Return every reason by code, in the order of the table.

    >>> decision_reasons()["distance"].parts
    ('distance',)
    """
    return MappingProxyType(
        {
            row["code"]: DecisionReason(
                row["code"], _listed(row["verdicts"]), _listed(row["parts"]), row["name_ru"], row["name_en"]
            )
            for row in read_table("reference/decision_reasons.csv")
        }
    )


@cache
def project_reasons() -> Mapping[str, DecisionReason]:
    """Return every reason that may be given for a joint-project candidate, in the order of the table.

    >>> project_reasons()["too_small"].verdicts
    ('decline',)
    """
    return MappingProxyType(
        {
            row["code"]: DecisionReason(row["code"], _listed(row["verdicts"]), (), row["name_ru"], row["name_en"])
            for row in read_table("reference/project_reasons.csv")
        }
    )


def check_reason(code: str, verdict: str, known: Mapping[str, DecisionReason] | None = None) -> None:
    """Refuse a code that is in no list or does not go with a decision; no code goes with all of them.

    Parameters
    ----------
    known
        The list; that of pairs unless another is given.

    Raises
    ------
    UsageError
        With the codes that would do.
    """
    reasons = decision_reasons() if known is None else known
    fitting = [each.code for each in reasons.values() if verdict in each.verdicts]
    if not code or code in fitting:
        return
    what = (
        T("{code} is no reason to {verdict}", code=code, verdict=verdict)
        if code in reasons
        else T("there is no reason {code}", code=code)
    )
    hint = T("known reasons: {codes}", codes=", ".join(fitting)) if fitting else T("leave --reason-code out")
    raise UsageError(what, hint)


def reason_text(code: str, words: str, lang: Lang, known: Mapping[str, DecisionReason] | None = None) -> str:
    """Return a decision's reason for people: the name of its code (among those of pairs, or ``known``) and the words.

    Examples
    --------
    >>> reason_text("price", "20% above the market", "en")
    'price: 20% above the market'
    >>> reason_text("", "", "en")
    ''
    """
    found = (decision_reasons() if known is None else known).get(code)
    return ": ".join(filter(None, (found.name(lang) if found else code, words)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()

"""Why people accept, decline or postpone a pair: a list of codes, each with the parts of the score it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.errors import UsageError
from models.resources import read_table
from models.text import Lang, T


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """A reason code: the decisions it can stand with, and the parts of the score it speaks of, often none."""

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


def check_reason(code: str, verdict: str) -> None:
    """Refuse a code that is in no list or does not go with a decision; no code goes with all of them.

    Raises
    ------
    UsageError
        With the codes that would do.
    """
    fitting = [each.code for each in decision_reasons().values() if verdict in each.verdicts]
    if not code or code in fitting:
        return
    what = (
        T("{code} is no reason to {verdict}", code=code, verdict=verdict)
        if code in decision_reasons()
        else T("there is no reason {code}", code=code)
    )
    hint = T("known reasons: {codes}", codes=", ".join(fitting)) if fitting else T("leave --reason-code out")
    raise UsageError(what, hint)


def reason_text(code: str, words: str, lang: Lang) -> str:
    """Return a decision's reason for people: the name of its code and what was written.

    Examples
    --------
    >>> reason_text("price", "20% above the market", "en")
    'price: 20% above the market'
    >>> reason_text("", "", "en")
    ''
    """
    known = decision_reasons().get(code)
    return ": ".join(filter(None, (known.name(lang) if known else code, words)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()

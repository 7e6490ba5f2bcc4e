"""How many independent makers could supply one input, and whether the buyer would depend on one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.index.columns import Columns
from matcher.match.shortlist import Ranking
from matcher.report.figures import percent
from matcher.report.frame import Document, Frame
from models.text import T, Text

#: Makers looked at, best first: enough to tell one from several.
LOOKED_AT = 50
#: Below so many independent makers an input has a single source.
SAFE = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """Who could supply an input.

    Attributes
    ----------
    makers
        Firm numbers of independent makers, best first: of firms of one group only the best counts.
    able
        Those of them that make at least as much of it as is needed; all whose size is unknown count.
    covered
        Largest part of the need that one of them could cover, at most 1; ``None`` where no size is known.
    """

    makers: tuple[int, ...]
    able: tuple[int, ...]
    covered: float | None

    @property
    def risk(self) -> bool:
        """Whether the buyer would depend on one firm."""
        return len(self.makers) < SAFE or len(self.able) < SAFE


def sources_of(columns: Columns, ranking: Ranking) -> Sources:
    """Return who could supply the one input a ranking is about, wholesalers left out: they make nothing."""
    rows = ranking.order[~ranking.channels[ranking.order]][:LOOKED_AT]
    kept: list[int] = []
    tied: set[int] = set()
    for row in rows:
        firm = int(ranking.firms[row])
        if firm not in tied:
            kept.append(int(row))
            tied |= set(columns.ties(firm))
    need, capacity = ranking.scores.need_rub[kept], ranking.scores.capacity_rub[kept]
    known = (need > 0) & (capacity > 0)
    part = np.divide(capacity, need, out=np.ones(len(kept)), where=known)
    firms = [int(ranking.firms[row]) for row in kept]
    return Sources(
        tuple(firms),
        tuple(firm for firm, covers in zip(firms, part >= 1, strict=True) if covers),
        float(min(part[known].max(), 1.0)) if known.any() else None,
    )


def sources_item(frame: Frame, sources: Sources) -> Document:
    """Return who could supply an input, and the risk in words."""
    return {
        "makers": len(sources.makers),
        "more": len(sources.makers) >= LOOKED_AT,
        "able": len(sources.able),
        "covered": sources.covered,
        "risk": sources.risk,
        "text": frame.say(_text(frame, sources)),
    }


def _text(frame: Frame, sources: Sources) -> Text:
    if not sources.makers:
        return T("no maker was found: it would have to come through wholesalers or from outside the register")
    if len(sources.makers) < SAFE:
        return T("one maker only: {name}", name=frame.name(sources.makers[0]))
    if not sources.able and sources.covered is not None:
        return T("nobody covers the whole need alone: the largest covers {part} of it",
                 part=percent(sources.covered, frame.lang))  # fmt: skip
    if len(sources.able) < SAFE:
        return T("only one could cover the whole need: {name}", name=frame.name(sources.able[0]))
    return T("{count} independent makers could cover the whole need", count=len(sources.able))

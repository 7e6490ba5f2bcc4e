"""Candidates that one rule alone keeps off a shortlist, with the rule in words and by how much it is broken."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.index.columns import CATEGORIES
from matcher.match.shortlist import (
    CLOSED,
    DECLINED,
    NO_MAKER,
    NOT_NEW,
    NOT_SMALL,
    OTHER_REGION,
    SAME_NAME,
    TOO_FAR,
    Ranking,
)
from matcher.report.decided import decision_item, declined_text
from matcher.report.frame import Document, Frame
from models.events import Decision
from models.geography import region_name
from models.text import T, Text

RULES: Mapping[str, Text] = {
    CLOSED: T("the firm is closed"),
    SAME_NAME: T("bears the same name: probably one owner, check before treating it as a new partner"),
    NO_MAKER: T("a wholesaler: only makers were asked for"),
    NOT_NEW: T("a partner already: only new ones were asked for"),
}


def near_miss(
    frame: Frame, ranking: Ranking, row: int, rule: str, pair: tuple[str, str], made: Decision | None
) -> Document:
    """Return one near miss: the firm, its score and the one rule it breaks.

    Parameters
    ----------
    pair
        INNs of supplier and buyer.
    made
        The decision in force on the pair, if any.
    """
    firm = {**frame.firm(int(ranking.firms[row])), "score": round(float(ranking.scores.score[row]), 4), "rule": rule}
    if rule == DECLINED and made is not None:
        text = declined_text(frame, pair, made)
        return {**firm, "text": frame.say(text), "decision": decision_item(frame, made)}
    return {**firm, "text": frame.say(rule_text(frame, ranking, row, rule))}


def rule_text(frame: Frame, ranking: Ranking, row: int, rule: str) -> Text:
    """Return the rule a candidate breaks, with the figures of this candidate."""
    firm, columns = int(ranking.firms[row]), frame.columns
    if rule == TOO_FAR:
        if np.isnan(columns.place_spread_km[columns.place[firm]]):
            return T("its place is unknown: it may be beyond the limit")
        limit = ranking.filters.radius_km or 0.0
        return T(
            "{km} km beyond the limit of {limit} km",
            km=f"{ranking.scores.distance_km[row] - limit:.0f}",
            limit=f"{limit:.0f}",
        )
    if rule == OTHER_REGION:
        return T(
            "{region}: another region was asked for",
            region=region_name(str(columns.region_code[columns.region[firm]]), frame.lang),
        )
    if rule == NOT_SMALL:
        if CATEGORIES[columns.category[firm]] == "large":
            return T("a large company: only small and medium ones were asked for")
        return T("its size category is not stated: only small and medium ones were asked for")
    return RULES[rule]

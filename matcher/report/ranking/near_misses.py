"""Candidates that one rule alone keeps off a shortlist, with the rule in words and by how much it is broken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from matcher.index.columns import CATEGORIES
from matcher.match.bars import CLOSED, DECLINED, SAME_NAME
from matcher.match.shortlist import LAPSES, NO_MAKER, NOT_NEW, NOT_SMALL, OTHER_REGION, RESELLS, TOO_FAR, Ranking
from matcher.report.decided import decision_item, declined_text
from matcher.report.figures import money, whole
from matcher.report.frame import Document, Frame
from models.events import Decision
from models.geography import region_name
from models.text import T, Text

RULES: Mapping[str, Text] = {
    CLOSED: T("the firm is closed"),
    SAME_NAME: T("bears the same name: probably one owner, check before treating it as a new partner"),
    NO_MAKER: T("a wholesaler: only makers were asked for"),
    RESELLS: T("would sell it on: only those who use it were asked for"),
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
    figured = {TOO_FAR: _too_far, OTHER_REGION: _other_region, NOT_SMALL: _not_small, LAPSES: _lapses}
    return figured[rule](frame, ranking, row) if rule in figured else RULES[rule]


def _too_far(frame: Frame, ranking: Ranking, row: int) -> Text:
    columns = frame.columns
    if np.isnan(columns.place_spread_km[columns.place[ranking.firms[row]]]):
        return T("its place is unknown: it may be beyond the limit")
    limit = ranking.filters.radius_km or 0.0
    beyond = whole(ranking.scores.distance_km[row] - limit, frame.lang)
    return T("{km} km beyond the limit of {limit} km", km=beyond, limit=whole(limit, frame.lang))


def _other_region(frame: Frame, ranking: Ranking, row: int) -> Text:
    code = str(frame.columns.region_code[frame.columns.region[ranking.firms[row]]])
    return T("{region}: another region was asked for", region=region_name(code, frame.lang))


def _not_small(frame: Frame, ranking: Ranking, row: int) -> Text:
    firm = int(ranking.firms[row])
    if CATEGORIES[frame.columns.category[firm]] == "large":
        return T("a large company: only small and medium ones were asked for")
    output = float(frame.columns.output_rub[firm])
    if output <= 0:
        return T("its size is not known: only small and medium ones were asked for")
    return T(
        "by its output of {output} it is no small or medium company: only such were asked for",
        output=money(output, frame.lang),
    )


def _lapses(frame: Frame, ranking: Ranking, row: int) -> Text:
    """Return when the products of a firm leave, or left, the register of products, and what was asked for."""
    until = date.fromordinal(int(frame.columns.certified_until[ranking.firms[row]]))
    asked = date.fromordinal(ranking.filters.certified_until or 1)
    figures = {"day": until.isoformat(), "wanted": asked.isoformat()}
    if until < frame.today:
        return T("its product certificate lapsed on {day}, one until {wanted} was asked for", **figures)
    if (months := _months(frame.today, until)) > 0:
        return T(
            "in {months} months, on {day}, its product certificate lapses, one until {wanted} was asked for",
            months=months,
            **figures,
        )
    return T("within a month, on {day}, its product certificate lapses, one until {wanted} was asked for", **figures)


def _months(first: date, last: date) -> int:
    """Return the whole months between two days.

    >>> _months(date(2026, 11, 26), date(2027, 2, 26)), _months(date(2026, 11, 26), date(2027, 2, 25))
    (3, 2)
    """
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)

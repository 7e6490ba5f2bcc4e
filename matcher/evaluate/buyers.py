"""How many statements of engineers about who would rather buy a thing hold in the ranking of a seller's own words.

Each statement has a thing in a seller's words and two activities that both take something of the group of goods it is
of: one that takes this very thing, and one that takes others. All buyers are made up, one an activity, equal in size
and in one town. The statements were written without sight of the lists of what activities take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matcher.evaluate.rankings import CITY, REGION, REVENUE_RUB
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.index.generated import alike_firms, generated_index
from matcher.match.pairs import Party
from matcher.match.shortlist import Decisions, Filters, rank_buyers
from matcher.report.frame import Document

Statement = Mapping[str, str]
#: The ranking, and the two beside.
WAYS = ("share_that_holds", "by_groups_alone", "by_goods_alone")
#: What a seller in words is as a party, ``None`` where nothing was recognised.
Say = Callable[[str], Party | None]


def evaluate_buyers(statements: Sequence[Statement], economy: Economy, say: Say) -> Document:
    """Return the share of statements that hold, with those that fail and two simpler rankings beside.

    ``by_groups_alone`` leaves out which of a group's goods an activity takes; ``by_goods_alone`` goes by that alone. A
    buyer that is not on the list is below all that are; level is half, and what is not understood holds in no way.
    """
    columns = generated_index(
        alike_firms({row[key] for row in statements for key in ("better", "worse")}, REGION, CITY, REVENUE_RUB), economy
    )
    at = {economy.codes[code]: firm for firm, code in enumerate(columns.share_code)}
    ways: dict[str, list[float]] = {way: [] for way in WAYS}
    failures = {}
    for row in statements:
        found = _held(columns, economy, say(row["text"]), at[row["better"]], at[row["worse"]])
        for way, held in found.items():
            ways[way].append(held)
        if found["share_that_holds"] < 1:
            failures[f"{row['text']}: {row['better']} > {row['worse']}"] = row["why"]
    return {
        "statements": len(statements),
        **{way: round(float(np.mean(held)), 4) for way, held in ways.items()},
        "failures": failures,
    }


def _held(columns: Columns, economy: Economy, party: Party | None, better: int, worse: int) -> dict[str, float]:
    if party is None:
        return dict.fromkeys(WAYS, 0.0)
    goods = np.zeros(len(economy.codes)) if party.uses is None else party.uses.log_odds
    scores = (
        _scores(columns, economy, party),
        _scores(columns, economy, replace(party, uses=None)),
        columns.shares @ goods,
    )
    return {
        way: 0.5 if each[better] == each[worse] else float(each[better] > each[worse])
        for way, each in zip(WAYS, scores, strict=True)
    }


def _scores(columns: Columns, economy: Economy, party: Party) -> np.ndarray:
    ranking = rank_buyers(columns, economy, party, Filters(), Decisions())
    scores = np.full(len(columns), -np.inf)
    scores[ranking.firms] = ranking.scores.score
    return scores

"""How many statements of engineers about whom an anchor would rather buy from hold in the ranking.

Each statement names three activities: an anchor, a better and a worse supplier of it. All firms of the test are made
up, one an activity, equal in size and in one town, so that only what they do tells them apart. The statements were
written from knowledge of the industries before any ranking was looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.index.generated import alike_firms, generated_index
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from matcher.report.frame import Document

#: Where all firms of the test are, and what they sell a year: a middle-sized firm of the pilot region's capital.
REGION, CITY, REVENUE_RUB = "26", "Ставрополь", 500e6

Statement = Mapping[str, str]


def evaluate_rankings(statements: Iterable[Statement], economy: Economy) -> Document:
    """Return the share of statements that hold, by cluster, with those that fail and a simpler ranking beside.

    The simpler ranking orders suppliers by what the anchor spends on their goods (the coefficient alone).
    """
    rows = list(statements)
    columns = statement_register(rows, economy)
    places = {anchor: ranks(columns, economy, anchor) for anchor in {row["anchor"] for row in rows}}
    spending = {anchor: by_spending(columns, economy, anchor) for anchor in places}
    held: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        held[row["cluster"]].append(holds(row, places[row["anchor"]]))
    return {
        "statements": len(rows),
        "share_that_holds": round(float(np.mean([good for each in held.values() for good in each])), 4),
        "by_cluster": {cluster: round(float(np.mean(each)), 4) for cluster, each in held.items()},
        "by_spending_alone": round(float(np.mean([holds(row, spending[row["anchor"]]) for row in rows])), 4),
        "failures": {
            f"{row['anchor']}: {row['better']} > {row['worse']}": row["why"]
            for row in rows
            if not holds(row, places[row["anchor"]])
        },
    }


def statement_register(statements: Sequence[Statement], economy: Economy) -> Columns:
    """Return the index of one firm for each activity that the statements name."""
    codes = {row[key] for row in statements for key in ("anchor", "better", "worse")}
    return generated_index(alike_firms(codes, REGION, CITY, REVENUE_RUB), economy)


def ranks(columns: Columns, economy: Economy, anchor: str) -> dict[str, int]:
    """Return the place of each activity's firm among the suppliers of the anchor's firm."""
    code_of = _main_codes(columns, economy)
    firm = code_of.index(anchor)
    ranking = rank_suppliers(columns, economy, firm_party(columns, firm), Filters(), Decisions())
    return {code_of[int(ranking.firms[row])]: place for place, row in enumerate(ranking.order)}


def by_spending(columns: Columns, economy: Economy, anchor: str) -> dict[str, int]:
    """Return the place of each activity by what the anchor's recipe spends on it."""
    recipe = economy.match[:, economy.codes.index(anchor)]
    bought = [code for code in _main_codes(columns, economy) if recipe[economy.codes.index(code)] > 0]
    ordered = sorted(bought, key=lambda code: -recipe[economy.codes.index(code)])
    return {code: place for place, code in enumerate(ordered)}


def holds(statement: Statement, places: Mapping[str, int]) -> bool:
    """Tell whether the better is on the list, and the worse below it or not on it.

    >>> holds({"better": "a", "worse": "b"}, {"a": 0}), holds({"better": "a", "worse": "b"}, {"b": 0})
    (True, False)
    """
    better, worse = places.get(statement["better"]), places.get(statement["worse"])
    return better is not None and (worse is None or better < worse)


def _main_codes(columns: Columns, economy: Economy) -> list[str]:
    return [economy.codes[code] for code in columns.share_code]

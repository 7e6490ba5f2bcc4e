"""What a firm's yearly output is: stated, or estimated from firms like it.

Revenue of banks, insurers and brokers is turnover of securities and premiums, not sales of a product (the largest
reported revenue of 2013 in the open accounts is a broker's): it is not taken for output.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.index.columns import OUTPUT_ESTIMATED, OUTPUT_OBSERVED, OUTPUT_UNKNOWN
from matcher.index.sizes import most_revenue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: OKVED-2 classes whose reported revenue is turnover of money, not of goods or services.
TURNOVER_CLASSES = frozenset({"64", "65", "66"})
#: Fewest observed firms of a class whose median stands for the others.
FEWEST_PEERS = 5


def yearly_output(
    revenue_rub: Floats, revenue_year: Ints, workers: Floats, category: Ints, shares: csr_array, groups: Sequence[str]
) -> tuple[Floats, Ints, Ints]:
    """Return output in roubles, its kind and its year for every firm, each shape (n,).

    Parameters
    ----------
    revenue_rub, workers
        ``nan`` where unknown, shape (n,).
    revenue_year
        0 where unknown, shape (n,).
    category
        Size category of a register, a place in :data:`~matcher.index.columns.CATEGORIES`, 0 unknown, shape (n,).
    shares
        Matrix S, shape (n, m).
    groups
        The m activity codes.

    Notes
    -----
    A firm without usable revenue gets workers × the median revenue per worker of observed firms with the same main
    class, or the class's median revenue; with fewer than :data:`FEWEST_PEERS` such firms the economy's median; in any
    case no more than the revenue that the law allows its category: large firms say little of a micro one. A firm of no
    known activity gets none.
    """
    main_class = _main_class(shares, groups)
    turnover = np.isin(main_class, sorted(TURNOVER_CLASSES))
    observed = ~np.isnan(revenue_rub) & ~turnover
    output = np.where(observed, np.nan_to_num(revenue_rub), np.nan)
    kind = np.where(observed, OUTPUT_OBSERVED, OUTPUT_UNKNOWN)
    year = np.where(observed, revenue_year, 0)
    estimable = ~observed & (main_class != "")
    if estimable.any():
        per_firm = _class_medians(output, main_class)
        per_worker = _class_medians(
            np.where(workers > 0, output / np.where(workers > 0, workers, 1), np.nan), main_class
        )
        estimate = np.where(np.isnan(workers), per_firm, workers * per_worker)
        estimate = np.minimum(estimate, most_revenue(category))
        estimable &= ~np.isnan(estimate)
        output = np.where(estimable, estimate, output)
        kind = np.where(estimable, OUTPUT_ESTIMATED, kind)
        known_years = revenue_year[observed & (revenue_year > 0)]
        year = np.where(estimable, int(np.median(known_years)) if len(known_years) else 0, year)
    return np.nan_to_num(output), kind.astype(np.int64), year.astype(np.int64)


def _main_class(shares: csr_array, groups: Sequence[str]) -> NDArray[np.str_]:
    """Return the two-digit class that carries most of each firm's output, empty when nothing is known."""
    names = sorted({group[:2] for group in groups})
    column = {name: number for number, name in enumerate(names)}
    to_class = csr_array(
        (np.ones(len(groups)), (np.arange(len(groups)), [column[group[:2]] for group in groups])),
        shape=(len(groups), len(names)),
    )
    by_class = (shares @ to_class).toarray()
    labels = np.array(names, dtype="U2")[by_class.argmax(axis=1)]
    return np.where(by_class.max(axis=1, initial=0.0) > 0, labels, "")


def _class_medians(values: Floats, classes: NDArray[np.str_]) -> Floats:
    """Return for every firm the median of its class, the overall median for a class with too few values."""
    known = ~np.isnan(values)
    result = np.full(len(values), np.median(values[known]) if known.any() else np.nan)
    for name in np.unique(classes):
        peers = values[known & (classes == name)]
        if len(peers) >= FEWEST_PEERS:
            result[classes == name] = np.median(peers)
    return result

"""How good a ranking is against a set of right answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np


def recall_at(ranked: Sequence[str], truth: Collection[str], depth: int) -> float:
    """Return the share of right answers among the first ``depth``.

    >>> recall_at(["a", "b", "c"], {"a", "c"}, 2)
    0.5
    """
    return len(set(ranked[:depth]) & set(truth)) / len(truth)


def reciprocal_rank(ranked: Sequence[str], truth: Collection[str]) -> float:
    """Return 1 over the place of the first right answer, 0 if there is none.

    >>> reciprocal_rank(["a", "b", "c"], {"b", "c"})
    0.5
    """
    return next((1.0 / place for place, item in enumerate(ranked, start=1) if item in truth), 0.0)


def ndcg_at(ranked: Sequence[str], truth: Collection[str], depth: int) -> float:
    r"""Return the normalised discounted cumulative gain with gains of 0 and 1.

    .. math:: \frac{\sum_{k \le n} g_k / \log_2(k + 1)}{\sum_{k \le \min(n, |T|)} 1 / \log_2(k + 1)}

    References
    ----------
    Järvelin, K. and Kekäläinen, J. (2002). Cumulated gain-based evaluation of IR techniques. *ACM TOIS* 20, 422–446.

    Examples
    --------
    >>> ndcg_at(["a", "b", "c"], {"a", "b"}, 3)
    1.0
    """
    discounts = 1.0 / np.log2(np.arange(2, depth + 2))
    hits = np.array([item in truth for item in ranked[:depth]], dtype=np.float64)
    return float(hits @ discounts[: len(hits)] / discounts[: min(depth, len(truth))].sum())

"""What a method's scores of needs are worth, and by how much one method is ahead of another.

A difference is given with its interval over buyers: they are drawn anew, both methods on the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from matcher.learn.calibration import reliability
from matcher.trials.measures import interval, places, pooled_auprc, resampled_interval, summary
from matcher.trials.needs import NEW_PAIR, REPEAT, Asked

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Result = dict[str, Any]

#: Key of figures by method, which are printed side by side.
TABLE = "table"


def figures(score: Floats, test: Asked) -> Result:
    """Return the figures of one method; suppliers never seen count as missed but for ``*_known``."""
    found = places(score, test.choices.admitted, test.choices.right)
    missed = np.zeros(len(test.unseen))
    buyer = np.append(test.buyer, test.unseen.buyer)
    reciprocal, first, five = found.reciprocal(), found.within(1), found.within(5)
    result: Result = dict(
        summary(np.append(reciprocal, missed), np.append(first, missed), np.append(five, missed), buyer)
    )
    for stage in (REPEAT, NEW_PAIR):
        chosen = test.stage == stage
        result[f"mrr_{stage}"] = float(reciprocal[chosen].mean()) if chosen.any() else None
    hard = places(score, test.choices.admitted & test.hard, test.choices.right)
    result["auprc_hard"] = float(hard.reciprocal().mean()) if len(test.buyer) else None
    return result


def pooled(score: Floats, test: Asked) -> Result:
    """Return the area under one curve over the hard candidates of all needs, of repeats and of new pairs."""
    among = test.choices.admitted & test.hard
    return {
        name: pooled_auprc(score[chosen], among[chosen], test.choices.right[chosen]) if chosen.any() else None
        for name, chosen in kinds(test).items()
    }


def kinds(test: Asked) -> Mapping[str, Flags]:
    """Return which needs are of each kind: all, those of pairs that traded before, and those of new pairs."""
    return {"all": np.ones(len(test.buyer), dtype=bool), **{s: test.stage == s for s in (REPEAT, NEW_PAIR)}}


def differences(scores: Mapping[str, Floats], rivals: Sequence[tuple[str, str]], test: Asked) -> Result:
    """Return by how much the first of each two methods is ahead of the other over known suppliers, by kind of need.

    ``mrr`` is of the place of the right supplier among all candidates, ``pooled`` of one curve over the hard candidates
    of all needs; ``low`` and ``high`` are 95% intervals.
    """
    return {
        kind: {
            TABLE: {
                f"{one} - {other}": {
                    **_mrr_ahead(scores[one][chosen], scores[other][chosen], test, chosen),
                    **_pooled_ahead(scores[one][chosen], scores[other][chosen], test, chosen),
                }
                for one, other in rivals
            }
        }
        for kind, chosen in kinds(test).items()
        if chosen.any()
    }


def _mrr_ahead(one: Floats, other: Floats, test: Asked, chosen: Flags) -> Result:
    admitted, right = test.choices.admitted[chosen], test.choices.right[chosen]
    gain = np.subtract(*(places(score, admitted, right).reciprocal() for score in (one, other)))
    low, high = interval(gain, test.buyer[chosen])
    return {"mrr": float(gain.mean()), "mrr_low": low, "mrr_high": high}


def _pooled_ahead(one: Floats, other: Floats, test: Asked, chosen: Flags) -> Result:
    among, right = (test.choices.admitted & test.hard)[chosen], test.choices.right[chosen]

    def gain(rows: NDArray[np.int64]) -> float:
        ours, theirs = (pooled_auprc(score[rows], among[rows], right[rows]) for score in (one, other))
        return ours - theirs

    low, high = resampled_interval(gain, test.buyer[chosen])
    return {"pooled": gain(np.arange(len(right))), "pooled_low": low, "pooled_high": high}


def said_of_the_first(choice: Floats, test: Asked) -> Result:
    """Return how often the first of a list was right against its chance if one of the list is taken: known suppliers.

    Parameters
    ----------
    choice
        In logs each known supplier's chance to be taken, shape (queries, suppliers).
    """
    listed = np.where(test.choices.admitted, choice, -np.inf)
    answered = np.isfinite(listed).any(axis=1)
    first = listed[answered].argmax(axis=1)
    said = np.exp(listed[answered].max(axis=1) - logsumexp(choice[answered], axis=1))
    return reliability(said, (first == test.choices.right[answered]).astype(float))


def said_of_all(choice: Floats, unseen: Floats, test: Asked) -> Result:
    """Return how often the first of a list was right against its chance, needs of suppliers never seen among them.

    Parameters
    ----------
    choice, unseen
        In logs each known supplier's chance to be taken, of needs of known suppliers and of the others.

    Returns
    -------
    dict
        Beside the reliability ``newcomers_said``, the mean chance that lists left to others, and ``newcomers_were``.
    """
    listed = np.concatenate([np.where(test.choices.admitted, choice, -np.inf), unseen])
    right = np.append(test.choices.right, np.full(len(unseen), -1))
    answered = np.isfinite(listed).any(axis=1)
    left = 1.0 - np.exp(logsumexp(np.concatenate([choice, unseen])[answered], axis=1))
    hit = (listed.argmax(axis=1) == right)[answered].astype(float)
    return {
        **reliability(np.exp(listed[answered].max(axis=1)), hit),
        "newcomers_said": float(left.mean()),
        "newcomers_were": float((right < 0)[answered].mean()),
    }

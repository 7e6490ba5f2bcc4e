"""Who takes the very thing that is offered, among all who take something of its group of goods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit

from matcher.classify.said import Said
from matcher.classify.taken import Taken
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What is said of an activity in fewer logs than this is not kept.
LEAST_KEPT = 0.1
#: By how much an offer must be nearer to words for a whole group than to any thing of it to be taken for the group.
GENERALLY = 0.02


@dataclass(frozen=True, slots=True)
class Uses:
    """Which activities take the very thing that is offered.

    Attributes
    ----------
    log_odds
        How much likelier each activity is to take it than the activities that take something of its group of goods, in
        logs; 0 where it is not known what of the group an activity takes. Shape (m,).
    thing
        Number of the good each takes that is nearest to it (:func:`models.taken.goods`), -1 where none is known.
        Shape (m,).
    """

    log_odds: Floats
    thing: Ints


def uses_of(taken: Taken, offer: Said, shares: Floats) -> Uses:
    """Return which activities take what is offered, given the groups that make it as shares, shape (m,).

    With the chance c that an activity takes the thing, by how near to it is the nearest of what the activity takes of
    the group, this is ``log((c + ε) / (mean of c + ε))`` over the activities whose goods of the group are known; of
    several groups the mean weighted by shares, those of which nothing is known counting nought. Near is said of what is
    hardly farther than the nearest of all: to «haulage» all kinds of haulage are near alike, to «antifreeze» only
    antifreeze is. Of an offer in words for the whole group nothing is said.
    """
    size = len(shares)
    log_odds, nearest = np.zeros(size), np.full(size, -np.inf)
    thing = np.full(size, -1)
    doubt = assumption("taken_doubt").value
    for group in np.flatnonzero(shares).tolist():
        lines = taken.lines.get(group)
        if lines is None:
            continue
        cosine = taken.nearest(taken.thing[lines], offer)
        general = taken.in_general.get(group)
        if general is not None and taken.nearest(general, offer).max() > cosine.max() + GENERALLY:
            continue
        best = np.full(size, -np.inf)
        np.maximum.at(best, taken.buyer[lines], cosine)
        known = np.flatnonzero(best > -np.inf)
        even = max(best[known].max() - assumption("taken_within").value, assumption("taken_cosine").value)
        chance = expit((best[known] - even) / assumption("taken_spread").value)
        log_odds[known] += shares[group] * np.log((chance + doubt) / (chance.mean() + doubt))
        nearer = lines[np.argsort(cosine, kind="stable")]  # of an activity's goods the nearest is written last
        of_group = np.full(size, -1)
        of_group[taken.buyer[nearer]] = taken.thing[nearer]
        closer = known[best[known] > nearest[known]]
        nearest[closer], thing[closer] = best[closer], of_group[closer]
    return Uses(log_odds / max(float(shares.sum()), 1e-9), thing)


def use_columns(firm: Ints, offered: Said, shares: csr_array, taken: Taken) -> dict[str, Any]:
    """Return which activities take what firms offer, in CSR form.

    Parameters
    ----------
    firm
        Whose each thing is, sorted.
    shares
        What each firm supplies, shape (n, m).
    """
    count = np.zeros(shares.shape[0], dtype=np.int64)
    code, log_odds, thing = [np.zeros(0, dtype=np.int64)], [np.zeros(0)], [np.zeros(0, dtype=np.int64)]
    for number in np.unique(firm).tolist():
        own = slice(*np.searchsorted(firm, [number, number + 1]).tolist())
        uses = uses_of(taken, offered.only(own), shares[[number]].toarray()[0])
        codes = np.flatnonzero(np.abs(uses.log_odds) >= LEAST_KEPT)
        count[number] = len(codes)
        code.append(codes)
        log_odds.append(uses.log_odds[codes])
        thing.append(uses.thing[codes])
    return {
        "use_indptr": np.cumsum([0, *count]),
        "use_code": np.concatenate(code),
        "use_log_odds": np.concatenate(log_odds).astype(np.float32),
        "use_thing": np.concatenate(thing),
    }

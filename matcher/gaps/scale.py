"""Sizes of real makers and users: whether a gap is big enough to feed a plant, and what one processor takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from matcher.index.columns import Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]

#: A firm is certain to make a code when its confidence in it is at least this.
CERTAIN = 0.5
#: An activity processes a code when the code is at least this share of its turnover.
MAIN_INPUT = 0.05
#: A good is worked on when factories of other activities take at least this part of all that is turned over of it.
PROCESSED_PART = 0.1
#: Manufacturing: divisions 10 to 33.
FIRST_FACTORY, AFTER_FACTORIES = "10", "34"
#: Quantiles told of a distribution of sizes: its lower quarter, middle and upper quarter.
QUARTERS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class PlantScale:
    """How large the real makers of a code are, roubles a year of it.

    The lower quarter of makers that live is taken for the smallest scale that is viable (the survivor principle); the
    middle one for a usual plant.

    References
    ----------
    Stigler, G. J. (1958). The economies of scale. *Journal of Law and Economics* 1, 54–71.
    """

    makers: int
    viable_rub: float
    usual_rub: float


def plant_scale(outputs: Floats) -> PlantScale | None:
    """Return the scale of makers by their sorted outputs, ``None`` without makers.

    >>> plant_scale(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    PlantScale(makers=5, viable_rub=2.0, usual_rub=3.0)
    """
    if not len(outputs):
        return None
    viable, usual, _ = np.quantile(outputs, QUARTERS)
    return PlantScale(len(outputs), float(viable), float(usual))


def makers_output(columns: Columns) -> list[Floats]:
    """Return the sorted yearly outputs of the makers of each code, firms certain to make it first of all.

    Where no firm is certain to make a code, those that might are taken, so that a size is known at all.
    """
    output = columns.output_rub[columns.share_firm] * columns.share_value
    made = np.flatnonzero(output > 0)
    certain = columns.share_confidence[made] >= CERTAIN
    by_code = made[np.lexsort((output[made], ~certain, columns.share_code[made]))]
    ends = np.searchsorted(columns.share_code[by_code], np.arange(columns.groups + 1))
    sizes: list[Floats] = []
    for start, end in pairwise(ends):
        entries = by_code[start:end]
        sure = int((columns.share_confidence[entries] >= CERTAIN).sum())
        sizes.append(output[entries[: sure or len(entries)]])
    return sizes


def processing(economy: Economy) -> Floats:
    """Return the recipes of those who process a code, 0 elsewhere, shape (m, m): manufacturing that lives on it.

    Farms and builders use what they buy up; traders and services do not work on it.
    """
    factory = np.array([FIRST_FACTORY <= code < AFTER_FACTORIES for code in economy.codes])
    return np.where((economy.recipe >= MAIN_INPUT) & factory[None, :] & ~economy.channel[:, None], economy.recipe, 0.0)


def processed(economy: Economy) -> NDArray[np.bool_]:
    """Return which goods the factories of other activities work on, shape (m,).

    What households, farms and shops take is finished: soap, cheese and fertilisers do not leave a region unprocessed.
    """
    factory = np.array([FIRST_FACTORY <= code < AFTER_FACTORIES for code in economy.codes])
    others = np.where(factory[None, :] & ~np.eye(len(factory), dtype=bool), economy.recipe, 0.0)
    taken = others @ economy.turnover_rub
    return np.asarray(economy.goods & (taken >= PROCESSED_PART * economy.turnover_rub) & (taken > 0))


def processor_size(columns: Columns, economy: Economy) -> Floats:
    """Return what a lower-quarter, middle and upper-quarter firm that processes each code buys of it, shape (3, m).

    Only firms certain of their activity count; 0 where nobody processes a code.
    """
    main = csc_array(processing(economy))
    certain = columns.shares * (confidence(columns) >= CERTAIN)
    bought = csc_array((certain * columns.output_rub[:, None]) @ main.T)
    sizes = np.zeros((len(QUARTERS), columns.groups))
    for code in range(columns.groups):
        amounts = bought.data[bought.indptr[code] : bought.indptr[code + 1]]
        amounts = amounts[amounts > 0]
        if len(amounts):
            sizes[:, code] = np.quantile(amounts, QUARTERS)
    return sizes


def confidence(columns: Columns) -> csr_array:
    """Return the confidence of each share as a matrix of the same shape as S."""
    return csr_array((columns.share_confidence, columns.share_code, columns.share_indptr), shape=columns.shares.shape)

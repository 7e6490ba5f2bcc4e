"""How close the activities of the register are: by recipes, and by the regions that have both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from graph.relatedness import co_specialisation, density, entry_score, location_quotient, recipe_proximity
from matcher.gaps.scale import CERTAIN, confidence
from matcher.index.columns import STATUS_CLOSED, Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Fewest regions with makers on record from which on it means something that activities turn up together.
FEWEST_REGIONS = 10


def goods_recipes(economy: Economy) -> Floats:
    """Return the closeness of recipes, shape (m, m); inputs everyone buys count little, channels not at all."""
    need = csc_array(economy.recipe * ~economy.channel[:, None])
    return recipe_proximity(need, np.where(economy.goods, economy.mean_share, 0.0))


def activity_proximity(recipes: Floats, places: Floats) -> Floats:
    """Return the geometric mean of both kinds of closeness, shape (m, m).

    A firm needs both: activities found in every region (bakeries) are close to all others by places alone, and a like
    recipe says little of activities that never turn up together.
    """
    return np.sqrt(recipes * places)


def certain_makers(columns: Columns) -> csr_array:
    """Return 1 where a living firm certainly does a code, shape (n, m)."""
    alive = (columns.status != STATUS_CLOSED)[:, None]
    return csr_array((columns.shares * (confidence(columns) >= CERTAIN) * alive) > 0).astype(float)


def region_amounts(columns: Columns) -> Floats:
    """Return the output of each code in each region by firms certain of it, roubles a year, shape (regions, m)."""
    made = columns.shares * certain_makers(columns) * columns.output_rub[:, None]
    return np.asarray((by_region(columns) @ csr_array(made)).toarray(), dtype=float)


def by_region(columns: Columns) -> csr_array:
    """Return 1 where a firm is of a region, shape (regions, n): multiplied from the left it sums over regions."""
    size = (len(columns.region_code), len(columns))
    return csr_array((np.ones(len(columns)), (columns.region, np.arange(len(columns)))), shape=size)


@dataclass(frozen=True)
class Closeness:
    """What is close to what.

    ``activities`` (m, m) tells it of activities among themselves, ``regions`` (regions, m) of regions and what they
    could do; ``lacking`` (regions, m) flags goods that a region does not specialise in.
    """

    activities: Floats
    regions: Floats
    lacking: Flags

    def place_of(self, region: int, code: int) -> tuple[int, int] | None:
        """Return the place of a code among the goods a region lacks, nearest first, and their number."""
        if not self.lacking[region, code]:
            return None
        scores = self.regions[region][self.lacking[region]]
        return int((scores > self.regions[region, code]).sum()) + 1, len(scores)


def closeness(columns: Columns, economy: Economy) -> Closeness:
    """Return how close activities are to each other, and every region to every activity.

    By recipes alone where the register covers fewer than :data:`FEWEST_REGIONS` regions.
    """
    amounts, recipes = region_amounts(columns), goods_recipes(economy)
    quotient = location_quotient(amounts)
    near = [density(quotient >= 1, recipes)]
    lacking = (quotient < 1) & economy.goods[None, :]
    if (amounts.sum(axis=1) > 0).sum() < FEWEST_REGIONS:
        return Closeness(recipes, entry_score(quotient, *near), lacking)
    places = co_specialisation(amounts > 0)
    near.append(density(quotient >= 1, places))
    return Closeness(activity_proximity(recipes, places), entry_score(quotient, *near), lacking)

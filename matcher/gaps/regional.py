"""Gaps over the index: demand of the chosen firms against what local makers supply, and what closing one is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.gaps import GapColumns, find_gaps, plant_share
from graph.ratio import ratio
from matcher.gaps.proximity import Closeness, closeness
from matcher.gaps.scale import PlantScale, makers_output, plant_scale, processed, processor_size
from matcher.gaps.sides import Scope, Sides, sides_of
from matcher.gaps.sources import SourceStop, source_stops
from matcher.index.columns import OUTPUT_ESTIMATED, Columns
from matcher.index.economy import Economy
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Values:
    """What closing each gap is worth, roubles a year, and the range it lies in; each (m,)."""

    low: Floats
    middle: Floats
    high: Floats


@dataclass(frozen=True)
class RegionGaps(Sides):
    """Gaps of a scope with all that is needed to tell who holds them and who could close them.

    ``value`` and the columns of ``gaps`` have shape (m,); ``demand_spread`` is the factor by which demand may be
    smaller or larger, shape (m,); ``plants`` tells the scale of the country's makers of each code; ``stops`` what hangs
    on each single source. The value of a code is the largest of those of ``worth``: by closing the gap, by processing
    what leaves, by a second source.
    """

    gaps: GapColumns
    worth: Mapping[str, Values]
    demand_spread: Floats
    close: Closeness
    plants: list[PlantScale | None]
    stops: Mapping[int, SourceStop]

    @cached_property
    def value(self) -> Values:
        """The largest of the values of each code."""
        return largest(list(self.worth.values()))

    @property
    def value_rub(self) -> Floats:
        """The middle of the values, shape (m,)."""
        return self.value.middle

    def worth_most(self, code: int) -> str:
        """Return by what closing a gap is worth most."""
        return max(self.worth, key=lambda way: self.worth[way].middle[code])

    def order(self) -> Ints:
        """Return the codes with something to gain, by value descending."""
        by_value = np.argsort(-self.value_rub, kind="stable")
        return by_value[self.value_rub[by_value] > 0]


def region_gaps(columns: Columns, economy: Economy, scope: Scope) -> RegionGaps:
    """Compute the gaps of a scope.

    Notes
    -----
    The value of a gap is the largest of three: ``gap × realistic share × share of real makers the gap could feed`` (gas
    cannot be localised without a field, and a plant needs a market of its size); for output that leaves unprocessed
    what one typical processor of it buys, at most what leaves; for a single source the output that hangs on it times
    the part of a year a source stands.
    """
    sides = sides_of(columns, economy, scope)
    local, demanding, demand_by_firm = sides.local, sides.demanding, sides.demand_by_firm
    made, certain = sides.may_make, sides.made
    used = economy.recipe @ (columns.shares[local].T @ columns.output_rub[local])
    goods = csc_array(np.where(economy.goods[:, None] & economy.goods[None, :], economy.recipe, 0.0))
    gaps = find_gaps(
        demand=np.asarray(demand_by_firm.sum(axis=0), dtype=float).ravel(),
        supply=np.asarray(certain.sum(axis=0), dtype=float).ravel(),
        supply_high=np.asarray(made.sum(axis=0), dtype=float).ravel(),
        largest_supplier=made.max(axis=0).toarray().ravel() if len(local) else np.zeros(columns.groups),
        local_use=np.where(processed(economy), used, np.inf),  # only what factories work on leaves unprocessed
        coefficients=goods,  # and only goods are worked on, step by step
    )
    spread = demand_spread(columns, demanding, demand_by_firm)
    makers = makers_output(columns)
    stops = source_stops(columns, economy, local, made, np.flatnonzero(gaps.single_source), scope.activities)
    return RegionGaps(
        **{each.name: getattr(sides, each.name) for each in fields(Sides)},
        gaps=gaps,
        worth={
            "closing": closing_value(economy, gaps, spread, makers),
            "processing": processing_value(columns, economy, gaps, used),
            "second_source": second_source_value(stops, economy.realistic_share),
        },
        demand_spread=spread,
        close=closeness(columns, economy),
        plants=[plant_scale(outputs) for outputs in makers],
        stops=stops,
    )


def demand_spread(columns: Columns, demanding: Ints, demand_by_firm: csc_array) -> Floats:
    """Return the factor between demand and the ends of its range (two thirds of cases), shape (m,).

    The recipe of an activity is equally wrong for all its firms; an estimated output is wrong for each firm by itself.
    """
    estimated = np.asarray(columns.output_kind[demanding] == OUTPUT_ESTIMATED, dtype=float)
    own = demand_by_firm.power(2).T @ estimated
    total = np.asarray(demand_by_firm.sum(axis=0), dtype=float).ravel()
    part = ratio(own, total**2)
    recipe, output = assumption("recipe_sigma").value, assumption("estimated_output_sigma").value
    return np.asarray(np.exp(np.sqrt(recipe**2 + output**2 * part)))


def closing_value(economy: Economy, gaps: GapColumns, spread: Floats, makers: list[Floats]) -> Values:
    """Return what makers here could sell: the realistic share of the gap, times the makers it could feed."""

    def value(gap: Floats) -> Floats:
        return np.asarray(gap * economy.realistic_share * plant_share(gap, makers))

    low = np.maximum(gaps.demand / spread - gaps.supply_high, 0.0)
    high = np.maximum(gaps.demand * spread - gaps.supply, 0.0)
    return Values(value(low), value(gaps.gap), value(np.where(gaps.gap > 0, high, 0.0)))


def processing_value(columns: Columns, economy: Economy, gaps: GapColumns, used: Floats) -> Values:
    """Return what one processor buys of output that leaves, at most what leaves."""
    leaving = np.where(gaps.unprocessed_output, np.maximum(gaps.supply - used, 0.0), 0.0)
    return Values(*np.minimum(processor_size(columns, economy), leaving[None, :]))


def second_source_value(stops: Mapping[int, SourceStop], realistic_share: Floats) -> Values:
    """Return the loss that a second source saves, as far as there can be one: networks and deposits have none."""
    saved = np.zeros((3, len(realistic_share)))
    for code, stop in stops.items():
        saved[:, code] = stop.expected_rub()
    return Values(*(saved * realistic_share))


def largest(several: list[Values]) -> Values:
    """Return code by code the values with the largest middle."""
    middles = np.array([values.middle for values in several])
    best = middles.argmax(axis=0)[None, :]

    def pick(ends: list[Floats]) -> Floats:
        return np.asarray(np.take_along_axis(np.array(ends), best, axis=0)[0])

    return Values(pick([v.low for v in several]), middles.max(axis=0), pick([v.high for v in several]))

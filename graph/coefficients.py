"""The matrix A: roubles of input p per rouble of output of q, in three layers, every cell with its sources.

The order of work: a pattern (United States, keys, typical inputs, a finer year, recipes) times the Russian outputs;
fixed cells (overrides) taken out of the totals; cells divided among the layers; current and capital cells fitted to the
published totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.capital import capital_cells
from graph.coefficient_parts import Override, Pattern, Published
from graph.fitting import Fit, aggregate, fit_blocks, own_cells
from models.coefficients import SOURCES

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: Cells below this coefficient are left out; other cells of their block take their value, unless there are none.
LEAST = 1e-6
#: A by-product pair is a layer of its own where tables show less than this coefficient.
BY_PRODUCT = 1e-4
#: Share of a block that overrides may take; lines that ask for more are scaled down to it together.
OVERRIDE_SHARE = 0.6
#: Share of its output that a group may spend on current inputs before its pattern is tempered, and times this is done.
SPENT = 0.9
TEMPERED = 20
#: Power of a tempering step; below 1 it does not overshoot.
STEP = 0.7
#: Rounds of fitting: enough to see the shape; enough to meet every block.
ROUGH = 20
EXACT = 4000


@dataclass(frozen=True, slots=True)
class Matrices:
    """The result: ``current`` and ``capital`` are coefficients, ``symbiosis`` counts known exchanges.

    All have shape (groups, groups) and are zero where another layer has the cell. ``import_share`` is the imported part
    of a cell, 0 to 1; ``sources`` holds bits of :data:`models.coefficients.SOURCES`; ``output`` has the unit of the
    published tables.
    """

    current: Floats
    capital: Floats
    symbiosis: Floats
    import_share: Floats
    sources: NDArray[np.uint16]
    output: Floats


@dataclass(frozen=True, slots=True)
class Assembly:
    """Matrices and how the two fits went; ``exempt`` are blocks overrides fill though the tables have nothing there."""

    matrices: Matrices
    current_fit: Fit
    capital_fit: Fit
    fixed: Floats
    exempt: tuple[tuple[int, int], ...]


def assemble(
    published: Published, pattern: Pattern, overrides: Sequence[Override], exchanges: NDArray[np.int64]
) -> Assembly:
    """Build the three layers.

    Parameters
    ----------
    published, pattern
        Totals and shape.
    overrides
        Cells set by hand; they take their value out of their block's total, so that blocks still add up.
    exchanges
        Shape (groups, groups): number of by-product exchanges known from evidence.

    Returns
    -------
    Assembly
    """
    output = published.industries.output
    overrides = applicable(published, overrides)
    fixed, rest, exempt = _fix(published, overrides, output)
    everywhere = np.ones(fixed.shape, dtype=bool)
    rough = _fit_current(published, pattern, rest, fixed <= 0, ROUGH)
    capital = _fit_capital(published, pattern, everywhere)
    masks = _layers(published, rough.flows + fixed, capital.flows, exchanges)
    by_hand = _overridden(overrides, fixed.shape)
    free = np.asarray(masks[0] & ~by_hand, dtype=bool)
    current = _fit_without_dust(published, temper(published, pattern, rest, fixed, free), rest, free)
    capital = _fit_capital(published, pattern, np.asarray(masks[1] & ~by_hand, dtype=bool))
    exchanges = np.asarray(exchanges * (masks[2] & ~by_hand))
    flows = (current.flows + fixed, capital.flows)
    matrices = _matrices(published, pattern, flows, exchanges.astype(np.float64), overrides)
    return Assembly(matrices, current, capital, fixed, exempt)


def temper(published: Published, pattern: Pattern, totals: Floats, fixed: Floats, free: Mask) -> Pattern:
    """Scale down the pattern of buyers that would spend more than they can, so that others of their block take it.

    Outputs of groups inside a published industry are estimates, and so is the pattern; a column that adds up to more
    than :data:`SPENT` of its output shows that the two do not fit each other. A buyer whose industry spends more than
    that, too, may spend half of what the industry leaves on top of it.
    """
    output = published.industries.output
    published_share = _share(published.purchases.sum(axis=0), published.industries.mass.sum(axis=1))
    limit = np.maximum(SPENT, (1.0 + published.industries.shares.T @ published_share) / 2) * output
    scale = np.ones_like(output)
    for _ in range(TEMPERED):
        step = replace(pattern, coefficients=pattern.coefficients * scale)
        spent = (_fit_current(published, step, totals, free, ROUGH).flows + fixed).sum(axis=0)
        ratio = np.divide(limit, spent, out=np.ones_like(spent), where=spent > 0)
        scale = np.minimum(1.0, scale * ratio**STEP)
    return replace(pattern, coefficients=pattern.coefficients * scale)


def _overridden(overrides: Sequence[Override], shape: tuple[int, ...]) -> Mask:
    mask = np.zeros(shape, dtype=bool)
    for item in overrides:
        mask[item.supply, item.buyer] = True
    return mask


def _fix(
    published: Published, overrides: Sequence[Override], output: Floats
) -> tuple[Floats, Floats, tuple[tuple[int, int], ...]]:
    """Return the overrides' flows, what they leave of the blocks, and the blocks they fill against the tables."""
    rows, columns = published.products.shares, published.industries.shares
    wanted = np.zeros((len(output), len(output)))
    for item in overrides:
        wanted[item.supply, item.buyer] = item.coefficient * output[item.buyer]
    asked, limit = aggregate(wanted, rows, columns), OVERRIDE_SHARE * published.purchases
    cut = np.divide(limit, asked, out=np.ones_like(asked), where=(asked > limit) & (limit > 0))
    fixed = np.zeros_like(wanted)
    for p, q in zip(*np.nonzero(wanted), strict=True):
        fixed[p, q] = wanted[p, q] * cut[np.ix_(rows[:, p] > 0, columns[:, q] > 0)].min()
    taken = aggregate(fixed, rows, columns)
    against = tuple((int(b), int(j)) for b, j in np.argwhere((taken > 0) & (published.purchases <= 0)))
    return fixed, np.maximum(published.purchases - taken, 0.0), against


def applicable(published: Published, overrides: Sequence[Override]) -> tuple[Override, ...]:
    """Leave out overrides of the only cell of a published block: the table itself says its value.

    A zero stays: it says that the table's purchase is none.
    """
    rows, columns = published.products.shares, published.industries.shares
    free = (~_overridden(overrides, (rows.shape[1], columns.shape[1]))).astype(np.float64)
    alone = aggregate(free * own_cells(rows, columns), rows, columns) <= 0
    only = aggregate((alone & (published.purchases > 0)).astype(np.float64), rows.T, columns.T) > 0
    return tuple(item for item in overrides if item.coefficient == 0 or not only[item.supply, item.buyer])


def _fit_current(published: Published, pattern: Pattern, totals: Floats, free: Mask, rounds: int) -> Fit:
    output = published.industries.output
    size = np.outer(published.products.output, output) * pattern.keys
    allowed = free & pattern.makers[:, None]
    rows, columns = published.products.shares, published.industries.shares
    return fit_blocks(pattern.coefficients * output, totals, rows, columns, size, allowed, rounds=rounds)


def _fit_without_dust(published: Published, pattern: Pattern, totals: Floats, free: Mask) -> Fit:
    """Fit, leave out cells that would be dropped, and fit again, so that what is kept still gives the blocks."""
    output, rows, columns = published.industries.output, published.products.shares, published.industries.shares
    first = _fit_current(published, pattern, totals, free, EXACT)
    dust = _coefficients(first.flows, output, 2 * LEAST) <= 0
    kept = aggregate(np.where(dust | ~own_cells(rows, columns), 0.0, first.flows), rows, columns)
    whole = aggregate(first.flows, rows, columns)
    needed = aggregate(((kept <= 0) & (whole > 0)).astype(np.float64), rows.T, columns.T) > 0
    return _fit_current(published, pattern, totals, np.asarray(free & (~dust | needed), dtype=bool), EXACT)


def _fit_capital(published: Published, pattern: Pattern, free: Mask) -> Fit:
    everyone = np.ones((1, len(pattern.makers)))
    size = pattern.capital * 0.0
    allowed = free & pattern.makers[:, None] & (pattern.capital > 0)
    totals = published.investment[:, None]
    return fit_blocks(pattern.capital, totals, published.products.shares, everyone, size, allowed)


def _layers(
    published: Published, current: Floats, capital: Floats, exchanges: NDArray[np.int64]
) -> tuple[Mask, Mask, Mask]:
    """Return which cells are free for current, capital and by-products; no cell is free for two."""
    rows, columns, output = published.products.shares, published.industries.shares, published.industries.output
    is_capital = capital_cells(capital, current, rows, columns)
    known = (exchanges > 0) & ~is_capital
    by_product = capital_cells(known * BY_PRODUCT * output, np.where(is_capital, 0.0, current), rows, columns)
    return ~is_capital & ~by_product, is_capital, by_product


def _matrices(
    published: Published,
    pattern: Pattern,
    flows: tuple[Floats, Floats],
    symbiosis: Floats,
    overrides: Sequence[Override],
) -> Matrices:
    output = published.industries.output
    current, capital = _coefficients(flows[0], output, 0.0), _capital_coefficients(flows[1], output)
    imports = np.where(capital > 0, _capital_imports(published), _current_imports(published))
    bits = _bits(pattern, current > 0, capital > 0, symbiosis > 0, _overridden(overrides, current.shape))
    held = (current > 0) | (capital > 0)
    return Matrices(current, capital, symbiosis, np.where(held, imports, 0.0), bits, output)


def _capital_coefficients(flows: Floats, output: Floats) -> Floats:
    """Leave out cells below :data:`LEAST` and give their value to the other cells of the product, if there are any."""
    kept = np.where(_coefficients(flows, output) > 0, flows, 0.0)
    sums, whole = kept.sum(axis=1), flows.sum(axis=1)
    factor = np.divide(whole, sums, out=np.ones_like(whole), where=sums > 0)
    return _coefficients(np.where(sums[:, None] > 0, kept * factor[:, None], flows), output, 0.0)


def _coefficients(flows: Floats, output: Floats, least: float = LEAST) -> Floats:
    coefficients = np.divide(flows, output, out=np.zeros_like(flows), where=output > 0)
    return np.asarray(np.where(coefficients < least, 0.0, coefficients))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 0.0, 1.0)


def _current_imports(published: Published) -> Floats:
    shares = _share(published.imported, published.basic)
    return aggregate(shares, published.products.shares.T, published.industries.shares.T)


def _capital_imports(published: Published) -> Floats:
    shares = _share(published.investment_imported, published.investment)
    return np.asarray(published.products.shares.T @ shares, dtype=np.float64)[:, None]


def _bits(pattern: Pattern, current: Mask, capital: Mask, symbiosis: Mask, overridden: Mask) -> NDArray[np.uint16]:
    masks = {name: mask & current & ~overridden for name, mask in pattern.marks.items()}
    masks["rosstat_2016"] = (current & ~overridden) | capital
    masks |= {"override": overridden & current, "capital_users": capital, "symbiosis": symbiosis}
    bits = np.zeros(current.shape, dtype=np.uint16)
    for position, name in enumerate(SOURCES):
        if name in masks:
            bits |= masks[name].astype(np.uint16) << np.uint16(position)
    return bits

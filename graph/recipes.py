"""Process recipes turned into input coefficients: tonnes per tonne times prices.

A recipe says what chemistry demands, which no table of a whole branch can tell; prices are assumptions, so recipes give
the pattern inside a block and never a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Inputs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One line: an input of one process of one product.

    Attributes
    ----------
    product, input, process
        Names as in the source.
    t_per_t
        Tonnes of input per tonne of product.
    product_okved, input_okved
        Groups; empty where the substance has none.
    coproducts
        Tonnes of every co-product per tonne of product.
    """

    product: str
    input: str
    process: str
    t_per_t: float
    product_okved: str
    input_okved: str
    coproducts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """Price in any currency per tonne, and the weight of a product within its group (0: not a product here)."""

    value: float
    weight: float


def cost_shares(recipes: Iterable[Recipe], prices: Mapping[str, Price]) -> dict[str, Inputs]:
    r"""Return, for every product with a price, what one rouble of it spends on each input substance.

    .. math:: s_{ip} = \frac{t_{ip}\, \pi_i}{\pi_p + \sum_c t_{cp}\, \pi_c}

    Inputs of a process with co-products *c* are shared out by value. A product made by several processes has their
    mean; a process with an input that has no price is left out, as not practised here.

    Examples
    --------
    >>> urea = Recipe("Urea", "Ammonia", "synthesis", 0.5, "20.15", "20.15")
    >>> cost_shares([urea], {"Urea": Price(200, 1), "Ammonia": Price(240, 1)})
    {'Urea': {'Ammonia': 0.6}}
    """
    shares: dict[str, list[Inputs]] = defaultdict(list)
    for (product, _), lines in sorted(_by_process(recipes).items()):
        if product in prices and all(line.input in prices for line in lines):
            shares[product].append(_process_shares(lines, prices))
    return {product: _mean(several) for product, several in shares.items()}


def _by_process(recipes: Iterable[Recipe]) -> dict[tuple[str, str], list[Recipe]]:
    processes: dict[tuple[str, str], list[Recipe]] = defaultdict(list)
    for recipe in recipes:
        processes[recipe.product, recipe.process].append(recipe)
    return processes


def _process_shares(lines: list[Recipe], prices: Mapping[str, Price]) -> Inputs:
    coproducts = sum(tonnes * prices[name].value for name, tonnes in lines[0].coproducts if name in prices)
    revenue = prices[lines[0].product].value + coproducts
    figures: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        figures[line.input].append(line.t_per_t * prices[line.input].value / revenue)
    return {name: sum(values) / len(values) for name, values in figures.items()}


def _mean(several: list[Inputs]) -> Inputs:
    total: Inputs = defaultdict(float)
    for inputs in several:
        for name, share in inputs.items():
            total[name] += share / len(several)
    return dict(total)


def recipe_coefficients(
    recipes: Iterable[Recipe], prices: Mapping[str, Price], index: Mapping[str, int]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return group-by-group coefficients of the recipes and which columns they speak of.

    Products of a group are weighted by their price times weight. A substance without a group (synthesis gas) is
    replaced by its own inputs.

    Returns
    -------
    tuple of numpy.ndarray
        Coefficients, shape (groups, groups), zero where no recipe speaks; mask of the columns, shape (groups,).
    """
    known = list(recipes)
    shares = cost_shares(known, prices)
    group_of = {name: code for r in known for name, code in ((r.product, r.product_okved), (r.input, r.input_okved))}
    matrix, weights = np.zeros((len(index), len(index))), np.zeros(len(index))
    for product, inputs in shares.items():
        weight = prices[product].weight * prices[product].value
        if (column := index.get(group_of[product])) is not None and weight > 0:
            weights[column] += weight
            for name, share in _in_groups(inputs, shares, group_of).items():
                matrix[index[name], column] += weight * share
    spoken = weights > 0
    return np.divide(matrix, weights, out=np.zeros_like(matrix), where=spoken[None, :]), spoken


def _in_groups(inputs: Inputs, shares: Mapping[str, Inputs], group_of: Mapping[str, str]) -> Inputs:
    found: Inputs = defaultdict(float)
    for name, share in inputs.items():
        if group_of[name]:
            found[group_of[name]] += share
        else:
            for part, of_part in shares.get(name, {}).items():
                if group_of[part]:
                    found[group_of[part]] += share * of_part
    return found


def blend(pattern: Floats, recipes: Floats, weight: float = 0.6) -> Floats:
    """Mix recipe coefficients into a pattern: ``weight`` of the recipe where one speaks of the cell, else the pattern.

    Both are coefficients, shape (groups, groups). A cell a recipe names never falls below its mixed value; cells it
    does not name (energy, packaging, repairs) stay as they are, since recipes list only reagents.

    Examples
    --------
    >>> blend(np.array([[0.1]]), np.array([[0.2]]), 0.5).round(3).tolist()
    [[0.15]]
    """
    return np.asarray(np.where(recipes > 0, weight * recipes + (1 - weight) * pattern, pattern))


def raised(pattern: Floats, recipes: Floats) -> Floats:
    """Mix recipe coefficients into a pattern where they show more of an input than it does.

    Recipes list the reagents of some products of a group; that they show less of an input is no evidence against a
    published purchase.

    Examples
    --------
    >>> raised(np.array([[0.1, 0.3]]), np.array([[0.2, 0.2]])).round(3).tolist()
    [[0.16, 0.3]]
    """
    return np.maximum(pattern, blend(pattern, recipes))

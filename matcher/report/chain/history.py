"""The yearly figures of a group of firms as matrices, firms by years: what dynamics and structure are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.records import Figure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Figures a profile is made of.
STATED = ("revenue_rub", "workers", "taxes_paid_rub", "expenses_rub", "profit_rub")
#: Digits of a sole trader's INN; a legal entity's has ten.
SOLE_TRADER_DIGITS = 12


@dataclass(frozen=True)
class History:
    """What is known of n firms over y years.

    Attributes
    ----------
    years
        In their order, y of them.
    figures
        Each of :data:`STATED` as a matrix, shape (n, y), NaN where nobody states it; ``surplus_rub`` is revenue less
        expenses where both are stated.
    category
        Number of the size category in :data:`matcher.index.columns.CATEGORIES`, 0 unknown, shape (n,).
    founded
        Year of founding, NaN unknown, shape (n,).
    sole_trader
        Shape (n,).
    """

    years: tuple[int, ...]
    figures: Mapping[str, Floats]
    category: Ints
    founded: Floats
    sole_trader: Mask

    def __len__(self) -> int:
        return len(self.category)

    def of(self, chosen: Mask) -> History:
        """Return the history of some of the firms."""
        figures = {name: matrix[chosen] for name, matrix in self.figures.items()}
        return History(self.years, figures, self.category[chosen], self.founded[chosen], self.sole_trader[chosen])

    def in_year(self, column: int) -> History:
        """Return the history of one year alone, of the firms that exist in it."""
        here = self.exists()[:, column]
        figures = {name: matrix[here, column : column + 1] for name, matrix in self.figures.items()}
        year = (self.years[column],)
        return History(year, figures, self.category[here], self.founded[here], self.sole_trader[here])

    def legal_entities(self) -> History:
        """Return the history without sole traders, who publish no accounts."""
        return self.of(~self.sole_trader)

    def speaks(self) -> Mask:
        """Return which firm has any figure in which year, shape (n, y)."""
        known = np.zeros((len(self), len(self.years)), dtype=bool)
        for name in STATED:
            known |= ~np.isnan(self.figures[name])
        return known

    def exists(self) -> Mask:
        """Return which firm is taken to exist in which year, shape (n, y).

        It has a figure of the year, or was founded by the year's end, or nobody says when it was founded. When firms
        closed is not known, so firms that are gone count to the last.
        """
        founded = self.founded[:, None]
        return self.speaks() | np.isnan(founded) | (founded <= np.array(self.years))


def history(
    inns: Sequence[str],
    years: Sequence[int],
    figures: Iterable[tuple[str, Figure]],
    category: Ints,
    founded: Mapping[str, str],
) -> History:
    """Return the figures of firms as matrices; figures of other firms, names or years are passed over.

    Parameters
    ----------
    inns
        The firms, in the order of ``category``.
    years
        Years to keep, in their order.
    figures
        (INN, figure) in any order.
    category
        Number of each firm's size category.
    founded
        Date or year of founding by INN.

    Examples
    --------
    >>> told = [("2631015563", Figure("revenue_rub", 2016, 5.0)), ("2631015563", Figure("expenses_rub", 2016, 3.0))]
    >>> one = history(["2631015563"], [2016], told, np.array([0]), {"2631015563": "1998-07-01"})
    >>> one.figures["surplus_rub"], one.founded
    (array([[2.]]), array([1998.]))
    """
    row = {inn: number for number, inn in enumerate(inns)}
    column = {year: number for number, year in enumerate(years)}
    matrices = {name: np.full((len(row), len(column)), np.nan) for name in STATED}
    for inn, figure in figures:
        if inn in row and figure.name in matrices and figure.year in column:
            matrices[figure.name][row[inn], column[figure.year]] = figure.value
    matrices["surplus_rub"] = matrices["revenue_rub"] - matrices["expenses_rub"]
    born = np.array([float(founded[inn][:4]) if inn in founded else np.nan for inn in inns], dtype=np.float64)
    sole = np.array([len(inn) == SOLE_TRADER_DIGITS for inn in inns], dtype=bool)
    return History(tuple(years), matrices, category, born, sole)

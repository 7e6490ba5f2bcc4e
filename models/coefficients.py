"""The technical coefficients as the product reads them: three sparse layers on the 623 groups.

The table ``reference/technical_coefficients.csv.gz`` is the result of record; the ``.npz`` beside it holds the same
figures in a form that loads in milliseconds. Both are written by one command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array

from models.classifications import group_index, groups
from models.errors import SourceDrift
from models.resources import data_path
from models.text import T

Floats = NDArray[np.float64]
Layer = Literal["current", "capital", "symbiosis"]

LAYERS: tuple[Layer, ...] = ("current", "capital", "symbiosis")
#: What a cell may rest on; the position is the bit in the stored ``sources``.
SOURCES = (
    "rosstat_2016", "us_bea_2017", "recipes", "detail_keys", "override", "capital_users", "symbiosis", "rosstat_2011",
    "typical_inputs", "group_inputs",
)  # fmt: skip
STORED = "reference/technical_coefficients_columns.npz"


@dataclass(frozen=True, slots=True)
class Input:
    """One cell: what a buyer needs of a supplying group.

    ``coefficient`` is roubles of input per rouble of output at purchasers' prices; ``None`` in the symbiosis layer,
    which holds evidence and no figures.
    """

    supply_okved: str
    buyer_okved: str
    layer: Layer
    coefficient: float | None
    import_share: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The matrix A by layer; rows are supplying groups p, columns buying groups q.

    Attributes
    ----------
    groups
        The axis, 623 codes.
    current, capital
        Shape (623, 623): roubles of p per rouble of output of q.
    symbiosis
        Shape (623, 623): number of by-product exchanges known from p to q.
    import_share
        Shape (623, 623): imported part of a current or capital cell, 0 to 1.
    source_bits
        Shape (623, 623): bits of :data:`SOURCES`.
    output_rub
        Shape (623,): Russian output by group in 2016, roubles, an estimate below the published classes.
    """

    groups: tuple[str, ...]
    current: csc_array
    capital: csc_array
    symbiosis: csc_array
    import_share: csc_array
    source_bits: csc_array
    output_rub: Floats

    def layer(self, name: Layer) -> csc_array:
        """Return one layer."""
        return {"current": self.current, "capital": self.capital, "symbiosis": self.symbiosis}[name]

    def sources(self, supply_okved: str, buyer_okved: str) -> tuple[str, ...]:
        """Return what a cell rests on; empty for an empty cell."""
        index = group_index()
        return source_names(int(self.source_bits[index[supply_okved], index[buyer_okved]]))

    def inputs(self, buyer_okved: str) -> tuple[Input, ...]:
        """Return the cells of a buyer's column, the largest first; evidence without a figure comes last."""
        column = group_index()[buyer_okved]
        return self._cells([(row, column) for row in _nonzero(self.source_bits[:, [column]].tocoo().row)])

    def uses(self, supply_okved: str) -> tuple[Input, ...]:
        """Return the cells of a supplier's row, the largest first; evidence without a figure comes last."""
        row = group_index()[supply_okved]
        return self._cells([(row, column) for column in _nonzero(self.source_bits[[row], :].tocoo().col)])

    def _cells(self, places: list[tuple[int, int]]) -> tuple[Input, ...]:
        found = [self._cell(row, column) for row, column in places]
        return tuple(sorted(found, key=lambda cell: (-(cell.coefficient or 0.0), cell.supply_okved, cell.buyer_okved)))

    def _cell(self, row: int, column: int) -> Input:
        layer = next(name for name in LAYERS if self.layer(name)[row, column])
        figure = None if layer == "symbiosis" else float(self.layer(layer)[row, column])
        names = source_names(int(self.source_bits[row, column]))
        share = float(self.import_share[row, column])
        return Input(self.groups[row], self.groups[column], layer, figure, share, names)


def _nonzero(positions: NDArray[np.int32]) -> list[int]:
    return [int(position) for position in positions]


def source_names(bits: int) -> tuple[str, ...]:
    """Return the names of set bits.

    >>> source_names(5)
    ('rosstat_2016', 'recipes')
    """
    return tuple(name for position, name in enumerate(SOURCES) if bits >> position & 1)


@cache
def load() -> Coefficients:
    """Read the stored matrix, once.

    Raises
    ------
    SourceDrift
        If the stored matrix is missing or was built on another list of groups.
    """
    with np.load(data_path(STORED), allow_pickle=False) as stored:
        columns: Mapping[str, NDArray[np.generic]] = MappingProxyType({name: stored[name] for name in stored.files})
    return from_columns(columns)


def from_columns(columns: Mapping[str, NDArray[np.generic]]) -> Coefficients:
    """Build the matrices from parallel columns.

    The columns are ``supply`` and ``buyer`` (positions on the axis), ``layer`` (position in :data:`LAYERS`), ``value``,
    ``import_share``, ``sources`` (bits), and ``output_rub`` of every group.

    Raises
    ------
    SourceDrift
        If the columns were made for another number of groups.
    """
    size = len(groups())
    if len(columns["output_rub"]) != size:
        raise SourceDrift(
            T(
                "the stored coefficients have {found} groups, not {expected}",
                found=len(columns["output_rub"]),
                expected=size,
            ),
            T("rebuild them: zveno coefficients build"),
        )
    layers = [_matrix(columns, "value", columns["layer"] == position) for position in range(len(LAYERS))]
    whole = np.ones(len(columns["layer"]), dtype=bool)
    imports = _matrix(columns, "import_share", whole)
    bits = _matrix(columns, "sources", whole)
    output = np.asarray(columns["output_rub"], dtype=np.float64)
    return Coefficients(groups(), layers[0], layers[1], layers[2], imports, bits, output)


def _matrix(columns: Mapping[str, NDArray[np.generic]], name: str, which: NDArray[np.bool_]) -> csc_array:
    size = len(groups())
    places = tuple(np.asarray(columns[axis][which], dtype=np.int32) for axis in ("supply", "buyer"))
    return coo_array((np.asarray(columns[name][which]), places), shape=(size, size)).tocsc()

"""Reading the hand-made tables that say who buys what: keys by prefix, and the lists of inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.detail_keys import Key, unmatched
from graph.typical import LEVELS, weight
from models.classifications import groups
from models.errors import SourceDrift
from models.resources import read_table
from models.text import T
from models.typical import GROUPS, KINDS, Typical, own_inputs, typical, typical_of_kind

Floats = NDArray[np.float64]

#: First division of services; the lists of inputs name goods, energy, water and works.
SERVICES = "45"


def read_keys(name: str, supply: str, buyer: str, value: str) -> tuple[Key, ...]:
    """Read a table of prefixes.

    Raises
    ------
    SourceDrift
        If a prefix begins no group.
    """
    keys = tuple(Key(row[supply], row[buyer], float(row[value])) for row in read_table(name))
    if lost := unmatched(keys, groups()):
        raise _unknown_prefixes(name, lost)
    return keys


def _unknown_prefixes(name: str, lost: Sequence[str]) -> SourceDrift:
    return SourceDrift(
        T("{name}: no group begins with {prefixes}", name=name, prefixes=", ".join(lost)), T("correct the prefix")
    )


def read_typical() -> Floats:
    """Return the weight of every input among those listed for a buyer, shape (groups, groups).

    Raises
    ------
    SourceDrift
        If a line names a code that no group begins with.
    """
    for name, buyer in ((KINDS, "buyer_prefix"), (GROUPS, "buyer_okved")):
        keys = [Key(row["supply_okved"], row[buyer], 1.0) for row in read_table(name)]
        if lost := unmatched(keys, groups()):
            raise _unknown_prefixes(name, lost)
    return _weights(typical)


def read_typical_of_kinds() -> Floats:
    """Return the weights as they are without the lists of single groups, shape (groups, groups)."""
    return _weights(typical_of_kind)


def _weights(listed: Callable[[str, str], Typical | None]) -> Floats:
    return np.array([[weight(listed(supply, buyer)) for buyer in groups()] for supply in groups()])


def in_own_lists() -> NDArray[np.bool_]:
    """Return the cells that a group's own list names, shape (groups, groups)."""
    return np.array([[supply in own_inputs(buyer) for buyer in groups()] for supply in groups()])


def known_cells(typical: Floats, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the cells whose pattern stays as it is, shape (groups, groups).

    Main and regular inputs; all inputs of a buyer without any lines; services, which lists do not name, of a buyer
    without a list of its own.
    """
    services = np.array([group >= SERVICES for group in groups()])
    without = ~typical.any(axis=0) | (services[:, None] & ~own.any(axis=0))
    return np.asarray((typical > LEVELS["minor"]) | without)

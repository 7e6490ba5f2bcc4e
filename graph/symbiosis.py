"""Who may receive a by-product: known exchanges, generalised by material and by kin of the donor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Weight of an exchange of a donor of the same group, subclass, class, or any other. Assumption.
KIN = (1.0, 0.5, 0.25, 0.05)
#: Weight of the coefficients of those who buy the donor's product, so that they order what exchanges leave equal.
USES = 0.1


class Exchange(NamedTuple):
    """A known exchange: positions of donor and receiver on the axis, and the material."""

    donor: int
    receiver: int
    material: str


def receiver_scores(exchanges: Sequence[Exchange], donor: int, uses: Floats, groups: Sequence[str]) -> Floats:
    r"""Return how likely each group is to receive what a donor gives, up to a factor.

    .. math:: s_r = \sum_m P(m \mid d)\, P(r \mid m) + \sum_{e \to r} k(d, d_e) / n + w\, a_{dr}

    A donor's materials *m* are those that donors akin to it (same group, subclass, class) are known to give; each goes
    to the receivers known for it. Added are the receivers of its kin and the groups that buy its product.

    Parameters
    ----------
    exchanges
        Known exchanges.
    donor
        Position of the donor.
    uses
        Shape (groups,): coefficients of the donor's row.
    groups
        The axis.

    Examples
    --------
    Ash of one power plant goes to cement; that of another may too.

    >>> axis = ["23.51", "35.11", "35.30"]
    >>> receiver_scores([Exchange(1, 0, "ash")], 2, np.zeros(3), axis).argmax()
    np.int64(0)
    """
    kin = np.array([_kin(groups[exchange.donor], groups[donor]) for exchange in exchanges])
    given, received = _by_material(exchanges, kin, len(groups))
    direct = np.zeros(len(groups))
    np.add.at(direct, [exchange.receiver for exchange in exchanges], kin / max(kin.sum(), 1.0))
    return np.asarray(given @ received + direct + USES * uses, dtype=np.float64)


def _by_material(exchanges: Sequence[Exchange], kin: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the donor's shares of materials, and the receivers' shares of each material."""
    materials = sorted({exchange.material for exchange in exchanges})
    given, received = np.zeros(len(materials)), np.zeros((len(materials), size))
    for exchange, weight in zip(exchanges, kin, strict=True):
        row = materials.index(exchange.material)
        given[row] += weight
        received[row, exchange.receiver] += 1.0
    return given / max(given.sum(), 1e-12), received / np.maximum(received.sum(axis=1, keepdims=True), 1.0)


def _kin(one: str, other: str) -> float:
    return next((KIN[step] for step, length in enumerate((5, 4, 2)) if one[:length] == other[:length]), KIN[3])

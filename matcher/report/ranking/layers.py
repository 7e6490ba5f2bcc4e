"""Through which layer of the recipe a pair is joined: inputs used up, equipment and buildings, or channels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.index.economy import LAYERS, Economy
from matcher.match.pairs import Flow
from matcher.report.figures import share
from matcher.report.frame import Document
from models.text import T, Text

Floats = NDArray[np.float64]

#: What the layers are called.
LAYER_NAMES: Mapping[str, Text] = {
    "current": T("current input"),
    "capital": T("equipment and buildings"),
    "channel": T("through channels"),
}
#: What the layers of the cells of the matrix are called.
CELL_LAYERS: Mapping[str, Text] = {**LAYER_NAMES, "symbiosis": T("by-product")}


def layer_shares(economy: Economy, flow: Flow, buyers: Floats) -> Floats:
    """Return the share of each layer in some pairs, their codes weighted by what they carry; shape (pairs, 3).

    Shares of a pair sum to 1. A code the buyer asks for in words though its recipe has none of it is an input used up.

    Parameters
    ----------
    buyers
        Shares of the output of the buyer of each pair, or of the one buyer of all, shape (pairs or 1, m).
    """
    codes, at = np.unique(flow.code, return_inverse=True)
    spent = economy.by_layer(codes, buyers)[0 if len(buyers) == 1 else flow.pair, at]
    spent[spent.sum(axis=1) <= 0, 0] = 1.0
    carried = (flow.product / flow.fit[flow.pair] / spent.sum(axis=1))[:, None] * spent
    return np.column_stack([flow.total(layer) for layer in carried.T])


def layers_item(shares: Floats) -> Document:
    """Return the share of each layer in a pair, shape (3,)."""
    return {layer: share(part) for layer, part in zip(LAYERS, shares, strict=True)}


def main_layer(shares: Document) -> str:
    """Return the layer with the largest share, of equal ones the first.

    >>> main_layer({"current": 0.2, "capital": 0.8, "channel": 0.0})
    'capital'
    """
    return max(shares, key=lambda layer: shares[layer])

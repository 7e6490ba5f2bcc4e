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

#: What the layers are called.
LAYER_NAMES: Mapping[str, Text] = {
    "current": T("current input"),
    "capital": T("equipment and buildings"),
    "channel": T("through channels"),
}
#: What the layers of the cells of the matrix are called.
CELL_LAYERS: Mapping[str, Text] = {**LAYER_NAMES, "symbiosis": T("by-product")}


def layers_of(economy: Economy, flow: Flow, row: int, buyer_shares: NDArray[np.float64]) -> Document:
    """Return the share of each layer in a pair, its codes weighted by what they carry of it; they sum to 1.

    A code the buyer asks for in words though its recipe has none of it is an input used up.
    """
    codes = flow.one(row)
    spent = economy.by_layer(codes.code, buyer_shares)
    spent[spent.sum(axis=1) <= 0, 0] = 1.0
    parts = codes.product @ (spent / spent.sum(axis=1, keepdims=True)) / codes.product.sum()
    return {layer: share(part) for layer, part in zip(LAYERS, parts, strict=True)}


def main_layer(shares: Document) -> str:
    """Return the layer with the largest share, of equal ones the first.

    >>> main_layer({"current": 0.2, "capital": 0.8, "channel": 0.0})
    'capital'
    """
    return max(shares, key=lambda layer: shares[layer])

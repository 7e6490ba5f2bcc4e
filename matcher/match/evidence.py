"""What is known of the pairs of a query beside codes, sizes and places: words, observed links, states, decisions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.match.pairs import Party
from matcher.match.scorer import Evidence, standing, text_fit
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NO_PATHS = (np.zeros(0, dtype=np.int64), np.zeros(0))


def of_suppliers(columns: Columns, buyer: Party, firms: Ints, feedback: Floats) -> Evidence:
    """Return what is known of some firms as suppliers of a buyer; ``feedback`` by code, shape (m,)."""
    return Evidence(
        text=words_fit(columns, buyer, firms),
        paths=_of_firms(firms, *paths_to_buyer(columns, buyer)),
        standing=standing(columns, firms) + _own_standing(columns, buyer),
        buyer_region=np.full(len(firms), int(columns.place_region[buyer.place]) if buyer.place >= 0 else -1),
        feedback=feedback,
    )


def of_buyers(columns: Columns, supplier: Party, firms: Ints, feedback: Floats) -> Evidence:
    """Return what is known of some firms as buyers of a supplier; ``feedback`` by code, shape (m,)."""
    return Evidence(
        text=_text(columns.need_firm, columns.need_vector, supplier.offer, firms) + _aim(columns, supplier, firms),
        paths=_of_firms(firms, *_paths_to_supplier(columns, supplier)),
        standing=standing(columns, firms) + _own_standing(columns, supplier),
        buyer_region=columns.region[firms],
        feedback=feedback,
    )


def paths_to_buyer(columns: Columns, buyer: Party) -> tuple[Ints, Floats]:
    """Return the firms with L3 paths of observed links to a buyer, sorted, and how many; none lead to a description."""
    return _NO_PATHS if buyer.firm is None else columns.network.paths_to(buyer.firm)


def _paths_to_supplier(columns: Columns, supplier: Party) -> tuple[Ints, Floats]:
    return _NO_PATHS if supplier.firm is None else columns.network.turned().paths_to(supplier.firm)


def _of_firms(firms: Ints, known: Ints, values: Floats) -> Floats:
    """Return the values of some firms, zero where none is known; both sorted."""
    result = np.zeros(len(firms))
    if not len(firms) or not len(known):
        return result
    at = np.searchsorted(firms, known)
    found = (at < len(firms)) & (firms[np.minimum(at, len(firms) - 1)] == known)
    result[at[found]] = values[found]
    return result


def words_fit(columns: Columns, buyer: Party, firms: Ints) -> Floats:
    """Return the text part of some suppliers of a buyer: what they offer against what it asks for."""
    return _text(columns.offer_firm, columns.offer_vector, buyer.need, firms)


def _text(firm: Ints, vectors: NDArray[np.float32], asked: NDArray[np.float32] | None, firms: Ints) -> Floats:
    """Return the text part for each candidate, zero where either side says nothing."""
    if asked is None or not len(firm):
        return np.zeros(len(firms))
    among = np.isin(firm, firms)
    return _of_firms(firms, firm[among], text_fit(vectors[among], asked))


def _aim(columns: Columns, supplier: Party, firms: Ints) -> Floats:
    """Return what it adds that the supplier names the buyer's trade as its customer."""
    if supplier.aim is None:
        return np.zeros(len(firms))
    return np.asarray(assumption("purpose_log_odds").value * (columns.shares[firms] @ supplier.aim))


def _own_standing(columns: Columns, party: Party) -> float:
    return 0.0 if party.firm is None else float(standing(columns, np.array([party.firm]))[0])

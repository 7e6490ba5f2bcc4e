"""What is known of the pairs of a query beside codes, sizes and places: words, observed links, states, decisions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.buyers import Buyers
from graph.sold import Carried
from graph.sparse_rows import rows_times
from matcher.classify.said import Said
from matcher.index.columns import Columns
from matcher.match.pairs import Party
from matcher.match.scorer import Evidence, standing
from matcher.match.words import text_fit
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def of_suppliers(columns: Columns, buyer: Party, firms: Ints, carried: Carried, feedback: Floats) -> Evidence:
    """Return what is known of some firms as suppliers of a buyer.

    Parameters
    ----------
    carried
        The codes that carry the pair of each firm.
    feedback
        What users decided, by code, shape (m,).
    """
    return Evidence(
        text=words_fit(columns, buyer, firms),
        seen=columns.observed.to_buyer(buyer.firm, buyer.shares, buyer.place, firms),
        record=columns.sold.to_buyer(buyer.firm, buyer.place, carried, firms),
        standing=standing(columns, firms) + _own_standing(columns, buyer),
        buyer_region=int(columns.place_region[buyer.place]) if buyer.place >= 0 else -1,
        feedback=feedback,
    )


def of_suppliers_of_each(
    columns: Columns,
    buyers: Buyers,
    parties: Sequence[Party],
    pairs: tuple[Ints, Ints],
    carried: Carried,
    feedback: Floats,
) -> Evidence:
    """Return what is known of some firms as suppliers of some buyers of one place; as :func:`of_suppliers`.

    Parameters
    ----------
    buyers, parties
        The buyers, and each as the fixed side of a query.
    pairs
        The supplier of each pair, sorted for each buyer, and which of the buyers it is with, sorted.
    """
    firms, of = pairs
    parts = [(parties[row], firms[of == row]) for row in np.flatnonzero(np.bincount(of)).tolist()]
    return Evidence(
        text=np.concatenate([np.zeros(0), *(words_fit(columns, party, some) for party, some in parts)]),
        seen=buyers.seen(firms, of),
        record=columns.sold.to_buyers(buyers.firms, buyers.place, carried, firms, of),
        standing=standing(columns, firms) + standing(columns, buyers.firms)[of],
        buyer_region=int(columns.place_region[buyers.place]) if buyers.place >= 0 else -1,
        feedback=feedback,
    )


def of_buyers(columns: Columns, supplier: Party, firms: Ints, carried: Carried, feedback: Floats) -> Evidence:
    """Return what is known of some firms as buyers of a supplier; parameters as in :func:`of_suppliers`."""
    return Evidence(
        text=needs_fit(columns, supplier, firms),
        seen=columns.observed.to_supplier(supplier.firm, supplier.shares, firms),
        record=columns.sold.to_supplier(supplier.firm, carried, firms),
        standing=standing(columns, firms) + _own_standing(columns, supplier),
        buyer_region=columns.region[firms],
        feedback=feedback,
    )


def words_fit(columns: Columns, buyer: Party, firms: Ints) -> Floats:
    """Return the text part of some suppliers of a buyer: what they offer against what it asks for, or takes."""
    found = _text(columns.offer_firm, columns.offered, buyer.need, firms)
    if not buyer.asked and len(columns.use_code):
        found += rows_times(columns.uses, firms, buyer.shares)
    return found


def needs_fit(columns: Columns, supplier: Party, firms: Ints) -> Floats:
    """Return the text part of some buyers of a supplier: what they ask for against what it offers, and to whom."""
    return _text(columns.need_firm, columns.needed, supplier.offer, firms) + _customers(columns, supplier, firms)


def _text(firm: Ints, items: Said, asked: Said | None, firms: Ints) -> Floats:
    """Return the text part for each candidate: of all its items the nearest; zero where either side says nothing."""
    if asked is None or not len(firm):
        return np.zeros(len(firms))
    among = np.flatnonzero(np.isin(firm, firms))
    best = np.full(len(firms), -np.inf)
    np.maximum.at(best, np.searchsorted(firms, firm[among]), text_fit(items.only(among), asked).max(axis=1))
    return np.where(np.isfinite(best), best, 0.0)


def _customers(columns: Columns, supplier: Party, firms: Ints) -> Floats:
    """Return what it adds that the supplier names the buyer's trade as its customer, or that this takes its goods."""
    of_trades = np.zeros(columns.groups)
    if supplier.aim is not None:
        of_trades += assumption("purpose_log_odds").value * supplier.aim
    if supplier.uses is not None:
        of_trades += supplier.uses.log_odds
    return np.asarray(columns.shares[firms] @ of_trades) if of_trades.any() else np.zeros(len(firms))


def _own_standing(columns: Columns, party: Party) -> float:
    return 0.0 if party.firm is None else float(standing(columns, np.array([party.firm]))[0])

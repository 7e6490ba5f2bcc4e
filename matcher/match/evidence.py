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


def of_suppliers(
    columns: Columns,
    buyers: Buyers,
    parties: Sequence[Party],
    pairs: tuple[Ints, Ints | None],
    carried: Carried,
    feedback: Floats,
) -> Evidence:
    """Return what is known of some firms as suppliers of some buyers of one place.

    Parameters
    ----------
    buyers, parties
        The buyers, and each as the fixed side of a query.
    pairs
        The supplier of each pair, sorted for each buyer, and which of the buyers it is with, sorted; ``None`` where
        there is one alone.
    carried
        The codes that carry each pair.
    feedback
        What users decided, by code, shape (m,).
    """
    firms, of = pairs
    own = np.array([_own_standing(columns, party) for party in parties])
    return Evidence(
        text=_words(columns, parties, firms, of),
        seen=buyers.seen(firms, of),
        record=columns.sold.to_buyers(buyers.firms, buyers.place, carried, firms, of),
        standing=standing(columns, firms) + (own if of is None else own[of]),
        buyer_region=int(columns.place_region[buyers.place]) if buyers.place >= 0 else -1,
        feedback=feedback,
    )


def _words(columns: Columns, parties: Sequence[Party], firms: Ints, of: Ints | None) -> Floats:
    if of is None:
        return words_fit(columns, parties[0], firms)
    some = (words_fit(columns, parties[row], firms[of == row]) for row in np.flatnonzero(np.bincount(of)).tolist())
    return np.concatenate([np.zeros(0), *some])


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

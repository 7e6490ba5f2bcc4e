"""The columns of the index and their form on disk.

``n`` firms in INN order, ``m`` = 623 activity groups in the order of :func:`models.classifications.groups`, ``k``
places. A saved index is a folder of ``.npy`` files, read back memory-mapped, plus ``meta.json``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.network import Network, network
from graph.observed import Observed
from graph.ownership import Ownership, Tie, ownership
from graph.seen import SHRINK
from graph.sold import CONCENTRATION, Sold, sold_by_code
from graph.sparse_rows import row_of_each
from matcher.classify.said import Said
from matcher.index.uses import Uses
from models.sizes import size_limits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Raised whenever the meaning of a column changes, so that an older index is rebuilt.
FORMAT = 10

#: How the folder of an index that is being written begins.
DRAFT = ".draft-"

OUTPUT_UNKNOWN, OUTPUT_OBSERVED, OUTPUT_ESTIMATED = 0, 1, 2
STATUS_UNKNOWN, STATUS_ACTIVE, STATUS_BANKRUPT, STATUS_CLOSED = 0, 1, 2, 3
CATEGORIES = ("", "micro", "small", "medium", "large")
#: Limits of this year decide where only the output is known.
SIZE_YEAR = 2018


@dataclass(frozen=True)
class Columns:
    """Everything the scorer reads.

    Attributes
    ----------
    inn
        ``S12``, sorted, shape (n,).
    region, place, category, status
        Small integers, shape (n,); ``region`` and ``place`` are row numbers of the region and place tables.
    certified_until
        Ordinal of the last day on which a product of the firm is in the register of products made in the country, 0 for
        a firm that never had one there, shape (n,).
    output_rub, output_kind, output_year
        Yearly output in roubles, whether it was observed or estimated, and its year, shape (n,).
    name_key
        Hash of the name without legal form, shape (n,): equal keys hint at one owner.
    share_indptr, share_code, share_value, share_confidence, share_detail
        Matrix S in CSR form: what a firm supplies, as shares of its output, how certain that is, and the deepest code
        known for it.
    licence_run
        Of each activity group that needs a licence the latest import whose word it is that firms mainly of this group
        hold it, 0 where none says so, shape (m,).
    place_region, place_lat, place_lon, place_spread_km, place_exact
        The places, shape (k,); ``place_exact`` is false for a region's centroid.
    region_code
        ``U2``, the region table.
    distance_km
        Shape (k, k).
    factor_sell, factor_buy
        Balancing factors of the gravity model, shape (m, k).
    unmet_share
        Share of each region's demand for each code without a local maker, shape (regions, m).
    link_supplier, link_buyer, link_amount_rub, link_count
        Observed links by firm number, one row a pair, sorted by both.
    sale_link, sale_code, sale_count
        Of those with a known code: row of the pair, activity group and number of sales.
    owner_inn
        ``S12``, owners that are no firm of the index, sorted, shape (o,); node ``n + i`` of the ownership graph.
    owned_firm, owner_node, owner_runs
        Who was founded or is run by whom: a firm number, a node (a firm number, or beyond ``n`` an outside owner), and
        1 where that is a managing company which did not found it.
    offer_firm, offer_vector, offer_class, need_firm, need_vector, need_class
        What firms say they offer and need, one row for every item of a text, by firm: sentence vectors and activity
        classes (:class:`matcher.classify.said.Said`).
    use_indptr, use_code, use_log_odds, use_thing
        Which activities take what each firm offers, in CSR form (:class:`matcher.index.uses.Uses`).
    """

    inn: NDArray[np.bytes_]
    region: Ints
    place: Ints
    category: Ints
    status: Ints
    certified_until: Ints
    output_rub: Floats
    output_kind: Ints
    output_year: Ints
    name_key: Ints
    share_indptr: Ints
    share_code: Ints
    share_value: Floats
    share_confidence: Floats
    share_detail: NDArray[np.str_]
    licence_run: Ints
    place_region: Ints
    place_lat: Floats
    place_lon: Floats
    place_spread_km: Floats
    place_exact: NDArray[np.bool_]
    region_code: NDArray[np.str_]
    distance_km: Floats
    factor_sell: Floats
    factor_buy: Floats
    unmet_share: Floats
    link_supplier: Ints
    link_buyer: Ints
    link_amount_rub: Floats
    link_count: Ints
    sale_link: Ints
    sale_code: Ints
    sale_count: Ints
    owner_inn: NDArray[np.bytes_]
    owned_firm: Ints
    owner_node: Ints
    owner_runs: Ints
    offer_firm: Ints
    offer_vector: NDArray[np.float32]
    offer_class: NDArray[np.float32]
    need_firm: Ints
    need_vector: NDArray[np.float32]
    need_class: NDArray[np.float32]
    use_indptr: Ints
    use_code: Ints
    use_log_odds: NDArray[np.float32]
    use_thing: Ints
    meta: dict[str, Any]

    def __len__(self) -> int:
        return len(self.inn)

    @property
    def groups(self) -> int:
        """Number of activity groups, m."""
        return int(self.factor_sell.shape[0])

    @cached_property
    def shares(self) -> csr_array:
        """Matrix S, shape (n, m)."""
        return csr_array(
            (self.share_value, self.share_code, self.share_indptr), shape=(len(self), self.groups), copy=False
        )

    @cached_property
    def share_firm(self) -> Ints:
        """Firm number of every stored share, aligned with ``share_code``."""
        return row_of_each(self.shares)

    @cached_property
    def details(self) -> tuple[tuple[str, ...], Ints]:
        """The distinct deepest codes of all shares, and which of them each stored share has."""
        keys = self.share_detail.astype("S8").view(np.uint64)  # numbers are sorted far faster than texts
        numbers, entry = np.unique(keys, return_inverse=True)
        return tuple(code.decode() for code in numbers.view("S8").tolist()), entry

    @cached_property
    def main_share(self) -> Ints:
        """Place of each firm's main activity among the stored shares, -1 where none is half its output, shape (n,)."""
        return main_shares(self.share_indptr, self.share_value)

    @cached_property
    def size_band(self) -> Ints:
        """Size category of every firm, by its output where the register states none; 0 unknown, shape (n,)."""
        limits = [limit.revenue_rub for limit in size_limits(SIZE_YEAR)]
        by_output = np.where(self.output_rub > 0, 1 + np.digitize(self.output_rub, limits, right=True), 0)
        return np.where(self.category > 0, self.category, by_output)

    @property
    def offered(self) -> Said:
        """All that firms say they offer, item by item as in ``offer_firm``."""
        return Said(self.offer_vector, self.offer_class)

    @property
    def needed(self) -> Said:
        """All that firms say they need, item by item as in ``need_firm``."""
        return Said(self.need_vector, self.need_class)

    @cached_property
    def uses(self) -> csr_array:
        """How much likelier each activity is to take what each firm offers, in logs, shape (n, m)."""
        return csr_array(
            (self.use_log_odds, self.use_code, self.use_indptr), shape=(len(self), self.groups), copy=False
        )

    def uses_of(self, firm: int) -> Uses | None:
        """Return which activities take what a firm offers, ``None`` where it offers nothing in words."""
        part = slice(self.use_indptr[firm], self.use_indptr[firm + 1])
        if part.start == part.stop:
            return None
        log_odds, thing = np.zeros(self.groups), np.full(self.groups, -1)
        log_odds[self.use_code[part]], thing[self.use_code[part]] = self.use_log_odds[part], self.use_thing[part]
        return Uses(log_odds, thing)

    @cached_property
    def links(self) -> csr_array:
        """Matrix L of ones, supplier by buyer, shape (n, n)."""
        ones = np.ones(len(self.link_supplier))
        return csr_array((ones, (self.link_supplier, self.link_buyer)), shape=(len(self), len(self)))

    @cached_property
    def network(self) -> Network:
        """The observed links, read from both ends."""
        return network(self.links)

    @cached_property
    def linked_buyers(self) -> int:
        """How many firms have a supplier on record."""
        return len(np.unique(self.link_buyer))

    @cached_property
    def observed(self) -> Observed:
        """What the observed links say about pairs."""
        kept = SHRINK * self.sold.concentration / CONCENTRATION
        return Observed(self.network, self.shares, np.asarray(self.place), kept)

    @cached_property
    def sold(self) -> Sold:
        """What is sold where, code by code."""
        links = (self.link_supplier, self.link_buyer, self.link_count)
        coded = (self.sale_link, self.sale_code, self.sale_count)
        return sold_by_code(self.shares, np.asarray(self.place), links, coded)

    @cached_property
    def ownership(self) -> Ownership:
        """Owners and daughters: nodes are the firms, then the outside owners."""
        return ownership(len(self) + len(self.owner_inn), self.owned_firm, self.owner_node)

    def ties(self, firm: int | None) -> dict[int, Tie]:
        """Return the firms of the index affiliated with one, and how; nobody is with a description."""
        if firm is None:
            return {}
        return {node: tie for node, tie in self.ownership.ties(firm).items() if node < len(self)}

    @cached_property
    def run_by(self) -> frozenset[tuple[int, int]]:
        """Firms and nodes of managing companies that did not found them, in pairs."""
        runs = np.flatnonzero(self.owner_runs)
        return frozenset(zip(self.owned_firm[runs].tolist(), self.owner_node[runs].tolist(), strict=True))

    def node_inn(self, node: int) -> str:
        """Return the INN of a firm or of an outside owner."""
        return self.inn_of(node) if node < len(self) else bytes(self.owner_inn[node - len(self)]).decode()

    def firm(self, inn: str) -> int | None:
        """Return the number of a firm, ``None`` when the index does not hold it."""
        at = int(np.searchsorted(self.inn, inn.encode()))
        return at if at < len(self) and self.inn[at] == inn.encode() else None

    def inn_of(self, firm: int) -> str:
        """Return the INN of a firm number."""
        return bytes(self.inn[firm]).decode()

    def share_row(self, firm: int) -> Floats:
        """Return what one firm supplies as a dense vector, shape (m,)."""
        row = np.zeros(self.groups)
        part = slice(self.share_indptr[firm], self.share_indptr[firm + 1])
        row[self.share_code[part]] = self.share_value[part]
        return row

    def region_number(self, code: str) -> int | None:
        """Return the row of a region in the region table, ``None`` when no firm is there."""
        found = np.flatnonzero(self.region_code == code)
        return int(found[0]) if len(found) else None


def main_shares(indptr: Ints, value: Floats) -> Ints:
    """Return the place of the share of each firm that is at least half of its output, -1 where none is, shape (n,).

    >>> main_shares(np.array([0, 2, 3, 5, 5]), np.array([0.3, 0.7, 0.4, 0.5, 0.5])).tolist()
    [1, -1, 3, -1]
    """
    main = np.full(len(indptr) - 1, -1, dtype=np.int64)
    halves = np.flatnonzero(value >= 0.5)[::-1]  # the first of two equal ones is written last
    main[np.searchsorted(indptr, halves, side="right") - 1] = halves
    return main


def save(columns: Columns, folder: Path) -> None:
    """Write the index whole or not at all: into a draft beside ``folder`` that is then given its name.

    Where another process was faster and ``folder`` is there already, the draft is dropped: both were built from the
    same data.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder.parent))
    try:
        for column in fields(Columns):
            if column.name != "meta":
                np.save(draft / f"{column.name}.npy", getattr(columns, column.name), allow_pickle=False)
        (draft / "meta.json").write_text(json.dumps(columns.meta, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(draft, folder)
    except OSError:
        if read_meta(folder) is None:
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def read_meta(folder: Path) -> dict[str, Any] | None:
    """Return what an index says of itself, ``None`` when there is none that can be read."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return dict(meta) if isinstance(meta, dict) and meta.get("format") == FORMAT else None


def load(folder: Path) -> Columns:
    """Read an index memory-mapped; pages are read from disk as the scorer needs them."""
    meta = read_meta(folder)
    arrays = {
        column.name: np.asarray(np.load(folder / f"{column.name}.npy", mmap_mode="r", allow_pickle=False))
        for column in fields(Columns)
        if column.name != "meta"
    }
    return Columns(**arrays, meta=meta or {})

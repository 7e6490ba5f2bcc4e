"""How fast shortlists are on a large register: of one firm, of one pair, and of every firm at once."""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from matcher.index.columns import load, save
from matcher.index.economy import economy
from matcher.index.generated import generated_firms, generated_index, generated_links
from matcher.match.batch import Batch, whole_register
from matcher.match.mutual import among_buyers, among_suppliers
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.report.frame import Document, Frame
from matcher.report.ranking.layout import laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.shortlists import pair_item, shortlist
from matcher.report.ranking.told import told_of
from models.classifications import groups

Asked = TypeVar("Asked")

#: Firms asked about, and candidates listed for each.
ASKED, TOP = 60, 20
#: Observed suppliers of each generated firm.
LINKS_EACH = 4
SEED = 7


def bench_shortlist(count: int) -> Document:
    """Return milliseconds of warm questions and seconds of the whole register.

    Parameters
    ----------
    count
        Firms of the generated register: real codes, real towns, nothing else real.

    Notes
    -----
    A question includes its document with reasons, and for a pair the places of both on each other's lists; reading
    companies from the database is not included. The index is read memory-mapped, as in use. Beside the time that passed
    stands the processor time it took, which other work on the machine hardly changes.
    """
    matrices = economy()
    companies = generated_firms(count, groups())
    with tempfile.TemporaryDirectory() as folder:
        save(generated_index(companies, matrices, generated_links(companies, LINKS_EACH)), Path(folder) / "index")
        columns = load(Path(folder) / "index")
        frame = Frame(columns, matrices, {company.inn: company for company in companies}, "ru")
        asked = random.Random(SEED).sample(range(count), ASKED)  # noqa: S311 - measurements, not secrets
        batch = Batch(columns, matrices, Decisions())  # kept from question to question, as in use
        best = [_best_supplier(frame, firm) for firm in asked]
        drawn = [_some_supplier(frame, firm) for firm in asked]
        figures = {
            "suppliers": times_ms(asked, lambda firm: _suppliers(frame, firm)),
            "buyers": times_ms(asked, lambda firm: _buyers(frame, firm)),
            "explain": times_ms(best, lambda pair: _explain(frame, batch, *pair)),
            "explain_any": times_ms(drawn, lambda pair: _explain(frame, batch, *pair)),
        }
        workers = os.cpu_count() or 1
        start, used = time.perf_counter(), _children_s()
        suppliers, _ = whole_register(batch, TOP, workers)
        batch_s, batch_cpu_s = time.perf_counter() - start, _children_s() - used
    return {
        "firms": count,
        "shares": len(columns.share_code),
        "places": len(columns.place_lat),
        "links": len(columns.link_supplier),
        **{f"{name}_{key}": value for name, each in figures.items() for key, value in each.items()},
        "batch_top": TOP,
        "batch_pairs": int((suppliers >= 0).sum()),
        "batch_processes": workers,
        "batch_s": round(batch_s, 1),
        "batch_cpu_s": round(batch_cpu_s, 1),
    }


def _children_s() -> float:
    """Return the processor seconds of the processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def times_ms(asked: Sequence[Asked], work: Callable[[Asked], object]) -> dict[str, float]:
    """Return the median and the 95th percentile of the time a question takes, after one that warms up."""
    work(asked[0])
    times, used = [], []
    for firm in asked:
        start, processor = time.perf_counter(), time.process_time()
        work(firm)
        times.append(time.perf_counter() - start)
        used.append(time.process_time() - processor)
    return {
        "cpu_median_ms": round(float(np.median(used)) * 1000, 1),
        "cpu_p95_ms": round(float(np.percentile(used, 95)) * 1000, 1),
        "median_ms": round(float(np.median(times)) * 1000, 1),
        "p95_ms": round(float(np.percentile(times, 95)) * 1000, 1),
    }


def _suppliers(frame: Frame, firm: int) -> Document:
    party = firm_party(frame.columns, firm)
    ranking = rank_suppliers(frame.columns, frame.economy, party, Filters(), Decisions())
    return told(frame, Listing(ranking, party, "supplier"))


def _buyers(frame: Frame, firm: int) -> Document:
    party = firm_party(frame.columns, firm)
    ranking = rank_buyers(frame.columns, frame.economy, party, Filters(), Decisions())
    return told(frame, Listing(ranking, party, "buyer"))


def told(frame: Frame, listing: Listing) -> Document:
    """Return the shortlist of a listing."""
    return shortlist(frame, listing, laid_out(listing, frame.economy, TOP), {}, {})


def _best_supplier(frame: Frame, buyer: int) -> tuple[int, int]:
    ranking = rank_suppliers(frame.columns, frame.economy, firm_party(frame.columns, buyer), Filters(), Decisions())
    return int(ranking.firms[ranking.order[0]]), buyer


def _some_supplier(frame: Frame, buyer: int) -> tuple[int, int]:
    """Return a supplier from anywhere on the list of a buyer: half of them have to be scored to place it."""
    ranking = rank_suppliers(frame.columns, frame.economy, firm_party(frame.columns, buyer), Filters(), Decisions())
    return int(ranking.firms[ranking.order[buyer % len(ranking.order)]]), buyer


def _explain(frame: Frame, batch: Batch, supplier: int, buyer: int) -> tuple[Document, object]:
    """Explain a pair with the place of each on the other's list."""
    columns, matrices = frame.columns, frame.economy
    party = firm_party(columns, buyer)
    ranking = rank_suppliers(columns, matrices, party, Filters(), Decisions(), among=np.array([supplier]))
    listing = Listing(ranking, party, "supplier")
    item = pair_item(frame, listing, told_of(frame, listing, [0]), 0, {})
    score = float(ranking.scores.score[0])
    of_supplier = among_buyers(columns, matrices, Decisions(), supplier, buyer, score=score)
    return item, (among_suppliers(batch, supplier, buyer, score), of_supplier)

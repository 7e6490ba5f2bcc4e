"""What is known of every supplier for a need, from contracts before a cut alone.

Each feature carries one idea of the product's score over to what contracts tell; all grow with the chance of a link, so
a model may be held to non-negative weights. Shares are smoothed step by step: with ``n`` counts at one step and ``p``
the share one step above, ``(n_s + κ p_s) / (n + κ)``, so a code nobody sold yet falls back on its division.

References
----------
MacKay, D. J. C. and Peto, L. C. B. (1995). A hierarchical Dirichlet language model. *Natural Language Engineering* 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from sklearn.feature_extraction.text import TfidfVectorizer

from graph.gravity import deterrence
from graph.network import network
from matcher.trials.contracts import Contracts, prefixes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FEATURES = (
    "popularity",
    "code",
    "text",
    "text_profile",
    "recurrence",
    "recurrence_code",
    "locality",
    "code_place",
    "size",
    "network",
    "profile",
)
#: Strength of the step above in a smoothed share.
PRIOR = 2.0
#: Assumed kilometres between firms of one district, of one region, of two regions, and the mean haul.
KILOMETRES = np.array([1000.0, 150.0, 20.0])
HAUL_KM = 300.0
#: Step of the product code at which buyers are taken to buy "the same again".
GROUP_STEP = 1


@dataclass(frozen=True)
class History:
    """Contracts before a cut, and how fast they lose their weight.

    Attributes
    ----------
    past
        The contracts.
    cut
        Day from which nothing is known.
    half_life
        Days after which a contract counts half.
    """

    past: Contracts
    cut: int
    half_life: float

    @property
    def known(self) -> Ints:
        """Numbers of the suppliers seen before the cut, sorted."""
        return np.unique(self.past.supplier)

    @cached_property
    def weight(self) -> Floats:
        """Weight of each contract, shape (n,)."""
        age = np.abs(self.cut - self.past.day)
        return np.asarray(0.5 ** (age / self.half_life)) if self.past.day.any() else np.ones(len(self.past))

    @cached_property
    def links(self) -> csr_array:
        """Who sold to whom, ones, over suppliers and then buyers, shape (s + b, s + b)."""
        suppliers = len(self.past.suppliers)
        pairs = np.unique(np.column_stack([self.past.supplier, self.past.buyer + suppliers]), axis=0)
        size = suppliers + len(self.past.buyers)
        return csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))


def features(history: History, asked: Contracts) -> Floats:
    """Return the features of every known supplier for each need asked, shape (queries, suppliers, features)."""
    known = history.known
    local = locality(history, asked, known)
    text, text_profile, profile = _texts(history, asked, known)
    code, code_place = _code_shares(history, asked, known)
    again, again_code = _recurrence(history, asked, known)
    count = np.bincount(history.past.supplier, weights=history.weight, minlength=len(history.past.suppliers))[known]
    total = np.bincount(history.past.supplier, weights=history.past.amount, minlength=len(history.past.suppliers))
    gravity = np.log1p(total[known])[None, :] + np.log(deterrence(KILOMETRES, HAUL_KM))[local]
    parts = {
        "popularity": np.broadcast_to(np.log1p(count), local.shape),
        "code": code,
        "text": text,
        "text_profile": text_profile,
        "recurrence": again,
        "recurrence_code": again_code,
        "locality": local.astype(float),
        "code_place": code_place,
        "size": gravity,
        "network": _paths(history, asked, known),
        "profile": profile,
    }
    return np.stack([parts[name] for name in FEATURES], axis=2)


def locality(history: History, asked: Contracts, known: Ints) -> Ints:
    """Return 2 for one district, 1 for one region, 0 else or unknown, shape (queries, suppliers)."""
    region, district = (np.array([asked.suppliers[number][at] for number in known]) for at in (0, 1))
    there, near = (np.array([asked.buyers[number][at] for number in asked.buyer]) for at in (0, 1))
    same_region = (there[:, None] == region[None, :]) & (there[:, None] != "")
    same_district = (near[:, None] == district[None, :]) & (near[:, None] != "")
    return np.asarray(same_region.astype(np.int64) + (same_region & same_district))


def _recurrence(history: History, asked: Contracts, known: Ints) -> tuple[Floats, Floats]:
    """Return the weight of past contracts of each pair, of all products and of the group asked for, in logs."""
    past, row = history.past, {int(number): at for at, number in enumerate(known)}
    whole: dict[tuple[int, str], Floats] = defaultdict(lambda: np.zeros(len(known)))
    for supplier, buyer, code, weight in zip(past.supplier, past.buyer, past.codes, history.weight, strict=True):
        for group in {"", _group(code)}:
            whole[int(buyer), group][row[int(supplier)]] += weight
    nothing = np.zeros(len(known))
    pairs = [(int(buyer), _group(code)) for buyer, code in zip(asked.buyer, asked.codes, strict=True)]
    every = np.array([whole.get((buyer, ""), nothing) for buyer, _ in pairs])
    alike = np.array([whole.get((buyer, code), nothing) if code else nothing for buyer, code in pairs])
    return np.log1p(every), np.log1p(alike)


def _group(code: str) -> str:
    steps = prefixes(code)
    return steps[min(GROUP_STEP, len(steps) - 1)] if steps else ""


def _code_shares(history: History, asked: Contracts, known: Ints) -> tuple[Floats, Floats]:
    """Return how much likelier each supplier is given the code than evenly, and given its district on top, in logs."""
    past, row = history.past, {int(number): at for at, number in enumerate(known)}
    counts: dict[str, Floats] = defaultdict(lambda: np.zeros(len(known)))
    for supplier, buyer, code in zip(past.supplier, past.buyer, past.codes, strict=True):
        district = past.buyers[buyer][1] or past.buyers[buyer][0]
        for key in ("", *prefixes(code), f"{_group(code)}@{district}"):
            counts[key][row[int(supplier)]] += 1.0
    even = np.full(len(known), 1.0 / len(known))
    overall = _smoothed(counts[""], even)
    by_code, by_place = [], []
    for code, buyer in zip(asked.codes, asked.buyer, strict=True):
        share = overall
        for step in prefixes(code):
            share = _smoothed(counts[step], share) if step in counts else share
        by_code.append(np.log(share / even))
        by_place.append(_place_lift(counts, _group(code), asked.buyers[buyer], overall, code))
    return np.array(by_code), np.array(by_place)


def _place_lift(counts: Mapping[str, Floats], group: str, place: tuple[str, str], overall: Floats, code: str) -> Floats:
    share = overall
    for step in prefixes(code)[: GROUP_STEP + 1]:
        share = _smoothed(counts[step], share) if step in counts else share
    where = place[1] or place[0]
    there = counts.get(f"{group}@{where}") if where else None
    return np.zeros(len(overall)) if there is None else np.asarray(np.log(_smoothed(there, share) / share))


def _smoothed(count: Floats, above: Floats) -> Floats:
    return np.asarray((count + PRIOR * above) / (count.sum() + PRIOR))


def _texts(history: History, asked: Contracts, known: Ints) -> tuple[Floats, Floats, Floats]:
    """Return the best and the mean likeness of texts to what each supplier sold, and that of the two firms' profiles.

    Likeness is the cosine of character n-grams (3 to 5) weighted by rarity among the past texts.
    """
    shape = (len(asked), len(known))
    if not any(history.past.texts):
        return np.zeros(shape), np.zeros(shape), _code_profiles(history, asked, known)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    told = csr_array(vectorizer.fit_transform(history.past.texts))
    wanted = csr_array(vectorizer.transform(asked.texts))
    order = np.argsort(history.past.supplier, kind="stable")
    starts = np.searchsorted(history.past.supplier[order], known)
    likeness = (wanted @ told[order].T.tocsc()).toarray()
    sold = _unit(_sums(history.past.supplier, len(history.past.suppliers)) @ told)[known]
    bought = _unit(_sums(history.past.buyer, len(history.past.buyers)) @ told)[asked.buyer]
    return (
        np.maximum.reduceat(likeness, starts, axis=1),
        (wanted @ sold.T.tocsc()).toarray(),
        (bought @ sold.T.tocsc()).toarray(),
    )


def _code_profiles(history: History, asked: Contracts, known: Ints) -> Floats:
    """Return the cosine of what suppliers sold and buyers bought by code, 0 where no code is told."""
    codes = sorted(set(history.past.codes))
    kind = np.searchsorted(codes, history.past.codes)
    told = csr_array(
        (np.array([float(bool(code)) for code in history.past.codes]), (np.arange(len(kind)), kind)),
        shape=(len(kind), len(codes)),
    )
    sold = _unit(_sums(history.past.supplier, len(history.past.suppliers)) @ told)[known]
    bought = _unit(_sums(history.past.buyer, len(history.past.buyers)) @ told)[asked.buyer]
    return np.asarray((bought @ sold.T.tocsc()).toarray())


def _sums(side: Ints, size: int) -> csr_array:
    return csr_array((np.ones(len(side)), (side, np.arange(len(side)))), shape=(size, len(side)))


def _unit(matrix: csr_array) -> csr_array:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return csr_array(diags_array(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)) @ matrix)


def _paths(history: History, asked: Contracts, known: Ints) -> Floats:
    """Return the paths of length three to each buyer, in logs; the same for all needs of one buyer."""
    first = len(history.past.suppliers)
    distinct, at = np.unique(asked.buyer, return_inverse=True)
    found = network(history.links).paths(distinct + first)
    return np.asarray(np.log1p(found.toarray()[:, known])[at])

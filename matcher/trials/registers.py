"""A register of real firms with links on record, and what every method makes of a question to it.

Every firm of the register is a candidate; firms the product does not list come last. Two questions are asked: who else
could supply this buyer, and who could supply it with this input. In the second every method ranks the firms whose
codes, or whose trade, lead to the input; the others come last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from graph.gravity import deterrence
from matcher.index.columns import Columns
from matcher.index.economy import LEAST_SPENT, Economy
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS, default_weights
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from models.classifications import okved2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scores = Mapping[str, Floats]

#: Stands for a need that is not named.
ANY = -1
HAUL_KM = 300.0
#: Parts of the score that vary in a register without texts, decisions and states.
VARYING = ("input_fit", "size_fit", "distance", "network", "gap")


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """Who could supply a buyer; with ``need`` the code of the input asked for, -1 for any."""

    buyer: int
    need: int = ANY


@dataclass(frozen=True)
class Register:
    """An index that holds the links observed so far, with what simpler methods need of them.

    ``group`` is the leading code of each firm, shape (n,); ``alike`` the likeness of the names of codes, shape (m, m).
    """

    columns: Columns
    economy: Economy
    group: Ints
    alike: Floats
    clients: Floats
    pair_rate: Floats


def register(columns: Columns, economy: Economy, links: Ints) -> Register:
    """Return the register with these links, shape (links, 3), on record."""
    pairs = np.unique(links[:, :2], axis=0)
    known = replace(
        columns,
        link_supplier=pairs[:, 0],
        link_buyer=pairs[:, 1],
        link_amount_rub=np.ones(len(pairs)),
        link_count=np.ones(len(pairs), dtype=np.int64),
        sale_link=(nothing := np.zeros(0, dtype=np.int64)),
        sale_code=nothing,
        sale_count=nothing,
    )
    group = leading(columns)
    size = columns.groups
    count = np.zeros((size, size))
    named = (group[pairs[:, 0]] >= 0) & (group[pairs[:, 1]] >= 0)
    np.add.at(count, (group[pairs[named, 0]], group[pairs[named, 1]]), 1.0)
    firms = np.bincount(group[group >= 0], minlength=size)
    return Register(
        columns=known,
        economy=economy,
        group=group,
        alike=names_alike(economy.codes),
        clients=np.bincount(pairs[:, 0], minlength=len(columns)).astype(float),
        pair_rate=count / np.maximum(firms, 1)[:, None],
    )


def leading(columns: Columns) -> Ints:
    """Return the code of each firm's largest share, -1 for a firm of no known activity, shape (n,)."""
    shares = columns.shares
    found = np.asarray(shares.argmax(axis=1)).ravel()
    return np.where(np.diff(shares.indptr) > 0, found, -1).astype(np.int64)


def names_alike(codes: Sequence[str]) -> Floats:
    """Return the cosine of character n-grams of the codes' names, shape (m, m)."""
    names = [okved2()[code].name.lower() for code in codes]
    table = csr_array(TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit_transform(names))
    return np.asarray((table @ table.T).toarray())


def recipe_of(columns: Columns, economy: Economy, question: Question) -> Floats:
    """Return what the buyer spends per rouble of its output on each code that may answer the question, shape (m,)."""
    recipe = np.asarray(economy.match @ columns.share_row(question.buyer))
    if question.need == ANY:
        return recipe
    asked = np.zeros_like(recipe)
    asked[question.need] = max(float(recipe[question.need]), LEAST_SPENT)
    return economy.with_channels(asked)


def method_scores(known: Register, question: Question) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return the scores of all firms for a question by every simple method, and the raw parts of the product's score.

    Every array has shape (n,). Firms the product does not list have the lowest parts of the others.
    """
    columns, economy, buyer = known.columns, known.economy, question.buyer
    recipe = recipe_of(columns, economy, question)
    parts, listed, score = product_parts(columns, economy, buyer, recipe)
    own = columns.share_row(buyer)
    seen = columns.observed.to_buyer(buyer, own, int(columns.place[buyer]))
    group = known.group[buyer]
    distance = columns.distance_km[columns.place, columns.place[buyer]]
    length = np.sqrt(np.asarray(columns.shares.multiply(columns.shares).sum(axis=1)).ravel())
    methods = {
        "product": np.where(listed, score, -np.inf),
        "popularity": np.log1p(known.clients),
        "industry_pairs": np.where(known.group >= 0, known.pair_rate[known.group, group], 0.0),
        "gravity_size": np.log1p(columns.output_rub) + np.log(deterrence(distance, HAUL_KM)),
        "text_alone": np.asarray(columns.shares @ (known.alike @ own)),
        "l3": seen.paths,
        "cosine_of_firms": np.asarray(columns.shares @ own) / np.maximum(length, 1e-12),
        "code_alone": np.asarray(columns.shares @ recipe),
        "chance": np.zeros(len(columns)),
    }
    if question.need != ANY:
        able = methods["code_alone"] > 0
        methods = {name: np.where(able, values, -np.inf) for name, values in methods.items()}
    return methods, parts


def product_parts(
    columns: Columns, economy: Economy, buyer: int, recipe: Floats
) -> tuple[dict[str, Floats], NDArray[np.bool_], Floats]:
    """Return raw parts of all firms, which of them the product lists, and their score, each shape (n,)."""
    ranking = rank_suppliers(columns, economy, firm_party(columns, buyer), Filters(), Decisions(), recipe)
    listed = np.zeros(len(columns), dtype=bool)
    listed[ranking.firms[ranking.order]] = True
    score = np.full(len(columns), -np.inf)
    score[ranking.firms] = ranking.scores.score
    parts = {}
    for name in VARYING:
        raw = ranking.scores.parts[:, PARTS.index(name)] / default_weights()[name]
        parts[name] = np.full(len(columns), float(raw.min(initial=0.0)))
        parts[name][ranking.firms] = raw
    return parts, listed, score


def learned_features(methods: Scores, parts: Scores) -> Floats:
    """Return what models learn from: the product's parts, clients, industry pairs and size, shape (n, features)."""
    clients = np.maximum(methods["popularity"], 0.0)
    pairs = np.log(np.maximum(methods["industry_pairs"], 0.0) + 1e-3)
    size = np.maximum(methods["gravity_size"], 0.0)
    return np.column_stack([*(parts[name] for name in VARYING), clients, pairs, size])


def partners(columns: Columns, buyer: int) -> Ints:
    """Return the suppliers of a buyer on record."""
    return np.asarray(columns.link_supplier[columns.link_buyer == buyer])

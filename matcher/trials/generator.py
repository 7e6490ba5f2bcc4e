"""Draws links between real firms by rules that are not the product's score.

What the score sees is a register: codes as shares, sizes, places. What decides here is hidden from it:

- *activity*: each firm has one true activity, drawn evenly from the groups of the code it states (``stated.py``; the
  score weighs them by size and by what else it reads of a firm), and at times a second one of the same division that
  the register does not hold; a trader truly trades in a few goods of those its code handles;
- *production*: each firm has its own recipe, the column of another table (not the score's matrix) times log-normal
  noise, with inputs dropped and odd ones added at random;
- *choice*: firms appear in random order and take suppliers one by one by a utility with hidden quality, hidden taste (a
  product of traits), a buyer's own dislike of distance, and the supplier's clients so far (the rich get richer), under
  a limit of clients; one time in four a firm copies a supplier of an earlier firm of its own activity.

None of these is a part of the score, and the score's balance, size fit and scarcity are not used here.

References
----------
Atalay, E. et al. (2011). Network structure of production. *PNAS* 108(13), 5199–5202 (preferential attachment).
Oberfield, E. (2018). A theory of input–output architecture. *Econometrica* 86(2), 559–589 (firm-level techniques).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Chance of a second activity, of buying through a trader, and of copying a supplier of a firm of the same activity.
SECOND, THROUGH_TRADER, COPY = 0.3, 0.3, 0.25
#: Deviation of a firm's recipe in logs; chance that an input is dropped; odd inputs a firm adds.
TECHNIQUE, DROPPED, ODD = 1.0, 0.3, 1
ROUNDS = 3
#: Mean number of suppliers a firm takes over all rounds, and mean dislike of distance.
PARTNERS, DISLIKE = 4.5, 0.6
RICHER, QUALITY, TASTE, SIZE = 0.8, 1.0, 0.7, 0.3


@dataclass(frozen=True)
class Firms:
    """What is known of the firms: shares of codes (n, m), output and place, each (n,)."""

    shares: csr_array
    output_rub: Floats
    place: Ints


@dataclass(frozen=True)
class Hidden:
    """What decides and nobody sees.

    Attributes
    ----------
    main
        True activity of each firm, -1 for a firm of no known activity, shape (n,).
    makers, traders
        Firms that make, and that trade in, each code.
    """

    main: Ints
    makers: Mapping[int, Ints]
    traders: Mapping[int, Ints]


def draw_links(
    firms: Firms,
    technology: Floats,
    distance_km: Floats,
    codes: Sequence[str],
    handled: Mapping[int, Ints],
    seed: int,
) -> NDArray[np.int64]:
    """Return drawn links in the order they came to be, shape (links, 3): supplier, buyer, the code that was needed.

    Parameters
    ----------
    technology
        Inputs (rows) per rouble of output (columns), shape (m, m).
    distance_km
        Between places, shape (k, k).
    codes
        The m activity groups.
    handled
        Goods each trading code handles.
    """
    drawn = np.random.default_rng(seed)
    hidden = draw_hidden(firms, codes, handled, drawn)
    market = _Market(firms, distance_km, drawn)
    active = np.flatnonzero(hidden.main >= 0)
    recipes = {int(firm): firm_recipe(technology[:, hidden.main[firm]], drawn) for firm in active}
    peers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for buyer in drawn.permutation(active).tolist():
            for _ in range(int(drawn.poisson(PARTNERS / ROUNDS))):
                earlier = peers[int(hidden.main[buyer])]
                if earlier and drawn.random() < COPY:
                    supplier, need = earlier[int(drawn.integers(len(earlier)))]
                    market.link(supplier, buyer, need)
                    continue
                need = int(drawn.choice(len(recipes[buyer]), p=recipes[buyer]))
                chosen = market.choose(buyer, _pool(hidden, need, drawn))
                if chosen is not None and market.link(chosen, buyer, need):
                    earlier.append((chosen, need))
    return np.array(market.links, dtype=np.int64).reshape(-1, 3)


def draw_hidden(firms: Firms, codes: Sequence[str], handled: Mapping[int, Ints], drawn: np.random.Generator) -> Hidden:
    """Draw what every firm truly does."""
    division = np.array([code[:2] for code in codes])
    main = np.full(firms.shares.shape[0], -1, dtype=np.int64)
    makers: dict[int, list[int]] = defaultdict(list)
    traders: dict[int, list[int]] = defaultdict(list)
    for firm in range(len(main)):
        part = slice(firms.shares.indptr[firm], firms.shares.indptr[firm + 1])
        known, share = firms.shares.indices[part], firms.shares.data[part]
        if not len(known):
            continue
        main[firm] = drawn.choice(known, p=share / share.sum())
        true = {int(main[firm])}
        if drawn.random() < SECOND:
            true.add(int(drawn.choice(np.flatnonzero(division == division[main[firm]]))))
        for code in sorted(true):
            goods = handled.get(code)
            makers[code].append(firm)
            for good in drawn.choice(goods, min(3, len(goods)), replace=False) if goods is not None else ():
                traders[int(good)].append(firm)
    return Hidden(main, _arrays(makers), _arrays(traders))


def firm_recipe(column: Floats, drawn: np.random.Generator) -> Floats:
    """Return chances of a firm's next purchase by input: its own technique, shape (m,).

    >>> firm_recipe(np.array([0.2, 0.0, 0.1]), np.random.default_rng(0)).sum().round(6)
    np.float64(1.0)
    """
    own = column * np.exp(TECHNIQUE * drawn.normal(size=len(column))) * (drawn.random(len(column)) > DROPPED)
    own[drawn.integers(len(column), size=ODD)] += max(float(column.max()), 1e-9)
    root = np.sqrt(own)
    return np.asarray(root / root.sum())


class _Market:
    """Who sells to whom so far, and what suppliers and buyers are like."""

    def __init__(self, firms: Firms, distance_km: Floats, drawn: np.random.Generator) -> None:
        count = len(firms.output_rub)
        size = np.log1p(firms.output_rub)
        self.links: list[tuple[int, int, int]] = []
        self._seen: set[tuple[int, int]] = set()
        self._drawn = drawn
        self._clients = np.zeros(count)
        self._limit = 5 + np.sqrt(firms.output_rub / 1e6)
        self._appeal = QUALITY * drawn.normal(size=count) + SIZE * (size - size.mean()) / max(float(size.std()), 1e-9)
        self._trait, self._taste = drawn.normal(size=(2, count, 2))
        self._dislike = drawn.exponential(DISLIKE, size=count)
        self._place = firms.place
        self._far = np.log1p(distance_km / 100.0)

    def choose(self, buyer: int, pool: Ints) -> int | None:
        """Return the supplier of highest utility among those with room for a client."""
        pool = pool[(self._clients[pool] < self._limit[pool]) & (pool != buyer)]
        if not len(pool):
            return None
        utility = (
            self._appeal[pool]
            + RICHER * np.log1p(self._clients[pool])
            + TASTE * (self._trait[pool] @ self._taste[buyer])
            - self._dislike[buyer] * self._far[self._place[pool], self._place[buyer]]
            + self._drawn.gumbel(size=len(pool))
        )
        return int(pool[utility.argmax()])

    def link(self, supplier: int, buyer: int, need: int) -> bool:
        """Remember a link unless it is there, is with itself, or the supplier has no room."""
        pair = (supplier, buyer)
        if pair in self._seen or supplier == buyer or self._clients[supplier] >= self._limit[supplier]:
            return False
        self._seen.add(pair)
        self._clients[supplier] += 1
        self.links.append((supplier, buyer, need))
        return True


def _pool(hidden: Hidden, need: int, drawn: np.random.Generator) -> Ints:
    """Return who could sell an input: its makers or, at times, its traders; nobody where neither is in the register."""
    nobody = np.zeros(0, dtype=np.int64)
    first, second = hidden.makers.get(need, nobody), hidden.traders.get(need, nobody)
    through = len(second) and (not len(first) or drawn.random() < THROUGH_TRADER)
    return second if through else first


def _arrays(lists: Mapping[int, Sequence[int]]) -> dict[int, Ints]:
    return {code: np.array(found, dtype=np.int64) for code, found in lists.items()}

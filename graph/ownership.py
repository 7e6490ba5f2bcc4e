"""Who is affiliated with whom: firms joined by owners, up a chain of them and down again.

An owner is a founder or a managing company. Two firms are affiliated if one owns the other or they share an owner,
directly or along a chain of owners. Two owners of one joint venture are not: a path never goes down and then up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]

#: Most founding steps between two affiliates: a grandparent shared by two granddaughters is four.
LONGEST = 4
#: A founder of more firms than this is a body that holds them for the public, not a business that runs them as one.
MOST_DAUGHTERS = 50


@dataclass(frozen=True, slots=True)
class Tie:
    """How two firms are affiliated.

    Attributes
    ----------
    path
        Nodes from the one to the other, both included; each founded the next or was founded by it.
    ups
        How many steps lead up, to a founder; all others lead down.
    """

    path: tuple[int, ...]
    ups: int

    @property
    def summit(self) -> int:
        """The founder that both have in common; one of the two where it founded the other."""
        return self.path[self.ups]


@dataclass(frozen=True)
class Ownership:
    """Founders and daughters of numbered nodes, as sparse matrices of shape (nodes, nodes).

    Attributes
    ----------
    owners
        ``owners[d, o]`` is stored where ``o`` founded ``d``.
    daughters
        Its transpose.
    """

    owners: csr_array
    daughters: csr_array

    def ties(self, start: int) -> dict[int, Tie]:
        """Return every node affiliated with one, with the shortest path to it.

        Nobody is affiliated through a founder of more than :data:`MOST_DAUGHTERS` firms, nor by more than
        :data:`LONGEST` steps. Only the neighbourhood of ``start`` is walked: a country's register costs no more.

        Examples
        --------
        Node 2 founded 0 and 1, node 1 founded 3.

        >>> found = ownership(4, daughter=np.array([0, 1, 3]), owner=np.array([2, 2, 1])).ties(0)
        >>> {node: (tie.path, tie.summit) for node, tie in found.items()}
        {2: ((0, 2), 2), 1: ((0, 2, 1), 2), 3: ((0, 2, 1, 3), 2)}
        """
        found: dict[int, Tie] = {}
        seen = {(start, False)}
        wave = [Tie((start,), 0)]
        for _ in range(LONGEST):
            wave = [further for tie in wave for further in self._steps(tie, seen)]
            for tie in wave:
                found.setdefault(tie.path[-1], tie)
        return found

    def _steps(self, tie: Tie, seen: set[tuple[int, bool]]) -> Iterator[Tie]:
        """Yield the paths one step longer to nodes not reached before, marking them as reached."""
        here, steps = tie.path[-1], len(tie.path) - 1
        if steps and self.count(here) > MOST_DAUGHTERS:
            return
        if tie.ups == steps:
            yield from self._unseen(tie, tie.ups + 1, _row(self.owners, here), seen)
        yield from self._unseen(tie, tie.ups, _row(self.daughters, here), seen)

    def _unseen(self, tie: Tie, ups: int, nodes: Iterable[int], seen: set[tuple[int, bool]]) -> Iterator[Tie]:
        descends = ups < len(tie.path)
        for node in nodes:
            if (node, descends) not in seen and (node, False) not in seen:
                seen.add((node, descends))
                yield Tie((*tie.path, node), ups)

    def count(self, node: int) -> int:
        """Return how many firms a node founded."""
        return int(self.daughters.indptr[node + 1] - self.daughters.indptr[node])


def ownership(nodes: int, daughter: Ints, owner: Ints) -> Ownership:
    """Return the matrices of pairs (daughter, owner), both shape (pairs,)."""
    ones = np.ones(len(daughter), dtype=np.int8)
    owners = csr_array((ones, (daughter, owner)), shape=(nodes, nodes))
    return Ownership(owners, csr_array(owners.T))


def _row(matrix: csr_array, node: int) -> list[int]:
    return sorted(matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist())

"""Part of an ordered list, found by where the part before it ended, not by how many rows came before.

Whatever is added or taken away meanwhile, no row comes twice and none that stays is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: What a list is ordered by, of the last row of a part, and the name that tells rows of one value apart.
Key = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a list.

    Parameters
    ----------
    rows
        Its rows, in their order.
    start
        How many come before.
    next
        Key of the last one; ``None`` if none follows.
    """

    rows: NDArray[np.int64]
    start: int
    next: Key | None


def in_order(values: NDArray[Any], names: NDArray[Any]) -> NDArray[np.int64]:
    """Return the rows by value ascending, then by name."""
    return np.lexsort((names, values))


def part_of(order: NDArray[np.int64], values: NDArray[Any], names: NDArray[Any], after: Key | None, top: int) -> Part:
    """Return the rows that follow a key.

    Parameters
    ----------
    order
        Rows by ``values`` ascending, then by ``names``.
    values, names
        What the list is ordered by, and what tells rows of one value apart, of each row.
    after
        Key of the last row of the part before.
    top
        How many rows at most.

    Examples
    --------
    >>> values, names = np.array([3.0, 1.0, 1.0]), np.array(["a", "c", "b"])
    >>> first = part_of(in_order(values, names), values, names, None, 2)
    >>> first.rows.tolist(), first.next
    ([2, 1], (1.0, 'c'))
    >>> part_of(in_order(values, names), values, names, first.next, 2).rows.tolist()
    [0]
    """
    start = 0
    if after is not None:
        here, called = values[order], names[order]
        name = np.asarray(after[1], dtype=names.dtype)
        start = int(((here < after[0]) | ((here == after[0]) & (called <= name))).sum())
    rows = order[start : start + top]
    more = start + len(rows) < len(order) and len(rows) > 0
    return Part(rows, start, (values[rows[-1]].item(), text_of(names[rows[-1]])) if more else None)


def text_of(name: Any) -> str:
    """Return a name as text; an index keeps some as bytes."""
    return name.decode() if isinstance(name, bytes) else str(name)

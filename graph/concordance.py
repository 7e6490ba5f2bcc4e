"""From the classes of published tables to the 623 groups: which groups a class holds, and how much of each.

Two facts are kept apart. A *link* says that a part of an OKVED-1 class became a part of an OKVED-2 group, with a
strength. A *bridge* says how a published block (a sum of such classes) is made up, given the size of the groups.

References
----------
Regulation (EC) No 1893/2006; Eurostat, correspondence table NACE Rev. 1.1 – NACE Rev. 2 (pairs without weights).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.labels import Label
from models.errors import SourceDrift
from models.text import T

Floats = NDArray[np.float64]
Links = Mapping[str, Mapping[str, float]]

#: Strength of a pair that leads to a group collected from many classes. Assumption: one part in ten.
MINOR = 0.1
#: Strength of a pair that leads to repair and installation (33), a part of manufacturing in OKVED-1. Assumption.
REPAIR = 0.5
#: Least share of its division's pairs at which an OKVED-1 division counts as the content of an OKVED-2 division.
LIKE = 0.25
#: A group that collects parts of more subclasses than this is a minor part of each of them.
COLLECTS = 3
#: Groups outside the published tables: undifferentiated work of households, foreign bodies.
OUTSIDE = ("98.10", "98.20", "99.00")


@dataclass(frozen=True, slots=True)
class Bridge:
    """How published blocks and groups make each other up.

    Attributes
    ----------
    labels
        The blocks, in the order of the rows.
    mass
        Shape (blocks, groups): the part of a group's output that lies in a block, in the unit of the blocks' totals.
    joined
        The labels that stand for several published ones.
    """

    labels: tuple[str, ...]
    mass: Floats
    joined: tuple[str, ...] = ()

    @property
    def shares(self) -> Floats:
        """Shape (blocks, groups): share of each group that belongs to each block; columns sum to 1 or are empty."""
        totals = self.mass.sum(axis=0)
        return np.asarray(np.divide(self.mass, totals, out=np.zeros_like(self.mass), where=totals > 0))

    @property
    def output(self) -> Floats:
        """Shape (groups,): the blocks' totals as the groups share them."""
        return np.asarray(self.mass.sum(axis=0), dtype=np.float64)


def link_strengths(published: Iterable[tuple[str, str]], detail: Links) -> dict[str, dict[str, float]]:
    """Return OKVED-1 class → OKVED-2 group → strength of the link.

    Pairs between divisions of unlike content count only for a group that has no other. A pair has strength 1,
    :data:`MINOR` if its group collects from more than :data:`COLLECTS` subclasses, :data:`REPAIR` if it leads to repair
    and installation. ``detail`` replaces the published pairs of its classes and adds codes deeper than a class.

    Parameters
    ----------
    published
        Pairs (OKVED-1 class or division, OKVED-2 group).
    detail
        OKVED-1 prefix → group → relative strength.
    """
    pairs = _principal(_classes_only(published))
    refined = {code[:5] for code in detail}
    links: dict[str, dict[str, float]] = defaultdict(dict)
    sources: dict[str, set[str]] = defaultdict(set)
    for code, group in pairs:
        sources[group].add(code[:4])
    for code, group in sorted(pairs):
        if code not in refined:
            links[code][group] = _strength(group, len(sources[group]))
    return {**links, **{code: dict(groups) for code, groups in detail.items()}}


def _classes_only(published: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give a pair of a whole division to each of its classes."""
    pairs = set(published)
    classes = {code for code, _ in pairs if len(code) > 2}
    whole = {(known, group) for code, group in pairs if len(code) == 2 for known in classes if known.startswith(code)}
    return {(code, group) for code, group in pairs if len(code) > 2} | whole


def _principal(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Leave out pairs between divisions of unlike content, where the group has a better one."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for code, group in pairs:
        counts[code[:2], group[:2]] += 1
        totals[group[:2]] += 1
    alike = {(c, g) for c, g in pairs if counts[c[:2], g[:2]] >= LIKE * totals[g[:2]]}
    served = {group for _, group in alike}
    return alike | {(code, group) for code, group in pairs if group not in served}


def _strength(group: str, subclasses: int) -> float:
    if group.startswith("33."):
        return REPAIR
    return MINOR if subclasses > COLLECTS else 1.0


def classes_of(label: Label, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known classes inside a label.

    Raises
    ------
    SourceDrift
        If a code of the label has no class: the concordance would lose it.

    Examples
    --------
    >>> from graph.labels import parse_label
    >>> classes_of(parse_label("24.6 без 24.61"), ["24.61", "24.62", "24.70"])
    ('24.62',)
    """
    known = sorted(known)
    for prefix in label.included:
        if not any(code.startswith(prefix.rstrip("*")) for code in known):
            raise SourceDrift(
                T(
                    "{table}, line {line}: class {prefix} of label {label!r} is in no concordance",
                    table=label.table,
                    line=label.line,
                    prefix=prefix,
                    label=label.text,
                ),
                T("add a line for it to reference/okved1_detail.csv"),
            )
    return tuple(code for code in known if label.covers(code))


def bridge(
    labels: Sequence[Label], totals: Floats, links: Links, size: Floats, index: Mapping[str, int], cut: float = 0.2
) -> Bridge:
    r"""Split the total of every block over groups.

    .. math:: m_{bg} = t_b \frac{s_{bg} u_g}{\sum_h s_{bh} u_h}, \qquad s_{bg} = \frac{1}{n_g} \sum_{c \in b} s_{cg}

    where *u* is the size of the groups, *s* the strength of links and *n* the number of classes a group is linked to,
    so that a group of many classes does not count many times. A link that holds less than ``cut`` of its group
    is left out, unless it is the largest of the group or of the block, so that groups do not lie scattered over
    blocks; the rest of the block takes its mass.

    Parameters
    ----------
    labels, totals
        The blocks and their totals, shape (blocks,).
    links
        Class → group → strength.
    size
        Shape (groups,), an estimate of output in any unit.
    index
        Position of every group.
    cut
        Least share of a group that a link must hold.

    Returns
    -------
    Bridge

    Raises
    ------
    SourceDrift
        If two labels hold the same class, or a block holds no group.
    """
    strength = np.zeros((len(labels), len(size)))
    classes = Counter(group for groups in links.values() for group in groups)
    _forbid_overlap(labels, links)
    for row, label in enumerate(labels):
        for code in classes_of(label, links):
            for group, value in links[code].items():
                strength[row, index[group]] += value / classes[group]
    raw = _scaled(strength * size, totals)
    return Bridge(tuple(label.text for label in labels), _scaled(np.where(_kept(raw, cut), raw, 0.0), totals))


def _kept(mass: Floats, cut: float) -> NDArray[np.bool_]:
    largest_of_group = mass == mass.max(axis=0, keepdims=True)
    largest_of_block = mass == mass.max(axis=1, keepdims=True)
    return np.asarray((mass >= cut * mass.sum(axis=0)) | largest_of_group | largest_of_block)


def _scaled(mass: Floats, totals: Floats) -> Floats:
    sums = mass.sum(axis=1)
    factor = np.divide(totals, sums, out=np.zeros_like(sums), where=sums > 0)
    return np.asarray(mass * factor[:, None], dtype=np.float64)


def _forbid_overlap(labels: Sequence[Label], links: Links) -> None:
    owner: dict[str, str] = {}
    for label in labels:
        for code in classes_of(label, links):
            if code in owner:
                raise SourceDrift(
                    T(
                        "class {code} is held by {first!r} and by {second!r}",
                        code=code,
                        first=owner[code],
                        second=label.text,
                    ),
                    T("compare the table with its sidecar"),
                )
            owner[code] = label.text


def merged(bridge_: Bridge, together: Iterable[Sequence[int]] = (), own: float = 0.99) -> tuple[tuple[int, ...], ...]:
    """Return which blocks must be added together so that every block has a group of its own.

    Potatoes and vegetables are one group of OKVED-2; no matrix on four-digit groups can give both totals back. A block
    that owns no group (``own`` of the group's mass) joins the block with which it shares most. Rows in ``together`` are
    joined from the start.

    Returns
    -------
    tuple of tuple of int
        Rows of ``bridge_``, every row once, in order.

    Examples
    --------
    >>> merged(Bridge(("potatoes", "vegetables", "flowers"), np.array([[3.0, 0.0], [4.0, 0.0], [0.0, 1.0]])))
    ((0, 1), (2,))
    """
    sets = [list(rows) for rows in together]
    sets += [[row] for row in range(len(bridge_.labels)) if not any(row in rows for rows in sets)]
    while (homeless := _homeless(bridge_.mass, sets, own)) is not None:
        mass = _joined(bridge_.mass, sets)
        shared = np.minimum(mass, mass[homeless]).sum(axis=1)
        shared[homeless] = -1.0
        partner = int(shared.argmax())
        sets[min(partner, homeless)] += sets.pop(max(partner, homeless))
    return tuple(sorted(tuple(sorted(rows)) for rows in sets))


def _homeless(mass: Floats, sets: Sequence[Sequence[int]], own: float) -> int | None:
    joined = _joined(mass, sets)
    owns = (joined >= own * joined.sum(axis=0)) & (joined > 0)
    without = np.flatnonzero(~owns.any(axis=1) & (joined.sum(axis=1) > 0))
    return int(without[0]) if len(without) else None


def _joined(mass: Floats, sets: Sequence[Sequence[int]]) -> Floats:
    return np.array([mass[list(rows)].sum(axis=0) for rows in sets])


def join(bridge_: Bridge, sets: Sequence[Sequence[int]]) -> Bridge:
    """Return the bridge of blocks added together as :func:`merged` says."""
    labels = tuple(" + ".join(bridge_.labels[row] for row in rows) for rows in sets)
    joined = tuple(label for label, rows in zip(labels, sets, strict=True) if len(rows) > 1)
    return Bridge(labels, _joined(bridge_.mass, sets), joined)


def without_source(bridge_: Bridge, groups: Sequence[str]) -> tuple[str, ...]:
    """Return the groups that no block holds."""
    return tuple(group for group, mass in zip(groups, bridge_.output, strict=True) if mass <= 0)

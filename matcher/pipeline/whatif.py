"""What a question changes, read from words like ``distance=2`` and ``20.15=1.2``."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.index.economy import LAYERS
from matcher.match.scorer import PARTS
from matcher.match.whatif import Changes
from models.classifications import group_of, groups_under
from models.errors import UsageError
from models.identifiers import parse_okved
from models.text import T

#: Factors that can be meant seriously.
LARGEST_FACTOR = 100.0


def changes_of(
    weights: Sequence[str] = (),
    without: Sequence[str] = (),
    prices: Sequence[str] = (),
    radius_km: float | None = None,
    instead_of: str | None = None,
) -> Changes:
    """Return the changes asked for.

    Parameters
    ----------
    weights
        ``PART=FACTOR``, a factor on the present weight.
    without
        Parts, or layers of the recipe, to leave out.
    prices
        ``CODE=FACTOR``; a code above four digits means every group under it.
    radius_km
        Farthest candidate.
    instead_of
        The need, in words, in whose place another is put; ``all`` for all that a buyer needs.

    Raises
    ------
    UsageError
        If a part is unknown, no layer is kept, or a factor is no number from 0 to :data:`LARGEST_FACTOR`.
    InvalidIdentifier
        If a code is none of OKVED-2.

    Examples
    --------
    >>> changes_of(["distance=2"], prices=["20.15=1.2"]).prices
    {'20.15': 1.2}
    """
    factors = {_part(name): factor for name, factor in map(_factor, weights)}
    dearer: dict[str, float] = {}
    for name, factor in map(_factor, prices):
        code = parse_okved(name)
        dearer.update(dict.fromkeys(groups_under(group_of(code) or code), factor))
    left_out = tuple(name if name in LAYERS else _part(name) for name in without)
    if set(left_out) >= set(LAYERS):
        raise UsageError(
            T("all layers of the recipe were left out"), T("keep one of: {names}", names=", ".join(LAYERS))
        )
    return Changes(factors, left_out, dearer, radius_km, instead_of)


def _part(name: str) -> str:
    if name not in PARTS:
        raise UsageError(
            T("the score has no part {name}", name=name), T("parts: {names}", names=", ".join([*PARTS, *LAYERS]))
        )
    return name


def _factor(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        factor = float(number.replace(",", "."))
    except ValueError:
        factor = -1.0
    if not 0 <= factor <= LARGEST_FACTOR:
        raise UsageError(
            T("{text} does not say by what factor", text=text),
            T("write NAME=FACTOR, for example distance=2 or 20.15=1.2; factors from 0 to 100"),
        )
    return name.strip(), factor

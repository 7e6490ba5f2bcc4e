"""A generated country of which everything is known: what is missing, what hangs on whom, what closing it is worth.

Region 26 is the one asked about. Every activity that makes something and is needed there is given a fate: no maker, too
few, one maker, or enough of three; other regions have makers of everything. Firms do one thing each and their outputs
follow from the fates, so the truth is computed without the program's own search for gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.classify.company import Assignment, Profile
from matcher.index.build import build
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.index.generated import says_nothing
from matcher.index.output import TURNOVER_CLASSES
from models.records import Company

Floats = NDArray[np.float64]

REGION, ELSEWHERE = "26", ("23", "34", "63", "77")
#: What becomes of an activity, how often, and what each of its local makers supplies of what is needed here.
FATES: dict[str, tuple[float, tuple[float, ...]]] = {
    "missing": (0.15, ()),
    "shortage": (0.15, (0.25, 0.25)),
    "single_source": (0.15, (1.2,)),
    "enough": (0.55, (0.5, 0.5, 0.5)),
}
#: Local users that nobody here makes for: output of each, roubles a year.
USERS, USER_OUTPUT_RUB = 300, 2e8
#: Rounds in which makers' own needs are added to what is needed; they fall geometrically.
SETTLED = 40
#: Outputs of makers elsewhere as parts of what is needed here, on a logarithmic scale.
SMALLEST, LARGEST, MAKERS_ELSEWHERE = 0.02, 20.0, 12


@dataclass(frozen=True)
class Planted:
    """A generated country and the truth about its region.

    Attributes
    ----------
    columns
        The index of its firms.
    fate
        What was planted for each activity, "" for those that make nothing or are not needed, shape (m,).
    gap_rub, value_rub
        What is missing, and what closing it is worth, roubles a year, shape (m,).
    """

    columns: Columns
    fate: NDArray[np.str_]
    gap_rub: Floats
    value_rub: Floats


@dataclass(frozen=True, slots=True)
class Maker:
    """A firm that does one thing."""

    code: int
    output_rub: float
    region: str


def planted(economy: Economy, seed: int, users: int = USERS, silent: float = 0.0) -> Planted:
    """Return a country whose region has the fates of :data:`FATES`.

    Parameters
    ----------
    users
        Number of local firms beside the makers.
    silent
        Part of all firms that state no revenue, so that the register knows less than the truth.
    """
    rng = np.random.default_rng(seed)
    money = np.array([code[:2] in TURNOVER_CLASSES for code in economy.codes])
    makes = ~economy.channel & ~money
    user_code = rng.choice(np.flatnonzero(makes), users)
    user_output = USER_OUTPUT_RUB * rng.lognormal(0.0, 1.0, users)
    fate = np.where(makes, rng.choice(list(FATES), len(economy.codes), p=[p for p, _ in FATES.values()]), "")
    fate[np.unique(user_code)] = ""  # what users make is what it is
    used = np.bincount(user_code, weights=user_output, minlength=len(fate)).astype(float)
    need, supply = settle(economy, used, fate)
    fate[need <= 0] = ""
    local = [Maker(int(code), float(output), REGION) for code, output in zip(user_code, user_output, strict=True)]
    local += [
        Maker(int(code), part * float(need[code]), REGION)
        for code in np.flatnonzero(fate != "")
        for part in FATES[fate[code]][1]
    ]
    away = [
        maker for code in np.flatnonzero(makes & (need > 0)) for maker in _elsewhere(int(code), float(need[code]), rng)
    ]
    gap = np.where(economy.channel, 0.0, np.maximum(need - supply, 0.0))
    firms = [*local, *away]
    return Planted(
        columns=index_of(firms, economy, rng.random(len(firms)) < silent),
        fate=fate,
        gap_rub=gap,
        value_rub=gap * economy.realistic_share * _fed(gap, firms),
    )


def settle(economy: Economy, used: Floats, fate: NDArray[np.str_]) -> tuple[Floats, Floats]:
    """Return what is needed and made of every code when makers, too, need inputs.

    Parameters
    ----------
    used
        Output of the users by activity, shape (m,).
    """
    parts = np.array([sum(FATES[name][1]) if name else 0.0 for name in fate])
    need = economy.recipe @ used
    for _ in range(SETTLED):
        need = economy.recipe @ (used + parts * need)
    return need, used + parts * need


def _elsewhere(code: int, need: float, rng: np.random.Generator) -> Iterator[Maker]:
    """Yield makers of a code in the other regions, some of which the need here could feed and some not."""
    for output in need * np.geomspace(SMALLEST, LARGEST, MAKERS_ELSEWHERE):
        yield Maker(code, float(output), str(rng.choice(ELSEWHERE)))


def _fed(gap: Floats, firms: Iterable[Maker]) -> Floats:
    """Return the share of all makers of each code whose output is at most the gap, shape (m,); counted one by one."""
    fed, known = np.zeros(len(gap)), np.zeros(len(gap))
    for firm in firms:
        known[firm.code] += 1
        fed[firm.code] += firm.output_rub <= gap[firm.code]
    return np.divide(fed, known, out=np.ones(len(gap)), where=known > 0)


def index_of(firms: Sequence[Maker], economy: Economy, silent: NDArray[np.bool_]) -> Columns:
    """Return the index of firms that do one thing each and are known to; silent ones state no revenue."""
    numbered = list(enumerate(firms))
    code_of = {inn_of(number): economy.codes[firm.code] for number, firm in numbered}

    def profiles(companies: Iterable[Company]) -> Iterator[Profile]:
        for company in companies:
            assignment = Assignment(code_of[company.inn], 1.0, 1.0, None, ())
            yield Profile(company.inn, (assignment,), (), 0.0)

    return build(
        [
            Company(
                inn_of(number),
                region_code=firm.region,
                revenue_rub=None if silent[number] else firm.output_rub,
                revenue_year=2024,
            )
            for number, firm in numbered
        ],
        profiles,
        (),
        says_nothing,
        says_nothing,
        economy,
        {},
    )


def inn_of(number: int) -> str:
    """Return ten digits of a generated firm; they carry no checksum, so no real firm has them by design.

    >>> inn_of(7)
    '0000000007'
    """
    return f"{number:010d}"

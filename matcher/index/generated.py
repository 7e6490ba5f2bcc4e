"""Registers of made-up firms with real codes and towns: for measurements of speed and for statements about rankings.

No firm of them exists: names are numbers, INNs have an issuing office (00) that no tax office has.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from matcher.classify.company import Assignment, Profile
from matcher.classify.said import Said, nothing_said
from matcher.index.build import build
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from models.classifications import group_of
from models.geography import cities
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from models.records import Company, Link

#: Year that generated figures are of.
YEAR = 2016
#: Mean and spread of the logarithm of a generated firm's revenue: half of the firms below 60 million roubles a year.
LOG_REVENUE, LOG_SPREAD = float(np.log(60e6)), 1.8
#: How many activities a generated firm states, and how often.
ACTIVITIES, ACTIVITIES_OFTEN = (1, 2, 3, 4), (45, 25, 20, 10)


def generated_inn(number: int) -> str:
    """Return a well-formed INN that no tax office issued.

    >>> generated_inn(1)
    '0000000018'
    """
    nine = f"{number:09d}"
    return nine + str(inn_check_digit(nine, INN_WEIGHTS_10))


def generated_firms(count: int, codes: Sequence[str], seed: int = 1) -> list[Company]:
    """Return firms over all towns by population, with revenues spread log-normally.

    Parameters
    ----------
    count
        How many firms.
    codes
        Activity groups to draw from, each as likely as any other.
    seed
        The same seed gives the same firms.
    """
    rng = random.Random(seed)  # noqa: S311 - measurements, not secrets
    towns = cities()
    placed = rng.choices(towns, weights=[town.population for town in towns], k=count)
    firms = []
    for number, town in enumerate(placed, start=1):
        main, *extra = rng.sample(codes, rng.choices(ACTIVITIES, ACTIVITIES_OFTEN)[0])
        firms.append(
            Company(
                inn=generated_inn(number),
                name=str(number),
                okved_main=main,
                okved_extra=tuple(extra),
                region_code=town.region_code,
                city=town.name,
                status="active",
                category=rng.choice(("micro", "small", "medium", "large")),
                revenue_rub=rng.lognormvariate(LOG_REVENUE, LOG_SPREAD),
                revenue_year=YEAR,
            )
        )
    return firms


def alike_firms(codes: Iterable[str], region: str, city: str, revenue_rub: float) -> list[Company]:
    """Return one firm a code, all of one town and one size, so that nothing but what they do tells them apart."""
    return [
        Company(
            inn=generated_inn(number),
            name=code,
            okved_main=code,
            region_code=region,
            city=city,
            status="active",
            revenue_rub=revenue_rub,
            revenue_year=YEAR,
        )
        for number, code in enumerate(sorted(set(codes)), start=1)
    ]


def as_stated(companies: Iterable[Company]) -> Iterator[Profile]:
    """Yield profiles that take stated codes at their word: half of the output is the main one's, the rest is shared."""
    for company in companies:
        stated = [code for code in (company.okved_main, *company.okved_extra) if code]
        shares = [1.0] if len(stated) == 1 else [0.5, *([0.5 / (len(stated) - 1)] * (len(stated) - 1))]
        assignments = tuple(
            Assignment(group_of(code) or code, share, 1.0, None, ())
            for code, share in zip(stated, shares, strict=False)
        )
        yield Profile(company.inn, assignments, (), 0.0)


def says_nothing(texts: Sequence[str]) -> Said:
    """Return what generated firms say: nothing."""
    return nothing_said(len(texts))


def generated_links(companies: Sequence[Company], each: int, seed: int = 1) -> list[Link]:
    """Return observed sales: every firm buys from about ``each`` firms, drawn in proportion to revenue."""
    rng = random.Random(seed)  # noqa: S311 - measurements, not secrets
    inns = [company.inn for company in companies]
    drawn = rng.choices(inns, weights=[company.revenue_rub or 0.0 for company in companies], k=len(inns) * each)
    pairs = {(supplier, inns[number // each]) for number, supplier in enumerate(drawn)}
    return [Link(supplier, buyer, line) for line, (supplier, buyer) in enumerate(sorted(pairs), 1) if supplier != buyer]


def generated_index(companies: Sequence[Company], economy: Economy, links: Sequence[Link] = ()) -> Columns:
    """Return the index of generated firms."""
    return build(companies, as_stated, links, says_nothing, says_nothing, economy, {"version": "generated"})

"""A generated country as a file: firms with codes, products, revenue and towns, and what is true of two of its regions.

Region 26 has planted gaps: an input nobody makes, one that a single maker supplies, one made too little, a good that
leaves unprocessed, and a break between a raw material and a product. Region 61 hides a portfolio: five trades whose
firms could each buy their own material together, and inputs common to the largest firm of every trade that look better
one by one. The truth is arithmetic on the recipes of the bundled tables; the program's search is not used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

import numpy as np

from matcher.index.economy import Economy
from models.identifiers import INN_WEIGHTS_10

HERE, TRADES = "26", "61"
CITIES = {"26": ("Ставрополь", "Невинномысск", "Будённовск"), "61": ("Ростов-на-Дону", "Таганрог"),
          "23": ("Краснодар",), "34": ("Волгоград",), "63": ("Самара",)}  # fmt: skip
BILLION = 1e9
#: Planted for region 26: what nobody makes, a single maker supplies, is made too little, leaves, and the missing step.
MISSING, SINGLE, SHORT, LEAVES, BREAK = "20.14", "20.13", "10.61", "20.16", "22.22"
#: Users that the region has: code and output of each, billions of roubles.
USERS = (
    ("20.15", 30.0),
    ("20.42", 8.0),
    ("10.71", 2.0),
    ("10.71", 1.5),
    ("11.07", 3.0),
    ("11.07", 2.0),
    ("10.82", 2.5),
)
LEAVES_OUTPUT, SHORT_PART, SINGLE_PART = 25.0, 0.25, 1.2
#: Outputs of makers elsewhere as parts of the need here.
ELSEWHERE = np.geomspace(0.05, 20.0, 10)
#: Trades of region 61 and the material that only they buy in bulk; output of the leader and of two small firms.
BULK = {"10.71": "10.61", "31.09": "16.21", "25.11": "24.10", "18.12": "17.12", "10.13": "01.46"}
LEADER, SMALL = 1.0, 0.07


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that does one thing and says so twice: by its main code and by the product it declares."""

    inn: str
    code: str
    region: str
    city: str
    output_rub: float

    @property
    def name(self) -> str:
        """A name that tells nothing of what it does."""
        return f"Фирма {self.inn[4:9]}"


def firms(economy: Economy) -> list[Firm]:
    """Return the firms of the country."""
    wanted: list[tuple[str, str, float]] = [(code, HERE, output * BILLION) for code, output in USERS]
    wanted.append((LEAVES, HERE, LEAVES_OUTPUT * BILLION))
    need = needed(economy, wanted)
    wanted.append((SINGLE, HERE, SINGLE_PART * need[SINGLE]))
    wanted += [(SHORT, HERE, SHORT_PART * need[SHORT])] * 2
    need = needed(economy, wanted)
    away = (code for code in CITIES if code not in (HERE, TRADES))
    regions = sorted(away)
    for code in (MISSING, SINGLE, SHORT, BREAK):
        wanted += [(code, regions[at % 3], float(part) * need[code]) for at, part in enumerate(ELSEWHERE)]
    for trade in BULK:
        wanted += [(trade, TRADES, size * BILLION) for size in (LEADER, SMALL, SMALL)]
    return [
        Firm(inn_of(number), code, region, CITIES[region][number % len(CITIES[region])], output)
        for number, (code, region, output) in enumerate(wanted, start=1)
    ]


def inn_of(number: int) -> str:
    """Return a number with a valid check digit of a tax office that does not exist."""
    digits = f"9899{number:05d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, INN_WEIGHTS_10, strict=True)) % 11 % 10
    return f"{digits}{check}"


def as_file(country: Iterable[Firm]) -> str:
    """Return the firms as a table that a manager could have."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["inn", "name", "okved_main", "products_okpd2", "region_code", "city", "revenue_rub", "year"])
    for firm in country:
        row = (firm.inn, firm.name, firm.code, firm.code, firm.region, firm.city, f"{firm.output_rub:.0f}", 2023)
        writer.writerow(row)
    return text.getvalue()


def needed(economy: Economy, wanted: Iterable[tuple[str, str, float]], region: str = HERE) -> dict[str, float]:
    """Return what the firms of a region need of every code, by their recipes."""
    row = {code: at for at, code in enumerate(economy.codes)}
    output = np.zeros(len(row))
    for code, where, amount in wanted:
        output[row[code]] += amount * (where == region)
    return dict(zip(economy.codes, economy.recipe @ output, strict=True))


def gap_values(economy: Economy, country: list[Firm]) -> dict[str, tuple[float, float]]:
    """Return of every code with a gap in region 26 what is missing and what closing it is worth, roubles a year.

    What is missing, times the part that can be localised, times the part of all makers of the country it could feed.
    """
    need = needed(economy, [(firm.code, firm.region, firm.output_rub) for firm in country])
    truth: dict[str, tuple[float, float]] = {}
    for at, code in enumerate(economy.codes):
        makers = [firm.output_rub for firm in country if firm.code == code]
        supply = sum(firm.output_rub for firm in country if firm.code == code and firm.region == HERE)
        gap = need[code] - supply
        if gap <= 0 or economy.channel[at]:
            continue
        fed = sum(output <= gap for output in makers) / len(makers) if makers else 1.0
        truth[code] = gap, gap * float(economy.realistic_share[at]) * fed
    return truth


def bulk_spending(economy: Economy, country: list[Firm]) -> dict[str, dict[str, float]]:
    """Return what each firm of a trade of region 61 spends on the material of its trade: material -> INN -> roubles."""
    row = {code: at for at, code in enumerate(economy.codes)}
    return {
        material: {
            firm.inn: float(economy.recipe[row[material], row[trade]]) * firm.output_rub
            for firm in country
            if firm.region == TRADES and firm.code == trade
        }
        for trade, material in BULK.items()
    }

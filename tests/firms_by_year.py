"""Nine invented firms of a chemical cluster with figures of three years, for tests of dynamics."""

from __future__ import annotations

from pathlib import Path

YEARS = (2016, 2017, 2018)
#: Activity, year of founding, and revenue in million roubles by year; the last of the paints begins to report in 2018.
FIRMS = (
    ("20.30", 1999, (100, 120, 110)),
    ("20.30", 2012, (150, 150, 170)),
    ("20.30", 2015, (50, 60, 50)),
    ("20.30", 2005, (None, None, 1000)),
    ("22.22", 2010, (40, 50, 60)),
    ("22.22", 2017, (None, 5, 45)),
    ("46.75", None, (900, 950, 1000)),
)
_ENTITY, _TRADER = (2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _check(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)


def entity_inn(number: int) -> str:
    """Return a well-formed INN of a legal entity."""
    body = f"2699{number:05d}"
    return body + _check(body, _ENTITY)


def trader_inn(number: int) -> str:
    """Return a well-formed INN of a sole trader."""
    body = f"2699{number:06d}"
    body += _check(body, _TRADER[1:])
    return body + _check(body, _TRADER)


def write_firms(path: Path) -> None:
    """Write the firms as a plain table: a row a firm and year; two sole traders have no figures."""
    lines = ["inn;name;okved_main;region_code;city;founded;year;revenue_rub;workers;expenses_rub;profit_rub"]
    for number, (code, founded, revenues) in enumerate(FIRMS):
        for year, revenue in zip(YEARS, revenues, strict=True):
            head = f"{entity_inn(number)};Фирма {number};{code};26;Ставрополь;{founded or ''};{year}"
            figures = (revenue * 1_000_000, 10 + revenue // 10, revenue * 900_000, revenue * 50_000) if revenue else ()
            lines.append(";".join([head, *map(str, figures or [""] * 4)]))
    lines += [f"{trader_inn(number)};ИП;20.30;26;Ставрополь;;;;;;" for number in range(2)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

"""A published value-chain table against its own totals, against what is possible, and against the register.

All rules are about tables of this kind, none about a particular one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from matcher.report.frame import Document
from models.text import Lang, T, Text

#: Words of a column's name that say how it is measured and not what of.
_YEAR = re.compile(r"(?:19|20)\d\d")
_SILENT = frozenset({"total", "sum", "rub", "всего", "итого", "ед", "чел", "руб"})
#: Unit in a column's name -> roubles.
UNITS: Mapping[str, int] = MappingProxyType(
    {"bn": 10**9, "mln": 10**6, "thousand": 10**3, "млрд": 10**9, "млн": 10**6, "тыс": 10**3}
)
#: Quantities that are part of another: a part cannot be larger than its whole.
PARTS = (("legal_entities", "companies"),)
#: Quantities that are counts of things.
COUNTS = frozenset({"companies", "legal_entities", "workers"})
#: Quantity of a published table -> key of the register's table.
REGISTER: Mapping[str, str] = MappingProxyType(
    {"companies": "companies", "workers": "workers", "revenue": "revenue_rub"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a column measures: its name without year and unit, and how many of the base unit one is."""

    column: str
    name: str
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a published table: its line, place in the chain, and figures by quantity."""

    line: int
    stage: str
    segment: str
    figures: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Total:
    """A stated total: over which stages, and figures by quantity."""

    scope: str
    stages: tuple[str, ...]
    figures: Mapping[str, Decimal]


def quantity(column: str) -> Quantity:
    """Return what a column measures.

    >>> quantity("revenue_2018_bn_rub")
    Quantity(column='revenue_2018_bn_rub', name='revenue', factor=1000000000)
    >>> quantity("workers_total").name, quantity("average_workers").name
    ('workers', 'average_workers')
    """
    words = [word for word in re.split(r"[\W_]+", column.casefold()) if word and not _YEAR.fullmatch(word)]
    factor = next((UNITS[word] for word in words if word in UNITS), 1)
    kept = [word for word in words if word not in _SILENT and word not in UNITS]
    return Quantity(column, "_".join(kept), factor)


def rounding(stated: Decimal) -> Decimal:
    """Return half a unit of the last digit that a stated figure means: zeros at the end of a whole number are rounding.

    >>> [float(rounding(Decimal(stated))) for stated in ("110.7", "9300", "391")]
    [0.05, 50.0, 0.0]
    """
    exponent = int(stated.as_tuple().exponent)
    if exponent < 0:
        return Decimal(5).scaleb(exponent - 1)
    zeros = len(str(stated)) - len(str(stated).rstrip("0")) if stated else 0
    return Decimal(5).scaleb(zeros - 1) if zeros else Decimal(0)


def compare_totals(rows: Sequence[Row], totals: Iterable[Total], columns: Sequence[Quantity]) -> list[Document]:
    """Return each stated total of a quantity that the table has, beside the sum of its rows."""
    found = []
    for total in totals:
        chosen = [row for row in rows if row.stage in total.stages]
        for column in columns:
            stated = total.figures.get(column.name)
            parts = [row.figures[column.name] for row in chosen if column.name in row.figures]
            if stated is None or not parts:
                continue
            computed = sum(parts, Decimal(0))
            found.append({
                "scope": total.scope,
                "column": column.column,
                "computed": float(computed),
                "stated": float(stated),
                "agrees": abs(computed - stated) <= rounding(stated),
            })  # fmt: skip
    return found


def impossible(rows: Iterable[Row], lang: Lang) -> list[Document]:
    """Return the rows that cannot be, each with the rule it breaks."""
    return [
        {"line": row.line, "segment": row.segment, "rule": rule.render(lang)} for row in rows for rule in broken(row)
    ]


def broken(row: Row) -> list[Text]:
    """Return the rules that a row breaks."""
    figures = row.figures
    rules = [
        T("{part} {small} of {whole} {large}: a part larger than its whole",
          part=part, small=str(figures[part]), whole=whole, large=str(figures[whole]))
        for part, whole in PARTS
        if part in figures and whole in figures and figures[part] > figures[whole]
    ]  # fmt: skip
    rules += [T("{name} {value}: less than nothing", name=name, value=str(v)) for name, v in figures.items() if v < 0]
    rules += [
        T("{name} {value}: a count is a whole number", name=name, value=str(v))
        for name, v in figures.items()
        if name in COUNTS and v != v.to_integral_value()
    ]
    if figures.get("companies") == 0 and any(v > 0 for name, v in figures.items() if name != "companies"):
        rules.append(T("no companies, and yet figures of theirs"))
    return rules


def compare_register(rows: Iterable[Row], columns: Sequence[Quantity], chain: Mapping[str, Document]) -> list[Document]:
    """Return each figure beside the register's, in roubles and counts; ``None`` where the register has nothing.

    Parameters
    ----------
    rows, columns
        The published table.
    chain
        Row of the register's value-chain table by the segment's name, folded as :func:`folded` does.
    """
    found = []
    for row in rows:
        here = chain.get(folded(row.segment), {})
        for column in columns:
            if column.name in REGISTER and column.name in row.figures:
                found.append({
                    "segment": row.segment,
                    "column": REGISTER[column.name],
                    "published": float(row.figures[column.name] * column.factor),
                    "register": here.get(REGISTER[column.name]),
                })  # fmt: skip
    return found


def folded(name: str) -> str:
    """Return a segment's name without case, ё and punctuation.

    >>> folded("Краски, лаки и клеи")
    'краски лаки и клеи'
    """
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold().replace("ё", "е")).split())

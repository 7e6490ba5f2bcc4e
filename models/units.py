"""Units of measure as people write them, and which of them can be compared.

A unit is read by its names in both languages; tonnes and kilogrammes are one dimension, so a price of one can be told
as a price of the other. A unit that is not known is its own dimension: it compares with itself alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and how many of the base unit of that dimension it is."""

    dimension: str
    factor: float


#: Names a unit is written by, and the unit.
UNITS: Mapping[str, Unit] = {
    name: Unit(dimension, factor)
    for dimension, factor, names in (
        ("mass", 1.0, "кг kg килограмм kilogram kilogramme"),
        ("mass", 1000.0, "т t тн тонна тонны тонн ton tonne tonnes tons"),
        ("volume", 1.0, "л l литр литров litre liter litres"),
        ("volume", 1000.0, "м3 m3 куб кубометр"),
        ("length", 1.0, "м m метр метров metre meter metres п.м пм"),
        ("length", 1000.0, "км km"),
        ("area", 1.0, "м2 m2 кв.м"),
        ("piece", 1.0, "шт штука штук piece pieces pcs pc ед"),
        ("piece", 1000.0, "тыс.шт"),
        ("energy", 1.0, "квтч квт·ч kwh"),
        ("time", 1.0, "ч час часов h hour hours нормо-час"),
    )
    for name in names.split()
}


def plain(text: str) -> str:
    """Return a unit as it is looked up: small letters, no blanks, no point at the end.

    >>> plain("м³"), plain("Шт."), plain("тыс. шт.")
    ('м3', 'шт', 'тыс.шт')
    """
    folded = "".join(text.casefold().split()).replace("³", "3").replace("²", "2")
    return folded.rstrip(".")


def unit_of(text: str) -> Unit | None:
    """Return the unit a text names, ``None`` for no text.

    >>> unit_of("тонн"), unit_of("рулон"), unit_of(" ")
    (Unit(dimension='mass', factor=1000.0), Unit(dimension='рулон', factor=1.0), None)
    """
    name = plain(text)
    return UNITS.get(name) or (Unit(name, 1.0) if name else None)


def converted(price: float, unit: str, wanted: str) -> float | None:
    """Return the price of a unit as the price of another one, ``None`` where the two measure different things.

    Examples
    --------
    >>> converted(50, "кг", "т"), converted(50, "шт", "т"), converted(7, "", "")
    (50000.0, None, 7.0)
    """
    own, other = unit_of(unit), unit_of(wanted)
    if own is None or other is None:
        return float(price) if own is other else None
    return price / own.factor * other.factor if own.dimension == other.dimension else None


def amount(volume: float, unit: str, wanted: str) -> float | None:
    """Return a quantity in another unit, ``None`` where the two measure different things.

    >>> amount(500, "кг", "т"), amount(1, "рулон", "т")
    (0.5, None)
    """
    own, other = unit_of(unit), unit_of(wanted)
    if own is None or other is None:
        return float(volume) if own is other else None
    return volume * own.factor / other.factor if own.dimension == other.dimension else None

"""Which things of a group of goods an activity takes: of one group brake fluid goes to garages and gelatine to sweets.

The lists of inputs (``reference/group_inputs.csv``) say in words what of each group is meant, in English;
``reference/goods_taken.csv`` has those words in Russian. ``reference/services_taken.csv`` says the same of services.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from models.resources import read_table
from models.text import Text, either

LINES, NAMES = "reference/group_inputs.csv", "reference/goods_taken.csv"
SERVICES = "reference/services_taken.csv"

#: The same words for so many activities describe the group, and not what one of these takes of it.
GENERAL = 20


@dataclass(frozen=True, slots=True)
class Good:
    """A thing of a group of goods, or a service, in both languages."""

    group: str
    name_en: str
    name_ru: str

    @property
    def name(self) -> Text:
        """Its name in the reader's language."""
        return either(self.name_ru, self.name_en)


@cache
def goods() -> tuple[Good, ...]:
    """Return every thing that a list names, by group and name, and every service."""
    rows = (*read_table(NAMES), *read_table(SERVICES))
    return tuple(Good(row["supply_okved"], row["what"], row["name_ru"]) for row in rows)


@cache
def taken() -> tuple[tuple[str, int], ...]:
    """Return which activity takes what: buyer's group and the number of the thing among :func:`goods`.

    >>> [buyer for buyer, number in taken() if goods()[number].name_en == "oak barrels"]
    ['11.01', '11.02']
    """
    number = _numbers()
    of_goods = (
        (row["buyer_okved"], number[row["supply_okved"], item])
        for row in read_table(LINES)
        if (row["supply_okved"], row["what"]) not in _general_lines()
        for item in things(row["what"])
    )
    of_services = (
        (buyer, number[row["supply_okved"], row["what"]])
        for row in read_table(SERVICES)
        for buyer in row["buyers"].split(";")
    )
    return (*of_goods, *of_services)


@cache
def general() -> frozenset[int]:
    """Return the numbers of the things whose words stand for a whole group.

    >>> "plastic packaging" in {goods()[number].name_en for number in general()}
    True
    """
    return frozenset(_numbers()[group, item] for group, what in _general_lines() for item in things(what))


@cache
def _numbers() -> dict[tuple[str, str], int]:
    return {(good.group, good.name_en): at for at, good in enumerate(goods())}


@cache
def _general_lines() -> frozenset[tuple[str, str]]:
    said = Counter((row["supply_okved"], row["what"]) for row in read_table(LINES))
    return frozenset(line for line, times in said.items() if times >= GENERAL)


def things(what: str) -> list[str]:
    """Return the things that a line of a list names.

    >>> things("brake fluids, coolants")
    ['brake fluids', 'coolants']
    """
    return [item.strip() for item in what.split(",") if item.strip()]

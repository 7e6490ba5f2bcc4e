"""Wastes and by-products that firms exchange: their Russian names and the families of material they belong to.

The exchanges of ``reference/symbiosis_pairs.csv`` speak English; ``reference/materials.csv`` gives each resource the
term of the trade in Russian and a family.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from models.resources import read_table
from models.text import Lang

#: Families of material; ``other`` is for mixtures and for what the source names too generally.
FAMILIES = (
    "ash_slag", "biomass", "sludge", "heat_steam", "water", "metals", "plastics", "paper_wood", "chemicals", "gases",
    "minerals", "food_residues", "oils_fats", "textiles", "rubber", "glass", "other",
)  # fmt: skip


class Material(NamedTuple):
    """A line of the table.

    Attributes
    ----------
    name_ru
        Term of the trade in Russian.
    family
        One of :data:`FAMILIES`.
    """

    name_ru: str
    family: str


def material_name(resource: str, lang: Lang) -> str:
    """Return the name of an exchanged resource in ``lang``.

    English is the resource as it stands, and so is Russian for a resource that the table lacks.

    >>> material_name("fly ash", "ru"), material_name("fly ash", "en"), material_name("moon dust", "ru")
    ('зола-унос', 'fly ash', 'moon dust')
    """
    known = materials().get(resource)
    return known.name_ru if known and lang == "ru" else resource


def material_family(resource: str) -> str:
    """Return the family of a resource, one of :data:`FAMILIES`; ``other`` for a resource that the table lacks.

    >>> material_family("fly ash"), material_family("molasses"), material_family("moon dust")
    ('ash_slag', 'food_residues', 'other')
    """
    known = materials().get(resource)
    return known.family if known else "other"


@cache
def materials() -> Mapping[str, Material]:
    """Return the table, resource by resource.

    >>> materials()["old tyres"]
    Material(name_ru='изношенные шины', family='rubber')
    """
    return MappingProxyType(
        {row["resource"]: Material(row["name_ru"], row["material"]) for row in read_table("reference/materials.csv")}
    )


@cache
def replaced_goods() -> Mapping[str, tuple[str, ...]]:
    """Return the prefixes of the goods that each family of material replaces.

    >>> replaced_goods()["plastics"]
    ('20.16',)
    """
    return MappingProxyType(
        {row["family"]: tuple(row["okved_prefixes"].split(";")) for row in read_table("reference/material_goods.csv")}
    )

"""What activity groups make, in a few plain words, for titles that a manager reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from models.classifications import activity_name
from models.resources import read_table
from models.text import Lang


def good_name(code: str, lang: Lang) -> str:
    """Return what a group makes, in small letters; its activity where the table has no shorter name.

    >>> good_name("20.15", "en"), good_name("28.13", "ru")
    ('fertilisers and nitrogen compounds', 'насосы и компрессоры')
    >>> good_name("64.30", "en")
    'trusts, funds and similar financial entities'
    """
    found = _good_names().get(code)
    if found is not None:
        return found[lang]
    name = activity_name(code, lang)
    return name[:1].lower() + name[1:]


@cache
def _good_names() -> Mapping[str, Mapping[Lang, str]]:
    return MappingProxyType(
        {row["code"]: {"ru": row["name_ru"], "en": row["name_en"]} for row in read_table("reference/good_names.csv")}
    )

"""What of a source may be a person's, and what of it may be kept or shown: no name, no address, no INN."""

from __future__ import annotations

import re
from collections.abc import Mapping

from models.errors import DataError
from models.identifiers import is_sole_trader
from models.text import T, Text

#: Lists in which a refused value may be a person's INN.
PERSONAL = frozenset({"founders", "managed_by"})
#: Names under which a person trades: an entrepreneur's, also under a wrong INN of ten digits.
_PERSON = re.compile(
    r"индивидуальный предприниматель\b|глава к\(?ф\)?х\b"
    r"|(?:ип|и\.п\.)\s+[а-яё-]+\s+(?:[а-яё]\.\s*[а-яё]\.|[а-яё]+\s+[а-яё]+(?:ич|вна|чна|шна|кызы|оглы))\s*$",
    re.IGNORECASE,
)


def trades_as_a_person(name: str) -> bool:
    """Tell whether a name is one under which a person trades.

    >>> trades_as_a_person("ИП Иванов И. И."), trades_as_a_person("ООО Иванов")
    (True, False)
    """
    return bool(_PERSON.match(name))


def anonymous(
    values: Mapping[str, str | float | tuple[str, ...]],
) -> dict[str, str | float | tuple[str, ...]]:
    """Return what may be kept of a sole trader: no person's name, no home address.

    >>> anonymous({"name": "ИП Иванов Иван Иванович", "region_code": "26", "okved_main": "20.15"})
    {'region_code': '26', 'okved_main': '20.15', 'name': 'ИП (26)'}
    """
    region = values.get("region_code")
    kept = {name: value for name, value in values.items() if name not in ("name", "address", "lat", "lon")}
    return {**kept, "name": f"ИП ({region})" if region else "ИП"}


def wrong_inn(text: str, error: DataError) -> tuple[str, Text]:
    """Return a wrong INN fit to be shown, with what is wrong: one of twelve digits is a person's but for a digit.

    >>> shown, why = wrong_inn("5001 0073 2258", DataError(T("wrong")))
    >>> shown, why.msgid.partition(":")[0]
    ('5001********', 'a wrong INN of twelve digits')
    """
    digits = "".join(text.split())
    if not (digits.isdigit() and is_sole_trader(digits)):
        return text, error.message
    return mask(digits), T("a wrong INN of twelve digits: it may be a person's and is not shown")


def mask(inn: str) -> str:
    """Return a person's INN fit to be shown: the tax office, and nothing that names the person.

    >>> mask("500100732259")
    '5001********'
    """
    return inn[:4] + "*" * (len(inn) - 4)

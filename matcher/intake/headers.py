"""Which column is which: names as people write them, with units and years, to canonical columns.

The names are data: ``headers.yml``. Which rows are the header is told by ``header_rows.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from models.text import Lang, T, Text

#: Roubles in a unit, by how the unit is written.
SCALES: Mapping[str, float] = {
    "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тр": 1e3,
    "thousand": 1e3, "thousands": 1e3, "k": 1e3, "th": 1e3, "ths": 1e3,
    "млн": 1e6, "миллион": 1e6, "миллионов": 1e6, "mln": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6,
    "млрд": 1e9, "миллиардов": 1e9, "bln": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
_CURRENCY = frozenset({"руб", "рубль", "рублей", "рублях", "рубли", "р", "₽", "rub", "rur", "rubles", "roubles"})
_FILLERS = frozenset(
    {"в", "за", "на", "г", "гг", "год", "года", "году", "чел", "человек", "ед", "in", "for", "of", "year"}
)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_YEAR_ALONE = re.compile(r"(?<!\d)(?<!\d\.)(?:19|20)\d\d(?!\.?\d)", re.ASCII)
_NOT_WORD = re.compile(r"[^0-9a-zа-я₽]+")


#: What a person says titles name, by :func:`title_key`; ``None`` for a column to leave out.
Given = Mapping[str, str | None]
NOTHING_GIVEN: Given = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a file is.

    Parameters
    ----------
    index
        Its place in the row, from 0.
    title
        Its name in the file.
    name
        Its canonical name.
    factor
        What a cell is multiplied by to be in roubles.
    year
        The year in its name, if there is one.
    rank
        How usual its name is, 0 the most, below it a name given by a person.
    """

    index: int
    title: str
    name: str
    factor: float = 1.0
    year: int | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its line, its titles, the columns understood and the titles of those that are not.

    ``year`` is the one that the name of its sheet states.
    """

    line: int = 0
    titles: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    ignored: tuple[str, ...] = ()
    year: int | None = None

    @property
    def names(self) -> frozenset[str]:
        """Canonical names present."""
        return frozenset(column.name for column in self.columns)


def normal_title(title: str) -> str:
    """Return a title in lower case, without punctuation.

    >>> normal_title("Выручка, тыс. руб."), normal_title("revenue_thousand_rub")
    ('выручка тыс руб', 'revenue thousand rub')
    """
    lowered = title.casefold().replace("ё", "е").replace("т.р.", "тыс руб").replace("т. р.", "тыс руб")
    return " ".join(_NOT_WORD.sub(" ", lowered).split())


def read_title(index: int, title: str) -> Column | None:
    """Return the column that a title names, ``None`` if it names none.

    Examples
    --------
    >>> read_title(0, "Выручка 2018, тыс. руб.")
    Column(index=0, title='Выручка 2018, тыс. руб.', name='revenue_rub', factor=1000.0, year=2018, rank=6)
    >>> read_title(0, "ИНН").name
    'inn'
    """
    table = aliases()
    words = normal_title(title)
    if words in table.names:
        name, rank = table.names[words]
        return Column(index, title, name, rank=rank)
    bare, scale, year = unit_and_year(words)
    name, rank = table.names.get(bare, ("", 0))
    if (scale is not None and name not in table.money) or (year is not None and name not in table.yearly):
        return None
    return Column(index, title, name, scale or 1.0, year, rank) if name else None


def unit_and_year(words: str) -> tuple[str, float | None, int | None]:
    """Return a normal title without its unit and year, the roubles of the unit, and the year.

    >>> unit_and_year("выручка 2018 тыс руб")
    ('выручка', 1000.0, 2018)
    """
    tokens = words.split()
    year = next((int(token) for token in tokens if _YEAR.fullmatch(token)), None)
    scale = next((SCALES[token] for token in tokens if token in SCALES), None)
    bare = " ".join(t for t in tokens if not (t in SCALES or t in _CURRENCY or t in _FILLERS or _YEAR.fullmatch(t)))
    return bare, scale, year


def year_of_sheet(name: str) -> int | None:
    """Return the one year that a sheet's name states, ``None`` where it states none, several, or a day.

    >>> year_of_sheet("2023"), year_of_sheet("Выручка_2023 г."), year_of_sheet("2022-2023"), year_of_sheet("01.01.2024")
    (2023, 2023, None, None)
    """
    years = {int(year) for year in _YEAR_ALONE.findall(name)}
    return years.pop() if len(years) == 1 else None


def given_column(index: int, title: str, name: str) -> Column:
    """Return the column that a person says a title names; its unit and year are still the title's.

    >>> given_column(0, "Сбыт, млн руб., 2018", "revenue_rub")
    Column(index=0, title='Сбыт, млн руб., 2018', name='revenue_rub', factor=1000000.0, year=2018, rank=-1)
    """
    table = aliases()
    _, scale, year = unit_and_year(normal_title(title))
    factor = scale if scale is not None and name in table.money else 1.0
    return Column(index, title, name, factor, year if name in table.yearly else None, -1)


def title_key(title: str) -> str:
    """Return what two writings of one title have in common.

    >>> title_key("Выручка, тыс. руб.") == title_key("ВЫРУЧКА (тыс. руб)"), title_key(" № ")
    (True, '№')
    """
    return normal_title(title) or title.strip()


def read_header(line: int, titles: Sequence[str], given: Given = NOTHING_GIVEN) -> Header:
    """Return the header a row would be.

    Of two columns for one thing the one given counts, else the one with the more usual name: a code rather than the
    activity in words.
    """
    named = [column for index, title in enumerate(titles) if (column := name_column(index, title, given))]
    chosen: dict[tuple[str, int | None], Column] = {}
    for column in sorted(named, key=lambda c: c.rank):
        chosen.setdefault((column.name, column.year), column)
    columns = tuple(column for column in named if chosen[column.name, column.year] is column)
    known = {column.index for column in columns}
    left_out = {title for title in titles if given.get(title_key(title), "") is None}
    ignored = (title for index, title in enumerate(titles) if title and index not in known and title not in left_out)
    return Header(line, tuple(titles), columns, tuple(ignored))


def misaligned(header: Header, cells: Sequence[str]) -> Text | None:
    """Return what is wrong with a row that has more cells than the header: a delimiter inside an unquoted value."""
    if len(cells) <= len(header.titles):
        return None
    return T("{count} cells where the header has {titles}", count=len(cells), titles=len(header.titles))


def cell(cells: Sequence[str], at: int) -> str:
    """Return a cell of a row, an empty text where the row ends before."""
    return cells[at] if at < len(cells) else ""


def name_column(index: int, title: str, given: Given) -> Column | None:
    """Return the column that a title names by what a person says of it, or if nothing is said by the table of names."""
    key = title_key(title)
    if key not in given:
        return read_title(index, title)
    name = given[key]
    return given_column(index, title, name) if name else None


@dataclass(frozen=True, slots=True)
class Aliases:
    """The table of names: normal title to canonical name and rank; columns that take a unit, and a year; titles."""

    names: Mapping[str, tuple[str, int]]
    money: frozenset[str]
    yearly: frozenset[str]
    russian: Mapping[str, str]


@cache
def aliases() -> Aliases:
    """Return the names of ``headers.yml``; a name given to two columns is refused."""
    with Path(__file__).with_name("headers.yml").open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    names: dict[str, tuple[str, int]] = {}
    for column, titles in document["columns"].items():
        for rank, title in enumerate((column, *titles)):
            other, _ = names.setdefault(normal_title(title), (column, rank))
            if other != column:
                raise ValueError(f"headers.yml gives {title!r} to both {other} and {column}")
    return Aliases(names, frozenset(document["money"]), frozenset(document["yearly"]), document["russian"])


def column_title(name: str, lang: Lang, year: int | None = None) -> str:
    """Return the title under which a column is written; :func:`read_title` reads it back.

    >>> column_title("revenue_rub", "en", 2022), column_title("revenue_rub", "ru", 2022)
    ('revenue_rub 2022', 'Выручка, руб., 2022')
    """
    if lang == "ru":
        title = aliases().russian[name]
        return title if year is None else f"{title}, {year}"
    return name if year is None else f"{name} {year}"


def column_names() -> tuple[str, ...]:
    """Return the canonical columns in the order of ``headers.yml``."""
    return tuple(dict.fromkeys(name for name, _ in aliases().names.values()))

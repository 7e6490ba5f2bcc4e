"""Rows of a table of companies: cells to facts, with what is wrong set aside field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from matcher.intake import fields
from matcher.intake.headers import Column, Header, cell
from matcher.intake.manifest import Manifest
from matcher.intake.persons import PERSONAL, anonymous, mask, trades_as_a_person, wrong_inn
from matcher.intake.refused import Refusals
from matcher.intake.rows import Findings, Options, Parsed
from matcher.intake.table import Row
from matcher.intake.unidentified import firm_name, is_company, place_of
from models.errors import DataError
from models.identifiers import is_sole_trader
from models.records import FIGURE_NAMES, CompanyFacts, Figure
from models.review import INN, Unidentified
from models.text import T, Text

#: Of a firm of which none of these is known nothing can be matched.
REQUIRED = ("okved_main", "okved1_main", "offers")
NEEDED = (REQUIRED, T("neither an activity code nor an offer: until one is known, nothing is matched with the company"))
#: Years a figure may be of, to the current one.
FIRST_YEAR = 1990


class CompanyRows:
    """Reads the rows of one table of companies.

    Parameters
    ----------
    header
        The columns understood.
    manifest
        What the format promises; its bounds tell impossible figures.
    options
        How the file is to be read.
    needed
        Fields of which a row must state at least one, and what to say of a row that does not.
    split
        Takes the list of a field apart.
    """

    def __init__(
        self,
        header: Header,
        manifest: Manifest,
        options: Options,
        needed: tuple[Sequence[str], Text] = NEEDED,
        split: Callable[[str, str], Sequence[str]] = fields.elements,
    ) -> None:
        self._header = header
        self._required, self._lacking = needed
        self._split = split
        self._single = [c for c in header.columns if c.name in fields.SINGLE]
        self._listed = [c for c in header.columns if c.name in fields.LISTED]
        self._figures = [c for c in header.columns if c.name in FIGURE_NAMES]
        self._at = {column.name: column.index for column in header.columns}
        self._manifest = manifest
        self._options = options
        self._undated = options.year or newest(header, options.today.year) or options.figure_year
        self._refusals = Refusals(header)

    def read(self, rows: Iterable[Row]) -> Iterator[Parsed]:
        """Yield each row understood; a row that names several firms is one of each."""
        for line, cells in rows:
            inns = fields.split_inns(self._cell(cells, "inn"))
            if len(inns) > 1 and self._refusals.wrong(cells) is None:
                yield from self._firms(line, cells, inns)
            else:
                yield self.row(line, cells)

    def _firms(self, line: int, cells: Sequence[str], inns: Sequence[str]) -> Iterator[Parsed]:
        """Yield a row for each of several firms: names are given out in order, figures to nobody."""
        names = fields.split_list(self._cell(cells, "name"))
        given = names if len(names) == len(inns) else [""] * len(inns)
        found = Findings(line)
        if given != names and names:
            found.add("name", "", T("a row of {count} firms: whose name it is, is unknown", count=len(inns)))
        for column in self._figures:
            text = cell(cells, column.index)
            if not fields.is_missing(text):
                why = T("a row of {count} firms: whose figure it is, is unknown", count=len(inns))
                found.add(column.name, text, why)
        bare = list(cells)
        for column in self._figures:
            if column.index < len(bare):
                bare[column.index] = ""
        for at, (inn, name) in enumerate(zip(inns, given, strict=True)):
            for field, value in (("inn", inn), ("name", name)):
                if field in self._at and self._at[field] < len(bare):
                    bare[self._at[field]] = value
            row = self.row(line, bare)
            yield row._replace(rejections=(*found.rejections, *row.rejections)) if at == 0 else row

    def row(self, line: int, cells: Sequence[str]) -> Parsed:
        """Return one row of one firm understood."""
        found = Findings(line)
        if refused := self._refusals.misaligned(cells, found):
            return refused
        if fields.is_missing(self._cell(cells, "inn")) and not fields.is_missing(self._cell(cells, "name")):
            return self._unidentified(cells, found)
        inn = self._inn(cells, found)
        if inn is None:
            return self._mistyped(cells, found)
        person = is_sole_trader(inn) or trades_as_a_person(self._cell(cells, "name"))
        if person and not self._options.sole_traders:
            return self._sole_trader(found, inn)
        found.inn = inn
        facts, assumed = self._facts(inn, cells, found)
        if facts is None:
            return found.parsed()
        if person:
            facts = facts._replace(values=anonymous(facts.values))
            found.rejections[:] = [each for each in found.rejections if each.field not in ("name", "address")]
        return found.parsed(facts)._replace(assumed_year=assumed)

    def _unidentified(self, cells: Sequence[str], found: Findings) -> Parsed:
        """Return a row that names its firm and gives no INN: a person is to say who it is."""
        name = firm_name(INN, self._cell(cells, "name"), found)
        if not name:
            return self._refusals.whole(cells, found, INN)
        facts, assumed = self._facts("", cells, found)
        told = facts is not None and not facts.values.keys().isdisjoint(self._required)
        if facts is None or not (told or is_company(name)):  # it may be the total below a table
            return self._refusals.whole(cells, found, INN)
        waits = Unidentified(found.line, INN, name, place_of(facts.values), facts)
        return found.parsed()._replace(unidentified=(waits,), assumed_year=assumed)

    def _mistyped(self, cells: Sequence[str], found: Findings) -> Parsed:
        """Return a row with a wrong INN: refused, but if it names a firm a person is to say who it is.

        Its INN may be a person's, mistyped: only the legal form of a company tells that it is not.
        """
        if is_company(self._cell(cells, "name")):
            return self._unidentified(cells, found)
        return self._refusals.whole(cells, found, INN)

    def _facts(self, inn: str, cells: Sequence[str], found: Findings) -> tuple[CompanyFacts | None, int | None]:
        """Return what a row states, ``None`` if that is nothing, and the year its figures were given.

        A row that lacks what it is read for is noted and kept: another source, or a correction, may tell the rest.
        """
        values = self._values(cells, found)
        figures, assumed = self._figures_of(cells, found)
        if not any(name in values for name in self._required):
            self._lacks(cells, found)
        if not (values or figures):
            return None, None
        return CompanyFacts(inn, found.line, values, figures), assumed

    def _cell(self, cells: Sequence[str], name: str) -> str:
        index = self._at.get(name)
        return "" if index is None else cell(cells, index)

    def _inn(self, cells: Sequence[str], found: Findings) -> str | None:
        text = self._cell(cells, "inn")
        try:
            return fields.read_inn(text)
        except DataError as error:
            found.add("inn", *wrong_inn(text, error))
            return None

    def _sole_trader(self, found: Findings, inn: str) -> Parsed:
        if not self._manifest.lists_sole_traders:
            return Parsed(found.line, skipped=True)
        found.add("inn", mask(inn), T("a sole trader: a person's data are kept only with --sole-traders"))
        return found.parsed()

    def _lacks(self, cells: Sequence[str], found: Findings) -> None:
        """Note that a row states nothing it is read for, unless a wrong value is noted already."""
        if not any(each.field in self._required for each in found.rejections):
            found.add(self._required[0], self._cell(cells, self._required[0]), self._lacking)

    def _values(self, cells: Sequence[str], found: Findings) -> dict[str, str | float | tuple[str, ...]]:
        values: dict[str, str | float | tuple[str, ...]] = {}
        for column in self._single:
            text = cell(cells, column.index)
            if fields.is_missing(text):
                continue
            name = self._edition(cells, column)
            value = self._read(name, text, found)
            if value is not None and not fields.says_nothing(value):
                values[name] = value
        for column in self._listed:
            listed = self._list(column, cells, found)
            if listed:
                values[column.name] = listed
        if fields.BROKEN in str(values.get("name", "")):
            found.add("name", str(values["name"]), T("broken characters; the name is kept as it is"))
        return values

    def _edition(self, cells: Sequence[str], column: Column) -> str:
        """Return the field of an activity code: which edition it belongs to may stand in a column of its own."""
        if column.name != "okved_main":
            return column.name
        version = self._cell(cells, "okved_version").casefold()
        old = "2001" in version or version.startswith(("okved-1", "оквэд-1")) or version in ("1", "2007")
        return "okved1_main" if old else "okved_main"

    def _list(self, column: Column, cells: Sequence[str], found: Findings) -> tuple[str, ...]:
        text = cell(cells, column.index)
        if fields.is_missing(text):
            return ()
        read = (self._read(column.name, part, found) for part in self._split(column.name, text))
        return tuple(
            dict.fromkeys(str(value) for value in read if value is not None and not fields.says_nothing(value))
        )

    def _read(self, name: str, text: str, found: Findings) -> str | float | None:
        """Return a value, or note why it is none."""
        parser = fields.SINGLE.get(name) or fields.LISTED[name]
        try:
            return parser(text)
        except DataError as error:
            found.add(name, mask(text) if name in PERSONAL else text, error.message)
            return None

    def _figures_of(self, cells: Sequence[str], found: Findings) -> tuple[tuple[Figure, ...], int | None]:
        """Return the figures of a row and the year they were given if they state none."""
        try:
            year = self._year(cells)
        except DataError as error:
            found.add("year", self._cell(cells, "year"), error.message)
            return (), None
        figures: dict[tuple[str, int], Figure] = {}
        assumed = None
        for column in self._figures:
            figure_year = column.year or year or self._undated
            value = self._figure(column, cells, found)
            if value is not None:
                figures[column.name, figure_year] = Figure(column.name, figure_year, value)
                assumed = assumed if column.year or year else figure_year
        return tuple(figures.values()), assumed

    def _year(self, cells: Sequence[str]) -> int | None:
        text = self._cell(cells, "year")
        if fields.is_missing(text):
            return None
        year = fields.read_year(text)
        if not FIRST_YEAR <= year <= self._options.today.year:
            raise DataError(
                T("a year before {first} or in the future; the figures of the row are not taken", first=FIRST_YEAR)
            )
        return year

    def _figure(self, column: Column, cells: Sequence[str], found: Findings) -> float | None:
        text = cell(cells, column.index)
        if fields.is_missing(text):
            return None
        try:
            value = fields.read_number(text) * column.factor
            self._manifest.check(column.name, value)
        except DataError as error:
            found.add(column.name, text, error.message)
            return None
        return value


def newest(header: Header, this_year: int) -> int | None:
    """Return the latest year that titles of figures name, else the one that the name of their sheet states.

    Headcount beside revenue of 2022 and 2023 is of 2023. A year in the future is none.
    """
    named = [each.year for each in header.columns if each.year and each.year <= this_year]
    of_sheet = header.year if header.year and FIRST_YEAR <= header.year <= this_year else None
    return max(named, default=of_sheet)

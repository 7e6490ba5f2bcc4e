"""What one document of a register says of one firm: attributes to facts, with what is wrong set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from matcher.intake import fields
from matcher.intake.documents import Break
from matcher.intake.manifest import Manifest
from matcher.intake.persons import PERSONAL, anonymous, mask
from matcher.intake.rows import Findings, Options, Parsed
from models.errors import DataError
from models.identifiers import is_sole_trader
from models.records import CompanyFacts, Figure, Link
from models.text import T


@dataclass(slots=True)
class DocumentFacts:
    """Collects the facts of one document.

    Parameters
    ----------
    number
        Number of the document in its file.
    manifest
        What the format promises; its bounds tell impossible figures.
    options
        How the file is to be read.
    """

    number: int
    manifest: Manifest
    options: Options
    inn: str = ""
    values: dict[str, str | float | tuple[str, ...]] = field(default_factory=dict)
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    found: Findings = field(init=False)

    def __post_init__(self) -> None:
        self.found = Findings(self.number)

    def identify(self, text: str) -> bool:
        """Take the firm's INN; tell whether the document can be used."""
        try:
            self.inn = fields.read_inn(text)
        except DataError as error:
            self.found.add("inn", text, error.message)
            return False
        self.found.inn = self.inn
        return True

    @property
    def unwanted(self) -> bool:
        """Whether it speaks of a sole trader, and these are not to be kept."""
        return is_sole_trader(self.inn) and not self.options.sole_traders

    def say(self, name: str, text: str | None) -> None:
        """Take a field, if it is stated and can be understood."""
        if text is None or fields.is_missing(text):
            return
        try:
            value = fields.SINGLE[name](text)
        except DataError as error:
            self.found.add(name, text, error.message)
            return
        if not fields.says_nothing(value):
            self.values[name] = value

    def say_all(self, name: str, texts: Iterable[str]) -> None:
        """Take a list of codes, each once, in order."""
        codes: dict[str, None] = {}
        understand = fields.LISTED[name]
        for text in texts:
            try:
                value = understand(text)
                if not fields.says_nothing(value):
                    codes[value] = None
            except DataError as error:
                self.found.add(name, mask(text) if name in PERSONAL else text, error.message)
        if codes:
            self.values[name] = tuple(codes)

    def figure(self, name: str, year: int | None, text: str | None) -> None:
        """Take a figure of a year, within the format's bounds."""
        if text is None or fields.is_missing(text):
            return
        try:
            value = fields.read_number(text)
            self.manifest.check(name, value)
        except DataError as error:
            self.found.add(name, text, error.message)
            return
        if year is None:
            self.found.add(name, text, T("no date says which year this figure is of"))
            return
        self.figures[name, year] = Figure(name, year, value)

    def sells_to(self, buyer: str | None, source: str, day: str | None = None, **more: object) -> None:
        """Take an observed sale to a buyer."""
        try:
            inn = fields.read_inn(buyer or "")
            when = None if day is None or fields.is_missing(day) else fields.read_date(day)
        except DataError as error:
            self.found.add("buyer_inn", buyer or "", error.message)
            return
        if inn == self.inn:
            self.found.add("buyer_inn", inn, T("supplier and buyer are the same"))
        elif not is_sole_trader(inn) or self.options.sole_traders:
            told = fields.read_text(source)
            self.links.append(Link(self.inn, inn, self.number, date=when, source=told, **more))  # type: ignore[arg-type]

    def parsed(self) -> Parsed:
        """Return what the document says; of a sole trader nothing that names a person."""
        person = is_sole_trader(self.inn)
        if person:
            shown = ("name", "address", "inn")
            self.found.rejections[:] = [each for each in self.found.rejections if each.field not in shown]
        if not (self.values or self.figures or self.links):
            if not self.found.rejections:
                return Parsed(self.number, skipped=True)
            return self.found.parsed()
        values = anonymous(self.values) if person and self.values else self.values
        facts = CompanyFacts(self.inn, self.number, values, tuple(self.figures.values()))
        return self.found.parsed(facts, tuple(self.links))


def skipped_person(facts: DocumentFacts) -> Parsed:
    """Return a sole trader's document that is not kept: counted, or listed with the INN masked."""
    if not facts.manifest.lists_sole_traders:
        return Parsed(facts.number, skipped=True)
    found = Findings(facts.number)
    found.add("inn", mask(facts.inn), T("a sole trader: a person's data are kept only with --sole-traders"))
    return found.parsed()


def broken(number: int, stop: Break) -> Parsed:
    """Return the quarantine entry of a file that breaks off."""
    found = Findings(number)
    found.add("file", stop.where, stop.error)
    return found.parsed()


@lru_cache(maxsize=fields.REMEMBERED)
def year_of(text: str | None) -> int | None:
    """Return the year of a date as registers write it.

    >>> year_of("31.12.2023"), year_of("2023-12-31"), year_of(None)
    (2023, 2023, None)
    """
    try:
        return None if text is None else fields.read_date(text).year
    except DataError:
        return None


#: Kinds of places that are towns; elsewhere the town stands among the districts.
_TOWNS = frozenset({"г", "город"})
_SMALL_WORDS = frozenset({"на", "в", "и", "под"})


def town(parts: Mapping[str, tuple[str, str]]) -> str:
    """Return the town of an address given as level -> (kind, name), an empty string where there is none.

    >>> town({"Регион": ("КРАЙ", "СТАВРОПОЛЬСКИЙ"), "Город": ("ГОРОД", "НЕВИННОМЫССК")})
    'Невинномысск'
    >>> town({"Регион": ("Г", "МОСКВА")}), town({"Район": ("Г.", "АЛЧЕВСК")})
    ('Москва', 'Алчевск')
    """
    for level in ("Город", "НаселПункт"):
        if level in parts:
            return proper(parts[level][1])
    names = (name for kind, name in parts.values() if kind.casefold().strip(". ") in _TOWNS)
    return proper(next(names, ""))


@lru_cache(maxsize=fields.REMEMBERED)
def proper(name: str) -> str:
    """Return the name of a place written in capitals as people write it.

    >>> proper("РОСТОВ-НА-ДОНУ"), proper("Новый Уренгой")
    ('Ростов-на-Дону', 'Новый Уренгой')
    """
    if not name.isupper():
        return name
    words = "-".join(w.lower() if w.lower() in _SMALL_WORDS else w.capitalize() for w in name.split("-"))
    return " ".join(word[:1].upper() + word[1:] for word in words.split(" "))

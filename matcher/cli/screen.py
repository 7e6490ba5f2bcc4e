"""The terminal as views see it: headings, paragraphs, tables, amounts in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from matcher.report.frame import decimal, money, percent
from models.text import Lang, T, Text


class Screen:
    """A console and the language spoken on it."""

    def __init__(self, console: Console, lang: Lang) -> None:
        self.console = console
        self.lang = lang

    def say(self, text: Text) -> str:
        """Render a text."""
        return text.render(self.lang)

    def title(self, text: Text) -> None:
        """Print a heading."""
        self.console.print()
        self.console.print(Line(self.say(text), style="bold"))

    def line(self, text: Text, indent: int = 2) -> None:
        """Print a paragraph."""
        self.plain(self.say(text), indent)

    def plain(self, text: str, indent: int = 2) -> None:
        """Print a ready string as a paragraph."""
        self.console.print(Padding(Line(text), (0, 0, 0, indent)))

    def table(self, headings: Sequence[Text], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Print a table; columns named in ``right`` hold numbers."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for number, heading in enumerate(headings):
            table.add_column(self.say(heading), justify="right" if number in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*[Line(cell) for cell in row])
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def money(self, value: float | None) -> str:
        """Return roubles in words, a dash when unknown."""
        return "—" if value is None else money(value, self.lang)

    def number(self, value: float, digits: int) -> str:
        """Return a number with the language's decimal mark."""
        return decimal(value, digits, self.lang)

    def points(self, value: float) -> str:
        """Return log-odds with their sign."""
        return decimal(value, 2, self.lang, sign=True)

    def percent(self, value: float | None) -> str:
        """Return a percentage, a dash when unknown."""
        return "—" if value is None else percent(value, self.lang)

    def head(self, text: str) -> None:
        """Print the first line of an entry."""
        self.console.print(Padding(Line(text, style="bold"), (0, 0, 0, 2)))

    def kilometres(self, distance: float) -> str:
        """Return a distance in words."""
        return self.say(T("{km} km", km=f"{distance:.0f}"))

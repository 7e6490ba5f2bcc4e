"""The terminal as views see it: headings, paragraphs, tables, amounts in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from matcher.report.figures import decimal, growth, money, percent, points
from models.text import Lang, T, Text

#: Levels of a sparkline, and the parts of a bar's last cell.
LEVELS = "▁▂▃▄▅▆▇█"
EIGHTHS = "▏▎▍▌▋▊▉█"
#: Narrowest first column that can be read.
LEAST_NAME = 12


def spark(values: Sequence[float | None]) -> str:
    """Return a line of values as blocks from 0 to the largest, a space where nothing is known.

    >>> spark([1, None, 4, 8])
    '▁ ▄█'
    """
    top = max((value for value in values if value is not None), default=0)
    if top <= 0:
        return ""
    return "".join(" " if v is None else LEVELS[max(0, ceil(8 * v / top) - 1)] for v in values)


def bar(value: float | None, largest: float, width: int) -> str:
    """Return a bar of at most ``width`` blocks; something can be seen of every value above 0.

    >>> bar(4, 8, 8), bar(0.001, 8, 8), bar(None, 8, 8)
    ('████', '▏', '')
    """
    if not value or value < 0 or largest <= 0:
        return ""
    whole, part = divmod(max(1, round(8 * width * min(value / largest, 1.0))), 8)
    return "█" * whole + (EIGHTHS[part - 1] if part else "")


def widths(headings: Sequence[str], rows: Sequence[Sequence[str]], keep: int, available: int) -> list[int]:
    """Return column widths, 2 apart, that break headings between words first, then the first column; none if no use.

    >>> widths(["year", "firms with revenue"], [["2016", "12"]], 20, 30)
    [4, 18]
    >>> widths(["year", "firms with revenue"], [["2016", "12"]], 20, 16)
    [4, 10]
    >>> widths(["firm", "firms with revenue"], [["a name that is long", "12"]], 20, 24)
    [15, 7]
    """
    least = [
        max([min(keep, max((len(row[number]) for row in rows), default=0)), *map(len, heading.split())])
        for number, heading in enumerate(headings)
    ]
    spare = available - sum(least) - 2 * (len(least) - 1)
    if spare < 0:
        least[0] += spare
        return least if least[0] >= LEAST_NAME else []
    for number, heading in enumerate(headings):
        more = max(0, min(spare, len(heading) - least[number]))
        least[number] += more
        spare -= more
    return least


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

    def table(
        self,
        headings: Sequence[Text],
        rows: Iterable[Sequence[str]],
        right: Sequence[int] = (),
        keep: int | None = None,
    ) -> None:
        """Print a table; columns named in ``right`` hold numbers.

        Cells of up to ``keep`` characters stay on one line where the screen is wide enough; headings give way.
        """
        rows = list(rows)
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for number, heading in enumerate(headings):
            justify: Literal["left", "right"] = "right" if number in right else "left"
            table.add_column(self.say(heading), justify=justify, overflow="fold")
        if keep is not None:
            texts = [self.say(heading) for heading in headings]
            for column, width in zip(table.columns, widths(texts, rows, keep, self.console.width - 2), strict=False):
                column.width = width
        for row in rows:
            table.add_row(*[Line(cell) for cell in row])
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def money(self, value: float | None) -> str:
        """Return roubles in words, a dash when unknown."""
        return "—" if value is None else money(value, self.lang)

    def number(self, value: float, digits: int) -> str:
        """Return a number with the language's decimal mark."""
        return decimal(value, digits, self.lang)

    def growth(self, value: float | None) -> str:
        """Return a change as a signed percentage, a dash when unknown."""
        return "—" if value is None else growth(value, self.lang)

    def share_points(self, value: float | None) -> str:
        """Return a change of a share in percentage points, a dash when unknown."""
        return "—" if value is None else points(value, self.lang)

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

"""How an import gets on, told on stderr: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from matcher.intake.progress import Pace, Step, pace
from models.text import Lang, T, Text

#: Seconds between two lines where there is no terminal.
EVERY = 10.0
#: Times a second that a bar is drawn anew; more would slow the import.
DRAWN = 4
BAR_WIDTH = 24


class ImportProgress:
    """Tells how the imports of one command get on, while it is entered.

    Parameters
    ----------
    lang
        Language of the texts.
    tell
        Takes a line where there is no terminal.
    console
        Where the bar is drawn if it is a terminal; by default stderr.
    clock
        Seconds from any beginning.
    """

    def __init__(
        self,
        lang: Lang,
        tell: Callable[[str], None],
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lang, self._tell, self._clock = lang, tell, clock
        self._console = console or Console(stderr=True)
        self._first = Step("", 0)
        self._began = self._spoke = clock()
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(BAR_WIDTH),
            TextColumn("{task.fields[told]}", markup=False),
            console=self._console,
            refresh_per_second=DRAWN,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, visible=False, told="")

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def begin(self, file: str) -> None:
        """Begin a file: until its first rows are read only its name is known."""
        self._first = Step("", 0)
        self._bar.reset(self._task, total=None, visible=True, description=file, told="")

    def step(self, step: Step) -> None:
        """Tell how far the import has come; the pace counts from the first step of a file or part of an archive."""
        now = self._clock()
        if step.file != self._first.file:
            self._first, self._began = step, now
        at = pace(self._first, step, now - self._began)
        told = words(step, at).render(self._lang) if at else ""
        if self._console.is_terminal:
            total = None if step.share is None else 1.0
            self._bar.update(self._task, total=total, completed=step.share or 0.0, description=step.file, told=told)
        elif told and now - self._spoke >= EVERY:
            self._spoke = now
            self._tell(f"{step.file}: {told}")


def words(step: Step, at: Pace) -> Text:
    """Return a step and the pace at it in words.

    >>> str(words(Step("a.csv", 12000, 0.25), Pace(500.4, 72.0)))
    '25 % · 12 000 rows · 500 rows/s · 1:12 left'
    """
    rows, rate = grouped(step.rows), grouped(round(at.rows_per_s))
    if step.share is None or at.seconds_left is None:
        return T("{rows} rows · {rate} rows/s", rows=rows, rate=rate)
    return T(
        "{percent} % · {rows} rows · {rate} rows/s · {left} left",
        percent=int(step.share * 100), rows=rows, rate=rate, left=clock_time(at.seconds_left),
    )  # fmt: skip


def grouped(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}".replace(",", " ")


def clock_time(seconds: float) -> str:
    """Return a span of time as a clock shows it.

    >>> clock_time(72.4), clock_time(3723)
    ('1:12', '1:02:03')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

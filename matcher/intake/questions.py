"""What a person is asked about the columns of a table, and what the answers mean.

The conversation is a function of two others: one that asks and returns the answer, one that tells something. So it is
the same at a terminal and in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.intake.column_meanings import MEANINGS
from matcher.intake.fields import read_text
from matcher.intake.headers import column_names, title_key
from matcher.intake.link_rows import PARTIES
from matcher.intake.registry import Sample, closest
from matcher.intake.rows import shorten
from models.errors import UsageError
from models.text import T, Text

#: Values of a column that are shown, and characters of each and of a title.
SAMPLES = 2
SAMPLE_LENGTH = 30
TITLE_LENGTH = 80
#: Answer that leaves out a column and all after it.
REST = "-"
#: Answer that has the list of columns shown.
HELP = "?"

Ask = Callable[[Text], str]
Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of a table as it is shown to a person.

    Parameters
    ----------
    number
        Its place, from 1.
    title
        Its title, empty if it has none.
    samples
        Its first values.
    name
        What it is understood as, empty if it is not.
    left_out
        Whether a profile says to leave it out.
    meant
        What its title is close to, empty if to nothing.
    """

    number: int
    title: str
    samples: tuple[str, ...]
    name: str
    left_out: bool
    meant: str

    @property
    def open(self) -> bool:
        """Whether a person could say what it is and has not."""
        return bool(self.title) and not self.name and not self.left_out


def seen_columns(sample: Sample) -> tuple[SeenColumn, ...]:
    """Return the columns of a table with their first values."""
    names = {column.index: column.name for column in sample.header.columns}
    mapped = sample.mapped
    return tuple(
        SeenColumn(
            index + 1,
            title,
            first_values(sample, index),
            names.get(index, ""),
            mapped.get(title, "") is None,
            closest(title) if title in sample.header.ignored else "",
        )
        for index, title in enumerate(sample.titles)
    )


def first_values(sample: Sample, index: int) -> tuple[str, ...]:
    """Return the first different values of a column."""
    values = (cells[index] for line, cells in sample.rows if line > sample.header.line and index < len(cells))
    different = list(dict.fromkeys(read_text(value) for value in values if value))
    return tuple(shorten(value, SAMPLE_LENGTH) for value in different[:SAMPLES])


def lacks_inn(columns: Sequence[SeenColumn]) -> bool:
    """Return whether no column says which company a row is about."""
    return not any(column.name == "inn" or column.name in PARTIES for column in columns)


def converse(columns: Sequence[SeenColumn], ask: Ask, tell: Tell) -> dict[str, str | None]:
    """Return what a person says the columns not understood are, the INN first.

    Parameters
    ----------
    columns
        The columns of the table.
    ask
        Puts a question and returns the answer; an empty one is Enter.
    tell
        Tells the person something.
    """
    answers = ask_inn(columns, ask, tell) if lacks_inn(columns) else {}
    first = {title_key(column.title): column for column in reversed(columns) if column.open}
    undecided = sorted((each for each in first.values() if each.title not in answers), key=lambda each: each.number)
    if undecided:
        tell(T("For each column not understood give the number or the name of what it is:"))
        tell_meanings(tell)
        tell(T("Enter leaves a column out, “-” leaves out all the rest, “?” shows the list again."))
    for place, column in enumerate(undecided):
        meant = until_good(ask, tell, question(column), read_meaning)
        if meant == REST:
            return answers | dict.fromkeys((each.title for each in undecided[place:]), None)
        answers[column.title] = meant or None
    return answers


def ask_inn(columns: Sequence[SeenColumn], ask: Ask, tell: Tell) -> dict[str, str | None]:
    """Return which column holds the INN, nothing if none does."""
    titles = {str(column.number): column.title for column in columns if column.title}

    def read(answer: str) -> str:
        if answer and answer not in titles:
            raise UsageError(T("there is no column {name}", name=answer))
        return titles.get(answer, "")

    title = until_good(ask, tell, T("Which column holds the INN of the company? Its number, Enter if none does"), read)
    return {title: "inn"} if title else {}


def question(column: SeenColumn) -> Text:
    """Return the question what a column is."""
    title, values = shorten(read_text(column.title), TITLE_LENGTH), ", ".join(column.samples) or "—"
    if not column.meant:
        return T("{number} “{title}” ({values})", number=column.number, title=title, values=values)
    return T("{number} “{title}” ({values}), perhaps {meant}",
             number=column.number, title=title, values=values, meant=column.meant)  # fmt: skip


def read_meaning(answer: str) -> str:
    """Return the canonical column that an answer names by number or name; an empty one and ``-`` as they are.

    Raises
    ------
    UsageError
        If it names none.

    Examples
    --------
    >>> read_meaning("1"), read_meaning("offers"), read_meaning("")
    ('inn', 'offers', '')
    """
    names = column_names()
    if answer in ("", REST, *names):
        return answer
    if answer.isascii() and answer.isdigit() and 1 <= int(answer[:4]) <= len(names):
        return names[int(answer[:4]) - 1]
    raise UsageError(T("there is no column {name}", name=answer))


def tell_meanings(tell: Tell) -> None:
    """Tell what columns there are."""
    for number, name in enumerate(column_names(), 1):
        tell(T("{number} {name}: {meaning}", number=f"{number:>3}", name=name, meaning=MEANINGS[name]))


def until_good(ask: Ask, tell: Tell, question: Text, read: Callable[[str], str]) -> str:
    """Return what an answer means, asking until it means something."""
    while True:
        answer = ask(question).strip()
        if answer == HELP:
            tell_meanings(tell)
            continue
        try:
            return read(answer)
        except UsageError as error:
            tell(error.message)

"""The conversation about columns at a terminal, before a table is imported."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from matcher.cli.main import Session
from models.errors import ZvenoError
from models.text import T, Text

if TYPE_CHECKING:
    from matcher.intake.mapping import Choice, Profile
    from matcher.pipeline.workspace import Workspace


def at_terminal() -> bool:
    """Return whether a person reads what is printed and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def talk_of_columns(
    session: Session, workspace: Workspace, file: str, format_name: str | None, choice: Choice
) -> Choice:
    """Ask what the columns of a table are that are not understood, and return the mapping to read it by.

    Nothing is asked about a file that is no table, whose columns are all understood, or whose format knows them.
    """
    from matcher.intake.mapping import Choice
    from matcher.intake.questions import converse
    from matcher.pipeline.register.mappings import columns_document, open_questions, profile_of, table_of, told

    sample = table_of(file, choice)
    columns = open_questions(sample, format_name) if sample is not None else ()
    if sample is None or not columns:
        return choice
    tell(session, T("{file}: not all columns are understood", file=file))
    session.emit(columns_document(sample), "columns")
    answers = converse(columns, lambda question: ask(session, question), lambda text: tell(session, text))
    if not answers:
        return choice
    known_as = "" if sample.mapping is None else sample.mapping.name
    return Choice(named=offer_to_save(session, workspace, profile_of(told(sample, answers)), known_as))


def offer_to_save(session: Session, workspace: Workspace, profile: Profile, known_as: str) -> Profile:
    """Save what was said under the name a person gives, if one is given, and return it as it is called then.

    Parameters
    ----------
    session, workspace
        Where the conversation is held and the mappings lie.
    profile
        What was said.
    known_as
        Name of the profile that it adds to; only that one is replaced.
    """
    from matcher.pipeline.register.mappings import save

    while name := ask(session, T("Remember this for files with the same titles? A name, Enter for no")).strip():
        named = replace(profile, name=name)
        try:
            tell(session, T("saved: {file}", file=save(workspace, named, replace=name == known_as)))
        except ZvenoError as error:
            tell(session, error.message)
        else:
            return named
    return profile


def ask(session: Session, question: Text) -> str:
    """Put a question and return the answer."""
    return str(click.prompt(question.render(session.settings.lang), default="", show_default=False))


def tell(session: Session, text: Text) -> None:
    """Print a line of the conversation."""
    click.echo(text.render(session.settings.lang))

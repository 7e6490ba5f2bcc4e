"""Use case of the card of a company written by hand: its own words go into the register like any other source's.

What is written becomes a sheet of corrections and passes the ordinary import, so that it is checked, has its source in
the history, outranks other sources (:data:`models.fold.PRECEDENCE`) and can be taken back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.intake.formats.corrections import COLUMNS
from matcher.pipeline.register.imports import import_one, undo
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError, UsageError
from models.events import Run
from models.identifiers import Inn, is_sole_trader, parse_inn
from models.records import FIGURE_NAMES, Company
from models.text import T

#: What a company says of itself, in its own words.
WORDS = ("offers", "needs", "capacity", "equipment", "waste", "vacancies", "website")
#: Who it is.
IDENTITY = ("name", "okved_main", "okved_extra", "region_code", "city")
FIGURES = ("revenue_rub", "workers")
#: Changes by hand that a card lists.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a card that was written: the import that took it, or why each field was refused.

    Both are empty when nothing differs from what the register says.
    """

    run: int | None = None
    refused: tuple[tuple[str, str], ...] = ()


def present(company: Company | None) -> dict[str, str]:
    """Return what the register says in the words of a form, by field; nothing of a company it does not hold."""
    if company is None:
        return {}
    said = {name: getattr(company, name) for name in (*WORDS, *IDENTITY)}
    told = {name: "; ".join(value) if isinstance(value, tuple) else str(value or "") for name, value in said.items()}
    for name, year in (("revenue_rub", company.revenue_year), ("workers", company.workers_year)):
        value = getattr(company, name)
        told |= {name: f"{value:.0f}", f"{name}_year": str(year)} if value is not None and year else {}
    return told


def write(workspace: Workspace, inn: str, said: Mapping[str, str], by: str) -> Written:
    """Write what a person says of a company into the register, all of it or, if a field is refused, nothing.

    Parameters
    ----------
    workspace
        The register.
    inn
        The company; one that the register does not hold is added.
    said
        Texts by field; ``revenue_rub_year`` and ``workers_year`` are the years of figures. A blank or unchanged one
        says nothing.
    by
        Login of who says it.

    Raises
    ------
    UsageError
        If it is a sole trader, or a new company without a name.
    """
    key = parse_inn(inn)
    if is_sole_trader(key):
        raise UsageError(
            T("{inn} is a sole trader: a person's data are not kept", inn=f"{key[:4]}********"),
            T("write the card of a legal entity: its INN has 10 digits"),
        )
    before = present(workspace.companies([key]).get(key))
    if not before and not said.get("name", "").strip():
        raise UsageError(T("a new company needs a name"), T("write how it is called"))
    lines = list(entries(key, before, said, len(_runs(workspace, key)) + 1))
    if not lines:
        return Written()
    with TemporaryDirectory(prefix="zveno-card-") as folder:
        sheet = Path(folder) / file_of(key)
        write_sheet(sheet, lines)
        tried = import_one(workspace, str(sheet), "corrections", True, False, by=by)
        if tried["quarantined"]:
            return Written(refused=tuple((each["field"], each["error"]) for each in tried["quarantined"]))
        return Written(run=import_one(workspace, str(sheet), "corrections", False, False, by=by)["run"])


def file_of(inn: Inn) -> str:
    """Return the name under which the history knows changes of a card.

    >>> file_of(Inn("2631015563"))
    'card-2631015563.csv'
    """
    return f"card-{inn}.csv"


def entries(inn: Inn, before: Mapping[str, str], said: Mapping[str, str], number: int) -> Iterable[tuple[str, ...]]:
    """Yield the rows of a sheet of corrections: each field that differs, with its old value.

    ``number`` counts the changes of the card: without it, one made, reversed and made again would be one sheet.
    """
    for name in (*IDENTITY, *WORDS, *FIGURES):
        text, year = said.get(name, "").strip(), said.get(f"{name}_year", "").strip()
        same = text == before.get(name, "") and year == before.get(f"{name}_year", "")
        if text and not same:
            yield (str(number), inn, name, before.get(name, ""), "", year if name in FIGURE_NAMES else "", text)


def write_sheet(path: Path, lines: Iterable[tuple[str, ...]]) -> None:
    """Write a sheet of corrections."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(lines)


def changes(workspace: Workspace, inn: Inn) -> list[Document]:
    """Return the latest changes of a card that were written by hand, the last one first, undone ones too."""
    return [
        {
            "run": run.id,
            "at": run.started_at.isoformat(),
            "by": run.header.by,
            "undone": run.undone_at is not None,
            "fields": _fields(workspace, inn, run),
        }
        for run in _runs(workspace, inn)[::-1][:LATEST]
    ]


def _runs(workspace: Workspace, inn: Inn) -> list[Run]:
    return [run for run in workspace.store.runs() if run.header.file_name == file_of(inn)]


def _fields(workspace: Workspace, inn: Inn, run: Run) -> list[str]:
    with workspace.store.read() as reader:
        seen = [each.facts for each in reader.observations([inn]).get(inn, []) if each.run_id == run.id]
    names = dict.fromkeys(name for facts in seen for name in (*facts.values, *(each.name for each in facts.figures)))
    return list(names)


def take_back(workspace: Workspace, inn: Inn, run_id: int, by: str | None = None) -> None:
    """Take a change of a card back; with ``by`` only one of that login.

    Raises
    ------
    DataError
        If the import is no such change.
    """
    with workspace.store.read() as reader:
        header = reader.run(run_id).header
    if header.file_name != file_of(inn) or by not in (None, header.by):
        raise DataError(T("import {run} is no change of yours to this card", run=run_id), T("reload the page"))
    undo(workspace, run_id)

"""Use cases of introductions: a company asks to meet another, a manager mediates, both see what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError
from models.identifiers import Inn, parse_inn
from models.introductions import Introduction, Introductions, Pair, State
from models.names import shown_name
from models.records import Company
from models.text import Lang, T


def ask(workspace: Workspace, supplier: str, buyer: str, note: str, inn: Inn | None, by: str) -> Document:
    """Ask a manager to introduce a supplier and a buyer.

    Parameters
    ----------
    workspace
        The register.
    supplier, buyer
        INNs. The company that does not ask must be in the register; the one that asks need not.
    note
        What the manager should know, in the asker's words.
    inn
        The company that asks; ``None`` if a manager does, for a firm of the register.
    by
        Login of who asks.

    Raises
    ------
    UnknownCompany
        If the register does not hold a company it has to hold.
    """
    pair = parse_inn(supplier), parse_inn(buyer)
    workspace.known(each for each in pair if each != inn)
    return _step(workspace, pair, "waiting", note, inn, by)


def answer(workspace: Workspace, supplier: str, buyer: str, state: State, note: str, by: str) -> Document:
    """Say what came of a request, as the manager who mediates; ``waiting`` takes the answer back."""
    return _step(workspace, (parse_inn(supplier), parse_inn(buyer)), state, note, None, by)


def withdraw(workspace: Workspace, supplier: str, buyer: str, inn: Inn | None, by: str) -> Document:
    """Take a request back, for the company that made it.

    Raises
    ------
    DataError
        If it made none that waits.
    """
    pair = parse_inn(supplier), parse_inn(buyer)
    with workspace.store.read() as reader:
        found = Introductions(reader.connection).of_pair(*pair)
    if found is None or not (inn in found.askers if inn else found.asked.inn is None):
        raise DataError(T("there is no request of yours to this company"), T("list your requests and look again"))
    return _step(workspace, pair, "withdrawn", "", inn, by)


def _step(workspace: Workspace, pair: Pair, state: State, note: str, inn: Inn | None, by: str) -> Document:
    with workspace.store.begin() as unit:
        made = Introductions(unit.connection).step(pair, state, note=note.strip(), inn=inn, by=by)
    return item(made, workspace.companies(made.pair), workspace.settings.lang)


def introductions(workspace: Workspace, inn: Inn | None = None) -> Document:
    """Return introductions, those that wait first and then the latest; of all, or those that one company may see.

    What others ask of a company is the manager's to tell (:meth:`models.introductions.Introduction.seen_by`).
    """
    with workspace.store.read() as reader:
        found = [each for each in Introductions(reader.connection).all(inn) if each.seen_by(inn)]
        firms = reader.companies_by_inn({each for one in found for each in one.pair})
    ordered = sorted(found, key=lambda each: each.state != "waiting")
    return {
        "waiting": sum(each.state == "waiting" for each in found),
        "items": [item(each, firms, workspace.settings.lang) for each in ordered],
    }


def states(workspace: Workspace, supplier: Inn | None, buyer: Inn | None, by: Inn | None) -> dict[Inn, State]:
    """Return how things stand between one company and others, by the INN of the other.

    Parameters
    ----------
    workspace
        The register.
    supplier, buyer
        The company, as one or the other.
    by
        The company that looks, and sees what it may; ``None`` for a manager.
    """
    inn = supplier or buyer
    with workspace.store.read() as reader:
        found = Introductions(reader.connection).all(inn)
    at = 1 if supplier else 0
    return {each.pair[at]: each.state for each in found if each.pair[1 - at] == inn and each.seen_by(by)}


def item(found: Introduction, firms: Mapping[str, Company], lang: Lang) -> Document:
    """Return an introduction with both firms named and every step."""
    supplier, buyer = (_firm(inn, firms, lang) for inn in found.pair)
    return {
        "supplier": supplier,
        "buyer": buyer,
        "state": found.state,
        "note": found.asked.note,
        "asked_for": found.asked.inn,
        "asked_by": found.asked.by,
        "asked_at": found.asked.at.isoformat(),
        "askers": sorted(found.askers),
        "steps": list(_steps(found)),
    }


def _firm(inn: Inn, firms: Mapping[str, Company], lang: Lang) -> Document:
    company = firms.get(inn)
    if company is None:
        return {"inn": inn, "name": "", "city": None}
    return {"inn": inn, "name": shown_name(company, lang), "city": company.city}


def _steps(found: Introduction) -> Iterable[Document]:
    for step in found.steps:
        yield {"state": step.state, "note": step.note, "inn": step.inn, "by": step.by, "at": step.at.isoformat()}

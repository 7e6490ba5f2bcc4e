"""The card of a company: its facts, its figures, and what every source says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.report.frame import Document, Frame
from models.identifiers import is_sole_trader
from models.records import Company, Figure
from models.statements import Statement

#: What would lead to a person who trades in their own name.
PERSONAL = frozenset({"name", "address", "lat", "lon"})


def facts(company: Company, names: Mapping[str, str]) -> Document:
    """Return what a card tells beyond a line of a list.

    Parameters
    ----------
    company
        The company.
    names
        INN to name of the owners that the register holds.
    """
    return {
        "ogrn": company.ogrn,
        "founded": company.founded,
        "status": company.status,
        "website": company.website,
        "offers": company.offers or None,
        "needs": company.needs or None,
        "products_okpd2": list(company.products_okpd2),
        "okved_extra": list(company.okved_extra),
        "founders": [{"inn": inn, "name": names.get(inn)} for inn in company.founders],
        "managed_by": [{"inn": inn, "name": names.get(inn)} for inn in company.managed_by],
        "licences": list(company.licences),
        "tax_regimes": list(company.tax_regimes),
        "equipment": company.equipment or None,
        "capacity": company.capacity or None,
        "waste": company.waste or None,
        "vacancies": company.vacancies or None,
    }


def figures(known: Iterable[Figure]) -> list[Document]:
    """Return figures as a card lists them."""
    return [{"name": figure.name, "year": figure.year, "value": figure.value} for figure in known]


def statement_items(frame: Frame, company: Company, said: Iterable[Statement]) -> list[Document]:
    """Return what every source says, field by field; of a sole trader nothing that names a person."""
    person = is_sole_trader(company.inn)
    return [_statement(frame, each) for each in said if not (person and each.field in PERSONAL)]


def _statement(frame: Frame, statement: Statement) -> Document:
    return {
        "field": statement.field,
        "year": statement.year,
        "value": _plain(statement.value),
        "disputed": statement.disputed,
        "why": frame.say(statement.why),
        "said": [
            {
                "value": _plain(said.value),
                "source": said.source,
                "kind": said.kind,
                "date": said.as_of,
                "run": said.run,
                "in_force": said.in_force,
            }
            for said in statement.said
        ],
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value

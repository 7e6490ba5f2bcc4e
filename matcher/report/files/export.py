"""The register as tables that Zveno reads back: companies with their figures by year, and observed sales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.intake.formats.zveno_export import COLUMNS, SEPARATOR
from matcher.intake.headers import column_title
from matcher.report.files.sheets import Cell, Sheet
from models.reader import Reader, batches
from models.records import FIGURE_NAMES, Company, Link
from models.text import Lang, T

#: Columns of observed sales.
LINK_COLUMNS = ("supplier_inn", "buyer_inn", "okpd2", "amount_rub", "date", "source", "offers")
#: Companies whose figures are fetched at once.
PAGE = 2000


def companies_sheet(reader: Reader, lang: Lang, companies: Iterable[Company], with_sources: bool) -> Sheet:
    """Return companies of the register, one a row, with a column for each figure of each year."""
    years = reader.figure_years()
    titles = [column_title(name, lang) for name in COLUMNS]
    titles += [column_title(name, lang, year) for name, year in years]
    rows = company_rows(reader, companies, years)
    if not with_sources:
        return Sheet(T("companies").render(lang), titles, (row for _, row in rows))
    told = ([*row, sources_text(company, lang)] for company, row in rows)
    return Sheet(T("companies").render(lang), [*titles, T("told by").render(lang)], told)


def company_rows(
    reader: Reader, companies: Iterable[Company], years: Sequence[tuple[str, int]]
) -> Iterator[tuple[Company, list[Cell]]]:
    """Yield each company with its row."""
    for batch in batches(companies, PAGE):
        figures = reader.figures_by_inn(company.inn for company in batch)
        for company in batch:
            known = {(figure.name, figure.year): figure.value for figure in figures.get(company.inn, ())}
            yield company, [*(cell(getattr(company, name)) for name in COLUMNS), *(known.get(at, "") for at in years)]


def cell(value: str | float | tuple[str, ...] | None) -> Cell:
    """Return a field as a cell.

    >>> cell(("20.15", "20.13")), cell(None)
    ('20.15; 20.13', '')
    """
    if value is None:
        return ""
    return SEPARATOR.join(value) if isinstance(value, tuple) else value


def sources_text(company: Company, lang: Lang) -> str:
    """Return which source tells which fields: ``Rosstat 2016: name, okved_main; table.csv: offers``."""
    told: dict[str, list[str]] = {}
    for name in (*COLUMNS, *FIGURE_NAMES):
        if name in company.provenance:
            told.setdefault(company.provenance[name][1], []).append(column_title(name, lang))
    return "; ".join(f"{source}: {', '.join(names)}" for source, names in told.items())


def links_sheet(links: Iterable[Link], lang: Lang) -> Sheet:
    """Return observed sales, one a row."""
    titles = [column_title(name, lang) for name in LINK_COLUMNS]
    return Sheet(T("sales").render(lang), titles, map(link_row, links))


def link_row(link: Link) -> list[Cell]:
    """Return an observed sale as cells."""
    day = link.date.isoformat() if link.date else ""
    amount: Cell = "" if link.amount_rub is None else link.amount_rub
    return [link.supplier_inn, link.buyer_inn, link.okpd2 or "", amount, day, link.source, link.text]

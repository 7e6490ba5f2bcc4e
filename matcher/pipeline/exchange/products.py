"""Use cases of the catalogue of products: of a cluster, of one firm, and as a workbook or a document to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from babel.dates import format_date

from matcher.pipeline.exchange.board_answers import TRADE
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.board import Notice, of_entry
from matcher.report.catalogue import (
    SALES,
    Maker,
    catalogue_segments,
    export_lines,
    made_in,
    maker_item,
    named_code,
    with_offers,
)
from matcher.report.chain.regions import places, segment_mass
from matcher.report.files.catalogue_book import catalogue_sheets
from matcher.report.files.sheets import write_workbook
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document
from models.board import Board
from models.clusters import cluster as cluster_of
from models.clusters import cluster_name
from models.errors import UsageError
from models.geography import region_name
from models.identifiers import is_sole_trader
from models.text import Lang, T

#: Activities told of one firm, and the least share of its output that one has.
ACTIVITIES, LEAST_SHARE = 6, 0.01


def makers_of(workspace: Workspace, cluster: str, region: str | None) -> list[Maker]:
    """Return the firms of a cluster that make something, each under its largest activity there, the largest first.

    Raises
    ------
    UsageError
        If there is no such cluster or region.
    """
    columns, where = workspace.columns, region_row(workspace, region)
    rows, mass = segment_mass(columns, cluster_of(cluster).key)
    place = places(mass)
    making = np.array([row.side != SALES for row in rows])
    member = (place >= 0) & making[place]
    firms = np.flatnonzero(member if where is None else member & (columns.region == where))
    firms = firms[np.argsort(-columns.output_rub[firms], kind="stable")]
    known = workspace.companies(columns.inn_of(int(firm)) for firm in firms)
    return [
        Maker(company, rows[place[firm]].slug, main_code(workspace, int(firm), cluster, rows[place[firm]].slug))
        for firm in firms
        if (company := known.get(columns.inn_of(int(firm)))) is not None and not is_sole_trader(company.inn)
    ]


def main_code(workspace: Workspace, firm: int, cluster: str, segment: str) -> str:
    """Return the activity group that carries most of a firm's output within a segment."""
    columns = workspace.columns
    entries = range(int(columns.share_indptr[firm]), int(columns.share_indptr[firm + 1]))
    within = [n for n in entries if (at := made_in(str(columns.share_detail[n]), cluster)) and at.segment == segment]
    best = max(within, key=lambda n: float(columns.share_value[n]))
    return workspace.economy.codes[int(columns.share_code[best])]


def board_offers(workspace: Workspace, today: date) -> dict[str, list[Notice]]:
    """Return the offers of goods, services and capacity that stand on the board, by firm."""
    found: dict[str, list[Notice]] = defaultdict(list)
    with workspace.store.read() as reader:
        for entry in Board(reader.connection).open(today):
            if entry.side == "offer" and entry.kind in TRADE:
                found[entry.inn].append(of_entry(entry))
    return dict(found)


def product_catalogue(
    workspace: Workspace, cluster: str, region: str | None, makers: Sequence[Maker], today: date
) -> Document:
    """Return what the firms of a cluster make.

    Parameters
    ----------
    workspace
        The register, and the language.
    cluster, region
        Whose firms.
    makers
        What :func:`makers_of` returned for them.
    today
        The day whose board is read.
    """
    lang = workspace.settings.lang
    rows, _ = segment_mass(workspace.columns, cluster)
    offers = board_offers(workspace, today)
    firms = workspace.companies(offers)
    local = {inn: firm for inn, firm in firms.items() if region in (None, firm.region_code)}
    whole = with_offers(makers, offers, cluster, local)
    segments = catalogue_segments(whole, rows, lang)
    told = [firm for row in segments for activity in row["activities"] for firm in activity["firms"]]
    return {
        "query": {"cluster": cluster, "region": region},
        "cluster_name": cluster_name(cluster_of(cluster), lang),
        "region_name": region_name(region, lang) if region else T("all regions").render(lang),
        "date": today.isoformat(),
        "day": format_date(today, locale=lang),
        "firms": len(told),
        "products": sum(len(firm["products"]) for firm in told),
        "offers": sum(len(firm["offers"]) for firm in told),
        "entries": sum(len(firm["entries"]) for firm in told),
        "segments": segments,
        "exports": export_lines(sorted({maker.code for maker in whole}), region, lang),
    }


def firm_products(workspace: Workspace, inn: str, today: date) -> Document:
    """Return what one firm makes: its activities, products, offers, and the export of the region in their lines.

    Raises
    ------
    UnknownCompany
        If the register does not hold it.
    """
    lang, columns = workspace.settings.lang, workspace.columns
    firm = workspace.firm(inn)
    key = columns.inn_of(firm)
    company = workspace.companies([key])[key]
    share = columns.share_row(firm)
    codes = [
        workspace.economy.codes[int(row)]
        for row in np.argsort(-share, kind="stable")[:ACTIVITIES]
        if share[row] >= LEAST_SHARE
    ]
    if is_sole_trader(key):
        company = replace(company, offers="", capacity="", website=None)
    entries = tuple(board_offers(workspace, today).get(key, ()))
    return {
        **maker_item(Maker(company, "", codes[0] if codes else "", entries), lang),
        "activities": [named_code(code, lang) for code in codes],
        "exports": export_lines(codes, company.region_code, lang),
    }


def write_catalogue(workspace: Workspace, document: Document, out: str) -> Document:
    """Write a catalogue as a workbook or as PDF, by the name of the file, whole or not at all.

    Raises
    ------
    UsageError
        If the file is to be neither.
    """
    path, lang = Path(out), workspace.settings.lang
    writers = {".xlsx": write_book, ".pdf": write_pdf}
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        raise UsageError(T("{path} is neither PDF nor XLSX", path=path), T("name it FILE.pdf or FILE.xlsx"))
    with written_whole(path) as draft:
        writer(draft, document, lang)
    counts: Mapping[str, int] = {name: document[name] for name in ("firms", "products", "offers", "entries")}
    return {"file": out, **counts}


def write_book(path: Path, document: Document, lang: Lang) -> None:
    """Write a catalogue as a workbook."""
    write_workbook(path, catalogue_sheets(document, lang))


def write_pdf(path: Path, document: Document, lang: Lang) -> None:
    """Write a catalogue as a document to print."""
    from matcher.report.files.catalogue_pdf import catalogue_pdf

    path.write_bytes(catalogue_pdf(document, lang))

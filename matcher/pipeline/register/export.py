"""The register written to files that can be imported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import numpy as np

from matcher.pipeline.workspace import Workspace
from matcher.report.chain.regions import MEMBER, segment_mass
from matcher.report.files.export import companies_sheet, links_sheet
from matcher.report.files.sheets import Sheet, write_csv, write_workbook
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document
from models.errors import UsageError
from models.reader import Reader
from models.records import Link
from models.text import Lang, T

#: Which INNs are to be written.
Chosen = Callable[[str], bool]


def export(workspace: Workspace, out: str, cluster: str | None = None, sources: bool = False) -> Document:
    """Write companies and observed sales: a workbook of two sheets, or two files of CSV.

    Parameters
    ----------
    workspace
        Whose register.
    out
        The file; sales stand in ``FILE.links.csv`` beside a ``FILE.csv``.
    cluster
        Only the companies of a cluster, and the sales that one of them takes part in.
    sources
        Whether a last column tells which source each field comes from.

    Raises
    ------
    UsageError
        If the file is to be neither CSV nor XLSX, or holds more than a workbook can.
    StorageError
        If it cannot be written; what was there before is left as it was.
    """
    path, lang = Path(out), workspace.settings.lang
    kind = path.suffix.casefold()
    if kind not in (".csv", ".xlsx"):
        raise UsageError(T("{path} is neither CSV nor XLSX", path=path), T("name it FILE.csv or FILE.xlsx"))
    chosen = chooser(workspace, cluster)
    with workspace.store.read() as reader:
        members = (company for company in reader.companies() if chosen(company.inn))
        companies = companies_sheet(reader, lang, members, sources)
        links = chosen_links(reader, chosen)
        if kind == ".xlsx":
            return write_one(path, companies, links_sheet(links, lang))
        return write_two(path, companies, links, lang)


def chooser(workspace: Workspace, cluster: str | None) -> Chosen:
    """Return what tells the INNs of a cluster's companies; of all without a cluster."""
    if cluster is None:
        return lambda _: True
    columns = workspace.columns
    _, mass = segment_mass(columns, cluster)
    members = {columns.inn_of(int(firm)) for firm in np.flatnonzero(mass.sum(axis=1) >= MEMBER)}
    return members.__contains__


def chosen_links(reader: Reader, chosen: Chosen) -> Iterator[Link]:
    """Yield the sales in which a chosen company takes part."""
    return (link for link in reader.links() if chosen(link.supplier_inn) or chosen(link.buyer_inn))


def write_one(path: Path, companies: Sheet, links: Sheet) -> Document:
    """Write a workbook."""
    with written_whole(path) as draft:
        counts = write_workbook(draft, [companies, links])
    return {"file": str(path), "links_file": None, "companies": counts[0], "links": counts[1]}


def write_two(path: Path, companies: Sheet, links: Iterator[Link], lang: Lang) -> Document:
    """Write CSV; without sales there is no second file, and one of an earlier export is taken away."""
    second = path.with_suffix(".links.csv")
    first_link = next(links, None)
    with ExitStack() as files:
        count = write_csv(files.enter_context(written_whole(path)), companies, lang)
        if first_link is None:
            files.callback(second.unlink, missing_ok=True)
            return {"file": str(path), "links_file": None, "companies": count, "links": 0}
        sales = links_sheet(chain([first_link], links), lang)
        sold = write_csv(files.enter_context(written_whole(second)), sales, lang)
    return {"file": str(path), "links_file": str(second), "companies": count, "links": sold}

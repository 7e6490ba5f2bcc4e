"""The main job on the bundled companies of the pilot region, start to end."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.intake.run import import_file
from matcher.pipeline.chain.gaps import gaps
from matcher.pipeline.chain.table import chain
from matcher.pipeline.described import Described
from matcher.pipeline.projects.candidates import Asked, projects
from matcher.pipeline.shortlists import Options, buyers_for, suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.regions import MEMBER, segment_mass
from matcher.report.frame import Document
from models.resources import data_path, read_table
from models.text import T

FILES = (
    "demo/rosstat_boo_2012.csv.gz",
    "demo/rosstat_boo_2013.csv.gz",
    "demo/rosstat_boo_2016.csv.gz",
    "demo/known_products.csv",
)
REGION, CLUSTER = "26", "chemical"
ANCHORS = ("2631015563", "2631006752", "2624022320")
SENTENCE = "Выпускаем полипропиленовые мешки и биг-бэги для минеральных удобрений"
SHORTLIST, GAPS, PROJECTS = 5, 5, 3


def load_demo(workspace: Workspace) -> Document:
    """Import the bundled files like any user's; a second time nothing is added."""
    reports = []
    for name in FILES:
        workspace.progress(T("loading {name}…", name=Path(name).name).render(workspace.settings.lang))
        reports.append(import_file(workspace.store, data_path(name), lang=workspace.settings.lang).as_document())
    totals = {key: sum(report[key] for report in reports) for key in ("read", "added", "changed", "unchanged")}
    return {**totals, "quarantined": [row for report in reports for row in report["quarantined"]], "results": reports}


def demo(workspace: Workspace) -> Document:
    """Return everything the demonstration shows, as one document."""
    loaded = load_demo(workspace)
    national, local = Options(top=SHORTLIST), Options(top=SHORTLIST, region=REGION)
    tell = workspace.progress
    tell(T("answering…").render(workspace.settings.lang))
    return {
        "loaded": loaded,
        "coverage": coverage(workspace),
        "chain": chain(workspace, CLUSTER, REGION),
        "suppliers": {
            inn: {**suppliers(workspace, inn, national), "regional": suppliers(workspace, inn, local)}
            for inn in ANCHORS
        },
        "buyers": buyers_for(workspace, Described(text=SENTENCE, region=REGION, city="Невинномысск"), national),
        "gaps": gaps(workspace, CLUSTER, REGION, None, GAPS),
        "projects": projects(workspace, Asked(cluster=CLUSTER, region=REGION), PROJECTS),
        "links": links_note(workspace),
    }


def coverage(workspace: Workspace) -> Document:
    """Return how much of the programme's cluster the register holds, row by row of its totals.

    Core counts firms that make raw material or finished products; support counts the supply stage.
    """
    columns = workspace.columns
    row = columns.region_number(REGION)
    rows, mass = segment_mass(columns, CLUSTER)
    local = np.flatnonzero(columns.region == row) if row is not None else np.array([], dtype=np.int64)
    member = mass[local].sum(axis=1) >= MEMBER
    best = mass[local].argmax(axis=1)
    supply = np.array([segment.stage == "supply" for segment in rows])
    held = {"core": int((member & ~supply[best]).sum()), "support": int((member & supply[best]).sum())}
    years = columns.output_year[local]
    return {
        "region": REGION,
        "cluster": CLUSTER,
        "firms": len(columns),
        "firms_in_region": len(local),
        "years": {str(year): int((years == year).sum()) for year in np.unique(years) if year},
        "programme": [
            {
                "scope": total["scope"],
                "programme_companies": int(total["companies"]),
                "programme_legal_entities": int(total["legal_entities"]),
                "register_companies": held[total["scope"]],
                "share": round(held[total["scope"]] / int(total["companies"]), 4),
            }
            for total in read_table("reference/programme_totals_2018.csv")
        ],
    }


def links_note(workspace: Workspace) -> Document:
    """Return how many observed links there are and, without any, how to add them."""
    lang = workspace.settings.lang
    observed = len(workspace.columns.link_supplier)
    note = (
        T("open accounting data hold no trade links: every pair below is inferred. Import observed links as a CSV with "
          "the columns supplier_inn, buyer_inn, okpd2, amount_rub, date, source: zveno import links.csv")
        if observed == 0
        else T("{count} observed pairs of supplier and buyer are loaded", count=observed)
    )  # fmt: skip
    return {"observed": observed, "note": note.render(lang)}

"""Documents for people: each view prints a document of the contract; the numbers shown are the document's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from matcher.cli import names, review
from matcher.cli import views_answers as answers
from matcher.cli import views_board as board
from matcher.cli import views_coefficients as coefficients
from matcher.cli import views_company as company
from matcher.cli import views_learn as learn
from matcher.cli import views_products as products
from matcher.cli import views_profile as profile
from matcher.cli import views_projects as projects
from matcher.cli import views_quality as quality
from matcher.cli import views_reconcile as reconcile
from matcher.cli import views_regional as regional
from matcher.cli import views_register as register
from matcher.cli import views_shortlists as shortlists
from matcher.cli.screen import Screen
from matcher.cli.words import SCOPES, label
from models.text import Lang, T

Document = Mapping[str, Any]


def render(view: str, document: Document, lang: Lang) -> None:
    """Print a document with the named view; ``{"results": […]}`` prints each answer in turn."""
    width = shutil.get_terminal_size((110, 40)).columns
    screen = Screen(Console(width=max(width, 60), highlight=False, soft_wrap=False), lang)
    for one in document.get("results", [document]):
        _one(screen, view, one)


def _one(screen: Screen, view: str, document: Document) -> None:
    if "error" in document:
        screen.plain(f"{document['error']['message']} {document['error']['hint']}")
        return
    VIEWS[view](screen, document)


def _demo(screen: Screen, document: Document) -> None:
    screen.title(T("1. What was loaded"))
    for report in document["loaded"]["results"]:
        register.import_(screen, report)
    _coverage(screen, document["coverage"])
    screen.title(T("2. The chemical cluster of Stavropol krai"))
    answers.chain(screen, document["chain"])
    screen.title(T("3. Suppliers for the anchors"))
    for anchor in document["suppliers"].values():
        shortlists.suppliers_flat(screen, anchor["regional"])
        shortlists.suppliers(screen, anchor)
    screen.title(T("4. Buyers for a small company"))
    shortlists.buyers(screen, document["buyers"])
    screen.title(T("5. Gaps and projects"))
    regional.gaps(screen, document["gaps"])
    projects.projects(screen, document["projects"])
    screen.title(T("What is not known"))
    screen.plain(document["links"]["note"])


def _coverage(screen: Screen, document: Document) -> None:
    years = ", ".join(f"{year}: {count}" for year, count in document["years"].items())
    screen.line(
        T("the register holds {firms} firms, {local} of the region; figures of the region's firms by year: {years}",
          firms=document["firms"], local=document["firms_in_region"], years=years)
    )  # fmt: skip
    screen.table(
        [T("scope"), T("in the programme"), T("in the register"), T("covered")],
        [
            (
                screen.say(label(SCOPES, row["scope"])),
                str(row["programme_companies"]),
                str(row["register_companies"]),
                screen.percent(row["share"]),
            )
            for row in document["programme"]
        ],
        right=(1, 2, 3),
    )
    screen.line(
        T(
            "Coverage is thin: open accounts of these years list large firms; small ones come with the "
            "tax service's register. No firm is invented."
        )
    )


VIEWS: Mapping[str, Callable[[Screen, Document], None]] = {
    "suppliers": shortlists.suppliers,
    "suppliers_flat": shortlists.suppliers_flat,
    "buyers": shortlists.buyers,
    "explain": shortlists.explain,
    "gaps": regional.gaps,
    "projects": projects.projects,
    "structure": regional.structure,
    "chain": answers.chain_and_flows,
    "project": projects.project,
    "project_decisions": projects.decided,
    "profile": profile.view,
    "resolve": names.view,
    "companies": register.companies,
    "company": company.card,
    "company_sources": company.with_sources,
    "classify": register.classify,
    "inputs": register.inputs,
    "coefficients": coefficients.report,
    "positions": coefficients.positions,
    "import": register.import_,
    "imports": register.imports,
    "export": register.export,
    "rebuilt": register.rebuilt,
    "facts": register.facts,
    "accounts": register.accounts,
    "mappings": register.mappings,
    "columns": register.columns,
    "undone": register.facts,
    "decision": register.decision,
    "learned": learn.learned,
    "versions": learn.versions,
    "weights_undone": learn.undone,
    "review": review.view,
    "question": review.question,
    "answered": review.answered,
    "evaluate": quality.evaluate,
    "graphml": register.graphml,
    "reconcile": reconcile.view,
    "board": board.board,
    "board_entry": board.entry,
    "catalogue": products.view,
    "demo": _demo,
}

"""The catalogue of products: of a cluster, of one firm, and as files in either language."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from api import queries
from api.answers import CHEMICAL
from api.asking import held, page_query, workspace
from api.computing import patience
from api.languages import LANGUAGES, current_language
from api.pages.files import download
from api.pages.site import blueprint, page
from matcher.index.filters import checked
from matcher.pipeline.exchange.products import firm_products, makers_of, product_catalogue, write_catalogue
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.clusters import segments
from models.text import Lang

KINDS_OF_FILE = ("xlsx", "pdf")


@blueprint.get("/catalogue")
def catalogue() -> str:
    """Show what the firms of a cluster make: its contents, or one segment with its firms."""
    asked = page_query(queries.CatalogueQuery)
    document = catalogue_of(asked, current_language())
    if asked.get("segment"):
        checked("segment", [asked["segment"]], [row.slug for row in segments(document["query"]["cluster"])])
    chosen = [row for row in document["segments"] if row["segment"] == asked.get("segment")]
    return page(
        "catalogue.html",
        document=document,
        asked=asked,
        chosen=chosen[0] if chosen else None,
        files=[(kind, lang, file_address(asked, kind, lang)) for kind in KINDS_OF_FILE for lang in LANGUAGES],
    )


@blueprint.get("/catalogue/<inn>")
def catalogue_firm(inn: str) -> str:
    """Show what one firm makes."""
    return page("catalogue_firm.html", firm=firm_products(workspace(), inn, date.today()))


@blueprint.get("/catalogue.xlsx")
def catalogue_workbook() -> Response:
    """Send the catalogue as a workbook."""
    return catalogue_file(page_query(queries.CatalogueQuery), "xlsx")


@blueprint.get("/catalogue.pdf")
def catalogue_print() -> Response:
    """Send the catalogue as a document to print."""
    return catalogue_file(page_query(queries.CatalogueQuery), "pdf")


def catalogue_file(asked: dict[str, Any], kind: str) -> Response:
    """Return the catalogue as a file in the language that is asked for."""
    lang: Lang = asked.get("language") or current_language()
    with TemporaryDirectory(prefix="zveno-catalogue-") as folder:
        path = Path(folder) / f"catalogue.{kind}"
        write_catalogue(held().speaking[lang], catalogue_of(asked, lang), str(path))
        content = path.read_bytes()
    return download(content, f"catalogue-{asked.get('cluster', CHEMICAL)}-{lang}", kind)


def catalogue_of(asked: dict[str, Any], lang: Lang) -> Document:
    """Return the catalogue; who makes what is looked up once for each state of the register."""
    cluster, region = asked.get("cluster", CHEMICAL), asked.get("region")

    def makers(here: Workspace) -> Document:
        return {"makers": makers_of(here, cluster, region)}

    state = held()
    known = state.kept_undecided(("catalogue", cluster, region), lang, makers, patience())["makers"]
    return product_catalogue(state.speaking[lang], cluster, region, known, date.today())


def file_address(asked: dict[str, Any], kind: str, lang: Lang) -> str:
    """Return where a file of the catalogue is had."""
    endpoint = "pages.catalogue_workbook" if kind == "xlsx" else "pages.catalogue_print"
    return url_for(endpoint, cluster=asked.get("cluster"), region=asked.get("region"), language=lang)

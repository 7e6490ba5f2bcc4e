"""The command of the catalogue of products."""

from __future__ import annotations

from datetime import date

import click

from matcher.cli.main import Session, common, zveno
from matcher.cli.queries import CLUSTER, REGION


@zveno.command()
@CLUSTER
@REGION
@click.option("--out", metavar="FILE", help="Write it to FILE.pdf or FILE.xlsx, in the language of --lang.")
@common
def catalogue(session: Session, cluster: str | None, region: str | None, out: str | None) -> None:
    """What the firms of a cluster make, by segment and activity; with --out as a file in either language."""
    from matcher.pipeline.exchange.products import makers_of, product_catalogue, write_catalogue

    workspace, key = session.workspace, cluster or "chemical"
    document = product_catalogue(workspace, key, region, makers_of(workspace, key, region), date.today())
    if out:
        session.emit(write_catalogue(workspace, document, out), "facts")
        return
    session.emit(document, "catalogue")

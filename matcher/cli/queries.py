"""Commands that answer questions."""

from __future__ import annotations

import click

from matcher.cli.main import Session, common, requests_of, zveno
from models.errors import UsageError
from models.identifiers import LARGEST_NUMBER
from models.text import T
from models.typical import Order

TOP = click.IntRange(1, 10_000)
#: Number of a row of the database.
ROW = click.IntRange(1, LARGEST_NUMBER)
CLUSTER = click.option("--cluster", metavar="KEY", help="Cluster key, for example chemical.")
REGION = click.option("--region", metavar="NN", help="Two-digit region code, for example 26.")
FILE = click.option("--file", metavar="FILE", help="Read requests from a file, one a line.")


@zveno.command()
@common
def demo(session: Session) -> None:
    """Load the bundled real companies and show coverage, chain, shortlists, gaps and projects."""
    from matcher.pipeline.demo import demo as run_demo

    session.emit(run_demo(session.workspace), "demo")


@zveno.command()
@CLUSTER
@REGION
@click.option("--anchor", metavar="INN", help="Gaps around one firm.")
@click.option("--top", type=TOP, default=20, show_default=True, help="Gaps to list.")
@common
def gaps(session: Session, cluster: str | None, region: str | None, anchor: str | None, top: int) -> None:
    """Where the chain breaks, what it costs and who could close it."""
    from matcher.pipeline.chain.gaps import gaps as answer

    session.emit(answer(session.workspace, cluster, region, anchor, top), "gaps")


@zveno.command()
@CLUSTER
@REGION
@click.option("--graphml", metavar="FILE", help="Write the supplier-buyer graph instead of the table.")
@click.option("--profile", is_flag=True, help="Add dynamics by year and structure of stages and segments.")
@click.option("--segment", metavar="S", help="With --profile: one segment, for example fertilisers_pesticides.")
@click.option("--years", metavar="Y-Y", help="With --profile: years to look at, for example 2016-2024.")
@click.option("--out", metavar="FILE", help="With --profile: write its tables to a workbook (XLSX).")
@common
def chain(
    session: Session,
    cluster: str | None,
    region: str | None,
    graphml: str | None,
    profile: bool,
    segment: str | None,
    years: str | None,
    out: str | None,
) -> None:
    """The value-chain table of a cluster by stage and segment, with --profile its dynamics."""
    key = cluster or "chemical"
    if profile and graphml:
        raise UsageError(T("a profile and a graph were both asked for"), T("give --profile or --graphml"))
    if profile:
        _profile(session, key, region, segment, years, out)
        return
    from matcher.pipeline.chain.network import write_graphml
    from matcher.pipeline.chain.profile import only_with_profile
    from matcher.pipeline.chain.table import chain as answer

    given = {"--segment": segment, "--years": years, "--out": out}
    only_with_profile([name for name, value in given.items() if value])
    if graphml:
        session.emit(write_graphml(session.workspace, key, region, graphml), "graphml")
        return
    session.emit(answer(session.workspace, key, region), "chain")


def _profile(
    session: Session, cluster: str, region: str | None, segment: str | None, years: str | None, out: str | None
) -> None:
    from matcher.pipeline.chain.profile import profile as answer
    from matcher.pipeline.chain.profile import write_profile

    document = answer(session.workspace, cluster, region, segment, years)
    if out:
        session.emit(write_profile(document, out, session.settings.lang), "facts")
        return
    session.emit(document, "profile")


@zveno.command()
@click.argument("file", metavar="FILE")
@click.option("--totals", metavar="FILE", help="Table of the totals that are stated for it.")
@CLUSTER
@REGION
@common
def reconcile(session: Session, file: str, totals: str | None, cluster: str | None, region: str | None) -> None:
    """Compare a published value-chain table with its stated totals and with the register."""
    from matcher.pipeline.chain.reconcile import reconcile as answer

    session.emit(answer(session.workspace, file, totals, cluster or "chemical", region), "reconcile")


@zveno.command()
@CLUSTER
@click.option("--stage", metavar="S", help="raw_material, finished_product or supply.")
@click.option("--segment", metavar="S", help="Segment of the cluster, for example fertilisers_pesticides.")
@REGION
@click.option("--query", metavar="TEXT", help="Part of a name, an INN or a town.")
@click.option("--top", type=TOP, default=100, show_default=True, help="Companies to list.")
@common
def companies(
    session: Session,
    cluster: str | None,
    stage: str | None,
    segment: str | None,
    region: str | None,
    query: str | None,
    top: int,
) -> None:
    """List companies with their place in the chain."""
    from matcher.pipeline.lookups import companies as answer

    session.emit(answer(session.workspace, cluster or "chemical", stage, segment, region, query, top), "companies")


@zveno.command()
@click.argument("inns", metavar="INN", nargs=-1)
@FILE
@click.option("--sources", is_flag=True, help="Who said what of every field, when, and why one value is in force.")
@common
def company(session: Session, inns: tuple[str, ...], file: str | None, sources: bool) -> None:
    """All that is known of a company, and where sources disagree."""
    from matcher.pipeline.companies.company import company_card

    requests, workspace = requests_of(inns, file), session.workspace
    view = "company_sources" if sources else "company"
    session.emit_each(requests, lambda inn: company_card(workspace, inn), view)


@zveno.command()
@click.option("--text", metavar="T", help="A text about products or services.")
@click.option("--file", metavar="FILE", help="Texts, one a line.")
@click.option("--inn", metavar="INN", multiple=True, help="A company of the register; may be repeated.")
@click.option("--okved", metavar="CODE", multiple=True, help="An activity code; may be repeated.")
@CLUSTER
@click.option("--top", type=TOP, default=5, show_default=True, help="Candidates to list.")
@click.argument("more", metavar="[MORE]", nargs=-1)
@common
def classify(
    session: Session,
    text: str | None,
    file: str | None,
    inn: tuple[str, ...],
    okved: tuple[str, ...],
    cluster: str | None,
    top: int,
    more: tuple[str, ...],
) -> None:
    """What a text, a company or a code does, in four-digit activity groups."""
    from matcher.pipeline.lookups import classify_inn, classify_okved, classify_text

    given = [name for name, value in (("text", text), ("file", file), ("inn", inn), ("okved", okved)) if value]
    if text == "" and not given:
        given = ["text"]
    if len(given) != 1:
        raise UsageError(T("say what to classify, one way"), T("give one of --text, --file, --inn, --okved"))
    workspace = session.workspace
    if inn:
        session.emit_each([*inn, *more], lambda one: classify_inn(workspace, one, cluster, top), "classify")
    elif okved:
        session.emit_each([*okved, *more], lambda one: classify_okved(workspace, one, cluster, top), "classify")
    elif file:
        lines = requests_of((), file)
        session.emit_each(lines, lambda one: classify_text(workspace, one, cluster, top), "classify")
    else:
        session.emit(classify_text(workspace, text or "", cluster, top), "classify")


@zveno.command()
@click.argument("codes", metavar="OKVED", nargs=-1)
@FILE
@click.option("--top", type=TOP, default=20, show_default=True, help="Cells to list.")
@click.option("--of", "users_of", is_flag=True, help="Which activities use the code, instead of what it needs.")
@click.option(
    "--by",
    "order",
    type=click.Choice(["coefficient", "need"]),
    default="coefficient",
    show_default=True,
    help="Sort by roubles, or by what the trade typically takes.",
)
@common
def inputs(session: Session, codes: tuple[str, ...], file: str | None, top: int, users_of: bool, order: Order) -> None:
    """What an activity needs, or with --of which activities use what it makes."""
    from matcher.pipeline.lookups import inputs as needs
    from matcher.pipeline.lookups import users

    workspace = session.workspace
    answer = users if users_of else needs
    session.emit_each(requests_of(codes, file), lambda code: answer(workspace, code, top, order), "inputs")

"""Commands about joint projects (candidates, a portfolio, one printable sheet) and what holds firms together."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.main import Session, common, zveno
from matcher.cli.queries import CLUSTER, REGION, TOP
from matcher.cli.words import GAINS, ROLES
from models.errors import UsageError
from models.text import T

COUNT = click.IntRange(1, 50)


@zveno.command()
@click.option("--kind", metavar="K", help="One kind of project.")
@CLUSTER
@REGION
@click.option(
    "--anchor", metavar="INN", help="Only projects this firm takes part in; in its region unless one is named."
)
@click.option("--direction", metavar="D", help="Strategic direction of the programme, for example С5–В1.")
@click.option("--top", type=TOP, default=20, show_default=True, help="Candidates to list.")
@click.option("--portfolio", type=COUNT, metavar="N", help="Choose the portfolio worth most, of at most N projects.")
@click.option("--each", type=COUNT, metavar="N", help="With --portfolio: most projects for one firm (2).")
@click.option(
    "--smes", type=click.IntRange(0, 200), metavar="N", help="With --portfolio: fewest small and medium firms."
)
@click.option(
    "--budget-rub", type=click.FloatRange(min=0), metavar="N", help="With --portfolio: most it may cost to prepare."
)
@click.option("--rivals", is_flag=True, help="With --portfolio: also projects in which rivals would agree on prices.")
@click.option("--sheet", metavar="ID", help="Write the one-page sheet of a project, by its number, to --out.")
@click.option("--out", metavar="FILE", help="With --sheet: FILE.docx or FILE.pdf.")
@click.option("--decide", nargs=2, metavar="ID VERDICT", help="Remember a decision: accept, decline, later or reopen.")
@click.option("--reason", default="", metavar="T", help="With --decide: why.")
@click.option("--reason-code", default="", metavar="C", help="With --decide: why, as a code.")
@click.option("--undo", metavar="ID", help="Bring back what was in force before the last decision on a project.")
@click.option("--show", metavar="ID", help="One project in full, what has changed since it was decided on, every step.")
@click.option("--decided", is_flag=True, help="List the candidates that were decided on.")
@common
def projects(
    session: Session,
    kind: str | None,
    cluster: str | None,
    region: str | None,
    anchor: str | None,
    direction: str | None,
    top: int,
    portfolio: int | None,
    each: int | None,
    smes: int | None,
    budget_rub: float | None,
    rivals: bool,
    sheet: str | None,
    out: str | None,
    decide: tuple[str, str] | None,
    reason: str,
    reason_code: str,
    undo: str | None,
    show: str | None,
    decided: bool,
) -> None:
    """Joint-project candidates, or with --portfolio the choice of them worth most under limits."""
    from graph.portfolio import Limits
    from matcher.pipeline.projects import candidates as joint
    from matcher.pipeline.projects.memory import decided_projects, undo_project
    from matcher.pipeline.projects.page import project

    asked = joint.Asked(kind, cluster, region, direction, anchor)
    if decided:
        session.emit(decided_projects(session.workspace), "project_decisions")
        return
    if decide:
        session.emit(joint.decide_project(session.workspace, asked, *decide, reason, reason_code=reason_code), "facts")
        return
    if undo:
        session.emit(undo_project(session.workspace, undo), "facts")
        return
    if show:
        session.emit(project(session.workspace, asked, show), "project")
        return
    if sheet or out:
        if not (sheet and out):
            raise UsageError(T("a sheet needs a project and a file"), T("give both --sheet ID and --out FILE.docx"))
        roles = {**ROLES, **GAINS}
        session.emit(joint.project_sheet(session.workspace, asked, sheet, Path(out), roles), "facts")
        return
    if portfolio is None:
        given = {"--each": each, "--smes": smes, "--budget-rub": budget_rub, "--rivals": rivals or None}
        if lone := [name for name, value in given.items() if value is not None]:
            raise UsageError(
                T("{names} without --portfolio", names=", ".join(lone)), T("say how many projects: --portfolio 5")
            )
        session.emit(joint.projects(session.workspace, asked, top), "projects")
        return
    budget = float("inf") if budget_rub is None else budget_rub
    limits = Limits(portfolio, each or 2, smes or 0, budget)
    session.emit(joint.portfolio(session.workspace, asked, limits, rivals), "projects")


@zveno.command()
@CLUSTER
@REGION
@click.option("--top", type=COUNT, default=10, show_default=True, help="Entries of each list.")
@common
def structure(session: Session, cluster: str | None, region: str | None, top: int) -> None:
    """What holds the firms of a region together: sub-clusters, hubs, firms and links nobody can do without."""
    from matcher.pipeline.chain.firm_graph import structure as answer

    session.emit(answer(session.workspace, cluster, region, top), "structure")

"""Commands that change or check what Zveno holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from matcher.cli.columns import at_terminal, talk_of_columns
from matcher.cli.main import Session, common, zveno
from matcher.cli.queries import ROW


@zveno.command("import")
@click.argument("files", metavar="FILE", nargs=-1, required=True)
@click.option("--format", "format_name", metavar="NAME", help="Format, when detection should not decide.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@click.option("--sole-traders", is_flag=True, help="Take sole traders too (12-digit INN), without their names.")
@click.option("--year", type=click.IntRange(1990), help="Year of figures that state none.")
@click.option("--mapping", metavar="NAME", help="Saved mapping of columns, or a file with one; none for no mapping.")
@click.option("--no-input", is_flag=True, help="Ask nothing, not even at a terminal.")
@common
def import_(
    session: Session,
    files: tuple[str, ...],
    format_name: str | None,
    dry_run: bool,
    sole_traders: bool,
    year: int | None,
    mapping: str | None,
    no_input: bool,
) -> None:
    """Import companies or links from files; good rows are kept, bad ones reported."""
    from matcher.cli.progress import ImportProgress
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.register.mappings import mapping_choice

    workspace = session.workspace
    choice = mapping_choice(workspace, mapping)
    talks = not (no_input or session.as_json) and at_terminal()
    taken: list[bool] = []

    def report(file: str) -> dict[str, Any]:
        said = talk_of_columns(session, workspace, file, format_name, choice) if talks else choice
        with ImportProgress(session.settings.lang, session.tell) as progress:
            progress.begin(Path(file).name)
            document = import_one(
                workspace, file, format_name, dry_run, sole_traders, said, year=year, progress=progress.step
            )
        taken.append(document["readable"])
        return document

    session.emit_each(list(files), report, "import")
    if not any(taken):
        raise SystemExit(1)


@zveno.group(invoke_without_command=True)
@common
@click.pass_context
def imports(context: click.Context, session: Session) -> None:
    """History of imports; ``zveno imports undo RUN`` takes one back."""
    from matcher.pipeline.register.imports import history

    if context.invoked_subcommand is None:
        session.emit(history(session.workspace), "imports")


@imports.command("undo")
@click.argument("run", type=ROW)
@common
def undo(session: Session, run: int) -> None:
    """Take an import back, to the exact state before it."""
    from matcher.pipeline.register.imports import undo as take_back

    session.emit(take_back(session.workspace, run), "undone")


@imports.command("rebuild")
@common
def rebuild(session: Session) -> None:
    """Make every entry of the register anew from what its imports say."""
    from matcher.pipeline.register.imports import rebuild as make_anew

    session.emit(make_anew(session.workspace), "rebuilt")


@imports.command("quarantine")
@click.argument("run", type=ROW)
@click.option("--out", metavar="FILE", required=True, help="Workbook to write (XLSX).")
@common
def quarantine(session: Session, run: int, out: str) -> None:
    """Write what an import refused to a workbook: correct it and import it again."""
    from matcher.pipeline.register.imports import quarantine as write

    session.emit(write(session.workspace, run, out), "facts")


@imports.command("template")
@click.option("--out", metavar="FILE", required=True, help="Workbook to write (XLSX).")
@click.option("--questionnaire", is_flag=True, help="A questionnaire of members instead of a table of companies.")
@common
def template(session: Session, out: str, questionnaire: bool) -> None:
    """Write an empty table to fill in and import."""
    from matcher.pipeline.register.imports import template as write

    session.emit(write(out, questionnaire, session.workspace.settings.lang), "facts")


@imports.command("mappings")
@common
def mappings(session: Session) -> None:
    """List the saved mappings of columns."""
    from matcher.pipeline.register.mappings import saved_mappings

    session.emit(saved_mappings(session.workspace), "mappings")


@imports.command("mapping")
@click.argument("file")
@click.option("--columns", metavar="TITLE=NAME", multiple=True, help="What a column is; TITLE= leaves it out.")
@click.option("--save", metavar="NAME", help="Remember it for files with the same titles.")
@click.option("--replace", is_flag=True, help="Replace the mapping of that name.")
@common
def mapping(session: Session, file: str, columns: tuple[str, ...], save: str | None, replace: bool) -> None:
    """Show what the columns of a table are understood as; say what they are and save it."""
    from matcher.pipeline.register.mappings import describe

    session.emit(describe(session.workspace, file, columns, save, replace), "columns")


@zveno.command()
@click.option("--out", metavar="FILE", required=True, help="File to write (CSV or XLSX).")
@click.option("--cluster", metavar="KEY", help="Cluster key, for example chemical.")
@click.option("--sources", is_flag=True, help="Add a column that tells which source each field comes from.")
@common
def export(session: Session, out: str, cluster: str | None, sources: bool) -> None:
    """Write the register to a file that can be imported again: companies, figures by year, observed sales."""
    from matcher.pipeline.register.export import export as write

    session.emit(write(session.workspace, out, cluster, sources), "export")


@zveno.group()
def index() -> None:
    """The scoring index."""


@index.command("build")
@common
def index_build(session: Session) -> None:
    """Build the index of the present data."""
    workspace = session.workspace
    workspace.rebuild_index()
    session.emit(workspace.index_info(), "facts")


@index.command("info")
@common
def index_info(session: Session) -> None:
    """Say what the index holds."""
    session.emit(session.workspace.index_info(), "facts")


@zveno.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@common
def db_upgrade(session: Session) -> None:
    """Create the database or bring it to this version."""
    from matcher.pipeline.register.imports import database_state

    session.emit(database_state(session.workspace), "facts")


@db.command("check")
@common
def db_check(session: Session) -> None:
    """Say whether the database is whole and of this version."""
    from matcher.pipeline.register.imports import database_check

    found = database_check(session.workspace)
    session.emit(found, "facts")
    if not found["sound"]:
        raise SystemExit(1)


@db.command("backup")
@click.argument("file")
@common
def db_backup(session: Session, file: str) -> None:
    """Copy the register to a file."""
    from matcher.pipeline.register.backup import backup

    session.emit(backup(session.settings, file), "facts")


@db.command("restore")
@click.argument("file")
@common
def db_restore(session: Session, file: str) -> None:
    """Put a copy in the place of the register, keeping the register of before."""
    from matcher.pipeline.register.backup import restore

    session.emit(restore(session.settings, file), "facts")


@zveno.group()
def coefficients() -> None:
    """The coefficient matrix."""


@coefficients.command("build")
@click.option("--out", metavar="FOLDER", help="Where to write (default: the bundled data).")
@common
def coefficients_build(session: Session, out: str | None) -> None:
    """Build the matrix from the reference tables."""
    from matcher.pipeline.coefficients.build import build

    session.emit(build(Path(out) if out else None), "coefficients")


@coefficients.command("check")
@common
def coefficients_check(session: Session) -> None:
    """Check the shipped matrix against its sources."""
    from matcher.pipeline.coefficients.build import check

    session.emit(check(), "coefficients")


@coefficients.command("positions")
@click.option("--cluster", metavar="KEY", help="Cluster key, for example chemical.")
@click.option("--top", type=click.IntRange(1, 700), default=20, show_default=True, help="Codes to list.")
@common
def coefficients_positions(session: Session, cluster: str | None, top: int) -> None:
    """Where each activity stands in the chain: upstreamness and trophic level, beside the stages of the clusters."""
    from matcher.pipeline.coefficients.positions import positions

    session.emit(positions(cluster, top, session.settings.lang), "positions")

"""Read a published value-chain table and its stated totals, and reconcile them with the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from matcher.intake.detect import TABLES, probe
from matcher.intake.fields import is_missing
from matcher.intake.table import sheet_names, whole_rows
from matcher.pipeline.chain.table import chain
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.reconcile import (
    Quantity,
    Row,
    Total,
    compare_register,
    compare_totals,
    folded,
    impossible,
    quantity,
)
from matcher.report.frame import Document
from models.clusters import segments
from models.errors import DataError, UnreadableFile
from models.text import T

#: Columns that say where a row belongs, by the names they go by.
STAGE, SEGMENT = ("stage", "этап", "стадия"), ("segment", "сегмент")
SCOPE, STAGES = ("scope", "охват"), ("stages", "этапы", "стадии")
_WORDS = frozenset({*STAGE, *SEGMENT, *SCOPE, *STAGES, "side", "сторона", "segment_en"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: its file, titles, and rows with their lines."""

    path: Path
    titles: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    def column(self, names: Sequence[str]) -> str:
        """Return the title of a required column."""
        found = next((title for title in self.titles if title.casefold() in names), None)
        if found is None:
            raise DataError(
                T("{path}: no column {name}; columns found: {found}",
                  path=self.path, name=names[0], found=", ".join(self.titles)[:300]),
                T("name the column {name}", name=names[0]),
            )  # fmt: skip
        return found

    def quantities(self) -> tuple[Quantity, ...]:
        """Return the columns of figures."""
        return tuple(quantity(title) for title in self.titles if title and title.casefold() not in _WORDS)


def reconcile(workspace: Workspace, file: str, totals: str | None, cluster: str, region: str | None) -> Document:
    """Return where a published table disagrees with its totals, with what is possible, and with the register.

    Raises
    ------
    UnreadableFile
        If a file is missing, damaged or empty.
    DataError
        If a column is missing, a figure is no number, or a total is over a stage the table does not have.
    """
    table = read_table(Path(file))
    columns = table.quantities()
    rows = list(published_rows(table, columns))
    stated = [] if totals is None else list(stated_totals(read_table(Path(totals)), {row.stage for row in rows}))
    lang = workspace.settings.lang
    return {
        "file": file,
        "cluster": cluster,
        "region": region,
        "totals": compare_totals(rows, stated, columns),
        "impossible": impossible(rows, lang),
        "register": compare_register(rows, columns, register_rows(workspace, cluster, region)),
    }


def read_table(path: Path) -> Table:
    """Return a table whose first row is its header."""
    source = probe(path)
    sheets = sheet_names(source) if source.content in TABLES else ()
    if not sheets:
        raise UnreadableFile(T("{path} is no table", path=path), T("save it as CSV or XLSX"))
    rows = whole_rows(source, sheets[0])
    _, titles = next(rows, (0, []))
    body = tuple((line, dict(zip(titles, cells, strict=False))) for line, cells in rows)
    if not body:
        raise UnreadableFile(T("{path} has a header and no rows", path=path), T("export it again with its rows"))
    return Table(path, tuple(titles), body)


def published_rows(table: Table, columns: Sequence[Quantity]) -> Iterator[Row]:
    """Yield the rows of a value-chain table."""
    stage, segment = table.column(STAGE), table.column(SEGMENT)
    for line, cells in table.rows:
        yield Row(line, cells.get(stage, ""), cells.get(segment, ""), figures(table.path, line, cells, columns))


def stated_totals(table: Table, known: set[str]) -> Iterator[Total]:
    """Yield the totals that are stated."""
    scope, over = table.column(SCOPE), table.column(STAGES)
    for line, cells in table.rows:
        stages = tuple(each.strip() for each in cells.get(over, "").split(";"))
        for unknown in (each for each in stages if each not in known):
            raise DataError(
                T("{path}, line {line}, {column}: no row of the table is of the stage {stage}",
                  path=table.path, line=line, column=over, stage=unknown or "—"),
                T("stages of the table: {stages}", stages=", ".join(sorted(known))),
            )  # fmt: skip
        yield Total(cells.get(scope, ""), stages, figures(table.path, line, cells, table.quantities()))


def figures(path: Path, line: int, cells: Mapping[str, str], columns: Sequence[Quantity]) -> dict[str, Decimal]:
    """Return the figures of a row by quantity, as they are written."""
    found = {}
    for column in columns:
        text = cells.get(column.column, "")
        if is_missing(text) or (column.name in ("", "segment_en")):
            continue
        try:
            found[column.name] = exact(text)
        except InvalidOperation as error:
            raise DataError(
                T("{path}, line {line}, {column}: {value} is no number",
                  path=path, line=line, column=column.column, value=text[:80]),
                T("write a number, or leave the cell empty"),
            ) from error  # fmt: skip
    return found


def exact(text: str) -> Decimal:
    """Return a number with the decimals it is written with, which tell how it was rounded.

    >>> exact("1 639"), exact("110,70")
    (Decimal('1639'), Decimal('110.70'))
    """
    number = Decimal("".join(text.split()).replace(",", "."))
    if not number.is_finite():
        raise InvalidOperation
    return number


def register_rows(workspace: Workspace, cluster: str, region: str | None) -> dict[str, Document]:
    """Return the register's value-chain table by every name a segment goes by."""
    by_slug = {str(row["segment"]): row for row in chain(workspace, cluster, region)["rows"]}
    return {
        folded(name): by_slug[each.slug]
        for each in segments(cluster)
        if each.slug in by_slug
        for name in (each.slug, each.name_ru, each.name_en)
    }

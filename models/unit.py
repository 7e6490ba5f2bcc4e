"""What can be done to the store: one transaction, kept whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.bulk import insert_rows
from models.decision_reasons import check_reason
from models.errors import DataError, UsageError
from models.events import VERDICTS, Decision, Observation, Rebuilt, Rejection, Run, RunHeader, Superseded, Tally, Undone
from models.fold import NOTHING, PRECEDENCE, Fold, fold, keep_all
from models.learned import LearnedWeights, in_force, learned_row
from models.project_decisions import ProjectDecision, ProjectDecisions
from models.reader import IN_LIMIT, LIVE_RUNS, Reader, batches
from models.records import CompanyFacts, Link
from models.refold import misfolded
from models.review import beside
from models.review_queue import ReviewQueue
from models.text import T

#: Rows of facts folded and written at once.
BATCH = 2000
#: Chooses among the rows that one file has of one company.
Settle = Callable[[Sequence[CompanyFacts]], tuple[list[CompanyFacts], list[Superseded]]]


class Unit(Reader):
    """Changes to the store within one transaction; it reads what it wrote.

    Parameters
    ----------
    connection
        A connection with a transaction begun by :meth:`models.store.Store.begin`.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._touched: set[str] = set()

    @property
    def review(self) -> ReviewQueue:
        """Rows without INN: what people say of them."""
        return ReviewQueue(self)

    def record_run(self, header: RunHeader) -> int:
        """Begin an import and return its number; writers wait for one another here."""
        if header.kind not in PRECEDENCE:
            raise ValueError(f"{header.kind!r} is no kind of source; known are {sorted(PRECEDENCE)}")
        self.lock("data_version")
        inserted = self.connection.execute(sa.insert(tables.import_run).values(codec.header_row(header, codec.now())))
        key = inserted.inserted_primary_key
        assert key is not None
        return int(key[0])

    def finish_run(self, run_id: int, tally: Tally) -> None:
        """Note how an import went."""
        run = tables.import_run
        values = {**asdict(tally), "finished_at": codec.now()}
        self.connection.execute(sa.update(run).where(run.c.id == run_id).values(values))

    def apply_facts(
        self, run_id: int, facts: Iterable[CompanyFacts], settle: Settle = keep_all
    ) -> tuple[Tally, list[Superseded]]:
        """Log what rows of a run say and refold the companies they speak of.

        Parameters
        ----------
        run_id
            A run begun in this unit.
        facts
            Rows in any number; they are taken in batches.
        settle
            What to do with several rows of one company in one file: :func:`models.fold.keep_all` or
            :func:`models.fold.one_report_a_year`.

        Returns
        -------
        tally, superseded
            How many rows added a company, changed one or changed nothing; rows that lost to a larger report.
        """
        run, total, lost = self.run(run_id), Tally(), []
        for batch in batches(facts, BATCH):
            tally, superseded = self._apply_batch(run, batch, settle)
            total += tally
            lost += superseded
        return total, lost

    def _apply_batch(self, run: Run, batch: Sequence[CompanyFacts], settle: Settle) -> tuple[Tally, list[Superseded]]:
        seen = [observe(run, row) for row in batch]
        groups = by_inn(seen)
        before = self.observations(groups)
        counts = no_counts()
        lost: list[Superseded] = []
        refolded: dict[str, Fold] = {}
        for inn, rows in groups.items():
            old = before.get(inn, [])
            was, now, new_rows, superseded = follow(inn, old, rows, run.id, settle)
            if was != now:
                refolded[inn] = now
            for name, rows_so in outcome(was, now, new_rows):
                counts[name] += rows_so
            lost += superseded
        self._log(run, seen, {each.line for each in lost})
        self._write(refolded, known=before.keys())
        return Tally(**counts), lost

    def _log(self, run: Run, batch: Sequence[Observation], lost: set[int]) -> None:
        c = tables.observation.c
        here = {each.facts.line for each in batch}
        for lines in batches(lost - here, IN_LIMIT):
            self.connection.execute(sa.delete(tables.observation).where(c.run_id == run.id, c.line.in_(lines)))
        kept = [codec.observation_row(each) for each in batch if each.facts.line not in lost]
        insert_rows(self.connection, tables.observation, codec.OBSERVATION_COLUMNS, kept)

    def retell(self, run_id: int, lines: Collection[int], told: Mapping[str, Sequence[CompanyFacts]]) -> Tally:
        """Let lines of an import, which had no INN, say of companies what they are found to say and nothing else.

        Parameters
        ----------
        run_id
            The import.
        lines
            Its lines that had no INN.
        told
            For each company concerned, what those lines say of it now; see :func:`models.review.beside`.
        """
        run, counts = self.run(run_id), no_counts()
        for inns in batches(told, BATCH):
            before, rows = self.observations(inns), []
            refolded: dict[str, Fold] = {}
            for inn in inns:
                old = before.get(inn, [])
                rest = [each for each in old if each.run_id != run_id or each.facts.line not in lines]
                new = beside([each.facts for each in rest if each.run_id == run_id], told[inn])
                seen = [observe(run, row) for row in new]
                was, now = fold(inn, old), fold(inn, [*rest, *seen])
                rows += [codec.observation_row(each) for each in seen]
                refolded |= {inn: now} if was != now else {}
                for name, rows_so in outcome(was, now, len(new)):
                    counts[name] += rows_so
            self._forget(run_id, inns, lines)
            insert_rows(self.connection, tables.observation, codec.OBSERVATION_COLUMNS, rows)
            self._write(refolded, known=before.keys())
        return Tally(**counts)

    def _forget(self, run_id: int, inns: Sequence[str], lines: Collection[int]) -> None:
        c = tables.observation.c
        for batch in batches(lines, IN_LIMIT):
            gone = (c.run_id == run_id, c.inn.in_(inns), c.line.in_(batch))
            self.connection.execute(sa.delete(tables.observation).where(*gone))

    def _write(self, folds: Mapping[str, Fold], known: Container[str]) -> None:
        """Replace the companies and figures of these INNs; only of ``known`` ones there can be any."""
        if not folds:
            return
        self._touched.add("data_version")
        for inns in batches((inn for inn in folds if inn in known), IN_LIMIT):
            for table in (tables.company, tables.company_figure):
                self.connection.execute(sa.delete(table).where(table.c.inn.in_(inns)))
        companies = [codec.company_row(each.company) for each in folds.values() if each.company is not None]
        figures = [
            (inn, name, year, value, run)
            for inn, each in folds.items()
            for (name, year), (value, run) in each.figures.items()
        ]
        insert_rows(self.connection, tables.company, codec.COMPANY_COLUMNS, companies)
        insert_rows(self.connection, tables.company_figure, codec.FIGURE_COLUMNS, figures)

    def apply_links(self, run_id: int, links: Sequence[Link]) -> list[bool]:
        """Log observed sales; return for each whether it was new (not told by a file before, nor above in this one)."""
        digests = [codec.link_digest(link) for link in links]
        known = self._digests(set(digests))
        here = {digest: at for at, digest in reversed(list(enumerate(digests)))}  # the first of equal rows
        mine = {digest for digest, runs in known.items() if run_id in runs}
        fresh = [codec.link_row(run_id, links[at], digest) for digest, at in here.items() if digest not in mine]
        insert_rows(self.connection, tables.link, codec.LINK_COLUMNS, fresh)
        new = [digest not in known and here[digest] == at for at, digest in enumerate(digests)]
        if any(new):
            self._touched.add("data_version")
        return new

    def drop_links(self, run_id: int, lines: Iterable[int]) -> None:
        """Take away the observed sales of some lines of an import."""
        c = tables.link.c
        for batch in batches(lines, IN_LIMIT):
            gone = sa.delete(tables.link).where(c.run_id == run_id, c.line.in_(batch))
            if self.connection.execute(gone).rowcount:
                self._touched.add("data_version")

    def _digests(self, digests: Iterable[str]) -> dict[str, set[int]]:
        """Return which runs, not undone, told of these sales."""
        found: dict[str, set[int]] = {}
        c = tables.link.c
        for batch in batches(digests, IN_LIMIT):
            query = sa.select(c.digest, c.run_id).where(c.digest.in_(batch), c.run_id.in_(LIVE_RUNS))
            for digest, run in self.connection.execute(query):
                found.setdefault(digest, set()).add(run)
        return found

    def reject(self, run_id: int, rejections: Iterable[Rejection]) -> None:
        """Put rows and fields that were not taken into quarantine."""
        for batch in batches(rejections, BATCH):
            rows = [codec.rejection_row(run_id, each) for each in batch]
            insert_rows(self.connection, tables.quarantine, codec.QUARANTINE_COLUMNS, rows)

    def undo(self, run_id: int) -> Undone:
        """Take back an import: the register becomes what the other imports make of it.

        Raises
        ------
        DataError
            If there is no such import or it is undone already.
        """
        self.lock("data_version")
        if self.run(run_id).undone_at is not None:
            raise DataError(T("import {run} is undone already", run=run_id), T("list the imports: zveno imports"))
        reopened = self.review.take_back_answers(run_id)
        links = self._links_of_run(run_id)
        counts = dict.fromkeys(("removed", "changed", "unchanged"), 0)
        for inns in batches(self._spoken_of(run_id), BATCH):
            folds = {inn: without(run_id, inn, seen) for inn, seen in self.observations(inns).items()}
            for was, now in folds.values():
                counts[fate(was, now)] += 1
            self._write({inn: now for inn, (was, now) in folds.items() if was != now}, known=folds)
        run = tables.import_run
        self.connection.execute(sa.update(run).where(run.c.id == run_id).values(undone_at=codec.now()))
        self._touched.add("data_version")
        return Undone(run=run_id, links=links, reopened=reopened, **counts)

    def rebuild(self) -> Rebuilt:
        """Make every entry of the register what its imports say; after a change of policy or schema it may not be."""
        self.lock("data_version")
        firms = changed = 0
        for count, folds in misfolded(self):
            self._write(folds, known=folds)
            firms += count
            changed += len(folds)
        return Rebuilt(firms, changed)

    def _spoken_of(self, run_id: int) -> Iterator[str]:
        c = tables.observation.c
        query = sa.select(c.inn).where(c.run_id == run_id).distinct().order_by(c.inn)
        return (inn for (inn,) in self._stream(query))

    def _links_of_run(self, run_id: int) -> int:
        query = sa.select(sa.func.count()).select_from(tables.link).where(tables.link.c.run_id == run_id)
        return int(self.connection.execute(query).scalar_one())

    def decide(
        self, supplier_inn: str, buyer_inn: str, decision: str, *, reason: str = "", by: str = "", reason_code: str = ""
    ) -> Decision:
        """Remember what a person decided about a pair; the last decision is in force until it is reopened.

        Raises
        ------
        UsageError
            If the decision is none of :data:`models.events.VERDICTS`, supplier and buyer are one, or the code is none
            of the decision's.
        DataError
            If a pair is reopened on which no decision is in force.
        """
        if decision not in VERDICTS:
            raise UsageError(
                T("{decision} is no decision", decision=decision), T("say accept, decline, later or reopen")
            )
        if supplier_inn == buyer_inn:
            raise UsageError(T("{inn} cannot be its own supplier", inn=supplier_inn), T("name two companies"))
        check_reason(reason_code, decision)
        if decision == "reopen" and (supplier_inn, buyer_inn) not in self.decisions_in_force():
            raise DataError(
                T("no decision on {supplier} → {buyer} is in force", supplier=supplier_inn, buyer=buyer_inn),
                T("there is nothing to reopen"),
            )
        values: dict[str, Any] = {
            "supplier_inn": supplier_inn, "buyer_inn": buyer_inn, "decision": decision,
            "reason": reason, "at": codec.now(), "by": by, "reason_code": reason_code,
        }  # fmt: skip
        inserted = self.connection.execute(sa.insert(tables.decision).values(values))
        key = inserted.inserted_primary_key
        assert key is not None
        self._touched.add("decision_version")
        return Decision(id=key[0], **values)

    def keep_weights(
        self,
        cluster: str,
        weights: Mapping[str, float],
        calibration: Mapping[str, Any] | None,
        report: Mapping[str, Any],
        by: str = "",
    ) -> LearnedWeights:
        """Keep a new version of a cluster's weights; it is in force from now on."""
        row = learned_row(cluster, weights, calibration, report, by)
        self.connection.execute(sa.insert(tables.learned_weights).values(row))
        self._touched.add("decision_version")
        return self.learned()[-1]

    def decide_project(
        self, project: str, decision: str, reason: str, evidence: Mapping[str, Any], by: str, reason_code: str = ""
    ) -> None:
        """Remember a decision on a joint-project candidate; see :class:`models.project_decisions.ProjectDecisions`."""
        ProjectDecisions(self.connection).decide(project, decision, reason, evidence, by, reason_code)
        self._touched.add("decision_version")

    def undo_project(self, project: str, by: str) -> ProjectDecision | None:
        """Bring back what was in force before the last step on a joint-project candidate."""
        self._touched.add("decision_version")
        return ProjectDecisions(self.connection).undo(project, by)

    def undo_weights(self, cluster: str | None = None) -> LearnedWeights:
        """Take back the latest version in force, of one cluster or of all; the one before it is in force again.

        Raises
        ------
        DataError
            If there is none.
        """
        standing = [each for each in in_force(self.learned()).values() if cluster in (None, each.cluster)]
        if not standing:
            raise DataError(T("no learned weights are in force"), T("list the versions: zveno learn --list"))
        last = max(standing, key=lambda version: version.id)
        table = tables.learned_weights
        self.connection.execute(sa.update(table).where(table.c.id == last.id).values(undone_at=codec.now()))
        self._touched.add("decision_version")
        return next(version for version in self.learned() if version.id == last.id)

    def close(self) -> None:
        """Raise the counters of what was changed; the last thing before the transaction is kept."""
        for key in sorted(self._touched):
            version = self.lock(key) + 1
            self.connection.execute(sa.update(tables.meta).where(tables.meta.c.key == key).values(value=str(version)))

    def lock(self, key: str) -> int:
        """Return a counter and hold it until the end: on PostgreSQL the row is what writers queue for."""
        query = sa.select(tables.meta.c.value).where(tables.meta.c.key == key).with_for_update()
        return int(self.connection.execute(query).scalar_one())


def by_inn(rows: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Return observations grouped by company, in their order."""
    groups: dict[str, list[Observation]] = {}
    for row in rows:
        groups.setdefault(row.facts.inn, []).append(row)
    return groups


def follow(
    inn: str, old: Sequence[Observation], rows: Sequence[Observation], run_id: int, settle: Settle
) -> tuple[Fold, Fold, int, list[Superseded]]:
    """Return a company before and after rows of a run, how many of them count, and which lost to a larger report."""
    if not old and len(rows) == 1:
        return NOTHING, fold(inn, rows), 1, []
    mine = [each for each in old if each.run_id == run_id]
    by_line = {each.facts.line: each for each in (*mine, *rows)}
    kept, superseded = settle([each.facts for each in (*mine, *rows)])
    new = [each for each in old if each.run_id != run_id] + [by_line[facts.line] for facts in kept]
    return fold(inn, old), fold(inn, new), len(kept) - len(mine), superseded


def observe(run: Run, row: CompanyFacts) -> Observation:
    """Return a row as an observation of its run.

    It speaks as of the latest year of its figures; a row without figures as of the date of its file.
    """
    dated = run.file_date
    as_of = str(max(figure.year for figure in row.figures)) if row.figures else dated
    return Observation(run.id, run.header.kind, run.header.source, as_of, row, dated)


def no_counts() -> dict[str, int]:
    """Return the counts of :func:`outcome` before anything happened."""
    return dict.fromkeys(("waiting", "added", "changed", "unchanged"), 0)


def outcome(was: Fold, now: Fold, rows: int) -> tuple[tuple[str, int], ...]:
    """Return what ``rows`` rows of one company did to it, as if they had come one after another: counts of a tally."""
    if rows <= 0:
        return ()
    if now.company is None:
        return (("waiting", rows),)
    if was.company is None:
        return (("added", 1), ("changed", rows - 1))
    return (("unchanged" if was.shown() == now.shown() else "changed", rows),)


def without(run_id: int, inn: str, seen: Sequence[Observation]) -> tuple[Fold, Fold]:
    """Return a company with all that is known and without what one run says."""
    return fold(inn, seen), fold(inn, [each for each in seen if each.run_id != run_id])


def fate(was: Fold, now: Fold) -> str:
    """Tell what undoing did to a company."""
    if was.shown() == now.shown():
        return "unchanged"
    return "removed" if now.company is None and was.company is not None else "changed"

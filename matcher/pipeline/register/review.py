"""Use cases of the review: rows that name a firm and give no INN, with the firms of the register they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from matcher.pipeline.workspace import Workspace
from matcher.report.files.sheets import write_review
from matcher.report.frame import Document
from matcher.resolve.index import NameIndex
from matcher.resolve.request import located
from matcher.resolve.resolver import Answer, Candidate, Resolver
from models.errors import DataError
from models.geography import region_name
from models.identifiers import is_sole_trader, parse_inn
from models.names import short_name
from models.records import Company, CompanyFacts
from models.review import Key, Memory, ReviewItem, sale_of
from models.review_queue import Answered, Source
from models.store import Reader
from models.text import Lang, T

#: Candidates listed for a row.
TOP = 5
#: Fields that tell a person most about a firm.
TELLING = ("okved_main", "okved1_main", "products_okpd2", "offers", "needs", "address", "website")


@dataclass(frozen=True, slots=True)
class Question:
    """Rows of one name and place that wait, and the firms they may mean."""

    rows: tuple[ReviewItem, ...]
    answer: Answer
    rejected: frozenset[str]

    @property
    def first(self) -> ReviewItem:
        """The row that stands for all."""
        return self.rows[0]


def questions(reader: Reader, lang: Lang) -> list[Question]:
    """Return what waits for a person, the surest first; firms said not to be meant are not proposed again."""
    waiting = by_key(each for each in reader.review_items() if each.state == "open")
    if not waiting:
        return []
    companies = (each for each in reader.names() if not is_sole_trader(each[0]))
    resolver, memory = Resolver(NameIndex(companies), lang), reader.name_memory(waiting)
    asked = [question(rows, resolver, memory.get(key, Memory())) for key, rows in waiting.items()]
    return sorted(asked, key=lambda each: (-each.answer.confidence, each.first.id))


def by_key(items: Iterable[ReviewItem]) -> dict[Key, list[ReviewItem]]:
    """Return rows by name and place, in their order."""
    groups: dict[Key, list[ReviewItem]] = {}
    for each in items:
        groups.setdefault(each.key, []).append(each)
    return groups


def question(rows: Sequence[ReviewItem], resolver: Resolver, known: Memory) -> Question:
    """Return the firms that rows of one name and place may mean."""
    try:
        answer = resolver.resolve(located(rows[0].name, rows[0].place), TOP, known.different)
    except DataError:  # signs of another alphabet name nothing that can be compared
        answer = Answer("none", ())
    return Question(tuple(rows), answer, known.different)


def review(workspace: Workspace) -> Document:
    """Return what waits for a person."""
    lang = workspace.settings.lang
    with workspace.store.read() as reader:
        asked = questions(reader, lang)
        firms = reader.companies_by_inn({one.inn for each in asked for one in each.answer.candidates})
        files = {run.id: run.header.file_name for run in reader.runs()}
    return {
        "total": len(asked),
        "rows": sum(len(each.rows) for each in asked),
        "items": [described(each, firms, files, lang) for each in asked],
    }


def described(asked: Question, firms: Mapping[str, Company], files: Mapping[int, str], lang: Lang) -> Document:
    """Return one question as a document."""
    return {
        "item": asked.first.id,
        "name": asked.first.name,
        "place": asked.first.place,
        "missing": asked.first.field,
        "told": told(asked.first),
        "rows": [{"run": each.run_id, "file": files[each.run_id], "line": each.line} for each in asked.rows],
        "decision": asked.answer.decision,
        "candidates": [candidate(one, firms[one.inn], lang) for one in asked.answer.candidates],
        "rejected": sorted(asked.rejected),
    }


def told(item: ReviewItem) -> Document:
    """Return what a row says beside name and place that helps to tell the firm."""
    if item.is_sale:
        sale = sale_of(item.payload, item.line)
        stated = {
            "supplier_inn": sale.supplier_inn, "buyer_inn": sale.buyer_inn, "okpd2": sale.okpd2, "offers": sale.text,
            "amount_rub": sale.amount_rub,
        }  # fmt: skip
        return {name: value for name, value in stated.items() if value}
    facts: CompanyFacts = item.facts()
    values = {name: facts.values[name] for name in TELLING if name in facts.values}
    listed = {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return listed | {f"{figure.name} {figure.year}": figure.value for figure in facts.figures}


def candidate(one: Candidate, firm: Company, lang: Lang) -> Document:
    """Return a firm that may be meant."""
    region = region_name(firm.region_code, lang) if firm.region_code else ""
    return {
        "inn": one.inn,
        "name": short_name(one.name),
        "place": ", ".join(filter(None, (firm.city, region))),
        "score": one.score,
        "reasons": [reason.render(lang) for reason in one.reasons],
    }


def review_sheet(workspace: Workspace, out: str) -> Document:
    """Write what waits to a workbook that can be filled in and imported."""
    rows = [sheet_row(each) for each in review(workspace)["items"]]
    note = T("fill in the column answer, an INN or “нет”, and import the file")
    return {"file": out, "rows": write_review(Path(out), rows), "next": note.render(workspace.settings.lang)}


def sheet_row(asked: Document) -> dict[str, str]:
    """Return one question as a row of the sheet."""
    listed = (
        f"{one['inn']} {one['name']} ({one['place'] or '—'}) {one['score']:.2f}: {'; '.join(one['reasons'])}"
        for one in asked["candidates"]
    )
    return {
        "item": str(asked["item"]),
        "name": asked["name"],
        "place": asked["place"],
        "told": "; ".join(f"{name}: {value}" for name, value in asked["told"].items()),
        "candidates": " | ".join(listed),
        "proposed": "; ".join(one["inn"] for one in asked["candidates"]),
    }


def confirm(workspace: Workspace, item: int, inn: str, by: str | None = None) -> Document:
    """Say that a row's firm is the one with this INN."""
    known = parse_inn(inn)
    with workspace.store.begin() as unit:
        done = unit.review.confirm(item, known, Source(by or getuser()))
    tally = done.tally
    links = {"added": tally.links_added, "unchanged": tally.links_unchanged}
    return {**answered(item, "same", done, [known]), "added": tally.added, "changed": tally.changed, "links": links}


def reject(workspace: Workspace, item: int, inn: str | None, by: str | None = None) -> Document:
    """Say that a row's firm is not the one with this INN, or none of those proposed.

    Its rows leave the queue once nothing is left to propose.
    """
    lang = workspace.settings.lang
    refused = [parse_inn(inn)] if inn else []
    with workspace.store.begin() as unit:
        waiting = unit.review_item(item)
        asked = next((each for each in questions(unit, lang) if waiting in each.rows), None)
        proposed = [one.inn for one in asked.answer.candidates] if asked else []
        inns = refused or proposed
        done = unit.review.reject(item, inns, Source(by or getuser()), close=not set(proposed) - set(inns))
    return answered(item, "different" if inns else "none", done, inns)


def drop(workspace: Workspace, item: int, by: str | None = None) -> Document:
    """Leave the rows of a name and place out."""
    with workspace.store.begin() as unit:
        done = unit.review.drop(item, Source(by or getuser()))
    return answered(item, "dropped", done)


def reopen(workspace: Workspace, item: int, by: str | None = None) -> Document:
    """Take back what was last said of a row."""
    with workspace.store.begin() as unit:
        done = unit.review.reopen(item, Source(by or getuser()))
    return answered(item, "open", done)


def answered(item: int, verdict: str, done: Answered, inns: Sequence[str] = ()) -> Document:
    """Return an answer and how many rows it holds for as a document."""
    return {"item": item, "verdict": verdict, "inns": list(inns), "rows": len(done.items)}

"""Use case: what people decided, asked and noted about one company, and which imports speak of it."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.pipeline.companies.remarks import item as remark_item
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.identifiers import Inn
from models.introductions import Introductions
from models.names import shown_name
from models.reader import Reader
from models.remarks import Remarks

#: Steps listed.
LISTED = 30


def company_history(workspace: Workspace, inn: Inn) -> list[Document]:
    """Return the latest steps, the last first: each with its kind, what was said, who said it and of whom."""
    with workspace.store.read() as reader:
        found = sorted(_steps(reader, inn), key=lambda step: str(step["at"]), reverse=True)[:LISTED]
        others = reader.companies_by_inn(step["other"] for step in found if step["other"])
    lang = workspace.settings.lang
    names = {each: shown_name(company, lang) for each, company in others.items()}
    return [{**step, "other_name": names.get(step["other"], "")} for step in found]


def _steps(reader: Reader, inn: Inn) -> Iterator[Document]:
    for decision in reader.decisions(of=inn):
        pair = (decision.supplier_inn, decision.buyer_inn)
        yield _step("decision", decision.decision, decision.reason, decision.by, decision.at.isoformat(), inn, pair)
    for each in Introductions(reader.connection).all(inn):
        for step in each.steps:
            yield _step("introduction", step.state, step.note, step.by, step.at.isoformat(), inn, each.pair)
    for remark in Remarks(reader.connection).of_company(inn):
        told = remark_item(remark)
        yield _step(told["kind"], told["kind"], told["text"], told["by"], told["at"], inn, (inn, inn))
    runs = {each.run_id for each in reader.observations([inn]).get(inn, [])}
    for run in reader.runs():
        if run.id in runs:
            at = run.started_at.isoformat()
            yield {**_step("import", "import", run.header.file_name, run.header.by, at, inn, (inn, inn)), "run": run.id}


def _step(kind: str, what: str, note: str, by: str, at: str, inn: str, pair: tuple[str, str]) -> Document:
    other = pair[1] if pair[0] == inn else pair[0]
    return {
        "kind": kind,
        "what": what,
        "note": note,
        "by": by,
        "at": at,
        "supplier": pair[0],
        "buyer": pair[1],
        "other": other if other != inn else None,
        "run": None,
    }

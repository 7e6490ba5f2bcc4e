"""What has happened since somebody was told last: read from the logs, whoever made it happen and in which process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.pipeline.exchange.introductions import item as introduction_item
from matcher.pipeline.register.imports import decision_item, run_item
from matcher.pipeline.shortlists import Options, buyers, suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError
from models.identifiers import Inn
from models.introductions import Introductions
from models.project_decisions import ProjectDecisions
from models.webhooks import Event, Side

#: Candidates among whom one is new, and how many are remembered as told of.
FIRST, REMEMBERED = 50, 2000
Seen = dict[str, Any]
News = tuple[Event, Document]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who wants to be told of what: events, its company if it acts for one, the list it watches."""

    events: tuple[Event, ...]
    own: Inn | None
    inn: Inn | None
    side: Side | str


def pulse(workspace: Workspace) -> tuple[int, ...]:
    """Return numbers of which one grows whenever there may be news; they cost next to nothing."""
    with workspace.store.read() as reader:
        last = max(Introductions(reader.connection).last_steps().values(), default=0)
        return reader.data_version(), reader.decision_version(), last, len(reader.runs())


def present(workspace: Workspace, listener: Listener) -> Seen:
    """Return how things stand, for somebody who is to be told of what comes after."""
    return since(workspace, listener, {})[1]


def since(workspace: Workspace, listener: Listener, seen: Mapping[str, Any]) -> tuple[list[News], Seen]:
    """Return what has happened since, and how far that is.

    Parameters
    ----------
    workspace
        The register.
    listener
        Who is to be told; of a company what it may know.
    seen
        How far it was told; nothing counts as news of a log that it has not heard of.
    """
    told: list[News] = []
    now: Seen = dict(seen)
    for event, log in _logs(workspace, listener).items():
        rows = list(log)
        if event in seen:
            told += [(event, document) for number, document in rows if number > seen[event]]
        now[event] = max((number for number, _ in rows), default=now.get(event, 0))
    if "candidates.new" in listener.events and listener.inn:
        news, now = _candidates(workspace, listener, now)
        told += news
    return told, now


def _logs(workspace: Workspace, listener: Listener) -> dict[Event, Iterable[tuple[int, Document]]]:
    """Return the logs a listener may hear of: of each entry its number and its document."""
    own, lang = listener.own, workspace.settings.lang
    with workspace.store.read() as reader:
        decisions = [each for each in reader.decisions() if own in (None, each.buyer_inn)]
        introductions = [each for each in Introductions(reader.connection).all(own) if each.seen_by(own)]
        steps = Introductions(reader.connection).last_steps()
        firms = reader.companies_by_inn({inn for each in introductions for inn in each.pair})
        projects = ProjectDecisions(reader.connection).all() if own is None else []
        runs = [run for run in reader.runs() if run.finished_at] if own is None else []
    found: dict[Event, Iterable[tuple[int, Document]]] = {
        "decision.made": [(each.id, decision_item(each)) for each in decisions],
        "project.decided": [
            (each.id, {"id": each.project, "decision": each.decision, "reason": each.reason, "by": each.by})
            for each in projects
        ],
        "introduction.changed": [(steps[each.pair], introduction_item(each, firms, lang)) for each in introductions],
        "import.finished": [(run.id, run_item(run)) for run in runs],
    }
    return {event: log for event, log in found.items() if event in listener.events}


def _candidates(workspace: Workspace, listener: Listener, seen: Seen) -> tuple[list[News], Seen]:
    """Return the firms new among the first candidates, if the register has changed."""
    with workspace.store.read() as reader:
        version = reader.data_version()
    if seen.get("version") == version:
        return [], seen
    items = list(_first(workspace, listener))
    known = seen.get("candidates")
    fresh = [] if known is None else [each for each in items if each["inn"] not in known]
    remembered = dict.fromkeys([*(each["inn"] for each in items), *(known or ())])
    now = {**seen, "version": version, "candidates": list(remembered)[:REMEMBERED]}
    document = {"inn": listener.inn, "side": listener.side, "items": fresh}
    return ([("candidates.new", document)] if fresh else []), now


def _first(workspace: Workspace, listener: Listener) -> Iterator[Document]:
    assert listener.inn is not None
    answer = suppliers if listener.side == "suppliers" else buyers
    try:
        items = answer(workspace, listener.inn, Options(top=FIRST, layout="flat"))["items"]
    except DataError:  # the register does not hold the firm now
        return
    for each in items:
        yield {name: each[name] for name in ("inn", "name", "rank", "score", "distance_km", "expected_value_rub")}

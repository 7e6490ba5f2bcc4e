"""Use cases of labels, notes and kept lists: what managers add to companies, all of it undone with one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError
from models.identifiers import Inn
from models.remarks import Kind, Remark, Remarks
from models.saved_views import SavedView, SavedViews


def labelled(workspace: Workspace) -> dict[str, list[str]]:
    """Return the INNs that bear each label."""
    with workspace.store.read() as reader:
        return Remarks(reader.connection).labelled()


def labels_of(workspace: Workspace, inns: Sequence[str]) -> dict[str, list[str]]:
    """Return the labels of companies, by INN; those without any are absent."""
    with workspace.store.read() as reader:
        by_label = Remarks(reader.connection).labelled(inns)
    found: dict[str, list[str]] = {}
    for label, bearers in by_label.items():
        for inn in bearers:
            found.setdefault(inn, []).append(label)
    return found


def remarks_on(workspace: Workspace, inn: Inn) -> list[Document]:
    """Return the labels and notes of one company, the last first."""
    with workspace.store.read() as reader:
        return [item(each) for each in Remarks(reader.connection).of_company(inn)]


def remark(workspace: Workspace, kind: Kind, text: str, inns: Iterable[Inn], by: str) -> Document:
    """Put a label on companies, take one off, or note something about them.

    Raises
    ------
    UnknownCompany
        If the register does not hold one of them.
    """
    about = list(dict.fromkeys(inns))
    workspace.known(about)
    with workspace.store.begin() as unit:
        return item(Remarks(unit.connection).add(kind, text, about, by))


def set_undone(workspace: Workspace, number: int, undone: bool) -> Document:
    """Undo a step, or take the undoing back."""
    with workspace.store.begin() as unit:
        return item(Remarks(unit.connection).set_undone(number, undone))


def item(found: Remark) -> Document:
    """Return a step as a document."""
    return {
        "number": found.id,
        "kind": found.kind,
        "text": found.text,
        "by": found.by,
        "at": found.at.isoformat(),
        "undone": found.undone_at is not None,
        "companies": found.companies,
    }


def views_of(workspace: Workspace, login: str) -> list[SavedView]:
    """Return the lists an account keeps."""
    with workspace.store.read() as reader:
        return SavedViews(reader.connection, login).all()


def keep_view(workspace: Workspace, login: str, name: str, query: str) -> SavedView:
    """Keep a list under a name."""
    with workspace.store.begin() as unit:
        return SavedViews(unit.connection, login).keep(name, query)


def set_removed(workspace: Workspace, login: str, number: int, removed: bool) -> SavedView:
    """Take a kept list away, or bring it back."""
    with workspace.store.begin() as unit:
        return SavedViews(unit.connection, login).set_removed(number, removed)


def told_of(workspace: Workspace, did: str, login: str) -> Document | None:
    """Return what was just done, as the address of a page names it: ``remark-7``, ``view-2``; ``None`` for nothing."""
    kind, _, number = did.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    with workspace.store.read() as reader:
        try:
            if kind == "remark":
                return item(Remarks(reader.connection).step(int(number)))
            if kind == "view":
                view = SavedViews(reader.connection, login).view(int(number))
                return {"kind": "view", "number": view.id, "text": view.name, "undone": view.removed_at is not None}
        except DataError:
            return None
    return None

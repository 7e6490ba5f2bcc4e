"""Use case: a company named in free text, looked up among the names of the register."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from matcher.resolve.index import NameIndex
from matcher.resolve.resolver import Answer, Resolver
from models.errors import DataError
from models.identifiers import is_sole_trader
from models.names import short_name, shown_name
from models.text import Lang, T


def resolver(workspace: Workspace) -> Resolver:
    """Return a resolver over the present names of the register; it needs neither the scoring index nor a model."""
    return resolver_of(workspace.store.names(), workspace.settings.lang)


def resolver_of(companies: Iterable[tuple[str, str, str | None]], lang: Lang) -> Resolver:
    """Return a resolver over (INN, name, town) of companies.

    The index lives as long as the process, so the garbage collector is told not to walk through it again: a walk
    through millions of names takes longer than any query.
    """
    index = NameIndex(companies)
    gc.freeze()
    return Resolver(index, lang)


def resolve(workspace: Workspace, top: int = 10) -> Callable[[str], Document]:
    """Return a function that answers one text; the index of names is built once, before the first.

    Parameters
    ----------
    workspace
        The register.
    top
        Candidates to list.
    """
    names = resolver(workspace)
    return lambda text: document(text, names.resolve(text, top), workspace)


def document(text: str, answer: Answer, workspace: Workspace) -> Document:
    """Return an answer in the shape of the contract."""
    lang = workspace.settings.lang
    persons = workspace.companies(one.inn for one in answer.candidates if is_sole_trader(one.inn))
    names = {inn: shown_name(person, lang) for inn, person in persons.items()}
    return {
        "text": text,
        "decision": answer.decision,
        "candidates": [
            {
                "inn": one.inn,
                "name": names.get(one.inn, short_name(one.name)),
                "score": one.score,
                "reasons": [reason.render(lang) for reason in one.reasons],
            }
            for one in answer.candidates
        ],
    }


def evaluate_names(workspace: Workspace, cases: list[dict[str, str]]) -> Document:
    """Return the quality on labelled pairs of text and company; see :func:`matcher.resolve.evaluate.evaluate_pairs`.

    Raises
    ------
    DataError
        If the register is empty: the pairs speak of the bundled companies.
    """
    from matcher.resolve.evaluate import evaluate_pairs

    names = resolver(workspace)
    if not names.index.names:
        raise DataError(T("the register is empty"), T("run: zveno demo"))
    return evaluate_pairs(cases, names)

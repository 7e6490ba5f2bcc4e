"""The workspace of a server process, kept in step with what other processes import and decide."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from threading import Event, Lock, RLock
from typing import Any, TypeVar

from api.lately import Lately, Question
from matcher.classify.embedding import Embedder
from matcher.classify.encoders import Vectors
from matcher.pipeline.shelf import Shelf
from matcher.pipeline.workspace import Progress, Workspace, silent
from models.accounts import Accounts
from models.settings import Settings
from models.store import Store
from models.text import Lang

#: Name of the desk among the extensions of an application.
DESK = "zveno_desk"
#: Documents kept at once on each shelf.
MOST_KEPT = 100
#: What is kept: a document, or what several documents are told from.
Kept = TypeVar("Kept")


class SerialEmbedder(Embedder):
    """An embedder that encodes one request at a time: the model is loaded once and its engine is not shared."""

    def __init__(self, model_name: str, settings: Settings) -> None:
        super().__init__(model_name, settings.cache_dir)
        self._turn = Lock()

    def queries(self, texts: Any) -> Vectors:
        """Return vectors of texts that search."""
        with self._turn:
            return super().queries(texts)

    def passages(self, texts: Any) -> Vectors:
        """Return vectors of texts that are searched."""
        with self._turn:
            return super().passages(texts)


@dataclass(frozen=True)
class Held:
    """A state of the register, opened: its versions, and a workspace for each language.

    ``documents`` keeps answers about regions and clusters, which take long and are the same for everybody; they go with
    the state. ``undecided`` keeps those that no decision touches; they go when the register changes. ``lately`` is
    what was asked, in earlier states too; ``over`` is set when a later state has come.
    """

    versions: tuple[int, int]
    speaking: Mapping[Lang, Workspace]
    documents: Shelf[Any] = field(default_factory=lambda: Shelf(MOST_KEPT))
    undecided: Shelf[Any] = field(default_factory=lambda: Shelf(MOST_KEPT))
    lately: Lately = field(default_factory=Lately)
    over: Event = field(default_factory=Event)

    def kept(
        self, key: Hashable, lang: Lang, compute: Callable[[Workspace], Kept], patience_s: float | None = None
    ) -> Kept:
        """Return the document of a key, computed the first time; not to be changed by who gets it.

        Raises
        ------
        NotYet
            If patience ends before it is there.
        """
        found: Kept = self._asked(Question(True, key, lang, compute), patience_s)
        return found

    def kept_undecided(
        self, key: Hashable, lang: Lang, compute: Callable[[Workspace], Kept], patience_s: float | None = None
    ) -> Kept:
        """Return the document of a key that no decision changes, computed once for each state of the companies.

        Raises
        ------
        NotYet
            If patience ends before it is there.
        """
        found: Kept = self._asked(Question(False, key, lang, compute), patience_s)
        return found

    def _asked(self, question: Question, patience_s: float | None) -> Any:
        try:
            return self.answer(question, patience_s)
        finally:
            self.lately.asked(question)

    def answer(self, question: Question, patience_s: float | None = None) -> Any:
        """Return the answer of a question though nobody asks it; see :meth:`kept`."""
        shelf = self.documents if question.decided else self.undecided

        def timed() -> Any:
            began = time.monotonic()
            try:
                return question.compute(self.speaking[question.lang])
            finally:
                self.lately.took(question, time.monotonic() - began)

        return shelf.get((question.key, question.lang), timed, patience_s)

    @property
    def firms(self) -> int:
        """Number of companies."""
        return len(self.speaking["ru"].columns)


Opened = Callable[[Held], None]


def idle(_held: Held) -> None:
    """Do nothing with a new state of the register."""


class Desk:
    """Hands out the workspace of the register's present state; safe for several threads.

    Store, matrices, embedder and classifier live as long as the process. The index is opened anew when the register's
    version has changed, decisions when theirs has; requests that come meanwhile wait for them.

    Parameters
    ----------
    settings
        Where the database and the caches lie.
    progress
        Called with a line when long work begins.
    opened
        Called with each new state of the register as soon as it is open.
    """

    def __init__(self, settings: Settings, progress: Progress = silent, opened: Opened = idle) -> None:
        self._opened = opened
        self._base = Workspace(settings, progress)
        self._base.embedder = SerialEmbedder(settings.model_name, settings)
        self._lock = RLock()
        self._held: Held | None = None
        self._lately = Lately()
        self._secret: str | None = None

    def held(self) -> Held:
        """Return the present state of the register."""
        with self._lock:
            versions = self.versions()
            if self._held is None or self._held.versions != versions:
                former, self._held = self._held, self._anew(versions)
                if former is not None:
                    former.over.set()
                self._opened(self._held)
            return self._held

    def workspace(self, lang: Lang) -> Workspace:
        """Return a workspace of the present state that speaks ``lang``."""
        return self.held().speaking[lang]

    @property
    def store(self) -> Store:
        """The register; nothing is indexed for it."""
        return self._base.store

    def bare(self, lang: Lang) -> Workspace:
        """Return a workspace that speaks ``lang`` and opens no index."""
        return speaking(self._base, lang)

    @property
    def secret(self) -> str:
        """What signs the sessions of this register, made when first asked for."""
        with self._lock:
            if self._secret is None:
                self._secret = secret_of(self.store)
            return self._secret

    def close(self) -> None:
        """Close the connections to the database."""
        self._base.store.close()

    def versions(self) -> tuple[int, int]:
        """Return the versions of the register and of what was decided, as they are now."""
        with self._base.store.read() as reader:
            return reader.data_version(), reader.decision_version()

    def _anew(self, versions: tuple[int, int]) -> Held:
        """Return the state of these versions; where only decisions are new the companies stay open."""
        former = self._held
        if former is not None and former.versions[0] == versions[0]:
            fresh = former.speaking["ru"].redecided()
            return Held(versions, _in_both(fresh), undecided=former.undecided, lately=self._lately)
        _touch(self._base, "economy", "classifier")
        return Held(versions, _in_both(copy(self._base)), lately=self._lately)


def secret_of(store: Store) -> str:
    """Return the secret of a register's sessions, made and kept if it has none."""
    with store.read() as reader:
        found = Accounts(reader.connection).secret()
    if found is None:
        with store.begin() as unit:
            found = Accounts(unit.connection).make_secret()
    return found


def _in_both(workspace: Workspace) -> dict[Lang, Workspace]:
    """Return a workspace in both languages, which share all that is open."""
    _touch(workspace, "columns", "directory", "decided", "decisions", "learned", "of_register", "of_decisions")
    return {"ru": speaking(workspace, "ru"), "en": speaking(workspace, "en")}


def _touch(workspace: Workspace, *names: str) -> None:
    """Open parts of a workspace, so that every copy made of it afterwards shares them."""
    for name in names:
        getattr(workspace, name)


def speaking(workspace: Workspace, lang: Lang) -> Workspace:
    """Return the same workspace answering in another language; what is open stays shared."""
    other = copy(workspace)
    other.settings = replace(workspace.settings, lang=lang)
    return other

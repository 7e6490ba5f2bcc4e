"""The store and the index of one database, opened when first needed and kept in step."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from matcher.classify.company import CompanyClassifier
from matcher.classify.embedding import Embedder
from matcher.classify.taken import Taken, taken_goods
from matcher.index.build import build
from matcher.index.columns import DRAFT, FORMAT, Columns, load, read_meta, save
from matcher.index.directory import Directory, build_directory, load_directory, save_directory
from matcher.index.economy import Economy, economy
from matcher.learn.weighing import DEFAULT, Weighing, weighing_of
from matcher.match.pairs import Party
from matcher.match.shortlist import Decisions
from matcher.pipeline.shelf import Shelf
from matcher.report.chain.regions import all_places
from matcher.report.frame import Frame
from matcher.report.ranking.stated import Stated
from models.errors import StorageError, UnknownCompany
from models.events import Decision
from models.identifiers import Inn, parse_inn
from models.learned import LearnedWeights, in_force
from models.names import shown_name
from models.records import Company
from models.resources import data_folder
from models.settings import Settings
from models.store import Store
from models.text import T

Progress = Callable[[str], None]

#: Intermediate results about regions kept at once: what lies on gaps of a region, and candidates of one.
MOST_KEPT = 24
#: Firms whose stated needs are kept as heard.
MOST_HEARD = 1000
#: How often an index that vanishes while it is opened is looked for again.
ATTEMPTS = 3


def silent(_message: str) -> None:
    """Report no progress."""


class Workspace:
    """What a use case works with.

    Parameters
    ----------
    settings
        Where the database and the caches lie, which model and language.
    progress
        Called with a line when long work begins.
    """

    def __init__(self, settings: Settings, progress: Progress = silent) -> None:
        self.settings = settings
        self.progress = progress

    @cached_property
    def store(self) -> Store:
        """The register; created and migrated when missing."""
        return Store.open(self.settings.database_url)

    @cached_property
    def economy(self) -> Economy:
        """The matrices of the bundled tables."""
        return economy()

    @cached_property
    def embedder(self) -> Embedder:
        """Sentence vectors, cached on disk; loads a model only for a text never seen."""
        return Embedder(self.settings.model_name, self.settings.cache_dir)

    @cached_property
    def classifier(self) -> CompanyClassifier:
        """What companies make, from all they show."""
        return CompanyClassifier(self.embedder, self.settings.cache_dir)

    @cached_property
    def taken(self) -> Taken:
        """What activities take of each group of goods."""
        return taken_goods(self.embedder)

    @cached_property
    def columns(self) -> Columns:
        """The scoring index, rebuilt first when the data have changed since.

        Another process may build an index of newer data and drop this one between two steps: then it is looked for
        anew.
        """
        for _ in range(ATTEMPTS):
            folder = self.index_folder
            if read_meta(folder) is None:
                self.rebuild_index()
            try:
                return load(folder)
            except FileNotFoundError:
                continue
        raise StorageError(
            T("the index keeps changing while it is read"),
            T("wait until the running import has finished and try again"),
        )

    @cached_property
    def directory(self) -> Directory:
        """What lists of companies are filtered by, built when the index has none beside it yet."""
        folder, columns = self.index_folder, self.columns
        found = load_directory(folder)
        if found is not None and len(found) == len(columns):
            return found
        with self.store.read() as reader:
            owing = {inn: figure.value for inn, figure in reader.all_figures("arrears_rub")}
            built = build_directory(reader.companies(), owing, all_places(columns))
        save_directory(built, folder)
        return built

    @property
    def index_version(self) -> str:
        """Name of the data an index must have been built from: the register's version and the bundled tables."""
        return f"{FORMAT}-{self.store.data_version()}-{_tables_digest()}-{_short(self.settings.model_name)}"

    @property
    def index_folder(self) -> Path:
        """Folder of the index of the present data."""
        return self._index_root / self.index_version

    @property
    def _index_root(self) -> Path:
        database = self.settings.database_file
        if database is not None:
            return database.with_name(database.name + ".index")
        return self.settings.cache_dir / "index" / _short(self.settings.database_url)

    def rebuild_index(self) -> None:
        """Build the index of the present data and drop those of earlier data."""
        self.progress(T("building the index…").render(self.settings.lang))
        folder = self.index_folder
        with self.store.read() as reader:
            columns = build(
                reader.companies(),
                self.classifier.classify_many,
                reader.links(),
                self.classifier.offered,
                self.classifier.needed,
                self.economy,
                {"version": folder.name},
                self.classifier.sold,
                self.taken,
            )
        save(columns, folder)
        for old in self._index_root.iterdir():
            if old.name != folder.name and not old.name.startswith(DRAFT):
                shutil.rmtree(old, ignore_errors=True)

    @cached_property
    def decisions(self) -> Decisions:
        """What users decided, by firm number; pairs of firms not in the index are left out."""
        pairs = {}
        for (supplier, buyer), decision in self.decided.items():
            numbers = self.columns.firm(supplier), self.columns.firm(buyer)
            if numbers[0] is not None and numbers[1] is not None:
                pairs[(numbers[0], numbers[1])] = decision.decision
        return Decisions(pairs).counted(self.columns, self.economy)

    @cached_property
    def of_register(self) -> Shelf[Any]:
        """What was computed from companies and links alone and is shared by several questions."""
        return Shelf(MOST_KEPT)

    @cached_property
    def stated(self) -> Shelf[tuple[Stated, ...]]:
        """What firms say they need, as it was heard, by INN."""
        return Shelf(MOST_HEARD)

    @cached_property
    def of_decisions(self) -> Shelf[Any]:
        """The same of what decisions about pairs change too."""
        return Shelf(MOST_KEPT)

    def redecided(self) -> Workspace:
        """Return a workspace of the same companies with what is decided now; what decisions do not touch is shared."""
        fresh = copy(self)
        for name in ("decided", "decisions", "learned", "of_decisions"):
            fresh.__dict__.pop(name, None)
        if fresh.decisions.by_pair == self.decisions.by_pair:
            fresh.of_decisions = self.of_decisions
        return fresh

    @cached_property
    def decided(self) -> dict[tuple[str, str], Decision]:
        """The decision in force on each pair of INNs."""
        return self.store.decisions_in_force()

    @cached_property
    def learned(self) -> dict[str, LearnedWeights]:
        """Learned weights in force, by cluster."""
        return in_force(self.store.learned())

    def weighing(self, party: Party) -> Weighing:
        """Return the weights for who asks: learned for its cluster, or the defaults."""
        return weighing_of(self.learned, self.economy, party.shares) if self.learned else DEFAULT

    def firm(self, text: str) -> int:
        """Return the number of the firm with this INN.

        Raises
        ------
        InvalidIdentifier
            If the text is no INN.
        UnknownCompany
            If the register does not hold it.
        """
        inn = parse_inn(text)
        number = self.columns.firm(inn)
        if number is None:
            raise _unknown_company(inn)
        return number

    def frame(self, firms: Iterable[int]) -> Frame:
        """Return the surroundings of a document that names these firms."""
        inns = [self.columns.inn_of(firm) for firm in sorted(set(firms))]
        with self.store.read() as reader:
            return Frame(
                self.columns,
                self.economy,
                reader.companies_by_inn(inns),
                self.settings.lang,
                reader.last_figures("arrears_rub", inns),
                reader.origins(),
            )

    def companies(self, inns: Iterable[str]) -> dict[str, Company]:
        """Return companies by INN."""
        return dict(self.store.companies_by_inn(list(inns)))

    def known(self, inns: Iterable[Inn]) -> dict[str, Company]:
        """Return companies of the register by INN.

        Raises
        ------
        UnknownCompany
            If the register does not hold one of them.
        """
        wanted = list(inns)
        found = self.companies(wanted)
        for inn in wanted:
            if inn not in found:
                raise _unknown_company(inn)
        return found

    def names(self, inns: Iterable[str]) -> dict[str, str]:
        """Return what companies are called, those of the register."""
        found = self.companies(set(inns))
        return {inn: shown_name(company, self.settings.lang) for inn, company in found.items()}

    def index_info(self) -> dict[str, Any]:
        """Return what the present index says of itself."""
        meta = self.columns.meta
        return {
            "path": str(self.index_folder),
            "version": meta.get("version"),
            "firms": len(self.columns),
            "places": len(self.columns.place_lat),
            "links": len(self.columns.link_supplier),
            "shares": len(self.columns.share_code),
            "bytes": sum(file.stat().st_size for file in self.index_folder.iterdir()),
        }


def _unknown_company(inn: Inn) -> UnknownCompany:
    """Return the error of a valid INN that the register does not hold."""
    return UnknownCompany(
        T("INN {inn} is not in the register", inn=inn),
        T("import a file that holds it: zveno import FILE; the bundled companies load with zveno demo"),
    )


def _tables_digest() -> str:
    """Return a short digest of the bundled tables' names, sizes and times."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(data_folder().rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            status = path.stat()
            digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()

"""What lists of companies are filtered, sorted and searched by: a column for each filter, in the order of the index.

Built from the register beside the index, and kept with it on disk. Nothing is ranked by it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import DRAFT, Columns
from matcher.index.places import place_of, region_of
from matcher.index.words import WordIndex, word_index, words_of
from models.clusters import clusters
from models.geography import find_place
from models.names import name_key, short_name
from models.records import Company

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Fields in a company's own words.
TEXTS = ("offers", "needs", "capacity", "equipment", "waste", "vacancies")
STATES = ("", "active", "reorganizing", "bankrupt", "liquidating", "liquidated")
#: Raised whenever the meaning of a column changes.
EDITION = 1
#: Name of the folder beside the columns of the index.
FOLDER = f"directory-{EDITION}"


@dataclass(frozen=True)
class Directory:
    """Filters of companies.

    Attributes
    ----------
    name_rank
        Place of each firm in the order of names, shape (n,).
    revenue_rub, workers
        Stated figures, nan where none is, shape (n,).
    state
        Row in :data:`STATES`, shape (n,).
    speaks, owes
        Whether a firm says something in its own words, and whether the last known figure of its tax arrears is above
        zero, shape (n,).
    town
        Row of each firm's town, shape (n,); firms of a region whose town is not known have a row of their own.
    town_name, town_region, town_lat, town_lon
        The towns, shape (t,); the name is empty where only the region is known, the position nan where nothing is.
    segment
        Row of the segment each firm counts in, -1 for none, by cluster in their order, shape (clusters, n).
    words
        Who says what.
    """

    name_rank: Ints
    revenue_rub: NDArray[np.float64]
    workers: NDArray[np.float64]
    state: Ints
    speaks: Mask
    owes: Mask
    town: Ints
    town_name: NDArray[np.str_]
    town_region: NDArray[np.str_]
    town_lat: NDArray[np.float64]
    town_lon: NDArray[np.float64]
    segment: Ints
    words: WordIndex

    def __len__(self) -> int:
        return len(self.town)

    @cached_property
    def town_rank(self) -> Ints:
        """Place of each firm in the order of towns, those of unknown town last, shape (n,)."""
        order = np.lexsort((self.town_region, self.town_name, self.town_name == ""))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return rank[self.town]

    def segment_in(self, cluster: str) -> Ints:
        """Return the segment each firm counts in within a cluster, -1 for none, shape (n,)."""
        return np.asarray(self.segment[[each.key for each in clusters()].index(cluster)])


@dataclass
class _Towns:
    """Numbers the towns of companies while they are read."""

    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    at: list[tuple[float, float]] = field(default_factory=list)

    def row(self, company: Company) -> int:
        """Return the row of a company's town, adding it when new; a town the gazetteer has lies where it says."""
        region, place = region_of(company), place_of(company)
        known = find_place(region, company.city)
        if known is not None and known.precision == "city":
            place = known
        key = region, place.name if place.precision in {"address", "city"} else ""
        if key not in self.rows:
            self.rows[key] = len(self.rows)
            self.at.append((place.lat, place.lon) if place.key else (np.nan, np.nan))
        return self.rows[key]


def build_directory(companies: Iterable[Company], owing: Mapping[str, float], segment: Ints) -> Directory:
    """Return the directory of companies.

    Parameters
    ----------
    companies
        In INN order, as the index has them.
    owing
        Last known tax arrears by INN, roubles.
    segment
        Where each firm counts in each cluster, shape (clusters, n).
    """
    towns = _Towns()
    names, state, said = [], [], []
    figures: list[tuple[float, float]] = []
    town, speaks, owes = [], [], []
    for company in companies:
        names.append(name_key(short_name(company.name)))
        state.append(STATES.index(company.status or "") if (company.status or "") in STATES else 0)
        figures.append((_known(company.revenue_rub), _known(company.workers)))
        town.append(towns.row(company))
        speaks.append(any(_spoken(company)))
        owes.append(owing.get(company.inn, 0.0) > 0)
        said.append(words_of(_named(company), _spoken(company)))
    keys = list(towns.rows)
    order = np.argsort(np.array(names, dtype=str), kind="stable")
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    revenue, workers = np.array(figures, dtype=float).reshape(-1, 2).T
    lat, lon = np.array(towns.at, dtype=float).reshape(-1, 2).T
    return Directory(
        name_rank=rank,
        revenue_rub=revenue,
        workers=workers,
        state=np.array(state, dtype=np.int64),
        speaks=np.array(speaks, dtype=bool),
        owes=np.array(owes, dtype=bool),
        town=np.array(town, dtype=np.int64),
        town_name=np.array([name for _, name in keys], dtype=str),
        town_region=np.array([region for region, _ in keys], dtype="U2"),
        town_lat=lat,
        town_lon=lon,
        segment=segment,
        words=word_index(said),
    )


def _known(value: float | None) -> float:
    return np.nan if value is None else value


def _named(company: Company) -> Sequence[str]:
    return [company.name, company.city or "", company.okved_main or "", *company.okved_extra]


def _spoken(company: Company) -> Sequence[str]:
    return [text for name in TEXTS if (text := getattr(company, name))]


def searched(directory: Directory, columns: Columns, word: str) -> Mask:
    """Return the firms whose name, town, code, words or INN hold a word; of words any form is meant."""
    found = directory.words.saying(word, len(directory))
    if word.isascii() and word.isdigit():
        found |= np.char.find(columns.inn, word.encode()) >= 0
    return found


def save_directory(directory: Directory, index: Path) -> None:
    """Write a directory into the folder of its index, whole or not at all; an index that is gone is left alone."""
    try:
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=index))
    except OSError:
        return
    try:
        for name, values in _arrays(directory).items():
            np.save(draft / f"{name}.npy", values, allow_pickle=False)
        os.replace(draft, index / FOLDER)
    except OSError:
        return
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def load_directory(index: Path) -> Directory | None:
    """Read the directory of an index, memory-mapped; ``None`` where there is none of this edition."""
    folder = index / FOLDER

    def read(name: str) -> NDArray[np.generic]:
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

    try:
        words = WordIndex(**{each.name: read(f"words_{each.name}") for each in fields(WordIndex)})  # type: ignore[arg-type]
        own = {each.name: read(each.name) for each in fields(Directory) if each.name != "words"}
    except OSError:
        return None
    return Directory(**own, words=words)  # type: ignore[arg-type]


def _arrays(directory: Directory) -> dict[str, NDArray[np.generic]]:
    own = {each.name: getattr(directory, each.name) for each in fields(Directory) if each.name != "words"}
    said = {f"words_{each.name}": getattr(directory.words, each.name) for each in fields(WordIndex)}
    return {**own, **said}

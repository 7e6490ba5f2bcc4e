"""Sentence vectors of what activities take of each group of goods: shipped for the bundled model, else computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.said import Said
from matcher.classify.vectors import Vectors, check_model, in_bytes, of_bytes
from models.classifications import group_index
from models.resources import data_path
from models.taken import general, goods, taken

Ints = NDArray[np.int64]

#: The shipped vectors.
FILE = "reference/goods_taken_vectors.npz"


@dataclass(frozen=True)
class Taken:
    """What activities take, line by line.

    Attributes
    ----------
    vectors, english
        Of the things named in Russian and in English, as needs, rows of length one, shape (things, d).
    buyer, thing
        Number of the group that takes it, and of the thing, shape (lines,).
    group
        Number of the group that makes each thing, shape (things,).
    general
        Whether its words stand for the whole group, shape (things,).
    """

    vectors: Vectors
    english: Vectors
    buyer: Ints
    thing: Ints
    group: Ints
    general: NDArray[np.bool_]

    @cached_property
    def lines(self) -> Mapping[int, Ints]:
        """The lines of each group that has any."""
        made_by = self.group[self.thing]
        return {group: np.flatnonzero(made_by == group) for group in np.unique(made_by).tolist()}

    @cached_property
    def in_general(self) -> Mapping[int, Ints]:
        """The things whose words stand for whole groups, by group."""
        of_all = self.group[self.general]
        return {group: np.flatnonzero(self.general)[of_all == group] for group in np.unique(of_all).tolist()}

    def nearest(self, things: Ints, offer: Said) -> NDArray[np.float64]:
        """Return the cosine of each of some things, named in the language of the offer, with the nearest offered."""
        best, english = np.full(len(things), -np.inf), offer.english
        for names, said in ((self.vectors, offer.vectors[~english]), (self.english, offer.vectors[english])):
            if len(said):
                np.maximum(best, (names[things] @ said.T).max(axis=1), out=best)
        return best


def nothing_taken() -> Taken:
    """Return that nothing is known of what activities take."""
    none = np.zeros(0, dtype=np.int64)
    nameless = np.zeros((0, 1), dtype=np.float32)
    return Taken(nameless, nameless, none, none, none, none.astype(bool))


def taken_goods(embedder: Embedder) -> Taken:
    """Return what activities take, with the vectors of the embedder's model."""
    return _shipped() if embedder.model_name == BUNDLED else _with(*embed(embedder))


def embed(embedder: Embedder) -> tuple[Vectors, Vectors]:
    """Return the vectors of all things by their Russian and their English names."""
    named = goods()
    return embedder.queries([good.name_ru for good in named]), embedder.queries([good.name_en for good in named])


def pack(vectors: Vectors, english: Vectors, model: str) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the shipped file."""
    name = np.frombuffer(model.encode(), dtype=np.uint8)
    return {"vectors": in_bytes(vectors), "english": in_bytes(english), "model": name}


@cache
def _shipped() -> Taken:
    with np.load(data_path(FILE)) as file:
        check_model(FILE, file["model"])
        return _with(of_bytes(file["vectors"]), of_bytes(file["english"]))


def _with(vectors: Vectors, english: Vectors) -> Taken:
    number = group_index()
    return Taken(
        vectors,
        english,
        np.array([number[buyer] for buyer, _ in taken()], dtype=np.int64),
        np.array([thing for _, thing in taken()], dtype=np.int64),
        np.array([number[good.group] for good in goods()], dtype=np.int64),
        np.isin(np.arange(len(goods())), list(general())),
    )

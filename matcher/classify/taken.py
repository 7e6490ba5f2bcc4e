"""Sentence vectors of what activities take of each group of goods: shipped for the bundled model, else computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.classify.embedding import BUNDLED, Embedder
from models.classifications import group_index
from models.resources import data_path
from models.taken import general, goods, taken

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]

#: The shipped vectors, in seven bits.
FILE = "reference/goods_taken_vectors.npz"
_SCALE = 127.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What activities take, line by line.

    Attributes
    ----------
    vectors
        Of the things named, as needs, rows of length one, shape (things, d).
    buyer, thing
        Number of the group that takes it, and of the thing, shape (lines,).
    group
        Number of the group that makes each thing, shape (things,).
    general
        Whether its words stand for the whole group, shape (things,).
    """

    vectors: Vectors
    buyer: Ints
    thing: Ints
    group: Ints
    general: NDArray[np.bool_]


def taken_goods(embedder: Embedder) -> Taken:
    """Return what activities take, with the vectors of the embedder's model."""
    return _shipped() if embedder.model_name == BUNDLED else _with(embed(embedder))


def embed(embedder: Embedder) -> Vectors:
    """Return the vectors of all things by their Russian names."""
    return embedder.queries([good.name_ru for good in goods()])


def pack(vectors: Vectors) -> dict[str, NDArray[np.int8]]:
    """Return the array of the shipped file."""
    return {"vectors": np.round(vectors * _SCALE / np.abs(vectors).max()).astype(np.int8)}


@cache
def _shipped() -> Taken:
    with np.load(data_path(FILE)) as file:
        vectors = file["vectors"].astype(np.float32)
    return _with(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _with(vectors: Vectors) -> Taken:
    number = group_index()
    return Taken(
        vectors,
        np.array([number[buyer] for buyer, _ in taken()], dtype=np.int64),
        np.array([thing for _, thing in taken()], dtype=np.int64),
        np.array([number[good.group] for good in goods()], dtype=np.int64),
        np.isin(np.arange(len(goods())), list(general())),
    )

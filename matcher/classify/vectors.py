"""Sentence vectors of the reference texts: shipped for the bundled model, computed and cached for any other.

Vectors are centred on their mean (what all texts share hides differences, most of all in the E5 family), scaled to
length one and kept in seven bits: about 400 bytes a text once compressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.reference import Document, documents
from models.classifications import group_index
from models.errors import SourceDrift
from models.resources import data_path
from models.text import T

Vectors = NDArray[np.float32]
#: The shipped vectors.
FILE = "reference/okved2_vectors.npz"
_SCALE = 63.0
_PRODUCT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class ReferenceVectors:
    """Vectors of reference texts, rows of one group next to each other.

    ``matrix`` has shape (n, d) with rows of length one, centred on ``mean``, shape (d,).
    """

    matrix: Vectors
    mean: Vectors
    group: NDArray[np.int64]
    texts: tuple[str, ...]

    def similarity(self, queries: Vectors) -> Vectors:
        """Return cosines of centred vectors, shape (queries, n)."""
        return np.asarray(centred(queries, self.mean) @ self.matrix.T, dtype=np.float32)


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Return vectors less the mean, scaled to length one again."""
    moved = vectors - mean
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(length, 1e-9), dtype=np.float32)


def worth_a_vector() -> tuple[Document, ...]:
    """Return the reference texts that get a vector: names, terms, what firms say, products to six digits."""
    kept: dict[tuple[str, str], Document] = {}
    for item in documents():
        if item.kind in {"name", "english", "term", "said"} or (
            item.kind == "product" and len(item.code) <= _PRODUCT_LENGTH
        ):
            kept.setdefault((item.group, item.text), item)
    return tuple(kept.values())


def pack(vectors: Vectors, items: Sequence[Document], model: str) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the shipped file."""
    mean = vectors.mean(axis=0).astype(np.float32)
    lines = "\n".join(f"{item.group}\t{item.text}" for item in items)
    return {
        "vectors": in_bytes(centred(vectors, mean)),
        "mean": mean,
        "lines": np.frombuffer(lines.encode(), dtype=np.uint8),
        "model": np.frombuffer(model.encode(), dtype=np.uint8),
    }


def in_bytes(vectors: Vectors) -> NDArray[np.int8]:
    """Return vectors in seven bits, without their length; see :func:`of_bytes`."""
    return np.asarray(np.round(vectors * _SCALE / np.abs(vectors).max()), dtype=np.int8)


def of_bytes(shipped: NDArray[np.int8]) -> Vectors:
    """Return shipped vectors, of length one."""
    vectors = shipped.astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def check_model(file: str, model: NDArray[np.uint8]) -> None:
    """Refuse vectors that were made with another model than the bundled one.

    Raises
    ------
    SourceDrift
        If they were.
    """
    made_with = model.tobytes().decode()
    if made_with != BUNDLED:
        raise SourceDrift(
            T("{file} was made with the model {model}", file=file, model=made_with),
            T("run: python tools/build_vectors.py"),
        )


def shipped() -> ReferenceVectors:
    """Return the vectors of the bundled model.

    Raises
    ------
    SourceDrift
        If the file was made with another model.
    """
    with np.load(data_path(FILE)) as file:
        check_model(FILE, file["model"])
        lines = [line.split("\t") for line in file["lines"].tobytes().decode().split("\n")]
        matrix, mean = of_bytes(file["vectors"]), file["mean"]
    group = np.array([group_index()[code] for code, _ in lines])
    return ReferenceVectors(matrix, mean, group, tuple(text for _, text in lines))


def reference_vectors(embedder: Embedder) -> ReferenceVectors:
    """Return the reference vectors of the embedder's model; of a model not bundled they are computed once (minutes)."""
    if embedder.model_name == BUNDLED:
        return shipped()
    items = worth_a_vector()
    vectors = embedder.passages([item.text for item in items])
    mean = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    group = np.array([group_index()[item.group] for item in items])
    return ReferenceVectors(centred(vectors, mean), mean, group, tuple(item.text for item in items))

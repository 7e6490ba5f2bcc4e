"""Spelling of the reference texts: TF-IDF of character n-grams and the lemmas of each, kept on disk between runs.

Built from the documents of :mod:`matcher.classify.reference` in about ten seconds, then read back in a tenth of one;
the file's name says which tables and code it was built from, so it can never be stale.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.classify.reference import Document, documents, reference_version
from matcher.classify.words import Phrase, lemmas, phrase
from models.classifications import group_index

Floats = NDArray[np.float32]
#: Buckets of the hashed n-grams.
CHARACTER_FEATURES = 1 << 18
WORD_FEATURES = 1 << 20
_SPARSE = ("data", "indices", "indptr")


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents as arrays: rows of one group lie next to each other."""

    items: tuple[Document, ...]
    heads: tuple[str, ...]
    group: NDArray[np.int64]
    excluded: NDArray[np.bool_]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, items: Sequence[Document], heads: Sequence[str]) -> Documents:
        """Return documents, sorted by group, with what follows from them."""
        group = np.array([group_index()[item.group] for item in items])
        starts = np.searchsorted(group, np.arange(len(group_index())))
        return cls(tuple(items), tuple(heads), group, np.array([item.kind == "excluded" for item in items]), starts)

    @classmethod
    def read(cls) -> Documents:
        """Return the documents of the reference tables, one for each text and group."""
        seen: dict[tuple[str, str, bool], Document] = {}
        for item in documents():
            seen.setdefault((item.text, item.group, item.kind == "excluded"), item)
        return cls.of(tuple(seen.values()), [phrase(text).head for text, _, _ in seen])

    def as_bytes(self) -> NDArray[np.uint8]:
        """Return the documents as bytes, for the cache."""
        lines = (
            "\t".join((d.group, d.kind, d.code, head, d.text)) for d, head in zip(self.items, self.heads, strict=True)
        )
        return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)

    @classmethod
    def from_bytes(cls, content: NDArray[np.uint8]) -> Documents:
        """Return what :meth:`as_bytes` wrote."""
        rows = [line.split("\t", 4) for line in content.tobytes().decode().split("\n")]
        return cls.of(
            [Document(text, group, code, kind) for group, kind, code, _, text in rows], [row[3] for row in rows]
        )


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """TF-IDF of character n-grams, columns of length one, and which lemmas stand in which document.

    Both matrices have shape (features, documents).
    """

    documents: Documents
    characters: Any
    words: Any
    character_idf: Floats

    def character_similarity(self, phrases: Sequence[Phrase], tails: Sequence[float]) -> Any:
        """Return cosines of phrases and documents, sparse, shape (n, documents).

        The head noun weighs 1.7 and what comes after the first preposition ``tails`` of the rest.
        """
        vectors = _character_hash([" ".join(p.main) for p in phrases])
        vectors = vectors + 0.7 * _character_hash([p.head for p in phrases])
        vectors = vectors + sparse.diags_array(np.asarray(tails)) @ _character_hash([" ".join(p.tail) for p in phrases])
        return unit_rows(sparse.csr_array(vectors) * self.character_idf) @ self.characters


def hasher(analyser: str, features: int, grams: tuple[int, int]) -> Any:
    """Return what counts n-grams of words (``word``) or of letters within words (``char_wb``) in so many buckets."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer=analyser, ngram_range=grams, n_features=features, norm=None, alternate_sign=False, lowercase=False,
        token_pattern=None if analyser == "char_wb" else r"\S+", dtype=np.float32,
    )  # fmt: skip


def _character_hash(texts: Sequence[str]) -> Any:
    return sparse.csr_array(hasher("char_wb", CHARACTER_FEATURES, (3, 5)).transform(texts))


def _word_hash(texts: Sequence[str]) -> Any:
    return sparse.csr_array(hasher("word", WORD_FEATURES, (1, 1)).transform(texts))


def word_features(known: Sequence[str]) -> dict[str, int]:
    """Return the row of :attr:`LexicalIndex.words` of each lemma.

    >>> list(word_features(["мешок", "насос"])) == ["мешок", "насос"]
    True
    """
    return dict(zip(known, _word_hash(known).indices.tolist(), strict=True)) if known else {}


def unit_rows(matrix: Any) -> Any:
    """Return a sparse matrix with rows of length one; rows of nothing stay."""
    length = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return sparse.diags_array(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)) @ matrix


def tfidf(counts: Any) -> tuple[Any, Floats]:
    """Return TF-IDF of counts, logarithmic, rows of length one, and the inverse document frequency of each feature."""
    from sklearn.feature_extraction.text import TfidfTransformer

    model = TfidfTransformer(sublinear_tf=True)
    return sparse.csr_array(model.fit_transform(counts), dtype=np.float32), np.asarray(model.idf_, dtype=np.float32)


def build_index(found: Documents) -> LexicalIndex:
    """Return the index of documents, from nothing."""
    normal = [" ".join(lemmas(item.text)) for item in found.items]
    characters, character_idf = tfidf(_character_hash(normal))
    told = _word_hash([" ".join((*p.main, *p.tail)) for p in map(phrase, normal)])
    return LexicalIndex(found, characters.T.tocsr(), told.T.tocsr(), character_idf)


@cache
def lexical_index(cache_dir: Path | None) -> LexicalIndex:
    """Return the index of the reference documents, read from the cache folder if it is there."""
    path = reference_file(cache_dir, "lexical")
    kept = read_arrays(path)
    if kept is not None:
        found = Documents.from_bytes(kept["documents"])
        return LexicalIndex(found, kept["characters"], kept["words"], kept["character_idf"])
    index = build_index(Documents.read())
    arrays = {"characters": index.characters, "words": index.words, "character_idf": index.character_idf}
    write_arrays(path, {**arrays, "documents": index.documents.as_bytes()})
    return index


def reference_file(cache_dir: Path | None, kind: str) -> Path | None:
    """Return where something made of the reference texts is kept; the name tells which tables and code it rests on."""
    return cache_dir / f"{kind}-{reference_version()}.npz" if cache_dir else None


def read_arrays(path: Path | None) -> dict[str, Any] | None:
    """Return what :func:`write_arrays` wrote, ``None`` where there is no such file or it is damaged."""
    if path is None or not path.exists():
        return None
    damaged = contextlib.suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
    with damaged, path.open("rb") as handle, np.load(handle) as file:
        found: dict[str, Any] = {name: file[name] for name in file.files if "." not in name}
        for name in {name.partition(".")[0] for name in file.files if "." in name}:
            parts = tuple(file[f"{name}.{part}"] for part in _SPARSE)
            found[name] = sparse.csr_array(parts, shape=tuple(file[f"{name}.shape"]))
        return found
    return None


def write_arrays(path: Path | None, arrays: Mapping[str, Any]) -> None:
    """Write arrays, dense and sparse, beside and rename: no process reads half a file; a full disk costs the cache."""
    if path is None:
        return
    plain: dict[str, Any] = {name: array for name, array in arrays.items() if not sparse.issparse(array)}
    for name in arrays.keys() - plain.keys():
        plain |= {f"{name}.{part}": getattr(arrays[name], part) for part in (*_SPARSE, "shape")}
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **plain)
        Path(name).replace(path)

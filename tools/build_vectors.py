"""Rebuild the shipped sentence vectors of the reference texts: ``python tools/build_vectors.py [CACHE]``.

To be run after a change of the classifications, of ``trade_terms.csv``, ``goods_taken.csv``, ``services_taken.csv`` or
of the bundled model; takes about two minutes. ``rows`` and ``sha256`` of the sidecars are brought up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.classify import taken
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.vectors import FILE, pack, worth_a_vector
from models.resources import data_folder, sha256_of
from models.taken import goods


def main(arguments: list[str]) -> int:
    """Embed the reference texts and write the file."""
    embedder = Embedder(BUNDLED, Path(arguments[0]) if arguments else None)
    items = worth_a_vector()
    vectors = embedder.passages([item.text for item in items])
    write(FILE, pack(vectors, items, BUNDLED), len(items))
    write(taken.FILE, taken.pack(*taken.embed(embedder), BUNDLED), len(goods()))
    return 0


def write(file: str, arrays: dict[str, NDArray[np.generic]], rows: int) -> None:
    """Write arrays of so many vectors and say where they are."""
    path = data_folder() / file
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    refresh_sidecar(path, rows)
    sys.stderr.write(f"{path}: {rows} vectors, {path.stat().st_size / 1e6:.1f} MB\n")


def refresh_sidecar(path: Path, rows: int) -> None:
    """Write the number of vectors and the checksum into the sidecar."""
    sidecar = path.with_suffix(".yml")
    if sidecar.exists():
        text = re.sub(r"(?m)^rows:.*$", f"rows: {rows}", sidecar.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^sha256:.*$", f"sha256: {sha256_of(path)}", text)
        sidecar.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Rebuild the shipped sentence vectors of the reference texts: ``python tools/build_vectors.py [CACHE]``.

To be run after a change of the classifications, of ``trade_terms.csv`` or of the bundled model; takes about two
minutes. The sidecar's ``rows`` and ``sha256`` are brought up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.vectors import FILE, pack, worth_a_vector
from models.resources import data_folder, sha256_of


def main(arguments: list[str]) -> int:
    """Embed the reference texts and write the file."""
    cache = Path(arguments[0]) if arguments else None
    items = worth_a_vector()
    vectors = Embedder(BUNDLED, cache).passages([item.text for item in items])
    path = data_folder() / FILE
    np.savez_compressed(path, **pack(vectors, items, BUNDLED))  # type: ignore[arg-type]
    refresh_sidecar(path, len(items))
    sys.stderr.write(f"{path}: {len(items)} vectors, {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


def refresh_sidecar(path: Path, rows: int) -> None:
    """Write the number of vectors and the checksum into the sidecar."""
    sidecar = path.with_suffix(".yml")
    if sidecar.exists():
        text = re.sub(r"(?m)^rows:.*$", f"rows: {rows}", sidecar.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^sha256:.*$", f"sha256: {sha256_of(path)}", text)
        sidecar.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

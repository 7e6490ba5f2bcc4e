"""Refresh ``rows`` and ``sha256`` in the sidecars of bundled tables, and say where header and sidecar differ.

Usage: ``python tools/sidecar.py data/reference/x.csv [more tables]``. A table without a sidecar gets its skeleton
printed, ready to be filled in and saved as ``x.yml``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

import numpy as np
import yaml

from models.resources import open_text, sha256_of, sidecar_path

KEYS = ("title", "publisher", "source", "licence", "date", "columns", "rows", "sha256", "oddities")
#: Keys a sidecar may have besides: what cluster a mapping is of, how a table is computed.
OPTIONAL = ("cluster", "method")


def header_and_rows(table: Path) -> tuple[list[str], int]:
    """Return the column names and the number of rows.

    For GeoJSON these are property names and features; for ``.npz`` the arrays and the length of the first.
    """
    if table.suffix == ".npz":
        with np.load(table, allow_pickle=False) as arrays:
            return list(arrays.files), len(arrays[arrays.files[0]])
    with open_text(table) as file:
        if table.suffix == ".geojson":
            features = json.load(file)["features"]
            return sorted({name for feature in features for name in feature["properties"]}), len(features)
        csv.field_size_limit(sys.maxsize)
        rows = csv.reader(file)
        return next(rows), sum(1 for _ in rows)


def problems(table: Path) -> list[str]:
    """Return what the sidecar of ``table`` says wrongly or leaves out; empty when all is well."""
    if not sidecar_path(table).exists():
        return ["no sidecar"]
    said = yaml.safe_load(sidecar_path(table).read_text(encoding="utf-8"))
    if tuple(key for key in said if key not in OPTIONAL) != KEYS:
        return [f"keys are {list(said)}, not {list(KEYS)}"]
    header, rows = header_and_rows(table)
    empty = [key for key in KEYS if said[key] in (None, "", {}) or "TODO" in str(said[key])]
    found = [f"{key} is not filled in" for key in empty]
    if list(said["columns"] or ()) != header:
        found.append(f"columns are {list(said['columns'] or ())}, the header is {header}")
    if said["rows"] != rows:
        found.append(f"rows is {said['rows']}, the table has {rows}")
    if said["sha256"] != sha256_of(table):
        found.append("sha256 is not that of the file")
    if not isinstance(said["oddities"], list) or not all(isinstance(oddity, str) for oddity in said["oddities"]):
        found.append("oddities is not a list of texts")
    return found


def skeleton(table: Path) -> str:
    """Return a sidecar to be filled in."""
    header, rows = header_and_rows(table)
    document: dict[str, object] = dict.fromkeys(KEYS, "TODO")
    document |= {"columns": dict.fromkeys(header, "TODO"), "rows": rows, "sha256": sha256_of(table), "oddities": []}
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True))


def refresh(table: Path) -> None:
    """Write the true ``rows`` and ``sha256`` into the sidecar, leaving every other line as it stands."""
    path = sidecar_path(table)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^rows:.*$", f"rows: {header_and_rows(table)[1]}", text)
    text = re.sub(r"(?m)^sha256:.*$", f"sha256: {sha256_of(table)}", text)
    path.write_text(text, encoding="utf-8", newline="\n")


def main(names: list[str]) -> int:
    """Refresh every sidecar named; return 1 when something is left to a person."""
    left: list[str] = []
    for table in map(Path, names):
        if not sidecar_path(table).exists():
            sys.stdout.write(skeleton(table))
            continue
        refresh(table)
        left += [f"{table}: {problem}" for problem in problems(table)]
    sys.stderr.writelines(f"{line}\n" for line in left)
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

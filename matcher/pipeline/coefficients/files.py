"""Writing the matrix A: the table of record, its fast twin and the outputs, each with a sidecar."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from graph.coefficients import Matrices
from models.classifications import groups
from models.coefficients import LAYERS, source_names
from models.resources import sha256_of, sidecar_path

Columns = dict[str, NDArray[Any]]

#: Million roubles of the published tables in roubles.
MILLION = 1e6
#: Moment written into archives, so that the same figures give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)

_SOURCE = (
    "Assembled by `zveno coefficients build` from Rosstat's use tables 2016 and 2011, the tables of the US BEA 2017, "
    "process recipes, typical inputs and hand-made keys; see docs/coefficients.md"
)
_MEANING = {
    "supply_okved": "OKVED-2 group of the input, p",
    "buyer_okved": "OKVED-2 group of the buyer, q",
    "layer": "current, capital or symbiosis",
    "coefficient": "roubles of p per rouble of output of q, purchasers' prices; empty in the symbiosis layer",
    "import_share": "imported part of the input, 0 to 1, that of the published block; empty in the symbiosis layer",
    "sources": "what the cell rests on, separated by ;",
}


def stored_columns(matrices: Matrices) -> Columns:
    """Return the non-zero cells as parallel columns, by buyer and then supplier, and the output in roubles."""
    parts = [_cells(matrices, layer, position) for position, layer in enumerate(LAYERS)]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((joined["supply"], joined["buyer"]))
    columns = {name: values[order] for name, values in joined.items()}
    return columns | {"output_rub": np.round(matrices.output * MILLION)}


def _cells(matrices: Matrices, layer: str, position: int) -> Columns:
    matrix = getattr(matrices, layer)
    supply, buyer = np.nonzero(matrix)
    return {
        "supply": supply.astype(np.int16),
        "buyer": buyer.astype(np.int16),
        "layer": np.full(len(supply), position, dtype=np.uint8),
        "value": _rounded(matrix[supply, buyer]),
        "import_share": np.round(matrices.import_share[supply, buyer], 4),
        "sources": matrices.sources[supply, buyer],
    }


def _rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep eight significant digits, as the table of record does."""
    return np.array([float(f"{value:.8g}") for value in values], dtype=np.float64)


def write_result(matrices: Matrices, folder: Path) -> None:
    """Write the three files and their sidecars; each replaces its predecessor in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = stored_columns(matrices)
    _write_archive(folder / "technical_coefficients_columns.npz", columns)
    _write_table(folder / "technical_coefficients.csv.gz", columns)
    _write_outputs(folder / "group_output_2016.csv", columns["output_rub"])


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(content)
    os.replace(draft, path)


def _write_archive(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, values in columns.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(values), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", NO_TIME), member.getvalue(), zipfile.ZIP_DEFLATED)
    _replace(path, target.getvalue())
    meaning = {
        "supply": "position of the input on the axis of 623 groups",
        "buyer": "position of the buyer",
        "layer": "0 current, 1 capital, 2 symbiosis",
        "value": "coefficient; in the symbiosis layer the number of known exchanges",
        "import_share": "imported part, 0 to 1",
        "sources": "bits of models.coefficients.SOURCES",
        "output_rub": "output by group, 2016, roubles (of its own length)",
    }
    _write_sidecar(path, "Technical coefficients, columns for fast loading", meaning, len(columns["value"]))


def _write_table(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    names = groups()
    rows = (
        _row(names[supply], names[buyer], LAYERS[layer], *figures)
        for supply, buyer, layer, *figures in zip(
            *(columns[name] for name in ("supply", "buyer", "layer", "value", "import_share", "sources")), strict=True
        )
    )
    _replace(path, _compressed(_csv(tuple(_MEANING), rows)))
    oddities = [
        "Cells below 1e-6 are left out; other cells of their block take their value, unless there are none.",
        "A cell's import share is that of the published block it lies in.",
        "Symbiosis rows say that an exchange is known; they have no coefficient.",
    ]
    _write_sidecar(path, "Technical coefficients of the 623 OKVED-2 groups", _MEANING, len(columns["value"]), oddities)


def _row(supply: str, buyer: str, layer: str, value: float, share: float, bits: int) -> Sequence[str]:
    figures = ("", "") if layer == "symbiosis" else (f"{value:.8g}", f"{share:.4g}")
    return supply, buyer, layer, *figures, ";".join(source_names(int(bits)))


def _write_outputs(path: Path, output_rub: NDArray[np.float64]) -> None:
    rows = ((group, f"{value:.0f}") for group, value in zip(groups(), output_rub, strict=True))
    _replace(path, _csv(("okved_code", "output_rub"), rows))
    meaning = {"okved_code": "OKVED-2 group", "output_rub": "output at basic prices, 2016, roubles"}
    oddities = [
        "An estimate: Rosstat publishes 98 industries and 206 products; inside them groups are sized by the output of "
        "their products, and below those by American output of 2017.",
        "98.10, 98.20 and 99.00 are in no published industry and have 0.",
    ]
    _write_sidecar(path, "Output of the 623 OKVED-2 groups, Russia 2016", meaning, len(output_rub), oddities)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _compressed(content: bytes) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=target, mode="wb", mtime=0) as file:
        file.write(content)
    return target.getvalue()


def _write_sidecar(path: Path, title: str, columns: Mapping[str, str], rows: int, oddities: Sequence[str] = ()) -> None:
    document = {
        "title": title,
        "publisher": "Zveno team",
        "source": _SOURCE,
        "licence": "MIT; the tables it rests on keep their own",
        "date": "2016",
        "columns": dict(columns),
        "rows": rows,
        "sha256": sha256_of(path),
        "oddities": list(oddities),
    }
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    _replace(sidecar_path(path), text.encode())

"""Records to table rows and back; texts to JSON and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from models.events import Observation, Rejection, Run, RunHeader, Tally, file_date
from models.records import Cells, Company, CompanyFacts, Figure, Link
from models.text import Text

LIST_FIELDS = ("okved_extra", "products_okpd2", "founders", "managed_by", "licences", "tax_regimes")
_COMPANY_COLUMNS = tuple(f.name for f in fields(Company) if f.name != "provenance")
#: Columns of the rows made here, in the order of their values.
COMPANY_COLUMNS = (*_COMPANY_COLUMNS, "provenance")
FIGURE_COLUMNS = ("inn", "name", "year", "value", "run_id")
OBSERVATION_COLUMNS = ("run_id", "line", "inn", "as_of", "payload")
LINK_COLUMNS = (
    "supplier_inn", "buyer_inn", "line", "okpd2", "amount_rub", "date", "source", "text", "run_id", "digest",
)  # fmt: skip
QUARANTINE_COLUMNS = ("run_id", "line", "inn", "field", "value", "error", "cells")
Row = Mapping[str, Any]
_company_values = attrgetter(*_COMPANY_COLUMNS)
_LISTS_AT = tuple(_COMPANY_COLUMNS.index(name) for name in LIST_FIELDS)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class StoredObservation(NamedTuple):
    """A row of ``observation`` joined with what its run says of it."""

    run_id: int
    line: int
    inn: str
    as_of: str
    payload: str
    kind: str
    source: str
    run_as_of: str
    started_at: datetime


def compact_json(value: object) -> str:
    """Return JSON without spaces, Cyrillic as it is, keys in a fixed order."""
    return _ENCODER.encode(value)


def payload_of(facts: CompanyFacts) -> str:
    """Return what a row states as JSON.

    >>> payload_of(CompanyFacts("7736050003", 2, {"okved_extra": ("46.71",)}, (Figure("workers", 2016, 3.0),)))
    '{"v":{"okved_extra":["46.71"]},"f":[["workers",2016,3.0]]}'
    """
    figures = [(figure.name, figure.year, figure.value) for figure in facts.figures]
    return orjson.dumps({"v": dict(facts.values), "f": figures}).decode()


def observation_of(row: StoredObservation) -> Observation:
    """Return a stored observation as it was."""
    facts = facts_of(row.payload, row.inn, row.line)
    dated = file_date(row.run_as_of, row.started_at)
    return Observation(row.run_id, row.kind, row.source, row.as_of, facts, dated)


def facts_of(payload: str, inn: str, line: int) -> CompanyFacts:
    """Return the facts that :func:`payload_of` wrote."""
    document = orjson.loads(payload)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in document["v"].items()}
    figures = tuple(Figure(name, year, value) for name, year, value in document["f"])
    return CompanyFacts(inn, line, values, figures)


def observation_row(seen: Observation) -> tuple[Any, ...]:
    """Return a row of ``observation``."""
    facts = seen.facts
    return (seen.run_id, facts.line, facts.inn, seen.as_of, payload_of(facts))


def company_row(company: Company) -> tuple[Any, ...]:
    """Return a row of ``company``; lists are joined with ``;``, provenance keeps the run of each field."""
    row = [*_company_values(company), provenance_text(tuple((n, run) for n, (run, _) in company.provenance.items()))]
    for at in _LISTS_AT:
        row[at] = ";".join(row[at])
    return tuple(row)


@lru_cache(maxsize=4096)
def provenance_text(runs: tuple[tuple[str, int], ...]) -> str:
    """Return the run of each field as JSON; firms of one file share it.

    >>> provenance_text((("name", 3), ("city", 2)))
    '{"city":2,"name":3}'
    """
    return compact_json(dict(runs))


class CompanyDecoder:
    """Turns rows of ``company`` into companies; equal provenances share one mapping.

    Parameters
    ----------
    sources
        Run number to source label.
    """

    columns = COMPANY_COLUMNS

    def __init__(self, sources: Mapping[int, str]) -> None:
        self._sources = sources
        self._memo: dict[str, Mapping[str, tuple[int, str]]] = {}

    def decode(self, row: Iterable[Any]) -> Company:
        """Return the company of a row with :attr:`columns`."""
        values = dict(zip(self.columns, row, strict=True))
        for name in LIST_FIELDS:
            values[name] = tuple(values[name].split(";")) if values[name] else ()
        values["provenance"] = self._provenance(values["provenance"])
        return Company(**values)

    def _provenance(self, text: str) -> Mapping[str, tuple[int, str]]:
        found = self._memo.get(text)
        if found is None:
            found = {name: (run, self._sources.get(run, "")) for name, run in json.loads(text).items()}
            self._memo[text] = found
        return found


def link_row(run_id: int, link: Link, digest: str) -> tuple[Any, ...]:
    """Return a row of ``link``; amounts are kept to the kopeck, as the digest has them."""
    amount = None if link.amount_rub is None else round(link.amount_rub, 2)
    return (
        link.supplier_inn, link.buyer_inn, link.line, link.okpd2, amount, link.date, link.source, link.text, run_id,
        digest,
    )  # fmt: skip


def link_digest(link: Link) -> str:
    """Return a digest of all that makes a sale the same sale; the line it was read from does not."""
    amount = "" if link.amount_rub is None else f"{link.amount_rub:.2f}"
    parts: tuple[str, ...] = (
        link.supplier_inn,
        link.buyer_inn,
        link.okpd2 or "",
        amount,
        str(link.date or ""),
        link.source,
    )
    parts += (link.text,) if link.text else ()
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def rejection_row(run_id: int, rejection: Rejection) -> tuple[Any, ...]:
    """Return a row of ``quarantine``."""
    error = compact_json(encode_text(rejection.error))
    cells = compact_json(rejection.cells) if rejection.cells else None
    return (run_id, rejection.line, rejection.inn, rejection.field, rejection.value, error, cells)


def decode_cells(document: str | None) -> Cells:
    """Return the cells of a refused row as :func:`rejection_row` wrote them."""
    return tuple((name, text) for name, text in json.loads(document)) if document else ()


def encode_text(text: Text) -> dict[str, Any]:
    """Return a text as JSON values; it is rendered when it is read, in the reader's language."""
    params = {name: encode_text(p) if isinstance(p, Text) else plain(p) for name, p in text.params.items()}
    return {"msgid": text.msgid, "params": params}


def plain(value: object) -> str | int | float:
    """Return a parameter as a value JSON knows."""
    return value if isinstance(value, str | int | float) else str(value)


def decode_text(document: Mapping[str, Any]) -> Text:
    """Return the text that :func:`encode_text` wrote."""
    params = {name: decode_text(p) if isinstance(p, Mapping) else p for name, p in document["params"].items()}
    return Text(document["msgid"], params)


def header_row(header: RunHeader, started_at: datetime) -> dict[str, Any]:
    """Return a row of ``import_run`` for an import that begins."""
    return {**asdict(header), "options": compact_json(dict(header.options)), "started_at": started_at}


def run_of(row: Row) -> Run:
    """Return the run of a row of ``import_run``."""
    header = {f.name: row[f.name] for f in fields(RunHeader)}
    header["options"] = json.loads(row["options"])
    tally = Tally(**{f.name: row[f.name] for f in fields(Tally)})
    return Run(row["id"], RunHeader(**header), row["started_at"], row["finished_at"], tally, row["undone_at"])


def now() -> datetime:
    """Return this moment, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)

"""Rows whose firm has a name and no INN: what waits for a person, what was said of a name, and what follows from it.

A verdict is about a name and a place, not about a row: it holds for every row that writes them alike, also of imports
to come. The functions here compute; ``review_queue.py`` keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from models.codec import compact_json, facts_of, payload_of
from models.fold import report_size
from models.names import name_key
from models.records import CompanyFacts, Link

State = Literal["open", "same", "different", "dropped"]
#: What can be said of a name and an INN; ``open`` takes back what was said before.
Said = Literal["same", "different", "open"]
#: The field of a row of facts that is missing; a sale lacks one of its parties.
INN = "inn"


class Key(NamedTuple):
    """A name and a place, both normalised: what a verdict is about."""

    name: str
    place: str


def key_of(name: str, place: str) -> Key:
    """Return what a verdict on a name and a place is about.

    >>> key_of("ООО «Арнест»", "Невинномысск, Ставропольский край")
    Key(name='ооо арнест', place='невинномысск ставропольский край')
    """
    return Key(name_key(name), name_key(place))


@dataclass(frozen=True, slots=True)
class Unidentified:
    """What a row says of a firm that it only names.

    Parameters
    ----------
    line
        Line of the file.
    field
        The identifier that is missing: ``inn``, ``supplier_inn`` or ``buyer_inn``.
    name, place
        As written; the place may be unknown.
    told
        Facts or a sale in which the missing INN is an empty text.
    """

    line: int
    field: str
    name: str
    place: str
    told: CompanyFacts | Link

    @property
    def key(self) -> Key:
        """What a verdict on this row is about."""
        return key_of(self.name, self.place)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A row of ``review_item``: an :class:`Unidentified` that was kept, and what a person said of it."""

    id: int
    run_id: int
    line: int
    field: str
    name: str
    place: str
    name_key: str
    place_key: str
    payload: str
    state: State
    inn: str | None
    by: str
    at: datetime | None
    answered_in: int | None

    @property
    def key(self) -> Key:
        """What a verdict on this row is about."""
        return Key(self.name_key, self.place_key)

    @property
    def is_sale(self) -> bool:
        """Whether the row is a sale; else it states facts of the firm."""
        return self.field != INN

    def facts(self) -> CompanyFacts:
        """Return the row's facts, of the firm it was found to be."""
        return facts_of(self.payload, self.inn or "", self.line)


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What a person said of a name, a place and an INN."""

    name_key: str
    place_key: str
    inn: str
    verdict: Said
    by: str
    at: datetime
    answered_in: int | None

    @property
    def key(self) -> Key:
        """What it is about."""
        return Key(self.name_key, self.place_key)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sheet says of a row: it is the one firm of ``inns``, or none of them."""

    item: int
    same: bool
    inns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is in force of a name and a place: the verdict that says who it is, and INNs it is not."""

    same: NameVerdict | None = None
    different: frozenset[str] = frozenset()


def remember(verdicts: Iterable[NameVerdict]) -> dict[Key, Memory]:
    """Return what is in force: of each name, place and INN the last verdict; of two firms that are one, the last.

    Parameters
    ----------
    verdicts
        Oldest first, none of an import that was undone.
    """
    last: dict[tuple[Key, str], NameVerdict] = {}
    for verdict in verdicts:
        last.pop((verdict.key, verdict.inn), None)
        last[verdict.key, verdict.inn] = verdict
    memory: dict[Key, Memory] = {}
    for (key, inn), verdict in last.items():
        known = memory.get(key, Memory())
        if verdict.verdict == "same":
            memory[key] = replace(known, same=verdict)
        elif verdict.verdict == "different":
            memory[key] = replace(known, different=known.different | {inn})
    return memory


def beside(own: Sequence[CompanyFacts], found: Iterable[CompanyFacts]) -> list[CompanyFacts]:
    """Return what rows confirmed to be of a company say beside the rows that had its INN.

    A year that another row of the file reports is not taken from them: rows with an INN come first, then the larger
    report. So nothing already known is displaced, and taking a verdict back restores what was.

    Parameters
    ----------
    own
        Rows of the same import that had the INN.
    found
        Rows of that import confirmed to be of the company.

    Examples
    --------
    >>> from models.records import Figure
    >>> own = CompanyFacts("7736050003", 2, {}, (Figure("workers", 2016, 3.0),))
    >>> row = CompanyFacts("7736050003", 9, {}, (Figure("workers", 2016, 9.0), Figure("workers", 2017, 4.0)))
    >>> beside([own], [row])[0].figures
    (Figure(name='workers', year=2017, value=4.0),)
    """
    reported = {figure.year for row in own for figure in row.figures}
    kept = []
    for row in sorted(found, key=lambda each: (-report_size(each), each.line)):
        kept.append(row._replace(figures=tuple(f for f in row.figures if f.year not in reported)))
        reported |= {figure.year for figure in row.figures}
    return sorted(kept, key=lambda each: each.line)


def sales(items: Iterable[ReviewItem]) -> list[Link]:
    """Return the sales of one import whose parties are all found."""
    known: dict[int, Link] = {}
    missing: set[int] = set()
    for item in items:
        if item.is_sale:
            base = known.get(item.line, sale_of(item.payload, item.line))
            if item.state == "same" and item.inn:
                known[item.line] = with_party(base, item.field, item.inn)
            else:
                missing.add(item.line)
    return [link for line, link in sorted(known.items()) if line not in missing]


def with_party(link: Link, field: str, inn: str) -> Link:
    """Return a sale whose missing party is found."""
    return link._replace(supplier_inn=inn) if field == "supplier_inn" else link._replace(buyer_inn=inn)


def would_sell_to_itself(item: ReviewItem, inn: str, items: Iterable[ReviewItem]) -> bool:
    """Tell whether a sale's other party, in the row or found for it among ``items``, is this very firm."""
    if not item.is_sale:
        return False
    others = (each for each in items if (each.run_id, each.line) == (item.run_id, item.line) and each.id != item.id)
    known = sale_of(item.payload, item.line)
    return inn in {known.supplier_inn, known.buyer_inn, *(each.inn for each in others if each.state == "same")}


def sale_payload(link: Link) -> str:
    """Return a sale as JSON, its line left out."""
    day = link.date.isoformat() if link.date else None
    stated = {
        "supplier_inn": link.supplier_inn, "buyer_inn": link.buyer_inn, "okpd2": link.okpd2,
        "amount_rub": link.amount_rub, "date": day, "source": link.source, "text": link.text,
    }  # fmt: skip
    return compact_json(stated)


def sale_of(payload: str, line: int) -> Link:
    """Return the sale that :func:`sale_payload` wrote."""
    stated = json.loads(payload)
    day = date.fromisoformat(stated["date"]) if stated["date"] else None
    return Link(**{**stated, "date": day}, line=line)


def item_row(run_id: int, row: Unidentified, same: NameVerdict | None) -> dict[str, Any]:
    """Return a row of ``review_item``: open, or answered by what is remembered."""
    payload = payload_of(row.told) if isinstance(row.told, CompanyFacts) else sale_payload(row.told)
    state: State = "open" if same is None else "same"
    return {
        "run_id": run_id, "line": row.line, "field": row.field, "name": row.name, "place": row.place,
        "name_key": row.key.name, "place_key": row.key.place, "payload": payload, "state": state,
        "inn": same.inn if same else None, "by": same.by if same else "", "at": same.at if same else None,
        "answered_in": same.answered_in if same else None,
    }  # fmt: skip


def item_of(row: Mapping[Any, Any]) -> ReviewItem:
    """Return the item of a row of ``review_item``."""
    return ReviewItem(**row)

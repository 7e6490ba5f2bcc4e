"""What a buyer looks for: its inputs with their terms, saved under a name, and what was seen of the candidates last.

A log: whoever changes a request writes it anew, the last row of a number is how it stands, so that a change or a
removal is taken back by writing the row before once more. What a visitor saw is no history: one row for each request
and login, overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from models import codec, tables
from models.errors import NothingSuch, UsageError
from models.identifiers import Inn
from models.text import T
from models.transaction import WithinTransaction

State = Literal["open", "removed"]
STATES: tuple[State, ...] = get_args(State)
#: Inputs of one request, and letters of its name and of one text in it.
MOST_INPUTS, LONGEST_NAME, LONGEST_TEXT = 20, 120, 500


@dataclass(frozen=True, slots=True)
class Input:
    """One input that is looked for.

    Parameters
    ----------
    code
        Its activity group where it is of the buyer's recipe; ``None`` where only words say what it is.
    words
        What it is, in the buyer's words; may be empty beside a code.
    price_rub, volume, unit
        Price of a unit that is expected, how much a year, and of what.
    radius_km
        Farthest candidate.
    papers
        Certificates and licences wanted.
    note
        Anything else suppliers should know.
    needed_by
        The day by which it is needed.
    """

    code: str | None = None
    words: str = ""
    price_rub: float | None = None
    volume: float | None = None
    unit: str = ""
    radius_km: float | None = None
    papers: tuple[str, ...] = ()
    note: str = ""
    needed_by: date | None = None

    @property
    def key(self) -> str:
        """What names this input among those of a request.

        >>> Input(code="20.15").key, Input(words="Мешки  50 кг").key
        ('20.15', 'мешки 50 кг')
        """
        words = " ".join(self.words.casefold().split())
        return f"{self.code} {words}".strip() if self.code else words

    @property
    def spend_rub(self) -> float | None:
        """Roubles a year by its own price and volume, ``None`` where one of them is not said."""
        return self.price_rub * self.volume if self.price_rub and self.volume else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for and of whom: the content of a request."""

    name: str
    inputs: tuple[Input, ...] = ()
    region: str | None = None
    sme: bool = False
    makers_only: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplyRequest:
    """A request as it stands.

    Parameters
    ----------
    number
        Names the request as long as it lives.
    version
        Row of the log that says how it stands; another one after every change.
    buyer_inn
        Who looks for suppliers.
    terms
        What is looked for.
    state
        Whether it is in use.
    by, at
        Login of who wrote it so, and when.
    """

    number: int
    version: int
    buyer_inn: Inn
    terms: Terms
    state: State
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor saw last of a request: the first candidates of each input, by its key, and of which register."""

    data_version: int
    places: Mapping[str, Sequence[Inn]] = field(default_factory=dict)


class SupplyRequests(WithinTransaction):
    """Requests within one transaction."""

    def all(self, buyer_inn: Inn | None = None) -> list[SupplyRequest]:
        """Return the requests of one buyer or of all as they stand, the one changed last first."""
        c = tables.supply_request.c
        mine = sa.true() if buyer_inn is None else c.buyer_inn == buyer_inn
        last = sa.select(sa.func.max(c.id)).group_by(c.request)
        return self._read(sa.and_(mine, c.id.in_(last)))

    def one(self, number: int) -> SupplyRequest | None:
        """Return a request as it stands, ``None`` if there is none of that number."""
        return next(iter(self.history(number)), None)

    def history(self, number: int) -> list[SupplyRequest]:
        """Return every version of a request, the latest first."""
        return self._read(tables.supply_request.c.request == number)

    def log(self) -> list[SupplyRequest]:
        """Return every version of every request, the latest first."""
        return self._read(sa.true())

    def _read(self, condition: sa.ColumnElement[bool]) -> list[SupplyRequest]:
        query = sa.select(tables.supply_request).where(condition).order_by(tables.supply_request.c.id.desc())
        return [
            SupplyRequest(
                row["request"], row["id"], row["buyer_inn"], terms_of(row["content"]), row["state"], row["by"],
                row["at"],
            )
            for row in self._connection.execute(query).mappings()
        ]  # fmt: skip

    def write(
        self, buyer_inn: Inn, terms: Terms, *, by: str, number: int | None = None, state: State = "open"
    ) -> SupplyRequest:
        """Write a new request, or one anew; what says the same as before is not written.

        Raises
        ------
        UsageError
            If it asks for nothing, for too much, or has no name.
        """
        check(terms)
        before = self.one(number) if number is not None else None
        if before is not None and (before.terms, before.state) == (terms, state):
            return before
        table, at = tables.supply_request, codec.now()
        values: dict[str, Any] = {
            "request": number or 0, "buyer_inn": buyer_inn, "state": state, "content": content_of(terms), "by": by,
            "at": at,
        }  # fmt: skip
        key = self._connection.execute(sa.insert(table).values(values)).inserted_primary_key
        assert key is not None
        version = int(key[0])
        if number is None:
            self._connection.execute(sa.update(table).where(table.c.id == version).values(request=version))
        return SupplyRequest(number or version, version, buyer_inn, terms, state, by, at)

    def seen(self, number: int, login: str) -> Seen | None:
        """Return what a login saw last of a request, or else what was seen last by anybody."""
        c = tables.request_seen.c
        own = sa.case((c.login == login, 0), else_=1)
        query = (
            sa.select(tables.request_seen)
            .where(c.request == number)
            .order_by(own, c.data_version.desc(), c.at.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Seen(row["data_version"], json.loads(row["places"]))

    def see(self, number: int, login: str, seen: Seen) -> None:
        """Remember what a login has seen now."""
        table = tables.request_seen
        mine = sa.and_(table.c.request == number, table.c.login == login)
        self._connection.execute(sa.delete(table).where(mine))
        values = {
            "request": number, "login": login, "data_version": seen.data_version, "at": codec.now(),
            "places": codec.compact_json({key: list(firms) for key, firms in seen.places.items()}),
        }  # fmt: skip
        self._connection.execute(sa.insert(table).values(values))


def check(terms: Terms) -> None:
    """Check that a request can be kept.

    Raises
    ------
    UsageError
        If it cannot.
    """
    if not terms.name.strip() or len(terms.name) > LONGEST_NAME:
        raise UsageError(T("the request has no name"), T("give it a name of at most {count} letters",
                                                         count=LONGEST_NAME))  # fmt: skip
    if not terms.inputs:
        raise UsageError(T("nothing was asked"), T("tick an input, or say in words what is needed"))
    if len(terms.inputs) > MOST_INPUTS:
        raise UsageError(T("a request holds {count} inputs at most", count=MOST_INPUTS), T("make two of it"))
    keys = [each.key for each in terms.inputs]
    if len(set(keys)) < len(keys):
        raise UsageError(T("one input is named twice"), T("leave one of them out, or say in words how they differ"))


def content_of(terms: Terms) -> str:
    """Return a request as text of the log.

    >>> terms_of(content_of(Terms("Мешки", (Input("22.22", needed_by=date(2026, 3, 1)),)))).inputs[0].needed_by
    datetime.date(2026, 3, 1)
    """
    told = asdict(terms)
    for each in told["inputs"]:
        each["needed_by"] = each["needed_by"].isoformat() if each["needed_by"] else None
    return codec.compact_json(told)


def terms_of(content: str) -> Terms:
    """Return what a text of the log asks for."""
    told = json.loads(content)
    return Terms(**{**told, "inputs": tuple(_input(each) for each in told["inputs"])})


def _input(told: Mapping[str, Any]) -> Input:
    day = told["needed_by"]
    return Input(**{**told, "papers": tuple(told["papers"]), "needed_by": date.fromisoformat(day) if day else None})


def found(request: SupplyRequest | None, buyer_inn: Inn) -> SupplyRequest:
    """Return a request of a buyer.

    Raises
    ------
    NothingSuch
        If the buyer has none of that number.
    """
    if request is None or request.buyer_inn != buyer_inn:
        raise NothingSuch(T("there is no such request"), T("list the requests and look again"))
    return request

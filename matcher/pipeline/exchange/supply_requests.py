"""Use cases of supplier requests: saved, changed, taken back, and what is new in them after an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from matcher.report.request_news import News, compared
from models.identifiers import Inn
from models.supply_requests import Seen, State, SupplyRequest, SupplyRequests, Terms, found

Places = Mapping[str, Sequence[Inn]]


def save(workspace: Workspace, buyer_inn: Inn, terms: Terms, by: str, number: int | None = None) -> SupplyRequest:
    """Keep a request, a new one or a change of one."""
    workspace.firm(buyer_inn)
    with workspace.store.begin() as unit:
        requests = SupplyRequests(unit.connection)
        if number is not None:
            found(requests.one(number), buyer_inn)
        return requests.write(buyer_inn, terms, by=by, number=number)


def set_state(workspace: Workspace, buyer_inn: Inn, number: int, state: State, by: str) -> SupplyRequest:
    """Remove a request, or bring it back."""
    with workspace.store.begin() as unit:
        requests = SupplyRequests(unit.connection)
        present = found(requests.one(number), buyer_inn)
        return requests.write(buyer_inn, present.terms, by=by, number=number, state=state)


def bring_back(workspace: Workspace, buyer_inn: Inn, number: int, by: str) -> SupplyRequest:
    """Take the last change of a request back; the version before it is written once more."""
    with workspace.store.begin() as unit:
        requests = SupplyRequests(unit.connection)
        versions = requests.history(number)
        present = found(versions[0] if versions else None, buyer_inn)
        before = next((each for each in versions if each.terms != present.terms), present)
        return requests.write(buyer_inn, before.terms, by=by, number=number)


def request_of(workspace: Workspace, buyer_inn: Inn, number: int) -> SupplyRequest:
    """Return a request of a buyer.

    Raises
    ------
    DataError
        If it has none of that number.
    """
    with workspace.store.read() as reader:
        return found(SupplyRequests(reader.connection).one(number), buyer_inn)


def versions_of(workspace: Workspace, number: int) -> list[SupplyRequest]:
    """Return every version of a request, the latest first."""
    with workspace.store.read() as reader:
        return SupplyRequests(reader.connection).history(number)


def requests_of(workspace: Workspace, buyer_inn: Inn | None, state: State = "open") -> list[Document]:
    """Return requests of one buyer or of all, the one changed last first, each with its buyer named."""
    with workspace.store.read() as reader:
        every = [each for each in SupplyRequests(reader.connection).all(buyer_inn) if each.state == state]
    names = workspace.names(each.buyer_inn for each in every)
    return [
        {"request": each, "buyer": {"inn": each.buyer_inn, "name": names.get(each.buyer_inn, "")}} for each in every
    ]


def see(workspace: Workspace, request: SupplyRequest, login: str, places: Places) -> None:
    """Remember that a login has seen these candidates."""
    with workspace.store.begin() as unit:
        seen = Seen(unit.data_version(), places)
        SupplyRequests(unit.connection).see(request.number, login, seen)


def news(workspace: Workspace, request: SupplyRequest, login: str, places: Places) -> dict[str, News]:
    """Return what is new among the first candidates since a login looked last, by the key of the input.

    Only an import makes news: what somebody decided meanwhile is no new candidate.
    """
    with workspace.store.read() as reader:
        seen = SupplyRequests(reader.connection).seen(request.number, login)
        if seen is None or seen.data_version == reader.data_version():
            return {}
        decided = reader.decisions_in_force()
    declined = frozenset(
        supplier
        for (supplier, buyer), made in decided.items()
        if buyer == request.buyer_inn and made.decision == "decline"
    )
    told = {key: compared(seen.places[key], now, declined) for key, now in places.items() if key in seen.places}
    return {key: each for key, each in told.items() if each.count}


def news_item(workspace: Workspace, found: Mapping[str, News]) -> dict[str, Document]:
    """Return news with the firms named."""
    inns = {inn for each in found.values() for inn in (*each.entered, *each.left, *(each.moved or {}))}
    names = workspace.names(inns)

    def firm(inn: Inn) -> Document:
        return {"inn": inn, "name": names.get(inn, inn)}

    return {
        key: {
            "count": each.count,
            "entered": [firm(inn) for inn in each.entered],
            "left": [firm(inn) for inn in each.left],
            "moved": [
                {**firm(inn), "was": was, "now": now} for inn, (was, now) in (each.moved or {}).items()
            ],
        }
        for key, each in found.items()
    }  # fmt: skip

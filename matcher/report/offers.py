"""Offers side by side: prices in one unit, the lowest marked, and what can be added up added up with delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.calls import Call, Line, Offer
from models.identifiers import Inn
from models.units import amount, converted


@dataclass(frozen=True, slots=True)
class Cell:
    """What one firm offers for one line.

    Attributes
    ----------
    price_rub, unit, volume
        As the firm said it.
    per_rub
        The price for the unit the line is compared in; ``None`` where the firm's unit measures something else.
    cost_rub
        Roubles for the whole line; ``None`` where price or volume do not tell.
    short
        Whether it offers less than is wanted.
    lowest
        Whether nobody offers it for less.
    """

    price_rub: float
    unit: str
    volume: float | None
    per_rub: float | None
    cost_rub: float | None
    short: bool
    lowest: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the call with what every firm offers for it; ``unit`` is what prices are compared in."""

    line: Line
    unit: str
    cells: Mapping[Inn, Cell]

    @property
    def differs(self) -> bool:
        """Whether some offers are in units that cannot be compared with the others."""
        return any(cell.per_rub is None for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Total:
    """What the offer of one firm costs.

    ``whole`` says that every line it was asked for is offered in full and adds up, and that these are all lines of the
    call: only such totals are compared.
    """

    goods_rub: float
    delivery_rub: float | None
    whole: bool
    lowest: bool = False

    @property
    def total_rub(self) -> float:
        """Goods and delivery."""
        return self.goods_rub + (self.delivery_rub or 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All offers of a call, line by line, and their totals by firm."""

    rows: tuple[Row, ...]
    totals: Mapping[Inn, Total]


def comparison(call: Call) -> Comparison:
    """Return the offers of a call side by side; who has not answered is not among them."""
    offers = {firm.supplier_inn: firm.offer for firm in call.firms if firm.offer is not None}
    rows = tuple(_row(number, line, offers) for number, line in enumerate(call.ask.lines))
    totals = {inn: _total(inn, offer, rows) for inn, offer in offers.items()}
    least = min((total.total_rub for total in totals.values() if total.whole), default=None)
    marked = {
        inn: Total(each.goods_rub, each.delivery_rub, each.whole, each.whole and each.total_rub == least)
        for inn, each in totals.items()
    }
    return Comparison(rows, marked)


def _row(number: int, line: Line, offers: Mapping[Inn, Offer]) -> Row:
    said = {inn: offer.lines[number] for inn, offer in offers.items() if number in offer.lines}
    unit = line.unit or next((each.unit for each in said.values() if each.unit), "")
    cells = {}
    for inn, each in said.items():
        own = each.unit or unit
        per = converted(each.price_rub, own, unit)
        offered = None if each.volume is None else amount(each.volume, own, unit)
        wanted = line.volume if line.volume is not None else offered
        short = line.volume is not None and offered is not None and offered < line.volume
        cost = None if per is None or wanted is None else per * wanted
        cells[inn] = Cell(each.price_rub, own, each.volume, per, cost, short)
    least = min((cell.per_rub for cell in cells.values() if cell.per_rub is not None), default=None)
    return Row(line, unit, {inn: _marked(cell, cell.per_rub is not None and cell.per_rub == least)
                            for inn, cell in cells.items()})  # fmt: skip


def _marked(cell: Cell, lowest: bool) -> Cell:
    return Cell(cell.price_rub, cell.unit, cell.volume, cell.per_rub, cell.cost_rub, cell.short, lowest)


def _total(inn: Inn, offer: Offer, rows: tuple[Row, ...]) -> Total:
    cells = [row.cells.get(inn) for row in rows]
    costs = [cell.cost_rub for cell in cells if cell is not None and cell.cost_rub is not None]
    whole = all(
        cell is not None and cell.cost_rub is not None and not cell.short and row.line.volume is not None
        for cell, row in zip(cells, rows, strict=True)
    )
    return Total(sum(costs), offer.delivery_rub, whole)

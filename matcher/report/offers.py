"""Offers side by side: prices in one unit, the lowest marked, and what can be added up added up with delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from matcher.report.frame import Document
from models.identifiers import Inn
from models.offers import Ask, Call, Line, Offer
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
        Roubles for the volume wanted, or for that offered where it is less; ``None`` where price or volume do not tell.
    short
        Whether it offers less than is wanted.
    lowest
        Whether of several that can be compared nobody offers it for less.
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

    ``goods_rub`` adds up what can be, ``None`` where nothing can. ``whole`` says that every line it was asked for is
    offered in full and adds up: only such totals are compared, and only with those of firms asked for the same lines.
    """

    goods_rub: float | None
    delivery_rub: float | None
    whole: bool
    lowest: bool = False

    @property
    def total_rub(self) -> float:
        """Goods and delivery."""
        return (self.goods_rub or 0.0) + (self.delivery_rub or 0.0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All offers of a call, line by line, and their totals by firm."""

    rows: tuple[Row, ...]
    totals: Mapping[Inn, Total]


def comparison(call: Call) -> Comparison:
    """Return the offers of a call side by side; who has not answered is not among them."""
    offers = {firm.supplier_inn: firm.offer for firm in call.firms if firm.offer is not None}
    asked = {firm.supplier_inn: firm.lines for firm in call.firms}
    rows = tuple(_row(number, line, offers) for number, line in enumerate(call.ask.lines))
    totals = {inn: _total(inn, offer, [rows[number] for number in asked[inn]]) for inn, offer in offers.items()}
    alike: dict[frozenset[int], list[Inn]] = {}
    for inn, total in totals.items():
        if total.whole:
            alike.setdefault(frozenset(asked[inn]), []).append(inn)
    for firms in alike.values():
        least = lowest([totals[inn].total_rub for inn in firms])
        totals |= {inn: replace(totals[inn], lowest=True) for inn in firms if totals[inn].total_rub == least}
    return Comparison(rows, totals)


def lowest(values: Sequence[float]) -> float | None:
    """Return the lowest of several values; a single one is compared with nothing.

    >>> lowest([2.0, 1.0]), lowest([1.0])
    (1.0, None)
    """
    return min(values) if len(values) > 1 else None


def _row(number: int, line: Line, offers: Mapping[Inn, Offer]) -> Row:
    said = {inn: offer.lines[number] for inn, offer in offers.items() if number in offer.lines}
    unit = line.unit or next((each.unit for each in said.values() if each.unit), "")
    cells = {}
    for inn, each in said.items():
        own = each.unit or unit
        per = converted(each.price_rub, own, unit)
        offered = None if each.volume is None else amount(each.volume, own, unit)
        short = line.volume is not None and offered is not None and offered < line.volume
        taken = offered if short or line.volume is None else line.volume
        cost = None if per is None or taken is None else per * taken
        cells[inn] = Cell(each.price_rub, own, each.volume, per, cost, short)
    least = lowest([cell.per_rub for cell in cells.values() if cell.per_rub is not None])
    marked = {inn: replace(cell, lowest=least is not None and cell.per_rub == least) for inn, cell in cells.items()}
    return Row(line, unit, marked)


def _total(inn: Inn, offer: Offer, rows: Sequence[Row]) -> Total:
    cells = [row.cells.get(inn) for row in rows]
    costs = [cell.cost_rub for cell in cells if cell is not None and cell.cost_rub is not None]
    whole = all(
        cell is not None and cell.cost_rub is not None and not cell.short and row.line.volume is not None
        for cell, row in zip(cells, rows, strict=True)
    )
    return Total(sum(costs) if costs else None, offer.delivery_rub, whole)


def ask_item(ask: Ask) -> Document:
    """Return what a call says as a document; its last day may have been moved since."""
    return {
        "title": ask.title,
        "note": ask.note,
        "contact": ask.contact,
        "lines": [{"line": number, **asdict(line)} for number, line in enumerate(ask.lines)],
    }


def offer_item(offer: Offer | None) -> Document | None:
    """Return an answer as a document.

    >>> from models.offers import Offered
    >>> offer_item(Offer({0: Offered(20.0, "т")}))["lines"]
    [{'line': 0, 'price_rub': 20.0, 'unit': 'т', 'volume': None}]
    """
    if offer is None:
        return None
    return {
        "lines": [{"line": number, **asdict(each)} for number, each in offer.lines.items()],
        "delivery_rub": offer.delivery_rub,
        "delivery_days": offer.delivery_days,
        "valid_till": offer.valid_till.isoformat() if offer.valid_till else None,
        "comment": offer.comment,
    }


def comparison_item(found: Comparison, names: Mapping[str, str]) -> Document:
    """Return offers side by side as a document: each line with what every firm offers, then what each offer costs."""
    return {
        "lines": [
            {
                "line": number,
                **asdict(row.line),
                "unit": row.unit,
                "differs": row.differs,
                "offers": [{"inn": inn, "name": names.get(inn, ""), **asdict(cell)} for inn, cell in row.cells.items()],
            }
            for number, row in enumerate(found.rows)
        ],
        "totals": [
            {
                "inn": inn,
                "name": names.get(inn, ""),
                **asdict(total),
                "total_rub": total.total_rub if total.whole else None,
            }
            for inn, total in found.totals.items()
        ],
    }

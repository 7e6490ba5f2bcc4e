"""The answers to a call for offers as tables of a workbook: side by side, one by one, and every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.report.files.sheets import Cell, Number, Sheet, number
from matcher.report.frame import Document
from matcher.report.offers import Comparison
from models.offers import Call
from models.text import Lang, T, Text

#: How prices and roubles are shown.
PRICE, ROUBLES = "#,##0.00##", "#,##0"
#: What became of a firm that was asked, and of the call as a whole.
STEP_NAMES: Mapping[str, Text] = {
    "asked": T("asked"),
    "reminded": T("reminded"),
    "answered": T("answered"),
    "declined": T("declined"),
    "withdrawn": T("withdrawn"),
    "closed": T("closed"),
    "open": T("opened again"),
    "moved": T("last day moved"),
}


def offer_sheets(call: Call, document: Document, compared: Comparison, lang: Lang) -> list[Sheet]:
    """Return the tables of a call; each can be sorted and filtered by its reader."""
    firms = [firm for firm in document["firms"] if firm["inn"] in compared.totals]
    titles = [T("what is needed"), T("volume"), T("Unit")]
    names = [f"{firm['name']}, {firm['inn']}" for firm in firms]
    return [
        Sheet(T("side by side").render(lang), [*(text.render(lang) for text in titles), *names],
              list(_side_by_side(firms, compared, lang)), filters=True),
        Sheet(T("answers").render(lang), [text.render(lang) for text in _ANSWER_HEADS],
              list(_answers(document, compared, lang)), filters=True),
        Sheet(T("steps").render(lang), [text.render(lang) for text in (T("date"), T("firm"), T("step"), T("login"),
                                                                      T("Note"))],
              [[each["at"][:16].replace("T", " "), each["firm"], STEP_NAMES[each["state"]].render(lang), each["by"],
                each["note"]] for each in document["steps"]], filters=True),
    ]  # fmt: skip


def _side_by_side(firms: list[Document], compared: Comparison, lang: Lang) -> Iterator[list[Cell]]:
    for row in compared.rows:
        cells = [row.cells.get(firm["inn"]) for firm in firms]
        prices = [None if cell is None else _price(cell.per_rub, cell.price_rub, cell.unit) for cell in cells]
        yield [row.line.name, number(row.line.volume), row.unit, *prices]
    totals = [compared.totals[firm["inn"]] for firm in firms]
    for name, values in (
        (T("goods, roubles"), [total.goods_rub for total in totals]),
        (T("delivery, roubles"), [total.delivery_rub for total in totals]),
        (T("total, roubles"), [total.total_rub if total.whole else None for total in totals]),
    ):
        yield [name.render(lang), None, None, *(number(value, ROUBLES) for value in values)]


def _price(per: float | None, said: float, unit: str) -> Cell:
    return f"{said:.10g} / {unit}" if per is None else Number(per, PRICE)


_ANSWER_HEADS = (
    T("firm"), T("INN"), T("state"), T("what is needed"), T("price"), T("Unit"), T("volume"), T("roubles for the line"),
    T("lowest price"), T("delivery, days"), T("delivery, roubles"), T("valid till"), T("comment"),
)  # fmt: skip


def _answers(document: Document, compared: Comparison, lang: Lang) -> Iterator[list[Cell]]:
    for firm in document["firms"]:
        who: list[Cell] = [firm["name"], firm["inn"], STEP_NAMES[firm["state"]].render(lang)]
        offer = firm["offer"]
        if offer is None:
            yield [*who, *[None] * 9, firm["note"]]
            continue
        for row in compared.rows:
            cell = row.cells.get(firm["inn"])
            if cell is None:
                continue
            yield [
                *who, row.line.name, Number(cell.price_rub, PRICE), cell.unit, number(cell.volume),
                number(cell.cost_rub, ROUBLES), T("yes").render(lang) if cell.lowest else None,
                number(offer.delivery_days), number(offer.delivery_rub, ROUBLES),
                offer.valid_till.isoformat() if offer.valid_till else None, offer.comment,
            ]  # fmt: skip

"""The catalogue of products as a workbook: every product on a line, every firm on a line, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.report.files.sheets import Cell, Number, Sheet
from models.text import Lang, T, Text

Document = Mapping[str, Any]

LANGUAGES: Mapping[str, Text] = {"ru": T("in Russian"), "en": T("in English")}
_PRODUCTS: tuple[Text, ...] = (
    T("segment"), T("activity"), T("code"), T("name"), T("INN"), T("town"), T("region"), T("what it is"),
    T("product code, OKPD-2"), T("product"), T("language of the name"), T("volume"), T("price"), T("terms"),
    T("holds until"), T("website"),
)  # fmt: skip
_FIRMS: tuple[Text, ...] = (
    T("segment"), T("activity"), T("code"), T("name"), T("name in Russian"), T("INN"), T("town"), T("region"),
    T("declared products"), T("offers in own words"), T("offers on the board"), T("website"),
)  # fmt: skip
_EXPORTS: tuple[Text, ...] = (T("product line"), T("year"), T("export, million dollars"), T("change since 2014"))


def catalogue_sheets(document: Document, lang: Lang) -> list[Sheet]:
    """Return the sheets of a catalogue."""

    def say(text: Text) -> str:
        return text.render(lang)

    sheets = [
        Sheet(say(T("products")), list(map(say, _PRODUCTS)), product_rows(document, lang), filters=True),
        Sheet(say(T("firms")), list(map(say, _FIRMS)), firm_rows(document), filters=True),
    ]
    if document["exports"]:
        sheets.append(Sheet(say(T("export")), list(map(say, _EXPORTS)), export_rows(document)))
    notes = [[say(note)] for note in notes_of(document)]
    return [*sheets, Sheet(say(T("notes")), [say(T("How to read it"))], notes)]


def notes_of(document: Document) -> list[Text]:
    """Return what a reader of a catalogue should know."""
    return [
        T("{cluster}, {region}; as of {date}", cluster=document["cluster_name"], region=document["region_name"],
          date=document["day"]),
        T("Firms of the register at least half of whose output belongs to the cluster, each under its largest activity "
          "there, the largest first; and firms with an offer on the board of what the cluster makes."),
        T("Declared products are named by OKPD-2, which is in Russian only; English names are those of activities, and "
          "of entries whose firms wrote them."),
        T("Nothing here is confirmed by the firms unless they wrote it themselves: ask before you order."),
    ]  # fmt: skip


def product_rows(document: Document, lang: Lang) -> Iterator[list[Cell]]:
    """Yield a row for each product, offer and entry; a firm of which none is known has a row of its activity alone."""
    for lead, firm in firms_of(document):
        who: list[Cell] = [*lead, firm["name"], firm["inn"], firm["city"], firm["region"]]
        rows = list(_told(firm, lang))
        for row in rows or [[None] * 8]:
            yield [*who, *row, firm["website"]]


def _told(firm: Document, lang: Lang) -> Iterator[list[Cell]]:
    def language(item: Document) -> str:
        return LANGUAGES[item["lang"]].render(lang)

    for item in firm["products"]:
        yield [T("declared product").render(lang), item["code"], item["name"], language(item), None, None, None, None]
    for item in firm["offers"]:
        yield [T("offer in own words").render(lang), None, item["text"], language(item), None, None, None, None]
    for item in firm["entries"]:
        yield [
            T("offer on the board").render(lang), None, item["title"], language(item), item["volume"] or None,
            item["price"] or None, item["terms"] or None, item["until"],
        ]  # fmt: skip


def firm_rows(document: Document) -> Iterator[list[Cell]]:
    """Yield a row for each firm."""
    for lead, firm in firms_of(document):
        counts = [Number(len(firm[name]), "0") for name in ("products", "offers", "entries")]
        yield [
            *lead, firm["name"], firm["own_name"], firm["inn"], firm["city"], firm["region"], *counts, firm["website"],
        ]  # fmt: skip


def export_rows(document: Document) -> Iterator[list[Cell]]:
    """Yield the lines of export of the region."""
    for line in document["exports"]:
        yield [line["name"], Number(line["year"], "0"), Number(line["export_musd"], "0.0##"),
               Number(line["growth"], "+0.0%;-0.0%;0.0%")]  # fmt: skip


def firms_of(document: Document) -> Iterator[tuple[list[Cell], Document]]:
    """Yield every firm with its segment, activity and code."""
    for segment in document["segments"]:
        for activity in segment["activities"]:
            for firm in activity["firms"]:
                yield [segment["name"], activity["name"], activity["code"]], firm

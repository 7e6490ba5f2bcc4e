"""The catalogue of what firms of a cluster make, as a document: by segment and activity, with what each firm says.

Products are those that a firm declared (OKPD-2), offers are its own words, entries are its offers on the board. What
has no English name is told in Russian and says so by its ``lang``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.index.items import listed_items
from matcher.report.board import Notice, titled
from matcher.report.frame import Document
from models.alphabets import latin
from models.classifications import activity_name, group_of, okpd2, okpd2_group, okved2
from models.clusters import Membership, Segment, membership, segment_name
from models.geography import region_name
from models.names import shown_name
from models.records import Company
from models.resources import read_table
from models.text import Lang, T, language_of

#: The side of a chain that makes nothing of its own.
SALES = "sales_support"
#: The region whose export by line is bundled, and the year.
EXPORT_REGION, EXPORT_YEAR = "26", 2018


@dataclass(frozen=True, slots=True)
class Maker:
    """A firm of the catalogue: what it is, the activity it stands under, and its offers on the board."""

    company: Company
    segment: str
    code: str
    entries: tuple[Notice, ...] = ()


def with_offers(makers: Iterable[Maker], offers: Mapping[str, Sequence[Notice]], cluster: str,
                firms: Mapping[str, Company]) -> list[Maker]:  # fmt: skip
    """Return makers with their offers on the board, and the firms that are there for their offers alone.

    A firm of no segment stands under the activity of its first offer that the cluster makes.
    """
    found = [Maker(each.company, each.segment, each.code, tuple(offers.get(each.company.inn, ()))) for each in makers]
    there = {each.company.inn for each in found}
    for inn, notices in offers.items():
        if inn in there or inn not in firms:
            continue
        places = [(code, place) for each in notices for code in each.words.codes if (place := made_in(code, cluster))]
        if places:
            code, place = places[0]
            mine = [each for each in notices if any(made_in(code, cluster) for code in each.words.codes)]
            found.append(Maker(firms[inn], place.segment, group_of(code) or code, tuple(mine)))
    return found


def made_in(code: str, cluster: str) -> Membership | None:
    """Return where a code is made in a cluster, ``None`` if it is outside or only sold there."""
    place = membership(code, cluster)
    return None if place is None or place.side == SALES else place


def catalogue_segments(makers: Sequence[Maker], rows: Sequence[Segment], lang: Lang) -> list[Document]:
    """Return makers by segment, in the order of the chain, and by activity."""
    return [
        {
            "segment": row.slug,
            "name": segment_name(row, lang),
            "stage": row.stage,
            "firms": len(mine),
            "activities": _activities(mine, lang),
        }
        for row in rows
        if (mine := [each for each in makers if each.segment == row.slug])
    ]


def _activities(makers: Sequence[Maker], lang: Lang) -> list[Document]:
    codes = sorted({each.code for each in makers})
    return [
        {**named_code(code, lang), "firms": [maker_item(each, lang) for each in makers if each.code == code]}
        for code in codes
    ]


def named_code(code: str, lang: Lang) -> Document:
    """Return an activity with its name and the language the name is in."""
    name = activity_name(code, lang)
    return {"code": code, "name": name, "lang": language_of(name)}


def maker_item(maker: Maker, lang: Lang) -> Document:
    """Return a firm of the catalogue with all that is known of what it makes."""
    company = maker.company
    return {
        "inn": company.inn,
        "name": name_in(company, lang),
        "own_name": shown_name(company, "ru"),
        "city": place_in(company, lang),
        "region_code": company.region_code,
        "region": region_name(company.region_code, lang) if company.region_code else "",
        "website": company.website,
        "products": [product_item(code, lang) for code in company.products_okpd2],
        "offers": [{"text": text, "lang": language_of(text)} for text in listed_items(company.offers)],
        "capacity": company.capacity or None,
        "entries": [entry_of(each, lang) for each in maker.entries],
    }


def name_in(company: Company, lang: Lang) -> str:
    """Return what a firm is called, in English in Latin letters."""
    name = shown_name(company, lang)
    return latin(name) if lang == "en" else name


def place_in(company: Company, lang: Lang) -> str:
    """Return the town of a firm, in English in Latin letters; empty if it is not known."""
    return latin(company.city or "") if lang == "en" else company.city or ""


def product_item(code: str, lang: Lang) -> Document:
    """Return a declared product: the classification names it in Russian only; its class has a name in English too.

    >>> product_item("20.15.31", "en")["class"], product_item("20.15.31", "en")["lang"]
    ('Manufacture of fertilisers and nitrogen compounds', 'ru')
    """
    group = okpd2_group(code)
    known = okpd2().get(code)
    name = known.name if known else code
    return {
        "code": code,
        "name": name,
        "lang": language_of(name),
        "class": activity_name(group, lang) if group in okved2() and group else "",
    }


def entry_of(notice: Notice, lang: Lang) -> Document:
    """Return an offer of the board as the catalogue tells it."""
    title, title_lang = titled(notice.words, lang)
    words = notice.words
    return {
        "ref": notice.ref,
        "title": title,
        "lang": title_lang,
        "volume": words.volume,
        "price": words.price,
        "terms": words.terms,
        "until": notice.until.isoformat() if notice.until else None,
    }


def export_lines(codes: Sequence[str], region: str | None, lang: Lang) -> list[Document]:
    """Return the lines of export of the region that activities belong to; known for one region and one year only."""
    if region != EXPORT_REGION:
        return []
    return [
        {
            "name": line[f"product_{lang}"],
            "year": EXPORT_YEAR,
            "export_musd": float(line["export_2018_musd"]),
            "growth": round(float(line["growth_2014_2018_pct"]) / 100, 4),
        }
        for line in read_table("reference/export_lines_2018.csv")
        if any(code.startswith(tuple(line["okved_prefixes"].split(";"))) for code in codes)
    ]


def told(firm: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Yield what a firm makes, a line each: offers on the board, declared products, its own words together."""
    for item in firm["entries"]:
        terms = [text for text in (item["volume"], item["price"], item["terms"]) if text]
        until = T("on the board until {date}", date=item["until"]).render(lang)
        yield f"{'; '.join([item['title'], *terms])} ({until}){marked(item, lang)}"
    for item in firm["products"]:
        yield f"{item['code']} {item['name']}{marked(item, lang)}"
    words = [item["text"] for item in firm["offers"]]
    if words:
        yield f"{'; '.join(words)}{marked(firm['offers'][0], lang)}"
    if firm["capacity"]:
        yield T("free capacity: {text}", text=firm["capacity"]).render(lang)


def marked(item: Mapping[str, Any], lang: Lang) -> str:
    """Return the mark of what is told in the other language."""
    if item["lang"] == lang or lang == "ru":
        return ""
    return f" [{T('in Russian').render(lang)}]"

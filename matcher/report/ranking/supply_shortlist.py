"""The candidates for one input of a supplier request, with what was asked for set beside what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.report.figures import rub
from matcher.report.frame import Document, Frame
from matcher.report.ranking.layout import Laid
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.shortlists import Decided, shortlist
from matcher.report.ranking.sole_source import sources_item, sources_of
from models.classifications import activity_name
from models.names import name_key
from models.records import Company
from models.supply_requests import Input, SupplyRequest
from models.text import Lang


def input_shortlist(frame: Frame, listing: Listing, laid: Laid, wanted: Input, decided: Decided) -> Document:
    """Return one input as it was asked for, its first candidates, near misses, and how many could supply it."""
    document = shortlist(frame, listing, laid, {}, decided)
    return {
        **input_item(wanted, frame.lang),
        "demand_rub": rub(listing.wanted(frame.economy)[~frame.economy.channel].sum() * listing.party.output_rub),
        "total": document["total"],
        "items": [{**item, "papers": papers(frame, wanted, item["inn"])} for item in document["items"]],
        "sources": sources_item(frame, sources_of(frame.columns, listing.ranking)),
        **{part: document[part] for part in ("partners", "affiliates", "near_misses")},
    }


def request_item(request: SupplyRequest, buyer: Document) -> Document:
    """Return who looks for what, without the inputs."""
    terms = request.terms
    return {
        "number": request.number,
        "version": request.version,
        "state": request.state,
        "name": terms.name,
        "buyer": buyer,
        "region": terms.region,
        "sme": terms.sme,
        "makers_only": terms.makers_only,
        "note": terms.note,
        "by": request.by,
        "at": request.at.isoformat(),
    }


def input_item(wanted: Input, lang: Lang) -> Document:
    """Return what was asked for."""
    name = activity_name(wanted.code, lang) if wanted.code else wanted.words
    return {
        "key": wanted.key,
        "okved_code": wanted.code,
        "name": name,
        "words": wanted.words,
        "price_rub": wanted.price_rub,
        "volume": wanted.volume,
        "unit": wanted.unit,
        "spend_rub": rub(wanted.spend_rub),
        "radius_km": wanted.radius_km,
        "papers_wanted": list(wanted.papers),
        "note": wanted.note,
        "needed_by": wanted.needed_by.isoformat() if wanted.needed_by else None,
    }


def papers(frame: Frame, wanted: Input, inn: str) -> list[Document]:
    """Return for each certificate or licence wanted what the register says of it; ``None`` where it says nothing."""
    company = frame.companies.get(inn)
    said = stated(company) if company else ()
    return [{"wanted": words, "stated": first_holding(words, said)} for words in wanted.papers]


def stated(company: Company) -> Sequence[str]:
    """Return everything in which a firm may name a certificate or licence: entries of registers, then its own words."""
    return (*company.licences, *(part.strip() for part in (company.offers or "").split(";") if part.strip()))


def first_holding(words: str, texts: Iterable[str]) -> str | None:
    """Return the first text that holds every word of what is wanted, whatever its letters and order.

    >>> first_holding("iso 9001", ["мешки", "сертификат ISO 9001:2015"])
    'сертификат ISO 9001:2015'
    >>> first_holding("ISO 14001", ["сертификат ISO 9001:2015"]) is None
    True
    """
    asked = set(name_key(words).split())
    return next((text for text in texts if asked and asked <= set(name_key(text).split())), None)

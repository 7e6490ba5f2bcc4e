"""Firms as the service Kontur.Focus answers: names, seat, status, date of registration, and activities if asked for.

Heads of firms, founders and their tax numbers are never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.intake.document_facts import DocumentFacts, broken, proper, skipped_person
from matcher.intake.documents import Break
from matcher.intake.json_documents import json_documents, part, parts, peek_documents, plain
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed

MARKS = ("UL", "IP", "focusHref", "egrDetails")
#: Parts of an address from the widest to the narrowest.
ADDRESS = ("regionName", "district", "city", "settlement", "street", "house", "bulk", "flat")
#: What a mark set on a status says.
STATES = (("dissolved", "liquidated"), ("dissolving", "liquidating"), ("reorganizing", "reorganizing"))


def recognises(sample: Sample) -> int:
    """Recognise the answer by its blocks of a legal entity or a sole trader beside an INN."""
    found = peek_documents(sample.source)
    return 5 if any("inn" in each and any(mark in each for mark in MARKS) for each in found) else 0


def label(sample: Sample) -> str:
    """Return the service's name."""
    return "Контур.Фокус"


def as_of(sample: Sample) -> str:
    """Return nothing: the answer does not tell its date."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each firm understood."""
    for number, document in json_documents(sample.source):
        yield (
            broken(number, document)
            if isinstance(document, Break)
            else firm(document, DocumentFacts(number, manifest, options))
        )


def firm(document: Mapping[str, Any], facts: DocumentFacts) -> Parsed:
    """Return what one document says."""
    person = "IP" in document
    if not facts.identify(plain(document.get("inn"))):
        return skipped_person(facts) if person else facts.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    said = part(document, "IP" if person else "UL")
    if not person:
        names = part(said, "legalName")
        facts.say("name", plain(names.get("short")) or plain(names.get("full")))
        facts.say("ogrn", plain(document.get("ogrn")))
        seat(part(said, "legalAddress", "parsedAddressRF"), facts)
    facts.say("status", state(part(said, "status")))
    facts.say("founded", plain(said.get("registrationDate")))
    for owner in (said, document, part(document, "egrDetails"), part(document, "egrDetails", "IP" if person else "UL")):
        activities(part(owner, "activities"), facts)
    return facts.parsed()


def state(status: Mapping[str, Any]) -> str:
    """Return the state of a firm by the marks set, else in the service's words.

    >>> state({"statusString": "Действующее", "dissolved": False}), state({"statusString": "?", "dissolved": True})
    ('Действующее', 'liquidated')
    """
    marked = (name for mark, name in STATES if status.get(mark) is True)
    return next(marked, plain(status.get("statusString")))


def seat(address: Mapping[str, Any], facts: DocumentFacts) -> None:
    """Take the region by its code, else by its name, the town, and the address in words."""
    named = {level: part(address, level) for level in ADDRESS}
    names = {level: plain(each.get("topoValue")) for level, each in named.items()}
    facts.say("region_code", plain(address.get("regionCode")) or names["regionName"])
    facts.say("city", proper(names["city"] or names["settlement"] or federal_city(named["regionName"])))
    words = [plain(address.get("zipCode"))]
    words += [f"{plain(each.get('topoShortName'))} {names[level]}" for level, each in named.items() if names[level]]
    facts.say("address", ", ".join(word.strip() for word in words if word))


def federal_city(region: Mapping[str, Any]) -> str:
    """Return the name of a region that is a town, an empty string for any other.

    >>> federal_city({"topoShortName": "г", "topoValue": "Москва"})
    'Москва'
    """
    return plain(region.get("topoValue")) if plain(region.get("topoShortName")).strip(". ").casefold() == "г" else ""


def activities(stated: Mapping[str, Any], facts: DocumentFacts) -> None:
    """Take the main code and the others."""
    for main in parts(stated.get("principalActivity")):
        facts.say("okved_main", plain(main.get("code")))
    extra = [plain(each.get("code")) for each in parts(stated.get("complementaryActivities"))]
    facts.say_all("okved_extra", [code for code in extra if code])

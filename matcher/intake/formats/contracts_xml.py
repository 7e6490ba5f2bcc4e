"""Public contracts in XML, under 44-FZ and 223-FZ: who sold what to whom, for how much.

Namespaces and wrappers vary, so elements are known by their local names. Of a contract's versions the last counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml import etree

from matcher.intake import fields
from matcher.intake.document_facts import DocumentFacts, broken, skipped_person
from matcher.intake.documents import Break, documents, local_name
from matcher.intake.manifest import Manifest
from matcher.intake.register_entries import Entry, gathered
from matcher.intake.registry import Sample
from matcher.intake.rows import Findings, Options, Parsed
from models.errors import DataError
from models.records import Link
from models.text import T

#: Element of a contract -> the law it is under.
CONTRACTS = {"contract": "44-ФЗ", "performanceContractData": "223-ФЗ", "contractData": "223-ФЗ"}
_SUPPLIERS = frozenset({"supplier", "supplierInfo"})
_CUSTOMERS = frozenset({"customer"})
_ITEMS = frozenset({"product", "contractPosition", "contractItem", "position"})
_NUMBERS = ("regNum", "contractRegNumber", "registrationNumber")
_PRODUCT_CODES = frozenset({"OKPD2", "okpd2"})
#: Digits a version may have.
_VERSION_DIGITS = 20
_SUMS = ("sum", "sumRUR", "price")


def recognises(sample: Sample) -> int:
    """Recognise a contract with a customer among the first elements."""
    return 4 if sample.root.tags & CONTRACTS.keys() and sample.root.tags & _CUSTOMERS else 0


def label(sample: Sample) -> str:
    """Return the file's name: each contract has a number of its own."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: each contract has a date of its own."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each contract; a version that a later one replaces is set aside."""
    with gathered(versions(sample), options.today) as known:
        for number, element in documents(sample.source, *CONTRACTS):
            if isinstance(element, Break):
                yield broken(number, element)
            elif (last := known.latest(number)) != number:
                yield replaced(number, last)
            else:
                yield contract(element, DocumentFacts(number, manifest, options))


def replaced(number: int, later: int) -> Parsed:
    """Return the quarantine entry of a version that does not count."""
    found = Findings(number)
    found.add("document", "", T("another version of the contract, document {later}, is the last", later=later))
    return found.parsed()


def versions(sample: Sample) -> Iterator[Entry]:
    """Yield the number and version of each contract; of equal versions the later document counts."""
    for number, element in documents(sample.source, *CONTRACTS):
        if not isinstance(element, Break):
            version = first_text(element, ("versionNumber", "version"))
            known = version.isdecimal() and len(version) <= _VERSION_DIGITS
            yield Entry(number, first_text(element, _NUMBERS), version.zfill(_VERSION_DIGITS) if known else "")


def contract(element: etree._Element, facts: DocumentFacts) -> Parsed:
    """Return the sales of one contract: each supplier to the customer, by product, sums of a product added up."""
    buyer = next((inn for customer in under(element, _CUSTOMERS) if (inn := party(customer))), "")
    suppliers = [inn for each in under(element, _SUPPLIERS) if (inn := party(each))]
    if not buyer or not suppliers:
        facts.found.add(
            "supplier_inn", "", T("the contract names no supplier or no customer by INN; such may be withheld")
        )
        return facts.found.parsed()
    links: list[Link] = []
    for supplier in dict.fromkeys(suppliers):
        if not facts.identify(supplier):
            continue
        if facts.unwanted:
            return skipped_person(facts)
        links += sales(element, buyer, facts, alone=len(set(suppliers)) == 1)
    return facts.found.parsed(links=tuple(links))


def sales(element: etree._Element, buyer: str, facts: DocumentFacts, alone: bool) -> list[Link]:
    """Return the sales of one supplier; of several suppliers nobody says who was paid what, so no sums."""
    law = CONTRACTS[local_name(element.tag)]
    evidence = f"{law} № {first_text(element, _NUMBERS) or '?'}"
    day = first_text(element, ("signDate", "contractDate", "publishDate", "createDateTime"))
    for code, amount in sums_by_code(element, facts).items():
        facts.sells_to(buyer, evidence, day or None, okpd2=code or None, amount_rub=amount if alone else None)
    links, facts.links = facts.links, []
    return links


def sums_by_code(element: etree._Element, facts: DocumentFacts) -> dict[str, float | None]:
    """Return product code -> roubles; a contract without positions has one sale of no code, for its whole price."""
    found: dict[str, list[float]] = defaultdict(list)
    for item in under(element, _ITEMS):
        codes = [code for each in under(item, _PRODUCT_CODES) if (code := first_text(each, ("code",)))]
        try:
            code = fields.read_product(codes[0]) if codes else ""
        except DataError as error:
            facts.found.add("okpd2", codes[0], error.message)
            code = ""
        found[code] += amounts(first_text(item, _SUMS), facts)
    if not found:
        return {"": sum(amounts(first_text(element, ("price",)), facts)) or None}
    return {code: sum(parts) if parts else None for code, parts in found.items()}


def amounts(text: str, facts: DocumentFacts) -> list[float]:
    """Return an amount within the format's bounds, none where it is missing or wrong."""
    if not text:
        return []
    try:
        value = fields.read_number(text)
        facts.manifest.check("amount_rub", value)
    except DataError as error:
        facts.found.add("amount_rub", text, error.message)
        return []
    return [value]


def party(element: etree._Element) -> str:
    """Return the INN a party is given by, an empty string where there is none."""
    return first_text(element, ("INN", "inn"))


def under(element: etree._Element, names: Iterable[str]) -> Iterator[etree._Element]:
    """Yield the outermost elements below one that have a local name among ``names``."""
    wanted = frozenset(names)
    for child in element:
        if local_name(child.tag) in wanted:
            yield child
        else:
            yield from under(child, wanted)


def first_text(element: etree._Element, names: Iterable[str]) -> str:
    """Return the text of the first element below that has one of the names, the earlier name first."""
    for name in names:
        for each in element.iter(f"{{*}}{name}"):
            if each.text and each.text.strip():
                return each.text.strip()
    return ""

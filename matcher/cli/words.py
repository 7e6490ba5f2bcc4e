"""Names of enumerated values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from matcher.intake.column_meanings import MEANINGS
from matcher.intake.registry import format_names, load
from models.clusters import STAGE_NAMES
from models.decision_reasons import VERDICT_NAMES
from models.text import T, Text

ROLES: Mapping[str, Text] = {
    "maker": T("maker"),
    "service": T("service"),
    "channel": T("wholesaler"),
    "supplier": T("supplier"),
    "processor": T("processor"),
    "buyer": T("buyer"),
    "producer": T("producer"),
    "owner": T("has it"),
    "user": T("user"),
    "donor": T("gives"),
    "receiver": T("takes"),
    "provider": T("provider"),
    "customer": T("customer"),
    "contractor": T("makes to order"),
    "exporter": T("exporter"),
}

GAINS: Mapping[str, Text] = {
    "sales": T("sales"),
    "saving": T("saving"),
}

#: Amounts of a joint-project candidate.
AMOUNTS: Mapping[str, Text] = {
    "value_rub": T("value a year"),
    "value_low_rub": T("value at least"),
    "value_high_rub": T("value at most"),
    "benefit_rub": T("benefit to the participants a year"),
    "demand_rub": T("need here"),
    "supply_rub": T("made here"),
    "gap_rub": T("gap"),
}

STAGES: Mapping[str, Text] = {
    **STAGE_NAMES,
    "missing": T("no local maker"),
    "shortage": T("too little made here"),
    "single_source": T("a single source"),
    "unprocessed_output": T("leaves unprocessed"),
    "broken_chain": T("a break in the chain"),
}

SCOPES: Mapping[str, Text] = {
    "core": T("main activities"),
    "support": T("supporting activities"),
}


VERDICTS: Mapping[str, Text] = VERDICT_NAMES

CATEGORIES: Mapping[str, Text] = {
    "micro": T("micro enterprise"),
    "small": T("small enterprise"),
    "medium": T("medium enterprise"),
    "large": T("large enterprise"),
}

STATUSES: Mapping[str, Text] = {
    "active": T("active"),
    "reorganizing": T("being reorganised"),
    "liquidating": T("being wound up"),
    "bankrupt": T("in bankruptcy"),
    "liquidated": T("closed"),
}

TAX_REGIMES: Mapping[str, Text] = {
    "usn": T("simplified (USN)"),
    "eskhn": T("agricultural (ESKhN)"),
    "srp": T("production sharing (SRP)"),
    "envd": T("imputed income (ENVD, to 2020)"),
    "ausn": T("automated simplified (AUSN)"),
    "psn": T("patent (PSN)"),
}

#: Fields and figures of a company, in the order of its card.
FIELDS: Mapping[str, Text] = {
    "inn": T("INN"),
    "ogrn": T("OGRN"),
    "name": T("name"),
    "okved_main": T("main activity, OKVED-2"),
    "okved1_main": T("main activity, OKVED-1"),
    "okved_extra": T("further activities, OKVED-2"),
    "products_okpd2": T("declared products, OKPD-2"),
    "offers": T("offers, in words"),
    "needs": T("needs, in words"),
    "equipment": T("equipment to share"),
    "capacity": T("free capacity for contract manufacturing"),
    "waste": T("waste and by-products to give away"),
    "vacancies": T("open vacancies"),
    "licences": T("licences"),
    "tax_regimes": T("special tax regimes"),
    "founders": T("founders that are legal entities"),
    "managed_by": T("managing company"),
    "region_code": T("region"),
    "city": T("town"),
    "address": T("address"),
    "lat": T("latitude"),
    "lon": T("longitude"),
    "category": T("size category"),
    "status": T("status"),
    "founded": T("founded"),
    "website": T("website"),
    "revenue_rub": T("revenue"),
    "workers": T("workers"),
    "assets_rub": T("assets"),
    "fixed_assets_rub": T("fixed assets"),
    "paid_to_suppliers_rub": T("paid to suppliers"),
    "expenses_rub": T("expenses"),
    "profit_rub": T("profit"),
    "taxes_paid_rub": T("taxes paid"),
    "arrears_rub": T("tax arrears"),
    "state_support_rub": T("state support"),
}

#: Kinds of sources, by what decides their weight.
SOURCES: Mapping[str, Text] = {
    "manual": T("checked by a person"),
    "table": T("table of the cluster"),
    "register": T("state register"),
    "sme_register": T("register of small and medium enterprises"),
    "open_data": T("open data of the tax service"),
    "accounts": T("annual accounts"),
    "catalogue": T("register of products"),
    "aggregator": T("aggregator"),
}

#: How much an input matters to the buyer's kind of activity.
TYPICAL: Mapping[str, Text] = {"main": T("main input"), "regular": T("regular input"), "minor": T("minor input")}
#: What a cell of the coefficient matrix rests on.
CELL_SOURCES: Mapping[str, Text] = {
    "rosstat_2016": T("Rosstat 2016"),
    "rosstat_2011": T("Rosstat 2011"),
    "us_bea_2017": T("US 2017"),
    "recipes": T("recipes"),
    "detail_keys": T("keys"),
    "typical_inputs": T("kind of activity"),
    "group_inputs": T("list of inputs"),
    "override": T("by hand"),
    "capital_users": T("users of machines"),
    "symbiosis": T("known exchanges"),
}


#: Kinds of evidence on record.
EVIDENCE: Mapping[str, Text] = {
    "link": T("observed sale"),
    "statement": T("statement of a source"),
}

#: What an entry of the quarantine is about: a column of a table, or all of a row or file.
ENTRIES: Mapping[str, Text] = {**MEANINGS, **FIELDS, "row": T("row"), "file": T("file"), "sheet": T("sheet")}

#: Files of several parts, each of a format of its own.
CONTAINERS: Mapping[str, Text] = {
    "ods": T("workbook of several sheets"),
    "xlsx": T("workbook of several sheets"),
    "zip": T("archive"),
}

#: What accounts may do, by whom they are for.
ACCOUNT_ROLES: Mapping[str, Text] = {
    "administrator": T("administrator"),
    "manager": T("manager of the cluster"),
    "anchor": T("anchor firm"),
    "sme": T("small or medium company"),
    "viewer": T("viewer"),
}


@cache
def format_words() -> Mapping[str, Text]:
    """Return what kinds of files are called: formats as their manifests say."""
    return {**{name: Text(load(name)[1].title) for name in format_names()}, **CONTAINERS}


def label(words: Mapping[str, Text], value: str) -> Text:
    """Return the words for a value, the value itself when it has none."""
    return words.get(value, Text(value))

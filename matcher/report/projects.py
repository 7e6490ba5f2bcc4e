"""Joint-project candidates as documents."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.gaps.regional import RegionGaps
from matcher.projects.candidates import Candidate
from matcher.report.affiliates import affiliates_with
from matcher.report.flags import flagged
from matcher.report.frame import Document, Frame, decimal, money, percent, rub
from models.materials import material_name
from models.text import T, Text

TITLES: Mapping[str, Text] = {
    "chain": T("Close the chain: {other} → {code}"),
    "import_substitution": T("Make here instead of importing: {code}"),
    "deep_processing": T("Process here instead of shipping out: {code}"),
    "joint_purchase": T("Buy together: {code}"),
    "shared_equipment": T("Shared equipment centre: {code}"),
    "symbiosis": T("By-product as raw material: {resource} ({code} → {other})"),
    "cross_cluster": T("Across clusters: {code} → {other}"),
    "research_training": T("Research and training with industry: {code}"),
    "contract_manufacturing": T("Contract manufacturing: {code}"),
    "joint_export": T("Export together, led by: {code}"),
}

#: What one line of reasoning says of each named number.
FIGURES: Mapping[str, Text] = {
    "relatedness": T("the closest local firm's recipe is {share} alike"),
    "input_share": T("the local input is {share} of the product's turnover"),
    "import_share": T("{share} of what the country buys of it is imported"),
    "volume_rub": T("together they spend {money} a year on it"),
    "discount": T("a joint order saves {share} (assumption, see the table of assumptions)"),
    "output_rub": T("local makers sell {money} a year"),
    "export_musd": T("these lines brought the region {number} million dollars of export in 2018"),
    "lines": T("exported lines with a maker in the register: {number}"),
}

VALUE_MODELS: Mapping[str, Text] = {
    "chain": T("value: the gap the missing step closes, as far as it can be localised"),
    "import_substitution": T("value: the gap times the share imported today"),
    "deep_processing": T("value: what one typical processor buys, at most what leaves the region"),
    "joint_purchase": T("value: the saving, volume times the assumed discount"),
    "shared_equipment": T("value: yearly equipment need of all but the largest user, which the centre spares them"),
    "symbiosis": T("value: not stated; exchanges observed elsewhere show that it works, not how much"),
    "cross_cluster": T("value: sales expected by the gravity model between firms not known to trade"),
    "research_training": T(
        "value: what the makers spend on it by their recipes, at most what the institute does a year"
    ),
    "contract_manufacturing": T("value: sales the gravity model expects to local traders in what it makes"),
    "joint_export": T("value: not stated; the programme gives exports by line, not by firm or market"),
}


def project_item(frame: Frame, found: RegionGaps, candidate: Candidate) -> Document:
    """Return one joint-project candidate."""
    words = {
        "code": frame.code_name(candidate.code),
        "other": frame.code_name(candidate.other) if candidate.other is not None else "",
        "resource": material_name(candidate.resource, frame.lang),
    }
    title = Text(TITLES[candidate.kind].msgid, words)
    gap = found.gaps.gap[candidate.code] > 0
    return {
        "kind": candidate.kind,
        "title": frame.say(title),
        "okved_code": frame.code(candidate.code),
        "score": candidate.score,
        "value_rub": rub(candidate.value_rub),
        "participants": [{**flagged(frame, firm), "role": role} for firm, role in candidate.participants],
        "affiliates": affiliates_with(frame, candidate.affiliates),
        "gap": _gap_in_brief(frame, found, candidate.code) if gap else None,
        "reasons": [frame.say(_figure(name, value, frame)) for name, value in candidate.figures],
        "assumptions": [frame.say(VALUE_MODELS[candidate.kind])],
    }


def _gap_in_brief(frame: Frame, found: RegionGaps, code: int) -> Document:
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "demand_rub": rub(found.gaps.demand[code]),
        "supply_rub": rub(found.gaps.supply[code]),
        "gap_rub": rub(found.gaps.gap[code]),
        "value_rub": rub(found.value_rub[code]),
    }


def _figure(name: str, value: float, frame: Frame) -> Text:
    number = decimal(value, 0 if value >= 100 or value == int(value) else 1, frame.lang)
    figures = {"share": percent(value, frame.lang), "money": money(value, frame.lang), "number": number}
    return Text(FIGURES[name].msgid, figures)

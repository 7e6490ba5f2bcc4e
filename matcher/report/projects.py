"""Joint-project candidates as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.regional import RegionGaps
from matcher.projects.candidates import Candidate
from matcher.projects.impact import Gain, Move, benefit, gains, moves
from matcher.report.affiliates import affiliates_with
from matcher.report.figures import decimal, money, percent, rub
from matcher.report.flags import flagged
from matcher.report.frame import Document, Frame
from matcher.report.indicators import indicator
from models.assumptions import assumption
from models.clusters import cluster_name, clusters
from models.good_names import good_name
from models.materials import material_name
from models.project_kinds import FACT, RISK, SALES, STEP, directions, guide, project_kinds, role_gains
from models.text import T, Text

Flags = NDArray[np.bool_]

TITLES: Mapping[str, Text] = {
    "chain": T("The missing step: {code}, from {other} made here"),
    "import_substitution": T("Make here instead of importing: {code}"),
    "deep_processing": T("Process here instead of shipping out: {code}"),
    "joint_purchase": T("Buy together: {code}"),
    "shared_equipment": T("Shared equipment centre: {code}"),
    "symbiosis": T("By-product as raw material: {resource} (from: {code}; to: {other})"),
    "cross_cluster": T("Across clusters: {code} → {other}"),
    "research_training": T("Research and training with industry: {code}"),
    "contract_manufacturing": T("Contract manufacturing: {code}"),
    "joint_export": T("Export together: {code} and further lines"),
}

#: What one line of reasoning says of each named number.
FIGURES: Mapping[str, Text] = {
    "relatedness": T("the closest local firm is {share} alike: by its recipe and by what regions have together"),
    "input_share": T("the local input is {share} of the product's turnover"),
    "import_share": T("{share} of what the country buys of it is imported"),
    "volume_rub": T("together they spend {money} a year on it"),
    "discount": T("one order saves {share} on average, small buyers more (curve of discounts, see the assumptions)"),
    "places": T("towns the order goes to: {number}"),
    "spread_km": T("the farthest of them is {number} km from the largest buyer"),
    "output_rub": T("local makers sell {money} a year"),
    "export_musd": T("these lines brought the region {number} million dollars of export in 2018"),
    "replaced_rub": T("the takers spend {money} a year on goods that it can replace"),
    "lines": T("exported lines with a maker in the register: {number}"),
}

VALUE_MODELS: Mapping[str, Text] = {
    "chain": T("value: what could be sold by closing the gap of the missing step"),
    "import_substitution": T("value: what could be sold by closing the gap, times the share imported today"),
    "deep_processing": T("value: what one typical processor buys, at most what leaves the region"),
    "joint_purchase": T("value: the saving; each doubling of a buyer’s order is assumed to lower its price"),
    "shared_equipment": T("value: the part of the yearly spending on it that a shared centre spares"),
    "symbiosis": T(
        "value: what the takers spend on goods the material replaces, times the part assumed to be replaced; "
        "at most what the givers are assumed to have"
    ),
    "cross_cluster": T("value: sales expected by the gravity model between firms not known to trade"),
    "research_training": T(
        "value: what the makers spend on it by their recipes, at most what the institute does a year"
    ),
    "contract_manufacturing": T("value: sales the gravity model expects to local traders in what it makes"),
    "joint_export": T(
        "value: assumed growth of the export of these lines in 2018, a line at most its largest maker's output"
    ),
}

#: What a number that is assumed stands for.
ASSUMED: Mapping[str, Text] = {
    "local_purchase_saving": T("part of a purchase saved when it is made near by"),
    "joint_purchase_discount": T("discount for each doubling of an order"),
    "joint_purchase_most": T("most that joining an order saves"),
    "shared_equipment_saving": T("part of the spending on equipment that a shared centre spares"),
    "trade_margin": T("margin of trade"),
    "symbiosis_replaced_share": T("part of the purchases that a by-product replaces"),
    "byproduct_share": T("part of the giver's output that its by-products are worth"),
    "value_added_share": T("part of additional sales that is value added"),
    "export_uplift": T("growth of export from a joint stand and agent"),
    "sales_per_job_rub": T("yearly sales of a small firm that stand for one job"),
}

#: Assumptions of a kind that belong to no role.
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "symbiosis": ("symbiosis_replaced_share", "byproduct_share"),
    "joint_purchase": ("joint_purchase_discount", "joint_purchase_most"),
}
#: Who states an assumption that is not Zveno's own, as ``assumptions.csv`` has it.
STATED_BY: Mapping[str, Text] = {
    "sales_per_job_rub": T(
        "Programme of the cluster, section 1.3: plastic products 5.21 bn roubles and 1,438 workers; paints 0.373 bn "
        "and 146; core of the cluster 110.7 bn and 9,300"
    ),
}


def project_item(frame: Frame, found: RegionGaps, candidate: Candidate, sme: Flags) -> Document:
    """Return one joint-project candidate."""
    lang, kind = frame.lang, project_kinds()[candidate.kind]
    low, high = candidate.range_rub or (None, None)
    gap = found.gaps.gap[candidate.code] > 0
    return {
        "id": candidate.key(frame.code, frame.inn),
        "kind": candidate.kind,
        "title": project_title(frame, candidate),
        "okved_code": frame.code(candidate.code),
        "score": candidate.score,
        "value_rub": rub(candidate.value_rub),
        "value_low_rub": rub(low),
        "value_high_rub": rub(high),
        "benefit_rub": rub(benefit(candidate)),
        "participants": _participants(frame, candidate, sme),
        "affiliates": affiliates_with(frame, candidate.affiliates),
        "gap": _gap_in_brief(frame, found, candidate.code) if gap else None,
        "kpis": [_move(frame, move) for move in moves(candidate, sme)],
        "directions": [_direction(frame, key) for key in kind.directions],
        "cost_rub": rub(kind.cost_rub),
        "cost_low_rub": rub(kind.cost_low_rub),
        "cost_high_rub": rub(kind.cost_high_rub),
        "risks": [*guide(candidate.kind, RISK, lang), *(frame.say(text) for text in _rivals(frame, candidate))],
        "steps": guide(candidate.kind, STEP, lang),
        "facts": guide(candidate.kind, FACT, lang),
        "reasons": [
            *([_clusters(frame, *candidate.clusters)] if candidate.clusters else ()),
            *(frame.say(_words(frame, *said)) for said in candidate.said),
            *(frame.say(_figure(name, value, frame)) for name, value in candidate.figures),
        ],
        "assumptions": [frame.say(VALUE_MODELS[candidate.kind])],
        "assumed": [_assumed(frame, key) for key in assumed_of(candidate.kind)],
    }


def _rivals(frame: Frame, candidate: Candidate) -> list[Text]:
    """Return a word on participants who are to act together and make the same: they compete."""
    return [
        T("rivals, both make {what}: {names}; they may not show each other volumes and prices",
          what=good_name(frame.code(code), frame.lang), names=", ".join(frame.name(firm) for firm in firms))
        for code, firms in candidate.rivals
    ]  # fmt: skip


def project_title(frame: Frame, candidate: Candidate) -> str:
    """Return a candidate's title in plain words."""
    words = {
        "code": good_name(frame.code(candidate.code), frame.lang),
        "other": good_name(frame.code(candidate.other), frame.lang) if candidate.other is not None else "",
        "resource": material_name(candidate.resource, frame.lang),
    }
    return frame.say(Text(TITLES[candidate.kind].msgid, words))


def _participants(frame: Frame, candidate: Candidate, sme: Flags) -> list[Document]:
    gained = {gain.firm: gain for gain in gains(candidate)}
    return [
        {**flagged(frame, firm), "role": role, "sme": bool(sme[firm]), "gain": _gain(gained.get(firm))}
        for firm, role in candidate.participants
    ]


def _gain(gain: Gain | None) -> Document | None:
    if gain is None:
        return None
    return {"what": gain.what, "rub": rub(gain.rub), "low_rub": rub(gain.low_rub), "high_rub": rub(gain.high_rub)}


def _move(frame: Frame, move: Move) -> Document:
    """Return by how much an indicator could move, beside the last target the programme sets for it."""
    return indicator(move.kpi, move.by, move.low, move.high, frame.lang)


def _direction(frame: Frame, key: str) -> Document:
    ru, en = directions()[key]
    return {"direction": key, "name": ru if frame.lang == "ru" else en}


def assumed_of(kind: str) -> list[str]:
    """Return the keys of the assumptions that a kind's figures rest on, each once."""
    roles = [gain for (own, _), gain in role_gains().items() if own == kind]
    jobs = ["sales_per_job_rub"] if 4 in project_kinds()[kind].kpis else []
    added = ["value_added_share"] if any(role.gain == SALES for role in roles) else []
    keys = [role.assumption for role in roles if role.assumption]
    return list(dict.fromkeys([*keys, *BY_KIND.get(kind, ()), *jobs, *added]))


def _assumed(frame: Frame, key: str) -> Document:
    each = assumption(key)
    return {
        "key": key,
        "name": frame.say(ASSUMED[key]),
        "value": each.value,
        "low": each.low,
        "high": each.high,
        "source": frame.say(STATED_BY[key]) if key in STATED_BY else each.source,
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


def _clusters(frame: Frame, sources: Sequence[str], targets: Sequence[str]) -> str:
    """Return from which clusters to which a candidate leads."""
    names = {cluster.key: cluster_name(cluster, frame.lang) for cluster in clusters()}
    source, target = (", ".join(names[key] for key in keys) for keys in (sources, targets))
    return frame.say(T("from one cluster to another: {source} → {target}", source=source, target=target))


def _words(frame: Frame, firm: int, asks: bool, text: str) -> Text:
    """Return what a firm says in its own words."""
    if asks:
        return T("{name} asks for: “{text}”", name=frame.name(firm), text=text)
    return T("{name} offers: “{text}”", name=frame.name(firm), text=text)


def _figure(name: str, value: float, frame: Frame) -> Text:
    number = decimal(value, 0 if value >= 100 or value == int(value) else 1, frame.lang)
    figures = {"share": percent(value, frame.lang), "money": money(value, frame.lang), "number": number}
    return Text(FIGURES[name].msgid, figures)

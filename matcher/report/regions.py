"""Gaps, projects and the value-chain table as documents."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.closers import GapFirms
from matcher.gaps.regional import RegionGaps
from matcher.index.columns import OUTPUT_OBSERVED, Columns
from matcher.projects.candidates import Candidate
from matcher.report.affiliates import affiliates_with
from matcher.report.flags import flagged
from matcher.report.frame import Document, Frame, decimal, money, percent, rub, share
from models.clusters import Segment, membership, segments
from models.materials import material_name
from models.text import T, Text

#: A firm belongs to a cluster when at least this share of its output does.
MEMBER = 0.5

STAGE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "raw_material": T("raw material"),
        "finished_product": T("finished product"),
        "supply": T("supply and sales support"),
    }
)

KIND_ORDER = ("missing", "shortage", "single_source", "unprocessed_output", "broken_chain")


def gap_item(frame: Frame, found: RegionGaps, code: int, named: GapFirms) -> Document:
    """Return one gap."""
    gaps = found.gaps
    kinds = [kind for kind in KIND_ORDER if getattr(gaps, kind)[code]]
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "kind": kinds[0],
        "kinds": kinds,
        "demand_rub": rub(gaps.demand[code]),
        "supply_rub": rub(gaps.supply[code]),
        "supply_high_rub": rub(gaps.supply_high[code]),
        "gap_rub": rub(gaps.gap[code]),
        "gap_low_rub": rub(gaps.gap_low[code]),
        "value_rub": rub(found.value_rub[code]),
        "import_share": share(frame.economy.code_import_share[code]),
        "realistic_share": share(frame.economy.realistic_share[code]),
        "buyers": [{**frame.firm(firm), "demand_rub": rub(amount)} for firm, amount in named.buyers],
        "outside_suppliers": [{**flagged(frame, firm), "distance_km": round(km, 1)} for firm, km in named.outside],
        "could_start": [{**flagged(frame, firm), "relatedness": share(related)} for firm, related in named.able],
        "affiliates": affiliates_with(frame, named.kin),
        "reasons": [frame.say(text) for text in _gap_reasons(frame, found, code)],
    }


def _gap_reasons(frame: Frame, found: RegionGaps, code: int) -> list[Text]:
    gaps, lang = found.gaps, frame.lang
    reasons = []
    if gaps.gap[code] > 0:
        reasons.append(
            T("local firms need {demand} a year, local makers supply {supply}",
              demand=money(gaps.demand[code], lang), supply=money(gaps.supply[code], lang))
        )  # fmt: skip
        reasons.append(
            T("{value} of the gap of {gap} is within reach: what can be localised, times the share of real makers "
              "it could feed",
              value=money(found.value_rub[code], lang), gap=money(gaps.gap[code], lang))
        )  # fmt: skip
    if gaps.gap_low[code] < gaps.gap[code]:
        reasons.append(
            T("firms known only by a wide class might make up to {high}; the gap may be as small as {low}",
              high=money(gaps.supply_high[code], lang), low=money(gaps.gap_low[code], lang))
        )  # fmt: skip
    if gaps.broken_chain[code]:
        reasons.append(T("raw material and buyers are here, the step between is not"))
    if gaps.single_source[code]:
        reasons.append(T("one maker carries more than four fifths of local supply"))
    if gaps.unprocessed_output[code]:
        reasons.append(
            T("local makers sell {supply}, less than a fifth is processed here", supply=money(gaps.supply[code], lang))
        )
    return reasons


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


def segment_mass(columns: Columns, cluster: str) -> tuple[tuple[Segment, ...], NDArray[np.float64]]:
    """Return the segments of a cluster and the share of each firm's output in each, shape (n, segments).

    The deepest code known of a share decides: a mapping may claim a part of a group only.
    """
    rows = segments(cluster)
    number = {row.slug: column for column, row in enumerate(rows)}
    codes, entry = np.unique(columns.share_detail, return_inverse=True)
    places = (membership(str(code), cluster) for code in codes)
    segment = np.array([number[place.segment] if place else -1 for place in places], dtype=np.int64)[entry]
    claimed = segment >= 0
    mass = np.zeros((len(columns), len(rows)))
    np.add.at(mass, (columns.share_firm[claimed], segment[claimed]), columns.share_value[claimed])
    return rows, mass


def chain_rows(frame: Frame, cluster: str, chosen: NDArray[np.int64]) -> list[Document]:
    """Return the value-chain table of a cluster over the chosen firms.

    A firm counts where most of its output belongs, if at least half of it belongs to the cluster; others add their
    shares to ``possible_companies``, the expected number of further members among firms known only by a wide class.
    """
    rows, mass = segment_mass(frame.columns, cluster)
    mass = mass[chosen]
    place = places(mass)
    return [
        _chain_row(frame, segment, chosen[place == number], float(mass[place < 0, number].sum()))
        for number, segment in enumerate(rows)
    ]


def places(mass: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the segment each firm counts in, by number, -1 for a firm that is no member, shape (n,).

    Parameters
    ----------
    mass
        Share of each firm's output in each segment, shape (n, segments).
    """
    return np.where(mass.sum(axis=1) >= MEMBER, mass.argmax(axis=1), -1)


def _chain_row(frame: Frame, segment: Segment, firms: NDArray[np.int64], possible: float) -> Document:
    workers = [frame.companies[inn].workers for inn in map(frame.inn, firms) if inn in frame.companies]
    known = [value for value in workers if value is not None]
    observed = firms[frame.columns.output_kind[firms] == OUTPUT_OBSERVED]
    years = frame.columns.output_year[observed]
    return {
        "stage": segment.stage,
        "side": segment.side or None,
        "segment": segment.slug,
        "segment_name": segment.name_ru if frame.lang == "ru" else segment.name_en,
        "companies": len(firms),
        "possible_companies": round(possible, 1),
        "workers": round(sum(known)) if known else None,
        "revenue_rub": rub(frame.columns.output_rub[observed].sum()) if len(observed) else None,
        "year": _main_year(years, frame.columns.output_rub[observed]),
        "years": {str(year): int((years == year).sum()) for year in np.unique(years)},
    }


def _main_year(years: NDArray[np.int64], amounts: NDArray[np.float64]) -> int | None:
    """Return the year that most of an amount is of; ``None`` without any."""
    if not len(years):
        return None
    distinct, number = np.unique(years, return_inverse=True)
    return int(distinct[np.bincount(number, weights=amounts).argmax()])

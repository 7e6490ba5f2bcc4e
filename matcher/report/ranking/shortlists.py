"""Supplier and buyer shortlists and the explanation of one pair, in the shapes of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np

from graph.ownership import Tie
from matcher.index.columns import OUTPUT_ESTIMATED
from matcher.match.pairs import Party
from matcher.match.shortlist import Ranking
from matcher.report.affiliates import affiliation
from matcher.report.decided import decision_item
from matcher.report.figures import rub, share
from matcher.report.flags import flagged
from matcher.report.frame import Document, Frame
from matcher.report.ranking.concentration import concentration
from matcher.report.ranking.exposure import exposure_of
from matcher.report.ranking.inputs import input_item
from matcher.report.ranking.layers import layers_item, main_layer
from matcher.report.ranking.layout import Laid
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.near_misses import near_miss
from matcher.report.ranking.not_loaded import not_loaded
from matcher.report.ranking.partners import partner_item
from matcher.report.ranking.reasons import inputs_averaged, reasons
from matcher.report.ranking.stated import stated_items
from matcher.report.ranking.told import Told, told_of
from models.events import Decision

#: Decisions in force, by INNs of supplier and buyer.
Decided = Mapping[tuple[str, str], Decision]


def shortlist(frame: Frame, listing: Listing, laid: Laid, query: Document, decisions: Decided) -> Document:
    """Return a shortlist document with the candidates that are laid out."""
    ranking = listing.ranking
    told = told_of(frame, listing, laid.candidates)

    @cache
    def pair(row: int) -> Document:
        """Return a candidate, told once though it stands in several lists."""
        return {"choice": _rounded(ranking.choice[row]), **pair_item(frame, listing, told, row, decisions)}

    def ranked(rows: Iterable[int], first: int = 1) -> list[Document]:
        return [{"rank": n, **pair(row)} for n, row in enumerate(rows, start=first)]

    return {
        "query": query,
        "weights": listing.weighing.document(),
        "exposure": exposure_of(frame.columns, ranking) if listing.side == "supplier" else None,
        "newcomer_chance": None if ranking.newcomer_chance is None else share(ranking.newcomer_chance),
        "total": len(ranking.order),
        "stated": _stated(frame, listing),
        "items": ranked(laid.items, listing.start + 1),
        "groups": [{**input_item(frame, listing, code), "items": ranked(rows)} for code, rows in laid.groups],
        "users": ranked(laid.users),
        "channels": ranked(laid.channels),
        "partners": [partner_item(frame, listing, row) for row in laid.partners],
        "affiliates": _affiliates(frame, ranking, laid.affiliates),
        "not_loaded": not_loaded(frame, ranking.filters),
        "near_misses": [_near_miss(frame, listing, row, rule, decisions) for row, rule in laid.blocked],
    }


def _stated(frame: Frame, listing: Listing) -> list[str]:
    """Return what a buyer of the register says it needs, in its words: each can be asked for alone."""
    if listing.side != "supplier" or listing.start or listing.party.firm is None:
        return []
    company = frame.companies.get(frame.inn(listing.party.firm))
    return stated_items(company.needs) if company else []


def _rounded(chance: float) -> float:
    """Return a chance with six digits: among thousands of candidates most are below a ten-thousandth."""
    return round(float(chance), 6)


def _near_miss(frame: Frame, listing: Listing, row: int, rule: str, decisions: Decided) -> Document:
    pair = _pair(frame, *listing.ends(frame, row))
    return near_miss(frame, listing.ranking, row, rule, pair, decisions.get(pair))


def _affiliates(frame: Frame, ranking: Ranking, tied: Sequence[tuple[int, Tie]]) -> list[Document]:
    """Return candidates of the asker's own group: partners it need not be told of, and how they belong to it."""
    expected = ranking.scores.trade.of(np.array([row for row, _ in tied], dtype=np.int64))
    return [
        {
            **frame.firm(int(ranking.firms[row])),
            **affiliation(frame, tie),
            "score": round(float(ranking.scores.score[row]), 4),
            "expected_value_rub": rub(value),
            "distance_km": round(float(ranking.scores.distance_km[row]), 1),
            "link": "observed" if ranking.observed[row] else "inferred",
        }
        for (row, tie), value in zip(tied, expected, strict=True)
    ]


def pair_item(frame: Frame, listing: Listing, told: Told, row: int, decisions: Decided) -> Document:
    """Return one candidate with its score, figures and reasons."""
    ranking, scores, at = listing.ranking, listing.ranking.scores, told.at[row]
    supplier, buyer = listing.ends(frame, row)
    codes = told.codes[at]
    firm = int(ranking.firms[row])
    parts = reasons(frame, ranking, row, told, supplier, buyer)
    score = float(scores.score[row])
    made = decisions.get(_pair(frame, supplier, buyer))
    layers = layers_item(told.layers[at])
    return {
        **flagged(frame, firm),
        "role": str(frame.economy.role[codes.lead if listing.side == "supplier" else codes.rows[0][1]]),
        "layer": main_layer(layers),
        "layers": layers,
        "score": score,
        "probability": round(listing.weighing.probability(score), 6),
        "calibrated": listing.weighing.calibration is not None,
        "expected_value_rub": rub(told.expected_rub[at]),
        "expected_value_low_rub": rub(told.expected_low_rub[at]),
        "expected_value_high_rub": rub(told.expected_high_rub[at]),
        "need_rub": rub(float(scores.need_rub[row])),
        "need_inputs": inputs_averaged(frame, ranking, row, codes, buyer),
        "distance_km": round(float(scores.distance_km[row]), 1),
        "link": "observed" if ranking.observed[row] else "inferred",
        "codes": [
            {"supplier_okved": frame.code(p), "buyer_okved": frame.code(q), "share": share(part)}
            for p, q, part in codes.rows
        ],
        "reasons": parts,
        "concentration": concentration(frame, float(told.potential[at])),
        "decision": made.decision if made else None,
        "decided": decision_item(frame, made) if made else None,
        **_profile(frame, firm),
    }


def _profile(frame: Frame, firm: int) -> Document:
    """Return the keys that say who a candidate is."""
    company = frame.companies.get(frame.inn(firm))
    return {
        "region_code": str(frame.columns.region_code[frame.columns.region[firm]]),
        "city": company.city if company else None,
        "okved_main": company.okved_main if company else None,
        "okved1_main": company.okved1_main if company else None,
        "output_rub": rub(float(frame.columns.output_rub[firm])),
        "output_year": int(frame.columns.output_year[firm]) or None,
        "output_estimated": bool(frame.columns.output_kind[firm] == OUTPUT_ESTIMATED),
    }


def _pair(frame: Frame, supplier: Party, buyer: Party) -> tuple[str, str]:
    return (
        frame.inn(supplier.firm) if supplier.firm is not None else "",
        frame.inn(buyer.firm) if buyer.firm is not None else "",
    )

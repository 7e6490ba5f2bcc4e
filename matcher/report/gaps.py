"""Gaps of a chain as documents: what is missing, what it is worth, who holds it and who could close it, and why so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from matcher.gaps.closers import GapFirms
from matcher.gaps.links import MissingLink
from matcher.gaps.regional import RegionGaps
from matcher.gaps.who import chain_break
from matcher.index.columns import OUTPUT_OBSERVED
from matcher.report.affiliates import affiliates_with
from matcher.report.figures import money, percent, rub, share
from matcher.report.flags import flagged
from matcher.report.frame import Document, Frame
from models.text import T, Text

KIND_ORDER = ("missing", "shortage", "single_source", "unprocessed_output", "broken_chain")
#: Places in the path of a break.
PATH = ("raw_material", "step", "product")
#: Fewest makers of whom a quarter is told.
FEWEST_MAKERS = 4
#: By what closing a gap is worth most.
WORTH: Mapping[str, Text] = MappingProxyType(
    {
        "closing": T("what local makers could sell a year if they closed the gap"),
        "processing": T("what one processor would buy a year of what leaves"),
        "second_source": T("what a second source saves a year: the output at risk times the part of a year a source "
                           "stands"),
    }
)  # fmt: skip


def gap_item(frame: Frame, found: RegionGaps, code: int, named: GapFirms) -> Document:
    """Return one gap."""
    gaps, spread = found.gaps, found.demand_spread[code]
    kinds = [kind for kind in KIND_ORDER if getattr(gaps, kind)[code]]
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "kind": kinds[0],
        "kinds": kinds,
        "demand_rub": rub(gaps.demand[code]),
        "demand_low_rub": rub(gaps.demand[code] / spread),
        "demand_high_rub": rub(gaps.demand[code] * spread),
        "supply_rub": rub(gaps.supply[code]),
        "supply_high_rub": rub(gaps.supply_high[code]),
        "gap_rub": rub(gaps.gap[code]),
        "gap_low_rub": rub(gaps.gap_low[code]),
        "value_rub": rub(found.value_rub[code]),
        "value_low_rub": rub(found.value.low[code]),
        "value_high_rub": rub(found.value.high[code]),
        "worth": found.worth_most(code),
        "import_share": share(frame.economy.code_import_share[code]),
        "realistic_share": share(frame.economy.realistic_share[code]),
        "plant": _plant(frame, found, code),
        "nearness": _nearness(found, code),
        "path": _path(frame, found, code),
        "single_source": _single_source(frame, found, code, named),
        "buyers": [{**frame.firm(firm), "demand_rub": rub(amount)} for firm, amount in named.buyers],
        "outside_suppliers": [
            {**flagged(frame, firm), "distance_km": round(km, 1), "evidence": _makes(frame, firm, code)}
            for firm, km in named.outside
        ],
        "could_start": [
            {**flagged(frame, firm), "relatedness": share(related), "evidence": _does(frame, firm)}
            for firm, related in named.able
        ],
        "wholesalers": [
            {**flagged(frame, firm), "distance_km": round(km, 1), "evidence": _does(frame, firm)}
            for firm, km in named.channels
        ],
        "affiliates": affiliates_with(frame, named.kin),
        "reasons": [frame.say(text) for text in _reasons(frame, found, code)],
    }


def link_item(frame: Frame, link: MissingLink) -> Document:
    """Return a pair of local firms expected to trade and not known to."""
    return {
        "supplier": flagged(frame, link.supplier),
        "buyer": flagged(frame, link.buyer),
        "okved_code": frame.code(link.code),
        "name": frame.code_name(link.code),
        "expected_value_rub": rub(link.expected_rub),
        "expected_value_low_rub": rub(link.low_rub),
        "expected_value_high_rub": rub(link.high_rub),
        "distance_km": round(link.distance_km, 1),
    }


def _plant(frame: Frame, found: RegionGaps, code: int) -> Document | None:
    """Return the scale of real makers and how many viable ones the realistic part of the gap would feed.

    Of fewer than :data:`FEWEST_MAKERS` there is no quarter to tell of.
    """
    scale = found.plants[code]
    if scale is None or scale.makers < FEWEST_MAKERS:
        return None
    reach = found.gaps.gap[code] * frame.economy.realistic_share[code]
    return {
        "makers": scale.makers,
        "viable_rub": rub(scale.viable_rub),
        "usual_rub": rub(scale.usual_rub),
        "feeds": int(reach // scale.viable_rub) if scale.viable_rub > 0 else None,
    }


def _nearness(found: RegionGaps, code: int) -> Document | None:
    """Return the place of a code among the goods the region lacks, by how near the region is to them."""
    place = found.close.place_of(found.scope.region, code) if found.scope.region is not None else None
    return None if place is None else {"rank": place[0], "of": place[1]}


def _path(frame: Frame, found: RegionGaps, code: int) -> list[Document] | None:
    steps = chain_break(frame.economy, found, code)
    if steps is None:
        return None
    return [
        {"okved_code": frame.code(step), "name": frame.code_name(step), "part": part}
        for step, part in zip(steps, PATH, strict=True)
    ]


def _single_source(frame: Frame, found: RegionGaps, code: int, named: GapFirms) -> Document | None:
    stop = found.stops.get(code)
    if stop is None:
        return None
    return {
        **flagged(frame, stop.firm),
        "share": share(stop.share),
        "loss_low_rub": rub(stop.loss_low_rub),
        "loss_high_rub": rub(stop.loss_high_rub),
        "hit": [{**frame.firm(firm), "loss_rub": rub(amount)} for firm, amount in named.hit],
    }


def _makes(frame: Frame, firm: int, code: int) -> str:
    """Return how much of a code a firm makes, of which year, and how sure that is."""
    columns = frame.columns
    part = slice(columns.share_indptr[firm], columns.share_indptr[firm + 1])
    entry = columns.share_indptr[firm] + int(np.flatnonzero(columns.share_code[part] == code)[0])
    made = money(float(columns.output_rub[firm] * columns.share_value[entry]), frame.lang)
    sure = percent(float(columns.share_confidence[entry]), frame.lang)
    if columns.output_kind[firm] == OUTPUT_OBSERVED:
        year = int(columns.output_year[firm])
        return frame.say(T("makes {made} of it ({year}), code certain to {sure}", made=made, year=year, sure=sure))
    return frame.say(T("makes about {made} of it (estimated), code certain to {sure}", made=made, sure=sure))


def _does(frame: Frame, firm: int) -> str:
    """Return a firm's main activity and turnover, told as such where it is an estimate."""
    columns = frame.columns
    main = int(columns.share_row(firm).argmax())
    turnover = money(float(columns.output_rub[firm]), frame.lang)
    code, name = frame.code(main), frame.code_name(main).rstrip(".")
    if columns.output_kind[firm] == OUTPUT_OBSERVED:
        return frame.say(T("does {code} {name}, turnover {turnover}", code=code, name=name, turnover=turnover))
    told = T("does {code} {name}, turnover about {turnover} (estimated)", code=code, name=name, turnover=turnover)
    return frame.say(told)


def _reasons(frame: Frame, found: RegionGaps, code: int) -> list[Text]:
    return [*_demand_reasons(frame, found, code), *_chain_reasons(frame, found, code)]


def _demand_reasons(frame: Frame, found: RegionGaps, code: int) -> list[Text]:
    gaps, lang, reasons = found.gaps, frame.lang, list[Text]()
    spread = found.demand_spread[code]
    if gaps.gap[code] > 0:
        reasons.append(
            T("local firms need {demand} a year ({low} to {high}), local makers supply {supply}",
              demand=money(gaps.demand[code], lang), low=money(gaps.demand[code] / spread, lang),
              high=money(gaps.demand[code] * spread, lang), supply=money(gaps.supply[code], lang))
        )  # fmt: skip
        reasons.append(
            T("{share} of a gap in it can be localised, {imported} of what the country buys of it is imported",
              share=percent(frame.economy.realistic_share[code], lang),
              imported=percent(frame.economy.code_import_share[code], lang))
        )  # fmt: skip
    if gaps.gap_low[code] < gaps.gap[code]:
        reasons.append(
            T("firms known only by a wide class might make up to {high}; the gap may be as small as {low}",
              high=money(gaps.supply_high[code], lang), low=money(gaps.gap_low[code], lang))
        )  # fmt: skip
    if (plant := _plant(frame, found, code)) is not None and gaps.gap[code] > 0 and plant["feeds"] is not None:
        reasons.append(
            T("a quarter of the {makers} makers on record sell less than {viable}, half less than {usual}: what "
              "can be localised would feed so many of the smallest viable scale: {feeds}",
              makers=plant["makers"], viable=money(plant["viable_rub"], lang), usual=money(plant["usual_rub"], lang),
              feeds=plant["feeds"])
        )  # fmt: skip
    if (near := _nearness(found, code)) is not None:
        reasons.append(
            T("place {rank} of {of} among goods the region does not specialise in, by how near what it does is to them",
              rank=near["rank"], of=near["of"])
        )  # fmt: skip
    reasons.append(
        T("worth {value} a year ({low} to {high}): {what}",
          value=money(found.value_rub[code], lang), low=money(found.value.low[code], lang),
          high=money(found.value.high[code], lang), what=WORTH[found.worth_most(code)])
    )  # fmt: skip
    return reasons


def _chain_reasons(frame: Frame, found: RegionGaps, code: int) -> list[Text]:
    lang, reasons = frame.lang, list[Text]()
    if (path := _path(frame, found, code)) is not None:
        raw, step, product = (place["name"] for place in path)
        reasons.append(
            T("raw material and product are made here, the step between is not: {raw} → [{step}] → {product}",
              raw=raw, step=step, product=product)
        )  # fmt: skip
    if (stop := found.stops.get(code)) is not None:
        reasons.append(
            T("{name} carries {share} of local supply; if it stops, firms here lose {low} to {high} of output a year",
              name=frame.name(stop.firm), share=percent(stop.share, lang),
              low=money(stop.loss_low_rub, lang), high=money(stop.loss_high_rub, lang))
        )  # fmt: skip
    if found.gaps.unprocessed_output[code]:
        supply = money(found.gaps.supply[code], lang)
        reasons.append(T("local makers sell {supply}, less than a fifth is processed here", supply=supply))
    return reasons

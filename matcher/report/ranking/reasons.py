"""The reasons of a score in words: one sentence a part, naming this pair's codes and figures."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

import numpy as np

from matcher.classify.said import Said
from matcher.index.items import needed_items, offered_items
from matcher.match.pairs import Party
from matcher.match.scorer import PARTS, base_log_odds
from matcher.match.shortlist import Ranking
from matcher.match.words import alike, text_fit
from matcher.report.figures import decimal, money, percent, whole
from matcher.report.frame import Document, Frame
from matcher.report.ranking.told import PairCodes, Told
from models.records import Company
from models.taken import goods
from models.text import T, Text

#: What the parts of a score are called.
PART_NAMES: Mapping[str, Text] = {
    "base": T("starting point"),
    "input_fit": T("fit of inputs"),
    "text_fit": T("fit of words"),
    "size_fit": T("fit of sizes"),
    "distance": T("distance"),
    "network": T("network"),
    "gap": T("scarcity"),
    "standing": T("standing"),
    "feedback": T("decisions"),
}

#: From this share of the buyer's activity on, the seller's words are about the buyer.
NAMED_CUSTOMER = 0.2
#: Counts below this are told as being below it, ratios with more digits.
LEAST_TOLD = 0.1
#: A first input that carries this share of a pair is told as all of it.
NEARLY_ALL = 0.99
#: From which on it is told, in logs, that a trade takes the thing that is offered, or others; and beside it the words.
LEAST_TAKEN, LEAST_ALIKE = 0.05, 0.5
#: Likeness lost to being of other classes, in standard deviations, that is told.
MISTAKEN = 1.0
#: Letters of an item of a text that are quoted.
MOST_SAID = 70


def inputs_averaged(frame: Frame, ranking: Ranking, row: int, codes: PairCodes, buyer: Party) -> int:
    """Return over how many inputs the need of a pair is a mean; 1 where it reads as what the buyer spends on the first.

    The size of a pair is that of its inputs, weighed by what each carries of it, so it is not the spending on any one.
    """
    of_pair, of_first = float(ranking.scores.need_rub[row]), codes.lead_recipe * buyer.output_rub
    same = codes.rows[0][2] >= NEARLY_ALL or money(of_pair, frame.lang) == money(of_first, frame.lang)
    return 1 if same else codes.count


def reasons(frame: Frame, ranking: Ranking, row: int, told: Told, supplier: Party, buyer: Party) -> list[Document]:
    """Return the nine parts of a pair's score with their contributions and sentences."""
    at = told.at[row]
    codes = told.codes[at]
    texts: dict[str, Text] = {
        "base": _base(frame),
        "input_fit": _input_fit(frame, codes, buyer),
        "text_fit": _text_fit(frame, supplier, buyer),
        "size_fit": _size_fit(frame, ranking, row, codes, buyer),
        "distance": _distance(frame, ranking, row, codes, supplier, buyer),
        "network": _network(frame, told.links[at]),
        "gap": _gap(frame, codes, buyer),
        "standing": _standing(frame, supplier, buyer),
        "feedback": _feedback(ranking, row),
    }
    contributions = ranking.scores.parts[row]
    return [
        {"part": part, "contribution": float(value), "text": frame.say(texts[part])}
        for part, value in zip(PARTS, contributions, strict=True)
    ]


def _base(frame: Frame) -> Text:
    odds = round(1 + float(np.exp(-base_log_odds(frame.columns))))
    return T("a random pair of the register's firms trades about once in {odds}", odds=f"{odds:,}".replace(",", " "))


def _input_fit(frame: Frame, codes: PairCodes, buyer: Party) -> Text:
    """Return what the buyer needs of it; who does the same as the buyer reads as its rival, so that is said first."""
    supplied, used, _ = codes.rows[0]
    mean = float(frame.economy.mean_share[supplied])
    each_other = float(frame.economy.match[supplied, supplied])
    if each_other > 0 and supplied == int(buyer.shares.argmax()):
        return T(
            "{code} {name}: does the same as the buyer; companies of this activity buy {each_other} of what they turn "
            "over from one another, {ratio} times the economy's mean; {made} of the supplier's output",
            code=frame.code(supplied),
            name=frame.code_name(supplied),
            each_other=percent(each_other, frame.lang),
            ratio=_times(each_other / mean, frame) if mean > 0 else "∞",
            made=percent(codes.lead_supply, frame.lang),
        )
    return T(
        "{code} {name}: {need} of what {user} turns over, {ratio} times the economy's mean; "
        "{made} of the supplier's output",
        code=frame.code(supplied),
        name=frame.code_name(supplied),
        need=percent(codes.lead_recipe, frame.lang),
        user=frame.code(used),
        ratio=_times(codes.lead_recipe / mean, frame) if mean > 0 else "∞",
        made=percent(codes.lead_supply, frame.lang),
    )


def _times(ratio: float, frame: Frame) -> str:
    """Return a ratio, with more digits where it is small."""
    return decimal(ratio, 1 if ratio >= LEAST_TOLD else 3, frame.lang)


def _text_fit(frame: Frame, supplier: Party, buyer: Party) -> Text:
    taken = _taken(frame, supplier, buyer)
    if taken is not None and not _speaks(supplier, buyer):
        return taken
    told = _words_told(frame, supplier, buyer)
    if taken is None:
        return told
    first, second = (taken, told) if _uses_lead(supplier, buyer) else (told, taken)
    return T("{first}; {second}", first=first, second=second)


def _uses_lead(supplier: Party, buyer: Party) -> bool:
    """Tell whether what the buyer's trade takes says more of a pair than the words of both sides."""
    if supplier.uses is None or supplier.aim is not None or supplier.offer is None or buyer.need is None:
        return False
    of_use = abs(float(supplier.uses.log_odds @ buyer.shares))
    return of_use > abs(float(text_fit(supplier.offer, buyer.need).max()))


def _speaks(supplier: Party, buyer: Party) -> bool:
    """Tell whether the words of both sides say anything worth telling, whoever takes what."""
    if supplier.aim is not None:
        return True
    if supplier.offer is None or buyer.need is None:
        return False
    return abs(float(text_fit(supplier.offer, buyer.need).max())) >= LEAST_ALIKE


def _taken(frame: Frame, supplier: Party, buyer: Party) -> Text | None:
    """Return whether the buyer's trade is known to take the very thing that is offered, ``None`` where it is not."""
    if supplier.uses is None or buyer.asked:
        return None
    weighed = supplier.uses.log_odds * buyer.shares
    trade = int(np.abs(weighed).argmax())
    if abs(float(weighed[trade])) < LEAST_TAKEN:
        return None
    told = {
        "code": frame.code(trade),
        "activity": shorten(frame.code_name(trade), MOST_SAID, placeholder="…"),
        "good": goods()[supplier.uses.thing[trade]].name,
    }
    if weighed[trade] > 0:
        return T("such companies ({code} {activity}) are known to take “{good}”", **told)
    return T("of such goods these companies ({code} {activity}) are known to take others: “{good}”", **told)


def _words_told(frame: Frame, supplier: Party, buyer: Party) -> Text:
    if supplier.aim is not None and float(supplier.aim @ buyer.shares) >= NAMED_CUSTOMER:
        named = int((supplier.aim * buyer.shares).argmax())
        return T("the seller names this trade as its customer: {code}", code=frame.code_name(named))
    if supplier.offer is None or buyer.need is None:
        return T("offers or needs in words are not known for both sides: no evidence either way")
    return _words_compared(frame, supplier, supplier.offer, buyer, buyer.need)


def _words_compared(frame: Frame, supplier: Party, offers: Said, buyer: Party, needs: Said) -> Text:
    offered, asked, mistaken = nearest(offers, needs)
    said = {
        "offered": _item(frame, supplier.firm, "offers", offers, offered),
        "asked": _item(frame, buyer.firm, "needs", needs, asked),
    }
    if mistaken and said["offered"] and said["asked"]:
        return T("“{offered}” is offered and “{asked}” asked for: alike in words, but other goods", **said)
    if abs(float(text_fit(offers, needs).max())) < LEAST_ALIKE:
        return T("what is offered in words and what is asked for are different things: hardly any evidence")
    if said["offered"] and said["asked"]:
        return T("nearest by meaning: “{offered}” is offered, “{asked}” asked for", **said)
    if said["offered"]:
        return T("nearest by meaning to what is asked for: “{offered}” is offered", **said)
    if said["asked"]:
        return T("nearest by meaning to what is offered: “{asked}” is asked for", **said)
    return T("what the supplier offers and the buyer asks for, compared by meaning")


def nearest(offers: Said, needs: Said) -> tuple[int, int, bool]:
    """Return which of some offers fits which of some needs best, and whether in words alone, not in class."""
    fit = text_fit(offers, needs)
    offer, need = np.unravel_index(int(fit.argmax()), fit.shape)
    pair = offers.only(slice(offer, offer + 1)), needs.only(slice(need, need + 1))
    in_words = float(alike(pair[0].near(pair[1]), pair[0].same_class(pair[1]))[0, 0])
    return int(offer), int(need), in_words - float(fit[offer, need]) > MISTAKEN


def _item(frame: Frame, firm: int | None, side: str, said: Said, at: int) -> str:
    """Return one of a firm's offers or needs in its words; empty where they are not at hand."""
    company = None if firm is None or said.texts else frame.companies.get(frame.inn(firm))
    listed = _listed(company, side) if company else []
    items = said.texts or listed
    return shorten(items[at], MOST_SAID, placeholder="…") if len(items) == len(said) else ""


def _listed(company: Company, side: str) -> list[str]:
    return offered_items(company.offers) if side == "offers" else needed_items(company.needs)


def _size_fit(frame: Frame, ranking: Ranking, row: int, codes: PairCodes, buyer: Party) -> Text:
    need, capacity = float(ranking.scores.need_rub[row]), float(ranking.scores.capacity_rub[row])
    if need <= 0 or capacity <= 0:
        return T("the size of one side is unknown: no evidence either way")
    inputs = inputs_averaged(frame, ranking, row, codes, buyer)
    shown = codes.lead_recipe * buyer.output_rub if inputs == 1 else need
    figures = {"need": money(shown, frame.lang), "capacity": money(capacity, frame.lang)}
    told = _sizes(figures, covered=capacity >= need)
    return told if inputs == 1 else T("on average of the pair’s inputs ({inputs}): {told}", inputs=inputs, told=told)


def _sizes(figures: Mapping[str, str], covered: bool) -> Text:
    if not covered:
        return T(
            "need of {need} a year against {capacity} the supplier sells of it: it covers a part and would "
            "depend on this buyer",
            **figures,
        )
    return T("need of {need} a year is within the {capacity} the supplier sells of it", **figures)


def _distance(frame: Frame, ranking: Ranking, row: int, codes: PairCodes, supplier: Party, buyer: Party) -> Text:
    figures = {
        "km": whole(ranking.scores.distance_km[row], frame.lang),
        "haul": whole(frame.economy.haul_km[codes.lead], frame.lang),
    }
    if supplier.place < 0 or buyer.place < 0:
        return T("one side's place is unknown; goods of this kind travel {haul} km on average", **figures)
    exact = frame.columns.place_exact
    if exact[supplier.place] and exact[buyer.place]:
        return T("{km} km between the towns; goods of this kind travel {haul} km on average", **figures)
    return T(
        "about {km} km (a town is not known, the region's centre stands in); goods of this kind "
        "travel {haul} km on average",
        **figures,
    )


#: What links say, in the order in which it is told: a sentence, the counts it names, and those one of which has to be
#: there for it to be told, if any has.
FACTS: tuple[tuple[Text, tuple[str, ...], tuple[str, ...]], ...] = (
    (T("the two trade already: sales on record {own}, of such goods {own_code}"), ("own", "own_code"), ("own",)),
    (
        T("the supplier’s other clients on record: {clients} ({mean_clients} on average)"),
        ("clients", "mean_clients"), (),
    ),
    (T("the buyer’s other suppliers: {suppliers} ({mean_suppliers} on average)"), ("suppliers", "mean_suppliers"), ()),
    (T("sales between such trades: {sales} ({chance} by chance)"), ("sales", "chance"), ("sales", "chance")),
    (
        T("clients in the buyer’s place: {near} ({chance_near} by chance)"),
        ("near", "chance_near"), ("near", "chance_near"),
    ),
    (
        T("clients of the buyer’s trade: {kindred} ({chance_kindred} by chance)"),
        ("kindred", "chance_kindred"), ("kindred", "chance_kindred"),
    ),
    (T("sales of such goods in the buyer’s place: {there}"), ("there",), ("there",)),
    (T("weight of paths through shared partners: {paths}"), ("paths",), ("paths",)),
)  # fmt: skip


def _network(frame: Frame, counts: Mapping[str, float]) -> Text:
    if not len(frame.columns.link_supplier):
        return T("no observed links are loaded: no evidence either way")
    told = [
        Text(fact.msgid, {name: _count(frame, counts[name]) for name in names})
        for fact, names, needed in FACTS
        if not needed or any(counts[name] >= LEAST_TOLD for name in needed)
    ]
    return Text("{told}", {"told": "; ".join(map(frame.say, told))})


def _count(frame: Frame, value: float) -> str:
    """Return a count in the language: whole where it is whole, and never as nought where it is more."""
    if 0 < value < LEAST_TOLD:
        return f"<{decimal(LEAST_TOLD, 1, frame.lang)}"
    return decimal(value, 0 if value == round(value) else 1, frame.lang)


def _gap(frame: Frame, codes: PairCodes, buyer: Party) -> Text:
    imported = percent(float(frame.economy.code_import_share[codes.lead]), frame.lang)
    if buyer.place < 0:
        return T("{imported} of what the country buys of it is imported", imported=imported)
    region = int(frame.columns.place_region[buyer.place])
    unmet = percent(float(frame.columns.unmet_share[region, codes.lead]), frame.lang)
    return T(
        "{unmet} of the demand around the buyer has no local maker; {imported} of what the "
        "country buys of it is imported",
        unmet=unmet,
        imported=imported,
    )


def _standing(frame: Frame, supplier: Party, buyer: Party) -> Text:
    for party in (supplier, buyer):
        if party.firm is not None and frame.columns.output_rub[party.firm] <= 0:
            return T("{name} reports no output", name=frame.name(party.firm))
    statuses = [int(frame.columns.status[party.firm]) for party in (supplier, buyer) if party.firm is not None]
    if 2 in statuses:
        return T("one side is in bankruptcy")
    if 0 in statuses:
        return T("status is not stated by the loaded sources: check the register before writing")
    return T("both sides are active")


def _feedback(ranking: Ranking, row: int) -> Text:
    if ranking.scores.parts[row, PARTS.index("feedback")] == 0:
        return T("no decisions on similar pairs yet")
    return T("from accepted and declined pairs of the same input")

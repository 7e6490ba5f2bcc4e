"""Views of shortlists and of the explanation of one pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import EVIDENCE, FIELDS, ROLES, VERDICTS, label
from matcher.report.figures import percent
from matcher.report.ranking.inputs import laid_out_apart, laid_out_by_input
from matcher.report.ranking.reasons import PART_NAMES
from models.text import T, Text

Document = Mapping[str, Any]

#: Reasons shown for every candidate, and the log-odds from which others are worth a line.
ALWAYS_SHOWN = frozenset({"input_fit", "size_fit", "distance"})
TELLING = 0.3


def suppliers(screen: Screen, document: Document, flat: bool = False) -> None:
    """Print a supplier shortlist: by input where all is asked for, so that the first are not all of one input."""
    query = document["query"]
    where = T("region {region}", region=query["region"]) if query.get("region") else T("all regions")
    screen.title(T("Who could supply {name} (INN {inn}), {where}", name=query["name"], inn=query["inn"], where=where))
    for source in document["not_loaded"]:
        screen.plain(f"{source['text']}: {source['hint']}")
    if laid_out_by_input(document, flat):
        _by_input(screen, document)
    else:
        _flat(screen, document)
    _beside(screen, document)


def suppliers_flat(screen: Screen, document: Document) -> None:
    """Print a supplier shortlist as one list."""
    suppliers(screen, document, flat=True)


def buyers(screen: Screen, document: Document) -> None:
    """Print a buyer shortlist and what was understood."""
    query = document["query"]
    if query.get("inn"):
        screen.title(T("Who could buy from {name} (INN {inn})", name=query["name"], inn=query["inn"]))
    elif query.get("text"):
        screen.title(T("Who could buy: “{text}”", text=query["text"]))
    else:
        screen.title(T("Who could buy"))
    for code in query.get("understood", ()):
        screen.plain(f"{code['okved_code']} {code['name']} — {screen.percent(code['share'])}")
    if query.get("unsure"):
        screen.line(T("it is not clear what is made: check these activities or say it in other words"))
    if query.get("revenue_assumed"):
        screen.line(
            T(
                "revenue not given: that of a small company, {money}, is assumed",
                money=screen.money(query["revenue_rub"]),
            )
        )
    if laid_out_apart(document, flat=False):
        _by_use(screen, document)
    else:
        _flat(screen, document)
    _beside(screen, document)


def _by_input(screen: Screen, document: Document) -> None:
    for group in document["groups"]:
        spent = T(
            "{code} {name}: {money} a year, {imported} imported in the country",
            code=group["okved_code"],
            name=group["name"],
            money=screen.money(group["demand_rub"]),
            imported=screen.percent(group["import_share"]),
        )
        screen.title(spent)
        if group["stated"]:
            screen.line(T("the buyer says that it needs: “{words}”", words=group["stated"]))
        if not group["items"]:
            screen.line(T("nobody here supplies it above all; ask for it alone with --need"))
        for item in group["items"]:
            _candidate(screen, item, brief=True)
    if document["channels"]:
        screen.title(T("Through wholesalers"))
        for item in document["channels"]:
            _candidate(screen, item, brief=True)
    screen.line(T("{total} candidates in all; one list with all reasons: --flat", total=document["total"]))


def _by_use(screen: Screen, document: Document) -> None:
    for part, title in (("users", T("Who would use it")), ("channels", T("Who would sell it on"))):
        screen.title(title)
        for item in document[part]:
            _candidate(screen, item)
    screen.line(T("{total} candidates in all; in one list: --flat", total=document["total"]))


def _flat(screen: Screen, document: Document) -> None:
    items = document["items"]
    if not items:
        screen.line(T("No candidates: nobody in the register fits."))
    for item in items:
        _candidate(screen, item)
    for item in document.get("left", ()):
        screen.plain(f"↓ {item['name']} {item['inn']}: {item['move']}")
    if document["total"] > len(items):
        screen.line(T("{shown} of {total} shown", shown=len(items), total=document["total"]))


def _beside(screen: Screen, document: Document) -> None:
    """Print what stands beside a list: whose weights, how small firms fare, who just missed it, who is of one group."""
    _weights(screen, document["weights"])
    if fair := document["exposure"]:
        screen.line(
            T(
                "small and medium firms: {sme} of the first {first}; {supply} of the supply, {firms} of the candidates "
                "(size judged by output: {judged}, unknown: {unknown})",
                sme=fair["sme"],
                first=fair["first"],
                supply=screen.percent(fair["supply_share"]),
                firms=screen.percent(fair["firms_share"]),
                judged=fair["size_by_output"],
                unknown=fair["size_unknown"],
            )
        )
    for miss in document["near_misses"]:
        screen.plain(f"✕ {miss['name']} {miss['inn']}: {miss['text']}")
    if document["partners"]:
        screen.line(T("Partners already, not offered as new:"))
    for item in document["partners"]:
        screen.plain(f"= {item['name']} {item['inn']}: {item['text']}")
    affiliates(screen, document["affiliates"])


def _weights(screen: Screen, weights: Document) -> None:
    """Say so when weights are learned."""
    if weights["source"] == "learned":
        screen.line(
            T(
                "weights learned from decisions in cluster {cluster}, version {version}",
                cluster=weights["cluster"],
                version=weights["version"],
            )
        )


def affiliates(screen: Screen, items: Sequence[Document], indent: int = 2) -> None:
    """Print firms of one group with how they belong to it."""
    if items:
        screen.line(T("Of one group, not offered as new:"), indent)
    for item in items:
        of = f" ↔ {item['of']['name']}" if "of" in item else ""
        screen.plain(f"= {item['name']} {item['inn']}{of}: {item['text']}", indent)


def flags(screen: Screen, items: Sequence[Document], indent: int = 2) -> None:
    """Print what is known against a firm, each with source and date."""
    for item in items:
        screen.plain(f"! {item['text']}", indent)


def _candidate(screen: Screen, item: Document, brief: bool = False) -> None:
    role = screen.say(label(ROLES, item["role"]))
    known = [screen.say(T("a partner already"))] if item["link"] == "observed" else []
    facts = [item["inn"], role, screen.kilometres(item["distance_km"]), *known]
    screen.head(f"{item['rank']}. {item['name']}  {' · '.join(facts)}")
    screen.line(
        T(
            "expected trade between the two {value} a year ({low} to {high}); score {score}",
            value=screen.money(item["expected_value_rub"]),
            low=screen.money(item["expected_value_low_rub"]),
            high=screen.money(item["expected_value_high_rub"]),
            score=screen.points(item["score"]),
        ),
        5,
    )
    if "move" in item:
        screen.plain(f"{arrow(item['was'], item['now'])} {item['move']}", 5)
    flags(screen, item["flags"], 5)
    if item["concentration"]["risk"]:
        screen.plain(f"! {item['concentration']['text']}", 5)
    if "mutual" in item:
        screen.line(place(item["mutual"]), 5)
    for reason in strongest(item["reasons"]) if brief else telling(item["reasons"]):
        screen.plain(f"{screen.points(reason['contribution'])}  {reason['text']}", 5)


def telling(reasons: Sequence[Document]) -> list[Document]:
    """Return the reasons worth a line: those everybody asks about and those that move the score."""
    return [
        each
        for each in reasons
        if each["part"] in ALWAYS_SHOWN or (each["part"] != "base" and abs(each["contribution"]) >= TELLING)
    ]


def strongest(reasons: Sequence[Document], count: int = 2) -> list[Document]:
    """Return the reasons that move the score most, the starting point aside."""
    moving = [each for each in reasons if each["part"] != "base"]
    return sorted(moving, key=lambda each: -abs(each["contribution"]))[:count]


def place(found: Document) -> Text:
    """Return which place the asker has on a candidate's own list."""
    if found["rank"] is None:
        return T("from its side: the asker is not on its list")
    return T("from its side: the asker is number {rank} of {total}", rank=found["rank"], total=found["total"])


def arrow(was: int | None, now: int) -> str:
    """Return the sign of a move.

    >>> arrow(5, 2), arrow(None, 3), arrow(1, 1), arrow(1, 4)
    ('↑', '↑', '=', '↓')
    """
    if was == now:
        return "="
    return "↑" if was is None or now < was else "↓"


def explain(screen: Screen, document: Document) -> None:
    """Print one pair, part by part."""
    screen.title(T("{supplier} → {buyer}", supplier=document["supplier"]["name"], buyer=document["buyer"]["name"]))
    figures = {
        "score": screen.points(document["score"]),
        "probability": percent(document["probability"], screen.lang),
    }
    screen.line(
        T("score {score}, probability of acceptance {probability} (calibrated)", **figures)
        if document["calibrated"]
        else T("score {score}, probability {probability} (not calibrated)", **figures)
    )
    _weights(screen, document["weights"])
    for side in ("supplier", "buyer"):
        for flag in document[side]["flags"]:
            screen.plain(f"! {document[side]['name']}: {flag['text']}")
    if decided := document["decided"]:
        why = f" ({decided['text']})" if decided["text"] else ""
        date, verdict = decided["at"][:10], label(VERDICTS, decided["decision"])
        screen.line(T("{decision} on {date}{why}", decision=verdict, date=date, why=why))
    if document["affiliation"]:
        screen.line(T("supplier and buyer are of one group: {why}", why=document["affiliation"]["text"]))
    if document["concentration"]["risk"]:
        screen.plain(f"! {document['concentration']['text']}")
    screen.line(_places(document["ranks"]))
    screen.line(
        T(
            "the input: {current} used up, {capital} equipment and buildings, {channel} through channels",
            **{layer: screen.percent(part) for layer, part in document["layers"].items()},
        )
    )
    screen.table(
        [T("part"), T("points"), T("reason")],
        [
            (screen.say(label(PART_NAMES, r["part"])), screen.points(r["contribution"]), r["text"])
            for r in document["reasons"]
        ],
        right=(1,),
    )
    if document["evidence"]:
        screen.head(screen.say(T("Evidence on record")))
    for entry in document["evidence"]:
        date = entry["date"] or "—"
        screen.plain(f"{screen.say(label(EVIDENCE, entry['kind']))} · {entry['source'] or '—'} · {date}")
        screen.plain(_detail(screen, document, entry), 5)


def _places(ranks: Document) -> Text:
    """Return which place each of a pair has on the other's list."""
    of_supplier, of_buyer = ranks["supplier_for_buyer"], ranks["buyer_for_supplier"]
    if of_supplier["rank"] is None and of_buyer["rank"] is None:
        return T("neither is on the other's list: a rule keeps the pair out")
    return T(
        "the supplier is number {first} of {suppliers} for the buyer, the buyer number {second} of {buyers} for "
        "the supplier",
        first=of_supplier["rank"] or "—",
        suppliers=of_supplier["total"],
        second=of_buyer["rank"] or "—",
        buyers=of_buyer["total"],
    )


def _detail(screen: Screen, document: Document, entry: Document) -> str:
    """Return what one piece of evidence says."""
    said = entry["detail"]
    if entry["kind"] == "link":
        code = f", {screen.say(T('OKPD-2'))} {said['okpd2']}" if said["okpd2"] else ""
        return ", ".join(filter(None, (screen.money(said["amount_rub"]) + code, said["text"])))
    name = next(document[side]["name"] for side in ("supplier", "buyer") if document[side]["inn"] == said["inn"])
    value = screen.money(said["value"]) if said["field"].endswith("_rub") else said["value"]
    return f"{name}: {screen.say(label(FIELDS, said['field']))} — {value}"

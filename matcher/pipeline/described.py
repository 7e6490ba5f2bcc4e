"""What words and codes say of a firm that is in no register, and of a need: descriptions become arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.classify.purpose import all_makers, customers, purposes, without_purposes
from matcher.index.economy import LEAST_SPENT, Economy
from matcher.index.items import offered_items
from matcher.index.places import place_of
from matcher.index.uses import uses_of
from matcher.match.confirmed import confirmed_shares
from matcher.match.pairs import Party, firm_party
from matcher.pipeline.places import check_region
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.assumptions import assumption
from models.channels import goods_handled
from models.classifications import group_of, groups_under
from models.errors import DataError, UsageError
from models.identifiers import parse_okved
from models.records import Company
from models.text import T

Floats = NDArray[np.float64]

#: Below this share of the likeliest activity it is not clear what a description speaks of.
SURE = 0.3
#: Activities with at least this share are told to the user as understood.
UNDERSTOOD = 0.05


@dataclass(frozen=True, slots=True)
class Described:
    """A supplier that is in no register."""

    text: str | None = None
    okved: tuple[str, ...] = ()
    region: str | None = None
    city: str | None = None
    revenue_rub: float | None = None


def described_party(workspace: Workspace, who: Described) -> Party:
    """Return a described supplier as the fixed side of a query.

    Raises
    ------
    UsageError
        If neither words nor codes are given.
    """
    if not who.text and not who.okved:
        raise UsageError(T("nothing to look for"), T("give an INN, --text or --okved"))
    revenue = who.revenue_rub or assumption("small_firm_revenue_rub").value
    return _saying(workspace, Party(described_shares(workspace, who), revenue, described_place(workspace, who)), who)


def offering_party(workspace: Workspace, firm: int, what: Described) -> Party:
    """Return a firm of the index as the supplier of one thing that it describes, or of those activities it confirmed.

    Its whole output stands behind the thing, as how much of it is this one is not known. Activities alone, without
    words, are weighed as the register knows the firm, whose own words stay.
    """
    party = firm_party(workspace.columns, firm)
    if not what.text:
        return replace(party, shares=confirmed_shares(party.shares, code_shares(workspace, what.okved)))
    return _saying(workspace, replace(party, shares=described_shares(workspace, what)), what)


def _saying(workspace: Workspace, party: Party, who: Described) -> Party:
    """Return a supplier that says these words of what it offers and to whom.

    What a thing is for names its customers and is not what they ask for: bottles for detergents are no detergents.
    """
    items = offered_items(without_purposes(who.text or ""))
    offer = workspace.classifier.offered(items) if items else None
    uses = uses_of(workspace.taken, offer, party.shares) if offer else None
    return replace(party, offer=offer, aim=named_customers(workspace, who.text or ""), uses=uses)


def understood(workspace: Workspace, who: Described, party: Party) -> Document:
    """Return what a description was taken to mean, for its author to check; codes it named are all there."""
    least = 0.0 if who.okved else UNDERSTOOD
    shares, named = party.shares, workspace.frame([])
    top = np.argsort(-shares, kind="stable")[:5]
    return {
        "text": who.text,
        "region": who.region,
        "city": who.city,
        "revenue_rub": round(party.output_rub),
        "revenue_assumed": who.revenue_rub is None,
        "understood": [
            {
                "okved_code": workspace.economy.codes[row],
                "name": named.code_name(int(row)),
                "share": round(float(shares[row]), 4),
            }
            for row in top
            if shares[row] >= least and shares[row] > 0
        ],
        "unsure": bool(shares.max() < SURE),
    }


def need_recipe(
    workspace: Workspace, economy: Economy, text: str | None, recipe: Floats, named: tuple[str, ...] = ()
) -> Floats:
    """Return a recipe narrowed to what a text asks for, shape (m,).

    The text's codes, weighted by confidence, carry what the buyer spends on them; where its recipe has none of a code,
    a tenth of a percent of turnover stands in, since the buyer says it needs it. A need heard as a trade is one of the
    goods that it handles; wholesalers of the goods stay as channels. Of activities that a person ``named`` only those
    count, weighed as the text speaks of them.
    """
    wanted = heard_needs(workspace, [text])[0] if text else np.zeros(len(economy.codes))
    wanted = confirmed_shares(wanted, code_shares(workspace, named)) if named else _clear(wanted)
    asked = goods_wanted(economy, wanted, recipe) * np.maximum(recipe, LEAST_SPENT)
    return economy.with_channels(asked)


def heard_needs(workspace: Workspace, texts: Sequence[str]) -> Floats:
    """Return with what confidence each text asks for each activity group, shape (len(texts), m)."""
    codes = workspace.economy.codes
    wanted = np.zeros((len(texts), len(codes)))
    for row, candidates in zip(wanted, workspace.classifier.texts.wanted_many(texts), strict=True):
        for candidate in candidates:
            row[codes.index(candidate.code)] = candidate.confidence
    return wanted


def goods_wanted(economy: Economy, wanted: Floats, recipe: Floats) -> Floats:
    """Return what is wanted with goods in place of trades, divided by what the buyer spends on each, shape (m,)."""
    goods = np.where(economy.channel, 0.0, wanted)
    for trade in np.flatnonzero(economy.channel & (wanted > 0)):
        handled = [economy.codes.index(code) for code in goods_handled(economy.codes[trade])]
        spent = np.maximum(recipe[handled], LEAST_SPENT)
        goods[handled] += wanted[trade] * spent / spent.sum()
    return goods


def text_shares(workspace: Workspace, text: str) -> Floats:
    """Return the activity groups a text speaks of, as shares that sum to at most 1, shape (m,).

    Groups with less than :data:`UNDERSTOOD` are noise and dropped.
    """
    return _clear(heard_shares(workspace, text))


def heard_shares(workspace: Workspace, text: str) -> Floats:
    """Return all a text may speak of, noise included, as shares that sum to at most 1, shape (m,)."""
    profile = workspace.classifier.classify(Company(inn="", offers=text))
    shares = np.zeros(len(workspace.economy.codes))
    for assignment in profile.assignments:
        shares[workspace.economy.codes.index(assignment.code)] = assignment.share
    return shares


def _clear(shares: Floats) -> Floats:
    """Drop what a text hardly speaks of.

    Raises
    ------
    DataError
        If it speaks of nothing more clearly than that.
    """
    clear = np.where(shares >= UNDERSTOOD, shares, 0.0)
    if not clear.any():
        raise DataError(
            T("no activity was recognised in the text"),
            T("name the product or the service in a few words, for example: polypropylene sacks"),
        )
    return clear


def described_shares(workspace: Workspace, who: Described) -> Floats:
    """Return what a described supplier makes: what its words say, its codes, or those of both that it confirmed."""
    if not who.okved:
        return text_shares(workspace, who.text or "")
    codes = code_shares(workspace, who.okved)
    return confirmed_shares(heard_shares(workspace, who.text), codes) if who.text else codes


def code_shares(workspace: Workspace, codes: tuple[str, ...]) -> Floats:
    """Return activity codes as equal shares over their groups, shape (m,)."""
    shares = np.zeros(len(workspace.economy.codes))
    for text in codes:
        code = parse_okved(text)
        under = groups_under(group_of(code) or code)
        for group in under:
            shares[workspace.economy.codes.index(group)] += 1.0 / len(under) / len(codes)
    return shares


def named_customers(workspace: Workspace, text: str) -> Floats | None:
    """Return the activities that a text names as its customers, shape (m,); ``None`` when it names none.

    Words for customers («строители», «пищевые производства») count for all activities they stand for. Any other purpose
    is divided over the activities it may mean by their confidence; one understood with less than :data:`SURE` in all
    counts for so much less.
    """
    found = purposes(text)
    if not found:
        return None
    codes = workspace.economy.codes
    aim = np.zeros(len(codes))
    for phrase, candidates in zip(found, workspace.classifier.texts.candidates_many(found), strict=True):
        kind = customers(phrase)
        meant = {candidate.code: candidate.confidence for candidate in candidates}
        within = {code: confidence for code, confidence in meant.items() if code in kind}
        if kind and (kind != all_makers() or sum(within.values()) < SURE):
            aim[[code in kind for code in codes]] += 1.0 / len(found)
            continue
        told = within or meant
        whole = max(sum(told.values()), SURE)
        for code, confidence in told.items():
            aim[codes.index(code)] += confidence / whole / len(found)
    return aim


def described_place(workspace: Workspace, who: Described) -> int:
    """Return the index's place nearest to a described supplier, -1 when nothing is said of it or there is no place.

    Raises
    ------
    UsageError
        If there is no region of its code.
    """
    if not who.region and not who.city:
        return -1
    if who.region:
        check_region(who.region)
    columns = workspace.columns
    place = place_of(Company(inn="", region_code=who.region, city=who.city))
    if not place.key or not len(columns.place_lat):
        return -1
    gap = (columns.place_lat - place.lat) ** 2 + ((columns.place_lon - place.lon) * 0.6) ** 2
    return int(gap.argmin())

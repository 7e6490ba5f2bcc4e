"""The sources of evidence on a company: what each says of activity groups, and how they add up.

See :mod:`matcher.classify.company` for the model and ``reference/evidence_weights.csv`` for its weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from matcher.classify.hints import groups_of, groups_of_stem, name_votes
from matcher.classify.licences import licensed_groups
from matcher.classify.text import Candidate
from matcher.classify.weights import old_spread, spread, weight
from models.classifications import (
    GROUP_LENGTH,
    group_of,
    groups,
    groups_under,
    nearest_code,
    okpd2_group,
)
from models.records import Company
from models.text import T, Text

#: Codes under which holdings and head offices file: what they sell is elsewhere.
HOLDING_CODES = frozenset({"64.20", "70.10", "70.22", "64.99", "66.30"})
_LICENCE_SHOWN = 120
_TRADE = groups_of(("46",))
_MADE = frozenset(groups()) - HOLDING_CODES - frozenset(groups_of(("45", "46", "47")))


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says.

    ``share_odds`` and ``presence_odds`` by group: odds that a rouble of output is the group's, that the firm does it at
    all. ``ratio`` is what the source multiplies a group's odds by when another source named the group already, by
    group.
    """

    share_odds: Mapping[str, float]
    presence_odds: Mapping[str, float]
    ratio: Mapping[str, float]
    reasons: Mapping[str, Text]
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Evidence:
    """Log-odds of groups, source by source."""

    best_share: dict[str, float] = field(default_factory=dict)
    best_presence: dict[str, float] = field(default_factory=dict)
    agreement: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, list[Text]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        """Add what a source says: the strongest odds count whole, further sources multiply."""
        for code, odds in source.share_odds.items():
            if code in self.best_share:
                self.agreement[code] = self.agreement.get(code, 0.0) + math.log(source.ratio.get(code, 1.0))
            self.best_share[code] = max(self.best_share.get(code, 0.0), odds)
            self.best_presence[code] = max(self.best_presence.get(code, 0.0), source.presence_odds.get(code, odds))
            self.reasons.setdefault(code, []).append(source.reasons[code])
        for code, detail in source.details.items():
            self.details.setdefault(code, detail)

    def share_odds(self) -> dict[str, float]:
        """Return by group the odds that a rouble of output is the group's."""
        return self._odds(self.best_share)

    def presence_odds(self) -> dict[str, float]:
        """Return by group the odds that the firm does this at all."""
        return self._odds(self.best_presence)

    def _odds(self, best: Mapping[str, float]) -> dict[str, float]:
        most = weight("highest_odds")
        return {
            code: min(odds * math.exp(self.agreement.get(code, 0.0)), max(most, odds)) for code, odds in best.items()
        }


def sources(company: Company, offers: Sequence[Candidate]) -> Iterator[Source]:
    """Yield what the codes, declared products, licences and offers of a company say."""
    told = tuple(_told(company, offers))
    if company.okved_main:
        yield narrowed(main_source(company.okved_main), told)
    elif company.okved1_main:
        yield narrowed(old_main_source(company.okved1_main), told)
    if company.okved_extra:
        yield extra_source(company.okved_extra, company.okved_main)
    yield from told
    if company.licences:
        yield licence_source(company.licences)


def _told(company: Company, offers: Sequence[Candidate]) -> Iterator[Source]:
    """Yield what a company itself says that it makes."""
    if company.products_okpd2:
        yield product_source(company.products_okpd2)
    if offers:
        yield offer_source(offers)


def narrowed(main: Source, told: Sequence[Source]) -> Source:
    """Return what a main code says beside what the firm says it makes.

    A code that covers several groups speaks of one of them and does not say which. As far as the firm is believed, its
    whole weight goes to the groups the firm names, by how surely each is meant; the rest stays spread.
    """
    named: dict[str, float] = {}
    for source in told:
        for code in main.share_odds.keys() & source.presence_odds.keys():
            presence = source.presence_odds[code]
            named[code] = max(named.get(code, 0.0), presence / (1.0 + presence))
    if len(main.share_odds) == 1 or not named:
        return main
    believed = max(named.values())
    each = believed * sum(main.share_odds.values()) / sum(named.values())
    odds = {code: (1.0 - believed) * o + each * named.get(code, 0.0) for code, o in main.share_odds.items()}
    return replace(main, share_odds=odds, presence_odds=odds)


@cache
def main_source(code: str) -> Source:
    """Return what a main OKVED-2 code says; a class is spread over its groups by their size."""
    known = nearest_code(code)
    if known is None:
        return Source({}, {}, {}, {})
    under = groups_under(known)
    holding = len(under) == 1 and under[0] in HOLDING_CODES
    strength = weight("holding_share_odds" if holding else "main_share_odds")
    odds = {group: strength * part for group, part in spread(under).items()}
    reason = (
        T("main activity code {code}", code=code)
        if len(under) == 1
        else T("main activity code {code} covers {count} groups", code=code, count=len(under))
    )
    detail = {under[0]: known} if len(known) > GROUP_LENGTH else {}
    presence = {under[0]: weight("main_presence_odds")} if len(under) == 1 else odds
    return Source(
        odds, presence, dict.fromkeys(under, weight("agreement_ratio")),
        dict.fromkeys(under, reason), detail,
    )  # fmt: skip


@cache
def old_main_source(code: str) -> Source:
    """Return what a main code of the old classification says, by the published correspondence."""
    try:
        carried = old_spread(code)
    except KeyError:
        return Source({}, {}, {}, {})
    odds = {group: weight("old_main_share_odds") * share for group, share in carried.items()}
    reason = T("OKVED-2 groups of the OKVED-1 code {code}: {count}", code=code, count=len(carried))
    return Source(odds, odds, dict.fromkeys(odds, weight("agreement_ratio")), dict.fromkeys(odds, reason))


def extra_source(codes: Sequence[str], main: str | None) -> Source:
    """Return what extra codes say: the earlier filed more, and each less the more there are."""
    parts: dict[str, float] = {}
    for position, code in enumerate(codes):
        under = _groups_of_code(code)
        for group in under:
            if group != (group_of(main) if main else None):
                parts[group] = max(parts.get(group, 0.0), 1.0 / ((position + 2) * len(under)))
    total = sum(parts.values())
    presence = weight("extra_presence") * 0.5 ** (len(codes) / weight("extra_halving"))
    presence_odds = presence / (1 - presence)
    count = len(codes)
    ratio = 1 + (weight("agreement_ratio") - 1) * 0.5 ** (count / weight("extra_halving"))
    share = weight("extra_share_odds")
    reason = T("one of {count} extra activity codes", count=count)
    odds = {group: share * part / max(total, 1.0) for group, part in parts.items()}
    return Source(
        odds,
        {g: max(presence_odds, o) for g, o in odds.items()},
        dict.fromkeys(odds, ratio),
        dict.fromkeys(odds, reason),
    )


@cache
def _groups_of_code(code: str) -> tuple[str, ...]:
    known = nearest_code(code)
    return groups_under(known) if known else ()


def product_source(codes: Sequence[str]) -> Source:
    """Return what products declared by OKPD-2 codes say; several products share the weight."""
    counts = Counter(group for group in map(okpd2_group, codes) if group)
    total = sum(counts.values())
    first = {group: next(code for code in codes if okpd2_group(code) == group) for group in counts}
    return Source(
        {group: weight("product_share_odds") * count / total for group, count in counts.items()},
        dict.fromkeys(counts, weight("product_presence_odds")),
        dict.fromkeys(counts, weight("agreement_ratio")),
        {group: T("declares product {code}", code=first[group]) for group in counts},
    )


def licence_source(licences: Sequence[str]) -> Source:
    """Return what licences say: that the firm does this, less how much of its output it is; they share the weight."""
    said = {licence: named for licence in licences if (named := licensed_groups(licence))}
    parts: dict[str, float] = {}
    reasons: dict[str, Text] = {}
    for licence, named in said.items():
        for group, part in named.items():
            parts[group] = max(parts.get(group, 0.0), part)
            reasons.setdefault(group, T("licence: {licence}", licence=licence[:_LICENCE_SHOWN]))
    agreement = weight("agreement_ratio")
    return Source(
        {group: weight("licence_share_odds") * part / len(said) for group, part in parts.items()},
        {group: weight("licence_presence_odds") * part for group, part in parts.items()},
        {group: 1 + (agreement - 1) * part**0.5 for group, part in parts.items()},
        reasons,
    )


def offer_source(offers: Sequence[Candidate]) -> Source:
    """Return what the groups recognised in offers say; several products share the weight, doubt takes its part."""
    total = max(sum(offer.confidence for offer in offers), 1.0)
    believed = weight("offer_share_odds") * max((offer.confidence for offer in offers), default=0.0)
    agreement = weight("agreement_ratio")
    return Source(
        {o.code: believed * o.confidence / total for o in offers},
        {o.code: o.confidence / max(1 - o.confidence, 0.02) for o in offers},
        {o.code: 1 + (agreement - 1) * o.confidence for o in offers},
        {o.code: T("offers “{words}”: {reason}", words=o.words, reason=o.reasons[0]) for o in offers},
        {o.code: o.detail_code for o in offers if o.detail_code},
    )


def name_source(stems: frozenset[str], trades: bool, so_far: Evidence) -> Source:
    """Return what a name says, within the groups other evidence allows.

    A name alone, or beside a holding's code, may speak of any group; «торговый дом» speaks of trade, though no code
    does. No name speaks for the code of a holding.
    """
    named = frozenset(so_far.best_share) - HOLDING_CODES
    free = not named
    if trades and not free:
        votes = name_votes(stems, named.intersection(_TRADE))
        if not votes:
            return _trade_name(stems)
    else:
        votes = _free_votes(stems, trades) if free else name_votes(stems, named)
    if free:
        total = sum(votes.values()) or 1.0
        odds = {code: weight("name_alone_odds") * vote / total for code, vote in votes.items()}
    else:
        odds = dict.fromkeys(votes, 0.0)
    words = ", ".join(sorted(stem.rstrip("=") for stem in stems))
    ratio = {code: 1 + (weight("name_ratio") - 1) * vote for code, vote in votes.items()}
    reasons = {code: T("the name speaks of it ({words})", words=words) for code in votes}
    return Source(odds, odds, ratio, reasons)


def _free_votes(stems: frozenset[str], trades: bool) -> dict[str, float]:
    """Return the votes of a name that no code restricts: goods named are made, unless the name says it trades.

    Words for the structure of a firm («холдинг», «инвест», «группа») tell nothing here.
    """
    stems = frozenset(stem for stem in stems if HOLDING_CODES.isdisjoint(groups_of_stem(stem)))
    if trades:
        return name_votes(stems, frozenset(_TRADE))
    return name_votes(stems, _MADE) or name_votes(stems, frozenset(groups()) - HOLDING_CODES)


def _trade_name(stems: frozenset[str]) -> Source:
    votes = name_votes(stems, frozenset(_TRADE)) or {"46.90": 1.0}
    total = sum(votes.values())
    odds = {code: weight("trade_name_odds") * vote / total for code, vote in votes.items()}
    reason = T("the name says it is a trading firm")
    return Source(odds, odds, {}, dict.fromkeys(odds, reason))

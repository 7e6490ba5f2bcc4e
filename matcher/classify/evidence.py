"""The sources of evidence on a company: what each says of activity groups, and how they add up.

See :mod:`matcher.classify.company` for the model and ``reference/evidence_weights.csv`` for its weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from matcher.classify.hints import groups_of, name_votes
from matcher.classify.text import Candidate
from models.classifications import (
    GROUP_LENGTH,
    carry_okved1,
    group_of,
    groups,
    groups_under,
    nearest_code,
    okpd2_group,
    okved1,
)
from models.records import Company
from models.resources import read_table
from models.text import T, Text

#: Codes under which holdings and head offices file: what they sell is elsewhere.
HOLDING_CODES = frozenset({"64.20", "70.10", "70.22", "64.99", "66.30"})
_TRADE = groups_of(("46",))
_MADE = frozenset(groups()) - HOLDING_CODES - frozenset(groups_of(("45", "46", "47")))


@cache
def _weights() -> Mapping[str, float]:
    return {row["key"]: float(row["value"]) for row in read_table("reference/evidence_weights.csv")}


def weight(key: str) -> float:
    """Return one weight of the evidence model.

    >>> weight("name_ratio") > 1
    True
    """
    return _weights()[key]


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


def code_sources(company: Company) -> Iterator[Source]:
    """Yield what the codes and declared products of a company say."""
    if company.okved_main:
        yield main_source(company.okved_main)
    elif company.okved1_main:
        yield old_main_source(company.okved1_main)
    if company.okved_extra:
        yield extra_source(company.okved_extra, company.okved_main)
    if company.products_okpd2:
        yield product_source(company.products_okpd2)


@cache
def _outputs() -> Mapping[str, float]:
    return {row["okved_code"]: float(row["output_rub"]) for row in read_table("reference/group_output_2016.csv")}


@cache
def group_size(code: str) -> float:
    """Return how large a group of activities is: its output in the economy to the power ``size_power``.

    Outputs are estimates and a few giants (building, oil, public works) take part in odd correspondences: at least a
    thousandth and at most ``size_limit`` times the mean counts.
    """
    mean = sum(_outputs().values()) / len(_outputs())
    relative = _outputs().get(code, 0.0) / mean
    return float(min(max(relative, 0.001), weight("size_limit")) ** weight("size_power"))


def spread(codes: Sequence[str]) -> dict[str, float]:
    """Return the groups of a class with weights that sum to 1, by their size.

    >>> spread(("20.15",))
    {'20.15': 1.0}
    """
    total = sum(map(group_size, codes))
    return {code: group_size(code) / total for code in codes}


@cache
def _origins() -> Mapping[str, float]:
    """Return, by OKVED-2 group, the summed weights of all OKVED-1 classes that lead to it."""
    found: dict[str, float] = {}
    for shares in okved1().values():
        for group, share in shares.items():
            found[group] = found.get(group, 0.0) + share
    return found


def old_spread(code: str) -> dict[str, float]:
    """Return the groups an OKVED-1 code leads to, weights summing to 1.

    A group's weight is its size times the part of it that comes from the code: ``size · w(code, g) / Σ w(any, g)``.

    Raises
    ------
    KeyError
        If the correspondence has no such class.
    """
    raw = {group: group_size(group) * share / _origins()[group] for group, share in carry_okved1(code)}
    total = sum(raw.values())
    return {group: value / total for group, value in raw.items()}


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
    reason = T("OKVED-1 code {code} corresponds to {count} groups", code=code, count=len(carried))
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


def offer_source(offers: Sequence[Candidate]) -> Source:
    """Return what the groups recognised in offers say; several products share the weight."""
    total = max(sum(offer.confidence for offer in offers), 1.0)
    agreement = weight("agreement_ratio")
    return Source(
        {o.code: weight("offer_share_odds") * o.confidence / total for o in offers},
        {o.code: o.confidence / max(1 - o.confidence, 0.02) for o in offers},
        {o.code: 1 + (agreement - 1) * o.confidence for o in offers},
        {o.code: T("offers “{words}”: {reason}", words=o.words, reason=o.reasons[0]) for o in offers},
        {o.code: o.detail_code for o in offers if o.detail_code},
    )


def name_source(stems: frozenset[str], trades: bool, so_far: Evidence) -> Source:
    """Return what a name says, within the groups other evidence allows.

    A name alone, or beside a holding's code, may speak of any group; «торговый дом» may speak of wholesale though no
    code does.
    """
    named = frozenset(so_far.best_share)
    free = not named - HOLDING_CODES
    votes = _free_votes(stems, trades) if free else name_votes(stems, named)
    if trades and not free and not any(code.startswith(("45", "46", "47")) for code in named):
        return _trade_name(stems)
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
    """Return the votes of a name that no code restricts: goods named are made, unless the name says it trades."""
    if trades:
        return name_votes(stems, frozenset(_TRADE))
    return name_votes(stems, _MADE) or name_votes(stems, frozenset(groups()) - HOLDING_CODES)


def _trade_name(stems: frozenset[str]) -> Source:
    votes = name_votes(stems, frozenset(_TRADE)) or {"46.90": 1.0}
    total = sum(votes.values())
    odds = {code: weight("trade_name_odds") * vote / total for code, vote in votes.items()}
    reason = T("the name says it is a trading firm")
    return Source(odds, odds, {}, dict.fromkeys(odds, reason))

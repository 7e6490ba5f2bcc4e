"""Where a company stands in a cluster's value chain, from what it supplies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from matcher.classify.company import Profile
from matcher.classify.evidence import HOLDING_CODES
from models.clusters import Membership, membership

#: A firm belongs to a cluster when at least this share of what is known of its output lies there.
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the value chain; ``confidence`` is the share of the firm's known output that stands there."""

    stage: str
    side: str | None
    segment: str
    confidence: float


def stage_of(profile: Profile, cluster: str) -> Place | None:
    """Return the primary place of a firm in a cluster, ``None`` when it is outside.

    Holding and head-office codes are looked through: where anything else is known of the firm, they do not count.

    Parameters
    ----------
    profile
        What the firm supplies.
    cluster
        Key of the cluster.
    """
    shares = known_shares(profile)
    total = sum(shares.values())
    places: dict[tuple[str, str | None, str], float] = defaultdict(float)
    for code, share in shares.items():
        member = membership(code, cluster)
        if member is not None:
            places[_key(member)] += share
    if not total or sum(places.values()) < LEAST_SHARE * total:
        return None
    (stage, side, segment), share = max(places.items(), key=lambda pair: (pair[1], pair[0][2]))
    return Place(stage, side, segment, share / total)


def known_shares(profile: Profile) -> dict[str, float]:
    """Return expected shares by the deepest code known, without a holding's own code if there are others."""
    shares = {a.detail_code or a.code: a.share for a in profile.assignments if a.code not in HOLDING_CODES}
    return shares or {a.detail_code or a.code: a.share for a in profile.assignments}


def _key(member: Membership) -> tuple[str, str | None, str]:
    return member.stage, member.side or None, member.segment

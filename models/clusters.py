"""Clusters: which activities belong to the value chain of which cluster, at what stage, on which side, in what segment.

The knowledge lies in ``data/okved_mappings``: one ``KEY.csv`` a cluster (its names in the sidecar ``KEY.yml``) and the
segments of all clusters in ``segments.csv``. A new cluster is a new mapping, its sidecar and its lines in
``segments.csv``; no code changes. A code may belong to several clusters; within one, the longest prefix wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.classifications import groups
from models.errors import UsageError
from models.prefixes import PrefixTable
from models.resources import read_sidecar, read_table
from models.text import Lang, T, Text

#: Stages of a value chain, in the order of a product.
STAGES = ("raw_material", "finished_product", "supply")
STAGE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "raw_material": T("raw material"),
        "finished_product": T("finished product"),
        "supply": T("supply and sales support"),
    }
)
#: Sides of the stage ``supply``.
SIDES = ("production_support", "sales_support")
#: Stages whose companies are a cluster's core; the others support it.
CORE_STAGES = ("raw_material", "finished_product")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster and its names."""

    key: str
    name_ru: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of a cluster's chain table; ``side`` is ``None`` outside the stage ``supply``, ``order`` starts at 1."""

    cluster: str
    slug: str
    name_ru: str
    name_en: str
    stage: str
    side: str | None
    order: int


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an activity belongs to a cluster: the line of the mapping whose ``prefix`` claims it."""

    cluster: str
    stage: str
    side: str | None
    segment: str
    prefix: str
    reason: str


@cache
def clusters() -> tuple[Cluster, ...]:
    """Return the clusters, in the order of ``segments.csv``.

    >>> [cluster.key for cluster in clusters()][:2]
    ['chemical', 'agro_industrial']
    """
    keys = dict.fromkeys(segment.cluster for segment in _segments())
    names = {key: read_sidecar(_mapping(key))["cluster"] for key in keys}
    return tuple(Cluster(key, names[key]["name_ru"], names[key]["name_en"]) for key in keys)


def cluster(key: str) -> Cluster:
    """Return a cluster by key.

    Raises
    ------
    UsageError
        If there is no such cluster.
    """
    for known in clusters():
        if known.key == key:
            return known
    raise UsageError(
        T("unknown cluster {key}", key=key),
        T("known clusters: {keys}", keys=", ".join(known.key for known in clusters())),
    )


def cluster_name(cluster: Cluster, lang: Lang) -> str:
    """Return what a cluster is called."""
    return cluster.name_ru if lang == "ru" else cluster.name_en


@cache
def segments(cluster_key: str) -> tuple[Segment, ...]:
    """Return the segments of a cluster, in the order of its chain table.

    Raises
    ------
    UsageError
        If there is no such cluster.

    Examples
    --------
    >>> len(segments("chemical")), segments("chemical")[0].slug
    (16, 'supporting_production')
    """
    key = cluster(cluster_key).key
    return tuple(sorted((s for s in _segments() if s.cluster == key), key=lambda s: s.order))


@cache
def segment(slug: str) -> Segment:
    """Return a segment by slug; slugs are unique over all clusters.

    Raises
    ------
    UsageError
        If there is no such segment.
    """
    for known in _segments():
        if known.slug == slug:
            return known
    raise UsageError(
        T("unknown segment {slug}", slug=slug),
        T("known segments: {slugs}", slugs=", ".join(s.slug for s in _segments())),
    )


def segment_name(segment: Segment, lang: Lang) -> str:
    """Return what a segment is called.

    >>> segment_name(segment("fertilisers_pesticides"), "en")
    'Fertilisers and pesticides'
    """
    return segment.name_ru if lang == "ru" else segment.name_en


def membership(code: str, cluster_key: str) -> Membership | None:
    """Return where an OKVED-2 code of any depth stands in a cluster, or ``None`` if it is outside.

    Raises
    ------
    UsageError
        If there is no such cluster.

    Examples
    --------
    >>> found = membership("20.15.3", "chemical")
    >>> found.stage, found.segment, found.prefix
    ('finished_product', 'fertilisers_pesticides', '20.15')
    """
    table = _table(cluster(cluster_key).key)
    prefix = table.prefix_of(code)
    return None if prefix is None else _member(cluster_key, table, prefix)


def memberships(code: str) -> tuple[Membership, ...]:
    """Return where a code stands in every cluster that holds it, in the order of the clusters.

    >>> [found.cluster for found in memberships("20.20")]
    ['chemical', 'agro_industrial']
    """
    found = (membership(code, known.key) for known in clusters())
    return tuple(one for one in found if one is not None)


@cache
def cluster_groups(cluster_key: str) -> Mapping[str, Membership]:
    """Return the four-digit groups of OKVED-2 that a cluster claims whole (deeper claims aside), in code order.

    Raises
    ------
    UsageError
        If there is no such cluster.
    """
    found = {group: membership(group, cluster_key) for group in groups()}
    return MappingProxyType({group: one for group, one in found.items() if one is not None})


def _mapping(key: str) -> str:
    return f"okved_mappings/{key}.csv"


@cache
def _table(key: str) -> PrefixTable:
    return PrefixTable.bundled(_mapping(key))


def _member(key: str, table: PrefixTable, prefix: str) -> Membership:
    row = table.rows[prefix]
    return Membership(key, row["stage"], row["side"] or None, row["segment"], prefix, row["reason"])


@cache
def _segments() -> tuple[Segment, ...]:
    return tuple(
        Segment(
            row["cluster"],
            row["segment"],
            row["segment_name_ru"],
            row["segment_name_en"],
            row["stage"],
            row["side"] or None,
            int(row["order"]),
        )
        for row in read_table("okved_mappings/segments.csv")
    )

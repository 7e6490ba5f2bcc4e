"""What the pictures of the chain may be asked: flows, the graph of firms, what holds it together, and their files."""

from __future__ import annotations

from marshmallow import fields, validate

from api.queries import MOST, ChainQuery, Query, a_cluster, a_region, a_segment, about, how_many, some_words, yes_or_no
from matcher.report.chain.flows import BEYOND, OTHERS
from models.clusters import clusters, segments
from models.text import T, Text


def a_group(text: Text) -> fields.String:
    """Return the field of an end of a flow: a segment, others here, or beyond; what fits together the answer tells."""
    known = [*(each.slug for cluster in clusters() for each in segments(cluster.key)), OTHERS, BEYOND]
    return fields.String(required=True, validate=validate.Length(max=60), metadata=about(text, enum=known))


class ChainPageQuery(ChainQuery):
    """The page of the chain: which flows its picture shows as well."""

    inside = yes_or_no(T("draw only sales inside the cluster"))


class FlowQuery(Query):
    """The firms behind one flow of a chain."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    source = a_group(T("segment that sells"))
    target = a_group(T("segment that buys"))
    top = how_many(MOST, 50)


class NetworkQuery(Query):
    """The network of a cluster's or a region's firms."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    everything = yes_or_no(T("what firms of all activities buy, not of the cluster alone"))


class GraphQuery(NetworkQuery):
    """The graph of firms: around one of them, or the way between two."""

    firm = some_words(T("name or INN of a firm to look around"), 200)
    to = some_words(T("name or INN of a second firm, to find the way to it"), 200)
    top = how_many(MOST, 40)


class GraphPageQuery(GraphQuery):
    """The page of the graph: how large it is drawn as well."""

    zoom = fields.Integer(
        load_default=100, validate=validate.OneOf((50, 75, 100, 150, 200)), metadata=about(T("size of the picture, %"))
    )


class StructureQuery(NetworkQuery):
    """What holds a network together."""

    top = how_many(50, 8)


class PlacesQuery(Query):
    """The members of a cluster on a map."""

    cluster = a_cluster()
    region = a_region(T("two-digit region code, for example 26"))
    segment = a_segment(T("segment of the cluster, for example fertilisers_pesticides"))

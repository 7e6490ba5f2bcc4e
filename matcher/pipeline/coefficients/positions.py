"""Where every activity stands in the chain by the matrix A, beside the stages set by hand and published figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.linkages import backward
from graph.rank_correlation import rank_gaps, spearman
from graph.upstreamness import trophic_levels, upstreamness
from matcher.pipeline.coefficients.blocks import read_intermediate_shares
from matcher.pipeline.coefficients.tables import read_us_pattern
from models.classifications import activity_name
from models.clusters import Membership, cluster, cluster_groups, clusters
from models.coefficients import Coefficients, load
from models.text import Lang

Floats = NDArray[np.float64]
Row = dict[str, Any]

#: Places of the stages in the order of a product, raw material first; production support has none.
PLACES = {"raw_material": 0, "finished_product": 1, "sales_support": 2}
#: Stages whose activities make goods.
MAKERS = ("raw_material", "finished_product")


def positions(key: str | None, top: int, lang: Lang) -> Row:
    """Return where the groups stand, by cluster and one by one.

    Parameters
    ----------
    key
        Cluster to keep to; ``None`` for all groups.
    top
        How many codes that disagree most with their stage to name, by cluster.
    lang
        Language of the names.

    Returns
    -------
    dict
        ``clusters``: see :func:`agreement`; ``groups``: see :func:`group_rows`, the farthest from final use first;
        ``top`` as asked.
    """
    rows = group_rows(load(), lang)
    kept = [cluster(key).key] if key else [one.key for one in clusters()]
    shown = [row for row in rows if key is None or row["okved_code"] in cluster_groups(key)]
    return {
        "clusters": [agreement(one, rows, top) for one in kept],
        "groups": sorted(shown, key=lambda row: (-(row["upstreamness"] or 0.0), row["okved_code"])),
        "top": top,
    }


def group_rows(matrix: Coefficients, lang: Lang) -> list[Row]:
    """Return code, name, upstreamness, trophic level and backward linkage of every group.

    A group's flows are measured against what is available of its goods at home (total use less exports and stocks),
    known by published product; outputs below that are estimates, and imports make sales exceed output.
    The linkage counts home goods alone; the forward linkage is the same as upstreamness. ``upstreamness`` is ``None``
    for groups of which nobody buys (trade, which supplies no goods, and a few goods the tables do not show).
    """
    spent = np.asarray(matrix.current.sum(axis=0), dtype=np.float64)
    home = csc_array(matrix.current.toarray() * (1.0 - matrix.import_share.toarray()))
    columns = {
        "upstreamness": distance_from_use(matrix),
        "trophic_level": trophic_levels(matrix.current, 1.0 - spent),
        "backward_linkage": backward(home),
    }
    return [
        {"okved_code": code, "name": activity_name(code, lang)}
        | {name: _known(values[place]) for name, values in columns.items()}
        for place, code in enumerate(matrix.groups)
    ]


def distance_from_use(matrix: Coefficients) -> Floats:
    """Return the upstreamness of each group, NaN for groups of which nobody buys, shape (m,)."""
    flows = csc_array(matrix.current.toarray() * matrix.output_rub)
    at_home = available(flows)
    return np.where(at_home > 0, upstreamness(flows, at_home), np.nan)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def available(flows: csc_array) -> Floats:
    """Return what is available at home of each group's goods, in the unit of the flows; 0 where nobody buys them."""
    shares = read_intermediate_shares(read_us_pattern()[1])
    sold = np.asarray(flows.sum(axis=1), dtype=np.float64)
    return np.divide(sold, shares, out=np.zeros_like(sold), where=shares > 0)


def agreement(key: str, rows: Sequence[Row], top: int) -> Row:
    """Return how the computed positions of a cluster's groups agree with their stages.

    Correlations are signed so that 1 is full agreement: upstreamness falls and trophic level rises from raw material to
    sales support. ``makers`` leaves out sales support, which is services: they use little and so stand low in the web.
    ``disagree`` names codes by the difference of ranks of their upstreamness (above 0: farther from final use).
    """
    placed = [(row, stage, PLACES[stage]) for row, stage in _staged(cluster_groups(key), rows) if stage in PLACES]
    makers = [each for each in placed if each[1] in MAKERS]
    gaps = rank_gaps(_column(placed, "upstreamness"), -_places(placed)) if placed else np.zeros(0)
    order = sorted(range(len(placed)), key=lambda n: (-abs(gaps[n]), placed[n][0]["okved_code"]))
    return {
        "cluster": key,
        "all": _correlations(placed),
        "makers": _correlations(makers),
        "disagree": [
            {name: placed[n][0][name] for name in ("okved_code", "name", "upstreamness", "trophic_level")}
            | {"stage": placed[n][1], "rank_gap": float(gaps[n])}
            for n in order[:top]
        ],
    }


def _staged(members: Mapping[str, Membership], rows: Sequence[Row]) -> list[tuple[Row, str]]:
    known = [row for row in rows if row["okved_code"] in members and row["upstreamness"] is not None]
    found = [(row, members[row["okved_code"]]) for row in known]
    return [(row, member.side or member.stage) for row, member in found]


def _places(placed: Sequence[tuple[Row, str, int]]) -> Floats:
    return np.array([float(place) for *_, place in placed])


def _column(placed: Sequence[tuple[Row, str, int]], name: str) -> Floats:
    return np.array([row[name] for row, *_ in placed], dtype=np.float64)


def _correlations(placed: Sequence[tuple[Row, str, int]]) -> Row:
    places = _places(placed)
    return {
        "n": len(placed),
        "upstreamness": spearman(-_column(placed, "upstreamness"), places),
        "trophic_level": spearman(_column(placed, "trophic_level"), places),
    }


def evaluate_positions(published: Iterable[Mapping[str, str]]) -> Row:
    """Return the agreement with stages and with published upstreamness.

    Parameters
    ----------
    published
        Rows with ``okved_classes`` (two digits, separated by blanks) and ``upstreamness``.
    """
    matrix = load()
    rows = group_rows(matrix, "en")
    return {
        "published": published_agreement(matrix, rows, published),
        "clusters": {one.key: _without_rows(agreement(one.key, rows, 0)) for one in clusters()},
    }


def _without_rows(found: Row) -> Row:
    return {name: found[name] for name in ("all", "makers")}


def published_agreement(matrix: Coefficients, rows: Sequence[Row], published: Iterable[Mapping[str, str]]) -> Row:
    """Compare means by published industry, weighted by output, with published upstreamness."""
    computed = np.array([row["upstreamness"] or 0.0 for row in rows])
    known = np.array([row["upstreamness"] is not None for row in rows])
    ours, theirs = [], []
    for row in published:
        classes = tuple(row["okved_classes"].split())
        inside = np.array([group.startswith(classes) for group in matrix.groups]) & known
        ours.append(float(np.average(computed[inside], weights=matrix.output_rub[inside])))
        theirs.append(float(row["upstreamness"]))
    one, other = np.array(ours), np.array(theirs)
    return {"n": len(ours), "spearman": spearman(one, other), "pearson": float(np.corrcoef(one, other)[0, 1])}

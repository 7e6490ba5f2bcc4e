"""Views of the coefficient matrix: how it was built, where activities stand in the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import STAGES, label
from models.clusters import cluster, cluster_name
from models.text import T, Text

Document = Mapping[str, Any]

#: Stages of the groups that have a place in the order of a product.
PLACES: Mapping[str, Text] = {**STAGES, "sales_support": T("sales support")}
#: Blocks named at a terminal; ``--json`` lists all.
NAMED = 5


def report(screen: Screen, document: Document) -> None:
    """Print what a build or a check found."""
    cells = document["cells"]
    screen.line(
        T("cells: {current} of current inputs, {capital} of capital, {symbiosis} of by-products",
          **{layer: _grouped(count) for layer, count in cells.items()})
    )  # fmt: skip
    screen.line(
        T("{blocks} published blocks with {purchases} fitted in {rounds} rounds; the largest miss is {miss} of a block",
          blocks=_grouped(document["blocks"]), purchases=screen.money(document["purchases_mln_rub"] * 1e6),
          rounds=document["rounds"], miss=f"{document['worst_block']:.1e}")
    )  # fmt: skip
    negative, dollars = document["us_cells_set_to_zero"]
    screen.line(
        T("{count} negative cells of the American table ({dollars} mln dollars) are taken as 0",
          count=negative, dollars=screen.number(dollars, 0))
    )  # fmt: skip
    screen.table(
        [T("blocks"), T("count"), T("purchases"), T("the largest: product → industry")],
        [
            (screen.say(title), str(found["count"]), screen.money(found["mln_rub"] * 1e6), _largest(found))
            for title, found in (
                (T("without a pattern, filled by size"), document["blocks_filled_evenly"]),
                (T("left out, nobody makes it"), document["blocks_left_out"]),
                (T("0 in the tables, filled by hand"), document["exempt_blocks"]),
            )
        ],
        right=(1, 2),
    )
    screen.line(T("joined, as no group tells them apart: {labels}", labels="; ".join(document["joined_blocks"])))
    silent = document["groups_without_source"]["as_sellers"]
    screen.line(T("groups no published product holds: {groups}", groups=", ".join(silent)))
    money = document["investment_mln_rub"]
    screen.line(
        T("investment: {allocated} of {published} allocated to those who use it; without: {labels}",
          allocated=screen.money(money["allocated"] * 1e6), published=screen.money(money["published"] * 1e6),
          labels="; ".join(money["left_out"]))
    )  # fmt: skip
    if "same" in document:
        agrees = T("the stored matrix is the one these tables give")
        differs = T(
            "the stored matrix differs by up to {difference}: run zveno coefficients build",
            difference=f"{document['largest_difference']:.2g}",
        )
        screen.line(agrees if document["same"] else differs)


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _largest(found: Document) -> str:
    return "; ".join(f"{product} → {industry}" for product, industry, _ in found["blocks"][:NAMED])


def positions(screen: Screen, document: Document) -> None:
    """Print how positions agree with stages, the codes that disagree most, and the groups one by one."""
    screen.title(T("agreement with the stages, 1 = full"))
    screen.table(
        [T("cluster"), T("codes"), T("upstreamness"), T("trophic level"), T("upstreamness, makers"),
         T("trophic level, makers")],
        [_agreement(screen, one) for one in document["clusters"]],
        right=(1, 2, 3, 4, 5),
    )  # fmt: skip
    for one in document["clusters"]:
        screen.title(T("disagree most: {cluster}", cluster=cluster_name(cluster(one["cluster"]), screen.lang)))
        screen.table(
            [T("code"), T("name"), T("stage"), T("upstreamness"), T("trophic level")],
            [(row["okved_code"], row["name"], screen.say(label(PLACES, row["stage"])), *_levels(screen, row))
             for row in one["disagree"]],
            right=(3, 4),
        )  # fmt: skip
    screen.title(T("farthest from final use"))
    screen.table(
        [T("code"), T("name"), T("upstreamness"), T("trophic level"), T("backward linkage")],
        [
            (row["okved_code"], row["name"], *_levels(screen, row), screen.number(row["backward_linkage"], 2))
            for row in document["groups"][: document["top"]]
        ],
        right=(2, 3, 4),
    )


def _agreement(screen: Screen, found: Document) -> tuple[str, ...]:
    figures = [found[part][name] for part in ("all", "makers") for name in ("upstreamness", "trophic_level")]
    shown = ["—" if value is None else screen.number(value, 2) for value in figures]
    return (cluster_name(cluster(found["cluster"]), screen.lang), str(found["all"]["n"]), *shown)


def _levels(screen: Screen, row: Document) -> tuple[str, str]:
    far = row["upstreamness"]
    return "—" if far is None else screen.number(far, 2), screen.number(row["trophic_level"], 2)

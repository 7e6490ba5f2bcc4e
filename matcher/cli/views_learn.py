"""Views of learned weights: what moved and why, versions, what was undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import VERDICTS, label
from matcher.report.figures import decimal
from matcher.report.ranking.reasons import PART_NAMES
from models.decision_reasons import reason_text
from models.text import T

Document = Mapping[str, Any]


def learned(screen: Screen, document: Document) -> None:
    """Print what each cluster's examples taught."""
    for item in document["items"]:
        _cluster(screen, item)


def versions(screen: Screen, document: Document) -> None:
    """Print every version of learned weights."""
    if not document["items"]:
        screen.line(T("No weights were learned: the defaults are in force."))
    for item in document["items"]:
        state = T("in force") if item["in_force"] else T("no longer in force") if item["undone"] else T("replaced")
        screen.line(
            T(
                "{version} · {cluster} · {date} · decisions: {decisions}, links: {links} · {state}",
                version=item["version"],
                cluster=item["cluster"],
                date=item["at"][:10],
                decisions=item["decisions"],
                links=item["links"],
                state=state,
            )
        )


def undone(screen: Screen, document: Document) -> None:
    """Print which version was taken back and what holds now."""
    gone, now = document["undone"], document["in_force"]
    screen.line(T("version {version} of cluster {cluster} is undone", version=gone["version"], cluster=gone["cluster"]))
    screen.line(T("version {version} is in force", version=now["version"]) if now else T("the defaults are in force"))


def _cluster(screen: Screen, item: Document) -> None:
    screen.title(T("Weights of cluster {cluster}, version {version}", cluster=item["cluster"], version=item["version"]))
    screen.line(
        T(
            "from {accepted} accepted and {declined} declined pairs ({silent} speak of no part) and {links} observed "
            "links with {negatives} negatives of the same code and size",
            accepted=item["accepted"],
            declined=item["declined"],
            silent=item["speak_of_no_part"],
            links=item["links"],
            negatives=item["negatives"],
        )
    )
    if not item["changed"]:
        screen.line(T("nothing new was learned: the version in force stays"))
    screen.line(T("probabilities are calibrated") if item["calibration"] else T("too few decisions to calibrate"))
    screen.table(
        [T("part"), T("default"), T("before"), T("after"), T("pull of decisions"), T("pull of links")],
        [
            (_part(screen, p["part"]), *(screen.number(p[key], 3) for key in ("default", "before", "after")),
             screen.points(p["decisions_pull"]), screen.points(p["links_pull"]))
            for p in item["parts"]
        ],
        right=(1, 2, 3, 4, 5),
    )  # fmt: skip
    moved = max(item["parts"], key=lambda p: abs(p["after"] - p["default"]))
    for pull in moved["pulls"]:
        why = reason_text(pull["reason_code"] or "", "", screen.lang)
        verdict = screen.say(label(VERDICTS, pull["decision"])) + (f" ({why})" if why else "")
        by = decimal(pull["pull"], 4, screen.lang, sign=True)
        screen.plain(f"{moved['part']} {by}: {pull['supplier_inn']} → {pull['buyer_inn']}, {verdict}", 5)
    for change in item["first"]:
        screen.line(
            T(
                "first ten of {buyer}: {entered} new, {moved} places changed",
                buyer=change["buyer_inn"],
                entered=len(change["entered"]),
                moved=change["moved"],
            ),
            5,
        )


def _part(screen: Screen, part: str) -> str:
    """Return what a part is called, with the name it has on the command line."""
    return f"{screen.say(label(PART_NAMES, part))} ({part})"

"""Views of what Zveno holds and knows: companies, codes, imports, figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from models.text import T

Document = Mapping[str, Any]


def companies(screen: Screen, document: Document) -> None:
    """Print a list of companies."""
    screen.title(T("{total} companies", total=document["total"]))
    screen.table(
        [T("INN"), T("name"), T("main code"), T("segment"), T("revenue"), T("year")],
        [
            (c["inn"], c["name"], c["okved_main"] or (f"{c['okved1_main']} (OKVED-1)" if c["okved1_main"] else "—"),
             c["segment"] or "—", screen.money(c["revenue_rub"]), str(c["revenue_year"] or "—"))
            for c in document["items"]
        ],
        right=(4,),
    )  # fmt: skip


def classify(screen: Screen, document: Document) -> None:
    """Print activities with confidence and reasons."""
    screen.title(T("{what}", what=document.get("name") or document.get("text") or document.get("okved_code") or ""))
    if not document["candidates"]:
        screen.line(T("Cannot tell: nothing in it names an activity."))
    for candidate in document["candidates"]:
        place = candidate["segment_name"] or screen.say(T("outside the cluster"))
        screen.plain(
            f"{screen.percent(candidate['confidence']):>6}  {candidate['okved_code']}  {candidate['name']} · {place}"
        )
        for reason in candidate["reasons"]:
            screen.plain(reason, 10)


def inputs(screen: Screen, document: Document) -> None:
    """Print cells of the coefficient matrix."""
    screen.title(T("{code}", code=document["okved_code"]))
    if document["inherited_from"]:
        screen.line(T("inherited from {code}", code=document["inherited_from"]))
    cells = document["inputs"]
    screen.table(
        [T("code"), T("name"), T("roubles per rouble of output"), T("imported"), T("layer"), T("sources")],
        [
            (
                cell["okved_code"],
                cell["name"],
                "—" if cell["coefficient"] is None else screen.number(cell["coefficient"], 4),
                screen.percent(cell["import_share"]),
                cell["layer"],
                ", ".join(cell["sources"]),
            )
            for cell in cells
        ],
        right=(2, 3),
    )


def import_(screen: Screen, document: Document) -> None:
    """Print what an import took and what not."""
    name = document.get("file", "")
    screen.line(
        T("{file}: {read} rows read as {format}, {added} companies added, {changed} changed, {unchanged} unchanged, "
          "{bad} in quarantine",
          file=name, read=document["read"], format=document["format"], added=document["added"],
          changed=document["changed"], unchanged=document["unchanged"], bad=len(document["quarantined"]))
    )  # fmt: skip
    for row in document["quarantined"][:8]:
        screen.plain(f"{row['line']}: {row['inn'] or '—'} {row['field']} “{row['value']}” — {row['error']}", 5)
    if len(document["quarantined"]) > 8:
        screen.line(T("and {more} more; --json lists all", more=len(document["quarantined"]) - 8), 5)


def imports(screen: Screen, document: Document) -> None:
    """Print the history of imports."""
    screen.table(
        [T("run"), T("file"), T("format"), T("at"), T("added"), T("changed"), T("undone")],
        [
            (
                str(i["run"]),
                i["file"],
                i["format"],
                i["at"][:16],
                str(i["added"]),
                str(i["changed"]),
                (i["undone"] or "")[:16],
            )
            for i in document["items"]
        ],
        right=(0, 4, 5),
    )


def facts(screen: Screen, document: Document) -> None:
    """Print a document of plain facts."""
    screen.table([T("what"), T("value")], [(key, str(value)) for key, value in document.items()])


def decision(screen: Screen, document: Document) -> None:
    """Print a decision."""
    screen.line(
        T(
            "remembered: {supplier} → {buyer}: {decision}",
            supplier=document["supplier_inn"],
            buyer=document["buyer_inn"],
            decision=document["decision"],
        )
    )


def graphml(screen: Screen, document: Document) -> None:
    """Print what was written."""
    screen.line(
        T("{file}: {nodes} nodes, {edges} edges ({observed} observed, {inferred} inferred)", **{
            key: document[key] for key in ("file", "nodes", "edges", "observed", "inferred")})
    )  # fmt: skip

"""Documents for people: tables and short paragraphs on a terminal of any width.

Each view takes a document of the contract and prints it; the numbers shown are the document's own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from matcher.cli.words import ROLES, SCOPES, STAGES, label
from matcher.report.frame import money, percent
from models.text import Lang, T, Text

Document = Mapping[str, Any]


def render(view: str, document: Document, lang: Lang) -> None:
    """Print a document with the named view; ``{"results": […]}`` prints each answer in turn."""
    width = shutil.get_terminal_size((110, 40)).columns
    console = Console(width=max(width, 60), highlight=False, soft_wrap=False)
    screen = Screen(console, lang)
    if "results" in document and view != "demo":
        for result in document["results"]:
            _one(screen, view, result)
        return
    _one(screen, view, document)


class Screen:
    """A console and the language spoken on it."""

    def __init__(self, console: Console, lang: Lang) -> None:
        self.console = console
        self.lang = lang

    def say(self, text: Text) -> str:
        """Render a text."""
        return text.render(self.lang)

    def title(self, text: Text) -> None:
        """Print a heading."""
        self.console.print()
        self.console.print(Line(self.say(text), style="bold"))

    def line(self, text: Text, indent: int = 2) -> None:
        """Print a paragraph."""
        self.plain(self.say(text), indent)

    def plain(self, text: str, indent: int = 2) -> None:
        """Print a ready string as a paragraph."""
        self.console.print(Padding(Line(text), (0, 0, 0, indent)))

    def table(self, headings: Sequence[Text], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Print a table; columns named in ``right`` hold numbers."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for number, heading in enumerate(headings):
            table.add_column(self.say(heading), justify="right" if number in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*[Line(cell) for cell in row])
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def money(self, value: float | None) -> str:
        """Return roubles in words, a dash when unknown."""
        return "—" if value is None else money(value, self.lang)

    def percent(self, value: float | None) -> str:
        """Return a percentage, a dash when unknown."""
        return "—" if value is None else percent(value, self.lang)


def _one(screen: Screen, view: str, document: Document) -> None:
    if "error" in document:
        screen.plain(f"{document['error']['message']} {document['error']['hint']}")
        return
    VIEWS[view](screen, document)


def _suppliers(screen: Screen, document: Document) -> None:
    query = document["query"]
    where = T("region {region}", region=query["region"]) if query.get("region") else T("all regions")
    screen.title(T("Who could supply {name} (INN {inn}), {where}", name=query["name"], inn=query["inn"], where=where))
    _listing(screen, document)


def _buyers(screen: Screen, document: Document) -> None:
    query = document["query"]
    if query.get("inn"):
        screen.title(T("Who could buy from {name} (INN {inn})", name=query["name"], inn=query["inn"]))
    elif query.get("text"):
        screen.title(T("Who could buy: “{text}”", text=query["text"]))
    else:
        screen.title(T("Who could buy"))
    for code in query.get("understood", ()):
        screen.plain(f"{code['okved_code']} {code['name']} — {screen.percent(code['share'])}")
    if query.get("revenue_assumed"):
        screen.line(
            T(
                "revenue not given: the median of such makers, {money}, stands in",
                money=screen.money(query["revenue_rub"]),
            )
        )
    _listing(screen, document)


def _listing(screen: Screen, document: Document) -> None:
    items = document["items"]
    if not items:
        screen.line(T("No candidates: nobody in the register fits."))
    for item in items:
        kilometres = T("{km} km", km=f"{item['distance_km']:.0f}")
        head = f"{item['rank']}. {item['name']}  {item['inn']}  · {screen.say(label(ROLES, item['role']))} · {screen.say(kilometres)}"
        screen.console.print(Padding(Line(head, style="bold"), (0, 0, 0, 2)))
        screen.line(
            T("could sell {value} a year ({low} to {high}); score {score}", value=screen.money(item["expected_value_rub"]),
              low=screen.money(item["expected_value_low_rub"]), high=screen.money(item["expected_value_high_rub"]),
              score=f"{item['score']:+.2f}"), 5)  # fmt: skip
        for reason in item["reasons"]:
            if reason["part"] in {"input_fit", "size_fit", "distance"} or abs(reason["contribution"]) >= 0.3:
                if reason["part"] != "base":
                    screen.plain(f"{reason['contribution']:+.2f}  {reason['text']}", 5)
    if document["total"] > len(items):
        screen.line(T("{shown} of {total} shown", shown=len(items), total=document["total"]))
    for miss in document["near_misses"]:
        screen.plain(f"✕ {miss['name']} {miss['inn']}: {miss['text']}")
    if document.get("groups"):
        screen.line(T("By input, largest spending first:"))
        screen.table(
            [T("code"), T("input"), T("spending a year"), T("imported"), T("first candidates")],
            [
                (g["okved_code"], g["name"], screen.money(g["demand_rub"]), screen.percent(g["import_share"]),
                 ", ".join(item["name"] for item in g["items"][:3]))
                for g in document["groups"]
            ],
            right=(2, 3),
        )  # fmt: skip


def _explain(screen: Screen, document: Document) -> None:
    screen.title(T("{supplier} → {buyer}", supplier=document["supplier"]["name"], buyer=document["buyer"]["name"]))
    screen.line(
        T(
            "score {score}, probability {probability} (not calibrated)",
            score=f"{document['score']:+.2f}",
            probability=f"{document['probability']:.3f}",
        )
    )
    screen.table(
        [T("part"), T("points"), T("reason")],
        [(r["part"], f"{r['contribution']:+.2f}", r["text"]) for r in document["reasons"]],
        right=(1,),
    )
    for entry in document["evidence"]:
        detail = ", ".join(f"{key}: {value}" for key, value in entry["detail"].items() if value is not None)
        screen.plain(f"{entry['kind']} · {entry['source']} · {entry['date'] or '—'} · {detail}")


def _gaps(screen: Screen, document: Document) -> None:
    screen.title(T("Gaps in the chain"))
    if not document["items"]:
        screen.line(T("No gaps: local makers cover what local firms need, as far as the register shows."))
    for number, gap in enumerate(document["items"], start=1):
        screen.console.print(
            Padding(
                Line(f"{number}. {gap['okved_code']} {gap['name']} — {screen.money(gap['value_rub'])}", style="bold"),
                (0, 0, 0, 2),
            )
        )
        screen.plain(", ".join(screen.say(label(STAGES, kind)) for kind in gap["kinds"]), 5)
        for reason in gap["reasons"]:
            screen.plain(reason, 5)
        _named(
            screen, T("needed by: {names}"), [f"{b['name']} ({screen.money(b['demand_rub'])})" for b in gap["buyers"]]
        )
        _named(
            screen,
            T("made elsewhere by: {names}"),
            [f"{o['name']} ({o['distance_km']:.0f} km)" for o in gap["outside_suppliers"]],
        )
        _named(
            screen,
            T("could start here: {names}"),
            [f"{c['name']} ({screen.percent(c['relatedness'])})" for c in gap["could_start"]],
        )


def _named(screen: Screen, text: Text, names: Sequence[str]) -> None:
    if names:
        screen.line(Text(text.msgid, {"names": "; ".join(names)}), 5)


def _projects(screen: Screen, document: Document) -> None:
    screen.title(T("Joint-project candidates"))
    if not document["items"]:
        screen.line(T("No candidates: the register holds too few firms that fit together."))
    for number, item in enumerate(document["items"], start=1):
        value = screen.money(item["value_rub"]) if item["value_rub"] is not None else screen.say(T("value not stated"))
        screen.console.print(Padding(Line(f"{number}. {item['title']} — {value}", style="bold"), (0, 0, 0, 2)))
        screen.plain("; ".join(f"{p['name']} ({screen.say(label(ROLES, p['role']))})" for p in item["participants"]), 5)
        for reason in [*item["reasons"], *item["assumptions"]]:
            screen.plain(reason, 5)


def _chain(screen: Screen, document: Document) -> None:
    screen.title(T("Value chain"))
    screen.table(
        [T("stage"), T("segment"), T("companies"), T("possible"), T("workers"), T("revenue"), T("year")],
        [
            (screen.say(label(STAGES, row["stage"])), row["segment_name"], str(row["companies"]), f"{row['possible_companies']:.1f}",
             screen.say(T("unknown")) if row["workers"] is None else str(row["workers"]), screen.money(row["revenue_rub"]),
             ", ".join(row["years"]) or "—")
            for row in document["rows"]
        ],
        right=(2, 3, 4, 5),
    )  # fmt: skip
    screen.line(T("possible: expected number of further members among firms known only by a wide class"))


def _companies(screen: Screen, document: Document) -> None:
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


def _classify(screen: Screen, document: Document) -> None:
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


def _inputs(screen: Screen, document: Document) -> None:
    screen.title(T("{code}", code=document["okved_code"]))
    if document["inherited_from"]:
        screen.line(T("inherited from {code}", code=document["inherited_from"]))
    cells = document.get("inputs", document.get("users", []))
    screen.table(
        [T("code"), T("name"), T("roubles per rouble of output"), T("imported"), T("layer"), T("sources")],
        [
            (c["okved_code"], c["name"], f"{c['coefficient']:.4f}", screen.percent(c["import_share"]), c["layer"], ", ".join(c["sources"]))
            for c in cells
        ],
        right=(2, 3),
    )  # fmt: skip


def _import(screen: Screen, document: Document) -> None:
    name = document.get("file", "")
    screen.line(
        T("{file}: {read} rows read as {format}, {added} companies added, {changed} changed, {unchanged} unchanged, {bad} in quarantine",
          file=name, read=document["read"], format=document["format"], added=document["added"], changed=document["changed"],
          unchanged=document["unchanged"], bad=len(document["quarantined"]))
    )  # fmt: skip
    for row in document["quarantined"][:8]:
        screen.plain(f"{row['line']}: {row['inn'] or '—'} {row['field']} “{row['value']}” — {row['error']}", 5)
    if len(document["quarantined"]) > 8:
        screen.line(T("and {more} more; --json lists all", more=len(document["quarantined"]) - 8), 5)


def _imports(screen: Screen, document: Document) -> None:
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


def _facts(screen: Screen, document: Document) -> None:
    screen.table([T("what"), T("value")], [(key, str(value)) for key, value in document.items()])


def _decision(screen: Screen, document: Document) -> None:
    screen.line(
        T(
            "remembered: {supplier} → {buyer}: {decision}",
            supplier=document["supplier_inn"],
            buyer=document["buyer_inn"],
            decision=document["decision"],
        )
    )


def _graphml(screen: Screen, document: Document) -> None:
    screen.line(
        T("{file}: {nodes} nodes, {edges} edges ({observed} observed, {inferred} inferred)", **{
            key: document[key] for key in ("file", "nodes", "edges", "observed", "inferred")})
    )  # fmt: skip


def _demo(screen: Screen, document: Document) -> None:
    screen.title(T("1. What was loaded"))
    for report in document["loaded"]["results"]:
        _import(screen, report)
    _coverage(screen, document["coverage"])
    screen.title(T("2. The chemical cluster of Stavropol krai"))
    _chain(screen, document["chain"])
    screen.title(T("3. Suppliers for the anchors"))
    for answers in document["suppliers"].values():
        for scope in ("regional", "national"):
            _suppliers(screen, answers[scope])
    screen.title(T("4. Buyers for a small company"))
    _buyers(screen, document["buyers"])
    screen.title(T("5. Gaps and projects"))
    _gaps(screen, document["gaps"])
    _projects(screen, document["projects"])
    screen.title(T("What is not known"))
    screen.plain(document["links"]["note"])


def _coverage(screen: Screen, document: Document) -> None:
    years = ", ".join(f"{year}: {count}" for year, count in document["years"].items())
    screen.line(
        T("the register holds {firms} firms, {local} of the region; figures of the region's firms by year: {years}",
          firms=document["firms"], local=document["firms_in_region"], years=years)
    )  # fmt: skip
    screen.table(
        [T("scope"), T("in the programme"), T("in the register"), T("covered")],
        [
            (
                screen.say(label(SCOPES, row["scope"])),
                str(row["programme_companies"]),
                str(row["register_companies"]),
                screen.percent(row["share"]),
            )
            for row in document["programme"]
        ],
        right=(1, 2, 3),
    )
    screen.line(
        T(
            "Coverage is thin: open accounts of these years list large firms; small ones come with the tax service's register. No firm is invented."
        )
    )


VIEWS: Mapping[str, Callable[[Screen, Document], None]] = {
    "suppliers": _suppliers,
    "buyers": _buyers,
    "explain": _explain,
    "gaps": _gaps,
    "projects": _projects,
    "chain": _chain,
    "companies": _companies,
    "classify": _classify,
    "inputs": _inputs,
    "import": _import,
    "imports": _imports,
    "facts": _facts,
    "undone": _facts,
    "decision": _decision,
    "graphml": _graphml,
    "demo": _demo,
}

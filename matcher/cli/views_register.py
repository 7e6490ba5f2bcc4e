"""Views of what Zveno holds and knows: companies, codes, imports, figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import ACCOUNT_ROLES, CELL_SOURCES, ENTRIES, TYPICAL, VERDICTS, format_words, label
from matcher.intake.column_meanings import MEANINGS
from matcher.intake.fields import read_text
from matcher.intake.registry import how_to_map
from matcher.report.ranking.layers import CELL_LAYERS
from models.decision_reasons import reason_text
from models.text import T, Text

Document = Mapping[str, Any]
#: The format whose rows are sales, not companies.
SALES = "links_table"
#: Codes of goods named of a trade.
GOODS = 8


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
    from matcher.classify.chances import GUESS

    screen.title(T("{what}", what=document.get("name") or document.get("text") or document.get("okved_code") or ""))
    if not document["candidates"]:
        screen.line(T("Cannot tell: nothing in it names an activity."))
    elif document["candidates"][0]["confidence"] < GUESS:
        screen.line(T("Cannot tell: nothing in it clearly names an activity; what follows are guesses."))
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
    if document.get("role") == "channel":
        screen.line(_hands_on(document))
    cells = document["inputs"]
    screen.table(
        [
            T("code"),
            T("name"),
            T("roubles per rouble of output"),
            T("imported"),
            T("typical"),
            T("layer"),
            T("sources"),
        ],
        [
            (
                cell["okved_code"],
                cell["name"] + (f" ← {cell['goods']}" if "goods" in cell else ""),
                "—" if cell["coefficient"] is None else screen.number(cell["coefficient"], 4),
                screen.percent(cell["import_share"]),
                screen.say(label(TYPICAL, cell["typical"])) if cell["typical"] else "",
                screen.say(label(CELL_LAYERS, cell["layer"])),
                ", ".join(screen.say(label(CELL_SOURCES, source)) for source in cell["sources"]),
            )
            for cell in cells
        ],
        right=(2, 3),
    )


def _hands_on(document: Document) -> Text:
    goods = document["goods_handled"]
    codes = ", ".join(goods[:GOODS]) + (", …" if goods[GOODS:] else "")
    if document.get("of"):
        return T("A trade: it makes nothing. Shown are those who need the goods it hands on ({codes}).", codes=codes)
    return T("A trade: goods for resale ({codes}) are no inputs. Shown is what trading itself takes.", codes=codes)


def refused_words(screen: Screen, row: Document) -> str:
    """Return what was not taken, with its line if it has one, in the words of the reader's language."""
    where = f"{row['line']}: " if row["line"] else ""
    value = f" “{row['value']}”" if row["value"] else ""
    return f"{where}{row['inn'] or '—'}, {screen.say(label(ENTRIES, row['field']))}{value} — {row['error']}"


def import_(screen: Screen, document: Document) -> None:
    """Print what an import took and what not; of an archive, part by part."""
    if document.get("parts"):
        _archive(screen, document)
        return
    name, what = document.get("file", ""), screen.say(label(format_words(), document["format"]))
    figures = {
        "file": name, "read": document["read"], "format": what, "added": document["added"],
        "changed": document["changed"], "unchanged": document["unchanged"], "bad": len(document["quarantined"]),
    }  # fmt: skip
    screen.line(
        T("{file}: {read} rows read as {format}, {added} sales added, {unchanged} known before, {bad} in quarantine",
          **figures)
        if document["format"] == SALES
        else T("{file}: {read} rows read as {format}, {added} companies added, {changed} changed, {unchanged} "
               "unchanged, {bad} in quarantine", **figures)
    )  # fmt: skip
    if document["remembered"]:
        screen.line(T("{count} rows without INN are of firms named before", count=document["remembered"]), 5)
    if document["review"]:
        screen.line(T("{count} rows name a firm and give no INN; say who it is: zveno review",
                      count=document["review"]), 5)  # fmt: skip
    for row in document["quarantined"][:8]:
        screen.plain(refused_words(screen, row), 5)
    if len(document["quarantined"]) > 8:
        screen.line(T("and {more} more; --json lists all", more=len(document["quarantined"]) - 8), 5)
    if document["quarantined"] and document["run"] is not None:
        screen.line(T("to correct them: zveno imports quarantine {run} --out FILE.xlsx", run=document["run"]), 5)
    if document["mapping"]:
        screen.line(T("columns by the mapping {name}", name=document["mapping"]["name"] or "—"), 5)
    if titles := document["ignored_columns"]:
        shown = ", ".join(map(read_text, titles[:8])) + (", …" if titles[8:] else "")
        screen.line(T("columns not understood: {titles}; {how}", titles=shown, how=how_to_map()), 5)


def columns(screen: Screen, document: Document) -> None:
    """Print the columns of a table as they are understood."""
    screen.table(
        [T("No."), T("title"), T("first values"), T("understood as")],
        [
            (str(c["number"]), read_text(c["title"]) or "—", " · ".join(c["samples"]), screen.say(understood(c)))
            for c in document["columns"]
        ],
        right=(0,),
    )
    if document.get("saved"):
        screen.line(T("saved: {file}", file=document["saved"]))


def understood(column: Mapping[str, Any]) -> Text:
    """Return what a column is understood as, in words."""
    if column["name"]:
        return T("{name}: {meaning}", name=column["name"], meaning=MEANINGS[column["name"]])
    if column["left_out"]:
        return T("left out")
    return T("not understood; perhaps {name}", name=column["meant"]) if column["meant"] else T("not understood")


def mappings(screen: Screen, document: Document) -> None:
    """Print the saved mappings of columns."""
    if not document["items"]:
        screen.line(T("no mapping is saved in {folder}", folder=document["folder"]))
        return
    screen.table(
        [T("name"), T("columns"), T("titles remembered")],
        [
            (i["name"], i["error"] or ", ".join(f"{title} → {name or '—'}" for title, name in i["columns"].items()),
             str(len(i["titles"])))
            for i in document["items"]
        ],
        right=(2,),
    )  # fmt: skip


def export(screen: Screen, document: Document) -> None:
    """Print what was written and where."""
    screen.line(T("{file}: {count} companies", file=document["file"], count=document["companies"]))
    if document["links"]:
        place = document["links_file"] or document["file"]
        screen.line(T("{file}: {count} observed sales", file=place, count=document["links"]))


def rebuilt(screen: Screen, document: Document) -> None:
    """Print how many entries were made anew."""
    screen.line(T("{firms} firms looked at, {changed} entries changed", **document))


def _archive(screen: Screen, document: Document) -> None:
    for part in document["parts"]:
        import_(screen, part)
    screen.line(
        T("{file}: {parts} imports from one file, {read} rows read, {added} companies added, {changed} changed",
          file=document["file"], parts=len(document["parts"]), read=document["read"], added=document["added"],
          changed=document["changed"])
    )  # fmt: skip


def imports(screen: Screen, document: Document) -> None:
    """Print the history of imports."""
    screen.table(
        [T("run"), T("file"), T("format"), T("at"), T("by"), T("added"), T("changed"), T("undone")],
        [
            (
                str(i["run"]),
                i["file"],
                i["format"],
                i["at"][:16],
                i["by"] or "—",
                str(i["added"]),
                str(i["changed"]),
                (i["undone"] or "")[:16],
            )
            for i in document["items"]
        ],
        right=(0, 5, 6),
    )


def accounts(screen: Screen, document: Document) -> None:
    """Print the accounts of the web interface."""
    rows = [
        (
            each["login"],
            screen.say(label(ACCOUNT_ROLES, each["role"])),
            each["inn"] or "—",
            each["made_at"][:10],
            (each["disabled_at"] or "—")[:10],
        )
        for each in document["items"]
    ]
    screen.table([T("login"), T("role"), T("INN"), T("made"), T("closed since")], rows)


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
            decision=screen.say(label(VERDICTS, document["decision"])),
        )
    )
    if why := reason_text(document["reason_code"] or "", document["reason"], screen.lang):
        screen.plain(why, 5)


def graphml(screen: Screen, document: Document) -> None:
    """Print what was written."""
    screen.line(
        T("{file}: {nodes} nodes, {edges} edges ({observed} observed, {inferred} inferred)", **{
            key: document[key] for key in ("file", "nodes", "edges", "observed", "inferred")})
    )  # fmt: skip

"""The card of a company on the terminal, and who said what of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.views_shortlists import affiliates, flags
from matcher.cli.words import CATEGORIES, FIELDS, SOURCES, STATUSES, TAX_REGIMES, label
from models.geography import region_name
from models.text import T, Text

Document = Mapping[str, Any]

#: Facts of a card, in order; figures have a table of their own.
FACTS = (
    "ogrn", "status", "founded", "okved_main", "okved1_main", "okved_extra", "products_okpd2", "offers", "needs",
    "equipment", "capacity", "waste", "vacancies", "licences", "tax_regimes", "founders", "managed_by", "region_code",
    "city", "category", "website",
)  # fmt: skip
#: What stands by a value on which sources disagree.
DISPUTED = "≠"
WORDS: Mapping[str, Mapping[str, Text]] = {"status": STATUSES, "category": CATEGORIES, "tax_regimes": TAX_REGIMES}


def card(screen: Screen, document: Document) -> None:
    """Print the card of a company."""
    screen.title(T("{name} (INN {inn})", name=document["name"], inn=document["inn"]))
    flags(screen, document["flags"])
    disputed = {(item["field"], item["year"]) for item in document["conflicts"]}
    screen.table(
        [T("fact"), T("value"), T("source")],
        [
            (
                screen.say(label(FIELDS, name)),
                mark(value_of(screen, name, document[name]), (name, None) in disputed),
                document["sources"].get(name, "—"),
            )
            for name in FACTS
            if document.get(name)
        ],
    )
    figures(screen, document["figures"], disputed)
    for item in document["activities"][:5]:
        screen.plain(f"{screen.percent(item['confidence']):>6}  {item['okved_code']}  {item['name']}")
    affiliates(screen, document["affiliates"])
    anchors(screen, document["anchors"])
    if disputed:
        screen.line(T("{mark} sources disagree ({count}): zveno company {inn} --sources", mark=DISPUTED,
                      count=len(disputed), inn=document["inn"]))  # fmt: skip


def anchors(screen: Screen, items: Sequence[Document]) -> None:
    """Print the large producers a company could supply."""
    if not items:
        return
    screen.line(T("Large producers it could supply:"))
    screen.table(
        [T("company"), T("INN"), T("distance"), T("a year"), T("its place among their suppliers")],
        [
            (
                item["name"],
                item["inn"],
                screen.kilometres(item["distance_km"]),
                screen.money(item["expected_value_rub"]),
                f"{item['place']['rank'] or '—'} / {item['place']['total']}",
            )
            for item in items
        ],
        right=(2, 3, 4),
    )


def with_sources(screen: Screen, document: Document) -> None:
    """Print the card, then for every field and figure who said what, when, and why one value is in force."""
    card(screen, document)
    screen.title(T("Who says what"))
    screen.line(T("✓ in force; {mark} sources disagree", mark=DISPUTED))
    for item in document["statements"]:
        year = f" {item['year']}" if item["year"] else ""
        head = screen.say(label(FIELDS, item["field"])) + year
        screen.head(mark(head, item["disputed"]) + f" — {item['why']}")
        screen.table(
            [T("in force"), T("value"), T("kind of source"), T("source"), T("date"), T("import")],
            [
                (
                    "✓" if said["in_force"] else "",
                    value_of(screen, item["field"], said["value"]),
                    screen.say(label(SOURCES, said["kind"])),
                    said["source"],
                    said["date"],
                    str(said["run"]),
                )
                for said in item["said"]
            ],
            right=(5,),
        )


def figures(screen: Screen, items: Sequence[Document], disputed: set[tuple[str, int]]) -> None:
    """Print figures, a line a year."""
    names = list(dict.fromkeys(item["name"] for item in items))
    known = {(item["name"], item["year"]): item["value"] for item in items}
    if not names:
        return
    screen.table(
        [T("year"), *(label(FIELDS, name) for name in names)],
        [
            (
                str(year),
                *(
                    mark(value_of(screen, name, known[name, year]), (name, year) in disputed)
                    if (name, year) in known
                    else "—"
                    for name in names
                ),
            )
            for year in sorted({item["year"] for item in items}, reverse=True)
        ],
        right=tuple(range(1, len(names) + 1)),
    )


def mark(text: str, disputed: bool) -> str:
    """Return a text with the mark of a dispute.

    >>> mark("Пермь", True), mark("Пермь", False)
    ('Пермь ≠', 'Пермь')
    """
    return f"{text} {DISPUTED}" if disputed else text


def value_of(screen: Screen, name: str, value: Any) -> str:
    """Return a value of a field as people read it."""
    if isinstance(value, list):
        return _joined(name)([_element(screen, name, one) for one in value])
    if name == "region_code":
        return f"{value} {region_name(value, screen.lang)}"
    if name.endswith("_rub"):
        return screen.money(value)
    return _element(screen, name, value)


def _joined(name: str) -> Callable[[list[str]], str]:
    return ("\n" if name == "licences" else ", ").join


def _element(screen: Screen, name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['name']} ({value['inn']})" if value["name"] else str(value["inn"])
    if isinstance(value, float):
        return f"{value:g}" if name in ("lat", "lon") else f"{value:.0f}"
    return screen.say(label(WORDS[name], value)) if name in WORDS else str(value)

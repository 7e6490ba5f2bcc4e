"""The board of offers and requests: reading it, one entry with what fits it, and the entries one writes oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api import queries
from api.access.rights import MANAGERS
from api.access.visitor import member
from api.asking import bare, page_query, workspace
from api.languages import current_language
from api.notices import cards, fits_of, is_own, of_card, of_number, present
from api.pages.files import download
from api.pages.partners import repeated
from api.pages.site import blueprint, page
from matcher.pipeline.exchange import board as writing
from matcher.pipeline.exchange.board_list import Wanted, board
from matcher.pipeline.exchange.introductions import states
from matcher.pipeline.projects.candidates import Asked
from matcher.pipeline.projects.posting import project_entry
from matcher.report.board import Notice, notice_item, said_of
from matcher.report.frame import Document
from models.board import KINDS, SIDES
from models.board_words import LONGEST, MOST_DAYS, USUAL_DAYS
from models.errors import InvalidIdentifier, UnknownCompany
from models.geography import region_name
from models.identifiers import Inn
from models.text import T, Text

#: What helps to fill a field in.
HINTS: Mapping[str, Text] = {
    "title": T("what exactly, in a line: “polypropylene sacks, 50 kg”"),
    "title_en": T("the same line in English, for the catalogue that goes abroad"),
    "text": T("anything a partner should know; several things are separated by a semicolon"),
    "volume": T("how much, how often"),
    "price": T("for how much, with or without VAT"),
    "terms": T("delivery, payment, certificates, place"),
    "okved": T("OKVED-2 codes separated by semicolons; left empty, Zveno understands the words"),
    "until": T("a year at most; it can be renewed in one step"),
    "inn": T("INN of the company whose entry it is"),
}
TOLD: Mapping[str, Text] = {
    "posted": T("the entry is on the board"),
    "edited": T("the entry is changed"),
    "renewed": T("the entry is renewed"),
    "withdrawn": T("the entry is off the board; it stays among your entries"),
    "undone": T("the last step is taken back"),
}
#: What is written of an entry, in the order of the form.
FIELDS = ("title", "text", "volume", "price", "terms", "title_en", "okved")


@blueprint.get("/board")
def board_page() -> str:
    """Show what stands on the board."""
    asked = page_query(queries.BoardQuery)
    wanted = Wanted(
        asked.get("kind"), asked.get("side"), asked.get("region"), asked.get("source"), asked.get("okved"),
        asked.get("text"), asked.get("order"), asked["start"], asked["top"],
    )  # fmt: skip
    document = board(bare(), wanted, cards(), date.today())
    return page(
        "board.html",
        document=document,
        asked=asked,
        address=partial(address, asked),
        kinds=KINDS,
        sides=SIDES,
        regions=regions_of(document["counts"]["region"]),
        soon=writing.reminders(bare(), member().inn, date.today()),
    )


def address(asked: Mapping[str, Any], **changed: Any) -> str:
    """Return the address of the board asked for again, some parameters changed, from its beginning."""
    filters = {name: value for name, value in asked.items() if name not in ("start", "top")}
    return url_for("pages.board_page", **repeated(filters, **changed))


@blueprint.get("/board/<int:number>")
def board_entry(number: int) -> str:
    """Show an entry with what fits it; one that left the board only to those whose it is."""
    notices = present()
    return entry_page(*of_number(notices, number), notices)


@blueprint.get("/board/<inn>/<field>")
def board_card(inn: str, field: str) -> str:
    """Show what a card offers or asks for, with what fits it."""
    notices = present()
    return entry_page(of_card(notices, inn, field), None, notices)


def entry_page(notice: Notice, mine: Document | None, notices: Sequence[Notice]) -> str:
    """Return the page of an entry; who could answer is told to those who may ask so of its company."""
    who, here = member(), workspace()
    company = here.companies([notice.inn]).get(notice.inn)
    fits = fits_of(notice, notices, mine)
    seller, buyer = (Inn(notice.inn), None) if notice.side == "offer" else (None, Inn(notice.inn))
    own = is_own(notice)
    return page(
        "board_entry.html",
        item=notice_item(notice, company, date.today(), current_language()),
        mine=mine,
        own=own,
        fits=fits,
        only_here=only_here(fits),
        states=states(here, seller, buyer, who.inn) if own else states(here, *reply_pair(notice), who.inn),
        me=who.inn,
        told=TOLD.get(request.args.get("told", "")),
        here=request.full_path,
    )


def only_here(fits: Document) -> set[str]:
    """Return the references of fitting entries beside which an introduction is asked for: once for each firm."""
    taken, found = {item["inn"] for item in fits["companies"]}, set()
    for item in fits["entries"]:
        if item["inn"] not in taken:
            found.add(item["ref"])
            taken.add(item["inn"])
    return found


def reply_pair(notice: Notice) -> tuple[Any, Any]:
    """Return the visitor's company as the side that answers an entry: supplier or buyer."""
    me = member().inn
    return (None, me) if notice.side == "offer" else (me, None)


@blueprint.get("/board/mine")
def own_entries() -> str:
    """List the entries a visitor may change, also those that left the board."""
    document = writing.own_entries(bare(), member().inn, request.args.get("state") or None, date.today())
    return page("own_entries.html", document=document, told=TOLD.get(request.args.get("told", "")), own=member().inn)


@blueprint.get("/board/mine.ics")
def entries_calendar() -> Response:
    """Send the last days of one's entries as a calendar."""
    told = writing.calendar_of(bare(), member().inn, date.today())
    return download(told, "zveno-board", "ics")


@blueprint.get("/board/new")
def new_entry() -> str:
    """Ask what is offered or asked for; a manager may begin with a joint-project candidate."""
    key = request.args.get("project", "").strip()
    if key and member().role in MANAGERS:
        asked = Asked(cluster=request.args.get("cluster") or None, region=request.args.get("region") or None)
        return form(project_entry(workspace(), asked, key), project=key)
    return form({name: request.args.get(name, "").strip() for name in ("inn", "kind", "side")})


@blueprint.post("/board/new")
def post_entry() -> Response | tuple[str, int]:
    """Put an entry on the board, or show what is refused beside what was written."""
    said, who = written(), member()
    project = request.form.get("project", "") if who.role in MANAGERS else ""
    try:
        done = writing.post(bare(), said, who.inn, who.login, date.today(), project)
    except (InvalidIdentifier, UnknownCompany) as error:
        if who.inn:
            raise
        return form(said, refused=(("inn", error.message.render(current_language())),), project=project), 422
    if done.entry is None:
        return form(said, refused=done.refused, project=project), 422
    return redirect(url_for("pages.board_entry", number=done.entry["id"], told="posted"), 303)


@blueprint.get("/board/<int:number>/edit")
def edit_entry(number: int) -> str:
    """Show an entry to be written over."""
    entry = writing.owned(bare(), number, member().inn)
    return form(said_of(entry, date.today()), number=number, step=entry.last.id)


@blueprint.post("/board/<int:number>/edit")
def write_entry(number: int) -> Response | tuple[str, int]:
    """Change an entry, or show what is refused beside what was written."""
    said, who = written(), member()
    step = request.form.get("step", 0, type=int)
    done = writing.edit(bare(), number, step, said, who.inn, who.login, date.today())
    if done.entry is None:
        entry = writing.owned(bare(), number, who.inn)
        fixed = {"inn": entry.inn, "kind": entry.kind, "side": entry.side}
        return form({**said, **fixed}, number=number, step=step, refused=done.refused), 422
    return redirect(url_for("pages.board_entry", number=number, told="edited"), 303)


@blueprint.post("/board/<int:number>/renew")
def renew_entry(number: int) -> Response:
    """Let an entry hold for the usual time from today."""
    writing.renew(bare(), number, member().inn, member().login, date.today())
    return redirect(url_for("pages.board_entry", number=number, told="renewed"), 303)


@blueprint.post("/board/<int:number>/withdraw")
def withdraw_entry(number: int) -> Response:
    """Take an entry off the board."""
    writing.withdraw(bare(), number, member().inn, member().login, date.today())
    return redirect(url_for("pages.board_entry", number=number, told="withdrawn"), 303)


@blueprint.post("/board/<int:number>/undo")
def undo_entry(number: int) -> Response:
    """Take the last step of an entry back."""
    step = request.form.get("step", 0, type=int)
    writing.take_back(bare(), number, step, member().inn, member().login, date.today())
    return redirect(url_for("pages.board_entry", number=number, told="undone"), 303)


def form(
    said: Mapping[str, str], *, number: int | None = None, step: int = 0,
    refused: tuple[tuple[str, str], ...] = (), project: str = "",
) -> str:  # fmt: skip
    """Return the form of an entry with what was written and what was refused."""
    today = date.today()
    usual = (today + timedelta(days=USUAL_DAYS)).isoformat()
    return page(
        "board_form.html",
        number=number,
        step=step,
        own=member().inn,
        fields=FIELDS,
        longest=LONGEST,
        hints=HINTS,
        values={"until": usual, **{name: text for name, text in said.items() if text}},
        refused=dict(refused),
        kinds=KINDS,
        sides=SIDES,
        first=today.isoformat(),
        last=(today + timedelta(days=MOST_DAYS)).isoformat(),
        project=project,
    )


def written() -> dict[str, str]:
    """Return what was filled in."""
    return {name: request.form.get(name, "") for name in (*FIELDS, "inn", "kind", "side", "until")}


def regions_of(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the regions that entries are from, with how many, by name."""
    lang = current_language()
    named_regions = [(code, region_name(code, lang)) for code in counts if code]
    return [(code, f"{name} ({counts[code]})") for code, name in sorted(named_regions, key=lambda each: each[1])]

"""The card of a company written by hand: by the company itself, or by a manager for any; also for a new company."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import bare
from api.languages import current_language
from api.pages.site import blueprint
from matcher.pipeline.companies import card
from models.geography import region_name, regions
from models.identifiers import Inn, parse_inn
from models.text import T, Text

#: What helps to fill a field in.
HINTS: Mapping[str, Text] = {
    "offers": T("what you sell, in your own words; several products are separated by a semicolon"),
    "needs": T("what you buy or look for"),
    "capacity": T("what you could make to order for others, and how much"),
    "equipment": T("what others could use at your place"),
    "waste": T("what is left over and could be somebody’s raw material"),
    "vacancies": T("whom you look for; no names of people"),
    "website": T("address of the site"),
    "okved_main": T("OKVED-2 code, for example 22.22"),
    "okved_extra": T("codes separated by semicolons"),
}
TOLD: Mapping[str, Text] = {
    "kept": T("written into the register; it outranks other sources and can be taken back below"),
    "same": T("nothing differs from what the register says, so nothing is changed"),
    "undone": T("the change is taken back"),
}


@blueprint.get("/companies/<inn>/card")
def edit_card(inn: str) -> str:
    """Show what the register says, to be written over."""
    return form(parse_inn(inn), {}, ())


@blueprint.post("/companies/<inn>/card")
def write_card(inn: str) -> Response | tuple[str, int]:
    """Write what was filled in, or show what was refused beside what was written."""
    key = parse_inn(inn)
    fields = writable(key)
    said = {name: text for name, text in request.form.items() if name.removesuffix("_year") in fields}
    done = card.write(bare(), key, said, member().login)
    if done.refused:
        return form(key, said, done.refused), 422
    return redirect(url_for("pages.edit_card", inn=key, told="kept" if done.run else "same"), 303)


@blueprint.post("/companies/<inn>/card/<int:run>/undo")
def undo_card(inn: str, run: int) -> Response:
    """Take a change of the card back; a company takes back its own."""
    who = member()
    card.take_back(bare(), parse_inn(inn), run, who.login if who.inn else None)
    return redirect(url_for("pages.edit_card", inn=inn, told="undone"), 303)


@blueprint.get("/new-company")
def new_company() -> str | Response:
    """Ask for the INN of a company to be written down by hand."""
    if inn := request.args.get("inn", "").strip():
        return redirect(url_for("pages.edit_card", inn=parse_inn(inn)), 303)
    return render_template("new_company.html")


def writable(inn: Inn) -> tuple[str, ...]:
    """Return the fields a visitor may write: its own words; a manager, or a new company, also who it is."""
    if member().inn and inn in bare().companies([inn]):
        return card.WORDS
    return (*card.IDENTITY, *card.WORDS, *card.FIGURES)


def form(inn: Inn, said: Mapping[str, str], refused: tuple[tuple[str, str], ...]) -> str:
    """Return the page with what the register says, what was written and what was refused."""
    workspace, lang, fields = bare(), current_language(), writable(inn)
    company = workspace.companies([inn]).get(inn)
    who = member()
    return render_template(
        "card.html",
        inn=inn,
        company=company,
        identity=[name for name in card.IDENTITY if name in fields],
        words=card.WORDS,
        figures=[name for name in card.FIGURES if name in fields],
        hints=HINTS,
        values={**card.present(company), **said},
        refused=dict(refused),
        region_choices=sorted(((code, region_name(code, lang)) for code in regions()), key=lambda choice: choice[1]),
        changes=card.changes(workspace, inn),
        mine=who.login if who.inn else None,
        told=TOLD.get(request.args.get("told", "")),
    )

"""The import desk: send files, see what they say, correct, import, take back; name the firms of rows without INN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import bare, desk
from api.desk import DESK
from api.importing import (
    WHOLE,
    chosen,
    look,
    meanings,
    name_and_year,
    needs_year,
    say,
    work_of,
    write_corrections,
)
from api.languages import current_language
from api.uploads import UPLOADS, Draft, Uploads
from matcher.intake.mapping import Profile
from matcher.pipeline.demo import FILES
from matcher.pipeline.register import imports as register
from matcher.pipeline.register import mappings, review
from models.errors import UnknownCompany, UsageError
from models.figure_changes import figure_changes
from models.refusals import answered, entry_of
from models.resources import data_path
from models.text import T, Text

blueprint = Blueprint("intake", __name__)
#: Seconds after which a page that waits is loaded again.
AGAIN_S = 2
#: Quarantined rows, imports and questions on a page.
ROWS, RUNS, QUESTIONS = 100, 50, 25
#: Companies whose revenue an import changed most that its page names.
CHANGED = 20
#: What became of rows, in the order of the chart.
OUTCOMES: Mapping[str, Text] = {
    "added": T("new companies or sales"),
    "changed": T("changed what was known"),
    "unchanged": T("known already"),
    "waiting": T("wait for the company to be known"),
    "review": T("wait for a person to name the firm"),
    "refused": T("refused as a whole"),
    "skipped": T("left out on purpose"),
}
#: What a page tells after something was done.
TOLD: Mapping[str, Text] = {
    "undone": T("the import is taken back: the register is what the other imports make of it"),
    "discarded": T("the file is discarded; nothing was imported"),
    "nothing": T("no correction was written, so nothing is changed"),
    "answered": T("the answer is kept, also for later files with this name and place"),
    "reopened": T("the answer is taken back; the row waits again"),
}


def register_uploads(app: Flask) -> None:
    """Give an application a place for the files that are sent."""
    app.extensions[UPLOADS] = Uploads(work_of(app.extensions[DESK]))


def uploads() -> Uploads:
    """Return the files that wait."""
    found: Uploads = current_app.extensions[UPLOADS]
    return found


def page(template: str, **values: Any) -> str:
    """Return a page of the desk."""
    return render_template(template, told=TOLD.get(request.args.get("told", "")), outcomes=OUTCOMES, **values)


def waiting_page(html: str, busy: bool) -> Response:
    """Return a page, to be loaded again soon while something is being done."""
    response = current_app.make_response(html)
    if busy:
        response.headers["Refresh"] = str(AGAIN_S)
    return response


@blueprint.get("/imports")
def imports() -> Response:
    """Show where to drop files, which wait, and what was imported."""
    files = [replace(each) for each in uploads().waiting()]  # as they are now, whatever goes on meanwhile
    runs = register.history(bare())["items"][::-1]  # the latest first; read after the files, so that none is missed
    ready = sum(each.ready for each in files)
    html = page("imports.html", files=files, runs=runs[:RUNS], total=len(runs), ready=ready)
    return waiting_page(html, any(each.busy for each in files))


@blueprint.post("/imports")
def send() -> Response:
    """Take the files that were sent and look at them."""
    sent = [file for file in request.files.getlist("files") if file.filename]
    if not sent:
        raise UsageError(T("no file was chosen"), T("choose one or several files and send them"))
    lang = current_language()
    drafts = [uploads().take(file, member().login, lang, mappings.mapping_choice(bare(), None)) for file in sent]
    if len(drafts) == 1:
        return redirect(url_for("intake.file", draft_id=drafts[0].id), 303)
    return redirect(url_for("intake.imports"), 303)


@blueprint.post("/imports/bundled")
def bundled() -> Response:
    """Import the bundled companies, in the background like any file."""
    begin_bundled()
    return redirect(url_for("intake.imports"), 303)


def begin_bundled() -> list[Draft]:
    """Begin to import the bundled companies."""
    return uploads().take_bundled([data_path(name) for name in FILES], member().login, current_language())


@blueprint.get("/imports/files/<draft_id>")
def file(draft_id: str) -> Response:
    """Show what a file would do, and let its columns be named."""
    found = replace(draft(draft_id))  # as it is now, whatever goes on meanwhile
    report = found.report
    if found.state == "done" and report is not None and report["run"] is not None:
        return redirect(url_for("intake.run", run=report["run"]), 303)
    looked = None if found.busy else look(found)
    html = page("import_file.html", draft=found, report=report, looked=looked, meanings=meanings(), chosen=chosen)
    return waiting_page(html, found.busy)


@blueprint.post("/imports/files/<draft_id>/columns")
def columns(draft_id: str) -> Response:
    """Take what is said of the columns and look at the file again."""
    found = draft(draft_id)
    if not found.busy and found.state != "done":
        found.sole_traders, found.year = "sole_traders" in request.form, year_of(request.form.get("year", ""))
        look_again(found, request.form, request.form.get("save", "").strip())
    return redirect(url_for("intake.file", draft_id=draft_id), 303)


def look_again(found: Draft, said: Mapping[str, str], name: str) -> None:
    """Take what is said of the columns of a file, keep it under a name if there is one, and rehearse the import."""
    say(found, said)
    profile = found.choice.named
    if name and profile is not None:
        mappings.save(bare(), Profile(name, profile.columns, profile.titles), replace=True)
    uploads().begin(found, rehearse=True)


@blueprint.post("/imports/files/<draft_id>/import")
def confirm(draft_id: str) -> Response:
    """Import a file that was looked at."""
    found = draft(draft_id)
    if uploads().claim(found):
        uploads().begin(found, rehearse=False)
    return redirect(url_for("intake.file", draft_id=draft_id), 303)


@blueprint.post("/imports/all")
def confirm_all() -> Response:
    """Import every file that was looked at and has something to be taken, in the order they were sent."""
    uploads().import_all()
    return redirect(url_for("intake.imports"), 303)


@blueprint.post("/imports/files/<draft_id>/discard")
def discard(draft_id: str) -> Response:
    """Forget a file."""
    found = draft(draft_id)
    if not found.busy:
        uploads().discard(found)
    return redirect(url_for("intake.imports", told="discarded"), 303)


def draft(draft_id: str) -> Draft:
    """Return a file that waits.

    Raises
    ------
    UnknownCompany
        If it is gone.
    """
    found = uploads().get(draft_id)
    if found is None:
        raise UnknownCompany(
            T("this file is no longer here"), T("files wait for a day, or until the server stops: send it again")
        )
    return found


def year_of(text: str) -> int | None:
    """Return a year a form gives, ``None`` for none.

    >>> year_of("2023"), year_of(""), year_of("x")
    (2023, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and 1990 <= int(text[:5]) <= 2100 else None


@blueprint.get("/imports/<int:run>")
def run(run: int) -> str:
    """Show what an import did and what it refused, to be corrected in place."""
    start = max(request.args.get("from", 0, int), 0)
    lang = current_language()
    with desk().store.read() as reader:
        found = reader.run(run)
        rejected = list(islice(enumerate(reader.quarantine(run, lang)), start, start + ROWS))
        answers = answered(reader, reader.runs())[run]
        changes = figure_changes(reader.connection, run, "revenue_rub", CHANGED)
    return page(
        "import_run.html",
        run=found,
        tally=found.tally,
        rejected=rejected,
        start=start,
        rows=ROWS,
        total=found.tally.quarantined,
        still_open=found.tally.quarantined - answers.count,
        answers=answers.by,
        entry=entry_of,
        whole=WHOLE,
        needs_year=needs_year,
        name_and_year=name_and_year,
        changes=changes,
        names=bare().names([each.inn for each in changes.largest]),
    )


@blueprint.post("/imports/<int:run>/undo")
def undo(run: int) -> Response:
    """Take an import back."""
    register.undo(bare(), run)
    return redirect(url_for("intake.run", run=run, told="undone"), 303)


@blueprint.post("/imports/<int:run>/corrections")
def correct(run: int) -> Response:
    """Import the corrections written beside the rows that were refused."""
    done = corrected(run, request.form)
    if done is None:
        return redirect(url_for("intake.run", run=run, told="nothing"), 303)
    return redirect(url_for("intake.run", run=done), 303)


def corrected(run: int, said: Mapping[str, str]) -> int | None:
    """Import corrections and return the number of that import; ``None`` where none is said."""
    with TemporaryDirectory(prefix="zveno-corrections-") as folder:
        sheet = Path(folder) / f"corrections-{run}.csv"
        with desk().store.read() as reader:
            reader.run(run)
            written = write_corrections(sheet, run, reader.quarantine(run, current_language()), said)
        if not written:
            return None
        report = register.import_one(bare(), str(sheet), "corrections", False, True, by=member().login)
    done: int = report["run"] if report["run"] is not None else report["repeats"]
    return done


@blueprint.get("/review")
def questions() -> str:
    """Show rows that name a firm without INN, and the firms they may mean."""
    document = review.review(bare())
    answered = request.args.get("answered", type=int)
    return page("review.html", document=document, shown=document["items"][:QUESTIONS], answered=answered)


@blueprint.post("/review/<int:item>")
def answer(item: int) -> Response:
    """Take what a person says of a row."""
    said = request.form.get("verdict", "")
    workspace, inn, by = bare(), request.form.get("inn", "").strip(), member().login
    match said:
        case "same":
            review.confirm(workspace, item, inn, by)
        case "different":
            review.reject(workspace, item, inn or None, by)
        case "drop":
            review.drop(workspace, item, by)
        case "open":
            review.reopen(workspace, item, by)
            return redirect(url_for("intake.questions", told="reopened"), 303)
        case _:
            raise UsageError(
                T("nothing was asked"), T("choose one of: {choices}", choices="same, different, drop, open")
            )
    return redirect(url_for("intake.questions", told="answered", answered=item), 303)

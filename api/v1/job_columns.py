"""What belongs to an import beside the job itself: the columns of its file, the bundled companies, corrections."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from api import answers, queries
from api.asking import desk
from api.bad_fields import refused_field
from api.failures import WebError
from api.importing import look, meanings
from api.languages import current_language
from api.pages.intake import begin_bundled, corrected, draft, look_again
from api.uploads import Draft
from api.v1 import job_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import answer, deed
from api.v1.jobs import job_document
from matcher.pipeline.register import imports as register
from matcher.report.frame import Document
from models.errors import DataError
from models.text import T

Said = dict[str, Any]


@answer("/jobs/<job_id>/columns", queries.Query, shapes.Columns, T("the columns of a file, and its first rows"))
def job_columns(_asked: answers.Asked, job_id: str) -> Document:
    """As they are understood, and what each may be."""
    found = draft(job_id)
    looked = look(found) if is_resting(found) else None
    if looked is None:
        raise DataError(T("this file is no table that can be shown"), T("look what its job says"))
    lang = current_language()
    return {
        "columns": [asdict(each) for each in looked.columns],
        "lacks_inn": looked.lacks_inn,
        "names": [name for name, _ in looked.names],
        "rows": [list(row) for row in looked.rows],
        "meanings": [{"name": name, "meaning": text.render(lang)} for name, text in meanings()],
    }


def is_resting(found: Draft) -> bool:
    """Tell whether nobody works on a file and it is not imported yet."""
    now = replace(found)  # as it is now, whatever goes on meanwhile
    return not now.busy and now.state != "done"


@deed("/jobs/<job_id>/columns", shapes.ColumnsBody, shapes.Job, T("say what the columns of a file are"), status=202)
def say_columns(_asked: answers.Asked, said: Said, job_id: str) -> tuple[Document, int, dict[str, str]]:
    """The file is looked at again; what is said can be kept for files with the same titles."""
    found = draft(job_id)
    if not is_resting(found):
        raise WebError(409, "conflict", T("this file is not waiting to be imported"), T("look how its job gets on"))
    found.sole_traders, found.year = said["sole_traders"], said["year"]
    look_again(found, {f"column-{number}": name for number, name in said["columns"].items()}, said["save"].strip())
    return job_document(found, current_language()), 202, {"Location": url_for("v1.job", job_id=found.id)}


@deed("/imports/bundled", EmptyBody, shapes.JobList, T("import the bundled companies"), status=202)
def import_bundled(_asked: answers.Asked, _said: Said) -> tuple[Document, int]:
    """Each of their files is a job."""
    lang = current_language()
    return {"items": [job_document(each, lang) for each in begin_bundled()]}, 202


@deed(
    "/imports/<int:run>/corrections", shapes.CorrectionsBody, shapes.ImportRun, T("correct what an import refused"),
    status=201,
)  # fmt: skip
def correct_import(_asked: answers.Asked, said: Said, run: int) -> tuple[Document, int, dict[str, str]]:
    """Corrections are an import of their own, which can be taken back."""
    form: dict[str, str] = {}
    for each in said["corrections"]:
        row = each["row"]
        form |= {f"fix-{row}": each["value"], f"year-{row}": each["year"]}
        form |= {f"cell-{row}-{name}": text for name, text in each["cells"].items()}
    done = corrected(run, form)
    if done is None:
        told = T("none of these rows waits for a correction"), T("take row from the list of what was refused")
        raise refused_field("/corrections", *told)
    with desk().store.read() as reader:
        return register.run_item(reader.run(done)), 201, {"Location": url_for("v1.import_run", run=done)}

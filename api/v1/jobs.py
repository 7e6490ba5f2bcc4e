"""Imports through the API: a file is sent, a job works on it, its progress is asked for or told as it goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from shutil import copyfileobj
from threading import BoundedSemaphore
from typing import Any

from flask import Response, current_app, request, url_for

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, desk
from api.bad_fields import BadField, BadFields
from api.failures import WebError
from api.languages import current_language
from api.pages.intake import draft, uploads
from api.uploads import Draft
from api.v1 import job_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import EVENTS, answer, deed, operation
from api.v1.idempotent import sent_body
from api.v1.kit import page_of
from api.v1.paging import page, present_key, with_next
from matcher.pipeline.register import imports as register
from matcher.pipeline.register import mappings
from matcher.report.frame import Document
from models.text import Lang, T

#: Name of the places for streams of progress among the extensions of an application, and how many there are: fewer
#: than the threads of the server, so that others are answered too.
PLACES, STREAMS = "zveno_streams", 4
#: Seconds between two looks at a job, between two signs of life, and after which a stream ends and is asked for anew.
LOOK_S, ALIVE_S, LONGEST_S = 0.2, 15.0, 600.0
_COPIED_AT_ONCE = 1 << 20
_FILE = {"type": "string", "format": "binary", "minLength": 1}
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": _FILE}, "required": ["file"]}},
        "application/octet-stream": {"schema": _FILE},
    },
}


@operation("POST", "/imports", shapes.ImportQuery, shapes.Job, T("import a file"), status=202, requestBody=_BODY)
def import_file(asked: answers.Asked) -> tuple[Document, int, dict[str, str]]:
    """The answer names the job, which goes on: a rehearsal with ``dry_run``, else the import itself."""
    return begun(receive(asked["name"]), asked)


def begun(found: Draft, asked: answers.Asked) -> tuple[Document, int, dict[str, str]]:
    """Begin to work on a file that was received, and tell where to ask how it gets on."""
    found.sole_traders, found.year = asked.get("sole_traders", False), asked.get("year")
    uploads().begin(found, rehearse=asked.get("dry_run", False))
    return job_document(found, current_language()), 202, {"Location": url_for("v1.job", job_id=found.id)}


def receive(name: str) -> Draft:
    """Keep the file that was sent, as a form or by itself.

    Raises
    ------
    BadFields
        If none was sent.
    """
    sent = request.files.get("file")
    stream: Any = sent.stream if sent else sent_body()
    lang, choice = current_language(), mappings.mapping_choice(bare(), None)
    found = uploads().receive(name or (sent and sent.filename) or "file", member().login, lang, choice)
    try:
        with found.path.open("wb") as file:
            copyfileobj(stream, file, _COPIED_AT_ONCE)
            size = file.tell()
        if not size:
            told = T("no file was sent"), T("send it as the field file of a form, or as the body of the request")
            raise BadFields([BadField("pointer", "/file", *told)])
    except BaseException:  # who sends may break off, or send too much
        uploads().discard(found)
        raise
    return found


@answer("/jobs", queries.Query, shapes.JobList, T("files that wait or are worked on"))
def jobs(_asked: answers.Asked) -> Document:
    """The latest first; what is done is in the history of imports."""
    lang = current_language()
    return {"items": [job_document(each, lang) for each in uploads().waiting()]}


@answer("/jobs/<job_id>", queries.Query, shapes.Job, T("how a job gets on"))
def job(_asked: answers.Asked, job_id: str) -> Document:
    """It is kept for a day, or until the server stops."""
    return job_document(draft(job_id), current_language())


def job_document(found: Draft, lang: Lang) -> Document:
    """Return a job as a document."""
    now = replace(found)  # as it is now, whatever goes on meanwhile
    error = now.error.as_document(lang)["error"] if now.error else None
    if error and now.error:
        error = {**error, "message": now.said(now.error.message, lang), "hint": now.said(now.error.hint, lang)}
    step = {"file": now.name, "rows": now.step.rows, "share": now.step.share} if now.step else None
    return {
        "id": now.id, "file": now.name, "state": now.state, "by": now.by, "step": step, "report": now.report,
        "error": error,
    }  # fmt: skip


@deed("/jobs/<job_id>/import", EmptyBody, shapes.Job, T("import a file that was looked at"), status=202)
def import_job(_asked: answers.Asked, _said: Document, job_id: str) -> tuple[Document, int, dict[str, str]]:
    """After a rehearsal."""
    found = draft(job_id)
    if not uploads().claim(found):
        raise WebError(409, "conflict", T("this file is not waiting to be imported"), T("look how its job gets on"))
    uploads().begin(found, rehearse=False)
    return job_document(found, current_language()), 202, {"Location": url_for("v1.job", job_id=found.id)}


@operation("DELETE", "/jobs/<job_id>", queries.Query, None, T("discard a file"), status=204)
def discard_job(_asked: answers.Asked, job_id: str) -> tuple[str, int]:
    """One that is worked on cannot be discarded."""
    found = draft(job_id)
    if found.busy:
        raise WebError(409, "conflict", T("this file is being worked on"), T("wait until its job is done"))
    uploads().discard(found)
    return "", 204


@answer("/jobs/<job_id>/events", queries.Query, None, T("the progress of a job as it goes on"), content=EVENTS)
def job_events(_asked: answers.Asked, job_id: str) -> Response:
    """Server-sent events ``progress`` and at last ``end``, each with the document of the job."""
    found, lang = draft(job_id), current_language()
    places: BoundedSemaphore = current_app.extensions[PLACES]
    if not places.acquire(blocking=False):
        raise WebError(
            503, "busy", T("too many listen to jobs at this moment"), T("ask for the job itself now and then")
        )
    response = Response(events(lambda: job_document(found, lang)), content_type=EVENTS)
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    response.call_on_close(places.release)
    return response


def events(look: Callable[[], Document]) -> Iterator[str]:
    """Yield server-sent events about a job whenever something changes, until it comes to rest."""
    begin = told_at = time.monotonic()
    shown: Document | None = None
    number = 0
    while time.monotonic() - begin < LONGEST_S:
        now = look()
        if now != shown:
            busy = now["state"] in ("checking", "importing")
            number, shown, told_at = number + 1, now, time.monotonic()
            name, data = "progress" if busy else "end", json.dumps(now, ensure_ascii=False)
            yield f"id: {number}\nevent: {name}\ndata: {data}\n\n"
            if not busy:
                return
        elif time.monotonic() - told_at > ALIVE_S:
            told_at = time.monotonic()
            yield ": still at work\n\n"
        time.sleep(LOOK_S)


@answer("/imports", queries.PagedQuery, page_of(shapes.ImportRun), T("imports that took place, the latest first"))
def imports(asked: answers.Asked) -> Document:
    """Those taken back too."""
    found = register.history(bare())["items"][::-1]
    return page(found, asked["top"], lambda each: (-each["run"],), dict)


@answer("/imports/<int:run>", queries.Query, shapes.ImportRun, T("one import"))
def import_run(_asked: answers.Asked, run: int) -> Document:
    """What it did."""
    with desk().store.read() as reader:
        return register.run_item(reader.run(run))


@answer("/imports/<int:run>/refused", shapes.RefusedQuery, page_of(shapes.Refused), T("what an import refused"))
def refused(asked: answers.Asked, run: int) -> Document:
    """Rows and fields, in the order of the file, each with the reason."""
    key, top = present_key(), asked["top"]
    start = int(key[0]) if key else 0
    with desk().store.read() as reader:
        total = reader.run(run).tally.quarantined
        rows = list(islice(reader.quarantine(run, current_language()), start, start + top))
    items = [
        {
            "row": start + place, "line": row.line, "inn": row.inn, "field": row.field, "value": row.value,
            "error": row.error, "cells": dict(row.cells),
        }
        for place, row in enumerate(rows)
    ]  # fmt: skip
    end = start + len(rows)
    return with_next({"total": total, "items": items}, (end,) if rows and end < total else None)


@deed("/imports/<int:run>/undo", EmptyBody, shapes.ImportUndone, T("take an import back"))
def undo_import(_asked: answers.Asked, _said: Document, run: int) -> Document:
    """The register becomes what the other imports make of it."""
    return register.undo(bare(), run)

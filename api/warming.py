"""What is computed ahead of the first visitor of a state of the register.

Answers of the first page, the words a text is understood by, what every shortlist counts from links on record, and
answers that took long in an earlier state and were asked for lately.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread

from api.desk import Held, Opened
from api.lately import Question
from api.pages.home import first_projects, glance
from matcher.pipeline.shortlists import Options, buyers, suppliers
from matcher.pipeline.workspace import Workspace
from models.errors import ZvenoError
from models.text import Lang

#: A text of no company: to understand it opens what every text needs.
TEXT = "мешки"


def warmed(held: Held, lang: Lang) -> None:
    """Compute what the first visitors of a state of the register would wait for, until a later state comes."""
    if not held.firms:
        return
    here = held.speaking[lang]
    steps: list[Callable[[], object]] = [
        lambda: shortlists(here),
        lambda: here.classifier.texts.candidates(TEXT, 1),
        here.embedder.open,  # the text above is known to the cache
        lambda: held.answer(Question(False, "home", lang, glance)),
        lambda: held.answer(Question(True, "home projects", lang, first_projects)),
        *(partial(held.answer, question) for question in held.lately.last()),
    ]
    for step in steps:
        if held.over.is_set():
            return
        with suppress(ZvenoError):  # whoever asks is told what is wrong
            step()


def shortlists(here: Workspace) -> None:
    """Rank the partners of the largest firm: that counts what is the same for every firm."""
    largest = here.columns.inn_of(int(here.columns.output_rub.argmax()))
    buyers(here, largest, Options())
    suppliers(here, largest, Options())


def in_background(lang: Lang) -> Opened:
    """Return what computes ahead without making anybody wait; the answers are kept with the state they belong to."""

    def begin(held: Held) -> None:
        Thread(target=warmed, args=(held, lang), name="warming", daemon=True).start()

    return begin

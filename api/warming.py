"""What is computed ahead of the first visitor: answers of the first page, and the words a text is understood by."""

from __future__ import annotations

from threading import Thread

from api.desk import Held, Opened
from api.pages.home import first_projects, glance
from models.errors import ZvenoError
from models.text import Lang

#: A text of no company: to understand it opens what every text needs.
TEXT = "мешки"


def warmed(held: Held, lang: Lang) -> None:
    """Compute what the first visitors of a state of the register would wait for."""
    if not held.firms:
        return
    here = held.speaking[lang]
    try:
        here.classifier.texts.candidates(TEXT, 1)
        held.kept_undecided("home", lang, glance)
        held.kept("home projects", lang, first_projects)
    except ZvenoError:
        return  # whoever asks is told what is wrong


def in_background(lang: Lang) -> Opened:
    """Return what computes ahead without making anybody wait; the answers are kept with the state they belong to."""

    def begin(held: Held) -> None:
        Thread(target=warmed, args=(held, lang), name="warming", daemon=True).start()

    return begin

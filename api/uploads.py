"""Files that visitors sent and that wait to be imported, one import at a time.

They lie in a private folder of the process and go with it, or after a day. What was found of a file is kept beside it,
so that a page can be left and come back to.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Literal
from weakref import finalize

from werkzeug.datastructures import FileStorage

from matcher.intake.mapping import NO_CHOICE, Choice
from matcher.intake.progress import Step
from matcher.report.frame import Document
from models.errors import UsageError, ZvenoError
from models.text import Lang, T, Text

#: Name of the uploads among the extensions of an application.
UPLOADS = "zveno_uploads"
#: Largest request that may bring files.
LARGEST_BYTES = 512 << 20
#: Files that wait at once, and how long the oldest may, seconds.
MOST_DRAFTS, KEPT_S = 100, 24 * 3600
#: Longest file name that is kept, characters.
NAME_LENGTH = 100

State = Literal["checking", "checked", "importing", "done", "failed"]
BUSY: frozenset[State] = frozenset({"checking", "importing"})


@dataclass
class Draft:
    """A file that waits.

    Parameters
    ----------
    id
        What its page is called.
    path
        Where it lies.
    by, lang
        Who sent it, and the language of what is told of it.
    choice
        What is said of its columns.
    state
        What is done with it now, or was last.
    step
        How far that has come.
    report
        What the import did, or by the rehearsal would do.
    error
        Why it cannot be imported.
    """

    id: str
    path: Path
    by: str
    lang: Lang
    sent_at: float = field(default_factory=time.time)
    choice: Choice = NO_CHOICE
    sole_traders: bool = False
    year: int | None = None
    state: State = "checking"
    step: Step | None = None
    report: Document | None = None
    error: ZvenoError | None = None

    @property
    def name(self) -> str:
        """Name of the file as it was sent."""
        return self.path.name

    def said(self, text: Text, lang: Lang) -> str:
        """Return what an error says, with the file by its name alone."""
        return text.render(lang).replace(f"{self.path.parent}{os.sep}", "")

    @property
    def busy(self) -> bool:
        """Whether something is being done with it."""
        return self.state in BUSY

    @property
    def ready(self) -> bool:
        """Whether it was looked at and importing it would change something."""
        report = self.report
        return self.state == "checked" and report is not None and report["readable"] and not report["repeats"]


#: Imports a draft, or rehearses it, and returns the report.
Work = Callable[[Draft, bool, Callable[[Step], None]], Document]


class Uploads:
    """The drafts of a process; safe for several threads.

    Parameters
    ----------
    work
        What importing is.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._drafts: dict[str, Draft] = {}
        self._lock, self._turn = Lock(), Lock()
        self._home: Path | None = None

    def take(self, file: FileStorage, by: str, lang: Lang, choice: Choice = NO_CHOICE) -> Draft:
        """Keep a file that was sent and begin to look at it.

        Raises
        ------
        UsageError
            If too many wait already.
        """
        draft = self._place(file.filename or "", by, lang, choice)
        file.save(draft.path)
        self.begin(draft, rehearse=True)
        return draft

    def receive(self, name: str, by: str, lang: Lang, choice: Choice = NO_CHOICE) -> Draft:
        """Make a place for a file that is being sent; it is to be written there, and then to be begun with.

        Raises
        ------
        UsageError
            If too many wait already.
        """
        return self._place(name, by, lang, choice)

    def take_bundled(self, paths: Iterable[Path], by: str, lang: Lang) -> list[Draft]:
        """Import files of the program itself: there is nothing in them to look at first."""
        found = []
        for path in paths:
            draft = self._place(path.name, by, lang, NO_CHOICE)
            shutil.copyfile(path, draft.path)
            self.begin(draft, rehearse=False)
            found.append(draft)
        return found

    def _place(self, file_name: str, by: str, lang: Lang, choice: Choice) -> Draft:
        with self._lock:
            self._drop_old()
            if len(self._drafts) >= MOST_DRAFTS:
                raise UsageError(T("too many files wait to be imported"), T("import or discard some of them first"))
            if self._home is None:
                self._home = Path(tempfile.mkdtemp(prefix="zveno-uploads-"))
                finalize(self, shutil.rmtree, self._home, ignore_errors=True)
            name = secrets.token_urlsafe(9)
            folder = self._home / name
            folder.mkdir(mode=0o700)
            draft = self._drafts[name] = Draft(name, folder / plain_name(file_name), by, lang, choice=choice)
        return draft

    def begin(self, draft: Draft, *, rehearse: bool) -> None:
        """Begin to import a draft, or to rehearse it; one after another."""
        draft.state, draft.step, draft.report, draft.error = "checking" if rehearse else "importing", None, None, None
        Thread(target=self._do, args=(draft, rehearse), daemon=True).start()

    def import_all(self) -> None:
        """Import every draft that is ready, one after another in the order they were sent."""
        taken = [draft for draft in reversed(self.waiting()) if draft.ready and self.claim(draft)]
        for draft in taken:
            draft.step, draft.report, draft.error = None, None, None
        Thread(target=self._do_all, args=(taken,), daemon=True).start()

    def claim(self, draft: Draft) -> bool:
        """Return whether a draft that was checked may be imported now; a second request may not."""
        with self._lock:
            if draft.state != "checked":
                return False
            draft.state = "importing"
            return True

    def _do_all(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            self._do(draft, rehearse=False)

    def _do(self, draft: Draft, rehearse: bool) -> None:
        def tell(step: Step) -> None:
            draft.step = step

        with self._turn:
            try:
                draft.report = self._work(draft, rehearse, tell)
                draft.state = "checked" if rehearse else "done"
            except ZvenoError as error:
                draft.error, draft.state = error, "failed"
            except Exception as error:  # a defect of ours must not leave the page waiting for ever
                draft.error, draft.state = failure(error), "failed"

    def get(self, name: str) -> Draft | None:
        """Return the draft of that name, ``None`` if it is gone."""
        with self._lock:
            return self._drafts.get(name)

    def waiting(self) -> list[Draft]:
        """Return the drafts that were not imported yet, the latest first."""
        with self._lock:
            drafts = [draft for draft in self._drafts.values() if draft.state != "done"]
        return sorted(drafts, key=lambda draft: -draft.sent_at)

    def discard(self, draft: Draft) -> None:
        """Forget a draft and delete its file."""
        with self._lock:
            self._drafts.pop(draft.id, None)
        shutil.rmtree(draft.path.parent, ignore_errors=True)

    def _drop_old(self) -> None:
        for draft in [each for each in self._drafts.values() if not each.busy]:
            if draft.sent_at < time.time() - KEPT_S or draft.state == "done":
                del self._drafts[draft.id]
                shutil.rmtree(draft.path.parent, ignore_errors=True)


def failure(error: Exception) -> ZvenoError:
    """Return a defect as an error that can be told."""
    return ZvenoError(
        T("the file could not be read: {kind}", kind=type(error).__name__),
        T("nothing was changed; tell whoever runs the server"),
    )


def plain_name(text: str) -> str:
    r"""Return the name of a file that was sent, without folders and strange signs.

    >>> plain_name("C:\\Docs\\фирмы 2024.xlsx"), plain_name("../../etc/passwd"), plain_name("..")
    ('фирмы 2024.xlsx', 'passwd', 'file')
    """
    last = text.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in last if sign.isprintable()).strip()[-NAME_LENGTH:]
    while len(name.encode()) > 2 * NAME_LENGTH:
        name = name[1:]
    return "file" if name.strip(". ") == "" else name

"""The command group ``zveno`` and what all its commands share: options, printing, errors and exit codes."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from matcher.cli.local import LocalGroup, usage_message
from models.errors import DataError, UnreadableFile, UsageError, ZvenoError
from models.settings import Settings
from models.text import Lang, T

Document = dict[str, Any]


class Session:
    """One run of the command line: its settings and how it prints.

    Parameters
    ----------
    settings
        Where the data lie and which language is spoken.
    as_json
        Whether stdout gets one JSON document instead of tables.
    """

    def __init__(self, settings: Settings, as_json: bool) -> None:
        self.settings = settings
        self.as_json = as_json

    @property
    def workspace(self) -> Any:
        """The store and index, imported only by commands that use them."""
        from matcher.pipeline.workspace import Workspace

        return Workspace(self.settings, self.tell)

    def tell(self, message: str) -> None:
        """Print a line of progress to stderr."""
        click.echo(message, err=True)

    def emit(self, document: Document, view: str) -> None:
        """Print a document: JSON, or the view of that name for people."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=1))
            return
        from matcher.cli.render import render

        render(view, document, self.settings.lang)

    def emit_each(self, requests: Sequence[str], answer: Callable[[str], Document], view: str) -> None:
        """Answer one request plainly, several as ``{"results": […]}`` with errors in place.

        Raises
        ------
        ZvenoError
            The error of a single request, or the last one when all of several fail.
        """
        if len(requests) == 1:
            self.emit(answer(requests[0]), view)
            return
        results: list[Document] = []
        failed: ZvenoError | None = None
        for request in requests:
            try:
                results.append(answer(request))
            except ZvenoError as error:
                failed = error
                results.append(error.as_document(self.settings.lang))
        self.emit({"results": results}, view)
        if failed is not None and all("error" in result for result in results):
            raise SystemExit(1)


def common(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options every command has and a :class:`Session` as its first argument."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @click.option("--lang", type=click.Choice(["ru", "en"]), help="Language of texts (default: from the locale).")
    @click.option("--db", metavar="URL", help="Database (default: ZVENO_DATABASE_URL, then var/zveno.db).")
    @wraps(command)
    def wrapper(*args: Any, as_json: bool, lang: Lang | None, db: str | None, **kwargs: Any) -> None:
        session = Session(Settings.read(db=db, lang=lang), as_json)
        command(session, *args, **kwargs)

    return wrapper


def requests_of(arguments: Sequence[str], file: str | None) -> list[str]:
    """Return the requests given as arguments or one a line in a file; blank lines of a file are requests too.

    Raises
    ------
    UsageError
        If there is none.
    """
    if file is None and not arguments:
        raise UsageError(T("nothing was asked"), T("give at least one argument, or --file with one a line"))
    return [*arguments, *(_lines(Path(file)) if file else ())]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise UnreadableFile(T("{path}: no such file", path=path), T("check the path")) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            T("{path}: cannot be read as UTF-8 text ({why})", path=path, why=type(error).__name__),
            T("save it as plain UTF-8 text with one request a line"),
        ) from None


@click.group(cls=LocalGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="zveno")
def zveno() -> None:
    """Zveno finds partners for value-chain cooperation: suppliers, buyers, gaps and joint projects."""


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every failure is a few lines on stderr, never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = group.main(args=given, prog_name="zveno", standalone_mode=False, obj=_language(given))
    except ZvenoError as error:
        return _failed(given, error.as_document(_language(given))["error"], error.exit_code)
    except click.ClickException as error:
        message = usage_message(error).render(_language(given))
        return _failed(given, {"code": "usage", "message": message, "hint": _usage_hint(error)}, 2)
    except (click.Abort, KeyboardInterrupt):
        return _failed(given, {"code": "interrupted", "message": "interrupted", "hint": ""}, 1)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # a defect of ours: its place is told in a line, its trace only to who asks for it
        if os.environ.get("ZVENO_DEBUG"):
            raise
        return _failed(given, defect(error).as_document(_language(given))["error"], 1)
    return result if isinstance(result, int) else 0


def defect(error: Exception) -> ZvenoError:
    """Return an unforeseen error as one that can be told: what it was and where in the program."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return ZvenoError(
        T("internal error {kind} at {file}:{line}", kind=type(error).__name__, file=place.name, line=place.lineno),
        T("please report it with what you did; ZVENO_DEBUG=1 shows the details"),
    )


def _failed(given: Sequence[str], error: dict[str, str], exit_code: int) -> int:
    """Print an error on stderr, and as a document on stdout when JSON was asked for."""
    if "--json" in given:
        click.echo(json.dumps({"error": error}, ensure_ascii=False))
    click.echo(f"zveno: {_one_line(error['message'])}", err=True)
    if error["hint"]:
        click.echo(f"  {_one_line(error['hint'])}", err=True)
    return exit_code


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path} --help" if context else "zveno --help"


def _language(given: Sequence[str]) -> Lang:
    """Return the language asked for, read from the raw arguments since parsing may have failed."""
    for before, after in zip(given, [*given[1:], ""], strict=True):
        chosen = after if before == "--lang" else before.removeprefix("--lang=")
        if before.startswith("--lang") and chosen in ("ru", "en"):
            return "en" if chosen == "en" else "ru"
    return Settings.read().lang

"""Bring the Russian catalogue in step with the code: ``python tools/messages.py [file.po …]``.

Message ids are the first arguments of ``T(…)`` in Python and of ``t(…)`` in templates. Translations are kept; those
of the files named are taken in; what no longer occurs is dropped; what lacks a translation is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import api.cli  # noqa: F401 - registers every command
from matcher.cli.local import help_texts
from matcher.cli.main import zveno
from matcher.intake.manifest import read_manifest
from matcher.intake.registry import format_names

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "models" / "locale" / "ru.po"
PACKAGES = ("models", "graph", "matcher", "api")
KEYWORDS = {"T": None, "t": None}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def message_ids() -> dict[str, list[tuple[str, int]]]:
    """Return every message id of the code with the places it occurs at."""
    found: dict[str, list[tuple[str, int]]] = {}
    for package in PACKAGES:
        for name, line, message, _, _ in extract_from_dir(ROOT / package, METHODS, keywords=KEYWORDS):
            if isinstance(message, str) and message:
                found.setdefault(message, []).append((f"{package}/{name}", line))
    for name in format_names():
        found.setdefault(read_manifest(name).title, []).append((f"matcher/intake/formats/{name}.yml", 0))
    for message in help_texts(zveno):
        found.setdefault(message, []).append(("matcher/cli", 0))
    return found


def read(path: Path) -> dict[str, str]:
    """Return the translations of a catalogue, none when there is no such file."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="ru") if m.id and m.string}


def main(names: list[str]) -> int:
    """Write the catalogue; return 1 when something is left to translate."""
    known = read(CATALOGUE)
    for name in names:
        known = {**read(Path(name)), **known}
    catalogue = Catalog(locale="ru", project="Zveno", fuzzy=False, header_comment="# Russian texts of Zveno")
    ids = message_ids()
    for message in sorted(ids):
        catalogue.add(message, known.get(message, ""), locations=[(place, None) for place, _ in ids[message]])
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=True, include_lineno=False)
    left = [message for message in sorted(ids) if not known.get(message)]
    sys.stderr.writelines(f"no Russian: {message}\n" for message in left)
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

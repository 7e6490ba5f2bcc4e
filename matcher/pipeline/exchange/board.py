"""Use cases of whoever writes on the board: post, change, renew, withdraw, take back; one's own entries and their ends.

A firm writes for itself, a manager for any (``own`` is ``None`` then). What leads to a person is refused
(:mod:`matcher.intake.contacts`): firms meet through the manager, and their site stands on their card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matcher.intake.contacts import personal
from matcher.pipeline.workspace import Workspace
from matcher.report.board import entry_item
from matcher.report.files.calendar import Day, calendar
from matcher.report.frame import Document
from models.board import KINDS, SIDES, STATES, Board, Entry, Kind, Side
from models.board_words import LONGEST, Words, problems, until_of
from models.classifications import group_of
from models.errors import AccessError, InvalidIdentifier, UsageError
from models.identifiers import Inn, is_sole_trader, parse_inn, parse_okved
from models.text import T, Text

#: An activity is understood from an entry's words with at least this confidence; so many are kept.
CLEAR, MOST_HEARD = 0.15, 3


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an entry that was written: the entry, or why each field was refused."""

    entry: Document | None = None
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a person wrote, and what of it cannot be taken, by name of the field."""

    words: Words
    until: date
    problems: tuple[tuple[str, Text], ...]


def post(
    workspace: Workspace, said: Mapping[str, str], own: Inn | None, by: str, today: date, project: str = ""
) -> Written:
    """Put an entry on the board, or say what of it is refused.

    Parameters
    ----------
    workspace
        The register.
    said
        Texts by field: ``inn`` (of a manager), ``kind``, ``side``, the fields of :class:`models.board.Words` with
        ``okved`` separated by ``;``, and ``until`` (ISO) or ``days``.
    own
        The firm that writes, ``None`` for a manager.
    by
        Login of who writes.
    today
        The day from which it holds.
    project
        Key of the joint-project candidate it was made from.

    Raises
    ------
    UsageError
        If there is no such kind or side, or it is of a sole trader.
    UnknownCompany
        If the register does not hold the firm.
    """
    inn = own or parse_inn(said.get("inn", ""))
    if is_sole_trader(inn):
        raise UsageError(T("a sole trader's entries are not kept: they would be a person's data"),
                         T("write for a legal entity: its INN has 10 digits"))  # fmt: skip
    workspace.known([inn])
    kind, side = kind_of(said.get("kind", "")), side_of(said.get("side", ""))
    read = reading(said, today)
    if read.problems:
        return _refused(workspace, read)
    words = heard(workspace, read.words, kind, side)
    with workspace.store.begin() as unit:
        made = Board(unit.connection).post(
            inn, kind, side, words, read.until, today, own=own, by=by, project=project[:200]
        )
    return Written(item(workspace, made, today))


def edit(workspace: Workspace, number: int, seen: int, said: Mapping[str, str], own: Inn | None, by: str,
         today: date) -> Written:  # fmt: skip
    """Write an entry anew, or say what is refused; ``seen`` is the step that was changed."""
    entry = owned(workspace, number, own)
    read = reading(said, today)
    if read.problems:
        return _refused(workspace, read)
    words = heard(workspace, read.words, entry.kind, entry.side)
    with workspace.store.begin() as unit:
        made = Board(unit.connection).edit(replace(entry.last, id=seen), entry, words, read.until, today, own, by)
    return Written(item(workspace, made, today))


def renew(
    workspace: Workspace, number: int, own: Inn | None, by: str, today: date, days: int | None = None
) -> Document:
    """Let an entry hold anew from today."""
    entry = owned(workspace, number, own)
    with workspace.store.begin() as unit:
        board = Board(unit.connection)
        made = board.renew(entry, today, own, by) if days is None else board.renew(entry, today, own, by, days)
    return item(workspace, made, today)


def withdraw(workspace: Workspace, number: int, own: Inn | None, by: str, today: date) -> Document:
    """Take an entry off the board."""
    entry = owned(workspace, number, own)
    with workspace.store.begin() as unit:
        made = Board(unit.connection).withdraw(entry, own, by)
    return item(workspace, made, today)


def take_back(workspace: Workspace, number: int, step: int, own: Inn | None, by: str, today: date) -> Document:
    """Take the last step of an entry back, if it is still the last."""
    entry = owned(workspace, number, own)
    with workspace.store.begin() as unit:
        made = Board(unit.connection).undo(entry, step, own, by)
    return item(workspace, made, today)


def owned(workspace: Workspace, number: int, own: Inn | None) -> Entry:
    """Return an entry that a firm, or for ``None`` a manager, may change.

    Raises
    ------
    AccessError
        If it is another firm's.
    """
    with workspace.store.read() as reader:
        entry = Board(reader.connection).get(number)
    if own is not None and entry.inn != own:
        raise AccessError(T("entry {number} is another company's", number=number), T("look at your own entries"))
    return entry


def own_entries(workspace: Workspace, own: Inn | None, state: str | None, today: date) -> Document:
    """Return the entries of a firm, or for ``None`` of all, expired and withdrawn ones too, those that end first first.

    Raises
    ------
    UsageError
        If there is no such state.
    """
    if state is not None and state not in STATES:
        raise UsageError(T("no entry is {state}", state=state), T("choose one of: {names}", names=", ".join(STATES)))
    entries = entries_of(workspace, own)
    firms = workspace.companies({each.inn for each in entries})
    counts = {name: sum(each.state(today) == name for each in entries) for name in STATES}
    chosen = [each for each in entries if state in (None, each.state(today))]
    chosen.sort(key=lambda each: (STATES.index(each.state(today)), each.last.until, -each.id))
    lang = workspace.settings.lang
    return {
        "state": state,
        "counts": counts,
        "soon": sum(each.ends_soon(today) for each in entries),
        "items": [entry_item(each, firms.get(each.inn), today, lang) for each in chosen],
    }


def entries_of(workspace: Workspace, own: Inn | None) -> list[Entry]:
    """Return every entry of a firm, or for ``None`` of all."""
    with workspace.store.read() as reader:
        return Board(reader.connection).all(own)


def reminders(workspace: Workspace, own: Inn | None, today: date) -> Document:
    """Return how many entries of a firm, or of all, stand on the board, end within a week, and have expired."""
    states = [(each.state(today), each.ends_soon(today)) for each in entries_of(workspace, own)]
    return {
        "open": sum(state == "open" for state, _ in states),
        "soon": sum(soon for _, soon in states),
        "expired": sum(state == "expired" for state, _ in states),
    }


def calendar_of(workspace: Workspace, own: Inn | None, today: date) -> bytes:
    """Return the last days of the entries that stand on the board as a calendar."""
    lang = workspace.settings.lang
    days = [
        Day(
            f"board-{each.id}@zveno",
            each.last.until,
            T("The entry ends: {title}", title=each.words.title).render(lang),
            T("Renew it in one step, or let it go: entry {number} of the board.", number=each.id).render(lang),
            each.last.at,
        )
        for each in entries_of(workspace, own)
        if each.state(today) == "open"
    ]
    return calendar(T("Board of offers and requests").render(lang), days)


def item(workspace: Workspace, entry: Entry, today: date) -> Document:
    """Return an entry as its owner sees it."""
    firm = workspace.companies([entry.inn]).get(entry.inn)
    return entry_item(entry, firm, today, workspace.settings.lang)


def reading(said: Mapping[str, str], today: date) -> Read:
    """Return what a person wrote, with everything that cannot be taken."""
    found: list[tuple[str, Text]] = []
    texts: dict[str, Any] = {name: " ".join(said.get(name, "").split()) for name in LONGEST}
    texts["text"] = said.get("text", "").strip()
    okved, wrong = _codes(said.get("okved", ""))
    until, late = _last_day(said, today)
    words = Words(**texts, okved=okved)
    found += [*wrong, *late, *(problems(words, until, today) if not late else problems(words, today, today))]
    found += _persons(texts)
    return Read(words, until, tuple(dict(reversed(found)).items()))


def _codes(text: str) -> tuple[tuple[str, ...], list[tuple[str, Text]]]:
    """Return the activity codes of a text, and what is wrong with it."""
    found: dict[str, None] = {}
    for part in text.replace(",", ";").split(";"):
        if part.strip():
            try:
                found[parse_okved(part)] = None
            except InvalidIdentifier as error:
                return (), [("okved", error.message)]
    return tuple(found), []


def _last_day(said: Mapping[str, str], today: date) -> tuple[date, list[tuple[str, Text]]]:
    """Return the last day a person named, else the usual one, and what is wrong with it."""
    text, days = said.get("until", "").strip(), said.get("days", "").strip()
    try:
        if text:
            return date.fromisoformat(text), []
        return (until_of(today, int(days)) if days else until_of(today)), []
    except ValueError:
        return today, [("until", T("{value} is no date; write for example 2026-12-31", value=(text or days)[:40]))]
    except UsageError as error:
        return today, [("until", error.hint)]


def _persons(texts: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    """Yield which texts lead to a person; firms meet through the manager."""
    for name, text in texts.items():
        for what, words in personal(text):
            yield name, T("“{words}” may be {what}: no data of persons here; whoever is interested asks for an "
                          "introduction", words=words, what=what)  # fmt: skip


def kind_of(text: str) -> Kind:
    """Return the kind of an entry that a text names."""
    for kind in KINDS:
        if text.strip() == kind:
            return kind
    raise UsageError(T("there is no kind of entry {kind}", kind=text[:40]), _choose(KINDS))


def side_of(text: str) -> Side:
    """Return the side of the board that a text names."""
    for side in SIDES:
        if text.strip() == side:
            return side
    raise UsageError(T("an entry is an offer or a request, not {side}", side=text[:40]), _choose(SIDES))


def _choose(names: tuple[str, ...]) -> Text:
    return T("choose one of: {names}", names=", ".join(names))


def heard(workspace: Workspace, words: Words, kind: Kind, side: Side) -> Words:
    """Return words with the activities understood from them, unless a person named some; of vacancies none are.

    The title says what it is; the text is asked only where the title says nothing clear.
    """
    if words.okved or kind == "vacancy":
        return words
    titled, whole = activities(workspace, [words.title, words.whole], side)
    return replace(words, heard=titled or whole)


def activities(workspace: Workspace, texts: list[str], side: Side, most: int = MOST_HEARD) -> list[tuple[str, ...]]:
    """Return the activities each text is clearly about: what is made, or what is wanted."""
    classifier = workspace.classifier.texts
    read = classifier.wanted_many if side == "request" else classifier.candidates_many
    return [tuple(c.code for c in found if c.confidence >= CLEAR) for found in read(texts, most)]


def _refused(workspace: Workspace, read: Read) -> Written:
    lang = workspace.settings.lang
    return Written(refused=tuple((name, text.render(lang)) for name, text in read.problems))


def groups_of(codes: tuple[str, ...]) -> frozenset[str]:
    """Return the four-digit groups of codes; a wider code stands for itself."""
    return frozenset(group_of(code) or code for code in codes)

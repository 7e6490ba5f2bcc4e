"""The board as people read it: entries that firms wrote, and what their cards say, in one shape.

What a card offers or asks for stands on the board by itself, for as long as the card says so; goods that the same firm
has an entry about are left out of it, so that nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from matcher.classify.words import lemmas
from matcher.index.items import listed_items
from matcher.report.frame import Document
from models.board import Entry, Kind, Side
from models.board_words import LONGEST, Words, until_of
from models.classifications import activity_name
from models.identifiers import is_sole_trader
from models.names import shown_name
from models.reader import RunOrigin
from models.records import Company
from models.text import Lang, T, Text, language_of

Source = Literal["board", "card"]
SOURCES: tuple[Source, ...] = ("board", "card")

#: What a field of a card is on the board.
CARD_FIELDS: Mapping[str, tuple[Kind, Side]] = MappingProxyType(
    {
        "offers": ("product", "offer"),
        "needs": ("product", "request"),
        "capacity": ("contract_manufacturing", "offer"),
        "equipment": ("service", "offer"),
        "waste": ("product", "offer"),
        "vacancies": ("vacancy", "request"),
    }
)
KIND_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "product": T("product"),
        "service": T("service"),
        "vacancy": T("vacancy"),
        "joint_project": T("joint project"),
        "contract_manufacturing": T("contract manufacturing"),
    }
)
SIDE_NAMES: Mapping[str, Text] = MappingProxyType({"offer": T("offer"), "request": T("request")})
STATE_NAMES: Mapping[str, Text] = MappingProxyType(
    {"open": T("on the board"), "expired": T("expired"), "withdrawn": T("withdrawn")}
)
STEP_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "posted": T("posted"),
        "edited": T("changed"),
        "renewed": T("renewed"),
        "withdrawn": T("withdrawn"),
        "undone": T("taken back"),
    }
)
#: Characters of a card's text that make a title.
TITLE = 120


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the board, whoever wrote it down.

    Parameters
    ----------
    ref
        How it is addressed: the number of an entry, or the INN and the field of a card.
    source
        Whether it is an entry or a card's.
    inn, kind, side, words
        Whose it is and what it says.
    since, until
        From when (ISO) and, of entries, to which day it holds.
    told
        Name of the source of a card.
    """

    ref: str
    source: Source
    inn: str
    kind: Kind
    side: Side
    words: Words
    since: str | None
    until: date | None = None
    told: str = ""


def of_entry(entry: Entry) -> Notice:
    """Return an entry as it stands."""
    last, since = entry.last, entry.since.date().isoformat()
    return Notice(str(entry.id), "board", entry.inn, entry.kind, entry.side, last.words, since, last.until)


def of_card(company: Company, field: str, origins: Mapping[int, RunOrigin]) -> Notice | None:
    """Return what a field of a card says, ``None`` if nothing; of sole traders nothing is told."""
    text = str(getattr(company, field)).strip()
    if not text or is_sole_trader(company.inn):
        return None
    run, told = company.provenance.get(field, (0, ""))
    origin = origins.get(run)
    kind, side = CARD_FIELDS[field]
    return Notice(
        f"{company.inn}/{field}", "card", company.inn, kind, side, Words(title_of(text), text),
        origin.date if origin else None, told=told,
    )  # fmt: skip


def title_of(text: str) -> str:
    """Return the beginning of a list of goods, whole things of it.

    >>> title_of("аммиак; карбамид"), title_of("мешки " * 30)[-8:]
    ('аммиак, карбамид', ' мешки …')
    """
    items = listed_items(text)
    title = ""
    for number, item in enumerate(items):
        longer = f"{title}, {item}" if title else item
        if len(longer) > TITLE:
            return f"{title} …" if number else f"{item[:TITLE].rstrip()} …"
        title = longer
    return title


def without_posted(notices: Iterable[Notice], posted: Sequence[Notice]) -> Iterator[Notice]:
    """Yield what cards say without what their firms have entries about on the same side.

    A thing a card lists is left out when an entry of the firm has all words of it, in any form.
    """
    known = {(each.inn, each.side): set[str]() for each in posted}
    said = {key: [set(lemmas(each.words.whole)) for each in posted if (each.inn, each.side) == key] for key in known}
    for notice in notices:
        entries = said.get((notice.inn, notice.side), [])
        items = listed_items(notice.words.text)
        left = [item for item in items if not any(set(lemmas(item)) <= words for words in entries)]
        if len(left) == len(items):
            yield notice
        elif left:
            text = "; ".join(left)
            yield replace(notice, words=replace(notice.words, title=title_of(text), text=text))


def notice_item(notice: Notice, company: Company | None, today: date, lang: Lang) -> Document:
    """Return what stands on the board as a document, with the firm it is of."""
    firm = company or Company(notice.inn)
    words = notice.words
    title, title_lang = titled(words, lang)
    return {
        "ref": notice.ref,
        "source": notice.source,
        "inn": notice.inn,
        "name": shown_name(firm, lang),
        "city": firm.city,
        "region_code": firm.region_code,
        "website": firm.website,
        "kind": notice.kind,
        "side": notice.side,
        "title": title,
        "title_lang": title_lang,
        "text": words.text,
        "volume": words.volume,
        "price": words.price,
        "terms": words.terms,
        "okved": [{"code": code, "name": activity_name(code, lang)} for code in words.codes],
        "since": notice.since,
        "until": notice.until.isoformat() if notice.until else None,
        "days_left": (notice.until - today).days if notice.until else None,
        "told": notice.told,
    }


def titled(words: Words, lang: Lang) -> tuple[str, Lang]:
    """Return a title in a language if there is one, and the language it is in.

    >>> titled(Words("Мешки", title_en="Sacks"), "en"), titled(Words("Мешки"), "en"), titled(Words("Sacks"), "ru")
    (('Sacks', 'en'), ('Мешки', 'ru'), ('Sacks', 'en'))
    """
    if lang == "en" and words.title_en:
        return words.title_en, "en"
    return words.title, language_of(words.title)


def entry_item(entry: Entry, company: Company | None, today: date, lang: Lang) -> Document:
    """Return an entry with its state and every step, for those whose it is."""
    return {
        **notice_item(of_entry(entry), company, today, lang),
        "id": entry.id,
        "state": entry.state(today),
        "soon": entry.ends_soon(today),
        "project": entry.project or None,
        "step": entry.last.id,
        "steps": [
            {
                "did": step.did,
                "by": step.by,
                "inn": step.inn,
                "at": step.at.isoformat(),
                "until": step.until.isoformat(),
            }
            for step in entry.steps
        ],
    }


def said_of(entry: Entry, today: date) -> dict[str, str]:
    """Return what an entry says, as it is written; one that has ended is offered the usual time anew."""
    words, last = entry.words, entry.last.until
    return {
        **{name: str(getattr(words, name)) for name in LONGEST},
        "okved": "; ".join(words.okved),
        "inn": entry.inn,
        "kind": entry.kind,
        "side": entry.side,
        "until": (last if last >= today else until_of(today)).isoformat(),
    }

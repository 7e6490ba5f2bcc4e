"""What the classifications say of each activity group, as short texts to compare with.

A group is described by its own names and those below it, by each thing its notes include (or a neighbour's notes send
to it with «см.»), by the products of OKPD-2 whose first four digits it shares, by its English name and by the trade
terms of the lexicon, and, where one American industry (NAICS) is one group, by its name too. What its notes exclude
is kept apart: it pushes away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matcher.classify.formulae import plain, without_exceptions
from matcher.classify.verbs import dealing
from matcher.classify.words import MATERIAL_OPENERS, STOP_LEMMAS, TAIL_OPENERS, each, normal, parse, words
from models.classifications import group_of, okpd2, okved2
from models.resources import data_path, read_table, sha256_of

_THIS = r"(?:\bэт\w+\s+)?группировк\w*"
_EXCLUDES = re.compile(rf"{_THIS}\s+не\s+включа\w*\s*:?", re.IGNORECASE)
_INCLUDES = re.compile(
    rf"{_THIS}(?:\s+также)?\s+включа\w*(?:\s+также)?\s*[:;]?|{_THIS}(?=\s+в\s+том\s+числе)", re.IGNORECASE
)
_BULLET = re.compile(r"\n\s*[-–]?\s*|\s-\s|;\s*")
_SEE = re.compile(r",?\s*\(?см\.\s*([\d., и]+).*$", re.IGNORECASE)
_SEE_CODE = re.compile(r"\d\d\.\d\d")
#: A reference without a code («см. также разделы»), unless «см.» are centimetres.
_SEE_ALSO = re.compile(r"(?<!\d)(?<!\d\s),?\s*\(?\bсм\.(?!\w).*$", re.IGNORECASE | re.DOTALL)
_EMPTY = re.compile(
    r",?\s*(?:не\s+(?:включенн|вошедш)\w+\s+(?:в|ранее)\b[^,;)]*|not elsewhere classified|n\.e\.c\.?"
    r"|\bпроч(?:и[йемх]|ими|ая|ую|ее|ей|его|ему|ем)\b|\b(?:и\s+)?т\.\s*[пд]\b\.?|\bи\s+(?:др|пр)\b\.?|\bт\.\s*е\b\.?)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"[,:;()]|\s(?:и|или|либо)\s|\sа\s+также\s|\sтаки\w+\s+как\s|\sнапример\s|\sвключая\s|\sв\s+том\s+числе\s"
)
#: What may stand before a part of a list and is not of it.
_OPENS = re.compile(
    r"^(?:(?:и|или|либо|а|также|как|например|включая|в\s+том\s+числе|таки\w+\s+как)\s+)+", re.IGNORECASE
)
#: A part that begins with one of these is a rest of a sentence: «из кожи», «если они…», «не вошедшие…».
_RESTS = (
    TAIL_OPENERS
    | MATERIAL_OPENERS
    | each("""не ни если когда где чтобы после над помимо между который чей это этот его ее их он тот""")
)
#: Scraps of notes («и т.п.») and of longer terms are left out; a short trade term («ЖБИ») is a word.
SHORTEST = 4
#: Tables a build rests on.
TABLES = (
    "okved2.csv.gz", "okved2_names_en.csv", "okpd2.csv.gz", "trade_terms.csv", "verb_rules.csv",
    "english_industries.csv", "said_texts.csv", "verb_nouns.csv",
)  # fmt: skip
#: Modules whose code decides what the texts of documents are and how an index of them is built.
MODULES = ("formulae.py", "lexical.py", "reference.py", "verbs.py", "wording.py", "words.py")


@dataclass(frozen=True, slots=True)
class Document:
    """A short text that speaks of one activity group.

    ``code`` is the OKVED-2 or OKPD-2 code (or the term itself, for a trade term) it comes from; ``kind`` is ``name``,
    ``note``, ``product``, ``english``, ``term``, ``said`` or ``excluded``.
    """

    text: str
    group: str
    code: str
    kind: str


@cache
def documents() -> tuple[Document, ...]:
    """Return all documents, those of a group next to each other, excluded ones included."""
    found = dict.fromkeys(
        Document(text, group, code, kind)
        for text, group, code, kind in (*_names(), *_notes(), *_products(), *_terms(), *_said(), *_american())
        if len(text) >= SHORTEST or (kind == "term" and text == normal(code))
    )
    return tuple(sorted(found, key=lambda d: (d.group, d.kind, d.code, d.text)))


def _names() -> Iterator[tuple[str, str, str, str]]:
    for code, activity in okved2().items():
        group = group_of(code)
        if group is None:
            continue
        yield subject(activity.name), group, code, "name"
        if activity.name_en:
            yield subject(activity.name_en), group, code, "english"


def _notes() -> Iterator[tuple[str, str, str, str]]:
    for code, activity in okved2().items():
        group = group_of(code)
        if group is None:
            continue
        for item in included_items(activity.notes):
            yield subject(item), group, code, "note"
            yield from ((thing, group, code, "note") for thing in parts_of(item))
        for item, see in excluded_items(activity.notes):
            yield subject(item), group, code, "excluded"
            yield from ((subject(item), other, code, "note") for other in see if group_of(other))


def parts_of(item: str) -> list[str]:
    """Return the things an item of a note lists, none when it names one.

    >>> parts_of("производство кислот, не вошедших в другие группировки, сульфатов, прочих и иных хлоридов и т.п.")
    ['кислот', 'сульфатов', 'иных хлоридов']
    >>> parts_of("производство одежды, из кожи, в том числе перчаток"), parts_of("производство насосов")
    (['одежды', 'перчаток'], [])
    """
    parts = [_OPENS.sub("", part.strip()) for part in _LIST.split(_EMPTY.sub(" ", item))]
    found = [subject(part) for part in parts if len(part) > SHORTEST and _opens_a_thing(part)]
    return [thing for thing in found if _names_a_thing(thing)] if len(parts) > 1 else []


def _opens_a_thing(part: str) -> bool:
    told = [parse(word) for word in words(part)]
    return bool(told) and told[0][1] != "VERB" and _RESTS.isdisjoint((told[0][0], words(part)[0]))


def _names_a_thing(thing: str) -> bool:
    told = [parse(word) for word in words(thing)]
    return any(kind == "NOUN" for _, kind in told) and any(lemma not in STOP_LEMMAS for lemma, _ in told)


def _products() -> Iterator[tuple[str, str, str, str]]:
    for code, product in okpd2().items():
        group = group_of(code)
        if group is not None:
            yield subject(product.name), group, code, "product"
            for item in included_items(product.notes):
                yield subject(item), group, code, "product"


def _terms() -> Iterator[tuple[str, str, str, str]]:
    for row in read_table("reference/trade_terms.csv"):
        group = group_of(row["okved_code"])
        if group is not None:
            yield subject(row["term"]), group, row["term"], "term"


def _said() -> Iterator[tuple[str, str, str, str]]:
    """Yield what firms of a group say they do."""
    for row in read_table("reference/said_texts.csv"):
        yield subject(row["text"]), row["okved_code"], row["okved_code"], "said"


def _american() -> Iterator[tuple[str, str, str, str]]:
    """Yield the English names of American industries that are one group."""
    for row in read_table("reference/english_industries.csv"):
        yield subject(row["name_en"]), row["okved_code"], row["naics_code"], "english"


def subject(text: str) -> str:
    """Return what a name is about: without the verb of making or selling and without «прочие, не включенные…».

    >>> subject("Производство прочих насосов и компрессоров")
    'насосов и компрессоров'
    """
    clean = _EMPTY.sub(" ", plain(text))
    return dealing(clean).thing or " ".join(words(clean)) or normal(text).strip()


def included_items(notes: str) -> list[str]:
    """Return what notes include, item by item, without what they make an exception of or refer to.

    >>> included_items("Эта группировка включает: - производство кислот, кроме азотной; - солей, см. раздел C")
    ['производство кислот', 'солей']
    """
    kept = [_EXCLUDES.split(part)[0] for part in _INCLUDES.split(notes)] if notes else []
    items = [
        _SEE_ALSO.sub("", without_exceptions(item)).strip(" -.,:(") for part in kept for item in _BULLET.split(part)
    ]
    return [item for item in items if len(item) > SHORTEST]


def excluded_items(notes: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return what notes exclude, each with the groups it is sent to.

    >>> excluded_items("Эта группировка не включает: - производство чемоданов и сумок, см. 15.12")
    [('производство чемоданов и сумок', ('15.12',))]
    """
    found = []
    for part in _EXCLUDES.split(notes)[1:]:
        for item in _BULLET.split(_INCLUDES.split(part)[0]):
            see = _SEE.search(item)
            text = _SEE.sub("", item).strip(" -.")
            if len(text) > SHORTEST:
                found.append((text, tuple(_SEE_CODE.findall(see.group(1))) if see else ()))
    return found


@cache
def reference_version() -> str:
    """Return a name for the tables the documents come from and the code that reads them."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(sha256_of(data_path(f"reference/{table}")).encode())
    for module in MODULES:
        digest.update((Path(__file__).parent / module).read_bytes())
    return digest.hexdigest()[:16]

"""Trade terms found in a phrase: the longest first, each telling whether it covers the head noun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.classify.verbs import verb_rules
from matcher.classify.words import MATERIAL_OPENERS, TAIL_OPENERS, Phrase, parse, says_nothing, words
from models.resources import read_table

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A trade term found in a phrase.

    ``weight`` is 1 when the term is all the phrase says, 0.6 or more when it covers the head noun, less when it is only
    an attribute, and little when it stands after «для», «из». ``with_verb`` tells that the term names the dealing too.
    """

    code: str
    term: str
    weight: float
    with_verb: bool


@cache
def lexicon() -> dict[str, tuple[str, str]]:
    """Return the trade terms by their keys: key → (OKVED-2 code, term).

    The table keeps the key of every term, since finding the lemmas of all takes seconds.
    """
    return {row["lemmas"]: (row["okved_code"], row["term"]) for row in read_table("reference/trade_terms.csv")}


def key_of(told: Iterable[str]) -> str:
    """Return what a term is found by: its lemmas in alphabetical order, whatever the order of its words.

    >>> from matcher.classify.words import lemmas
    >>> key_of(lemmas("мешков полипропиленовых")) == key_of(lemmas("полипропиленовые мешки"))
    True
    """
    return " ".join(sorted(told))


def find_terms(text: str, about: Phrase) -> list[Match]:
    """Return the trade terms in a text, none inside a longer one, and none of words of praise beside other words.

    Parameters
    ----------
    text
        The phrase with its verbs.
    about
        The same phrase without its verbs, taken apart.

    Examples
    --------
    >>> from matcher.classify.words import phrase
    >>> text = "мешки полипропиленовые для удобрений"
    >>> [(m.code, m.weight > 0.5) for m in find_terms(text, phrase(text))]
    [('22.22', True), ('20.15', False)]
    >>> [[m.code for m in find_terms(text, phrase(text))] for text in ("ЭКО", "эко мешки")]
    [['86.22'], ['22.22']]
    """
    found = [(word, parse(word)[0]) for word in words(text)]
    told = [lemma for _, lemma in found]
    cut = next((i for i, (word, _) in enumerate(found) if i and _opens(word, about)), len(told))
    matches = []
    for start, end in _windows(told):
        code, term = lexicon()[key_of(told[start:end])]
        part = told[start:end]
        weight = _weight(told, start, end, cut, about.head)
        matches.append(Match(code, term, weight, any(w in verb_rules() for w in part)))
    return [match for match in matches if match.weight]


def _opens(word: str, about: Phrase) -> bool:
    return word in MATERIAL_OPENERS or (word in TAIL_OPENERS and bool(about.tail))


def _windows(told: Sequence[str]) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for length in range(min(_LONGEST, len(told)), 0, -1):
        for start in range(len(told) - length + 1):
            end = start + length
            inside = any(start < b and end > a for a, b in taken)
            if not inside and key_of(told[start:end]) in lexicon():
                taken.append((start, end))
    return sorted(taken)


def _weight(told: Sequence[str], start: int, end: int, cut: int, head: str) -> float:
    content = {lemma for lemma in told if not says_nothing(lemma) and lemma not in TAIL_OPENERS}
    covered = {lemma for lemma in told[start:end] if lemma in content}
    if covered == content:
        return 1.0
    if not covered:
        return 0.0
    share = len(covered) / len(content)
    if start >= cut:
        return 0.25 * share
    dealing_first = start == 0 and told[0] in verb_rules()
    if dealing_first or (head and head in told[start:end]):
        return 0.6 + 0.4 * share
    return 0.2 + 0.4 * share

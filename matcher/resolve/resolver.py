"""The decision: which companies a text may mean, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from matcher.resolve.index import NameIndex
from matcher.resolve.likeness import Comparison, Likeness
from matcher.resolve.request import Place, Reading, understand
from matcher.resolve.spelling import core, fold, plain
from models.geography import region_name
from models.text import Lang, T, Text

Decision = Literal["match", "ambiguous", "none"]

#: Least score of a match, and the distance within which the runner-up makes it ambiguous; both chosen on the
#: development half of ``tests/cases/name_pairs.csv``.
MATCH = 0.87
MARGIN = 0.03

#: Least score of a candidate worth showing.
SHOWN = 0.5

#: What is left of the score when the text's place is another region than the INN's: of a name of one telling word or
#: less, and of a name so long that no second firm bears it (an INN keeps the region of the first registration).
ELSEWHERE_SHORT = 0.65
ELSEWHERE_LONG = 0.94

#: Rarity of all words together from which a name counts as long, and that of one word nobody else has.
LONG = 1.5
ONE_WORD = 1.0

#: What is left of the score of the same name in slightly other letters, so that the very same letters win.
OTHER_LETTERS = 0.96

#: What is left of the score when the region is right and the known town is not.
OTHER_TOWN = 0.98


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company a text may mean; ``score`` from 0 to 1."""

    inn: str
    name: str
    score: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision and the candidates it was made among, best first, then by INN."""

    decision: Decision
    candidates: tuple[Candidate, ...]

    @property
    def confidence(self) -> float:
        """How sure the first candidate is: its score, halved when others are as good; 0 without candidates."""
        if not self.candidates:
            return 0.0
        best = self.candidates[0].score
        return best / 2 if _rivals([one.score for one in self.candidates]) > 1 else best


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row found, with its reasons to be told if it is shown: of most rows nobody asks."""

    score: float
    reasons: Callable[[], list[Text]]


class Resolver:
    """Finds the companies that texts name.

    Parameters
    ----------
    index
        The names of the register.
    lang
        Language of place names in reasons.

    Examples
    --------
    >>> index = NameIndex([("2631006752", "Арнест", "Невинномысск"), ("2635000014", "Мешок", None)])
    >>> Resolver(index).resolve("OOO Arnest").candidates[0].inn
    '2631006752'
    """

    def __init__(self, index: NameIndex, lang: Lang = "en") -> None:
        self.index = index
        self.lang = lang

    def resolve(self, text: str, top: int = 10, without: Collection[str] = ()) -> Answer:
        """Return the decision about a text and at most ``top`` candidates.

        Parameters
        ----------
        text
            The name, with its place if known.
        top
            Candidates to list.
        without
            INNs that are out of the question.

        Raises
        ------
        DataError
            If the text names nothing or is too long to be a name.
        """
        request = understand(text)
        named = [row for inn in request.inns if (row := self.index.row(inn)) is not None and inn not in without]
        found = {row: _Seen(1.0, partial(self._inn_reasons, row)) for row in named}
        for reading in () if found else request.readings:
            self._read(reading, found)
        ranked = sorted(found.items(), key=lambda one: (-one[1].score, self.index.inns[one[0]]))
        shown = [(row, seen) for row, seen in ranked if seen.score >= SHOWN and self.index.inns[row] not in without]
        decision = _decide([seen.score for _, seen in shown])
        return Answer(decision, tuple(self._candidate(row, seen) for row, seen in shown[:top]))

    def _candidate(self, row: int, seen: _Seen) -> Candidate:
        return Candidate(self.index.inns[row], self.index.names[row], seen.score, tuple(seen.reasons()))

    def _read(self, reading: Reading, found: dict[int, _Seen]) -> None:
        """Add what one reading finds; a row keeps its best score."""
        regions = reading.place.regions if reading.place else frozenset()
        comparison = Comparison(self.index, reading.words)
        for row in self.index.nearest(reading.words, regions):
            likeness = comparison.with_row(row)
            factor = self._place_factor(row, reading.place) * self._letters_factor(row, reading, likeness)
            score = round(likeness.score * factor, 4)
            if row not in found or score > found[row].score:
                found[row] = _Seen(score, partial(self._reasons, row, reading, likeness))

    def _letters_factor(self, row: int, reading: Reading, likeness: Likeness) -> float:
        """Return less than 1 for names of the same key that differ in letters of one alphabet ("Груп", "Групп")."""
        if likeness.score < 1.0:
            return 1.0
        one, its = ("".join(words) for words in (reading.written, core(plain(self.index.names[row]))))
        return OTHER_LETTERS if one.isascii() == its.isascii() and sorted(one) != sorted(its) else 1.0

    def _place_factor(self, row: int, place: Place | None) -> float:
        if place is None:
            return 1.0
        city = self.index.city_key(row)
        if place.is_town and city == place.key:
            return 1.0
        if self.index.region(row) in place.regions:
            return OTHER_TOWN if place.is_town and city else 1.0
        telling = sum(self.index.rarity(word) for word in self.index.words[row])
        long = min(max(telling - ONE_WORD, 0.0) / (LONG - ONE_WORD), 1.0)
        return ELSEWHERE_SHORT + (ELSEWHERE_LONG - ELSEWHERE_SHORT) * long

    def _inn_reasons(self, row: int) -> list[Text]:
        return [T("the text gives INN {inn}", inn=self.index.inns[row])]

    def _reasons(self, row: int, reading: Reading, likeness: Likeness) -> list[Text]:
        return [*self._name_reasons(reading, row, likeness), *self._place_reasons(row, reading.place)]

    def _name_reasons(self, reading: Reading, row: int, likeness: Likeness) -> list[Text]:
        name = self.index.names[row]
        if reading.words == self.index.words[row]:
            return [T("the same name apart from legal form, case, alphabet and doubled letters: {name}", name=name)]
        percent = f"{100 * likeness.score:.0f}"
        if likeness.joined:
            return [T("the same letters with other spaces, alike by {percent} %: {name}", percent=percent, name=name)]
        told = [T("names alike by {percent} %, rare words counting most: {name}", percent=percent, name=name)]
        written = {fold(word): word for word in (*core(plain(name)), *reading.written)}
        pairs = [f"{written.get(one, one)} = {written.get(its, its)}" for one, its in likeness.pairs if one != its]
        if pairs:
            told.append(T("words taken for one: {pairs}", pairs=", ".join(pairs)))
        return told

    def _place_reasons(self, row: int, place: Place | None) -> list[Text]:
        if place is None:
            return []
        code = self.index.region(row)
        region = region_name(code, self.lang) if code else "?"
        if place.is_town and self.index.city_key(row) == place.key:
            return [T("the same town: {place}", place=place.name)]
        if code in place.regions:
            return [T("the region of the INN has the place named: {place}, {region}", place=place.name, region=region)]
        return [T("registered elsewhere: the text says {place}, the INN {region}", place=place.name, region=region)]


def _rivals(scores: Sequence[float]) -> int:
    """Return how many scores, best first, are as good as the first, itself included."""
    return sum(score >= scores[0] - MARGIN for score in scores)


def _decide(scores: Sequence[float]) -> Decision:
    if not scores or scores[0] < MATCH:
        return "none"
    return "ambiguous" if _rivals(scores) > 1 else "match"

"""What a company supplies, from all it shows: codes, declared products, licences, offers and its name.

Evidence adds up in log-odds over the 623 activity groups. Each source names groups with the odds that a rouble of the
firm's output is theirs (for shares) and that the firm does this at all (for confidence). A group starts at the odds
of the strongest source that names it; every further source that names it too multiplies them by ``agreement_ratio``,
a name by up to ``name_ratio``. Shares are the odds over their sum and one: the one is «elsewhere», the
``unknown_share``. All weights are in ``reference/evidence_weights.csv`` with a reason each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from matcher.classify.chances import GUESS
from matcher.classify.embedding import Embedder
from matcher.classify.evidence import Evidence, name_source, sources
from matcher.classify.hints import NameReader
from matcher.classify.pieces import MAX_CHARACTERS
from matcher.classify.said import Said, Vectors, class_rows, unclassed
from matcher.classify.text import Candidate, TextClassifier
from models.records import Company
from models.text import Text

#: Groups kept of a profile; of one known only by a class, and so spread, more.
MOST_CODES = 12
MOST_SPREAD_CODES = 40
_SPREAD_BELOW = 0.12
_LEAST_SHARE = 0.0005
_BATCH = 256
_MOST_REMEMBERED = 200_000
_OFFER_CODES = 12


@dataclass(frozen=True, slots=True)
class Assignment:
    """An activity group a company is held to supply.

    ``share`` is the expected share of its output, ``confidence`` the probability that it does this at all,
    ``detail_code`` a deeper code where one is known.
    """

    code: str
    share: float
    confidence: float
    detail_code: str | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a company supplies and asks for; shares and ``unknown_share`` sum to 1."""

    inn: str
    assignments: tuple[Assignment, ...]
    needs: tuple[Candidate, ...]
    unknown_share: float


@dataclass(slots=True)
class _Memory:
    """Profiles by everything they depend on but texts."""

    profiles: dict[tuple[object, ...], Profile] = field(default_factory=dict)


class CompanyClassifier:
    """Classifies companies.

    Parameters
    ----------
    embedder
        Gives sentence vectors; used only for companies with offers or needs.
    cache_dir
        Folder of what can be computed again.
    """

    def __init__(self, embedder: Embedder, cache_dir: Path | None) -> None:
        self.embedder = embedder
        self.cache_dir = cache_dir
        self._names = NameReader()
        self._memory = _Memory()

    @cached_property
    def texts(self) -> TextClassifier:
        """The classifier of free text."""
        return TextClassifier(self.embedder, self.cache_dir)

    def classify(self, company: Company) -> Profile:
        """Return what one company supplies.

        Raises
        ------
        DataError
            If its offers or needs are longer than 20,000 characters.
        """
        offers = self.texts.candidates(company.offers, _OFFER_CODES) if company.offers.strip() else []
        needs = self.texts.wanted_many([company.needs], _OFFER_CODES)[0] if company.needs.strip() else []
        return self._profile(company, offers, needs)

    def classify_many(self, companies: Iterable[Company]) -> Iterator[Profile]:
        """Yield the profile of each company, in order.

        Texts of 256 companies at a time are classified together, cut to 20,000 characters.
        """
        rest = iter(companies)
        while batch := list(islice(rest, _BATCH)):
            offers = _by_text(self.texts.candidates_many, [company.offers for company in batch])
            needs = _by_text(self.texts.wanted_many, [company.needs for company in batch])
            for company in batch:
                yield self._profile(company, offers.get(company.offers, []), needs.get(company.needs, []))

    def offered(self, texts: Sequence[str]) -> Said:
        """Return things that are offered, each a text; texts are cut to 20,000 characters."""
        return self._said(texts, self.embedder.passages(texts))

    def needed(self, texts: Sequence[str]) -> Said:
        """Return things that are asked for, each a text; texts are cut to 20,000 characters."""
        return self._said(texts, self.embedder.queries(texts))

    def asked_for(self, texts: Sequence[str]) -> Said:
        """Return single things that are asked for: whoever is asked makes what each was heard as, so words decide."""
        return unclassed(self.embedder.queries(texts), texts)

    def _said(self, texts: Sequence[str], vectors: Vectors) -> Said:
        """Return things in words; those of both sides are heard as needs, so that sellers and buyers of sacks meet."""
        heard = self.texts.wanted_many([text[:MAX_CHARACTERS] for text in texts])
        return Said(vectors, class_rows(heard), tuple(texts))

    def sold(self, texts: Sequence[str]) -> list[str | None]:
        """Return the activity group of what each text of a sale names, ``None`` where that is a guess."""
        found = _by_text(self.texts.wanted_many, texts)
        firsts = (next(iter(found.get(text, ())), None) for text in texts)
        return [first.code if first and first.confidence >= GUESS else None for first in firsts]

    def _profile(self, company: Company, offers: list[Candidate], needs: list[Candidate]) -> Profile:
        stems, trades = self._names.read(company.name)
        codes = (
            company.okved_main, company.okved1_main, company.okved_extra, company.products_okpd2, company.licences,
        )  # fmt: skip
        if offers or needs:
            return self._combine(company, offers, needs, stems, trades)
        key = (*codes, stems, trades)
        known = self._memory.profiles.get(key)
        if known is None:
            known = self._combine(company, [], [], stems, trades)
            if len(self._memory.profiles) < _MOST_REMEMBERED:
                self._memory.profiles[key] = known
        return Profile(company.inn, known.assignments, known.needs, known.unknown_share)

    def _combine(
        self, company: Company, offers: list[Candidate], needs: list[Candidate], stems: frozenset[str], trades: bool
    ) -> Profile:
        evidence = Evidence()
        for source in sources(company, offers):
            evidence.add(source)
        name = name_source(stems, trades, evidence)
        evidence.add(name)
        assignments, unknown = assigned(evidence)
        return Profile(company.inn, assignments, tuple(needs), unknown)


def _by_text(
    classify: Callable[[Sequence[str], int], list[list[Candidate]]], texts: Sequence[str]
) -> dict[str, list[Candidate]]:
    unique = [text for text in dict.fromkeys(texts) if text.strip()]
    if not unique:
        return {}
    return dict(zip(unique, classify([text[:MAX_CHARACTERS] for text in unique], _OFFER_CODES), strict=True))


def assigned(evidence: Evidence) -> tuple[tuple[Assignment, ...], float]:
    """Return assignments by falling share, and the share that cannot be told."""
    odds = evidence.share_odds()
    presence = evidence.presence_odds()
    total = 1.0 + sum(odds.values())
    order = sorted(odds, key=lambda code: (-odds[code], code))
    most = MOST_SPREAD_CODES if order and odds[order[0]] / total < _SPREAD_BELOW * 3 else MOST_CODES
    kept = [
        Assignment(
            code,
            odds[code] / total,
            presence[code] / (1.0 + presence[code]),
            evidence.details.get(code),
            tuple(evidence.reasons[code]),
        )
        for code in order[:most]
        if odds[code] / total >= _LEAST_SHARE
    ]
    return tuple(kept), max(0.0, 1.0 - sum(a.share for a in kept))

"""Whom a maker names as its customers: «мешки для удобрений», «спецодежда для заводов», «корма фермерам»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from matcher.classify.hints import groups_of
from matcher.classify.words import words
from models.resources import read_table

_PURPOSE = re.compile(r"\b(?:для|for)\s+([^.;,()\n]{3,80})", re.IGNORECASE)
_TO_WHOM = ("ам", "ям")


def purposes(text: str) -> tuple[str, ...]:
    """Return the phrases after «для» or "for", up to the next punctuation mark, and words for customers in the dative.

    >>> purposes("Мешки для минеральных удобрений, канистры для автохимии")
    ('минеральных удобрений', 'автохимии')
    >>> purposes("Продаём корма фермерам"), purposes("Производим сахар")
    (('фермерам',), ())
    """
    named = tuple(match.strip() for match in _PURPOSE.findall(text))
    told = (word for word in words(without_purposes(text)) if word.endswith(_TO_WHOM) and customers(word))
    return (*named, *told)


def without_purposes(text: str) -> str:
    """Return a text without its phrases after «для» or "for": what the thing is, not what it is for.

    >>> without_purposes("флаконы для бытовой химии, триггеры")
    'флаконы , триггеры'
    """
    return _PURPOSE.sub("", text)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    rows = read_table("reference/customer_words.csv")
    return {row["stem"]: frozenset(groups_of(tuple(row["okved_prefixes"].split(";")))) for row in rows}


@cache
def all_makers() -> frozenset[str]:
    """Return the groups that «заводы» and its like stand for."""
    return _words()["завод"]


def customers(phrase: str) -> frozenset[str]:
    """Return the groups that words for customers in a phrase stand for; of kinds within one another the narrowest.

    >>> sorted({group[:2] for group in customers("пищевых производств и магазинов")})
    ['10', '11', '47']
    >>> customers("минеральных удобрений")
    frozenset()
    """
    said = words(phrase)
    kinds = {groups for stem, groups in _words().items() if any(word.startswith(stem) for word in said)}
    return frozenset().union(*(kind for kind in kinds if not any(other < kind for other in kinds)))

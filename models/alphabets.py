"""Letters of two alphabets that look alike, put right inside a word."""

from __future__ import annotations

from types import MappingProxyType

#: Latin letters that look like Cyrillic ones, both lower case.
LOOKALIKES = MappingProxyType(dict(zip("aeopcyxkmhtbu", "аеорсухкмнтви", strict=True)))
_TO_CYRILLIC = str.maketrans(dict(LOOKALIKES))
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in LOOKALIKES.items()})


def one_alphabet(word: str) -> str:
    """Return a lower-case word with look-alike letters of the other alphabet replaced.

    A word with Cyrillic letters is Cyrillic unless it has Latin letters that look like none of them.

    >>> one_alphabet("пpаcковейское") == "прасковейское"
    True
    """
    if word.isascii() or not any("a" <= letter <= "z" for letter in word):
        return word
    foreign = any("a" <= letter <= "z" and letter not in LOOKALIKES for letter in word)
    return word.translate(_TO_LATIN if foreign else _TO_CYRILLIC)

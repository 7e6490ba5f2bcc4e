"""Letters of two alphabets: those that look alike, those of the same key, and one in letters of the other."""

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


_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_RUSSIAN_KEYS = str.maketrans(_KEYS, "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ")


def russian_keys(text: str) -> str:
    """Return what the same keys type on a Russian keyboard.

    >>> russian_keys("Fpjn"), russian_keys("[bvbz")
    ('Азот', 'химия')
    """
    return text.translate(_RUSSIAN_KEYS)


#: Cyrillic letters in Latin ones as passports have them.
_LATIN = MappingProxyType(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia"}
)


def latin(text: str) -> str:
    """Return a name in Latin letters, as machine-readable documents write it; other letters as they are.

    References
    ----------
    ICAO Doc 9303, part 3, section 6: recommended transliteration of Cyrillic characters.

    Examples
    --------
    >>> latin("Невинномысский Азот"), latin("ООО «Щёлочь» 2"), latin("СЫР-ЮГ")
    ('Nevinnomysskii Azot', 'OOO «Shcheloch» 2', 'SYR-IUG')
    """
    found = []
    for number, letter in enumerate(text):
        told = _LATIN.get(letter.lower(), letter)
        if letter.lower() in _LATIN and letter.isupper():
            beside = text[number + 1 : number + 2] or text[max(number - 1, 0) : number]
            told = told.upper() if beside.isupper() else told.capitalize()
        found.append(told)
    return "".join(found)

"""Names as keys in one folded alphabet, so that spellings of one name meet whatever letters wrote them.

Both alphabets are folded into lower-case Latin letters and digits: Cyrillic by its usual transliteration, Latin by the
same transliteration with the differences between its systems (passport rules, BGN, ISO 9, press) levelled. The fold is
lossy on purpose; what it merges by accident the rest of the name keeps apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType

from models.alphabets import one_alphabet
from models.names import LEGAL_FORMS

_LETTERS = MappingProxyType(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэ", "abvgdeejziiklmnoprstufhcqwwie", strict=True))
    | {"ъ": "", "ь": "", "ю": "iu", "я": "ia"}
)
_CYRILLIC = str.maketrans(dict(_LETTERS))

#: Latin spellings levelled in this order. The sounds of ж, ч, ш, щ, ц get one letter each: j, q, w, w, c.
_LEVELS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"'", ""), ("q", "k"), ("shch|shh|sch|sh", "W"), ("zh", "J"), ("kh", "h"), ("tch|ch", "Q"), ("ts|tz", "C"),
        ("ck", "k"), ("ph", "f"), ("c(?=[eiy])", "s"), ("c", "k"), ("w", "v"), ("x", "ks"),
        ("[yj]([aou])", r"i\1"), ("io(?=v|n|$)", "e"), ("(?<![a-z])y?e|ye", "e"), ("[yj]", "i"),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1+")
_WORD = re.compile(r"[0-9a-zа-я]+(?:'[a-zа-я]+)*")

#: Words for one kind of company and the short form they are folded to; keys are lower case without ё.
ABBREVIATIONS = MappingProxyType(
    {
        "торговый дом": "тд", "торг дом": "тд", "управляющая компания": "ук", "производственная компания": "пк",
        "торговая компания": "тк", "группа компаний": "гк", "строительная компания": "ск",
        "производственное объединение": "по", "научно производственное объединение": "нпо",
        "научно производственное предприятие": "нпп", "научно производственная фирма": "нпф",
        "научно производственный центр": "нпц", "научно производственная компания": "нпк",
        "научно исследовательский институт": "нии", "строительное управление": "су", "нефтяная компания": "нк",
        "горно металлургическая компания": "гмк", "локомотиворемонтный завод": "лрз",
        "сельскохозяйственный производственный кооператив": "спк", "агропромышленный комплекс": "апк",
        "з д": "завод", "к т": "комбинат", "ф ка": "фабрика", "п ф": "птицефабрика", "птф": "птицефабрика",
        "им": "имени", "маш": "машиностроительный", "к з": "колхоз", "с з": "совхоз", "пр во": "производство",
        "пивзавод": "пивоваренный завод", "молкомбинат": "молочный комбинат", "мясокомбинат": "мясной комбинат",
        "молзавод": "молочный завод", "стройуправление": "су",
    }
)  # fmt: skip
_MORE_FORMS = (
    "филиал", "обособленное подразделение", "представительство", "индивидуальный предприниматель",
    "федеральное государственное унитарное предприятие", "государственное унитарное предприятие",
    "муниципальное унитарное предприятие", "открытого акционерного общества", "акционерного общества",
    "публичного акционерного общества", "закрытого акционерного общества",
    "общества с ограниченной ответственностью", "ooo", "oao", "zao", "pao", "ao", "inc", "gmbh", "plc", "branch",
)  # fmt: skip


def _alternatives(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\S)")


_FORMS = _alternatives((*LEGAL_FORMS, *_MORE_FORMS))

#: Fewest letters of an abbreviation made of initials.
SHORTEST_INITIALS = 3


def plain(text: str) -> str:
    """Return words in lower case with single spaces, without ё, signs, and letters of the other alphabet.

    >>> plain('ООО «Ёлка-Cервис»')
    'ооо елка сервис'
    """
    lowered = (
        unicodedata.normalize("NFKC", text).lower().replace("ё", "е").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    return " ".join(map(one_alphabet, _WORD.findall(lowered)))


def without_forms(words: str) -> str:
    """Return plain words without legal forms and words for a branch.

    >>> without_forms("филиал оао ставролен")
    'ставролен'
    """
    return " ".join(_FORMS.sub(" ", words).split())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return one plain word in the folded alphabet.

    >>> fold("невинномысский") == fold("nevinnomysskiy") == fold("nevinnomyssky")
    True
    >>> fold("челябинский") == fold("cheljabinskij")
    True
    """
    if not word.isascii():
        return _DOUBLED.sub(r"\1", word.translate(_CYRILLIC).replace("'", ""))
    for pattern, by in _LEVELS:
        word = pattern.sub(by, word)
    return _DOUBLED.sub(r"\1", word.lower())


def without_initials(words: Sequence[str]) -> list[str]:
    """Return words without one that only repeats the initials of others in a row.

    >>> without_initials("сзпк ставропольский завод поршневых колец".split())[0]
    'ставропольский'
    """
    initials = "".join(word[0] for word in words)
    return [
        word
        for n, word in enumerate(words)
        if len(word) < SHORTEST_INITIALS or (word not in initials[:n] and word not in initials[n + 1 :])
    ]


def core(words: str) -> tuple[str, ...]:
    """Return the words of a plain text that make the name: no legal form, no initials of the rest.

    >>> core("ооо сити строй")
    ('сити', 'строй')
    """
    return tuple(without_initials(without_forms(words).split()))


def key_words(words: str) -> tuple[str, ...]:
    """Return the folded words of a plain text's core, kinds of company in their short form.

    A text of nothing but legal forms has no words.

    >>> key_words("ооо торговый дом елка") == key_words("td elka")
    True
    """
    folded = " ".join(filter(None, map(fold, core(words))))
    return tuple(_SHORT.sub(lambda found: _FOLDED[found.group()], folded).split())


def _fold_all(words: str) -> str:
    return " ".join(map(fold, words.split()))


_FOLDED = MappingProxyType({_fold_all(long): _fold_all(short) for long, short in ABBREVIATIONS.items()})
_SHORT = _alternatives(tuple(_FOLDED))

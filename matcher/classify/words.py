"""Words of a text: normal form, lemmas, the head noun, the phrases a text consists of.

Russian is lemmatised by pymorphy3; an English word loses its plural ending. Everything here is deterministic and works
on any text: what is no word is left out.

References
----------
Korobov 2015, Morphological Analyzer and Generator for Russian and Ukrainian Languages,
doi:10.1007/978-3-319-26123-2_31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from models.alphabets import one_alphabet


def each(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


#: Words that open a part which says what the thing is for, of or with, not what it is.
TAIL_OPENERS = each(
    """для от под при без за через с со к ко по на в во о об до как
    for from with to in on by under into using"""
)
#: Words that open a part which says what the thing is made of: said of it, though not its name.
MATERIAL_OPENERS = frozenset({"из", "of"})
#: Verbs that say that something is done, not what.
LIGHT_VERBS = each(
    """заниматься осуществлять осуществляться оказывать оказываться выполнять выполняться предлагать предоставлять
    специализироваться работать обеспечивать являться"""
)
#: Words that say nothing of what is made.
STOP_LEMMAS = LIGHT_VERBS | each(
    """и а или также же не на в во с со по о об к у от до за из под при для без через как так что это весь наш ваш свой
    мы вы они он она оно я который быть мочь год г гост ту шт штука кг мм см м л т тн мл мкм размер цвет марка
    тип вид прочий другой иной различный разный любой включать группировка товар продукция продукт изделие услуга работа
    деятельность предоставление область сфера компания предприятие фирма организация завод ооо ао зао пао оао ип россия
    рф высокий качество собственный новый современный широкий ассортимент клиент заказчик эквивалент лот нужда т.д т.п
    тд тп др более менее около основной специальный включая кроме качественный решение успех успешный надежный партнер
    индивидуальный подход бизнес динамично динамичный развиваться развивающийся большой опыт опытный лидер гарантия
    гарантировать доступный цена скидка команда профессионал сотрудничество взаимовыгодный выгодный
    доверие лучший условие уверенный больший снг осуществление оказание выполнение иметь располагать
    находиться основать помогать эко хороший
    the and or of for from with to in on by a an other not elsewhere classified n.e.c nec we our us is are company
    product service activity etc your reliable leading success partner best engage engaged specialize specialise
    specialized specialised specializing specialising provide provides providing offer offers offering"""
)

#: An amount with its unit written together, which tells nothing of the thing.
_AMOUNT = re.compile(
    r"\d+(?:[тглмвах]|кг|мг|гр|мл|мкм|мм|см|дм|км|шт|вт|квт|мвт|ква|кв|куб|кубов|год|лет|kg|g|l|ml|mm|cm|m|kw|mw)\d?"
)

_WORD = re.compile(r"[a-zа-я][a-zа-я0-9]*(?:-[a-zа-я0-9]+)*|\d+[a-zа-я]+\d*", re.IGNORECASE)
_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
#: What a text with an address has in it: looking for one takes time.
_NOISY = ("@", "://", "www.")
_BREAK = re.compile(r"[.!?](?=\s|$)|[\n\r•●▪|]+")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|[;:]|\s[-–—]\s|/|\(|\)")
#: Words, and phrases, of which what was found is remembered.
_PARSES, _PHRASES = 200_000, 4_096
_PARTS = {
    **dict.fromkeys(("ADJF", "ADJS", "PRTF", "PRTS"), "ADJ"),
    **dict.fromkeys(("VERB", "INFN", "GRND"), "VERB"),
    "NOUN": "NOUN",
}


def normal(text: str) -> str:
    """Return a text in lower case, ``ё`` as ``е``, without addresses of pages and letters.

    >>> normal("Ёмкости — см. www.example.org")
    'емкости — см. '
    """
    lower = text.lower().replace("ё", "е").replace("r&d", "research")
    return _NOISE.sub("", lower) if any(sign in lower for sign in _NOISY) else lower


def words(text: str) -> list[str]:
    """Return the words of a text in order, in lower case, each in one alphabet.

    >>> words("Биг-бэги 4-стропные, NPK 16:16:16")
    ['биг-бэги', 'стропные', 'npk']
    >>> words("пoлиэтилeн, PE-плёнка") == ["полиэтилен", "pe-пленка"]
    True
    """
    return list(_words(text))


@lru_cache(maxsize=_PHRASES)
def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_one_alphabet, _WORD.findall(normal(text))))


@lru_cache(maxsize=_PARSES)
def _one_alphabet(word: str) -> str:
    return "-".join(map(one_alphabet, word.split("-")))


@cache
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=_PARSES)
def parse(word: str) -> tuple[str, str]:
    """Return the lemma of a word and its part of speech: ``NOUN``, ``ADJ``, ``VERB`` or ``OTHER``.

    A word that has no part of speech, such as an abbreviation, counts as a noun.

    >>> parse("мешков"), parse("полипропиленовые"), parse("bags")
    (('мешок', 'NOUN'), ('полипропиленовый', 'ADJ'), ('bag', 'NOUN'))
    """
    if word[0].isascii():
        return english_lemma(word), "NOUN"
    best = _analyser().parse(word)[0]
    return best.normal_form.replace("ё", "е"), _PARTS.get(best.tag.POS or "NOUN", "OTHER")


@lru_cache(maxsize=_PARSES)
def is_spelled(word: str) -> bool:
    """Tell whether a Russian dictionary has a form of a word; any word in Latin letters counts as spelled.

    >>> is_spelled("ремонту"), is_spelled("ремот"), is_spelled("bags")
    (True, False, True)
    """
    return word[0].isascii() or bool(_analyser().word_is_known(word))


@lru_cache(maxsize=_PARSES)
def genitive(word: str) -> tuple[bool, bool]:
    """Return whether a Russian noun may stand in the genitive, and whether it can be nothing else.

    >>> genitive("пива"), genitive("вина"), genitive("насосы")
    ((True, True), (True, False), (False, False))
    """
    nouns = [] if word[0].isascii() else [p.tag.case for p in _analyser().parse(word) if p.tag.POS == "NOUN"]
    return "gent" in nouns, bool(nouns) and set(nouns) == {"gent"}


def english_lemma(word: str) -> str:
    """Return an English word without its plural ending.

    >>> [english_lemma(word) for word in ("bags", "boxes", "batteries", "glass", "gas")]
    ['bag', 'box', 'battery', 'glass', 'gas']
    """
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def says_nothing(lemma: str) -> bool:
    """Tell whether a lemma says nothing of a thing: a common word, a single letter, an amount.

    >>> [lemma for lemma in ("насос", "и", "х", "250г", "95") if says_nothing(lemma)]
    ['и', 'х', '250г']
    """
    return lemma in STOP_LEMMAS or (len(lemma) == 1 and lemma.isalpha()) or bool(_AMOUNT.fullmatch(lemma))


def lemmas(text: str) -> tuple[str, ...]:
    """Return the lemmas of the words of a text.

    >>> lemmas("мешки для минеральных удобрений")
    ('мешок', 'для', 'минеральный', 'удобрение')
    """
    return tuple(parse(word)[0] for word in words(text))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase taken apart.

    ``main`` is what comes before the first «для», "for"…; ``tail`` the rest; ``head`` the noun the phrase is
    about (its lemma), empty when there is none. Both lists are lemmas without words that say nothing.
    """

    text: str
    main: tuple[str, ...]
    tail: tuple[str, ...]
    head: str


def phrase(text: str) -> Phrase:
    """Take a phrase apart; of Russian the first noun is the head, of English the last word before a preposition.

    >>> p = phrase("мешки полипропиленовые для удобрений")
    >>> p.head, p.main, p.tail
    ('мешок', ('мешок', 'полипропиленовый'), ('удобрение',))
    >>> phrase("polypropylene bags for fertilizers").head
    'bag'
    """
    found = [(word, *parse(word)) for word in words(text)]
    cut = next((i for i, (word, _, _) in enumerate(found) if i and word in TAIL_OPENERS), len(found))
    if not any(kind == "NOUN" and not says_nothing(lemma) for _, lemma, kind in found[:cut]):
        cut = len(found)
    main = [(word, lemma, kind) for word, lemma, kind in found[:cut] if not says_nothing(lemma)]
    nouns = [(word, lemma) for word, lemma, kind in main if kind == "NOUN"]
    latin = bool(nouns) and all(word[0].isascii() for word, _ in nouns)
    head = (nouns[-1] if latin else nouns[0])[1] if nouns else ""
    return Phrase(text, tuple(x[1] for x in main), tuple(x[1] for x in found[cut:] if not says_nothing(x[1])), head)


def clauses(text: str) -> list[list[str]]:
    """Return the sentences of a text, each as the parts between its commas.

    A part without a noun goes with the next one, so «подсолнечное, льняное масло» keeps its noun.

    >>> clauses("Производим мешки, биг-бэги. Ремонт насосов")
    [['Производим мешки', 'биг-бэги'], ['Ремонт насосов']]
    """
    found = []
    for sentence in _BREAK.split(_NOISE.sub("", text)):
        parts: list[str] = []
        waiting = ""
        for part in _COMMA.split(sentence):
            piece = f"{waiting} {part.strip()}".strip()
            known = [parse(word)[1] for word in words(piece)]
            waiting = piece if known and "NOUN" not in known and "VERB" not in known else ""
            if known and not waiting:
                parts.append(piece)
        if waiting:
            parts.append(waiting)
        if parts:
            found.append(parts)
    return found

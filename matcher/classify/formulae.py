"""What a phrase says that is not its thing: «…, не включенные в другие группировки», «лидер рынка», «…, пакет 5 кг».

An exception ends at the next mark of punctuation, one in brackets with them; in a note of a classification it may be a
list («кроме двигателей, генераторов и проводов») and ends where examples begin.
"""

from __future__ import annotations

import re

_EXCEPT = r"(?:кроме|за\s+исключением|исключая|except)\b"
_IN_BRACKETS = rf"\(\s*{_EXCEPT}[^)\n]*\)?"
_SAYS_NOTHING = re.compile(
    r"операции\s+процесса\s+|,?\s*\bотдельные\b(?=[^.\n]{0,80}субподрядчик)|,?\s*\bвыполняем\w+\s+субподрядчик\w+"
    r"|,?\s*\(?\bне\s+включенн\w+\s+в\s+други\w+\s+группировк\w+\)?"
    r"|\bлидер\w*\s+(?:\w+ого\s+)?рынк\w+"
    r"|\bна\s+(?:\w+ом\s+)?рынке(?=\s*(?:[.,;:!—–-]|$)|\s+(?:с\s+\d|уже|более|больше|около|свыше|\d))"
    rf"|{_IN_BRACKETS}|(?<=[\w,»)])\s*\b{_EXCEPT}\s+(?!того\b|этого\b)[^,;.()\n]*"
    r"|(?<=,)\s*(?:в\s+|по\s+)?(?:пакет|мешк|мешок|ведр|канистр|бутыл|бочк|банк|рулон|короб|ящик|флакон|туб[аы]|биг-бэг|пачк|упаковк"
    r"|кег|bag|bottle|box|drum|can|roll|pack)\w*\s+(?:по\s+|of\s+)?\d[\d.,\sхx×–-]*(?:(?:кг|гр?|т|м?л|мм?|шт|kg|g|m?l|mm?)\b\.?|(?=[,;.)]|$))",
    re.IGNORECASE,
)
_EXCEPTIONS = re.compile(
    rf"{_IN_BRACKETS}|,?\s*\b{_EXCEPT}[^:;.()\n]*?(?=,?\s*\b(?:таки\w+\s+как|например|включая|в\s+том\s+числе)\b|[:;.()\n]|$)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text without set phrases, what it makes an exception of, and what a thing comes packed in.

    >>> plain("Услуги по производству абразивных изделий отдельные, выполняемые субподрядчиком").rstrip()
    'Услуги по производству абразивных изделий'
    >>> plain("Орехи прочие, не включенные в другие группировки").rstrip()
    'Орехи прочие'
    >>> plain("Лидер российского рынка. На рынке с 2005 года. Услуги на рынке ценных бумаг").strip(" .")
    'с 2005 года. Услуги на рынке ценных бумаг'
    >>> plain("Электростанции, кроме атомных"), plain("Кроме мешков, выпускаем канаты")
    ('Электростанции, ', 'Кроме мешков, выпускаем канаты')
    >>> plain("Уголь для мангала, пакет 5 кг, розжиг"), plain("Канистра 10 л")
    ('Уголь для мангала, , розжиг', 'Канистра 10 л')
    >>> plain("Кислоты (кроме азотной, соляной) и соли")
    'Кислоты   и соли'
    """
    return _SAYS_NOTHING.sub(" ", text)


def without_exceptions(note: str) -> str:
    """Return an item of a note without what it makes an exception of, up to its end.

    >>> without_exceptions("производство кислот (кроме азотной, соляной), щелочей")
    'производство кислот , щелочей'
    >>> without_exceptions("сталь, кроме нержавеющей, рельсовой, например слитки")
    'сталь, например слитки'
    >>> without_exceptions("суда, кроме паромов, яхт")
    'суда'
    """
    return _EXCEPTIONS.sub("", note)

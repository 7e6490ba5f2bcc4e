"""What of a text leads to a person: addresses, telephones, accounts, numbers, names. No kept text has any of it.

Words are judged as names by the same rule as names of firms without an INN (:mod:`matcher.intake.unidentified`): in
doubt for the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.intake.unidentified import names_person
from models.text import T, Text

#: Patterns of what leads to a person, each with what it is.
_PATTERNS: tuple[tuple[Text, re.Pattern[str]], ...] = (
    (T("an e-mail address"), re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    (T("a telephone number"), re.compile(
        r"(?<![\d-])(?:(?:\+7|\b[78])[\s(-]*\d{3,4}[\s)-]*\d{2,3}[\s-]?\d{2}[\s-]?\d{2}(?:[\s-]?\d)?(?![\d-])"
        r"|\+\d[\d\s()-]{8,}\d|\(\d{3,5}\)\s?\d{1,3}[\s-]\d{2}[\s-]?\d{2}|\d{3}-\d{2}-\d{2}(?![\d-]))"
    )),
    (T("an account of a messenger or a network"), re.compile(
        r"(?:(?<!\w)@[a-z]\w{3,}|\b(?:t\.me|wa\.me|vk\.com|ok\.ru|viber|whatsapp|telegram|телеграм\w*|ватсап\w*)\b)",
        re.I,
    )),
    (T("a number of twelve digits, as persons have"), re.compile(r"(?<!\d)\d{12}(?!\d)")),
)  # fmt: skip
#: Words with a capital one after another, and initials among them.
_NAMES = re.compile(r"[А-ЯЁ](?:\.|[а-яё-]+)(?:\s*[А-ЯЁ](?:\.|[а-яё-]+)){1,2}")
_QUOTED = re.compile(r"[«\"“„][^»\"”“]*[»\"”“]")


def personal(text: str) -> Iterator[tuple[Text, str]]:
    """Yield what of a text leads to a person: what it is, and the words.

    Names between quotation marks are names of firms and goods.

    >>> [words for _, words in personal("Мешки, звонить Иванову Петру: 8 (8652) 12-34-56")]
    ['8 (8652) 12-34-56', 'Иванову Петру']
    >>> list(personal("Аммиак 7664-41-7, ГОСТ 6221-90, партия 1 200 000 кг, завод «Пётр Великий», от 500 000 руб."))
    []
    """
    for what, pattern in _PATTERNS:
        yield from ((what, found.group().strip()) for found in pattern.finditer(text))
    for found in _NAMES.finditer(_QUOTED.sub(" ", text)):
        if names_person(found.group()):
            yield T("the name of a person"), found.group()

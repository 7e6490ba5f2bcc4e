"""Texts that are read in Russian or English, kept apart from the language until someone reads them.

A :class:`Text` is an English message id with parameters. It is built where the fact is known and rendered where the
language is known, so no computation ever depends on a language.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

Lang = Literal["ru", "en"]

LOCALES = Path(__file__).parent / "locale"
#: Messages of which the translation is at hand: more than there are.
MESSAGES = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """A message with parameters, rendered in a language on demand.

    Parameters
    ----------
    msgid
        English text in :meth:`str.format` syntax; also the key of the Russian catalogue.
    params
        Values for the placeholders. A parameter may be a :class:`Text` itself. Without a message id: what is said in
        each language (:func:`either`).

    Examples
    --------
    >>> T("{count} firms", count=3).render("en")
    '3 firms'
    """

    msgid: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    def render(self, lang: Lang) -> str:
        """Return the text in ``lang``."""
        params = self.params
        if not self.msgid:
            return str(params.get(lang, ""))
        message = message_of(self.msgid, lang)
        if not params:
            return message
        for value in params.values():
            if isinstance(value, Text):
                params = {k: v.render(lang) if isinstance(v, Text) else v for k, v in params.items()}
                break
        return message.format_map(params)

    def __str__(self) -> str:
        return self.render("en")


def T(msgid: str, /, **params: Any) -> Text:  # noqa: N802 - the gettext keyword of this code base
    """Mark ``msgid`` for translation and bind its parameters."""
    return Text(msgid, params)


def either(ru: str, en: str) -> Text:
    """Return a text that no catalogue translates: a quotation found in both languages.

    >>> T("spelled like {text}", text=either("мешки", "bags")).render("en")
    'spelled like bags'
    """
    return Text("", {"ru": ru, "en": en})


@lru_cache(MESSAGES)
def message_of(msgid: str, lang: Lang) -> str:
    """Return a message in ``lang``, placeholders and all."""
    return translations(lang).gettext(msgid)


@cache
def translations(lang: Lang) -> gettext.NullTranslations:
    """Return the catalogue of ``lang``; English is the language of the message ids and needs none.

    The ``.po`` file is read as it stands, so there is no compiled copy that could fall behind it.
    """
    path = LOCALES / f"{lang}.po"
    if lang == "en" or not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language_of(text: str) -> Lang:
    """Return the language a text is written in, judged by its letters.

    >>> language_of("Мешки 50 kg"), language_of("Sacks")
    ('ru', 'en')
    """
    return "ru" if any("а" <= letter <= "я" or letter == "ё" for letter in text.lower()) else "en"

"""Which language a visitor reads, and texts in it."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import current_app, g, request
from werkzeug.datastructures import LanguageAccept

from models.settings import Settings
from models.text import Lang, Text

LANGUAGES: tuple[Lang, ...] = ("ru", "en")
#: Where a visitor's choice of language is remembered.
COOKIE = "lang"
#: A year, seconds.
COOKIE_AGE_S = 365 * 24 * 3600
#: Name of the application's settings in its configuration.
SETTINGS = "ZVENO_SETTINGS"


def as_language(text: str | None) -> Lang | None:
    """Return the language a text names, or ``None``.

    >>> as_language("en"), as_language("de"), as_language(None)
    ('en', None, None)
    """
    return next((lang for lang in LANGUAGES if lang == text), None)


def accepted_language(accepted: LanguageAccept) -> Lang | None:
    """Return the better of the two languages for what a browser says it accepts, ``None`` if it names neither.

    >>> accepted_language(LanguageAccept([("de", 1.0), ("en-GB", 0.8), ("ru", 0.4)]))
    'en'
    """
    main = (value.partition("-")[0].lower() for value, quality in accepted if quality > 0)
    return next((lang for name in main if (lang := as_language(name))), None)


def choose(asked: str | None, cookie: str | None, accepted: LanguageAccept, default: Lang) -> Lang:
    """Return the language of an answer: asked for, remembered, accepted by the browser, or the default.

    >>> choose(None, "en", LanguageAccept([("ru", 1.0)]), "ru")
    'en'
    """
    return as_language(asked) or as_language(cookie) or accepted_language(accepted) or default


def current_language() -> Lang:
    """Return the language of the present request."""
    known: Lang | None = g.get("lang")
    if known is None:
        settings: Settings = current_app.config[SETTINGS]
        known = choose(request.args.get("lang"), request.cookies.get(COOKIE), request.accept_languages, settings.lang)
        g.lang = known
    return known


def t(msgid: str, /, **params: Any) -> str:
    """Return a text of a template in the visitor's language; a parameter may be a :class:`Text` itself."""
    return say(Text(msgid, params)) if params else plain(msgid, current_language())


@cache
def plain(msgid: str, lang: Lang) -> str:
    """Return a text without parameters in a language; there are as many as templates have."""
    return Text(msgid).render(lang)


def say(text: Text) -> str:
    """Return a text in the visitor's language."""
    return text.render(current_language())

"""Set phrases of classifications that say nothing of the thing: «…, не включенные в другие группировки»."""

from __future__ import annotations

import re

_SAYS_NOTHING = re.compile(
    r"операции\s+процесса\s+|,?\s*\bотдельные\b(?=[^.\n]{0,80}субподрядчик)|,?\s*\bвыполняем\w+\s+субподрядчик\w+"
    r"|,?\s*\(?\bне\s+включенн\w+\s+в\s+други\w+\s+группировк\w+\)?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text without set phrases.

    >>> plain("Услуги по производству абразивных изделий отдельные, выполняемые субподрядчиком").rstrip()
    'Услуги по производству абразивных изделий'
    >>> plain("Орехи прочие, не включенные в другие группировки").rstrip()
    'Орехи прочие'
    """
    return _SAYS_NOTHING.sub(" ", text)

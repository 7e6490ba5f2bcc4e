"""What a product is for, when its maker says so: "мешки для минеральных удобрений" names a customer."""

from __future__ import annotations

import re

_PURPOSE = re.compile(r"\b(?:для|for)\s+([^.;,()\n]{3,80})", re.IGNORECASE)


def purposes(text: str) -> tuple[str, ...]:
    """Return the phrases after «для» or "for", without what follows the next punctuation mark.

    >>> purposes("Мешки для минеральных удобрений, канистры для автохимии")
    ('минеральных удобрений', 'автохимии')
    >>> purposes("Производим сахар")
    ()
    """
    return tuple(match.strip() for match in _PURPOSE.findall(text))

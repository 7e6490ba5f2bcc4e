"""When a visitor was here before: a cookie of this browser, so that the first page can tell what is new since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import request
from werkzeug.wrappers import Response

COOKIE = "seen"
#: A year, seconds.
COOKIE_AGE_S = 365 * 24 * 3600
#: A visit ends when nothing was looked at for so long.
PAUSE = timedelta(minutes=30)
#: What counts as new for whoever comes for the first time.
FIRST = timedelta(days=7)


def visits(cookie: str, now: datetime) -> tuple[datetime, datetime]:
    """Return when the visit before this one ended, and when this one was last heard of: now.

    Parameters
    ----------
    cookie
        Both moments as they were kept, seconds since 1970; anything else says nothing.
    now
        The present moment.

    Examples
    --------
    >>> now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    >>> visits("", now)[0].day, visits("1772960400.1773057000", now)[0].isoformat()
    (2, '2026-03-08T09:00:00+00:00')
    >>> visits("1.1773000000", now)[0].isoformat()
    '2026-03-08T20:00:00+00:00'
    """
    before, _, last = cookie.partition(".")
    kept = [read(text, now) for text in (before, last)]
    if kept[1] is None or kept[0] is None:
        return now - FIRST, now
    return (kept[1] if now - kept[1] > PAUSE else kept[0]), now


def read(text: str, now: datetime) -> datetime | None:
    """Return a moment kept in a cookie, ``None`` for nonsense and for the future."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    moment = datetime.fromtimestamp(int(text), UTC)
    return moment if moment <= now else None


def since() -> datetime:
    """Return the end of the visitor's visit before this one."""
    return visits(request.cookies.get(COOKIE, ""), datetime.now(UTC))[0]


def remember(response: Response) -> Response:
    """Keep when the visitor was here."""
    before, now = visits(request.cookies.get(COOKIE, ""), datetime.now(UTC))
    kept = f"{before.timestamp():.0f}.{now.timestamp():.0f}"
    response.set_cookie(COOKIE, kept, max_age=COOKIE_AGE_S, httponly=True, samesite="Lax")
    return response

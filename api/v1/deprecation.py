"""What is going away, since when, until when, and what to use instead; nothing does at present.

An operation that is to go is answered for a year at least with the headers ``Deprecation`` (RFC 9745), ``Sunset``
(RFC 8594) and a ``Link`` to what replaces it, and is marked in the description. Parameters, keys and codes of errors
are only added within a version of the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from werkzeug.http import http_date
from werkzeug.wrappers import Response

#: The shortest time between the announcement and the end of an operation.
NOTICE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deprecation:
    """The end of an operation.

    Parameters
    ----------
    since, sunset
        When it was announced, and when the operation ends.
    instead
        Address of what replaces it.
    """

    since: datetime
    sunset: datetime
    instead: str


#: Operations that are going away, by the name of the view.
DEPRECATED: Mapping[str, Deprecation] = {}


def headers_of(end: Deprecation) -> dict[str, str]:
    """Return what is told of the end of an operation.

    >>> headers_of(Deprecation(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), "/api/v2/gaps"))[
    ...     "Deprecation"]
    '@1798761600'
    """
    return {
        "Deprecation": f"@{end.since.astimezone(UTC).timestamp():.0f}",
        "Sunset": http_date(end.sunset),
        "Link": f'<{end.instead}>; rel="successor-version"',
    }


def tell(response: Response) -> Response:
    """Tell whoever asks for something that it is going away."""
    end = DEPRECATED.get((request.endpoint or "").removeprefix("v1."))
    for name, value in headers_of(end).items() if end else ():
        response.headers.add(name, value)
    return response

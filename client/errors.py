"""What the API answers when it cannot do what was asked.

::

    ApiError
    ├── Refused      400, 409, 422: what was sent cannot be taken; ``fields`` say which part of it
    ├── NotAllowed   401, 403: the token is wrong or may not do this
    ├── NotFound     404: no such firm, or nothing of that number
    └── Busy         429, 503: come again after ``retry_after`` seconds
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """An answer that is no success.

    Parameters
    ----------
    status
        HTTP status.
    problem
        The problem document; empty if something in between answered.
    retry_after
        Seconds after which to come again, where the answer says so.
    """

    def __init__(self, status: int, problem: Mapping[str, Any], retry_after: float | None = None) -> None:
        told = problem.get("error", {})
        self.status = status
        self.code: str = told.get("code", "")
        self.message: str = told.get("message", "")
        self.hint: str = told.get("hint", "")
        self.fields: Sequence[Mapping[str, str]] = problem.get("errors", ())
        self.retry_after = retry_after
        super().__init__(f"{status} {self.code}: {self.message} ({self.hint})")


class Refused(ApiError):
    """What was sent cannot be taken."""


class NotAllowed(ApiError):
    """The token is wrong or may not do this."""


class NotFound(ApiError):
    """No such firm, or nothing of that number."""


class Busy(ApiError):
    """Come again later."""


_KINDS: Mapping[int, type[ApiError]] = {
    400: Refused, 401: NotAllowed, 403: NotAllowed, 404: NotFound, 409: Refused, 422: Refused, 429: Busy, 503: Busy,
}  # fmt: skip


def error_of(status: int, problem: Mapping[str, Any], retry_after: float | None) -> ApiError:
    """Return the error of an answer.

    >>> type(error_of(404, {}, None)).__name__
    'NotFound'
    """
    return _KINDS.get(status, ApiError)(status, problem, retry_after)

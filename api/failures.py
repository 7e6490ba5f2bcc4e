"""What a visitor is told when something goes wrong: one document for the API and the pages, and its HTTP status."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.exceptions import HTTPException

from api.bad_fields import RefusedFields
from models.errors import (
    AccessError,
    DataError,
    InvalidIdentifier,
    NothingSuch,
    SourceDrift,
    StorageError,
    UnknownCompany,
    UsageError,
    ZvenoError,
)
from models.text import T, Text

#: HTTP status of each class of errors; the nearest class of an error decides.
STATUS: Mapping[type[ZvenoError], int] = {
    InvalidIdentifier: 400,
    UsageError: 400,
    RefusedFields: 422,
    UnknownCompany: 404,
    NothingSuch: 404,
    AccessError: 403,
    SourceDrift: 500,
    DataError: 422,
    StorageError: 503,
    ZvenoError: 422,
}


class WebError(ZvenoError):
    """An error of the web server itself, with the status and code of its kind."""

    def __init__(self, status: int, code: str, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.status = status
        self.code = code  # type: ignore[misc]


_HTTP: Mapping[int, tuple[str, Text, Text]] = {
    401: ("unauthorized", T("sign in first"), T("go to the first page and choose from the menu")),
    404: ("not_found", T("there is no such page"), T("go to the first page and choose from the menu")),
    405: ("method_not_allowed", T("this address does not take this method"),
          T("send one of the methods that the header Allow names")),
    415: ("unsupported_media_type", T("content of another type is expected"),
          T("send JSON with the header Content-Type: application/json")),
    413: ("too_large", T("the request is too large"),
          T("shorten the text or send a smaller file; very large ones are imported with zveno import FILE")),
    500: ("internal", T("something went wrong on our side"), T("try again; if it stays, tell whoever runs the server")),
}  # fmt: skip
_OTHER = ("bad_request", T("the request cannot be understood"), T("go to the first page and choose from the menu"))


def status_of(error: ZvenoError) -> int:
    """Return the HTTP status of an error.

    >>> status_of(UnknownCompany(T("INN 1 is not in the register")))
    404
    """
    if isinstance(error, WebError):
        return error.status
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def of_http(error: HTTPException) -> WebError:
    """Return an HTTP error in the shape of all others, without what the framework says of itself."""
    status = error.code or 500
    return WebError(status, *_HTTP.get(status, _OTHER))

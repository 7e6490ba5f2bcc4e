"""Lists are read page by page: each page names the cursor of the next one.

A cursor says where the last item stands in the order of its list, not how many came before, so that what is added or
taken away meanwhile neither repeats an item nor skips one. It is signed: another's, a changed one, and one of a list
asked for otherwise are refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import after_this_request, request
from werkzeug.wrappers import Response

from api.asking import desk
from api.bad_fields import BadField, BadFields
from matcher.report.frame import Document
from models.text import T

#: Parameters that change how a list is cut or worded, not which list it is.
OF_PAGE = frozenset({"cursor", "top", "lang"})
_MARK_BYTES = 12
Key = tuple[Any, ...]


def present_key() -> Key | None:
    """Return where the page before the present one ended, ``None`` for the first page.

    Raises
    ------
    BadFields
        If the cursor is none of this list.
    """
    text = request.args.get("cursor", "").strip()
    if not text:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    mark, key = raw[:_MARK_BYTES], raw[_MARK_BYTES:]
    if not hmac.compare_digest(mark, _mark(key)):
        told = T("the cursor is none of this list")
        hint = T("take next_cursor of the page before, and ask with the same parameters")
        raise BadFields([BadField("parameter", "cursor", told, hint)])
    return tuple(orjson.loads(key))


def cursor_of(key: Key) -> str:
    """Return the cursor of the page after an item of the present list."""
    raw = orjson.dumps(key)
    return base64.urlsafe_b64encode(_mark(raw) + raw).decode().rstrip("=")


def _mark(key: bytes) -> bytes:
    asked = sorted(
        (name, text) for name, text in request.args.items(multi=True) if name not in OF_PAGE and text.strip()
    )
    told = repr((request.path, asked)).encode() + key
    return hmac.digest(desk().secret.encode(), told, hashlib.sha256)[:_MARK_BYTES]


def with_next(document: Document, key: Key | None) -> Document:
    """Return a page with the cursor of the next one, also as a ``Link`` header; ``None`` for the last page."""
    cursor = None if key is None else cursor_of(key)
    if cursor is not None:
        given = [(name, text) for name, text in request.args.items(multi=True) if name != "cursor"]
        link = f'<{request.path}?{urlencode([*given, ("cursor", cursor)])}>; rel="next"'

        @after_this_request
        def tell(response: Response) -> Response:
            response.headers["Link"] = link
            return response

    return {**document, "next_cursor": cursor}


def page(items: Sequence[Any], top: int, key: Callable[[Any], Key], told: Callable[[Any], Document]) -> Document:
    """Return a page of a list.

    Parameters
    ----------
    items
        The whole list, in the order of ``key``, ascending.
    top
        How many items a page has.
    key
        Where an item stands.
    told
        What is answered of an item.
    """
    begin = present_key()
    rest: Iterable[Any] = items if begin is None else [item for item in items if key(item) > begin]
    shown = list(rest)[: top + 1]
    last = key(shown[top - 1]) if len(shown) > top else None
    return with_next({"total": len(items), "items": [told(item) for item in shown[:top]]}, last)

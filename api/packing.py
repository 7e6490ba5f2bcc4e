"""Answers packed on their way (RFC 9110, ``Content-Encoding``): whoever takes gzip gets a fifth of the bytes.

Files of the site are packed once and kept. A stream goes out as it is made, and what is packed already (XLSX, PDF) is
left alone. A page repeats the secret of its session, and its length, packed beside a guess, would tell of it; but
cookies travel with requests of other sites only as a window opens in sight (``SameSite=Lax``), not by thousands.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

#: Kinds of content that shrink.
TEXTS = frozenset(
    {
        "text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/calendar",
        "application/json", "application/problem+json", "application/geo+json", "application/graphml+xml",
        "image/svg+xml",
    }
)  # fmt: skip
#: Answers without a whole: a part of a file, nothing new.
PARTIAL = frozenset({206, 304})
#: Bytes below which packing gains nothing.
LEAST = 1024
#: How hard is tried, from 1 to 9: the next takes half as long again to spare a fiftieth.
LEVEL = 5


def register(app: Flask) -> None:
    """Pack the answers of an application; it has to come before whatever looks into them."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """Pack an answer for whoever takes it so."""
    if response.mimetype not in TEXTS or (response.is_streamed and not is_file()):
        return response
    response.vary.add("Accept-Encoding")
    if not is_wanted(response):
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < LEAST:
        return response
    response.set_data(packed_once(plain) if is_file() else packed(plain))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same content, no longer the same bytes
    return response


def is_file() -> bool:
    """Tell whether a file of the site is asked for, which is read whole from the disk."""
    return request.endpoint == "static"


def is_wanted(response: Response) -> bool:
    """Tell whether the visitor takes packed answers and this one is whole."""
    takes = request.accept_encodings.quality("gzip") > 0 and request.method != "HEAD"
    return takes and response.status_code not in PARTIAL and "Content-Encoding" not in response.headers


def packed(plain: bytes) -> bytes:
    """Return bytes packed; the same bytes give the same.

    >>> gzip.decompress(packed(b"zveno" * 9)) == b"zveno" * 9, packed(b"zveno") == packed(b"zveno")
    (True, True)
    """
    return gzip.compress(plain, LEVEL, mtime=0)


packed_once = lru_cache(maxsize=16)(packed)

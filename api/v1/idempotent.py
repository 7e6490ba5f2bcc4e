"""A POST with the header ``Idempotency-Key`` is done once: sent again, it is answered as the first time.

The key holds for 24 hours and for who sent it. The same key with another request is refused (422), and so is the same
request while the first one is at work (409). An answer that tells of a defect or of a busy database is not kept; nor
are passwords and tokens that an answer shows.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO

import orjson
from flask import current_app, g, request
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import desk
from api.bad_fields import BadField, BadFields
from api.failures import WebError
from api.v1.conditional import is_handed_over
from models.errors import StorageError
from models.idempotency import IdempotentRequests
from models.text import T

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
LONGEST = 200
#: Headers of an answer that are repeated.
REPEATED = ("Content-Type", "Location")
_READ_AT_ONCE = 1 << 20


def begin() -> Response | None:
    """Take the key of a request, or answer it as the first time.

    Raises
    ------
    BadFields
        If the key is none.
    WebError
        If the key is another request's, or the request is being answered.
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not re.fullmatch(f"[!-~]{{1,{LONGEST}}}", key):
        told = T("the idempotency key cannot be taken"), T("send 1 to {count} visible ASCII signs", count=LONGEST)
        raise BadFields([BadField("parameter", HEADER, *told)])
    digest, owner = digest_of_request(), member().login
    with desk().store.begin() as unit:
        kept = IdempotentRequests(unit.connection).begin(owner, key, digest)
    if kept is None:
        g.idempotent = owner, key
        return None
    if kept.digest != digest:
        raise WebError(422, "key_reused", T("this idempotency key was sent with another request"),
                       T("make a new key for each request; a key is remembered for 24 hours"))  # fmt: skip
    if kept.status is None:
        raise WebError(409, "conflict", T("a request with this idempotency key is being answered"),
                       T("wait a second and send it again"))  # fmt: skip
    response = current_app.response_class(kept.body, kept.status, headers=dict(kept.headers))
    response.headers[REPLAYED] = "true"
    return response


def shown_once(*names: str) -> None:
    """Keep these fields of the present answer nowhere: sent again, it has null in their place."""
    g.shown_once = names


def kept_text(response: Response) -> str:
    """Return what is kept of an answer."""
    text = response.get_data(as_text=True)
    if "shown_once" not in g or response.status_code >= 400:
        return text
    return orjson.dumps({**orjson.loads(text), **dict.fromkeys(g.shown_once)}).decode()


def end(response: Response) -> Response:
    """Keep the answer of a request with a key."""
    if body := g.pop("sent_body", None):
        body.close()
    if "idempotent" not in g:
        return response
    owner, key = g.idempotent
    headers = {name: response.headers[name] for name in REPEATED if name in response.headers}
    with suppress(StorageError), desk().store.begin() as unit:  # the deed is done; its key is free again after a while
        requests = IdempotentRequests(unit.connection)
        if response.status_code < 500 and not is_handed_over(response):
            requests.end(owner, key, response.status_code, headers, kept_text(response))
        else:
            requests.forget(owner, key)
    return response


def digest_of_request() -> str:
    """Return a digest of what is asked: method, address, fields, the content of files."""
    digest = hashlib.sha256(f"{request.method} {request.full_path} {request.mimetype}\n".encode())
    if request.is_json:
        digest.update(request.get_data())
        return digest.hexdigest()
    for name, file in sorted(request.files.items(multi=True), key=itemgetter(0)):
        digest.update(f"{name} {file.filename}\n".encode())
        while part := file.stream.read(_READ_AT_ONCE):
            digest.update(part)
        file.stream.seek(0)
    digest.update(repr(sorted(request.form.items(multi=True))).encode())
    g.sent_body = TemporaryFile()  # noqa: SIM115 - it is closed when the request is answered
    while part := request.stream.read(_READ_AT_ONCE):
        digest.update(part)
        g.sent_body.write(part)
    g.sent_body.seek(0)
    return digest.hexdigest()


def sent_body() -> IO[bytes]:
    """Return the body of the present request, which is no form, whether its digest was taken or not."""
    found: IO[bytes] = g.get("sent_body") or request.stream
    return found

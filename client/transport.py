"""How requests are sent: with the token, again when the server is busy, and not at all for what has not changed."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Self

import httpx2

from client.errors import Busy, error_of

#: Answers with a tag that are remembered.
MOST_KEPT = 200
#: How often a request is sent at most, and how long one waits between two attempts unless the server says, seconds.
ATTEMPTS, WAIT_S, LONGEST_WAIT_S = 4, 1.0, 60.0
LINES = "application/x-ndjson"
Params = Mapping[str, Any]


class Transport:
    """Sends the requests of a client.

    Parameters
    ----------
    address
        Where Zveno is served, for example ``https://zveno.example.org``.
    token
        A token of an account: ``zveno user token LOGIN``.
    lang
        Language of texts, ``ru`` or ``en``.
    timeout
        Seconds one waits for a step of an answer.
    transport
        Another way to send requests, for tests.
    """

    def __init__(
        self,
        address: str,
        token: str,
        lang: str = "ru",
        timeout: float = 60.0,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._http = httpx2.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            headers={"Authorization": f"Bearer {token}", "Accept-Language": lang},
            timeout=timeout,
            transport=transport,
        )
        self._kept: dict[str, tuple[str, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def every(self, read: Callable[..., Any], *path: Any, **asked: Any) -> Iterator[Any]:
        """Yield the items of every page of a list.

        Parameters
        ----------
        read
            The method that reads a page, for example ``zveno.companies``.
        path, asked
            What it is asked for.
        """
        cursor: str | None = None
        while True:
            page = read(*path, **asked, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def _read(self, path: str, params: Params) -> Any:
        """Return the document of an address, the one at hand if the server says that it has not changed."""
        request = self._http.build_request("GET", path, params=given(params))
        kept = self._kept.get(str(request.url))
        if kept:
            request.headers["If-None-Match"] = kept[0]
        response = self._sent(request)
        if kept and response.status_code == 304:
            return kept[1]
        document = response.json()
        if tag := response.headers.get("ETag"):
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[str(request.url)] = tag, document
        return document

    def _write(
        self, method: str, path: str, params: Params, body: Any = None, content: Any = None, key: str | None = None
    ) -> Any:
        """Send a document or content and return the answer; a POST has a key, so that it is done once if sent again."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())} if method == "POST" else {}
        if content is not None:
            headers["Content-Type"] = LINES if isinstance(content, list) else "application/octet-stream"
        request = self._http.build_request(
            method, path, params=given(params), json=body, content=whole(content), headers=headers
        )
        response = self._sent(request)
        return response.json() if response.content else None

    def _file(self, method: str, path: str, params: Params, body: Any = None) -> bytes:
        """Return the content of a file."""
        return self._sent(self._http.build_request(method, path, params=given(params), json=body)).content

    def _lines(self, method: str, path: str, params: Params, content: list[bytes] | None = None) -> Iterator[Any]:
        """Yield the documents of an answer of lines, as they come."""
        headers = {} if content is None else {"Content-Type": LINES}
        sent, asked = whole(content), given(params)
        with self._http.stream(method, path, params=asked, content=sent, headers=headers, timeout=None) as response:
            checked(response)
            for line in response.iter_lines():
                if line:
                    yield json.loads(line)

    def _events(self, path: str, params: Params) -> Iterator[tuple[str, Any]]:
        """Yield the name and the document of each event of a stream, as they come."""
        with self._http.stream("GET", path, params=given(params)) as response:
            checked(response)
            name = ""
            for line in response.iter_lines():
                field, _, text = line.partition(": ")
                name = text if field == "event" else name
                if field == "data":
                    yield name, json.loads(text)

    def _sent(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, again while the server is busy or the connection breaks; a write only if it has a key."""
        safe = request.method == "GET" or "Idempotency-Key" in request.headers
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS or not safe
            try:
                return checked(self._http.send(request))
            except Busy as busy:
                if last:
                    raise
                wait = busy.retry_after
            except httpx2.TransportError:
                if last:
                    raise
                wait = None
            time.sleep(min(WAIT_S * 2 ** (attempt - 1) if wait is None else wait, LONGEST_WAIT_S))
        raise AssertionError("the last attempt returns or raises")


def given(params: Params) -> dict[str, Any]:
    """Return the parameters that were given.

    >>> given({"inn": "2631015563", "top": None, "sme": True})
    {'inn': '2631015563', 'sme': 'true'}
    """
    named = {name: value for name, value in params.items() if value is not None}
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in named.items()}


def checked(response: httpx2.Response) -> httpx2.Response:
    """Return an answer if it is a success.

    Raises
    ------
    ApiError
        If it is none.
    """
    if response.status_code < 400:
        return response
    try:
        problem = json.loads(response.read())
    except ValueError:
        problem = {}
    after = response.headers.get("Retry-After", "")
    told = problem if isinstance(problem, dict) else {}
    raise error_of(response.status_code, told, float(after) if after.isdigit() else None)


def whole(content: bytes | IO[bytes] | list[bytes] | None) -> bytes | None:
    """Return what is to be sent as one piece, so that it can be sent again.

    >>> whole([b"a", b"b"]), whole(b"c"), whole(None)
    (b'ab', b'c', None)
    """
    if isinstance(content, list):
        return b"".join(content)
    return content if content is None or isinstance(content, bytes) else content.read()


def lines_of(documents: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """Return documents as lines."""
    return [json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in documents]


File = bytes | IO[bytes]

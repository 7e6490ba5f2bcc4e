"""Answers packed for whoever takes them so, and the bytes of the first page as they go over the wire."""

from __future__ import annotations

import gzip
import re
from functools import partial

import pytest

from tests.integration.test_api_pages import AZOT

PACKED = {"Accept-Encoding": "gzip, deflate, br"}
#: What the first page and the files it loads may weigh, packed.
FIRST_PAGE_BYTES = 150_000


@pytest.fixture(scope="module")
def get(demo_app):
    """What asks for an address, and closes the files it is answered with."""
    return partial(demo_app.test_client().get, buffered=True)


@pytest.mark.parametrize("path", ["/", f"/companies/{AZOT}", f"/api/v1/suppliers?inn={AZOT}", "/static/zveno.css"])
def test_whoever_takes_gzip_gets_the_same_in_fewer_bytes(get, path):
    plain, small = get(path), get(path, headers=PACKED)
    assert small.headers["Content-Encoding"] == "gzip"
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
    assert without_secrets(gzip.decompress(small.data)) == without_secrets(plain.data)
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.vary


def without_secrets(page: bytes) -> bytes:
    """Leave out what each visit has of its own."""
    return re.sub(rb'name="csrf" value="[^"]*"', b"", page)


def test_what_is_packed_is_recognised_when_it_is_asked_for_again(get):
    for path in ("/static/zveno.css", f"/api/v1/suppliers?inn={AZOT}"):
        tag = get(path, headers=PACKED).headers["ETag"]
        assert tag.startswith("W/"), "the same content, not the same bytes"
        again = get(path, headers={**PACKED, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("path", "headers", "why"),
    [
        ("/health", PACKED, "too short to gain anything"),
        ("/static/zveno.css", {"Accept-Encoding": "gzip;q=0"}, "refused"),
        ("/static/zveno.css", {**PACKED, "Range": "bytes=0-99"}, "a part of a file"),
        ("/api/v1/bulk/companies?region=26", PACKED, "goes out line by line"),
        (f"/suppliers.xlsx?inn={AZOT}", PACKED, "packed already"),
    ],
)
def test_what_is_sent_as_it_is(get, path, headers, why):
    assert "Content-Encoding" not in get(path, headers=headers).headers, why


def test_the_first_page_and_its_files_are_light(get):
    page = get("/", headers=PACKED)
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page.data).decode())
    assert len(files) >= 4
    weights = [len(page.data), *(len(get(path, headers=PACKED).data) for path in files)]
    assert sum(weights) < FIRST_PAGE_BYTES, weights

"""The measurement of pages: a real server over a generated register, every page of the mix answered."""

from __future__ import annotations

import http.client
import http.server
import threading
from contextlib import closing

import pytest

from matcher.bench.web import AGAIN_S, SEED, Asked, ask_alone, asked, bench_web, pages_of
from matcher.index.generated import generated_firms
from models.classifications import groups
from models.errors import StorageError


def test_every_page_of_the_mix_is_asked_for_and_measured():
    figures = bench_web(120, users=2, seconds=5)
    names = list(pages_of(generated_firms(3, groups(), SEED)))
    assert figures["requests"] > 3
    for name in names:
        assert figures[f"{name}_first_ms"] > 0
        assert figures[f"{name}_kb"] > 1
        assert figures[f"{name}_cpu_median_ms"] is None or figures[f"{name}_cpu_median_ms"] > 0
    assert figures["p95_ms"] >= figures["median_ms"] > 0
    assert figures["p95_ms"] >= figures["server_p95_ms"] > 0


@pytest.fixture
def answering():
    """A server that answers with the given states, one after another, each to be asked again after a second."""
    states: list[int] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(states.pop(0))
            self.send_header("Refresh", "1")
            self.send_header("Server-Timing", "total;dur=30.0, cpu;dur=20.0")
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"page")

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}", states
        server.shutdown()
        thread.join()


def test_a_notice_is_no_answer_and_waiting_counts(answering):
    address, states = answering
    states += [202, 202, 200]
    found = ask_alone(address, "", "/gaps")
    assert 2 * AGAIN_S <= found.taken < 1
    assert found == Asked(found.taken, pytest.approx(0.09), pytest.approx(0.06), 4, 2)


def test_people_wait_as_long_as_their_browser(answering):
    address, states = answering
    states += [202, 200]
    with closing(http.client.HTTPConnection(address)) as connection:
        found = asked(connection, "", "/gaps")
    assert (found.taken >= 1, found.notices) == (True, 1)


def test_what_is_no_page_ends_the_measurement(answering):
    address, states = answering
    states += [500]
    with pytest.raises(StorageError, match="500"):
        ask_alone(address, "", "/gaps")

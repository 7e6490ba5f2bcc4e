"""The web server as a real process: it answers, it stops quietly, and it says why it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

ZVENO = [sys.executable, "-c", "from api.cli import main; main()"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(settings, *more):
    return [*ZVENO, "serve", "--db", settings.database_url, "--lang", "en", *map(str, more)]


@pytest.fixture(scope="module")
def served(demo_settings):
    port = free_port()
    process = subprocess.Popen(command(demo_settings, "--port", port), stderr=subprocess.PIPE, text=True)
    address, told = f"http://127.0.0.1:{port}", ""
    try:
        for line in process.stderr:
            told += line
            if "/enter/" in line:
                fetch(line.split()[-1])
                break
        wait_for(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        told += process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert "Traceback" not in told
    assert address in told


def wait_for(address, process, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            return fetch(address + "/")
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail(f"no answer: {process.poll()}")


BROWSER = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())


def fetch(url):
    """Return an answer; what is being computed is asked for until it is there."""
    while True:
        with BROWSER.open(url, timeout=60) as answer:
            if answer.status != 202:
                return answer.status, answer.headers, answer.read().decode()
        time.sleep(0.2)


@pytest.mark.parametrize(
    "path", ["/", "/companies", "/suppliers?inn=2631015563", "/gaps", "/chain", "/static/zveno.css"]
)
def test_pages_are_served(served, path):
    status, headers, body = fetch(served + path)
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert body


def test_the_api_is_served(served):
    _, _, body = fetch(served + "/api/v1/suppliers?inn=2631015563&top=3")
    assert len(json.loads(body)["items"]) == 3


def test_an_unknown_company_is_a_page_of_its_own(served):
    with pytest.raises(urllib.error.HTTPError) as told:
        fetch(served + "/companies/7707083893")
    assert told.value.code == 404
    assert "zveno import" in told.value.read().decode()


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False, env={**os.environ})


def test_a_port_in_use_is_told_in_two_lines(demo_settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(*command(demo_settings, "--port", taken.getsockname()[1]))
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "another program" in lines[0]
    assert "--port" in lines[1]


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_a_host_of_no_use_is_told(demo_settings, host):
    done = run(*command(demo_settings, "--host", host, "--port", free_port()))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr


def test_behind_a_proxy_nobody_is_let_in_by_a_link_and_cookies_are_for_https(demo_settings):
    port = free_port()
    more = ("--port", port, "--proxy", "127.0.0.1")
    process = subprocess.Popen(command(demo_settings, *more), stderr=subprocess.PIPE, text=True)
    passed_on = {"Host": "zveno.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/sign-in", headers=passed_on)
        with urllib.request.urlopen(request, timeout=60) as answer:
            cookies = answer.headers.get_all("Set-Cookie")
        assert any(cookie.startswith("__Host-session=") and "Secure" in cookie for cookie in cookies), cookies
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=20)[1]
    assert "/enter/" not in told


def test_whoever_watches_the_server_need_not_sign_in(served):
    with urllib.request.urlopen(f"{served}/health", timeout=60) as answer:
        assert json.load(answer) == {"status": "ok"}

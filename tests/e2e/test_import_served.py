"""A newcomer's first minutes with a real server: the link, an empty register, a file sent, seen, imported, undone."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.parse
import urllib.request
import uuid

import pytest

from tests.e2e.test_pages_served import command, free_port

AZOT = "2631015563"
FIRMS = f"inn;name;okved_main;region_code;revenue_rub;year\n{AZOT};Азот;20.15;26;30000000000;2016\n"


class Browser:
    """Follows links, keeps cookies and sends forms."""

    def __init__(self, address, link):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.first = self.open(link.removeprefix(address))[1]

    def open(self, path, body=None, kind=None):
        asked = urllib.request.Request(self.address + path, body, {"Content-Type": kind} if kind else {})
        with self.opener.open(asked, timeout=60) as answer:
            return answer.geturl().removeprefix(self.address), answer.read().decode()

    def secret(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.open("/imports")[1]).group(1)

    def post(self, path, **data):
        return self.open(path, urllib.parse.urlencode({"csrf": self.secret(), **data}).encode())

    def send(self, name, text):
        mark = uuid.uuid4().hex
        parts = (('name="csrf"', self.secret()), (f'name="files"; filename="{name}"', text))
        said = "".join(f"--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n" for head, body in parts)
        return self.open("/imports", f"{said}--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}")

    def settled(self, path):
        for _ in range(300):
            at, page = self.open(path)
            if "<progress" not in page:
                return at, page
            time.sleep(0.1)
        return pytest.fail("it never ends")


def test_from_the_link_to_an_import_and_back(empty_settings, tmp_path):
    (tmp_path / "tmp").mkdir()
    port = free_port()
    process = subprocess.Popen(
        command(empty_settings, "--port", port), stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    try:
        link = next(line.split()[-1] for line in process.stderr if "/enter/" in line)
        browser = Browser(f"http://127.0.0.1:{port}", link)
        assert 'href="/imports"' in browser.first
        path, _ = browser.send("firms.csv", FIRMS)
        assert f'action="{path}/import"' in browser.settled(path)[1]
        browser.post(f"{path}/import")
        report, page = browser.settled(path)
        assert re.fullmatch(r"/imports/\d+", report)
        assert AZOT in browser.open(f"/companies/{AZOT}")[1]
        assert "firms.csv" in page
        browser.post(f"{report}/undo")
        assert "The register is empty" in browser.open("/?lang=en")[1]
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0, told
    assert list((tmp_path / "tmp").glob("zveno-*")) == [], "files that were sent go with the server"

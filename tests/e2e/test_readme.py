"""The README's own commands, run as they stand."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [line.strip() for line in README.splitlines() if line.startswith("    ")]
QUERIES = [line for line in LINES if line.startswith(".venv/bin/zveno") and " import " not in line]


def environment(settings):
    return {**os.environ, "ZVENO_DATABASE_URL": settings.database_url, "PYTHONWARNINGS": "ignore"}


def test_the_two_commands_come_first():
    first, second = README.splitlines()[:2]
    assert first.split("#")[0].strip() == "make run"
    assert second.split("#")[0].strip() == "make test"


@pytest.mark.parametrize("line", QUERIES)
def test_each_query_of_the_readme_answers(line, demo_settings):
    command = shlex.split(line)
    program = [sys.executable, "-c", "from api.cli import main; main()"]
    done = subprocess.run(
        [*program, *command[1:]], cwd=ROOT, env=environment(demo_settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_make_run_does_the_main_job_and_serves_it(demo_settings, tmp_path):
    """On a register that has the bundled firms already, so that this is the second run."""
    refuse_a_taken_port()
    printed = tmp_path / "printed.txt"
    with printed.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=environment(demo_settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            page = wait_for("http://127.0.0.1:8000/", process, printed)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
    assert "/sign-in" in page
    assert "/enter/" in printed.read_text(encoding="utf-8")
    assert "2631015563" in printed.read_text(encoding="utf-8")


def refuse_a_taken_port():
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 8000)) == 0:
            pytest.fail("port 8000 is taken: stop what listens there and run the tests again")


def wait_for(url, process, printed, seconds=180):
    """Return a page once the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"make run ended with {process.returncode}: {printed.read_text(encoding='utf-8')[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the server did not answer in time: {printed.read_text(encoding='utf-8')[-2000:]}")


def test_every_link_of_the_readme_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target

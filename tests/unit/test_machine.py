"""`make test` brings the browser that tests want, where it is missing and may be installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tools" / "machine.sh"


@pytest.fixture
def programs(tmp_path):
    """A folder that is all of the machine's programs, and what writes one into it."""

    def write(name: str, does: str = "exit 0") -> None:
        path = tmp_path / name
        path.write_text(f"#!{shutil.which('bash')}\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    write("id", "echo 0")
    write("apt-get", f'echo "$*" >> {tmp_path}/asked')
    write.folder = tmp_path
    return write


def run(folder: Path) -> tuple[str, list[str]]:
    """Return what the script said, and what it asked the package manager for."""
    command = [shutil.which("bash"), SCRIPT]
    done = subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    asked = folder / "asked"
    return done.stderr, asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


def test_a_missing_browser_is_installed(programs):
    _, asked = run(programs.folder)
    assert asked[0].startswith("update")
    assert asked[1].startswith("install")
    assert "chromium" in asked[1].split()


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_a_browser_that_is_there_is_enough(programs, name):
    programs(name)
    assert not any("chromium" in line for line in run(programs.folder)[1])


def test_whoever_may_not_install_is_told(programs):
    programs("id", "echo 1000")
    told, asked = run(programs.folder)
    assert asked == []
    assert "chromium" in told


def test_a_failed_installation_does_not_stop_the_tests(programs):
    programs("apt-get", "exit 100")
    assert "chromium" in run(programs.folder)[0]


def test_make_test_asks_for_it_and_ci_fails_without():
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("test:") and "machine" in line for line in rules)
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "ZVENO_REQUIRE_BROWSER=1" in ci
    assert "make test" in ci

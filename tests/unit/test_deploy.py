"""What is said of running Zveno for others holds: the unit is one, and the files that are named exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
def test_the_unit_is_understood_by_systemd(tmp_path: Path) -> None:
    text = (DEPLOY / "zveno.service").read_text(encoding="utf-8")
    unit = tmp_path / "zveno.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", text, flags=re.MULTILINE))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "zveno" in line] == []


def test_every_option_of_the_server_is_one_it_has() -> None:
    from api.cli import serve

    known = {option for each in serve.params for option in each.opts}
    for name in ("zveno.service", "Dockerfile", "../docs/deploy.md"):
        text = (DEPLOY / name).read_text(encoding="utf-8").replace('", "', " ")
        asked = {option for said in re.findall(r"\bserve( --.+)", text) for option in re.findall(r"--\w+", said)}
        assert "--host" in asked, name
        assert asked <= known, name


def test_what_a_container_copies_is_there_and_nothing_private_is() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "var", ".venv"} <= set(ignored)
    assert "constraints.txt" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert (ROOT / "constraints.txt").is_file()

"""A large file is read in a process of its own: the same rows, the same errors, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path

import pytest

from matcher.bench.imports import write_register, write_table
from matcher.intake import ahead
from matcher.intake.detect import Source
from matcher.intake.progress import Meter, Step
from matcher.intake.registry import Sample
from matcher.intake.rows import Parsed
from matcher.intake.run import import_file
from models.errors import UnreadableFile
from models.store import Store
from models.text import T
from tests.integration.test_import import state


@pytest.fixture
def read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LARGE", 0)


def imported(folder: Path, name: str, path: Path) -> tuple[object, object]:
    with Store.open(f"sqlite:///{folder / name}") as store:
        report = import_file(store, path)
        return replace(report, run=None), state(store)


@pytest.mark.parametrize("kind", ["register.zip", "table.csv"])
def test_a_file_read_ahead_gives_the_same_report_and_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / kind
    (write_register if kind.endswith("zip") else write_table)(path, 1500)
    here = imported(tmp_path, "here.db", path)
    monkeypatch.setattr(ahead, "LARGE", 0)
    assert imported(tmp_path, "ahead.db", path) == here


def test_an_error_while_reading_arrives_whole_after_the_rows_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reader:
        def read(self, *_: object) -> Iterator[Parsed]:
            yield Parsed(1)
            raise UnreadableFile(T("{path} is damaged", path="a.zip"), T("export it again"))

    monkeypatch.setattr(ahead, "load", lambda name: (Reader(), None))
    monkeypatch.setattr(ahead, "HANDED", 1)
    ours, theirs = Pipe(duplex=False)
    sample = Sample(Source(Path("a.zip"), "", "zip"))
    sample.source.meter.tell(0.5)
    ahead.hand_over(theirs, sample, "any", None)  # type: ignore[arg-type]
    meter = Meter()
    rows = ahead.received(ours, meter)
    assert next(rows) == Parsed(1)
    assert meter.share == 0.5
    with pytest.raises(UnreadableFile) as told:
        next(rows)
    assert (str(told.value), str(told.value.hint)) == ("a.zip is damaged", "export it again")


def died(tmp_path: Path, number: int) -> Store:
    """Return the store after the process that reads has been sent a signal in the middle of an import."""
    path = tmp_path / "register.zip"
    write_register(path, 20_000)
    store = Store.open(f"sqlite:///{tmp_path / 'a.db'}")

    def interrupt(step: Step) -> None:
        for child in children(os.getpid()):
            os.kill(child, number)

    with pytest.raises(UnreadableFile, match="died"):
        import_file(store, path, progress=interrupt)
    return store


def children(parent: int) -> list[int]:
    """Return the processes a process has started that read files."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("read_ahead")
def test_when_the_reading_process_dies_nothing_is_changed(tmp_path: Path) -> None:
    with died(tmp_path, signal.SIGKILL) as store:
        assert store.runs() == []
        assert store.counts()["companies"] == 0


@pytest.mark.usefixtures("read_ahead")
def test_when_the_import_is_killed_the_reading_process_ends_too(tmp_path: Path) -> None:
    path = tmp_path / "register.zip"
    write_register(path, 20_000)
    code = (
        "import sys\nfrom matcher.intake import ahead\nfrom matcher.intake.run import import_file\n"
        "from models.store import Store\nahead.LARGE = 0\n"
        "def told(step):\n    print(step.rows, flush=True)\n    sys.stdin.readline()\n"
        "import_file(Store.open(sys.argv[1]), sys.argv[2], progress=told)\n"
    )
    command = [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'a.db'}", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        reading = children(process.pid)
        assert len(reading) == 1
        process.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(alive(pid) for pid in reading):
        time.sleep(0.05)
    assert not any(alive(pid) for pid in reading)


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False

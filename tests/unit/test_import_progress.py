"""How an import gets on: the share of the file as it lies on disk, the pace, a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import gzip
import io
import pickle
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from matcher.cli.progress import EVERY, ImportProgress, clock_time, words
from matcher.intake.detect import probe
from matcher.intake.documents import documents
from matcher.intake.progress import Meter, Pace, Step, pace
from matcher.intake.table import read_rows
from models.text import Lang


class Clock:
    """Seconds as the test sets them."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("since", "now", "seconds", "expected"),
    [
        ((0, 0.0), (1000, 0.5), 4.0, Pace(250.0, 4.0)),
        ((1000, 0.5), (2000, 0.75), 4.0, Pace(250.0, 4.0)),
        ((1000, 0.5), (2000, 1.0), 4.0, Pace(250.0, 0.0)),
        ((1000, 0.5), (2000, 0.5), 4.0, Pace(250.0, None)),
        ((1000, None), (2000, None), 4.0, Pace(250.0, None)),
        ((1000, None), (2000, 0.5), 4.0, Pace(250.0, None)),
        ((1000, 0.5), (1000, 0.5), 0.0, None),
    ],
)
def test_the_time_left_is_that_of_the_bytes_left_at_the_pace_so_far(
    since: tuple[int, float | None], now: tuple[int, float | None], seconds: float, expected: Pace | None
) -> None:
    assert pace(Step("a", *since), Step("a", *now), seconds) == expected


def test_a_span_of_time_reads_as_a_clock() -> None:
    assert [clock_time(s) for s in (0, 59.6, 600, 3599.7, 90061)] == ["0:00", "1:00", "10:00", "1:00:00", "25:01:01"]


def shares(path: Path) -> list[float]:
    source = probe(path)
    if source.content == "text":
        found = [source.meter.share for _ in read_rows(source)]
    else:
        found = [source.meter.share for _ in documents(source, "Документ")]
    return [share for share in [*found, source.meter.share] if share is not None]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xml", "zip"])
def test_the_share_grows_from_little_to_one_whatever_the_packing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    rows = "".join(f"{number * 7919 % 100_003};{number * 104_729 % 99_991}\n" for number in range(60_000))
    table = f"inn;name\n{rows}".encode()
    xml = "<Файл>{}</Файл>".format("".join(f'<Документ a="{row}"/>' for row in rows.split())).encode()
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(3):
                archive.writestr(f"{number}.xml", xml)
    else:
        path.write_bytes({"csv": table, "csv.gz": gzip.compress(table), "xml": xml}[kind])
    seen = shares(path)
    assert seen == sorted(seen)
    assert seen[0] < 0.6
    assert any(0.4 < share < 0.8 for share in seen)
    assert seen[-1] == 1


def test_a_meter_knows_nothing_until_a_file_is_opened_and_takes_another_ones_word() -> None:
    meter = Meter()
    assert meter.share is None
    meter.tell(0.25)
    assert meter.share == 0.25
    assert pickle.loads(pickle.dumps(meter)).share is None


def progress_on(terminal: bool, lang: Lang = "en") -> tuple[ImportProgress, Clock, list[str], io.StringIO]:
    clock, lines, screen = Clock(), list[str](), io.StringIO()
    console = Console(file=screen, force_terminal=terminal, width=110)
    return ImportProgress(lang, lines.append, console, clock), clock, lines, screen


def test_without_a_terminal_a_line_comes_now_and_then() -> None:
    progress, clock, lines, screen = progress_on(False)
    with progress:
        progress.begin("a.csv")
        for number in range(26):
            clock.now += 1
            progress.step(Step("a.csv", number * 2000, number / 50))
    assert lines == [
        "a.csv: 18 % · 18 000 rows · 2 000 rows/s · 0:41 left",
        "a.csv: 38 % · 38 000 rows · 2 000 rows/s · 0:31 left",
    ]
    assert screen.getvalue() == ""


def test_a_terminal_gets_a_bar_that_is_gone_at_the_end_and_no_lines() -> None:
    progress, clock, lines, screen = progress_on(True, "ru")
    with progress:
        progress.begin("[red]a.csv")
        clock.now += 5
        progress.step(Step("[red]a.csv", 0, 0.0))
        clock.now += EVERY * 2
        progress.step(Step("[red]a.csv", 50_000, 0.5))
        progress._bar.refresh()
    assert lines == []
    assert "[red]a.csv" in screen.getvalue()
    assert "50 % · строк 50 000 · 2 500 строк/с · осталось 0:20" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")


def test_each_part_of_an_archive_has_a_pace_of_its_own() -> None:
    progress, clock, lines, _ = progress_on(False)
    with progress:
        progress.begin("a.zip")
        clock.now += 30
        progress.step(Step("a.zip/a.xml", 3000, 0.5))
        clock.now += 5
        progress.step(Step("a.zip/b.xml", 2000, 0.4))
        clock.now += 10
        progress.step(Step("a.zip/b.xml", 4000, 0.8))
    assert lines == ["a.zip/b.xml: 80 % · 4 000 rows · 200 rows/s · 0:05 left"]


def test_without_a_share_there_is_no_time_left() -> None:
    assert words(Step("a.ods", 1234), Pace(10.0, None)).render("ru") == "строк 1 234 · 10 строк/с"

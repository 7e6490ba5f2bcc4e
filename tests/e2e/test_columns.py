"""A table with columns of its own names: told by a command, asked for at a terminal, never asked in a pipe."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.test_cli import ZVENO

TABLE = (
    "Наши партнёры;;;;\n"
    "Код партнёра;Фирма;Что делают;Оборот 2018, млн;Менеджер\n"
    "7736050003;Газпром;природный газ;100;—\n"
    "7706107510;Роснефть;нефть;90;—\n"
)
INN, OFFERS = ("--columns", "Код партнёра=inn"), ("--columns", "Что делают=offers")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def zveno(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with no terminal."""
    given = [*ZVENO, *map(str, arguments), "--db", str(folder / "zveno.db"), "--lang", "en"]
    return subprocess.run(given, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)


def document(folder: Path, *arguments: str) -> Any:
    done = zveno(folder, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def at_terminal(folder: Path, arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Run the command line at a pseudo-terminal, give an answer whenever it waits for one, return all it printed."""
    outer, inner = pty.openpty()
    given = [*ZVENO, *map(str, arguments), "--db", str(folder / "zveno.db")]
    environ = {**os.environ, "COLUMNS": "200", "TERM": "dumb"}
    with subprocess.Popen(given, stdin=inner, stdout=inner, stderr=inner, env=environ, close_fds=True) as process:
        os.close(inner)
        printed, left, deadline = "", list(answers), time.monotonic() + 100
        while time.monotonic() < deadline:
            if not select.select([outer], [], [], 0.2)[0]:
                if printed.endswith(": ") and left:
                    os.write(outer, (left.pop(0) + "\n").encode())
                continue
            try:
                piece = os.read(outer, 1 << 16)
            except OSError:  # the other end is closed
                break
            printed += piece.decode(errors="replace")
        code = process.wait(timeout=20)
    os.close(outer)
    assert not left, f"not asked for: {left}"
    return code, printed


def test_in_a_pipe_nothing_is_asked_and_the_error_says_how_to_map(tmp_path: Path, file: Path) -> None:
    done = zveno(tmp_path, "import", str(file))
    assert done.returncode == 1
    assert "columns found: Код партнёра, Фирма" in done.stderr
    assert "zveno imports mapping FILE --columns" in done.stderr


def test_columns_told_once_hold_for_every_file_with_the_same_titles(tmp_path: Path, file: Path) -> None:
    shown = document(tmp_path, "imports", "mapping", str(file), *INN, *OFFERS, "--save", "partners")
    assert shown["format"] == "plain_table"
    assert [column["name"] for column in shown["columns"]] == ["inn", None, "offers", "revenue_rub", None]
    assert Path(shown["saved"]) == tmp_path / "mappings/partners.yml"
    report = document(tmp_path, "import", str(file))
    assert report["mapping"] == {"name": "partners", "columns": {"Код партнёра": "inn", "Что делают": "offers"}}
    assert (report["added"], report["ignored_columns"]) == (2, ["Фирма", "Менеджер"])
    assert "columns not understood: Фирма, Менеджер; say what" in zveno(tmp_path, "import", str(file)).stdout
    assert zveno(tmp_path, "import", str(file), "--mapping", "none").returncode == 1
    listed = document(tmp_path, "imports", "mappings")["items"]
    assert [(item["name"], item["error"]) for item in listed] == [("partners", None)]


def test_a_damaged_mapping_is_told_of_and_stops_nothing(tmp_path: Path, file: Path) -> None:
    document(tmp_path, "imports", "mapping", str(file), *INN, *OFFERS, "--save", "b")
    (tmp_path / "mappings/a.yml").write_text("columns:\n  Код: nothing\n", encoding="utf-8")
    done = zveno(tmp_path, "import", str(file))
    assert done.returncode == 0
    assert "a.yml, line 2: there is no column nothing" in done.stderr
    assert zveno(tmp_path, "import", str(file), "--mapping", "a").returncode == 1
    listed = document(tmp_path, "imports", "mappings")["items"]
    assert [bool(item["error"]) for item in listed] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--columns", "Код=inn"), "there is no title “Код”"),
        (("--columns", "Фирма=nam"), "there is no column nam"),
        (("--save", "a"), "nothing is said of any column"),
        ((*INN, "--save", "../a"), "cannot be called"),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, file: Path, arguments: tuple[str, ...], message: str) -> None:
    done = zveno(tmp_path, "imports", "mapping", str(file), *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_person_at_a_terminal_is_asked_and_the_answers_are_saved(tmp_path: Path, file: Path) -> None:
    answers = ["1", "name", "9", "-", "партнёры"]
    code, printed = at_terminal(tmp_path, ["import", str(file), "--lang", "ru"], answers)
    assert code == 0, printed
    assert "Код партнёра" in printed
    assert "ИНН компании" in printed
    assert "2 «Фирма» (Газпром, Роснефть)" in printed
    assert "столбцы поняты по разметке партнёры" in printed
    saved = yaml.safe_load((tmp_path / "mappings/партнёры.yml").read_text(encoding="utf-8"))
    assert saved["columns"] == {"Код партнёра": "inn", "Фирма": "name", "Что делают": "offers", "Менеджер": None}
    code, printed = at_terminal(tmp_path, ["import", str(file), "--lang", "en"], [])
    assert code == 0, "the same titles are understood now"
    assert "columns by the mapping партнёры" in printed


def test_an_answer_to_no_question_of_saving_still_reads_the_file(tmp_path: Path, file: Path) -> None:
    code, printed = at_terminal(tmp_path, ["import", str(file), "--lang", "en"], ["1", "", "offers", "", ""])
    assert code == 0, printed
    assert "2 companies added" in printed
    assert not (tmp_path / "mappings").exists()


def test_at_a_terminal_too_nothing_is_asked_if_not_wanted(tmp_path: Path, file: Path) -> None:
    code, printed = at_terminal(tmp_path, ["import", str(file), "--lang", "en", "--no-input"], [])
    assert code == 1
    assert "no table of companies" in printed

"""Questions put to a person: the surest first, with candidates and reasons; answers in a sheet and in a dialogue."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import api.cli  # noqa: F401 - registers every command
from matcher.cli.main import run, zveno
from matcher.pipeline.register import review as cases
from matcher.pipeline.register.imports import import_one, undo
from matcher.pipeline.workspace import Workspace
from models.errors import DataError
from models.settings import Settings

ARNEST, AZOT, STAVROLEN, BAG = "2631006752", "2631015563", "2624022320", "2635000014"
NAMED = """ИНН;Наименование;ОКВЭД;Город;Продукция
;Ромашка;20.42;Ставрополь;шампунь
;ООО Мешки;22.22;Ставрополь;мешки
;АО Арнест;20.42;Невинномысск;аэрозоли
;арнест АО;20.42;Невинномысск;лаки
"""


@pytest.fixture
def workspace(small_settings: Settings, tmp_path: Path) -> Workspace:
    found = Workspace(small_settings)
    path = tmp_path / "named.csv"
    path.write_text(NAMED + ";АО Арнест;20.42;Невинномысск;духи\n", encoding="utf-8")
    assert import_one(found, str(path), None, False, False)["review"] == 5
    return found


def names(workspace: Workspace) -> list[str]:
    return [each["name"] for each in cases.review(workspace)["items"]]


def shown(workspace: Workspace) -> list[Any]:
    return [(each.inn, each.name, each.offers) for each in workspace.store.companies()]


def test_the_surest_comes_first_and_is_not_taken_without_a_person(workspace: Workspace) -> None:
    document = cases.review(workspace)
    assert (document["total"], document["rows"]) == (4, 5)
    first = document["items"][0]
    assert (first["name"], first["decision"], len(first["rows"])) == ("АО Арнест", "match", 2)
    best = first["candidates"][0]
    assert (best["inn"], best["place"]) == (ARNEST, "Невинномысск, Stavropol Krai")
    assert best["score"] > 0.9
    assert best["reasons"]
    assert first["told"] == {"okved_main": "20.42", "offers": "аэрозоли"}
    assert {"file": "named.csv", "run": 2, "line": 4} in first["rows"]
    assert [each["decision"] for each in document["items"]] == ["match", "match", "none", "none"]
    assert ("Арнест", "") in {(name, offers) for _, name, offers in shown(workspace)}


def test_a_firm_it_is_not_is_never_proposed_again(workspace: Workspace, tmp_path: Path) -> None:
    item = cases.review(workspace)["items"][0]["item"]
    done = cases.reject(workspace, item, ARNEST)
    assert (done["verdict"], done["inns"], done["rows"]) == ("different", [ARNEST], 2)
    (tmp_path / "again.csv").write_text(NAMED.replace("лаки", "пена"), encoding="utf-8")
    import_one(workspace, str(tmp_path / "again.csv"), None, False, False)
    again = [each for each in cases.review(workspace)["items"] if each["name"] == "АО Арнест"]
    assert [(each["candidates"], each["rejected"]) for each in again] == [([], [ARNEST])]
    other = [each for each in cases.review(workspace)["items"] if each["name"] == "арнест АО"]
    assert other[0]["candidates"], "written otherwise it is another name"
    cases.reopen(workspace, item)
    assert cases.review(workspace)["items"][0]["candidates"][0]["inn"] == ARNEST


def fill(path: Path, answer: Callable[[str], str | None]) -> None:
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for cells in sheet.iter_rows(min_row=2):
        assert all(cell.data_type != "f" for cell in cells)
        cells[6].value = answer(str(cells[1].value))
    book.save(path)


def test_a_sheet_goes_out_and_comes_back_answered(workspace: Workspace, tmp_path: Path) -> None:
    before, path = shown(workspace), tmp_path / "sheet.xlsx"
    assert cases.review_sheet(workspace, str(path))["rows"] == 4
    answers = {"АО Арнест": ARNEST, "ООО Мешки": "нет", "Ромашка": "500100732259"}
    fill(path, answers.get)
    report = import_one(workspace, str(path), None, False, False)
    assert report["format"] == "review_answers"
    assert [report[key] for key in ("read", "changed", "refused", "skipped")] == [4, 2, 1, 1]
    assert "5001********" in report["quarantined"][0]["error"]
    assert (ARNEST, "АО Арнест", "аэрозоли; духи") in shown(workspace)
    assert set(names(workspace)) == {"арнест АО", "Ромашка"}
    again = tmp_path / "again.xlsx"
    cases.review_sheet(workspace, str(again))
    fill(again, lambda name: AZOT if name == "Ромашка" else None)
    second = import_one(workspace, str(again), None, False, False)
    assert second["changed"] == 1
    undone = undo(workspace, report["run"])
    assert undone["reopened"] == 3
    assert set(names(workspace)) == {"АО Арнест", "ООО Мешки", "арнест АО"}
    bags = next(each for each in cases.review(workspace)["items"] if each["name"] == "ООО Мешки")
    assert bags["rejected"] == []
    undo(workspace, second["run"])
    assert shown(workspace) == before


def test_an_unanswered_sheet_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    cases.review_sheet(workspace, str(tmp_path / "sheet.xlsx"))
    report = import_one(workspace, str(tmp_path / "sheet.xlsx"), None, False, False)
    assert (report["read"], report["skipped"]) == (4, 4)
    assert len(names(workspace)) == 4


def test_what_a_forgotten_sheet_said_does_not_bind_later_files(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    cases.review_sheet(workspace, str(path))
    fill(path, {"АО Арнест": ARNEST}.get)
    sheet = import_one(workspace, str(path), None, False, False)["run"]
    (tmp_path / "later.csv").write_text(NAMED.replace("лаки", "пена"), encoding="utf-8")
    assert import_one(workspace, str(tmp_path / "later.csv"), None, False, False)["remembered"] == 1
    assert undo(workspace, sheet)["reopened"] == 3
    assert len(cases.review(workspace)["items"]) == 4


def test_a_row_that_is_not_there_is_told(workspace: Workspace) -> None:
    for act in (cases.drop, cases.reopen):
        with pytest.raises(DataError, match="no row number 99"):
            act(workspace, 99)


def zveno_(workspace: Workspace, *arguments: str) -> int:
    return run(zveno, [*arguments, "--db", workspace.settings.database_url, "--lang", "en"])


def test_the_commands_answer_and_take_back(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    item = str(cases.review(workspace)["items"][0]["item"])
    assert zveno_(workspace, "review") == 0
    assert "4 firms without INN, 5 rows" in capsys.readouterr().out
    assert zveno_(workspace, "review", "confirm", item, ARNEST, "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 2
    assert zveno_(workspace, "review", "confirm", item, ARNEST) == 1
    assert "has been answered" in capsys.readouterr().err
    for command in ("reopen", "drop", "reopen", "reject", "reopen"):
        assert zveno_(workspace, "review", command, item) == 0
    assert "the answer is taken back" in capsys.readouterr().out
    assert len(names(workspace)) == 4


def test_a_dialogue_goes_through_the_questions(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["77", "1", "n", "d", "q"])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: next(answers))
    assert zveno_(workspace, "review", "--ask") == 0
    told = capsys.readouterr()
    assert "question 4 of 4" in told.out
    assert "not a valid INN" in told.err
    assert len(names(workspace)) == 1
    assert zveno_(workspace, "review", "--ask", "--json") == 2

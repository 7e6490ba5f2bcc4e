"""The history of imports as people read it."""

from __future__ import annotations

from getpass import getuser

import pytest

from matcher.cli.main import run
from tests.conftest import settings_in


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_history_says_who_imported(tmp_path, capsys, lang):
    from api.cli import zveno
    from matcher.pipeline.register.imports import history, import_one
    from matcher.pipeline.workspace import Workspace

    workspace = Workspace(settings_in(tmp_path))
    sheet = tmp_path / "one.csv"
    sheet.write_text("inn;name;okved_main\n2631015563;Азот;20.15\n", encoding="utf-8")
    import_one(workspace, str(sheet), None, False, False)
    assert [item["by"] for item in history(workspace)["items"]] == [getuser()]
    assert run(zveno, ["imports", "--lang", lang, "--db", workspace.settings.database_url]) == 0
    heading, line = capsys.readouterr().out.splitlines()[:2]
    assert {"ru": "кто", "en": "by"}[lang] in heading.split()
    assert getuser() in line.split()


def test_two_who_import_the_same_file_are_told_of_the_first(tmp_path):
    from matcher.intake.run import import_file
    from models.store import Store

    sheet = tmp_path / "one.csv"
    sheet.write_text("inn;name;okved_main\n2631015563;Азот;20.15\n", encoding="utf-8")
    with Store.open(f"sqlite:///{tmp_path / 'zveno.db'}") as store:
        first = import_file(store, sheet, by="anna")
        assert import_file(store, sheet, by="boris").repeats == first.run
        assert [run.header.by for run in store.runs()] == ["anna"]

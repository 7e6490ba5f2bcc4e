"""What firms say on their cards begins projects: free equipment, waste, capacity, laboratories, topics of research."""

from __future__ import annotations

import os

import pytest

from matcher.pipeline.projects.candidates import Asked, projects
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from models.settings import Settings
from tests.integration.store_databases import url_in

HEAD = "inn;name;okved_main;region_code;city;revenue_rub;year;offers;needs;equipment;waste;capacity\n"
SAID = """2635000014;Мешок;22.22;26;Ставрополь;300000000;2016;полипропиленовые мешки, есть свободный экструдер;{want};;;
2635000021;Лист;22.21;26;Ставрополь;90000000;2016;пластиковые листы;ищем экструдер на время, ищем лабораторию;;{waste};
2635000039;Флакон;22.22;26;Невинномысск;70000000;2016;флаконы;нужно экструзионное оборудование, испытания полимеров;;;
2635000046;Испытатель;71.20;26;Ставрополь;50000000;2016;испытания;;;;
2635000053;Косметика;20.42;26;Ставрополь;500000000;2016;кремы;;;;розлив шампуня под вашей маркой
2635000060;Марка;46.45;26;Ставрополь;200000000;2016;;ищем производителя шампуня под нашей маркой;;;
2635000078;Институт;72.19;26;Ставрополь;80000000;2016;разработка катализаторов;;;;
2635000085;Химия;20.14;26;Ставрополь;900000000;2016;органические кислоты;катализаторы: нужна разработка;;;
2631015563;Азот;20.15;26;Невинномысск;30000000000;2016;карбамид;;;;
"""
WASTE, WANT = "обрезки полиэтиленовой плёнки", "вторичный полиэтилен"


def register(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "firms.csv").write_text(HEAD + text, encoding="utf-8")
    settings = Settings.read({**os.environ}, db=url_in(folder), lang="en")
    assert import_one(Workspace(settings), str(folder / "firms.csv"), None, False, False)["quarantined"] == []
    return Workspace(settings)


@pytest.fixture(scope="module")
def speaking(tmp_path_factory):
    return register(tmp_path_factory.mktemp("words"), SAID.format(waste=WASTE, want=WANT))


def found(workspace, kind):
    return projects(workspace, Asked(kind, None, "26"), 50)["items"]


def who(item):
    return {(each["name"], each["role"]) for each in item["participants"]}


def test_free_equipment_meets_those_who_ask_for_it(speaking):
    item = next(item for item in found(speaking, "shared_equipment") if item["okved_code"] == "28.96")
    assert who(item) == {("Мешок", "owner"), ("Лист", "user"), ("Флакон", "user")}
    assert "Мешок offers: “есть свободный экструдер”" in item["reasons"]
    assert "Лист asks for: “ищем экструдер на время”" in item["reasons"]
    assert item["value_low_rub"] < item["value_rub"] < item["value_high_rub"]


def test_a_laboratory_meets_those_who_look_for_tests(speaking):
    item = next(item for item in found(speaking, "shared_equipment") if item["okved_code"] == "71.20")
    assert {("Испытатель", "owner"), ("Лист", "user")} <= who(item)
    assert "Лист asks for: “ищем лабораторию”" in item["reasons"]


def test_waste_meets_who_asks_for_the_material(speaking):
    item = next(item for item in found(speaking, "symbiosis") if WASTE in item["title"])
    assert who(item) == {("Лист", "donor"), ("Мешок", "receiver")}
    assert f"Мешок asks for: “{WANT}”" in item["reasons"]
    assert 0 < item["value_rub"] <= 0.01 * 90e6, "at most what the giver is assumed to have"


def test_waste_that_nobody_asks_for_meets_who_buys_what_it_replaces(tmp_path):
    silent = register(tmp_path / "silent", SAID.format(waste=WASTE, want=""))
    item = next(item for item in found(silent, "symbiosis") if WASTE in item["title"])
    assert ("Мешок", "receiver") in who(item)
    assert [reason for reason in item["reasons"] if "asks for" in reason] == []


def test_capacity_meets_the_product_that_is_asked_for(speaking):
    (item,) = found(speaking, "contract_manufacturing")
    assert {("Косметика", "contractor"), ("Марка", "customer")} <= who(item)
    assert "Марка asks for: “ищем производителя шампуня под нашей маркой”" in item["reasons"]


def test_a_topic_meets_the_question_and_goods_are_no_topic(speaking):
    item = next(item for item in found(speaking, "research_training") if item["okved_code"] == "72.19")
    assert {("Институт", "provider"), ("Химия", "customer")} <= who(item)
    assert "Химия asks for: “катализаторы: нужна разработка”" in item["reasons"]
    assert not any("полиэтилен" in reason for reason in item["reasons"])


def test_without_words_there_are_the_candidates_of_codes_alone(tmp_path):
    mute = "".join(";".join(line.split(";")[:7]) + ";" * 5 + "\n" for line in SAID.splitlines())
    items = projects(register(tmp_path / "mute", mute), Asked(None, None, "26"), 200)["items"]
    assert items
    assert not any("offers:" in reason or "asks for:" in reason for item in items for reason in item["reasons"])

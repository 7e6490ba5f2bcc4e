"""The card of a company on the command line, the API and the page; flags, groups, contradictions; persons unnamed."""

from __future__ import annotations

import json

import pytest

from api.cli import zveno
from matcher.cli.main import run
from tests.conftest import settings_in
from tests.visitors import let_in

AZOT, STAVROLEN, ARNEST, SACKS, REPAIR = "2631015563", "2624022320", "2631006752", "2635000014", "2635000021"
HOLDING, STEM = "7736050003", "2625100000"
NAME = "Выдуманов"
MEMBERS = f"""ИНН;Наименование;ОКВЭД;Город;Регион;Выручка, руб.;Год;Лицензии;ИНН учредителей;Налоговый режим;Статус
{AZOT};Азот;20.15;Невинномысск;26;30000000000;2022;"взрывоопасные объекты, I класс (№ 35); медицина (№ 7)";{HOLDING};;
{STAVROLEN};Ставролен;20.16;Будённовск;26;48000000000;2022;;{HOLDING};;действующее
{ARNEST};Арнест;20.42;Невинномысск;26;8000000000;2022;;;;банкрот
{SACKS};Мешок;22.22;Ставрополь;26;300000000;2022;;{AZOT};УСН;
{REPAIR};Ремонт;22.22;Ставрополь;26;90000000;2022;;;;ликвидировано
PERSON;ИП {NAME} Иван Иванович;20.59;Ставрополь;26;9000000;2022;;;УСН;
"""
ANSWERS = f"""ИНН;Наименование;Потребности;Оборудование;Отходы;Вакансии;Свободные мощности
{AZOT};;тара, мешки;лаборатория;фосфогипс;технолог;20 т в месяц
PERSON;ИП {NAME} И. И.;растворители;смеситель;;;
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ARREARS = (
    f'{HEAD}<Файл ТипИнф="ОТКРДАННЫЕ6" КолДок="1"><ИдОтпр/><Документ ИдДок="1" ДатаСост="31.12.2023">'
    f'<СведНП ИННЮЛ="{STAVROLEN}"/><СведНедоим НаимНалог="НДС" ОбщСумНедоим="1234567.25"/></Документ></Файл>'
)
INCOME = (
    f'{HEAD}<Файл ТипИнф="ОТКРДАННЫЕ5" КолДок="1"><ИдОтпр/><Документ ИдДок="1" ДатаСост="31.12.2022">'
    f'<СведНП ИННЮЛ="{AZOT}"/><СведДохРасх СумДоход="31500000000.00" СумРасход="1.00"/></Документ></Файл>'
)
EXTRACT = (
    f'{HEAD}<EGRUL><СвЮЛ ДатаВып="2024-05-01" ИНН="{AZOT}"><СвНаимЮЛ НаимЮЛПолн="АЗОТ"/><СвАдресЮЛ>'
    '<АдресРФ КодРегион="77"><Регион ТипРегион="Г" НаимРегион="МОСКВА"/></АдресРФ></СвАдресЮЛ></СвЮЛ></EGRUL>'
)
REGISTER = (
    f'{HEAD}<Файл ТипИнф="РЕЕСТРМСП" КолДок="1"><ИдОтпр/><Документ ИдДок="2" ДатаСост="10.11.2023" КатСубМСП="1">'
    f'<ИПВклМСП ИННФЛ="PERSON"><ФИОИП Фамилия="{NAME.upper()}" Имя="ИВАН"/></ИПВклМСП><СведМН КодРегион="26"/>'
    '<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="20.59" ВерсОКВЭД="2014"/></СвОКВЭД></Документ></Файл>'
)
LINKS = f"supplier_inn;buyer_inn;amount_rub;date;source\nPERSON;{ARNEST};5000;2022-05-01;договор 7\n"


def person() -> str:
    """Return the INN of a sole trader, with its check digits."""
    from models.identifiers import INN_WEIGHTS_11, INN_WEIGHTS_12, inn_check_digit

    eleven = STEM + str(inn_check_digit(STEM, INN_WEIGHTS_11))
    return eleven + str(inn_check_digit(eleven, INN_WEIGHTS_12))


@pytest.fixture(scope="module")
def trader():
    return person()


@pytest.fixture(scope="module")
def settings(tmp_path_factory, trader):
    """A register of five firms and a sole trader, told by six files."""
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    folder = tmp_path_factory.mktemp("card")
    settings = settings_in(folder)
    files = {
        "members.csv": MEMBERS, "answers.csv": ANSWERS, "arrears.xml": ARREARS, "income.xml": INCOME,
        "extract.xml": EXTRACT, "register.xml": REGISTER, "links.csv": LINKS,
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text.replace("PERSON", trader), encoding="utf-8")
        assert import_one(Workspace(settings), str(folder / name), None, False, True)["readable"], name
    return settings


@pytest.fixture(scope="module")
def visitor(settings):
    from api.app import create_app

    return let_in(create_app(settings)).test_client()


@pytest.fixture
def told(settings, capsys):
    """Return a function that runs the command line and returns its JSON, or its text."""

    def answer(*arguments, lang="en", text=False):
        given = [*arguments, "--db", settings.database_url, "--lang", lang, *([] if text else ["--json"])]
        code = run(zveno, given)
        out, err = capsys.readouterr()
        assert code == 0, err
        assert NAME.lower() not in err.lower()
        return out if text else json.loads(out)

    return answer


def test_the_card_has_what_registers_and_the_firm_say(told):
    card = told("company", AZOT)
    assert card["licences"] == ["взрывоопасные объекты, I класс (№ 35)", "медицина (№ 7)"]
    assert card["founders"] == [{"inn": HOLDING, "name": None}]
    assert (card["equipment"], card["waste"], card["vacancies"], card["capacity"], card["needs"]) == (
        "лаборатория", "фосфогипс", "технолог", "20 т в месяц", "тара, мешки",
    )  # fmt: skip
    assert told("company", SACKS)["tax_regimes"] == ["usn"]
    assert told("company", SACKS)["founders"] == [{"inn": AZOT, "name": "Азот"}]


def test_contradictions_are_marked_with_who_is_believed_and_why(told):
    card = told("company", AZOT)
    assert [(item["field"], item["year"]) for item in card["conflicts"]] == [
        ("region_code", None), ("city", None), ("revenue_rub", 2022),
    ]  # fmt: skip
    region = card["conflicts"][0]
    assert [(said["value"], said["kind"], said["date"], said["in_force"]) for said in region["said"]] == [
        ("26", "table", "2022", True), ("77", "register", "2024-05-01", False),
    ]  # fmt: skip
    assert region["why"].startswith("weightier kind of source")
    revenue = card["conflicts"][-1]
    assert (revenue["value"], revenue["said"][0]["source"]) == (31.5e9, "ФНС, доходы и расходы на 31.12.2022")
    assert len(card["statements"]) > len(card["conflicts"])


@pytest.mark.parametrize(("lang", "words"), [
    ("ru", ["лаборатория", "УСН", "Кто что говорит", "источники расходятся", "общий учредитель", "свободные мощности"]),
    ("en", ["лаборатория", "simplified (USN)", "Who says what", "sources disagree", "shared founder", "free capacity"]),
])  # fmt: skip
def test_the_terminal_and_the_page_show_it(told, visitor, lang, words):
    printed = told("company", AZOT, SACKS, "--sources", lang=lang, text=True)
    pages = "".join(visitor.get(f"/companies/{inn}?lang={lang}").text for inn in (AZOT, SACKS))
    for word in words:
        assert word in printed.lower() or word in printed, word
        assert word in pages or word.capitalize() in pages, word


def test_the_api_answers_with_the_same_card(told, visitor):
    from api.v1 import firm_shapes

    card = visitor.get(f"/api/v1/companies/{AZOT}?lang=en").json
    assert card == told("company", AZOT)
    assert firm_shapes.CompanyCard().validate(card) == {}


def test_warnings_name_source_and_date(told):
    items = {item["inn"]: item for item in told("buyers", STAVROLEN, lang="ru")["items"]}
    assert [flag["kind"] for flag in items[ARNEST]["flags"]] == ["bankrupt"]
    suppliers = {item["inn"]: item for item in told("suppliers", ARNEST, lang="ru")["items"]}
    assert suppliers[STAVROLEN]["flags"] == [
        {"kind": "arrears", "text": "недоимка 1,2 млн руб. на 2023, ФНС", "value": 1234567,
         "source": "ФНС, недоимка на 31.12.2023", "date": "2023"}
    ]  # fmt: skip
    pair = told("explain", STAVROLEN, ARNEST)
    assert [flag["kind"] for side in ("supplier", "buyer") for flag in pair[side]["flags"]] == ["arrears", "bankrupt"]


def test_a_closed_firm_is_no_candidate_anywhere(told):
    suppliers = told("suppliers", AZOT)
    assert REPAIR in {miss["inn"] for miss in suppliers["near_misses"]}
    assert REPAIR not in json.dumps([suppliers["items"], suppliers["groups"], suppliers["affiliates"]])
    assert REPAIR not in json.dumps([told("buyers", STAVROLEN)["items"], told("gaps"), told("projects")])


def test_a_suppliers_card_shows_the_large_producers_it_could_supply_with_its_place(told, visitor):
    """The two large ones of its own group are none."""
    (anchor,) = told("company", SACKS)["anchors"]
    assert anchor["inn"] == ARNEST
    assert anchor["place"] == told("explain", SACKS, ARNEST)["ranks"]["supplier_for_buyer"]
    assert ARNEST in visitor.get(f"/companies/{SACKS}/partners?lang=en").text


def test_affiliates_stand_apart_with_the_reason(told, visitor):
    document = told("buyers", STAVROLEN)
    assert {item["inn"] for item in document["affiliates"]} == {AZOT, SACKS}
    assert not {item["inn"] for item in document["items"]} & {AZOT, SACKS}
    sister = next(item for item in document["affiliates"] if item["inn"] == AZOT)
    assert (sister["text"], sister["path"]) == (f"shared founder, INN {HOLDING}", [STAVROLEN, HOLDING, AZOT])
    pair = told("explain", STAVROLEN, AZOT)
    assert pair["affiliation"]["text"] == f"shared founder, INN {HOLDING}"
    assert told("explain", STAVROLEN, ARNEST)["affiliation"] is None
    assert "Of one group" in visitor.get(f"/buyers?inn={STAVROLEN}&lang=en").text
    assert HOLDING in visitor.get(f"/explain?supplier={STAVROLEN}&buyer={AZOT}&lang=en").text


COMMANDS = [
    ("company", "PERSON"), ("company", "PERSON", "--sources"), ("companies",), ("companies", "--query", "PERSON"),
    ("suppliers", ARNEST), ("suppliers", "PERSON"), ("buyers", "PERSON"), ("buyers", STAVROLEN),
    ("explain", "PERSON", ARNEST), ("gaps",), ("gaps", "--anchor", "PERSON"), ("projects",), ("chain",),
    ("classify", "--inn", "PERSON"), ("resolve", "--name", "ИП (26) Ставрополь"), ("imports",),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_output_names_a_person(told, trader, command, lang):
    given = [part.replace("PERSON", trader) for part in command]
    for text in (True, False):
        shown = told(*given, lang=lang, text=text)
        assert NAME.lower() not in (shown if text else json.dumps(shown, ensure_ascii=False)).lower()


def test_a_sole_trader_is_called_by_region_and_activity(told, trader, visitor):
    russian = "ИП, Ставропольский край, 20.59 Производство прочих химических продуктов"
    english = "Sole trader, Stavropol Krai, 20.59 Manufacture of other chemical products"
    for lang, name in (("ru", russian), ("en", english)):
        assert told("company", trader, lang=lang)["name"].startswith(name)
        assert told("company", trader, lang=lang)["name"].endswith("(26…)")
        listed = told("companies", "--query", trader, lang=lang)["items"]
        assert [item["name"].startswith(name) for item in listed] == [True]
        assert name in visitor.get(f"/companies/{trader}?lang={lang}").text
        assert name in visitor.get(f"/companies?lang={lang}").text
    fields = {item["field"] for item in told("company", trader)["statements"]}
    assert "okved_main" in fields
    assert not fields & {"name", "address"}


def test_no_file_and_no_page_names_a_person(told, trader, visitor, tmp_path):
    graph, sheet = tmp_path / "graph.graphml", tmp_path / "refused.xlsx"
    told("chain", "--graphml", str(graph))
    told("imports", "quarantine", "1", "--out", str(sheet))
    assert NAME.lower() not in graph.read_text(encoding="utf-8").lower()
    pages = ["/", "/companies", f"/companies/{trader}", f"/suppliers?inn={trader}", f"/buyers?inn={trader}", "/gaps",
             f"/explain?supplier={trader}&buyer={ARNEST}", "/projects", f"/api/v1/companies/{trader}"]  # fmt: skip
    for path in pages:
        answer = visitor.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        assert NAME.lower() not in answer.text.lower(), path


def test_a_correction_does_not_bring_a_name_back(settings, trader, tmp_path):
    from matcher.intake.formats.corrections import COLUMNS
    from matcher.intake.run import import_file
    from models.store import Store

    sheet = tmp_path / "corrected.csv"
    row = dict.fromkeys(COLUMNS, "") | {"line": "7", "inn": trader, "field": "name", "correction": f"ИП {NAME} И. И."}
    sheet.write_text(";".join(COLUMNS) + "\n" + ";".join(row[name] for name in COLUMNS) + "\n", encoding="utf-8")
    with Store.open(f"sqlite:///{tmp_path / 'zveno.db'}") as store:
        import_file(store, sheet, sole_traders=True)
        with store.read() as reader:
            assert NAME not in repr(reader.observations([trader]))

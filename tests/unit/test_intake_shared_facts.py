"""What registers and members say beside codes: founders, licences, tax regimes, what there is to share."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.intake.fields import LISTED, read_founder, read_managing_company, read_status
from models.errors import DataError
from tests.unit.test_intake_registers import EGRUL, FIRM, HEAD, PERSON, fact, parsed, register, written

FIRM_INN, OTHER, PERSON_INN = "2631015563", "7736050003", "500100732259"
FOUNDERS = (
    f'<СвУчредит><УчрЮЛРос><НаимИННЮЛ ОГРН="1027700000000" ИНН="{OTHER}" НаимЮЛПолн="ХОЛДИНГ"/></УчрЮЛРос>'
    f'<УчрФЛ><СвФЛ Фамилия="ПЕТРОВ" Имя="ПЕТР" ИННФЛ="{PERSON_INN}"/></УчрФЛ>'
    f'<УчрЮЛРос><НаимИННЮЛ ИНН="{PERSON_INN}"/></УчрЮЛРос>'
    '<УчрЮЛРос><НаимИННЮЛ ОГРН="1"/></УчрЮЛРос></СвУчредит>'
)
MANAGING = (
    f'<СвУпрОрг><НаимИННЮЛ ОГРН="1027700000000" ИНН="{OTHER}" НаимЮЛПолн="ХОЛДИНГ"/></СвУпрОрг>'
    f'<СвУпрОрг><НаимИННЮЛ ИНН="{PERSON_INN}" НаимЮЛПолн="ИП"/></СвУпрОрг>'
    f'<СведДолжнФЛ><СвФЛ Фамилия="ПЕТРОВ" Имя="ПЕТР" ИННФЛ="{PERSON_INN}"/></СведДолжнФЛ>'
)
LICENCES = (
    '<СвЛиценз НомЛиценз="Л041-77" ДатаКонЛиценз="01.02.2030">'
    "<НаимЛицВД>Медицинская деятельность; кроме той</НаимЛицВД>"
    '</СвЛиценз><СвЛиценз НомЛиценз="ВХ-35"><НаимЛицВД>Эксплуатация взрывоопасных объектов</НаимЛицВД></СвЛиценз>'
    '<СвЛиценз НомЛиценз="9"/>'
)


def values(path: Path, **options: bool) -> tuple[str, dict[str, object]]:
    name, (row,) = parsed(path, **options)
    assert row.facts is not None, row.rejections
    return name, dict(row.facts.values)


def test_founders_that_are_firms_are_kept_and_persons_are_not(tmp_path: Path) -> None:
    text = HEAD + f"<EGRUL>{EGRUL.format(FOUNDERS)}</EGRUL>"
    name, (row,) = parsed(written(tmp_path, text))
    assert name == "egrul_xml"
    assert row.facts is not None
    assert row.facts.values["founders"] == (OTHER,)
    assert [each.value for each in row.rejections if each.field == "founders"] == ["5001********"]
    for personal in ("ПЕТРОВ", PERSON_INN):
        assert personal not in repr(row)


@pytest.mark.parametrize("read", [read_founder, read_managing_company])
def test_the_inn_of_a_person_is_no_founder_and_no_managing_company(read) -> None:
    assert read(OTHER) == OTHER
    with pytest.raises(DataError, match="person"):
        read(PERSON_INN)
    with pytest.raises(DataError):
        read("7736050004")


def test_a_managing_company_is_kept_and_a_head_who_is_a_person_is_not(tmp_path: Path) -> None:
    text = HEAD + f"<EGRUL>{EGRUL.format(MANAGING)}</EGRUL>"
    _, (row,) = parsed(written(tmp_path, text))
    assert row.facts is not None
    assert row.facts.values["managed_by"] == (OTHER,)
    assert [each.value for each in row.rejections if each.field == "managed_by"] == ["5001********"]
    for personal in ("ПЕТРОВ", PERSON_INN):
        assert personal not in repr(row)


@pytest.mark.parametrize(
    ("noted", "status"),
    [
        ("", "active"),
        (
            '<СвСтатус><СвСтатус КодСтатусЮЛ="101" НаимСтатусЮЛ="Находится в стадии ликвидации"/></СвСтатус>',
            "liquidating",
        ),
        ('<СвСтатус НаимСтатусЮЛ="Признано банкротом, открыто конкурсное производство"/>', "bankrupt"),
        ("<СвСтатус/>", None),
        ("<СвСтатус/><СвПрекрЮЛ/>", "liquidated"),
    ],
)
def test_a_firm_whose_state_is_noted_is_not_called_active(tmp_path: Path, noted: str, status: str | None) -> None:
    _, found = values(written(tmp_path, HEAD + EGRUL.format(noted)))
    assert found.get("status") == status


def test_a_firm_about_to_be_struck_off_is_not_yet_closed() -> None:
    assert read_status("Принято решение о предстоящем исключении из ЕГРЮЛ") == "liquidating"


@pytest.mark.parametrize(
    ("address", "city"),
    [
        ('<СвАдрЮЛФИАС><Регион>26</Регион><НаселенПункт Вид="г" Наим="ПЯТИГОРСК"/></СвАдрЮЛФИАС>', "Пятигорск"),
        (
            '<АдресРФ КодРегион="26"><Город ТипГород="ГОРОД" НаимГород="НЕВИННОМЫССК"/></АдресРФ>'
            '<СвАдрЮЛФИАС><Регион>26</Регион><НаселенПункт Вид="г" Наим="ПЯТИГОРСК"/></СвАдрЮЛФИАС>',
            "Пятигорск",
        ),
    ],
)
def test_the_newer_form_of_an_address_goes_first(tmp_path: Path, address: str, city: str) -> None:
    firm = f'<СвЮЛ ИНН="{FIRM_INN}"><СвНаимЮЛ НаимЮЛПолн="КРАСКИ"/><СвАдресЮЛ>{address}</СвАдресЮЛ></СвЮЛ>'
    _, found = values(written(tmp_path, f'{HEAD}<e xmlns="urn:x"><f>{firm}</f></e>'))
    assert (found["city"], found["region_code"]) == (city, "26")


def test_an_extract_with_the_old_edition_of_codes(tmp_path: Path) -> None:
    text = EGRUL.format("").replace('"20.30" ПрВерсОКВЭД="2014"', '"24.30" ПрВерсОКВЭД="2001"')
    _, found = values(written(tmp_path, HEAD + text))
    assert (found.get("okved1_main"), found.get("okved_main")) == ("24.30", None)


def test_extracts_before_a_break_are_kept(tmp_path: Path) -> None:
    whole = EGRUL.format("")
    _, rows = parsed(written(tmp_path, f"{HEAD}<EGRUL>{whole}{whole[:-60]}"))
    assert [row.facts is not None for row in rows] == [True, False]


def test_licences_of_the_sme_register_are_told_in_words(tmp_path: Path) -> None:
    _, found = values(written(tmp_path, register(FIRM.replace("<СвПрод", f"{LICENCES}<СвПрод", 1))))
    assert found["licences"] == (
        "Медицинская деятельность, кроме той (№ Л041-77 до 01.02.2030)",
        "Эксплуатация взрывоопасных объектов (№ ВХ-35)",
        "№ 9",
    )


@pytest.mark.parametrize("kind", ["ОТКРДАННЫЕ1", "ОТКРДАННЫЕ7", "ОТКРДАННЫЕ12"])
@pytest.mark.parametrize(
    ("flags", "regimes"),
    [
        ('ПризнЕСХН="0" ПризнУСН="1" ПризнСРП="0"', ("usn",)),
        ('ПризнЕСХН="1" ПризнУСН="0" ПризнЕНВД="1"', ("eskhn", "envd")),
        ('ПризнАУСН="1"', ("ausn",)),
    ],
)
def test_special_tax_regimes_whatever_the_number_of_the_data_set(
    tmp_path: Path, kind: str, flags: str, regimes: tuple[str, ...]
) -> None:
    name, found = values(written(tmp_path, register(fact(f"<СведСНР {flags}/>"), kind=kind)))
    assert (name, found["tax_regimes"]) == ("fns_open_data_xml", regimes)


def test_a_firm_on_no_special_regime_says_nothing(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, register(fact('<СведСНР ПризнУСН="0"/>'), kind="ОТКРДАННЫЕ1")))
    assert row.skipped


def test_a_register_of_another_kind_is_none_of_the_open_data(tmp_path: Path) -> None:
    name, _ = parsed(written(tmp_path, register(FIRM)))
    assert name == "fns_sme_xml"


QUESTIONNAIRE = "ИНН;Наименование;Продукция;Потребности;Оборудование;Отходы;Вакансии;Свободные мощности\n"


def test_a_questionnaire_needs_no_activity(tmp_path: Path) -> None:
    path = written(
        tmp_path, QUESTIONNAIRE + f"{FIRM_INN};Краски;;растворители;смеситель 2 м³;тара;технолог;20 т в месяц\n"
    )
    name, found = values(path)
    assert name == "questionnaire"
    assert found == {
        "name": "Краски",
        "needs": "растворители",
        "equipment": "смеситель 2 м³",
        "waste": "тара",
        "vacancies": "технолог",
        "capacity": "20 т в месяц",
    }


def test_a_member_who_answers_nothing_is_noted_with_that_reason(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, QUESTIONNAIRE + f"{FIRM_INN};Краски;;;;;;\n"))
    assert row.facts is not None
    assert row.facts.values == {"name": "Краски"}
    assert [each.error.render("en") for each in row.rejections] == ["the member answered nothing"]


@pytest.mark.parametrize("title", ["Оборудование", "Отходы", "Вакансии", "Свободные мощности", "Equipment to share"])
def test_one_column_of_its_own_marks_a_questionnaire(tmp_path: Path, title: str) -> None:
    name, _ = values(written(tmp_path, f"ИНН;{title};ОКВЭД\n{FIRM_INN};есть;20.30\n"))
    assert name == "questionnaire"


def test_without_its_marks_a_table_is_a_table(tmp_path: Path) -> None:
    name, _ = values(written(tmp_path, f"ИНН;Продукция;Потребности\n{FIRM_INN};краски;растворители\n"))
    assert name == "plain_table"


def test_a_person_in_a_questionnaire_stays_out_or_without_a_name(tmp_path: Path) -> None:
    path = written(tmp_path, QUESTIONNAIRE + f"{PERSON_INN};ИП Иванов Иван Иванович;краски;;смеситель;;;\n")
    _, (row,) = parsed(path)
    assert row.facts is None
    assert "Иванов" not in repr(row)
    _, found = values(path, sole_traders=True)
    assert found["name"] == "ИП"


def test_a_table_states_founders_licences_and_regimes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "ИНН;ОКВЭД;ИНН учредителей;Лицензии;Налоговый режим\n"
        f'{FIRM_INN};20.30;{OTHER}, {PERSON_INN};"медицина (№ 7, до 2030); охрана";УСН, ЕСХН\n',
    )
    _, (row,) = parsed(path)
    assert row.facts is not None
    assert row.facts.values["founders"] == (OTHER,)
    assert row.facts.values["licences"] == ("медицина (№ 7, до 2030)", "охрана")
    assert row.facts.values["tax_regimes"] == ("usn", "eskhn")
    assert [(each.field, each.value) for each in row.rejections] == [("founders", "5001********")]


def test_an_unknown_regime_names_those_known() -> None:
    with pytest.raises(DataError, match="unknown tax regime"):
        LISTED["tax_regimes"]("общий")


def test_a_sole_trader_of_a_register_keeps_its_licences_without_a_name(tmp_path: Path) -> None:
    _, found = values(
        written(tmp_path, register(PERSON.replace("<СвОКВЭД>", f"{LICENCES}<СвОКВЭД>"))), sole_traders=True
    )
    assert len(found["licences"]) == 3  # type: ignore[arg-type]
    assert found["name"] == "ИП (26)"

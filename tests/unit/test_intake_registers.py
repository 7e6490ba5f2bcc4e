"""Registers in XML: what is taken of a document, what is set aside, and what a hostile file can do."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from matcher.intake.detect import probe
from matcher.intake.registry import choose, load, take_sample
from matcher.intake.rows import Options, Parsed
from models.errors import UnreadableFile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SENDER = '<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>'
FIRM = (
    '<Документ ИдДок="1" ДатаСост="10.11.2023" ДатаВклМСП="10.07.2018" ВидСубМСП="1" КатСубМСП="2" ПризНовМСП="2"'
    ' ССЧР="41"><ОргВклМСП НаимОрг="ОБЩЕСТВО &quot;КРАСКИ&quot;" НаимОргСокр="ООО &quot;КРАСКИ&quot;"'
    ' ИННЮЛ="2631015563"/><СведМН КодРегион="26"><Регион Тип="КРАЙ" Наим="СТАВРОПОЛЬСКИЙ"/>'
    '<Город Тип="ГОРОД" Наим="НЕВИННОМЫССК"/></СведМН><СвОКВЭД>'
    '<СвОКВЭДОсн КодОКВЭД="20.30" НаимОКВЭД="-" ВерсОКВЭД="2014"/>'
    '<СвОКВЭДДоп КодОКВЭД="46.12" НаимОКВЭД="-" ВерсОКВЭД="2014"/>'
    '<СвОКВЭДДоп КодОКВЭД="99.98" НаимОКВЭД="-" ВерсОКВЭД="2014"/></СвОКВЭД>'
    '<СвПрод КодПрод="20.30.11" НаимПрод="-" ПрОтнПрод="2"/>'
    '<СвКонтр НаимЮЛ_ЗК="-" ИННЮЛ_ЗК="7736050003" ПредмКонтр="Поставка краски" НомКонтрРеестр="77" '
    'ДатаКонтр="01.02.2023"/>'
    '<СвДог НаимЮЛ_ЗД="-" ИННЮЛ_ЗД="7708503727" НомДогРеестр="78" ДатаДог="02.02.2023"/>'
    '<СвПрогПарт НаимЮЛ_ПП="-" ИННЮЛ_ПП="2624022320" НомДог="79" ДатаДог="03.02.2023"/></Документ>'
)
PERSON = (
    '<Документ ИдДок="2" ДатаСост="10.11.2023" КатСубМСП="1"><ИПВклМСП ИННФЛ="500100732259">'
    '<ФИОИП Фамилия="ИВАНОВ" Имя="ИВАН"/></ИПВклМСП><СведМН КодРегион="26"/>'
    '<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="20.15" НаимОКВЭД="-" ВерсОКВЭД="2014"/></СвОКВЭД></Документ>'
)


def register(*documents: str, kind: str = "РЕЕСТРМСП") -> str:
    return f'{HEAD}<Файл ТипИнф="{kind}" КолДок="{len(documents)}">{SENDER}{"".join(documents)}</Файл>\n'


def fact(element: str, inn: str = "2631015563") -> str:
    return f'<Документ ИдДок="1" ДатаДок="25.10.2024" ДатаСост="31.12.2023"><СведНП ИННЮЛ="{inn}"/>{element}</Документ>'


def written(folder: Path, text: str | bytes, name: str = "a.bin") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def zipped(folder: Path, **files: str) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.xml", text)
    return path


def parsed(path: Path, **options: bool) -> tuple[str, list[Parsed]]:
    sample = take_sample(probe(path))
    name = choose(sample)
    reader, manifest = load(name)
    return name, list(reader.read(sample, manifest, Options(date(2026, 1, 1), **options)))


def test_a_firm_of_the_sme_register(tmp_path: Path) -> None:
    name, (row,) = parsed(written(tmp_path, register(FIRM)))
    assert name == "fns_sme_xml"
    assert row.facts is not None
    assert dict(row.facts.values) == {
        "name": 'ООО "КРАСКИ"',
        "category": "small",
        "region_code": "26",
        "city": "Невинномысск",
        "okved_main": "20.30",
        "okved_extra": ("46.12",),
        "products_okpd2": ("20.30.11",),
    }
    assert [(f.name, f.year, f.value) for f in row.facts.figures] == [("workers", 2022, 41.0)]
    assert [(each.field, each.value) for each in row.rejections] == [("okved_extra", "99.98")]


def test_contracts_in_the_sme_register_are_observed_sales(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, register(FIRM)))
    assert [(link.supplier_inn, link.buyer_inn, link.source, str(link.date)) for link in row.links] == [
        ("2631015563", "7736050003", "44-ФЗ № 77: Поставка краски", "2023-02-01"),
        ("2631015563", "7708503727", "223-ФЗ № 78", "2023-02-02"),
        ("2631015563", "2624022320", "программа партнёрства № 79", "2023-02-03"),
    ]


def test_a_sole_trader_is_only_counted(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, register(PERSON)))
    assert row.skipped
    assert not row.rejections


def test_a_sole_trader_is_kept_on_demand_without_a_name(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, register(PERSON)), sole_traders=True)
    assert row.facts is not None
    assert row.facts.values["name"] == "ИП (26)"
    assert "ИВАНОВ" not in repr(row).upper()


@pytest.mark.parametrize(
    ("kind", "element", "figures"),
    [
        ("ОТКРДАННЫЕ3", '<СведССЧР КолРаб="12"/>', {"workers": 12.0}),
        ("ОТКРДАННЫЕ3", '<СведССЧР КолРаб="0"/>', {"workers": 0.0}),
        (
            "ОТКРДАННЫЕ5",
            '<СведДохРасх СумДоход="10.50" СумРасход="3.00"/>',
            {"revenue_rub": 10.5, "expenses_rub": 3.0},
        ),
        ("ОТКРДАННЫЕ5", '<СведДохРасх СумДоход="0.00" СумРасход="0.00"/>', {}),
        (
            "ОТКРДАННЫЕ4",
            '<СвУплСумНал НаимНалог="НДС" СумУплНал="1.50"/><СвУплСумНал НаимНалог="-" СумУплНал="2.00"/>',
            {"taxes_paid_rub": 3.5},
        ),
        ("ОТКРДАННЫЕ6", '<СведНедоим НаимНалог="НДС" ОбщСумНедоим="7.25"/>', {"arrears_rub": 7.25}),
    ],
)
def test_figures_of_the_open_data(tmp_path: Path, kind: str, element: str, figures: dict[str, float]) -> None:
    name, (row,) = parsed(written(tmp_path, register(fact(element), kind=kind)))
    assert name == "fns_open_data_xml"
    found = () if row.facts is None else row.facts.figures
    assert {figure.name: figure.value for figure in found} == figures
    assert {figure.year for figure in found} <= {2023}
    assert not row.rejections


def test_support_adds_up_roubles_alone(tmp_path: Path) -> None:
    sizes = '<РазмПод РазмПод="100.5" ЕдПод="1"/><РазмПод РазмПод="30" ЕдПод="2"/><РазмПод РазмПод="9.5" ЕдПод="1"/>'
    grant = f'<СвПредПод ДатаПрин="05.03.2022">{sizes}</СвПредПод>'
    text = register(
        f'<Документ ДатаСост="20.05.2022"><СвЮЛ ИННЮЛ="2631015563"/>{grant}</Документ>', kind="РЕЕСТРМСП-ПП"
    )
    name, (row,) = parsed(written(tmp_path, text))
    assert name == "fns_support_xml"
    assert row.facts is not None
    assert [(f.name, f.year, f.value) for f in row.facts.figures] == [("state_support_rub", 2022, 110.0)]


def test_an_archive_is_read_file_by_file_and_numbered_through(tmp_path: Path) -> None:
    _, rows = parsed(zipped(tmp_path, a=register(FIRM, FIRM), b=register(FIRM)))
    assert [row.line for row in rows] == [1, 2, 3]


def test_a_file_of_another_kind_in_an_archive_is_set_aside(tmp_path: Path) -> None:
    other = register(fact('<СведССЧР КолРаб="12"/>'), kind="ОТКРДАННЫЕ3")
    _, rows = parsed(zipped(tmp_path, a=register(FIRM), b=other, c=register(FIRM)))
    assert [row.facts is not None for row in rows] == [True, False, True]
    assert "ОТКРДАННЫЕ3" in str(rows[1].rejections[0].error)


def test_windows_1251_is_read_as_declared(tmp_path: Path) -> None:
    text = register(FIRM).replace("UTF-8", "windows-1251").encode("windows-1251")
    _, (row,) = parsed(written(tmp_path, text))
    assert row.facts is not None
    assert row.facts.values["city"] == "Невинномысск"


def test_what_stands_before_a_break_is_kept(tmp_path: Path) -> None:
    whole = register(FIRM, FIRM, FIRM)
    _, rows = parsed(written(tmp_path, whole[: len(whole) - 300]))
    assert [row.facts is not None for row in rows] == [True, True, False]
    assert rows[-1].rejections[0].field == "file"


BOMB = '<!DOCTYPE Файл [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'.format("x" * 1000)
FILE = '<!DOCTYPE Файл [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, FILE])
def test_a_document_type_is_refused_and_no_entity_read(tmp_path: Path, doctype: str) -> None:
    text = register(FIRM.replace("НЕВИННОМЫССК", "НЕВ&#73;ННОМЫССК")).replace(HEAD, HEAD + doctype)
    _, rows = parsed(written(tmp_path, text))
    assert [row.facts for row in rows] == [None]
    assert "root:" not in repr(rows)


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", register(FIRM) + " " * (80 << 20))
    with pytest.raises(UnreadableFile):
        parsed(path)


def test_a_path_that_leaves_the_archive_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.xml", register(FIRM))
    _, rows = parsed(path)
    assert len(rows) == 1
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a.zip", "in"]


EGRUL = (
    '<СвЮЛ ДатаВып="2024-02-01" ОГРН="1022601620000" ДатаОГРН="2002-10-01" ИНН="2631015563">'
    '<СвНаимЮЛ НаимЮЛПолн="ОБЩЕСТВО КРАСКИ"><СвНаимЮЛСокр НаимСокр="ООО КРАСКИ"/></СвНаимЮЛ>'
    '<СвАдресЮЛ><АдресРФ КодРегион="26"><Регион ТипРегион="КРАЙ" НаимРегион="СТАВРОПОЛЬСКИЙ"/>'
    '<Город ТипГород="ГОРОД" НаимГород="НЕВИННОМЫССК"/></АдресРФ></СвАдресЮЛ>'
    '<СведДолжнФЛ><СвФЛ Фамилия="ПЕТРОВ" Имя="ПЕТР" ИННФЛ="500100732259"/></СведДолжнФЛ>'
    '<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="20.30" ПрВерсОКВЭД="2014"/><СвОКВЭДДоп КодОКВЭД="46.12"/></СвОКВЭД>{}</СвЮЛ>'
)


@pytest.mark.parametrize(
    ("ceased", "status"), [("", "active"), ('<СвПрекрЮЛ ДатаПрекрЮЛ="2023-01-01"/>', "liquidated")]
)
@pytest.mark.parametrize("wrapper", ["EGRUL", "Файл", "СвЮЛ"])
def test_an_extract_of_the_state_register(tmp_path: Path, wrapper: str, ceased: str, status: str) -> None:
    inside = EGRUL.format(ceased)
    text = inside if wrapper == "СвЮЛ" else f"<{wrapper}>{inside}</{wrapper}>"
    name, (row,) = parsed(written(tmp_path, HEAD + text))
    assert name == "egrul_xml"
    assert row.facts is not None
    values = dict(row.facts.values)
    assert values.pop("status") == status
    values.pop("ogrn", None)
    assert values == {
        "name": "ООО КРАСКИ",
        "founded": "2002-10-01",
        "region_code": "26",
        "city": "Невинномысск",
        "okved_main": "20.30",
        "okved_extra": ("46.12",),
    }
    assert "ПЕТРОВ" not in repr(row)


def contract(version: int | str = 0, positions: str = "", seller: str = "") -> str:
    return (
        f'<ns2:export xmlns:ns2="urn:a" xmlns="urn:b"><ns2:contract schemeVersion="8.0"><id>1</id><regNum>77</regNum>'
        f"<signDate>2023-02-01</signDate><versionNumber>{version}</versionNumber>"
        f"<customer><regNum>1</regNum><inn>7736050003</inn></customer><priceInfo><price>900.00</price></priceInfo>"
        f"<products>{positions}</products><suppliers>{seller or SELLER}</suppliers></ns2:contract></ns2:export>"
    )


def position(code: str, amount: str) -> str:
    return (
        f"<product><name>Краска</name><OKPD2><code>{code}</code></OKPD2><price>1</price><sum>{amount}</sum></product>"
    )


SELLER = "<supplier><legalEntityRF><INN>2631015563</INN></legalEntityRF></supplier>"


@pytest.mark.parametrize(
    "seller",
    [
        SELLER,
        "<supplier><inn>2631015563</inn></supplier>",
        "<supplierInfo><legalEntityRF><EGRULInfo><INN>2631015563</INN></EGRULInfo></legalEntityRF></supplierInfo>",
    ],
)
def test_a_contract_is_one_sale_a_product(tmp_path: Path, seller: str) -> None:
    positions = position("20.30.11", "100.50") + position("20.30.22", "10") + position("20.30.11", "1.5")
    name, (row,) = parsed(written(tmp_path, HEAD + contract(positions=positions, seller=seller)))
    assert name == "contracts_xml"
    assert [(link.supplier_inn, link.buyer_inn, link.okpd2, link.amount_rub) for link in row.links] == [
        ("2631015563", "7736050003", "20.30.11", 102.0),
        ("2631015563", "7736050003", "20.30.22", 10.0),
    ]
    assert {(str(link.date), link.source) for link in row.links} == {("2023-02-01", "44-ФЗ № 77")}


def test_of_the_versions_of_a_contract_the_last_counts(tmp_path: Path) -> None:
    files = {f"v{version}": HEAD + contract(version, position("20.30.11", str(version))) for version in (1, 3, 2)}
    _, rows = parsed(zipped(tmp_path, **files))
    assert [[link.amount_rub for link in row.links] for row in rows] == [[], [3.0], []]
    assert [[each.field for each in row.rejections] for row in rows] == [["document"], [], ["document"]]


@pytest.mark.parametrize("version", ["9" * 5000, "-1", "10б", ""])
def test_a_version_that_is_none_comes_before_all_others(tmp_path: Path, version: str) -> None:
    files = {
        "a": HEAD + contract(2, position("20.30.11", "2")),
        "b": HEAD + contract(version, position("20.30.11", "3")),
    }
    _, rows = parsed(zipped(tmp_path, **files))
    assert [[link.amount_rub for link in row.links] for row in rows] == [[2.0], []]


def test_a_contract_without_positions_is_sold_for_its_price(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, HEAD + contract()))
    assert [(link.okpd2, link.amount_rub) for link in row.links] == [(None, 900.0)]


def test_a_person_who_sells_is_only_counted(tmp_path: Path) -> None:
    seller = (
        "<supplier><individualPersonRF><INN>500100732259</INN><lastName>П</lastName></individualPersonRF></supplier>"
    )
    _, (row,) = parsed(written(tmp_path, HEAD + contract(seller=seller)))
    assert (row.skipped, row.links) == (True, ())


def test_a_contract_whose_supplier_is_withheld_is_set_aside(tmp_path: Path) -> None:
    _, (row,) = parsed(written(tmp_path, HEAD + contract(seller="<supplier><name>-</name></supplier>")))
    assert [each.field for each in row.rejections] == ["supplier_inn"]

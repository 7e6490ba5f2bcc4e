"""The register of products: what is in force is read, what is not is refused with its reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher.intake.detect import probe
from matcher.intake.fields import read_inn
from matcher.intake.registry import choose, load, take_sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError

HEADER = "Nameoforg,OGRN,INN,Orgaddr,Docdate,Docvalidtill,Enddate,Registernumber,Productname,OKPD2\n"
INN = "7736050003"


def parse(tmp_path: Path, *rows: str) -> list[Parsed]:
    path = tmp_path / "register.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    sample = take_sample(probe(path))
    name = choose(sample)
    assert name == "gisp_products"
    reader, manifest = load(name)
    return list(reader.read(sample, manifest, Options(date(2024, 6, 1))))


def test_a_product_with_several_codes_is_read_and_a_dash_is_empty(tmp_path: Path) -> None:
    (row,) = parse(tmp_path, f'"АО ""Проба""",-,{INN},-,2024-01-10,-,-,1,"Насос ""А""","28.13.14; 28.13.1"')
    assert row.facts is not None
    assert row.facts.values == {"name": 'АО "Проба"', "offers": 'Насос "А"', "products_okpd2": ("28.13.14", "28.13.1")}
    assert not row.rejections


def test_of_renewals_the_latest_counts_whatever_the_form_of_the_date(tmp_path: Path) -> None:
    rows = parse(
        tmp_path,
        f"АО,-,{INN},-,09.02.2024,2027-01-01,-,1,новый,28.13.14",
        f"АО,-,{INN},-,2023-12-31,2026-01-01,-,1,старый,28.13.14",
    )
    assert [row.facts is not None for row in rows] == [True, False]


def test_terminated_and_lapsed_entries_are_refused(tmp_path: Path) -> None:
    rows = parse(
        tmp_path,
        f"АО,-,{INN},-,2023-01-01,2027-01-01,2024-01-01,1,а,28.13.14",
        f"АО,-,{INN},-,2020-01-01,31.05.2024,-,2,б,28.13.14",
        f"АО,-,{INN},-,2020-01-01,01.06.2024,-,3,в,28.13.14",
    )
    assert [row.facts is not None for row in rows] == [False, False, True]
    assert [len(row.rejections) for row in rows] == [1, 1, 0]


def test_the_end_of_entries_in_force_is_told_once_a_day_with_the_first_row_of_the_firm(tmp_path: Path) -> None:
    rows = parse(
        tmp_path,
        f"АО,-,{INN},-,2024-01-01,01.03.2027,-,10/1,а,28.13.14",
        f"АО,-,{INN},-,2022-01-01,2024-08-20,-,10/2,б,28.13.14",
        f"АО,-,{INN},-,2024-01-01,2027-03-01,-,10/3,в,28.13.14",
        f"АО,-,{INN},-,2020-01-01,2024-08-20,2024-02-01,10/4,снят,28.13.14",
        f"АО,-,{INN},-,2020-01-01,2024-01-01,-,10/5,истёк,28.13.14",
        f"АО,-,{INN},-,2020-01-01,2024-08-20,-,10/3,прежний,28.13.14",
    )
    told = [row.facts.values.get("licences") for row in rows if row.facts is not None]
    assert told == [
        (
            "запись в реестре ГИСП № 10/2, действует до 2024-08-20",
            "записи в реестре ГИСП № 10/1 и ещё 1, действуют до 2027-03-01",
        ),
        None,
        None,
    ]


@pytest.mark.parametrize("text", ["2.63102E+09", "7,73605E+09", "7.73605000E+09"])
def test_an_inn_whose_digits_a_spreadsheet_rounded_away_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="rounded"):
        read_inn(text)


@pytest.mark.parametrize(
    ("text", "inn"), [("7.736050003E+09", INN), ("1.05012349E+08", "0105012349"), ("105012349", "0105012349")]
)
def test_an_inn_with_all_its_digits_is_read(text: str, inn: str) -> None:
    assert read_inn(text) == inn


def test_a_wrong_check_digit_is_not_repaired() -> None:
    with pytest.raises(DataError):
        read_inn("7.736050004E+09")

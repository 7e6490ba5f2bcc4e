"""What leads to a person is found in free texts, and goods, standards and amounts are not taken for it."""

from __future__ import annotations

import pytest

from matcher.intake.contacts import personal


@pytest.mark.parametrize(
    "text",
    [
        "пишите на sales@zavod.ru",
        "почта sales @ zavod.ru",
        "тел. +7 (865) 212-34-56",
        "тел. 88652123456",
        "8-918-123-45-67, спросить Олега",
        "(8652) 12-34-56",
        "доб. 123-45-67",
        "+49 170 1234567",
        "телеграм @zavod_sales",
        "t.me/zavod",
        "WhatsApp",
        "ИНН 263500000001",
        "обращаться: Иванов И. И.",
        "обращаться: И. И. Иванов",
        "обращаться к Петровой Анне Сергеевне",
        "директор Сидоров Пётр",
    ],
)
def test_what_leads_to_a_person_is_found(text):
    assert list(personal(text))


@pytest.mark.parametrize(
    "text",
    [
        "Карбамид марки Б, ГОСТ 2081-2010, 5 000 т в месяц, 18 000 руб./т с НДС",
        "Полипропилен 01030, CAS 9003-07-0; Невинномысский Азот, Ставропольский край",
        "Фреза 1234-5678-90, насос Х80-50-250К-СД, мощность 1 200 000 000 руб.",
        "ООО «Иванов и сыновья», ИНН 2635000014, ОГРН 1022603620885",
        "Производство по адресу: Ставрополь, Промышленный район; срок до 31.12.2026",
        "Sacks 50 kg, FCA Nevinnomyssk, Incoterms 2020",
        "Завод имени Кирова; Новая Линия; Северный Кавказ",
        "",
    ],
)
def test_goods_standards_and_amounts_are_not_taken_for_it(text):
    assert list(personal(text)) == []

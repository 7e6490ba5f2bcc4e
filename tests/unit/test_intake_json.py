"""Answers of services in JSON: what is taken, what is set aside, and what a broken or hostile file can do."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.intake import json_documents as module
from matcher.intake.detect import probe
from matcher.intake.documents import Break
from matcher.intake.json_documents import json_documents
from matcher.intake.registry import choose, load, take_sample
from matcher.intake.rows import Options, Parsed
from models.errors import UnreadableFile

INN = "2631015563"
TOWN = {"topoShortName": "г", "topoValue": "НЕВИННОМЫССК"}
FIRM: dict[str, Any] = {
    "inn": INN,
    "focusHref": "https://example.org",
    "UL": {
        "legalName": {"short": 'ООО "КРАСКИ"', "full": "ОБЩЕСТВО"},
        "legalAddress": {"parsedAddressRF": {"zipCode": "357000", "regionCode": "26", "city": TOWN}},
        "status": {"statusString": "Действующее", "dissolved": False},
        "registrationDate": "2002-11-05",
        "heads": [{"fio": "Тайный Глава", "innfl": "500100732259", "position": "директор"}],
    },
    "egrDetails": {
        "UL": {
            "activities": {"principalActivity": {"code": "20.30"}, "complementaryActivities": [{"code": "46.12"}, None]}
        }
    },
}
PERSON = {"inn": "500100732259", "IP": {"fio": "Тайный Глава", "status": {"statusString": "Действующий"}}}


def report(year: int, **versions: dict[str, Any]) -> dict[str, Any]:
    corrections = [
        {"type": 12, "correction": {"correctionVersion": int(name[1:]), **blocks}} for name, blocks in versions.items()
    ]
    return {"period": str(year), "actualCorrectionNumber": len(versions) - 1, "typeCorrections": corrections}


REPORTS = [
    report(
        2022,
        v0={"balance": {"current1600": 1}},
        v1={"balance": {"current1600": 100, "current1150": None}, "financialResult": {"current2110": 0}},
    ),
    report(
        2023,
        v0={
            "balance": {"current1600": 300, "previous1600": 999, "beforePrevious1600": 50},
            "financialResult": {"current2110": 700, "previous2110": 1, "current2400": -5},
        },
    ),
]
FIGURES = {
    ("assets_rub", 2021): 50e3,
    ("assets_rub", 2022): 100e3,
    ("assets_rub", 2023): 300e3,
    ("revenue_rub", 2022): 0.0,
    ("revenue_rub", 2023): 700e3,
    ("profit_rub", 2023): -5e3,
}
CARD = {"inn": f"<strong>{INN}</strong>", "shortName": "ООО <strong>КРАСКИ</strong>", "okved2": {"id": "20.30"}}


def written(folder: Path, content: object) -> Path:
    path = folder / "a.bin"
    if isinstance(content, bytes):
        path.write_bytes(content)
        return path
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def parsed(path: Path, **options: bool) -> tuple[str, list[Parsed]]:
    sample = take_sample(probe(path))
    name = choose(sample)
    reader, manifest = load(name)
    return name, list(reader.read(sample, manifest, Options(date(2026, 1, 1), **options)))


def figures(row: Parsed) -> dict[tuple[str, int], float]:
    return {} if row.facts is None else {(each.name, each.year): each.value for each in row.facts.figures}


def test_a_firm_of_kontur_focus(tmp_path: Path) -> None:
    name, (row,) = parsed(written(tmp_path, [FIRM]))
    assert name == "kontur_focus"
    assert row.facts is not None
    assert dict(row.facts.values) == {
        "name": 'ООО "КРАСКИ"',
        "region_code": "26",
        "city": "Невинномысск",
        "address": "357000, г НЕВИННОМЫССК",
        "status": "active",
        "founded": "2002-11-05",
        "okved_main": "20.30",
        "okved_extra": ("46.12",),
    }
    assert not row.rejections
    assert "Тайный" not in repr(row)


def test_persons_are_only_counted(tmp_path: Path) -> None:
    _, rows = parsed(written(tmp_path, [FIRM, PERSON]))
    assert [row.skipped for row in rows] == [False, True]
    _, rows = parsed(written(tmp_path, [FIRM, PERSON]), sole_traders=True)
    assert rows[1].facts is not None
    assert "Тайный" not in repr(rows)


@pytest.mark.parametrize("odd", [{}, {"UL": None}, {"UL": []}, {"UL": {"legalName": 3, "status": "?"}}])
def test_any_key_may_be_missing_or_odd(tmp_path: Path, odd: dict[str, Any]) -> None:
    _, rows = parsed(written(tmp_path, [FIRM, {"inn": INN, **odd}, {"UL": {}}]))
    assert rows[1].facts is None
    assert [each.field for each in rows[2].rejections] == ["inn"]


@pytest.mark.parametrize(
    "content",
    [
        {"organisation": CARD, "reports": REPORTS},
        [{"organisation": CARD, "reports": REPORTS}],
        {**CARD, "bfo": REPORTS},
        "\n".join(json.dumps({"organisation": CARD, "reports": REPORTS}) for _ in range(2)),
    ],
)
def test_reports_of_gir_bo(tmp_path: Path, content: object) -> None:
    name, rows = parsed(written(tmp_path, content))
    assert name == "gir_bo"
    for row in rows:
        assert figures(row) == FIGURES
        assert not row.rejections
        assert row.facts is not None
        assert row.facts.values["name"] == "ООО КРАСКИ"


def test_a_search_answer_of_gir_bo_names_organisations(tmp_path: Path) -> None:
    name, rows = parsed(written(tmp_path, {"totalPages": 1, "content": [CARD, {**CARD, "region": "26"}], "size": 2}))
    assert name == "gir_bo"
    assert [dict(row.facts.values) for row in rows if row.facts] == [
        {"name": "ООО КРАСКИ", "okved_main": "20.30"},
        {"name": "ООО КРАСКИ", "okved_main": "20.30", "region_code": "26"},
    ]


def test_reports_that_cannot_be_used_are_set_aside(tmp_path: Path) -> None:
    torn = {**report(2023, v0={"balance": {"current1600": 1}}, v1={}), "actualCorrectionNumber": 7}
    bank = {**report(2022, v0={"balance": {"current1600": 1}}), "isCb": True}
    wrong = report(2021, v0={"financialResult": {"current2110": "много", "current2400": -1}})
    _, (row,) = parsed(written(tmp_path, {"inn": INN, "reports": [torn, bank, wrong, {"period": "?"}]}))
    assert figures(row) == {("profit_rub", 2021): -1e3}
    assert [each.field for each in row.rejections] == ["period", "period", "revenue_rub"]


def test_older_reports_have_one_correction(tmp_path: Path) -> None:
    old = {"period": "2019", "correction": {"balance": {"current1600": "1 200"}}}
    _, (row,) = parsed(written(tmp_path, [{"inn": INN, "reports": old}]))
    assert figures(row) == {("assets_rub", 2019): 1.2e6}


def test_other_json_is_of_no_format(tmp_path: Path) -> None:
    for content in ({"a": 1}, [[1], 2], []):
        with pytest.raises(UnreadableFile):
            parsed(written(tmp_path, content))


@pytest.mark.parametrize("cut", [10, 1])
def test_documents_before_a_break_are_kept(tmp_path: Path, cut: int) -> None:
    _, rows = parsed(written(tmp_path, json.dumps([FIRM, FIRM, FIRM])[:-cut]))
    assert [row.facts is not None for row in rows][:2] == [True, True]
    assert [each.field for each in rows[-1].rejections] == ["file"]


def test_documents_before_nonsense_are_kept(tmp_path: Path) -> None:
    _, rows = parsed(written(tmp_path, json.dumps([FIRM, FIRM])[:-1] + ", nonsense]"))
    assert [row.facts is not None for row in rows] == [True, True, False]


def test_deep_nesting_is_a_break(tmp_path: Path) -> None:
    _, rows = parsed(written(tmp_path, json.dumps([FIRM])[:-1] + ',{"a":' + "[" * 200_000))
    assert [row.facts is not None for row in rows] == [True, False]


def test_a_document_without_end_is_a_break(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 1 << 20)
    path = written(tmp_path, '[{"inn":"' + "1" * (3 << 20))
    ((_, stop),) = json_documents(probe(path))
    assert isinstance(stop, Break)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_encodings_and_packing(tmp_path: Path, encoding: str) -> None:
    text = json.dumps([FIRM], ensure_ascii=False).encode(encoding)
    for content in (text, gzip.compress(text)):
        _, (row,) = parsed(written(tmp_path, content))
        assert row.facts is not None
        assert row.facts.values["name"] == 'ООО "КРАСКИ"'


def test_memory_is_flat(tmp_path: Path) -> None:
    path = written(tmp_path, "[" + ",".join([json.dumps(FIRM)] * 10_000) + "]")
    source = probe(path)
    tracemalloc.start()
    try:
        count = sum(1 for _ in json_documents(source))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_000
    assert path.stat().st_size > 8 << 20
    assert peak < 2 << 20

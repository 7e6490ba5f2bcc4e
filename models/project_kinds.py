"""What is fixed about each kind of joint project: directions, indicators, costs, gains by role, guides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from models.resources import read_table
from models.text import Lang

#: Parts of a guide.
RISK, STEP, FACT = "risk", "step", "fact"
#: What a role gains if not a cost spared: turnover, or nothing that is known in roubles.
SALES, NO_GAIN = "sales", "none"


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of joint project; costs are of preparing one, roubles, without investment."""

    kind: str
    directions: tuple[str, ...]
    kpis: tuple[int, ...]
    cost_rub: float
    cost_low_rub: float
    cost_high_rub: float
    reason: str


class RoleGain(NamedTuple):
    """What a role gains: the kind of gain and the assumption its amount is multiplied by, "" for all of it."""

    gain: str
    assumption: str


class Kpi(NamedTuple):
    """A key performance indicator of the programme with its targets by year, ``None`` where none is set."""

    number: int
    name_ru: str
    name_en: str
    unit_ru: str
    unit_en: str
    targets: Mapping[int, float | None]

    def name(self, lang: Lang) -> str:
        """Return its name."""
        return self.name_ru if lang == "ru" else self.name_en

    def unit(self, lang: Lang) -> str:
        """Return its unit."""
        return self.unit_ru if lang == "ru" else self.unit_en


@cache
def project_kinds() -> Mapping[str, ProjectKind]:
    """Return the kinds.

    >>> project_kinds()["cross_cluster"].directions
    ('С5–В1',)
    """
    return {
        row["kind"]: ProjectKind(
            row["kind"],
            tuple(row["directions"].split(";")),
            tuple(int(number) for number in row["kpis"].split(";")),
            float(row["cost_rub"]),
            float(row["cost_low_rub"]),
            float(row["cost_high_rub"]),
            row["reason"],
        )
        for row in read_table("reference/project_kinds.csv")
    }


@cache
def role_gains() -> Mapping[tuple[str, str], RoleGain]:
    """Return what each role gains, by kind and role."""
    return {
        (row["kind"], row["role"]): RoleGain(row["gain"], row["assumption"])
        for row in read_table("reference/project_roles.csv")
    }


@cache
def directions() -> Mapping[str, tuple[str, str]]:
    """Return the strategic directions of the programme with their Russian and English names."""
    return {
        row["direction"]: (row["name_ru"], row["name_en"]) for row in read_table("reference/strategic_directions.csv")
    }


def direction_key(text: str) -> str:
    """Return a direction as the table writes it, from any of its spellings.

    Latin letters for Cyrillic ones, hyphens, blanks and ``Сл`` for a weakness are understood.

    >>> direction_key("c5-b1"), direction_key("Сл13 – В4"), direction_key("nonsense")
    ('С5–В1', 'С13–В4', 'NONSENSE')
    """
    bare = "".join(text.split()).upper().translate(str.maketrans("CBY-—", "СВУ––"))
    return bare.replace("СЛ", "С")


@cache
def kpis() -> Mapping[int, Kpi]:
    """Return the indicators of the programme by number."""
    return {
        int(row["no"]): Kpi(
            int(row["no"]),
            row["indicator_ru"],
            row["indicator_en"],
            row["unit_ru"],
            row["unit_en"],
            {year: float(row[str(year)]) if row[str(year)] else None for year in range(2020, 2025)},
        )
        for row in read_table("reference/programme_kpis.csv")
    }


def guide(kind: str, part: str, lang: Lang) -> list[str]:
    """Return the risks, steps or missing facts of a kind, in order.

    >>> len(guide("chain", STEP, "en"))
    3
    """
    rows = [row for row in _guides() if row["kind"] == kind and row["part"] == part]
    return [row[f"text_{lang}"] for row in sorted(rows, key=lambda row: int(row["place"]))]


@cache
def _guides() -> tuple[dict[str, str], ...]:
    return tuple(read_table("reference/project_guides.csv"))

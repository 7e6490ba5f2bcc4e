"""An indicator of the cluster's programme, with by how much something moves it, beside the programme's last target."""

from __future__ import annotations

from matcher.report.frame import Document
from models.project_kinds import kpis
from models.text import Lang


def indicator(number: int, by: float, low: float, high: float, lang: Lang) -> Document:
    """Return an indicator, moved by ``by`` (from ``low`` to ``high``) in its own unit.

    Examples
    --------
    >>> moved = indicator(1, 3, 0, 3, "en")
    >>> moved["name"], moved["by"], moved["target"], moved["target_year"]
    ('SMEs that are members of the cluster', 3, 18.0, 2024)
    """
    kpi = kpis()[number]
    year, target = max((year, value) for year, value in kpi.targets.items() if value is not None)
    return {
        "no": number,
        "name": kpi.name(lang),
        "unit": kpi.unit(lang),
        "by": round(float(by)),
        "low": round(float(low)),
        "high": round(float(high)),
        "target": target,
        "target_year": year,
    }

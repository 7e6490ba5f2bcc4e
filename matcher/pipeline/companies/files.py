"""Use case: companies of a list as a file: a table that can be imported again, or points on a map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from matcher.index.filters import Ints
from matcher.pipeline.workspace import Workspace
from matcher.report.figures import rub
from matcher.report.files.export import companies_sheet
from matcher.report.files.sheets import write_csv, write_workbook
from matcher.report.frame import Document
from models.names import shown_name

Form = Literal["csv", "xlsx", "geojson"]
FORMS: tuple[Form, ...] = get_args(Form)


def write_companies(workspace: Workspace, firms: Ints, form: Form, path: Path) -> None:
    """Write firms, in their order, to a file."""
    inns = [workspace.columns.inn_of(int(firm)) for firm in firms]
    if form == "geojson":
        text = json.dumps(collection(workspace, firms, inns), ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")
        return
    lang = workspace.settings.lang
    with workspace.store.read() as reader:
        sheet = companies_sheet(reader, lang, reader.companies_by_inn(inns).values(), with_sources=False)
        if form == "csv":
            write_csv(path, sheet, lang)
        else:
            write_workbook(path, [sheet])


def collection(workspace: Workspace, firms: Ints, inns: Sequence[str]) -> Document:
    """Return firms as a GeoJSON feature collection (RFC 7946); a firm of unknown place has no geometry.

    ``exact`` is false where a firm stands in the middle of its region.
    """
    columns, known = workspace.columns, workspace.companies(inns)
    features = []
    for firm, inn in zip(firms, inns, strict=True):
        place, company = int(columns.place[firm]), known[inn]
        located = not np.isnan(columns.place_spread_km[place])
        point = [round(float(columns.place_lon[place]), 5), round(float(columns.place_lat[place]), 5)]
        features.append(
            {
                "type": "Feature",
                "id": inn,
                "geometry": {"type": "Point", "coordinates": point} if located else None,
                "properties": {
                    "inn": inn,
                    "name": shown_name(company, workspace.settings.lang),
                    "city": company.city,
                    "region_code": company.region_code,
                    "okved_main": company.okved_main,
                    "revenue_rub": rub(company.revenue_rub),
                    "exact": bool(columns.place_exact[place]),
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}

"""The blueprint of all pages and what their forms offer to choose from."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from api.asking import given, held
from api.languages import current_language
from matcher.pipeline.workspace import Workspace
from models.clusters import cluster_name, clusters, segment_name, segments
from models.geography import region_name

blueprint = Blueprint("pages", __name__)
Choice = tuple[str, str]


@blueprint.before_request
def welcome() -> str | None:
    """Say how to begin while the register is empty, unless a company was named: it is unknown then, or to be added."""
    named = "inn" in (request.view_args or {}) or given("inn", "supplier", "buyer", "anchor")
    if named or request.endpoint == "pages.new_company" or held().firms:
        return None
    return page("welcome.html")


def page(template: str, **values: Any) -> str:
    """Return a page; every template knows how many companies there are and what forms offer."""
    return render_template(
        template,
        firms=held().firms,
        region_choices=region_choices(),
        cluster_choices=cluster_choices(),
        **values,
    )


def region_choices() -> list[Choice]:
    """Return the regions the register holds firms of: code and name, by name."""
    return held().kept_undecided("region choices", current_language(), _region_choices)


def _region_choices(here: Workspace) -> list[Choice]:
    lang = here.settings.lang
    codes = (str(code) for code in here.columns.region_code)
    return sorted(((code, region_name(code, lang)) for code in codes if code), key=lambda choice: choice[1])


def cluster_choices() -> list[Choice]:
    """Return the clusters: key and name."""
    return [(cluster.key, cluster_name(cluster, current_language())) for cluster in clusters()]


def segment_choices(cluster: str) -> list[Choice]:
    """Return the segments of a cluster: slug and name, in the order of its chain."""
    return [(segment.slug, segment_name(segment, current_language())) for segment in segments(cluster)]

"""Lists and look-ups: companies, what a text or a code means, what an activity needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.typical import needed, weight
from matcher.classify.company import Profile
from matcher.index.filters import Wanted
from matcher.pipeline.companies.listed import companies_part
from matcher.pipeline.workspace import Workspace
from matcher.report.figures import share
from matcher.report.frame import Document
from models.channels import goods_handled
from models.classifications import activity_name, group_of, groups_under
from models.clusters import membership, segments
from models.coefficients import Input, load
from models.identifiers import parse_okved
from models.names import shown_name
from models.records import Company
from models.typical import Order, typical, typical_level

CHEMICAL = "chemical"


def companies(
    workspace: Workspace,
    cluster: str,
    stage: str | None,
    segment: str | None,
    region: str | None,
    query: str | None,
    top: int,
) -> Document:
    """List companies with their place in a cluster's chain, largest output first."""
    wanted = Wanted(cluster, one_or_none(stage), one_or_none(segment), one_or_none(region), text=query)
    return companies_part(workspace, wanted, top)[0]


def one_or_none(value: str | None) -> tuple[str, ...]:
    """Return the values of a filter that takes one at most.

    >>> one_or_none("26"), one_or_none(None)
    (('26',), ())
    """
    return (value,) if value else ()


def classify_inn(workspace: Workspace, inn: str, cluster: str | None = None, top: int = 5) -> Document:
    """Return the activities of a company of the register."""
    firm = workspace.firm(inn)
    key = workspace.columns.inn_of(firm)
    return classify_company(workspace, workspace.companies([key])[key], cluster, top)


def classify_company(workspace: Workspace, company: Company, cluster: str | None = None, top: int = 5) -> Document:
    """Return the activities of a company with confidence, place in the chain and evidence."""
    profile = workspace.classifier.classify(company)
    return {
        "inn": company.inn,
        "name": shown_name(company, workspace.settings.lang),
        "candidates": profile_candidates(workspace, profile, cluster, top),
        "unknown_share": share(profile.unknown_share),
    }


def profile_candidates(workspace: Workspace, profile: Profile, cluster: str | None, top: int) -> list[Document]:
    """Return the best activities of a profile."""
    return [
        _candidate(
            workspace,
            a.code,
            a.detail_code,
            a.confidence,
            [r.render(workspace.settings.lang) for r in a.reasons],
            cluster,
        )
        | {"share": share(a.share)}
        for a in profile.assignments[:top]
    ]


def classify_text(workspace: Workspace, text: str, cluster: str | None = None, top: int = 5) -> Document:
    """Return what a text speaks of."""
    lang = workspace.settings.lang
    found = workspace.classifier.texts.candidates(text, top)
    return {
        "text": text,
        "candidates": [
            _candidate(workspace, c.code, c.detail_code, c.confidence, [r.render(lang) for r in c.reasons], cluster)
            for c in found
        ],
    }


def classify_okved(workspace: Workspace, text: str, cluster: str | None = None, top: int = 5) -> Document:
    """Return the four-digit groups of a code with equal confidence."""
    code = parse_okved(text)
    group = group_of(code)
    under: Sequence[str] = (group,) if group else groups_under(code)
    detail = code if group and code != group else None
    return {
        "okved_code": code,
        "candidates": [_candidate(workspace, c, detail, 1 / len(under), [], cluster) for c in under[:top]],
    }


def _candidate(
    workspace: Workspace, code: str, detail: str | None, confidence: float, reasons: list[str], cluster: str | None
) -> Document:
    key = cluster or CHEMICAL
    place = membership(detail or code, key)
    lang = workspace.settings.lang
    row = next((s for s in segments(key) if place and s.slug == place.segment), None)
    return {
        "okved_code": code,
        "detail_code": detail,
        "name": activity_name(code, lang),
        "confidence": round(float(confidence), 4),
        "stage": place.stage if place else None,
        "side": (place.side or None) if place else None,
        "segment": place.segment if place else None,
        "segment_name": (row.name_ru if lang == "ru" else row.name_en) if row else None,
        "cluster": key if place else None,
        "reasons": reasons,
    }


def inputs(workspace: Workspace, text: str, top: int = 20, order: Order = "coefficient") -> Document:
    """Return what an activity needs, largest coefficient first, or what its trade typically takes first."""
    code, group = _group(text)
    cells = _sorted(load().inputs(group), order)[:top]
    return _inherited(code, group) | {"inputs": [_cell(workspace, cell, cell.supply_okved) for cell in cells]}


def users(workspace: Workspace, text: str, top: int = 20, order: Order = "coefficient") -> Document:
    """Return which activities use what a code makes, in the same orders; ``inputs`` lists the users.

    A trade code makes nothing: listed are the users of the goods it hands on, each with the ``goods``.
    """
    code, group = _group(text)
    handled = goods_handled(group)
    uses = load().uses(group) if not handled else _largest_first(cell for good in handled for cell in load().uses(good))
    cells = [
        _cell(workspace, cell, cell.buyer_okved) | ({"goods": cell.supply_okved} if handled else {})
        for cell in _sorted(uses, order)[:top]
    ]
    return _inherited(code, group) | {"of": True, "inputs": cells}


def _largest_first(cells: Iterable[Input]) -> Sequence[Input]:
    return sorted(cells, key=lambda cell: (-(cell.coefficient or 0.0), cell.buyer_okved, cell.supply_okved))


def _sorted(cells: Sequence[Input], order: Order) -> Sequence[Input]:
    """Return cells as they come, by coefficient, or by need."""
    return cells if order == "coefficient" else sorted(cells, key=_need, reverse=True)


def _need(cell: Input) -> float:
    return float(needed(cell.coefficient or 0.0, weight(typical(cell.supply_okved, cell.buyer_okved))))


def _group(text: str) -> tuple[str, str]:
    """Return a code and the four-digit group it inherits from; a wider code stands for its largest group by output."""
    code = parse_okved(text)
    group = group_of(code)
    if group is None:
        output = dict(zip(load().groups, load().output_rub, strict=True))
        group = max(groups_under(code), key=lambda one: float(output[one]))
    return code, group


def _inherited(code: str, group: str) -> Document:
    """Return the code, where its cells are from, and of a trade code whose goods it hands on."""
    handled = goods_handled(group)
    channel = {"role": "channel", "goods_handled": list(handled)} if handled else {}
    return {"okved_code": code, "inherited_from": group if group != code else None} | channel


def _cell(workspace: Workspace, cell: Input, code: str) -> Document:
    return {
        "okved_code": code,
        "name": activity_name(code, workspace.settings.lang),
        "coefficient": cell.coefficient,
        "import_share": cell.import_share,
        "layer": cell.layer,
        "sources": list(cell.sources),
        "typical": typical_level(cell.supply_okved, cell.buyer_okved),
    }

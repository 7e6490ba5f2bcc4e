"""What a firm of the register says it needs, heard as the words of one need are: which inputs of its list it means."""

from __future__ import annotations

import numpy as np

from matcher.match.pairs import Party
from matcher.pipeline.described import SURE, Floats, goods_wanted, heard_needs
from matcher.pipeline.workspace import Workspace
from matcher.report.ranking.stated import Stated, stated_items

#: Inputs that one need is taken to mean.
MOST_CODES = 2


def stated_needs(workspace: Workspace, buyer: Party) -> tuple[Stated, ...]:
    """Return what a firm says it needs; kept, so that a firm is heard once as long as the register stays."""
    if buyer.firm is None or buyer.need is None:
        return ()
    inn = workspace.columns.inn_of(buyer.firm)
    return workspace.stated.get(inn, lambda: _heard(workspace, inn, buyer))


def _heard(workspace: Workspace, inn: str, buyer: Party) -> tuple[Stated, ...]:
    company = workspace.companies([inn]).get(inn)
    items = stated_items(company.needs) if company else []
    spent = workspace.economy.spending(buyer.shares)
    heard = heard_needs(workspace, items)
    return tuple(Stated(item, _codes(workspace, one, spent)) for item, one in zip(items, heard, strict=True))


def _codes(workspace: Workspace, wanted: Floats, spent: Floats) -> tuple[int, ...]:
    """Return the codes that a need is trusted to mean, the surest first; of a trade in many goods the likeliest one."""
    sure = goods_wanted(workspace.economy, np.where(wanted >= SURE, wanted, 0.0), spent)
    trusted = max(int((sure >= SURE).sum()), int(sure.any()))
    return tuple(np.argsort(-sure, kind="stable")[: min(trusted, MOST_CODES)].tolist())

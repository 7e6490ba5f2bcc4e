"""Weights learned from decisions and observed links: fit, keep, list, undo, and say what moved and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matcher.learn.calibration import FOLDS, calibrate, cross_calibrated, enough, reliability
from matcher.learn.examples import Decided, Material, firm_keys, gather
from matcher.learn.posterior import Fit, fit_weights
from matcher.learn.weighing import MEMBER, members
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS, default_weights
from matcher.match.shortlist import Filters, rank_suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.assumptions import assumption
from models.clusters import cluster as known_cluster
from models.clusters import clusters
from models.decision_reasons import decision_reasons
from models.errors import DataError
from models.events import Decision
from models.learned import LearnedWeights, in_force
from models.text import T

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Decisions named with each part that moved, buyers whose lists are compared, and how much of a list.
PULLS, BUYERS, FIRST = 3, 20, 10


@dataclass(frozen=True)
class Learned:
    """What a cluster's examples teach."""

    material: Material
    decisions: tuple[Decision, ...]
    fit: Fit
    held_out: Floats
    fold: Ints

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each part, to nine digits, so that a version is read back as it was kept."""
        return {part: round(float(value), 9) for part, value in zip(PARTS, self.fit.weights, strict=True)}

    @property
    def calibration(self) -> dict[str, Any] | None:
        """How scores become probabilities, ``None`` without labels enough."""
        accepted = self.material.examples.accepted
        return dict(calibrate(self.held_out, accepted)) if enough(accepted) else None


def learn(workspace: Workspace, cluster: str | None, by: str = "") -> Document:
    """Fit the weights of one cluster, or of each that has something to learn from, and keep what changed.

    Raises
    ------
    DataError
        If there are neither decisions nor observed links to learn from.
    """
    keys = [known_cluster(cluster).key] if cluster else [each.key for each in clusters()]
    found = {key: learned for key in keys if (learned := learn_cluster(workspace, key)) is not None}
    if not found:
        raise DataError(
            T("there is nothing to learn from: no decision and no observed link of these firms"),
            T("decide on pairs first: zveno decide SUPPLIER BUYER accept"),
        )
    return {"items": [_keep(workspace, key, learned, by) for key, learned in found.items()]}


def learn_cluster(workspace: Workspace, cluster: str) -> Learned | None:
    """Return what decisions and links with at least one firm of a cluster teach, ``None`` if there are none."""
    columns, economy = workspace.columns, workspace.economy
    inside = columns.shares @ members(economy, cluster) >= MEMBER
    decided: list[Decided] = []
    sources: list[Decision] = []
    for (supplier_inn, buyer_inn), made in workspace.decided.items():
        supplier, buyer = columns.firm(supplier_inn), columns.firm(buyer_inn)
        if supplier is None or buyer is None or made.decision == "later" or not (inside[supplier] or inside[buyer]):
            continue
        reason = decision_reasons().get(made.reason_code)
        decided.append(Decided(supplier, buyer, made.decision == "accept", reason.parts if reason else None))
        sources.append(made)
    taken = inside[columns.link_supplier] | inside[columns.link_buyer]
    links = list(zip(columns.link_supplier[taken].tolist(), columns.link_buyer[taken].tolist(), strict=True))
    material = gather(columns, economy, decided, links)
    if not material.decided and not material.links:
        return None
    by_pair = {(d.supplier, d.buyer): made for d, made in zip(decided, sources, strict=True)}
    fold = folds(firm_keys(columns), material.decided)
    return Learned(
        material,
        tuple(by_pair[d.supplier, d.buyer] for d in material.decided),
        _fit(material),
        _held_out(material, fold),
        fold,
    )


def folds(keys: Ints, decided: Sequence[Decided]) -> Ints:
    """Return the fold of each decision; those of one buyer stay together where there are buyers enough."""
    buyers = sorted({d.buyer for d in decided}, key=lambda firm: (int(keys[firm]), firm))
    if len(buyers) >= 2 * FOLDS:
        number = {buyer: at % FOLDS for at, buyer in enumerate(buyers)}
        return np.array([number[d.buyer] for d in decided], dtype=np.int64)
    order = np.argsort([int(keys[d.buyer]) ^ (int(keys[d.supplier]) << 1) for d in decided], kind="stable")
    result = np.zeros(len(decided), dtype=np.int64)
    result[order] = np.arange(len(decided)) % FOLDS
    return result


def history(workspace: Workspace) -> Document:
    """Return every version of learned weights, latest first."""
    versions = workspace.store.learned()
    standing = {version.id for version in in_force(versions).values()}
    return {"items": [_version(version, version.id in standing) for version in reversed(versions)]}


def undo(workspace: Workspace, cluster: str | None) -> Document:
    """Take back the latest version in force; the one before it, or the defaults, are in force again."""
    with workspace.store.begin() as unit:
        undone = unit.undo_weights(known_cluster(cluster).key if cluster else None)
        now = in_force(unit.learned()).get(undone.cluster)
    return {"undone": _version(undone, False), "in_force": _version(now, True) if now else None}


def evaluate_decisions(workspace: Workspace) -> Document:
    """Return for each cluster how well scores foretell decisions held out, and how honest probabilities are."""
    least = int(assumption("calibration_min_each").value)
    document: Document = {"decisions": len(workspace.decided), "needed_of_each": least}
    if not document["decisions"]:
        return document
    found = {key.key: learn_cluster(workspace, key.key) for key in clusters()}
    return document | {key: quality(learned) for key, learned in found.items() if learned and learned.decisions}


def quality(learned: Learned) -> Document:
    """Return how a cluster's held-out decisions were foretold.

    ``auc``: the chance that an accepted pair scores above a declined one, by default weights and by learned ones.
    """
    examples = learned.material.examples
    accepted, default = examples.accepted, examples.raw @ _default()
    document: Document = {
        "accepted": int(accepted.sum()),
        "declined": int((1 - accepted).sum()),
        "calibrated": learned.calibration is not None,
        "auc_default": auc(default, accepted),
        "auc_learned": auc(learned.held_out, accepted),
        "not_calibrated": reliability(expit(default), accepted),
    }
    if learned.calibration is not None:
        said = cross_calibrated(learned.held_out, accepted, learned.fold)
        document["calibration"] = {"kind": learned.calibration["kind"], **reliability(said, accepted)}
    return document


def auc(score: Floats, accepted: Floats) -> float | None:
    """Return the chance that an accepted pair scores above a declined one, ties counting half; ``None`` without both.

    >>> auc(np.array([1.0, 2.0, 2.0]), np.array([0.0, 1.0, 0.0]))
    0.75
    """
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(accepted, score)) if 0 < accepted.sum() < len(accepted) else None


def _default() -> Floats:
    return np.array([default_weights()[part] for part in PARTS])


def _fit(material: Material, kept: NDArray[np.bool_] | None = None) -> Fit:
    examples = material.examples if kept is None else material.examples.only(kept)
    return fit_weights(examples, _default(), assumption("weight_prior_precision").value)


def _held_out(material: Material, fold: Ints) -> Floats:
    """Return the score of each decided pair by weights that were learned without its fold."""
    scores = np.zeros(len(fold))
    for number in np.unique(fold):
        held = fold == number
        scores[held] = material.examples.raw[held] @ _fit(material, ~held).weights
    return scores


def _keep(workspace: Workspace, cluster: str, learned: Learned, by: str) -> Document:
    before = in_force(workspace.store.learned()).get(cluster)
    report = _report(workspace, learned, before)
    same = before is not None and (before.weights, before.calibration) == (learned.weights, learned.calibration)
    if before is None or not same:
        with workspace.store.begin() as unit:
            before = unit.keep_weights(cluster, learned.weights, learned.calibration, report, by)
    return {**_version(before, True), "changed": not same, **report}


def _report(workspace: Workspace, learned: Learned, before: LearnedWeights | None) -> Document:
    """Return what was learned from, what moved and why, and whose first ten change."""
    material, accepted = learned.material, learned.material.examples.accepted
    was = dict(before.weights) if before else dict(default_weights())
    return {
        "accepted": int(accepted.sum()),
        "declined": int((1 - accepted).sum()),
        "speak_of_no_part": int((~material.examples.speaks.any(axis=1)).sum()),
        "links": material.links,
        "negatives": material.negatives,
        "without_flow": material.without_flow,
        "parts": [_part(learned, number, was[part]) for number, part in enumerate(PARTS)],
        "first": _first_changes(workspace, learned, was),
    }


def _part(learned: Learned, number: int, before: float) -> Document:
    pulls = learned.fit.pulls[:, number]
    strongest = np.argsort(-np.abs(pulls), kind="stable")[:PULLS]
    part = PARTS[number]
    return {
        "part": part,
        "default": default_weights()[part],
        "before": before,
        "after": learned.weights[part],
        "links_pull": round(float(learned.fit.link_pull[number]), 6),
        "decisions_pull": round(float(pulls.sum()), 6),
        "pulls": [
            {
                "supplier_inn": learned.decisions[at].supplier_inn,
                "buyer_inn": learned.decisions[at].buyer_inn,
                "decision": learned.decisions[at].decision,
                "reason_code": learned.decisions[at].reason_code or None,
                "pull": round(float(pulls[at]), 6),
            }
            for at in strongest
            if pulls[at]
        ],
    }


def _first_changes(workspace: Workspace, learned: Learned, was: Mapping[str, float]) -> list[Document]:
    """Return who enters and who leaves the first ten of each decided buyer."""
    buyers = sorted({d.buyer for d in learned.material.decided})[:BUYERS]
    changes = []
    for buyer in buyers:
        old, new = (_first(workspace, buyer, weights) for weights in (was, learned.weights))
        changes.append(
            {
                "buyer_inn": workspace.columns.inn_of(buyer),
                "entered": [inn for inn in new if inn not in old],
                "left": [inn for inn in old if inn not in new],
                "moved": sum(a != b for a, b in zip(old, new, strict=True)),
            }
        )
    return changes


def _first(workspace: Workspace, buyer: int, weights: Mapping[str, float]) -> list[str]:
    columns = workspace.columns
    party = firm_party(columns, buyer)
    ranking = rank_suppliers(columns, workspace.economy, party, Filters(), workspace.decisions, weights=weights)
    return [columns.inn_of(int(ranking.firms[row])) for row in ranking.order[:FIRST]]


def _version(version: LearnedWeights, standing: bool) -> Document:
    return {
        "version": version.id,
        "cluster": version.cluster,
        "in_force": standing,
        "weights": dict(version.weights),
        "calibration": version.calibration["kind"] if version.calibration else None,
        "decisions": version.report.get("accepted", 0) + version.report.get("declined", 0),
        "links": version.report.get("links", 0),
        "at": version.at.isoformat(),
        "undone": version.undone_at.isoformat() if version.undone_at else None,
        "by": version.by,
    }

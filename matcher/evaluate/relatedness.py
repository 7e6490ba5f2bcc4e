"""How well relatedness tells what a region takes up next, beside what is simpler or learns.

Three judges. United States: manufacturing industries that commuting zones came to specialise in between 1990 and 2000,
told from 1990 alone. Russia: the same of registered organisations between 2019 and 2022; its activities are coarse.
Companies: the goods that a region's registered firms make, a quarter of them hidden and told from the rest; this is one
point in time, and tells which closeness of activities fits our own codes.

Areas under the curve of precision and recall stand first: what is told is rare, and ROC hides the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.relatedness import co_specialisation, density, entry_score, location_quotient
from matcher.gaps.proximity import activity_proximity, by_region, certain_makers, goods_recipes
from matcher.pipeline.workspace import Workspace
from models.resources import read_table

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Result = dict[str, Any]

#: Depths at which precision is told.
DEPTHS = (100, 1000)
#: Trees of the forest, folds of places it is fitted on, and the fewest places with an activity it can learn from.
TREES, FOLDS, FEWEST = 20, 2, 5
#: Part of the makes that is hidden, how often, and the fewest makers that make a region or a code count.
HIDDEN, ROUNDS, FEWEST_MAKERS, FEWEST_REGIONS = 0.25, 5, 50, 3
SEED = 20


def evaluate_relatedness(workspace: Workspace) -> Result:
    """Return the figures of the three judges."""
    return {
        "us_1990_2000": entry_between(*us_panel()),
        "russia_2019_2022": entry_between(*russian_panel()),
        "companies": hidden_makes(workspace),
    }


def us_panel() -> tuple[Floats, Floats]:
    """Return shares of zones × industries in 1990 and 2000, each zone with manufacturing in both summing to 1."""
    rows = list(read_table("reference/us_zone_shares.csv.gz"))
    before, after = (_grid(rows, "zone", "sic87", f"share_{year}") for year in (1990, 2000))
    both = (before.sum(axis=1) > 0) & (after.sum(axis=1) > 0)
    before, after = before[both], after[both]
    return before / before.sum(axis=1, keepdims=True), after / after.sum(axis=1, keepdims=True)


def russian_panel() -> tuple[Floats, Floats]:
    """Return organisations of regions × activities in 2019 and 2022."""
    rows = [
        {**row, "activity": f"{row['okved']}−{row['without']}"}
        for row in read_table("reference/ru_organisations.csv.gz")
    ]
    before, after = (_grid(rows, "region", "activity", f"organisations_{year}") for year in (2019, 2022))
    return before, after


def _grid(rows: Sequence[Mapping[str, str]], place: str, activity: str, value: str) -> Floats:
    places = {name: at for at, name in enumerate(sorted({row[place] for row in rows}))}
    activities = {name: at for at, name in enumerate(sorted({row[activity] for row in rows}))}
    grid = np.zeros((len(places), len(activities)))
    for row in rows:
        grid[places[row[place]], activities[row[activity]]] = float(row[value])
    return grid


def entry_between(before: Floats, after: Floats) -> Result:
    """Judge what tells, from before, which cells cross a location quotient of 1 upwards.

    The figures are of every other place; the weight of :func:`graph.relatedness.entry_score` was chosen on the places
    between (``development``). Proximities are taken from before, over all places.
    """
    quotient = location_quotient(before)
    open_cells, entered = quotient < 1, location_quotient(after) >= 1
    scores = entry_scores(quotient)
    test = np.arange(len(before)) % 2 == 1

    def judged(name: str, places: Flags) -> Result:
        cells = open_cells & places[:, None]
        return judge(scores[name][cells], entered[cells])

    return {
        **judged("score", test),
        "n": int((open_cells & test[:, None]).sum()),
        "entries": int((open_cells & entered & test[:, None]).sum()),
        "baselines": {name: judged(name, test) for name in scores if name != "score"},
        "development": judged("score", ~test),
    }


def entry_scores(quotient: Floats) -> dict[str, Floats]:
    """Return what each way says of every cell; all of them know nothing but the quotients before."""
    present = quotient >= 1
    proximity = co_specialisation(present)
    near = density(present, proximity)
    return {
        "score": entry_score(quotient, near),
        "persistence": quotient,
        "density": density(present, proximity, nearest=len(proximity)),
        "density_of_nearest": near,
        "random_forest": forest_score(quotient),
        "size_of_region": np.repeat(present.sum(axis=1, keepdims=True), present.shape[1], axis=1).astype(float),
        "frequency": np.repeat(present.sum(axis=0, keepdims=True), present.shape[0], axis=0).astype(float),
    }


def forest_score(quotient: Floats) -> Floats:
    """Return the probability that a place has each activity, by forests that see its other activities.

    One forest an activity, fitted on the other folds of places in the same year, so that nothing later is known.

    References
    ----------
    Albora, G., Pietronero, L., Tacchella, A., Zaccaria, A. (2023). Product progression: a machine learning approach to
    forecasting industrial upgrading. *Scientific Reports* 13, 1481.
    """
    from sklearn.ensemble import RandomForestClassifier

    present, seen = quotient >= 1, np.log1p(quotient)
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(quotient))
    told = np.zeros_like(quotient)
    for activity in range(quotient.shape[1]):
        others = np.delete(seen, activity, axis=1)
        for held in range(FOLDS):
            rest, here = fold != held, present[:, activity]
            if FEWEST <= here[rest].sum() <= rest.sum() - FEWEST:
                forest = RandomForestClassifier(TREES, min_samples_leaf=3, random_state=SEED, n_jobs=1)
                told[~rest, activity] = forest.fit(others[rest], here[rest]).predict_proba(others[~rest])[:, 1]
    return told


def hidden_makes(workspace: Workspace) -> Result:
    """Judge which closeness of activities tells the goods of a region that were hidden."""
    economy, columns = workspace.economy, workspace.columns
    makers = region_makers(workspace)
    regions, codes = makers.sum(axis=1) >= FEWEST_MAKERS, economy.goods & (makers.sum(axis=0) >= FEWEST_REGIONS)
    if regions.sum() < FEWEST_REGIONS:
        return {"n": 0}
    made = makers[np.ix_(regions, codes)] > 0
    recipes = goods_recipes(economy)[np.ix_(codes, codes)]
    rng = np.random.default_rng(SEED)
    rounds = [_one_round(made, recipes, made & (rng.random(made.shape) < HIDDEN)) for _ in range(ROUNDS)]
    means = {
        name: {key: float(np.mean([r[name][key] for r in rounds])) for key in rounds[0][name]} for name in rounds[0]
    }
    score = means.pop("score")
    return {**score, "n": int((~made).sum()), "regions": int(regions.sum()), "firms": len(columns), "baselines": means}


def region_makers(workspace: Workspace) -> Floats:
    """Return how many firms of each region certainly make each code, shape (regions, m)."""
    columns = workspace.columns
    sure = certain_makers(columns)
    return np.asarray((by_region(columns) @ sure).toarray(), dtype=float)


def _one_round(made: Flags, recipes: Floats, hidden: Flags) -> dict[str, Result]:
    kept = made & ~hidden
    places = co_specialisation(kept)
    count = kept.astype(float)
    ways: Mapping[str, Callable[[], Floats]] = {
        "score": lambda: entry_score(np.zeros(made.shape), density(kept, places), density(kept, recipes)),
        "both_at_once": lambda: density(kept, activity_proximity(recipes, places)),
        "recipes": lambda: density(kept, recipes),
        "places": lambda: density(kept, places),
        "size_of_region": lambda: np.repeat(count.sum(axis=1, keepdims=True), made.shape[1], axis=1),
        "frequency": lambda: np.repeat(count.sum(axis=0, keepdims=True), made.shape[0], axis=0),
    }
    return {name: judge(way()[~kept], hidden[~kept]) for name, way in ways.items()}


def judge(scores: Floats, truth: Flags) -> Result:
    """Return the areas under the curves of precision and recall and of ROC, and the precision of the first cells."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    best = np.argsort(-scores, kind="stable")
    precision = {f"precision_at_{depth}": float(truth[best[:depth]].mean()) for depth in DEPTHS if depth <= len(truth)}
    return {
        "average_precision": float(average_precision_score(truth, scores)),
        **precision,
        "roc_auc": float(roc_auc_score(truth, scores)),
        "chance": float(truth.mean()),
    }

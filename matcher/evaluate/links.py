"""Every trial of supplier ranking: real contracts of two countries, the user's own, and registers with drawn links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.classify.company import CompanyClassifier
from matcher.classify.embedding import Embedder
from matcher.evaluate.inputs import baseline_matrices
from matcher.index.columns import Columns
from matcher.index.economy import Economy, economy
from matcher.pipeline.demo import load_demo
from matcher.pipeline.workspace import Progress, Workspace
from matcher.trials.contracts import Contracts, bundled_rows, from_rows, read_contracts
from matcher.trials.draws import Trial, summary
from matcher.trials.draws import judge as judge_draws
from matcher.trials.evidence import History
from matcher.trials.generator import Firms, draw_links
from matcher.trials.held import Row, held_tables
from matcher.trials.real import (
    DEVELOPMENT,
    WINDOWS,
    Parts,
    Product,
    after_known,
    after_rows,
    at_random,
    by_time,
    judge,
)
from matcher.trials.served import Served, serve, serve_declared
from matcher.trials.stated import stated_firms
from models.channels import goods_handled
from models.errors import DataError
from models.settings import Settings
from models.text import T

Result = dict[str, Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Makes a register of the contracts before a cut.
Register = Callable[[History, Economy, CompanyClassifier], Served]

#: Seeds of the drawn links that are judged, and of those by which the score was made.
SEEDS, DEVELOPMENT_SEEDS = (7, 8, 9, 10, 11), (101, 102, 103, 104, 105)
#: Processes that judge draws.
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A table of links and how it is cut.

    Attributes
    ----------
    half_life
        Days after which a contract counts half.
    unique_pairs
        Whether a pair occurs once, so that a buyer's known suppliers are no candidates.
    dated
        Whether the rows have dates; without, the cut is at random.
    """

    name: str
    half_life: float
    unique_pairs: bool = False
    dated: bool = True


#: The table that has product codes and texts; its random cut is shown beside.
MAIN = Source("ru_44fz_sverdlovsk", 30)
OTHERS = (
    Source("ru_44fz_edu_equipment", 30),
    Source("at_ted_edges", 365, unique_pairs=True, dated=False),
)


def evaluate_links(progress: Progress, settings: Settings) -> Result:
    """Return the figures of every trial.

    Parameters
    ----------
    progress
        Called with a line before each trial.
    settings
        Language of progress, and the model of texts.
    """
    tell = _teller(progress, settings)
    return {**evaluate_real(settings, tell), **evaluate_registers(settings, tell)}


def evaluate_held(progress: Progress, settings: Settings, paths: Sequence[Path]) -> Result:
    """Return the trial of tables from outside.

    A table whose name begins with that of a bundled one holds its later contracts: all its rows after the last day of
    the bundled ones are asked for, with these as what is known before. Any other is cut by its own dates, at random
    where it has none. The product is asked where codes are of OKPD-2.

    Parameters
    ----------
    paths
        Tables of links, or folders of them.

    Raises
    ------
    DataError
        If no table says enough; where others do, that is told in place of its figures.
    """
    tell, product = _teller(progress, settings), product_score(settings)
    found: Result = {}
    refused: list[DataError] = []
    for name, rows in held_tables(paths).items():
        tell(name)
        contracts, parts = cut(bundled_rows(name), rows)
        asked = product if contracts.says_okpd else None
        try:
            found[name] = judge(contracts, parts, half_life(contracts), not contracts.dated, asked)
        except DataError as error:
            refused.append(error)
            found[name] = {"error": error.message.render(settings.lang)}
    if refused and len(refused) == len(found):
        raise refused[0]
    return found


def cut(earlier: Sequence[Row], rows: Sequence[Row]) -> tuple[Contracts, Parts]:
    """Return a table from outside with what is known before it, if anything, and its parts."""
    joined = from_rows([*earlier, *rows])
    after = after_rows if joined.dated else after_known
    if earlier and len((parts := after(joined, len(earlier))).asked):
        return joined, parts
    alone = from_rows(rows)
    return alone, by_time(alone) if alone.dated else at_random(alone)


def half_life(contracts: Contracts) -> float:
    """Return the days after which a contract counts half: a quarter of what the table spans, 30 at least."""
    return max(float(np.ptp(contracts.day)) / 4, 30.0)


def evaluate_real(settings: Settings, tell: Callable[[str], None]) -> Result:
    """Return the trial of every table; of the main one also its development part and a cut at random.

    Choices in the code were made by the development part, which ends where the test part begins; the cut at random
    shows what figures it would claim.
    """
    product = product_score(settings)
    found = {}
    for source in (MAIN, *OTHERS):
        tell(source.name)
        found[source.name] = judge_source(source, read_contracts(source.name), product)
    contracts = read_contracts(MAIN.name)
    tried = {"product_declared": product_score(settings, serve_declared)}
    for name, parts, ways in (
        ("development", by_time(contracts, DEVELOPMENT, WINDOWS[-1]), tried),
        ("random_cut", at_random(contracts), {}),
    ):
        tell(f"{MAIN.name}_{name}")
        found[f"{MAIN.name}_{name}"] = judge(contracts, parts, MAIN.half_life, product=product, beside=ways)
    return found


def product_score(settings: Settings, register: Register = serve) -> Product:
    """Return the product's score of contracts; the register of a history is made once."""
    classifier = CompanyClassifier(Embedder(settings.model_name, settings.cache_dir), settings.cache_dir)
    made: dict[int, tuple[History, Served]] = {}

    def score(history: History, asked: Contracts, weights: Mapping[str, float]) -> Floats:
        if id(history) not in made:
            made.clear()
            made[id(history)] = history, register(history, economy(), classifier)
        return made[id(history)][1].scores(history, asked, weights)

    return score


def _teller(progress: Progress, settings: Settings) -> Callable[[str], None]:
    return lambda name: progress(T("ranking {name}…", name=name).render(settings.lang))


def evaluate_registers(settings: Settings, tell: Callable[[str], None]) -> Result:
    """Return the trial of the product's score on the bundled companies, whatever the user's own register holds.

    The table of inputs that draws the links is the American one by equal splits, not the score's matrix.
    """
    with TemporaryDirectory() as folder:
        workspace = Workspace(replace(settings, database_url=f"sqlite:///{Path(folder) / 'trial.db'}"))
        tell("demo")
        load_demo(workspace)
        columns, matrices = workspace.columns, workspace.economy
        firms = stated_firms(list(workspace.store.companies()), np.asarray(columns.place), matrices.codes)
        workspace.store.close()
        technology = baseline_matrices()["us_alone"]
        found = {}
        for part, seeds in (("", SEEDS), ("_development", DEVELOPMENT_SEEDS)):
            links = [draw(firms, columns, matrices, technology, seed) for seed in seeds]
            for question, by_need in (("by_need", True), ("any_need", False)):
                tell(name := f"drawn_links_{question}{part}")
                trials = [
                    Trial(columns, matrices, drawn, by_need, beside=not part and number == 0)
                    for number, drawn in enumerate(links)
                ]
                found[name] = {"firms": len(columns), "seeds": list(seeds), **summary(judge_draws(trials, WORKERS))}
    return found


def draw(firms: Firms, columns: Columns, matrices: Economy, technology: Floats, seed: int) -> Ints:
    """Return links drawn between the firms of a register, shape (links, 3); the index tells places alone."""
    number = {code: at for at, code in enumerate(matrices.codes)}
    handled = {
        at: np.array([number[good] for good in goods_handled(code)])
        for at, code in enumerate(matrices.codes)
        if goods_handled(code)
    }
    return draw_links(firms, technology, np.asarray(columns.distance_km), matrices.codes, handled, seed)


def judge_source(source: Source, contracts: Contracts, product: Product) -> Result:
    """Judge one table by its own cut; the product needs to be told what was sold."""
    parts = by_time(contracts) if source.dated else at_random(contracts)
    served = product if contracts.says_okpd else None
    return judge(contracts, parts, source.half_life, source.unique_pairs, served)

"""Fit the weights of the text classifier: ``python tools/fit_text_model.py [CACHE]``; writes ``text_model.csv``.

Training texts are names of OKPD-2 products and exclusions of the notes of the development halves
(:mod:`matcher.classify.products`, :mod:`matcher.classify.exclusions`), names of American industries, and the
development halves of the texts of ``tests/cases``. Takes about three minutes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from matcher.classify.chances import fused_features
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.evaluate import right_codes
from matcher.classify.exclusions import exclusions
from matcher.classify.features import NAMES, Piece, Scorer
from matcher.classify.lexical import lexical_index
from matcher.classify.pieces import pieces_of
from matcher.classify.products import pieces
from matcher.classify.reference import documents
from matcher.classify.text import TextClassifier
from matcher.classify.vectors import reference_vectors
from matcher.classify.verbs import MAKE, allowed_groups
from models.classifications import group_index
from models.resources import data_path

CASES = Path(__file__).parent.parent / "tests" / "cases"
TABLES = ("product_texts.csv", "economy_texts.csv", "spoken_texts.csv", "unseen_texts.csv")
#: What the notes exclude they exclude: a weight set, not fitted, for a regression over 623 groups a text sees too few
#: rivals that exclude it to learn more than nothing.
EXCLUDED = -3.0
#: What a trade term counts that says the whole phrase, set as well: the texts fitted on are longer than terms, and the
#: development halves are read as well with these weights as with those fitted (about 0.6 and 0.4).
TERMS = {"lexicon": 1.2, "lexicon_lead": 1.0}
#: Groups a text is compared with in fitting, the nearest by spelling, meaning and words: to tell those apart is what
#: weights are for.
RIVALS = 50
CASE_WEIGHT = 6.0
#: Pieces of a text that all speak of its group, as a rule; of a longer one some speak of machines and customers.
MOST_PIECES = 4
PRODUCT_WEIGHT = 0.25


def product_pieces() -> Iterator[tuple[Piece, int]]:
    """Yield names of products of the development half, their families hidden, with the number of their group."""
    for piece, group in pieces("development", "family"):
        yield piece, group_index()[group]


def american_pieces() -> Iterator[tuple[Piece, int]]:
    """Yield English names of American industries, each hidden from itself."""
    for item in documents():
        if item.kind == "english" and item.code.isdigit():
            piece = Piece.of(item.text, MAKE)
            hidden = frozenset({item.text})
            yield Piece(piece.text, piece.thing, MAKE, (), piece.matches, hidden), group_index()[item.group]


def excluded_pieces() -> Iterator[tuple[Piece, int]]:
    """Yield exclusions of the development half with the number of the group they are sent to."""
    for item in exclusions("development"):
        if item.right in allowed_groups(item.piece.mode):
            yield item.piece, group_index()[item.right]


def development_pieces() -> Iterator[tuple[Piece, frozenset[int], float]]:
    """Yield the pieces of the development cases, with every group that is right and their weight."""
    for row in development_rows():
        numbers = frozenset(group_index()[code] for code in right_codes(row) if code in group_index())
        made = [piece for piece in pieces_of(row["text"]) if piece.mode == MAKE]
        if len(made) > MOST_PIECES:
            continue
        yield from ((piece, numbers, CASE_WEIGHT / len(made)) for piece in made)


def development_rows() -> list[dict[str, str]]:
    """Return the development halves of the labelled texts."""
    found = []
    for name in TABLES:
        with (CASES / name).open(encoding="utf-8", newline="") as file:
            found += [row for row in csv.DictReader(file) if row["half"] == "development"]
    return found


def table(scorer: Scorer, asked: list[Piece], answers: list[frozenset[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return features, shape (pieces, rivals, features), and truth, shape (pieces, rivals)."""
    parts = [_nearest(scorer.measure(asked[start : start + 64]).values) for start in range(0, len(asked), 64)]
    numbers = np.concatenate([near for near, _ in parts])
    truth = [np.isin(row, list(right)) for row, right in zip(numbers, answers, strict=True)]
    return np.concatenate([values for _, values in parts]), np.stack(truth)


def _nearest(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the rivals of each piece, and their features."""
    near = sum(values[:, :, NAMES.index(name)] for name in ("characters", "meaning_lead", "evidence_share"))
    order = np.argsort(-near, axis=1, kind="stable")[:, :RIVALS]
    return order, np.take_along_axis(values, order[:, :, None], axis=1)


def main(arguments: list[str]) -> int:
    """Measure, fit, write."""
    from sklearn.linear_model import LogisticRegression

    cache = Path(arguments[0]) if arguments else None
    embedder = Embedder(BUNDLED, cache)
    scorer = Scorer(lexical_index(cache), reference_vectors(embedder), embedder)
    products = [*product_pieces(), *american_pieces(), *excluded_pieces()]
    values, truth = table(scorer, [p for p, _ in products], [frozenset([n]) for _, n in products])
    weight = np.full(len(values), PRODUCT_WEIGHT)
    cases = list(development_pieces())
    if cases:
        more, also = table(scorer, [p for p, _, _ in cases], [r for _, r, _ in cases])
        values, truth = np.concatenate([values, more]), np.concatenate([truth, also])
        weight = np.concatenate([weight, [w for _, _, w in cases]])
    model = LogisticRegression(C=10.0, max_iter=2000)
    model.fit(values.reshape(-1, len(NAMES)), truth.reshape(-1), np.repeat(weight, truth.shape[1]))
    weights = {**dict(zip(NAMES, model.coef_[0].tolist(), strict=True)), "intercept": float(model.intercept_[0])}
    weights |= {"excluded": EXCLUDED} | TERMS
    write(weights | {"fused_logit": 1.0, "fused_share": 0.0, "fused_ahead": 0.0, "fused_intercept": 0.0})
    weights |= fused_weights(TextClassifier(embedder, cache))
    write(weights)
    sys.stderr.write(f"{len(products)} products, {len(cases)} cases, {weights}\n")
    return 0


def write(weights: dict[str, float]) -> None:
    """Write the weights."""
    with data_path("reference/text_model.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((name, f"{value:.4f}") for name, value in weights.items())


def fused_weights(classifier: TextClassifier) -> dict[str, float]:
    """Fit the confidence of whole texts on the development half."""
    from sklearn.linear_model import LogisticRegression

    rows = development_rows()
    found = classifier.candidates_many([row["text"] for row in rows], 12)
    values, truth = [], []
    for row, candidates in zip(rows, found, strict=True):
        if candidates:
            values.append(fused_features(np.array([c.confidence for c in candidates])))
            truth += [c.code in right_codes(row) for c in candidates]
    model = LogisticRegression(C=10.0).fit(np.concatenate(values), truth)
    return {
        "fused_logit": float(model.coef_[0, 0]),
        "fused_share": float(model.coef_[0, 1]),
        "fused_ahead": float(model.coef_[0, 2]),
        "fused_intercept": float(model.intercept_[0]),
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

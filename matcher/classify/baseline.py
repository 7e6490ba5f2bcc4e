"""A plain baseline of text classification: a linear support vector machine over the names of OKPD-2 products.

References
----------
Joachims 1998, Text Categorization with Support Vector Machines, ECML.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from models.classifications import group_of, okpd2

#: Characters of the shortest and longest n-gram.
NGRAMS = (3, 4)


def product_names() -> tuple[list[str], list[str]]:
    """Return the names of OKPD-2 products and, beside, the four-digit group of each; names without a group are left.

    >>> names, codes = product_names()
    >>> len(names) == len(codes)
    True
    """
    told = [(product.name, group_of(code)) for code, product in okpd2().items()]
    pairs = [(name, group) for name, group in told if group is not None]
    return [name for name, _ in pairs], [group for _, group in pairs]


def fit(names: Sequence[str], codes: Sequence[str]) -> Any:
    """Return the scikit-learn pipeline fitted: TF-IDF of character n-grams, one against the rest.

    Its regularisation is scikit-learn's default; nothing is tuned.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, dtype=np.float32)
    return make_pipeline(vectors, LinearSVC(random_state=0)).fit(list(names), list(codes))


def ranked(machine: Any, texts: Sequence[str], top: int = 5) -> list[list[str]]:
    """Return the codes of the largest margins of each text, best first; at least three codes must have been fitted."""
    if not texts:
        return []
    order = np.argsort(-machine.decision_function(list(texts)), axis=1, kind="stable")[:, :top]
    return [[str(code) for code in row] for row in machine.classes_[order]]


@cache
def of_products() -> Any:
    """Return the machine fitted on every product name, once a process."""
    return fit(*product_names())

"""How well texts and names are classified, with plain baselines beside.

The cases are labelled by hand and split into a development and a test half; nothing was tuned on the test half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from matcher.classify.baseline import fit, of_products, ranked
from matcher.classify.company import CompanyClassifier, Profile
from matcher.classify.features import NAMES, Piece
from matcher.classify.products import Half, Hidden, names, pieces
from matcher.classify.reliability import calibration_error, reliability
from matcher.classify.text import TextClassifier
from models.classifications import GROUP_LENGTH, groups
from models.records import Company

Case = Mapping[str, str]
_CLASS = 2
_BATCH = 64


def right_codes(case: Case) -> frozenset[str]:
    """Return every code that counts as right for a case of texts."""
    return frozenset(
        filter(None, [case["okved_code"], *case["acceptable"].replace(",", ";").replace(" ", "").split(";")])
    )


def evaluate_texts(cases: Iterable[Case], classifier: TextClassifier) -> dict[str, object]:
    """Return the accuracy of a text classifier on labelled texts.

    Parameters
    ----------
    cases
        Rows with ``text``, ``okved_code`` (the best code) and ``acceptable`` (others that count, ``;`` between).
    classifier
        What is evaluated.

    Returns
    -------
    dict
        ``acc_at_1``, ``acc_at_3``, ``acc_at_5``: the first, one of the first three, five four-digit groups is right;
        ``class_acc_at_1``: the first has the right two digits; ``calibration_error``: mean gap of confidence and
        accuracy over the bins of ``reliability`` (see :mod:`matcher.classify.reliability`); ``baselines``: the
        accuracies of the nearest name of a code by character n-grams, of the nearest reference text by character
        n-grams and by sentence vectors, and of a linear support vector machine fitted on OKPD-2 names; where cases
        have a ``kind``, the accuracies and ``n`` of each by its name; ``n``.
    """
    rows = list(cases)
    kinds = sorted({case.get("kind", "") for case in rows} - {""})
    answers = classifier.candidates_many([case["text"] for case in rows], 5)
    codes = [[candidate.code for candidate in found] for found in answers]
    sure = [found[0].confidence if found else 0.0 for found in answers]
    hit = [bool(found) and found[0] in right_codes(case) for case, found in zip(rows, codes, strict=True)]
    bins = reliability(sure, hit)
    named, spelled, meant = _baselines(rows, classifier)
    return {
        **accuracies(rows, codes),
        **{kind: _of_kind(rows, codes, kind) for kind in kinds},
        "calibration_error": calibration_error(bins),
        "reliability": [asdict(each) for each in bins],
        "baselines": {
            "nearest_name": accuracies(rows, named),
            "nearest_spelling": accuracies(rows, spelled),
            "nearest_meaning": accuracies(rows, meant),
            "linear_svm": accuracies(rows, ranked(of_products(), [case["text"] for case in rows])),
        },
        "n": len(rows),
    }


def evaluate_products(classifier: TextClassifier, half: Half = "test") -> dict[str, object]:
    """Return the accuracy on names of OKPD-2 products whose own texts, or whose families' texts, are hidden.

    Parameters
    ----------
    classifier
        What is evaluated; a name is scored as one phrase.
    half
        Half of the families (the other one fits the weights).

    Returns
    -------
    dict
        For ``leaf`` and ``family`` hidden (see :mod:`matcher.classify.products`) the accuracies as in
        :func:`evaluate_texts`, beside the same of the nearest text by character n-grams and by sentence vectors; with
        ``family`` also of a linear support vector machine fitted on the names of the other half.
    """
    return {
        "leaf_hidden": _of_products(classifier, half, "leaf"),
        "family_hidden": _of_products(classifier, half, "family") | {"linear_svm": _svm_of_products(half)},
    }


def _of_products(classifier: TextClassifier, half: Half, hidden: Hidden) -> dict[str, object]:
    found = list(pieces(half, hidden))
    cases = [_product_case(group) for _, group in found]
    ranks: dict[str, list[list[str]]] = {"fused": [], "nearest_spelling": [], "nearest_meaning": []}
    for start in range(0, len(found), _BATCH):
        batch = [piece for piece, _ in found[start : start + _BATCH]]
        for several in classifier.likely(batch):
            best = sorted(several, key=lambda one: -one.chance)
            ranks["fused"].append(list(dict.fromkeys(groups()[one.number] for one in best))[:5])
        for row in classifier.scorer.measure(batch).values:
            ranks["nearest_spelling"].append(_first(row[:, NAMES.index("characters")]))
            ranks["nearest_meaning"].append(_first(row[:, NAMES.index("meaning_lead")]))
    fused, spelled, meant = (accuracies(cases, codes) for codes in ranks.values())
    return {**fused, "baselines": {"nearest_spelling": spelled, "nearest_meaning": meant}, "n": len(cases)}


def _svm_of_products(half: Half) -> dict[str, float]:
    found = list(pieces(half, "family"))
    other: Half = "development" if half == "test" else "test"
    texts, codes = zip(*names(other), strict=True)
    ranks = ranked(fit(texts, codes), [piece.text for piece, _ in found])
    return accuracies([_product_case(group) for _, group in found], ranks)


def _product_case(group: str) -> Case:
    return {"okved_code": group, "acceptable": ""}


def _first(values: NDArray[np.floating]) -> list[str]:
    return [groups()[number] for number in np.argsort(-values, kind="stable")[:5]]


def evaluate_names(cases: Iterable[Case], classifier: CompanyClassifier) -> dict[str, object]:
    """Return how well the name sharpens an old two-digit class.

    Parameters
    ----------
    cases
        Rows with ``inn``, ``name``, ``okved1_class`` (OKVED-1) and ``okved_code`` (OKVED-2, filed years later).
    classifier
        What is evaluated.

    Returns
    -------
    dict
        ``acc_at_1``, ``acc_at_3``, ``acc_at_5``, ``class_acc_at_1`` as in :func:`evaluate_texts`; ``mean_share``:
        expected output share given to the right group; ``baselines``: the same without the name; ``n``.
    """
    rows = [{"acceptable": "", **case} for case in cases if len(case["okved_code"]) >= GROUP_LENGTH]
    rows = [{**case, "okved_code": case["okved_code"][:GROUP_LENGTH]} for case in rows]
    with_name = [Company(inn=case["inn"], name=case["name"], okved1_main=case["okved1_class"]) for case in rows]
    without = [Company(inn=case["inn"], okved1_main=case["okved1_class"]) for case in rows]
    named, plain = (list(classifier.classify_many(companies)) for companies in (with_name, without))
    return {
        **_of_profiles(rows, named),
        "baselines": {"class_alone": _of_profiles(rows, plain)},
        "n": len(rows),
    }


def _of_profiles(cases: Sequence[Case], profiles: Sequence[Profile]) -> dict[str, float]:
    codes = [[assignment.code for assignment in profile.assignments] for profile in profiles]
    shares = [
        sum(a.share for a in profile.assignments if a.code == case["okved_code"])
        for case, profile in zip(cases, profiles, strict=True)
    ]
    return {**accuracies(cases, codes), "mean_share": round(sum(shares) / max(len(shares), 1), 4)}


def accuracies(cases: Sequence[Case], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the accuracies of ranked codes.

    >>> case = {"okved_code": "20.15", "acceptable": ""}
    >>> accuracies([case], [["20.13", "20.15"]])
    {'acc_at_1': 0.0, 'acc_at_3': 1.0, 'acc_at_5': 1.0, 'class_acc_at_1': 1.0}
    """
    right = [right_codes(case) for case in cases]
    first = [codes[0] if codes else "" for codes in found]
    return {
        "acc_at_1": _share(code in good for code, good in zip(first, right, strict=True)),
        **{
            f"acc_at_{depth}": _share(bool(good & set(codes[:depth])) for codes, good in zip(found, right, strict=True))
            for depth in (3, 5)
        },
        "class_acc_at_1": _share(
            code[:_CLASS] in {g[:_CLASS] for g in good} for code, good in zip(first, right, strict=True)
        ),
    }


def _of_kind(cases: Sequence[Case], found: Sequence[Sequence[str]], kind: str) -> dict[str, float]:
    of_kind = [place for place, case in enumerate(cases) if case["kind"] == kind]
    return accuracies([cases[at] for at in of_kind], [found[at] for at in of_kind]) | {"n": len(of_kind)}


def _share(values: Iterable[bool]) -> float:
    told = list(values)
    return round(sum(told) / len(told), 4) if told else 0.0


def _baselines(cases: Sequence[Case], classifier: TextClassifier) -> tuple[list[list[str]], ...]:
    """Rank groups by the whole text's nearest code name, and nearest reference text by spelling and by meaning."""
    whole = [Piece.whole(case["text"]).thing for case in cases]
    scorer = classifier.scorer
    spelled = scorer.index.character_similarity(whole, [1.0] * len(whole)).toarray()
    meant = scorer.vectors.similarity(scorer.embedder.queries([case["text"] for case in cases]))
    documents = scorer.index.documents
    names_alone = np.where([item.kind == "name" for item in documents.items], spelled, 0)
    return (
        _ranked(names_alone, documents.group), _ranked(spelled, documents.group), _ranked(meant, scorer.vectors.group),
    )  # fmt: skip


def _ranked(similar: NDArray[np.float32], group: NDArray[np.int64]) -> list[list[str]]:
    starts = np.searchsorted(group, np.arange(len(groups())))
    best = np.maximum.reduceat(similar, starts, axis=1)
    return [[groups()[n] for n in row[:5]] for row in np.argsort(-best, axis=1)]

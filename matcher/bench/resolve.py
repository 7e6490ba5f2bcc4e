"""How fast a name is found among millions: the names of the register and invented ones made of their words."""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from matcher.pipeline.register.resolve import resolver_of
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from matcher.resolve.spelling import key_words, plain
from models.errors import DataError
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from models.text import T

SEED = 5
#: Texts that are looked up.
QUERIES = 300
#: Share of names below which a word is rare, and how often a rare word drawn becomes a new one.
RARE, NEW_WORDS = 0.001, 0.75
Row = tuple[str, str, str | None]


def bench_resolve(workspace: Workspace, names: int) -> Document:
    """Return milliseconds to find a misspelt name of the register among ``names``, and what the index costs.

    Raises
    ------
    DataError
        If the register is empty.

    Notes
    -----
    Words are drawn as often as the register has them. Of words that fewer than one name in a thousand has, three in
    four become new words, so that the vocabulary grows with the number of names: a proper name like «Газпром» is not
    borne by a fixed share of all firms, however many they are. A name counts as found when a firm of that very name is
    among the first five: short names have many bearers among millions. ``cpu_…`` is the time of the processor, which
    other work on the machine does not lengthen.
    """
    real = list(workspace.store.names())
    if not real:
        raise DataError(T("the register is empty"), T("run: zveno demo"))
    firms = [*real, *invented([name for _, name, _ in real], max(names - len(real), 0))]
    start = time.perf_counter()
    resolver = resolver_of(firms, workspace.settings.lang)
    built = time.perf_counter()
    asked = queries(real)
    resolver.resolve(asked[0][1])
    times, busy, found = [], [], 0
    for name, text in asked:
        before, used = time.perf_counter(), time.process_time()
        answer = resolver.resolve(text)
        times.append(1000 * (time.perf_counter() - before))
        busy.append(1000 * (time.process_time() - used))
        found += key_words(plain(name)) in [key_words(plain(one.name)) for one in answer.candidates[:5]]
    return {
        "names": len(firms),
        "queries": len(asked),
        "mean_ms": round(float(np.mean(times)), 1),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "p99_ms": round(float(np.percentile(times, 99)), 1),
        "cpu_p50_ms": round(float(np.percentile(busy, 50)), 1),
        "cpu_p95_ms": round(float(np.percentile(busy, 95)), 1),
        "worst_ms": round(max(times), 1),
        "cpu_worst_ms": round(max(busy), 1),
        "found_in_first_5": round(found / len(asked), 3),
        "build_s": round(built - start, 1),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def invented(names: Sequence[str], count: int) -> Iterator[Row]:
    """Yield companies that do not exist: names of as many words as real ones have, drawn as often as they occur.

    >>> rows = list(invented(["Завод Арнест", "Арнест Сервис"], 3))
    >>> len(rows), len({inn for inn, _, _ in rows})
    (3, 3)
    """
    chance = random.Random(SEED)  # noqa: S311 -- a benchmark wants the same firms each time
    words = [word for name in names for word in name.split()]
    often = Counter(words)
    least = max(len(names) * RARE, 2)
    lengths = [max(len(name.split()), 1) for name in names]
    for number in range(count):
        drawn = chance.choices(words, k=chance.choice(lengths))
        told = [
            _spliced(word, chance) if often[word] < least and chance.random() < NEW_WORDS else word for word in drawn
        ]
        yield _inn(number), " ".join(told), None


def _spliced(word: str, chance: random.Random) -> str:
    """Return a new word: one with a letter changed and another added."""
    at = chance.randrange(max(len(word), 1))
    return word[:at] + chance.choice("аеиоуклмнрст") + chance.choice("аеиоуклмнрст") + word[at + 1 :]


def _inn(number: int) -> str:
    """Return a well-formed INN of a region from 01 to 89."""
    digits = f"{number % 89 + 1:02d}{number // 89:07d}"
    return f"{digits}{inn_check_digit(digits, INN_WEIGHTS_10)}"


def queries(real: Sequence[Row]) -> list[tuple[str, str]]:
    """Return names of the register and texts that mean them: two letters of the longest word are swapped."""
    chance = random.Random(SEED)  # noqa: S311
    found = []
    for _, name, _ in chance.sample(list(real), min(QUERIES, len(real))):
        longest = max(name.split(), key=len, default="")
        at = len(longest) // 2
        slipped = f"{longest[: at - 1]}{longest[at]}{longest[at - 1]}{longest[at + 1 :]}" if at > 1 else longest
        found.append((name, f"ООО «{name.replace(longest, slipped, 1)}»"))
    return found

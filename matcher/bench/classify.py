"""How many descriptions of companies are classified in a second, new ones and ones met before."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from matcher.report.frame import Document
from models.resources import read_table

SEED = 3
#: Ways companies speak of what they make; the things named are drawn from the trade terms.
FRAMES = (
    "Производим {0}, {1} и {2}",
    "{0} и {1} от производителя. Доставка по России",
    "Наше предприятие выпускает {0}. Также в ассортименте {1}, {2}",
    "Продаём оптом: {0}, {1}",
    "{0} для предприятий региона; изготовление по чертежам заказчика",
    "Ремонт и обслуживание: {0}",
)


def bench_classify(texts: int, model: str) -> Document:
    """Return texts a second of a process that meets them first and of another that meets them again.

    Parameters
    ----------
    texts
        How many different descriptions are made.
    model
        The embedding model.

    Notes
    -----
    Both processes share an empty cache folder. ``start_s`` is the first text alone: loading the tables and the index,
    and in the first process building the index and loading the model.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(descriptions(texts)), encoding="utf-8")
        cold, cached = (_measured(path, Path(folder), model) for _ in range(2))
    return {
        "texts": texts,
        "model": model,
        **{f"cold_{key}": value for key, value in cold.items()},
        **{f"cached_{key}": value for key, value in cached.items()},
    }


def descriptions(count: int) -> list[str]:
    """Return invented descriptions of companies, all different, the same each time.

    >>> len(set(descriptions(50)))
    50
    """
    chance = random.Random(SEED)  # noqa: S311 -- a benchmark wants the same texts each time
    terms = [row["term"] for row in read_table("reference/trade_terms.csv")]
    found: dict[str, None] = {}
    while len(found) < count:
        found[chance.choice(FRAMES).format(*chance.sample(terms, 3))] = None
    return list(found)


_CHILD = """
import json, resource, sys, time
from pathlib import Path
from matcher.classify.embedding import Embedder
from matcher.classify.text import TextClassifier
texts, folder = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
classifier = TextClassifier(Embedder(sys.argv[3], folder), folder)
start = time.perf_counter()
classifier.candidates("пробный текст")
ready, used = time.perf_counter(), time.process_time()
classifier.candidates_many(texts)
status = Path("/proc/self/status")  # getrusage counts what the parent held when this process began
told = status.read_text().splitlines() if status.exists() else []
peaks = [line.split()[1] for line in told if line.startswith("VmHWM")]
peak_kib = int(peaks[0]) if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({
    "start_s": round(ready - start, 2),
    "texts_per_s": round(len(texts) / (time.perf_counter() - ready), 1),
    "texts_per_cpu_s": round(len(texts) / (time.process_time() - used), 1),
    "peak_memory_mib": peak_kib // 1024,
}))
"""


def _measured(texts: Path, folder: Path, model: str) -> Document:
    """Classify the texts of a file in a process of its own and return its speed and peak memory."""
    command = [sys.executable, "-c", _CHILD, str(texts), str(folder), model]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own code
    figures: Document = json.loads(done.stdout)
    return figures

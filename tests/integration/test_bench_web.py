"""The measurement of pages: a real server over a generated register, every page of the mix answered."""

from __future__ import annotations

from matcher.index.generated import generated_firms
from matcher.pipeline.bench_web import SEED, bench_web, pages_of
from models.classifications import groups


def test_every_page_of_the_mix_is_asked_for_and_measured():
    figures = bench_web(120, users=2, seconds=5)
    names = list(pages_of(generated_firms(3, groups(), SEED)))
    assert figures["requests"] > 3
    for name in names:
        assert figures[f"{name}_first_ms"] > 0
        assert figures[f"{name}_kb"] > 1
        assert figures[f"{name}_cpu_median_ms"] is None or figures[f"{name}_cpu_median_ms"] > 0
    assert figures["p95_ms"] >= figures["median_ms"] > 0
    assert figures["p95_ms"] >= figures["server_p95_ms"] > 0

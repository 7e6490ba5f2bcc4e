"""The index on disk, the output of firms, and the choice among project candidates."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy.sparse import csr_array

from matcher.index.columns import OUTPUT_ESTIMATED, OUTPUT_OBSERVED, OUTPUT_UNKNOWN, Columns, load, read_meta, save
from matcher.index.output import yearly_output
from matcher.projects.candidates import Candidate, ranked, varied
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

ECONOMY = small_economy()


def small():
    return columns_of([Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 0.6, PRODUCT: 0.4})], ECONOMY)


def test_an_index_comes_back_from_disk_as_it_was(tmp_path):
    save(small(), tmp_path / "i" / "v1")
    back = load(tmp_path / "i" / "v1")
    for column in fields(Columns):
        if column.name != "meta":
            np.testing.assert_array_equal(getattr(back, column.name), getattr(small(), column.name))
    assert back.firm("2000") == 1
    assert back.firm("3000") is None
    assert back.share_row(1).tolist() == [0.6, 0.4, 0.0, 0.0]
    assert [path.name for path in (tmp_path / "i").iterdir()] == ["v1"]


def test_a_second_writer_of_the_same_version_does_no_harm(tmp_path):
    save(small(), tmp_path / "v1")
    save(small(), tmp_path / "v1")
    assert len(load(tmp_path / "v1")) == 2


@pytest.mark.parametrize("content", [None, "", "not json", '{"format": -1}'])
def test_a_broken_or_foreign_index_counts_as_none(tmp_path, content):
    if content is not None:
        (tmp_path / "meta.json").write_text(content)
    assert read_meta(tmp_path) is None


GROUPS = ("20.15", "64.19", "46.75")


def outputs(rows, category=None):
    """Rows of (revenue, workers, group index or None), with their size categories → output and kind."""
    revenue, workers, group = zip(*rows, strict=True)
    dense = np.zeros((len(rows), 3))
    for row, column in enumerate(group):
        if column is not None:
            dense[row, column] = 1.0
    output, kind, _ = yearly_output(
        np.array(revenue, dtype=float),
        np.full(len(rows), 2016),
        np.array(workers, dtype=float),
        np.array(category or [0] * len(rows)),
        csr_array(dense),
        GROUPS,
    )
    return output.tolist(), kind.tolist()


UNKNOWN = float("nan")
PEERS = [(float(n), 10.0, 0) for n in range(10, 70, 10)]


def test_stated_revenue_is_output():
    assert outputs([(5.0, UNKNOWN, 0)]) == ([5.0], [OUTPUT_OBSERVED])


def test_an_estimate_stays_within_what_the_law_allows_a_micro_firm():
    large = [(n * 1e9, 10.0, 0) for n in range(1, 7)]
    output, kind = outputs([*large, (UNKNOWN, UNKNOWN, 0), (UNKNOWN, 2.0, 0), (3e8, 2.0, 0)], [0] * 6 + [1] * 3)
    assert output[-3:] == [120e6, 120e6, 3e8]
    assert kind[-3:] == [OUTPUT_ESTIMATED, OUTPUT_ESTIMATED, OUTPUT_OBSERVED]


def test_a_banks_turnover_is_not_output():
    output, kind = outputs([*PEERS, (1e15, UNKNOWN, 1)])
    assert kind[-1] == OUTPUT_ESTIMATED
    assert output[-1] < 1e3


def test_unknown_output_is_the_median_of_the_class_or_workers_times_output_per_worker():
    output, kind = outputs([*PEERS, (UNKNOWN, UNKNOWN, 0), (UNKNOWN, 20.0, 0)])
    assert kind[-2:] == [OUTPUT_ESTIMATED, OUTPUT_ESTIMATED]
    assert output[-2:] == [35.0, 70.0]


def test_a_firm_of_no_known_activity_has_no_output_to_estimate():
    output, kind = outputs([*PEERS, (UNKNOWN, UNKNOWN, None)])
    assert (output[-1], kind[-1]) == (0.0, OUTPUT_UNKNOWN)


def candidate(kind, value, *firms):
    return Candidate(kind, 0, tuple((firm, "buyer") for firm in firms), value, 0.0)


def test_a_choice_of_three_is_not_three_of_one_kind():
    same = [candidate("joint_purchase", 1e9 - n, 1, 2, n + 10) for n in range(5)]
    others = [candidate("chain", 5e8, 3, 4), candidate("symbiosis", None, 5, 6)]
    kinds = [one.kind for one in varied([*same, *others], 3)]
    assert kinds.count("joint_purchase") <= 2
    assert "chain" in kinds


def test_a_large_project_does_not_fall_behind_a_tiny_one_for_having_many_participants():
    """Three anchors of two projects already chosen take part in it, beside three firms of no other."""
    chosen = [candidate("joint_export", 2e9, 1, 2, 3), candidate("joint_purchase", 1e9, 1, 2, 3)]
    large, tiny = candidate("import_substitution", 5e8, 1, 2, 3, 7, 8, 9), candidate("symbiosis", 1e6, 4, 5)
    assert varied([*chosen, large, tiny], 3) == [*chosen, large]


def test_candidates_rank_by_value_and_ties_never_waver():
    a, b = candidate("chain", 1e6, 1), candidate("joint_purchase", 1e6, 1)
    assert ranked([b, a]) == ranked([a, b]) == [a, b]

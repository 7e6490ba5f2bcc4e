"""Rows of sparse matrices: what is faster for many gives what looking each up gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from graph.sparse_rows import MANY, MOST, in_order, rows_times


@pytest.mark.parametrize("count", [1, MANY - 1, MANY + 1, 2 * MANY])
def test_a_product_is_the_same_of_few_rows_and_of_many(count):
    drawn = np.random.default_rng(4)
    dense = drawn.random((2 * MANY, 30)) * (drawn.random((2 * MANY, 30)) < 0.1)
    rows, vector = np.sort(drawn.choice(2 * MANY, count, replace=False)), drawn.random(30)
    assert MANY > 2 * MANY * MOST
    np.testing.assert_allclose(rows_times(in_order(csr_array(dense)), rows, vector), dense[rows] @ vector, rtol=1e-12)

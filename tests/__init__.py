"""Tests, with matrix products of one thread each, as the program has them."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

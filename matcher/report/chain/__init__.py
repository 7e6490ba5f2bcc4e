"""The chain as documents: its table, flows, graph, structure and years.

Open first: ``regions.py`` (the value-chain table), ``flows.py``, ``dynamics.py``.
"""

"""Verbs, in the order data flows: intake, classify, index, match | gaps | projects, report, pipeline, cli.

Each folder imports only from folders before it. ``pipeline`` alone opens the store and the index; what computes gets
its data as arguments. Open first: ``pipeline/answers.py``, ``match/scorer.py``, ``index/build.py``.
"""

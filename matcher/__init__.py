"""Verbs, each folder importing only from those before it.

Data flow: intake, classify, index, match | gaps | resolve, projects, report, pipeline, evaluate, bench, cli.
``pipeline`` opens the store and the index; what computes gets its data as arguments. Open first:
``pipeline/shortlists.py``, ``match/scorer.py``, ``index/build.py``.
"""

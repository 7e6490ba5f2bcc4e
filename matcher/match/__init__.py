"""Scoring pairs of firms: who could supply whom, with the reasons as exact parts of the score.

May hold the score and its parts on arrays, and the queries built on them; not documents, wording or files.
Open first: ``pairs.py`` (what is known of a pair), ``scorer.py`` (the parts and their sum), ``shortlist.py`` (ranking).
"""

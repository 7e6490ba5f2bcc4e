"""Nouns: identifiers, records, errors, settings, bundled tables, the store.

May hold what a thing *is* and how it is kept; never how companies are matched, nothing of Flask, pandas or networkx.
Open first: ``records.py`` (what a company, a figure and a link are), ``tables.py`` (how they are stored),
``errors.py`` (what can go wrong).
"""

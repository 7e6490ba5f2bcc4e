"""Answers as documents: the JSON shapes of the command line and the API, worded in a language.

May hold shapes and wording; not what is computed, and not how a terminal or a page lays it out.
Open first: ``frame.py`` (what every document needs), ``ranking/``, ``chain/``, ``files/``.
"""

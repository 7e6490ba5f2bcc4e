"""What goes into the register and comes out of it whole: imports and their undoing, review, export, backup, audit.

Open first: ``imports.py``, ``review.py`` (rows that wait for a person), ``export.py``.
"""

"""Which company of the register a piece of free text names: match, ambiguous or none, with reasons.

May hold spelling, the index of names, the score and the decision; not the register itself, which ``pipeline`` reads.
Open first: ``resolver.py``, ``request.py``, ``index.py``.
"""

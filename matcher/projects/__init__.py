"""Joint-project candidates: small sets of firms whose cooperation closes a gap or cuts a cost.

May hold one generator a kind, each with its value model, and the choice among candidates; wording is ``report``'s.
Open first: ``candidates.py`` (what a candidate is), ``from_gaps.py`` and ``from_firms.py`` (the kinds).
"""

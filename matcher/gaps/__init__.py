"""Gaps of a region, a cluster or an anchor: which inputs are wanted and not made here, and who could close them.

May hold the choice of firms whose demand and supply count, and the search for who could help; the arithmetic of gaps is
``graph.gaps`` and ``graph.systemic``. Open first: ``regional.py`` (gaps and their value), ``sources.py`` (what hangs on
one maker), ``who.py`` (who needs, makes and could make).
"""

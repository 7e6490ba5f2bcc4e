"""Quality on labelled cases and on links held back, with baselines beside: ``zveno evaluate``.

May hold suites and their cases; nothing that an answer depends on. Links are judged by ``matcher/trials``. Open first:
``suites.py`` (the suites by name).
"""

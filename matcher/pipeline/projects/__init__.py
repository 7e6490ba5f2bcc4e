"""Joint-project candidates: found and valued, decided on, remembered and told again.

Open first: ``candidates.py`` (candidates and portfolios), ``memory.py`` (what they were when decided on).
"""

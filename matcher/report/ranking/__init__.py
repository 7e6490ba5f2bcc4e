"""Shortlists and single pairs as documents: candidates, reasons, near misses, groups, what a question changes.

Open first: ``shortlists.py``, ``reasons.py``.
"""

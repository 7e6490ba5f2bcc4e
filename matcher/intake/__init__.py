"""Intake: files become records and quarantined rows, and records become the register.

Here lives how a file is recognised, read and checked, field by field; never what a firm's activity means (``classify``)
nor how facts of several sources are weighed (``models/fold.py``).
Open first: ``run.py``, ``registry.py``, ``headers.yml``.
"""

"""Learning from decisions and observed links: weights of the parts of a score, and probabilities that can be trusted.

May hold the fit, its examples, what moved and why, and calibration; not the store, wording or files.
Open first: ``posterior.py`` (the model), ``examples.py`` (what it learns from), ``calibration.py`` (probabilities).
"""

"""What a company makes and what it asks for, as activity groups with confidence and reasons.

Here live: reading words, comparing texts with the classifications, weighing all evidence on a company, its place in a
cluster. Not here: reading files or the store, ranking partners, anything that knows of two companies at once.
Open first: ``company.py`` (the evidence model), ``text.py`` (free text), ``embedding.py`` (sentence vectors). The
method and its figures are in ``docs/classification.md``.
"""

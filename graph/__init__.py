"""Value-chain mathematics on matrices and networkx graphs.

May hold pure functions over arrays and graphs; never I/O, a database, Flask or a company's name.
Open first: ``coefficients.py`` (the matrix A), ``gravity.py`` (expected trade), ``gaps.py`` (what a region lacks).
"""

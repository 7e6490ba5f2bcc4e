"""How well suppliers are ranked, judged on links that are known: real contracts and registers with drawn links.

May hold the trials, what they compare with and their measures; not the product's own score, which is only called here.
Open first: ``contracts.py`` (the links), ``evidence.py`` (what is known before a cut), ``real.py`` (the protocol).
"""

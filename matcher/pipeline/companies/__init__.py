"""One company, and lists of them: its card, what people wrote and did about it, what surrounds it.

Open first: ``company.py`` (what is known of it), ``card.py`` (what it says of itself), ``listed.py`` (lists).
"""

"""The command line: options in, one document out, printed for people or as JSON.

May hold commands and terminal tables; never a computation. Open first: ``main.py`` (the group and errors),
``partners.py`` (shortlists and pairs), ``queries.py`` (other answers), ``render.py`` (tables for people).
"""

"""The command line: options in, one document out, printed for people or as JSON.

May hold commands and terminal tables; never a computation. Open first: ``main.py`` (the group and errors),
``queries.py`` (commands that answer), ``render.py`` (tables for people).
"""

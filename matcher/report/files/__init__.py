"""Documents as files to take away: workbooks, Word, PDF, calendars; each written whole or not at all.

Open first: ``sheets.py`` (tables), ``one_page.py`` and ``papers.py`` (what is read and printed).
"""

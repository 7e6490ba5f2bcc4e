"""The scoring index: firms as flat columns on disk, a pure function of the store and the bundled tables.

May hold how the columns are built, saved and read; not how pairs are scored. It can be deleted and rebuilt at any time.
Open first: ``columns.py`` (what is in it), ``build.py`` (how it is made), ``output.py`` (what a firm's output is).
"""

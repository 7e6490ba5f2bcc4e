"""One module a format, with its manifest ``NAME.yml`` beside it; a new module here is a new format.

A module offers ``recognises``, ``label`` and ``read`` (see ``matcher.intake.registry.Format``) and does nothing else:
no database, no question which firm is which. Open first: ``plain_table.py``, ``plain_table.yml``, ``rosstat_boo.py``.
"""

"""How the coefficient matrices are built from published tables and written, and what they say of each activity.

Open first: ``build.py`` (the steps), ``tables.py`` (what is read), ``blocks.py`` (the blocks that are kept to).
"""

"""Use cases: each opens what it needs, calls the verbs below and returns a document.

May hold the order of steps and the opening of store and index; no mathematics, no wording, no terminal, no Flask.
Folders are fields of work. Open first: ``workspace.py`` (store and index), ``shortlists.py`` (partners), ``demo.py``
(the main job).
"""

"""Speed and memory, measured on generated registers, with a peer on the same work beside: ``zveno bench``.

May hold measurements; nothing that an answer depends on. A module is what is measured. Open first: ``questions.py``
(the main queries on the bundled companies), ``web.py``.
"""

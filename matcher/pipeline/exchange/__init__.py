"""What companies ask of and offer to each other, through the manager or openly, and what became of it.

The board, introductions, supplier requests and calls for offers, the catalogue of products. Open first: ``board.py``,
``supply_requests.py``, ``introductions.py``.
"""

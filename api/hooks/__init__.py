"""Webhooks: others are told of what happens, by signed requests that a background thread sends.

May hold what a delivery needs (where it may go, its signature, when it is sent again); what has happened is found out
by ``matcher/pipeline/exchange/news.py``, and the log of deliveries is ``models/webhooks.py``. Open first:
``dispatcher.py``, ``targets.py``, ``sending.py``.
"""

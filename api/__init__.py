"""Flask: the JSON API, the web pages and the console script ``zveno``.

May hold routes, schemas, templates and the ``serve`` command; never a rule of the domain: every answer comes from
``matcher.pipeline``. Open first: ``app.py``, ``v1/``, ``pages/``.
"""

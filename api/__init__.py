"""Flask: the JSON API, the web pages and the console script ``zveno``.

May hold routes, schemas, templates and the ``serve`` command; never a rule of the domain: every answer comes from
``matcher.pipeline``. Open first: ``app.py``, ``v1/``, ``pages/``.
"""

import os

# Before NumPy is loaded: many products of middling matrices are computed at once, by requests and by processes, and
# threads of one product that wait for one another stall them all: `zveno gaps` took 2.6 s on two busy cores, 13.6 s so.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

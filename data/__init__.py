"""Bundled tables, installed as the package ``zveno_data``; read them through :mod:`models.resources`."""

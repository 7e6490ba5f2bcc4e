"""What an address of the site may say in the place of a number."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

from models.identifiers import LARGEST_NUMBER


class RowNumber(IntegerConverter):
    """A number that a row of the database may have; no address has a larger one."""

    regex = rf"\d{{1,{len(str(LARGEST_NUMBER))}}}"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_NUMBER, **kwargs})


def register(app: Flask) -> None:
    """Read every ``<int:…>`` of the addresses as the number of a row; before any address is known."""
    app.url_map.converters["int"] = RowNumber

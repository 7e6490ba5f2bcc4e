"""Files that pages hand over to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

#: Media types by the endings of names.
TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "geojson": "application/geo+json",
    "graphml": "application/graphml+xml",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(content: bytes, name: str, form: str) -> Response:
    """Return a file to be kept by the visitor; ``form`` is the ending of its name."""
    return send_file(BytesIO(content), TYPES[form], as_attachment=True, download_name=f"{name}.{form}")

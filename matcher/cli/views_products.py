"""How the catalogue of products looks on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.report.catalogue import told
from models.text import T

Document = Mapping[str, Any]


def view(screen: Screen, document: Document) -> None:
    """Print the firms of a cluster by segment and activity, with what is known of what they make."""
    screen.title(T("Catalogue of products"))
    screen.plain(f"{document['cluster_name']}, {document['region_name']}, {document['day']}")
    if not document["segments"]:
        screen.line(T("The register holds no firm of this cluster here that makes something."))
    for segment in document["segments"]:
        screen.title(T("{name}: {count}", name=segment["name"], count=segment["firms"]))
        for activity in segment["activities"]:
            screen.head(f"{activity['code']} {activity['name']}")
            for firm in activity["firms"]:
                screen.plain(", ".join(part for part in (firm["name"], firm["inn"], firm["city"]) if part), 4)
                for line in told(firm, screen.lang):
                    screen.plain(line, 6)

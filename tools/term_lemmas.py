"""Write the column ``lemmas`` of ``trade_terms.csv`` anew: ``python tools/term_lemmas.py``.

To be run after a change of the terms or of how words are read; a test says when it was forgotten.
"""

from __future__ import annotations

import csv
import sys

from matcher.classify.lexicon import key_of
from matcher.classify.words import lemmas
from models.resources import data_folder, read_table


def main() -> int:
    """Write the table with the key of each term."""
    rows = [{**row, "lemmas": key_of(lemmas(row["term"]))} for row in read_table("reference/trade_terms.csv")]
    with (data_folder() / "reference/trade_terms.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ("term", "okved_code", "note", "lemmas"), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())

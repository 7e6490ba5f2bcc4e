"""What local firms say of themselves, read from their cards and offers: vectors and activities of every item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.gaps.regional import RegionGaps
from matcher.pipeline.workspace import Workspace
from matcher.projects.own_words import ALIKE, OwnWords, Said, likeness
from models.materials import materials
from models.own_words import CAPACITY, EQUIPMENT, GOODS, WANTED, WASTE, purpose_of

#: Fields of a card that have one purpose; offers have that of their words.
FIELDS = {"equipment": EQUIPMENT, "waste": WASTE, "capacity": CAPACITY, "needs": WANTED}
#: Items read at most; a region whose firms say more is asked by cluster or kind.
MOST_ITEMS = 5000
#: Activities kept of an item.
CODES = 3
_ENDS = re.compile(r"[;\n,]|\.(?:\s|$)")


def own_words(workspace: Workspace, found: RegionGaps) -> OwnWords:
    """Return what the local firms offer and ask for; nothing is computed where nobody offers or nobody asks."""
    said = _items(workspace, set(found.local.tolist()))
    offered = [each for each in said if each.purpose != WANTED]
    wanted = [each for each in said if each.purpose == WANTED]
    if not offered and not wanted:
        return OwnWords()
    return OwnWords(_with_materials(workspace, _read(workspace, offered)), _read(workspace, wanted))


def _items(workspace: Workspace, local: set[int]) -> list[Said]:
    columns = workspace.columns
    with workspace.store.read() as reader:
        stating = {inn for field in (*FIELDS, "offers") for inn in reader.stating(field)}
    number = {inn: firm for inn in sorted(stating) if (firm := columns.firm(inn)) in local and firm is not None}
    items: list[Said] = []
    for inn, company in workspace.companies(number).items():
        items += [Said(number[inn], purpose, text) for field, purpose in FIELDS.items()
                  for text in _parts(getattr(company, field))]  # fmt: skip
        items += [Said(number[inn], purpose_of(text), text) for text in _parts(company.offers)]
    return items[:MOST_ITEMS]


def _parts(text: str) -> list[str]:
    """Return the things a text lists.

    >>> _parts("свободный экструдер, сдаём на 2.5 часа. Пресс")
    ['свободный экструдер', 'сдаём на 2.5 часа', 'Пресс']
    """
    return [part for part in map(str.strip, _ENDS.split(text)) if part]


def _read(workspace: Workspace, items: Sequence[Said]) -> list[Said]:
    """Return items with their vectors and the activities they speak of."""
    texts, row = [each.text for each in items], {code: at for at, code in enumerate(workspace.economy.codes)}
    encode = workspace.embedder.queries if items and items[0].purpose == WANTED else workspace.embedder.passages
    spoken = workspace.classifier.texts.candidates_many(texts, CODES) if texts else []
    return [
        replace(
            each,
            vector=np.asarray(vector, dtype=float),
            codes=[(row[one.code], one.confidence) for one in found if one.code in row],
        )
        for each, vector, found in zip(items, encode(texts), spoken, strict=True)
    ]


def _with_materials(workspace: Workspace, items: Sequence[Said]) -> list[Said]:
    """Return items of waste with the known by-product that each is nearest to."""
    if all(each.purpose != WASTE for each in items):
        return list(items)
    names = [(resource, known.name_ru) for resource, known in materials().items()]
    vectors = workspace.embedder.queries([name for _, name in names])
    known = [
        Said(-1, GOODS, resource, vector=np.asarray(vector, dtype=float))
        for (resource, _), vector in zip(names, vectors, strict=True)
    ]

    def nearest(offer: Said) -> str:
        best = max(known, key=lambda each: likeness(offer, each))
        return best.text if likeness(offer, best) >= ALIKE else ""

    return [replace(each, material=nearest(each)) if each.purpose == WASTE else each for each in items]

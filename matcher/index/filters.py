"""Filters of companies over the index: which firms pass, and how many would pass with another value.

Within a filter the values chosen are alternatives (of :data:`MARKS` all must hold); filters narrow one another. The
counts of a filter are of the firms that pass all the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import CATEGORIES, Columns
from matcher.index.directory import STATES, Directory, searched
from matcher.index.words import words_asked
from models.alphabets import russian_keys
from models.clusters import STAGES, segments
from models.errors import UsageError
from models.geography import regions
from models.text import T, Text

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
#: South, west, north and east of a part of the map, degrees.
Box = tuple[float, float, float, float]
#: INNs of the firms of each label.
Labelled = Mapping[str, Iterable[str]]

#: Value of a filter for firms of which nothing is known, or which belong nowhere.
NONE = "none"
#: Filters whose counts are told, with what they are called.
FILTERS: Mapping[str, Text] = {
    "stage": T("stage"),
    "segment": T("segment"),
    "region": T("region"),
    "size": T("size"),
    "state": T("state"),
    "has": T("known of it"),
    "label": T("label"),
}
#: What may be known of a firm: a place in the chain of the cluster, own words or none, a sale on record, tax arrears.
MARKS = ("member", "texts", "no_texts", "links", "arrears")
#: Orders of a list; the first is the usual one.
SORTS = ("output", "name", "revenue", "workers", "town")
#: What stands for an unknown figure in an order.
UNKNOWN = 1e300


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which companies a list shall hold.

    Parameters
    ----------
    cluster
        Whose stages and segments are meant.
    stage, segment, region, size, state, has, label
        Values of the filters; none lets everybody pass.
    town
        Region code and name of a town: ``26:Невинномысск``; without a name, firms of the region whose town is unknown.
    box
        A part of the map.
    text
        Words of a name, a town, a code, an INN or a company's own texts; all must be there.
    """

    cluster: str
    stage: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    town: str | None = None
    box: Box | None = None
    text: str | None = None


@dataclass(frozen=True)
class Sieve:
    """The filters of one question over one index.

    Parameters
    ----------
    columns, directory
        The index.
    wanted
        What is asked for.
    labelled
        INNs of the firms of each label.
    """

    columns: Columns
    directory: Directory
    wanted: Wanted
    labelled: Labelled

    @cached_property
    def codes(self) -> Mapping[str, tuple[Ints, Sequence[str]]]:
        """The value of each firm in the filters where it has exactly one: its row, and the values; -1 is none."""
        rows = segments(self.wanted.cluster)
        segment = self.directory.segment_in(self.wanted.cluster)
        stage_of = np.array([*(STAGES.index(row.stage) for row in rows), -1])
        return {
            "stage": (stage_of[segment], STAGES),
            "segment": (segment, [row.slug for row in rows]),
            "region": (_unless_blank(self.columns.region, self.columns.region_code), self.columns.region_code.tolist()),
            "size": (self.columns.category - 1, CATEGORIES[1:]),
            "state": (self.directory.state - 1, STATES[1:]),
        }

    @cached_property
    def passing(self) -> Mapping[str, Mask]:
        """The firms that pass each filter in which something is chosen, and all that is no filter with counts."""
        found = {name: self._pass(name, getattr(self.wanted, name)) for name in FILTERS if getattr(self.wanted, name)}
        return {**found, "": self._rest()}

    def firms(self) -> Ints:
        """Return the numbers of the firms that pass everything."""
        return np.flatnonzero(self.but(None))

    def but(self, name: str | None) -> Mask:
        """Return the firms that pass everything but one filter."""
        return every([mask for each, mask in self.passing.items() if each != name])

    def counts(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Yield each filter with the number of firms of each value, those chosen even if there are none."""
        for name, (code, values) in self.codes.items():
            number = np.bincount(code[self.but(name)] + 1, minlength=len(values) + 1)
            known = {value: int(count) for value, count in zip((NONE, *values), number, strict=True) if value}
            chosen = getattr(self.wanted, name)
            yield name, {value: count for value, count in known.items() if count or value in chosen}
        passed = self.but(None)
        yield "has", {mark: int((passed & self._marked(mark)).sum()) for mark in MARKS}
        others = self.but("label")
        yield "label", {label: int((others & self._labelled(label)).sum()) for label in self.labelled}

    def _pass(self, name: str, values: Sequence[str]) -> Mask:
        if name == "label":
            return ~every([~self._labelled(value) for value in values])
        if name == "has":
            return every([self._marked(value) for value in checked(name, values, MARKS)])
        code, known = self.codes[name]
        choices = regions() if name == "region" else known
        rows = [known.index(value) for value in checked(name, values, (*choices, NONE)) if value in known]
        return np.isin(code, [*rows, -1] if NONE in values else rows)

    def _marked(self, mark: str) -> Mask:
        if mark == "links":
            found = np.zeros(len(self.columns), dtype=bool)
            found[self.columns.link_supplier] = found[self.columns.link_buyer] = True
            return found
        if mark == "member":
            return np.asarray(self.codes["segment"][0] >= 0)
        speaks = self.directory.speaks
        return {"texts": speaks, "no_texts": ~speaks, "arrears": self.directory.owes}[mark]

    def _labelled(self, label: str) -> Mask:
        inns = np.array([inn.encode() for inn in self.labelled.get(label, ())], dtype="S12")
        return np.isin(self.columns.inn, inns)

    def _saying(self, text: str) -> Mask:
        return every([searched(self.directory, self.columns, word) for word in words_asked(text)])

    def _rest(self) -> Mask:
        directory, wanted = self.directory, self.wanted
        passed = np.ones(len(directory), dtype=bool)
        if wanted.text:
            passed &= np.logical_or.reduce([*map(self._saying, _readings(wanted.text))])
        if wanted.town is not None:
            region, _, name = wanted.town.partition(":")
            passed &= ((directory.town_region == region) & (directory.town_name == name))[directory.town]
        if wanted.box is not None:
            passed &= inside(directory, wanted.box)[directory.town]
        return passed


def _readings(text: str) -> list[str]:
    """Return a query as it stands and, of Latin letters, as a Russian keyboard types it: «fpjn» is «азот».

    >>> _readings("Fpjn"), _readings("2631"), _readings("азот, юг")
    (['Fpjn', 'Азот'], ['2631'], ['азот, юг'])
    """
    return [text, russian_keys(text)] if text.isascii() and any(map(str.isalpha, text)) else [text]


def every(masks: Sequence[Mask]) -> Mask:
    """Return the firms that pass every one of several filters."""
    return np.asarray(np.logical_and.reduce(masks))


def inside(directory: Directory, box: Box) -> Mask:
    """Return which towns lie in a part of the map, shape (towns,)."""
    south, west, north, east = box
    lat, lon = directory.town_lat, directory.town_lon
    return (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)


def _unless_blank(code: Ints, values: NDArray[np.str_]) -> Ints:
    return np.where(values[code] == "", -1, code)


def checked(name: str, values: Sequence[str], choices: Iterable[str]) -> Sequence[str]:
    """Return values of a filter.

    Raises
    ------
    UsageError
        If one of them is none of the choices.
    """
    known = list(choices)
    for value in values:
        if value not in known:
            raise UsageError(
                T("there is no {what} {name}", what=FILTERS[name], name=value),
                T("choose one of: {names}", names=", ".join(known)),
            )
    return values


def in_order(columns: Columns, directory: Directory, firms: Ints, sort: str) -> Ints:
    """Return firms sorted: figures with the largest first and unknown ones last, names and towns by the alphabet."""
    return np.asarray(firms[np.argsort(sort_values(columns, directory, sort)[firms], kind="stable")])


def sort_values(columns: Columns, directory: Directory, sort: str) -> NDArray[Any]:
    """Return what firms are sorted by, ascending, shape (n,); an unknown figure is larger than any."""
    keys: Mapping[str, NDArray[Any]] = {
        "output": -columns.output_rub,
        "name": directory.name_rank,
        "revenue": -directory.revenue_rub,
        "workers": -directory.workers,
        "town": directory.town_rank,
    }
    return np.asarray(np.nan_to_num(keys[sort], nan=UNKNOWN))

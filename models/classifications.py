"""The classifications everything is keyed by: OKVED-2 activities, OKPD-2 products, and the old OKVED-1.

The 623 four-digit groups of OKVED-2, sorted, are the axis of every matrix: :func:`groups` and :func:`group_index`.
Tables are read once, on first use; OKPD-2, the largest, only when a product is asked for. Functions here take codes in
normal form, as :mod:`models.identifiers` returns them.

OKVED-1 (in force until 2016) is carried to OKVED-2 by the published correspondence NACE Rev. 1.1 → NACE Rev. 2 with
equal-split weights: each pair of a class weighs the same, as no statistics are published. A division or subclass is the
plain mean of its classes. Four-digit codes of OKVED-1 that are not NACE Rev. 1.1 (numbers of its first edition, such as
51.70) go through their successors. Where NACE Rev. 2 is not OKVED-2 the pair goes to the nearest groups: 42 to the
seven groups under it, 92.00 to the six of gambling, 85.10 to 85.11, 85.20 to 85.12, 85.31 to 85.13 and 85.14, 85.32 to
85.21 and 85.30, 85.41 to 85.21, 85.42 to 85.22 and 85.23, 85.51 and 85.52 to 85.41, 85.53 to 85.42, 85.59 and 85.60 to
85.41 and 85.42. The table with every line's ground is ``reference/okved1_to_okved2.csv``.

References
----------
Regulation (EC) No 1893/2006 (NACE Rev. 2); OK 029-2014 (OKVED-2); OK 034-2014 (OKPD-2); OK 029-2001 (OKVED-1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from models.resources import read_table
from models.text import Lang

#: Length of a four-digit code with its dot, ``20.15``.
GROUP_LENGTH = 5
#: Characters of a class, the first two digits.
CLASS_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of OKVED-2; ``level`` is section, class, subclass, group, subgroup or kind."""

    code: str
    parent: str | None
    level: str
    name: str
    notes: str
    name_en: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """One line of OKPD-2."""

    code: str
    parent: str | None
    name: str
    notes: str


@cache
def okved2() -> Mapping[str, Activity]:
    """Return OKVED-2 by code: 3,043 activities, sections included.

    >>> okved2()["20.15"].parent
    '20.1'
    """
    english = {row["code"]: row["name_en"] for row in read_table("reference/okved2_names_en.csv")}
    table = {
        row["code"]: Activity(
            row["code"], row["parent_code"] or None, row["level"], row["name"], row["notes"], english.get(row["code"])
        )
        for row in read_table("reference/okved2.csv.gz")
    }
    return MappingProxyType(table)


@cache
def groups() -> tuple[str, ...]:
    """Return the 623 four-digit groups of OKVED-2, sorted: the axis of all matrices.

    >>> len(groups()), groups()[0], groups()[-1]
    (623, '01.11', '99.00')
    """
    return tuple(sorted(code for code, activity in okved2().items() if activity.level == "group"))


@cache
def group_index() -> Mapping[str, int]:
    """Return the position of each group on the axis of the matrices.

    >>> group_index()["01.12"]
    1
    """
    return MappingProxyType({code: position for position, code in enumerate(groups())})


def group_of(code: str) -> str | None:
    """Return the four-digit group a code lies in, or ``None`` for a code shorter than four digits.

    >>> group_of("20.15.31"), group_of("20.1")
    ('20.15', None)
    """
    return code[:GROUP_LENGTH] if code[:GROUP_LENGTH] in group_index() else None


def ancestors(code: str) -> Iterator[str]:
    """Yield an OKVED-2 code and everything above it, up to its section.

    Raises
    ------
    KeyError
        If the code is not in OKVED-2.

    Examples
    --------
    >>> list(ancestors("20.15.3"))
    ['20.15.3', '20.15', '20.1', '20', 'C']
    """
    step: str | None = code
    while step is not None:
        activity = okved2()[step]
        yield step
        step = activity.parent


def groups_under(code: str) -> tuple[str, ...]:
    """Return the groups below a section, class or subclass; of a group or a deeper code, the group itself.

    Raises
    ------
    KeyError
        If the code is not in OKVED-2.

    Examples
    --------
    >>> groups_under("20.5")
    ('20.51', '20.52', '20.53', '20.59')
    >>> groups_under("20.15.3")
    ('20.15',)
    """
    group = group_of(code)
    return (group,) if group else _groups_below()[code]


@cache
def _groups_below() -> Mapping[str, tuple[str, ...]]:
    below: dict[str, list[str]] = defaultdict(list)
    for group in groups():
        for code in ancestors(group):
            below[code].append(group)
    return {code: tuple(found) for code, found in below.items()}


def activity_name(code: str, lang: Lang) -> str:
    """Return what an OKVED-2 code is called.

    In English the name of the nearest code upwards that has one (deeper codes and a few Russian groups have none); in
    Russian the official name. A code that left the classification has the name of the nearest code that is in it.

    >>> activity_name("20.15.3", "en")
    'Manufacture of fertilisers and nitrogen compounds'
    """
    known = nearest_code(code)
    if known is None:
        return code
    if lang == "ru":
        return okved2()[known].name
    return next((name for step in ancestors(known) if (name := okved2()[step].name_en)), okved2()[known].name)


def nearest_code(code: str) -> str | None:
    """Return the longest beginning of ``code`` that OKVED-2 knows, or ``None``.

    >>> nearest_code("71.12.46")
    '71.12.4'
    """
    prefixes = (code[:length].rstrip(".") for length in range(len(code), 0, -1))
    return next((prefix for prefix in prefixes if prefix in okved2()), None)


@cache
def okpd2() -> Mapping[str, Product]:
    """Return OKPD-2 by code: 19,503 products, sections included.

    >>> okpd2()["20.15.10"].parent
    '20.15.1'
    """
    table = {
        row["code"]: Product(row["code"], row["parent_code"] or None, row["name"], row["notes"])
        for row in read_table("reference/okpd2.csv.gz")
    }
    return MappingProxyType(table)


def okpd2_group(code: str) -> str | None:
    """Return the OKVED-2 group that makes an OKPD-2 product: its first four digits, if they are a group.

    >>> okpd2_group("20.15.10.130"), okpd2_group("20.1")
    ('20.15', None)
    """
    return group_of(code)


@cache
def okved1() -> Mapping[str, Mapping[str, float]]:
    """Return the correspondence: OKVED-1 code → OKVED-2 group → weight, weights of a code summing to 1.

    Keys are four-digit classes, and the nine divisions to which the published table gives a pair of their own.
    """
    table: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in read_table("reference/okved1_to_okved2.csv"):
        table[row["okved1_code"]][row["okved2_code"]] += float(row["weight"])
    return MappingProxyType({code: dict(shares) for code, shares in table.items()})


@cache
def _first_edition() -> frozenset[str]:
    rows = read_table("reference/okved1_to_okved2.csv")
    return frozenset(row["okved1_code"] for row in rows if row["basis"] == "first edition")


def okved1_classes(code: str) -> tuple[str, ...]:
    """Return the lines of the correspondence that an OKVED-1 code of two to six digits stands for.

    A code of four or more digits stands for its class; a shorter one for the classes below it (numbers of the first
    edition only where there are no others, as they repeat the later ones), and for its own line if it has one.

    >>> okved1_classes("24.14.2"), okved1_classes("51.6")
    (('24.14',), ('51.61', '51.62', '51.63', '51.64', '51.65', '51.66'))
    >>> okved1_classes("98")
    ()
    """
    if len(code) >= GROUP_LENGTH:
        return (code[:GROUP_LENGTH],) if code[:GROUP_LENGTH] in okved1() else ()
    below = sorted(known for known in okved1() if known.startswith(code))
    return tuple(known for known in below if known not in _first_edition()) or tuple(below)


@cache
def _okved1_detail() -> Mapping[str, Mapping[str, float]]:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_table("reference/okved1_detail.csv"):
        table[row["okved1_prefix"]][row["okved2_group"]] = float(row["weight"])
    return MappingProxyType(dict(table))


def okved1_detail(code: str) -> Mapping[str, float]:
    """Return the groups that an OKVED-1 code of four or more digits was read to mean, more exactly than published.

    Weights are relative, 1 = the whole content; empty where nothing is known beyond the published correspondence.

    >>> dict(okved1_detail("21.22")), dict(okved1_detail("24.15.1")), dict(okved1_detail("24.11"))
    ({'17.22': 1.0}, {'20.15': 1.0}, {})
    """
    prefixes = (code[:length] for length in range(len(code), GROUP_LENGTH - 1, -1))
    return next((_okved1_detail()[prefix] for prefix in prefixes if prefix in _okved1_detail()), {})


@cache
def carry_okved1(code: str) -> tuple[tuple[str, float], ...]:
    """Carry an OKVED-1 code of two to six digits to OKVED-2 groups, the heaviest first.

    Returns
    -------
    tuple of (str, float)
        Groups with weights that sum to 1: the mean of the code's classes, each split equally over its published pairs.

    Raises
    ------
    KeyError
        If the correspondence has no such class.

    Examples
    --------
    >>> carry_okved1("24.15")
    (('20.15', 0.5), ('38.21', 0.5))
    """
    classes = okved1_classes(code)
    if not classes:
        raise KeyError(code)
    shares: dict[str, float] = defaultdict(float)
    for known in classes:
        for group, weight in okved1()[known].items():
            shares[group] += weight
    total = sum(shares.values())
    return tuple(sorted(((g, w / total) for g, w in shares.items()), key=lambda pair: (-pair[1], pair[0])))


@cache
def repeats_okved1(code: str, old: str) -> bool:
    """Tell whether a code stated as OKVED-2 is of OKVED-1: it repeats the class of an older code that never led there.

    >>> repeats_okved1("23.20", "23"), repeats_okved1("20.15", "24.15"), repeats_okved1("01.11", "01.11.1")
    (True, False, False)
    """
    filed = code[:CLASS_LENGTH]
    if not old.startswith(filed) or not okved1_classes(old):
        return False
    return not any(group.startswith(filed) for group, _ in carry_okved1(old))


def okved1_exactness(code: str) -> float:
    r"""Return how exactly an OKVED-1 code says what OKVED-2 groups ask: 1 over the effective number of groups.

    :math:`\sum_g w_g^2` (Herfindahl) of the carried weights: 1 where the code is one group, 1/n where it is spread
    evenly over n.

    >>> okved1_exactness("24.11"), okved1_exactness("24.15")
    (1.0, 0.5)
    """
    return sum(weight * weight for _, weight in carry_okved1(code))


@cache
def _okved1_names() -> Mapping[str, str]:
    return {row["code"]: row["name_en"] for row in read_table("reference/okved1_names_en.csv")}


def okved1_name(code: str) -> str | None:
    """Return the English name of an OKVED-1 code, or of the nearest code above it that has one.

    >>> okved1_name("24.15.1")
    'Manufacture of fertilizers and nitrogen compounds'
    """
    prefixes = (code[:length].rstrip(".") for length in range(len(code), 1, -1))
    return next((name for prefix in prefixes if (name := _okved1_names().get(prefix))), None)

"""How many statements about one company become one company: the rules of precedence, written once.

Every accepted row stays in the log as an observation. The company shown is the *fold* of the observations of all runs
that are not undone, so undoing a run restores exactly what was known without it. The order in which files arrive
decides only between statements of equal rank and date: the later import is taken for a correction of the earlier.
Open :data:`PRECEDENCE` first: it is the whole policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from models.classifications import okved1_classes, repeats_okved1
from models.events import Observation, Superseded
from models.records import COMPANY_FIELDS, FIGURE_NAMES, Company, CompanyFacts, Figure
from models.text import T, Text


class Precedence(NamedTuple):
    """Rank of a kind of source (higher wins) by what it speaks of, and the reason."""

    description: int
    official: int
    figures: int
    why: Text


#: Ranks by kind of source. Equal ranks: the later date or year the row speaks of wins, then the later date of the file,
#: then the later run.
PRECEDENCE: Mapping[str, Precedence] = MappingProxyType(
    {
        "manual": Precedence(60, 60, 60, T("a person checked this very value")),
        "table": Precedence(50, 30, 30, T("someone of the cluster wrote it down for this purpose")),
        "register": Precedence(40, 50, 20, T("the state register of legal entities is the law for names and status")),
        "sme_register": Precedence(35, 45, 25, T("filled from the state register, published once a month")),
        "open_data": Precedence(25, 25, 40, T("tax accounting: income is not quite revenue")),
        "accounts": Precedence(20, 20, 50, T("annual accounts define revenue; their address and code are by the way")),
        "catalogue": Precedence(30, 10, 10, T("a register or catalogue of products knows what is made, nothing else")),
        "aggregator": Precedence(10, 15, 15, T("copied from others, at an unknown date")),
    }
)

Aspect = Literal["description", "official", "figures"]
ASPECTS: tuple[Aspect, ...] = ("description", "official", "figures")

#: Fields on which a register outranks a table made by hand.
OFFICIAL_FIELDS = frozenset({
    "ogrn", "status", "founded", "category", "founders", "managed_by", "licences", "tax_regimes",
})  # fmt: skip
#: Codes: of two that agree, the more detailed says more, whoever states it.
CODE_FIELDS = frozenset({"okved_main", "okved1_main"})
#: Lists that grow with every source; a firm makes what any source says it makes.
UNION_FIELDS = frozenset({"products_okpd2"})
#: Lists of which catalogues of products keep one part and registers or tables the other: the weightiest of each, unless
#: a person checked the whole.
PARTED_FIELDS = frozenset({"licences"})
#: Free text: all that the winning run says in its rows of the firm, in their order.
TEXT_FIELDS = frozenset({"offers", "needs", "equipment", "waste", "vacancies", "capacity"})
#: A company is shown once one of these is known; other facts wait for it.
IDENTIFYING_FIELDS = frozenset({"name", "okved_main", "okved1_main", "offers", "products_okpd2"})

_LATEST = (("revenue_rub", "revenue_year"), ("workers", "workers_year"))
_SHOWN = tuple(f.name for f in fields(Company) if f.name != "provenance")
#: Where a value came from: the run and the label of its source.
Origin = tuple[int, str]
Value = str | float | tuple[str, ...]


class Fold(NamedTuple):
    """What is known of one INN: the company if it can be shown, and its figures with the run they come from."""

    company: Company | None
    figures: Mapping[tuple[str, int], tuple[float, int]]

    def shown(self) -> tuple[Any, ...]:
        """Return all that a user can see but the provenance, to tell whether anything changed."""
        company = () if self.company is None else tuple(getattr(self.company, name) for name in _SHOWN)
        return (*company, *sorted((key, value) for key, (value, _) in self.figures.items()))


NOTHING = Fold(None, MappingProxyType({}))


def fold(inn: str, observations: Sequence[Observation]) -> Fold:
    """Return what ``observations``, all of ``inn`` and none of an undone run, say together.

    Parameters
    ----------
    inn
        The company.
    observations
        In any order; the result does not depend on it.

    Examples
    --------
    >>> facts = CompanyFacts("7736050003", 2, {"name": "Газпром"})
    >>> fold("7736050003", [Observation(1, "accounts", "Rosstat 2016", "2016", facts)]).company.name
    'Газпром'
    """
    if not observations:
        return NOTHING
    if len(observations) == 1:
        return fold_one(inn, observations[0])
    ranked = {aspect: by_precedence(observations, aspect) for aspect in ASPECTS}
    stated = {name: fold_field(name, ranked[aspect_of(name)]) for name in COMPANY_FIELDS}
    known = in_its_edition({name: found for name, found in stated.items() if found is not None})
    figures = fold_figures(ranked["figures"])
    labels = {each.run_id: each.source for each in observations}
    return Fold(build_company(inn, known, figures, labels), {key: (v, run) for key, (v, run) in figures.items()})


def fold_one(inn: str, only: Observation) -> Fold:
    """Return what a single observation says: nothing competes with it; most firms of a register have just one."""
    origin = (only.run_id, only.source)
    known = {name: (value, origin) for name, value in only.facts.values.items()}
    figures = {(each.name, each.year): (each.value, only.run_id) for each in reversed(only.facts.figures)}
    return Fold(build_company(inn, known, figures, {only.run_id: only.source}), figures)


def aspect_of(name: str) -> Aspect:
    """Return by which rank statements on a field or figure are weighed.

    >>> aspect_of("status"), aspect_of("city"), aspect_of("workers")
    ('official', 'description', 'figures')
    """
    if name in FIGURE_NAMES:
        return "figures"
    return "official" if name in OFFICIAL_FIELDS else "description"


def by_precedence(observations: Sequence[Observation], aspect: Aspect) -> Sequence[Observation]:
    """Return observations from the weightiest to the lightest for one aspect."""
    return sorted(observations, key=lambda o: weight(o, aspect), reverse=True)


def weight(observation: Observation, aspect: Aspect) -> tuple[int, str, str, int, int]:
    """Return the sort key of precedence: rank of the kind, date of the data and of the file, run, earlier line."""
    rank: int = getattr(PRECEDENCE[observation.kind], aspect)
    return (rank, observation.as_of, observation.file_date, observation.run_id, -observation.facts.line)


def fold_field(name: str, ranked: Sequence[Observation]) -> tuple[Value, Origin] | None:
    """Return the value of a field and its origin, ``None`` if no observation states it."""
    stating = [each for each in ranked if name in each.facts.values]
    if not stating:
        return None
    first = stating[0]
    value, origin = first.facts.values[name], (first.run_id, first.source)
    if name in CODE_FIELDS:
        return most_detailed(name, stating)
    if name in UNION_FIELDS:
        return tuple(dict.fromkeys(chain.from_iterable(_listed(each, name) for each in stating))), origin
    if name in PARTED_FIELDS:
        return tuple(dict.fromkeys(chain.from_iterable(_listed(each, name) for each in parts(stating)))), origin
    if name in TEXT_FIELDS:
        same_run = sorted((each for each in stating if each.run_id == first.run_id), key=lambda o: o.facts.line)
        return "; ".join(dict.fromkeys(str(each.facts.values[name]) for each in same_run)), origin
    return value, origin


def parts(stating: Sequence[Observation]) -> list[Observation]:
    """Return whose lists make up a field of :data:`PARTED_FIELDS`, of those that state it, the weightiest first.

    The register of products knows which entries end when, and nothing of licences; for other sources it is the
    other way round. Within either part the weightiest replaces the others: a renewed licence is not to stand beside the
    old.
    """
    first = stating[0]
    if first.kind == "manual":
        return [first]
    other = next((each for each in stating if (each.kind == "catalogue") != (first.kind == "catalogue")), None)
    return [first] if other is None else [first, other]


def most_detailed(name: str, stating: Sequence[Observation]) -> tuple[Value, Origin]:
    """Return the first code, or the first longer one that agrees with it.

    A later report that gives only the class ``20`` does not unlearn the earlier ``20.15``; a different class does.
    """
    first = stating[0]
    code = str(first.facts.values[name])
    for each in stating[1:]:
        other = str(each.facts.values[name])
        if other.startswith(code) and len(other) > len(code):
            first, code = each, other
    return code, (first.run_id, first.source)


def in_its_edition(known: Mapping[str, tuple[Value, Origin]]) -> Mapping[str, tuple[Value, Origin]]:
    """Return what is known with a main code of the old edition, stated as one of the new, where it belongs.

    Accounts of 2016 hold codes of both editions and do not say which: 23.20 is refining in one and refractories in the
    other. The more detailed of the two old codes stays.

    Examples
    --------
    >>> filed = {"okved_main": ("23.20", (2, "2016")), "okved1_main": ("23", (1, "2013"))}
    >>> in_its_edition(filed)
    {'okved1_main': ('23.20', (2, '2016'))}
    """
    new, old = known.get("okved_main"), known.get("okved1_main")
    if new is None or old is None or not repeats_okved1(str(new[0]), str(old[0])):
        return known
    finer = new if len(str(new[0])) > len(str(old[0])) and okved1_classes(str(new[0])) else old
    return {name: found for name, found in known.items() if name != "okved_main"} | {"okved1_main": finer}


def fold_figures(ranked: Sequence[Observation]) -> dict[tuple[str, int], tuple[float, int]]:
    """Return (name, year) -> (value, run): for each, the weightiest statement."""
    figures: dict[tuple[str, int], tuple[float, int]] = {}
    for each in ranked:
        for figure in each.facts.figures:
            figures.setdefault((figure.name, figure.year), (figure.value, each.run_id))
    return figures


def build_company(
    inn: str,
    known: Mapping[str, tuple[Value, Origin]],
    figures: Mapping[tuple[str, int], tuple[float, int]],
    labels: Mapping[int, str],
) -> Company | None:
    """Return the company, or ``None`` while nothing identifies it."""
    if IDENTIFYING_FIELDS.isdisjoint(known):
        return None
    values: dict[str, Any] = {name: value for name, (value, _) in known.items()}
    provenance = {name: origin for name, (_, origin) in known.items()}
    for name, year_name in _LATEST if figures else ():
        year = max((year for figure, year in figures if figure == name), default=None)
        if year is not None:
            values[name], run = figures[name, year]
            values[year_name] = year
            provenance[name] = (run, labels[run])
    return Company(inn=inn, provenance=provenance, **values)


def one_report_a_year(rows: Sequence[CompanyFacts]) -> tuple[list[CompanyFacts], list[Superseded]]:
    """Keep one report of a year where one file has several of a company: the one with the larger revenue.

    Branches file reports of their own under the INN of the whole; the larger is the firm's. Rows that state no figure
    of the same year do not compete and are all kept, and so are rows that state the same figures of it: a firm with a
    row for each product.

    Parameters
    ----------
    rows
        Rows of one company and one file.

    Returns
    -------
    kept, superseded
        Kept rows in file order, and the others with the line they lost to.

    Examples
    --------
    >>> from models.records import Figure
    >>> part = CompanyFacts("1650121580", 5, {}, (Figure("revenue_rub", 2013, 1e9),))
    >>> whole = CompanyFacts("1650121580", 9, {}, (Figure("revenue_rub", 2013, 7e9),))
    >>> kept, lost = one_report_a_year([part, whole])
    >>> kept[0].line, lost[0].line, lost[0].kept_line
    (9, 5, 9)
    """
    if len(rows) == 1:
        return list(rows), []
    taken: dict[int, CompanyFacts] = {}
    lost: list[Superseded] = []
    for row in sorted(rows, key=lambda r: (-report_size(r), r.line)):
        years = sorted({f.year for f in row.figures}, reverse=True)
        clash = next((year for year in years if year in taken and of_year(row, year) != of_year(taken[year], year)), 0)
        if clash:
            size = report_size(row._replace(figures=tuple(f for f in row.figures if f.year == clash)))
            lost.append(Superseded(row.inn, clash, row.line, taken[clash].line, size))
        else:
            taken = {**dict.fromkeys(years, row), **taken}
    dropped = {each.line for each in lost}
    return [row for row in rows if row.line not in dropped], lost


def of_year(row: CompanyFacts, year: int) -> frozenset[Figure]:
    """Return the figures that a row states of a year."""
    return frozenset(figure for figure in row.figures if figure.year == year)


def keep_all(rows: Sequence[CompanyFacts]) -> tuple[list[CompanyFacts], list[Superseded]]:
    """Keep every row: for sources where a company has one row a product or a licence."""
    return list(rows), []


def report_size(row: CompanyFacts) -> float:
    """Return the revenue a row reports, or its largest other figure, 0 where it has none."""
    by_name = {figure.name: figure.value for figure in row.figures}
    return next((by_name[name] for name in FIGURE_NAMES if name in by_name), 0.0)


def _listed(observation: Observation, name: str) -> tuple[str, ...]:
    value = observation.facts.values[name]
    return value if isinstance(value, tuple) else (str(value),)

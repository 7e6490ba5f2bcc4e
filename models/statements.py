"""What every source says of a company, field by field: which value is in force and why, and where sources disagree.

The rules of precedence are :mod:`models.fold`'s; here they are told, not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from models.events import Observation
from models.fold import (
    CODE_FIELDS,
    PARTED_FIELDS,
    PRECEDENCE,
    TEXT_FIELDS,
    UNION_FIELDS,
    Value,
    aspect_of,
    by_precedence,
    fold_field,
    weight,
)
from models.names import name_core
from models.records import COMPANY_FIELDS, FIGURE_NAMES
from models.text import T, Text

#: Figures further apart than this share of the larger one are not the same figure rounded.
ROUNDING = 0.005
#: Degrees further apart than this are another place.
SAME_PLACE_DEGREES = 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """What one import says; ``as_of`` is the date or year it speaks of, ``in_force`` whether this value is shown."""

    value: Value
    run: int
    kind: str
    source: str
    as_of: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """All that is said of a field, or of a figure in one year.

    Attributes
    ----------
    field, year
        What is spoken of; ``year`` of figures only.
    value
        What is in force.
    said
        Each import's word, the weightiest first.
    disputed
        Whether a source contradicts the value in force.
    why
        Why this value is in force.
    """

    field: str
    year: int | None
    value: Value
    said: tuple[Said, ...]
    disputed: bool
    why: Text


def statements(observations: Sequence[Observation]) -> list[Statement]:
    """Return what observations of one company say, fields first, then figures, the latest year first.

    Examples
    --------
    >>> from models.records import CompanyFacts
    >>> table = Observation(1, "table", "members.csv", "2024", CompanyFacts("7736050003", 2, {"city": "Пермь"}))
    >>> accounts = Observation(2, "accounts", "Rosstat", "2016", CompanyFacts("7736050003", 9, {"city": "Москва"}))
    >>> only, = statements([accounts, table])
    >>> only.value, only.disputed, [said.in_force for said in only.said]
    ('Пермь', True, [True, False])
    """
    return [*_fields(observations), *_figures(observations)]


def _fields(observations: Sequence[Observation]) -> Iterator[Statement]:
    for name in COMPANY_FIELDS:
        ranked = [o for o in by_precedence(observations, aspect_of(name)) if name in o.facts.values]
        folded = fold_field(name, ranked)
        if folded is not None:
            value, (run, _) = folded
            stated = [(each, each.facts.values[name]) for each in ranked]
            yield _statement(name, None, value, run, stated)


def _figures(observations: Sequence[Observation]) -> Iterator[Statement]:
    ranked = by_precedence(observations, "figures")
    for name in FIGURE_NAMES:
        years = {figure.year for each in ranked for figure in each.facts.figures if figure.name == name}
        for year in sorted(years, reverse=True):
            stated: list[tuple[Observation, Value]] = [
                (each, figure.value)
                for each in ranked
                for figure in each.facts.figures
                if (figure.name, figure.year) == (name, year)
            ]
            yield _statement(name, year, stated[0][1], stated[0][0].run_id, stated)


def _statement(
    name: str, year: int | None, value: Value, run: int, stated: Sequence[tuple[Observation, Value]]
) -> Statement:
    same = COMPARISONS.get(name, _equal)
    against = [each for each, other in stated if not same(value, other)]
    said = dict.fromkeys(
        Said(other, each.run_id, each.kind, each.source, each.as_of, _holds(name, value, run, each, other))
        for each, other in stated
    )
    return Statement(name, year, value, tuple(said), bool(against), _why(name, run, stated, against))


def _holds(name: str, value: Value, run: int, each: Observation, other: Value) -> bool:
    """Tell whether what an observation says is, or is part of, the value in force."""
    if name in UNION_FIELDS:
        return True
    if name in PARTED_FIELDS:
        return _is_part(value, other)
    return each.run_id == run and (name in TEXT_FIELDS or other == value)


def _why(name: str, run: int, stated: Sequence[tuple[Observation, Value]], against: Sequence[Observation]) -> Text:
    """Return why the value of a run is in force; ``against`` are those who contradict it, weightiest first."""
    if len({each.run_id for each, _ in stated}) == 1:
        return T("the only source")
    if name in UNION_FIELDS or (name in PARTED_FIELDS and not against):
        return T("what all sources list, together")
    if not against:
        detailed = name in CODE_FIELDS and stated[0][0].run_id != run
        return T("sources agree; the more detailed code") if detailed else T("sources agree")
    holder = next(each for each, _ in stated if each.run_id == run)
    mine, theirs = weight(holder, aspect_of(name)), weight(against[0], aspect_of(name))
    if mine[0] != theirs[0]:
        return T("weightier kind of source: {why}", why=PRECEDENCE[holder.kind].why)
    if mine[1] != theirs[1]:
        return T("of equally weighty sources the one that speaks of a later date")
    return T("of equally weighty sources of one date the one imported last")


def _equal(one: Value, other: Value) -> bool:
    return one == other


def _same_name(one: Value, other: Value) -> bool:
    return name_core(str(one)) == name_core(str(other))


def _same_code(one: Value, other: Value) -> bool:
    """Tell whether two codes agree: one may be more detailed than the other."""
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _same_list(one: Value, other: Value) -> bool:
    return set(one if isinstance(one, tuple) else [one]) == set(other if isinstance(other, tuple) else [other])


def _is_part(whole: Value, part: Value) -> bool:
    """Tell whether a list holds all of another."""
    return isinstance(whole, tuple) and isinstance(part, tuple) and set(part) <= set(whole)


def _same_degrees(one: Value, other: Value) -> bool:
    return isinstance(one, float) and isinstance(other, float) and abs(one - other) <= SAME_PLACE_DEGREES


def _same_figure(one: Value, other: Value) -> bool:
    """Tell whether two figures are one, rounded: accounts are in thousands, registers in roubles."""
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False
    return abs(one - other) <= max(ROUNDING * max(abs(one), abs(other)), 0.5)


def _compatible(_one: Value, _other: Value) -> bool:
    return True


#: When two values of a field say the same; free text and lists that grow with every source never contradict.
COMPARISONS: Mapping[str, Callable[[Value, Value], bool]] = MappingProxyType({
    "name": _same_name, "city": _same_name, "address": _same_name,
    **dict.fromkeys(CODE_FIELDS, _same_code),
    **dict.fromkeys(("okved_extra", "founders", "managed_by", "tax_regimes"), _same_list),
    **dict.fromkeys(PARTED_FIELDS, _is_part),
    **dict.fromkeys(("lat", "lon"), _same_degrees),
    **dict.fromkeys(FIGURE_NAMES, _same_figure),
    **dict.fromkeys((*TEXT_FIELDS, *UNION_FIELDS), _compatible),
})  # fmt: skip

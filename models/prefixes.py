"""Tables keyed by the beginning of an OKVED-2 code: the longest prefix wins.

Such a table says something of an activity at whatever depth it can be said: of all mining (``05``), of one subgroup
(``20.41.1``), or, under the empty prefix, of everything else. Levels of OKVED-2 follow the length of the code, so the
prefixes of a code are its ancestors and a comparison of characters suffices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.errors import SourceDrift
from models.resources import read_table
from models.text import T

#: A line of a table: column -> value, as text.
Row = Mapping[str, str]


class PrefixTable:
    """Lines by OKVED-2 prefix, found by the longest one.

    Parameters
    ----------
    rows
        Lines in table order.
    column
        Column that holds the prefix; empty is the default for codes no other line claims.
    name
        What the table is called in an error.

    Raises
    ------
    SourceDrift
        If a prefix is claimed by two lines.

    Examples
    --------
    >>> table = PrefixTable([{"okved_prefix": "20", "haul": "820"}, {"okved_prefix": "20.15", "haul": "1000"}])
    >>> table["20.15.3"]["haul"], table["20.13"]["haul"], table.get("23.51")
    ('1000', '820', None)
    """

    def __init__(self, rows: Iterable[Row], column: str = "okved_prefix", name: str = "") -> None:
        by_prefix: dict[str, Row] = {}
        for row in rows:
            prefix = row[column]
            if prefix in by_prefix:
                raise SourceDrift(
                    T("table {name}: prefix {prefix} is claimed twice", name=name, prefix=prefix),
                    T("leave one line for each prefix"),
                )
            by_prefix[prefix] = MappingProxyType(dict(row))
        #: Lines by prefix, in table order.
        self.rows: Mapping[str, Row] = MappingProxyType(by_prefix)

    @classmethod
    def bundled(cls, name: str, column: str = "okved_prefix") -> PrefixTable:
        """Read a bundled table, for example ``reference/role.csv``.

        >>> PrefixTable.bundled("reference/role.csv")["46.75"]["role"]
        'channel'
        """
        return cls(read_table(name), column, name)

    def prefix_of(self, code: str) -> str | None:
        """Return the longest prefix of ``code`` that has a line, or ``None``."""
        beginnings = (code[:length] for length in range(len(code), -1, -1))
        return next((beginning for beginning in beginnings if beginning in self.rows), None)

    def get(self, code: str) -> Row | None:
        """Return the line that speaks of ``code``, or ``None``."""
        prefix = self.prefix_of(code)
        return None if prefix is None else self.rows[prefix]

    def __getitem__(self, code: str) -> Row:
        """Return the line that speaks of ``code``.

        Raises
        ------
        KeyError
            If no line does and the table has no default.
        """
        row = self.get(code)
        if row is None:
            raise KeyError(code)
        return row

    def over(self, codes: Iterable[str]) -> list[Row]:
        """Return the line of each code, in order: a table laid out along an axis of codes.

        Raises
        ------
        KeyError
            If a code has no line and the table has no default.
        """
        return [self[code] for code in codes]

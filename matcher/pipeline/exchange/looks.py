"""Use case of a company that wants to know who looked at it and what came of it.

It learns how often and by which kind of role, never by whom: a firm is named only where it asked to be introduced or
sent a call for offers. A role held by few firms would name them, so it is told together with others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matcher.pipeline.exchange import calls, introductions
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.accounts import Account, Accounts
from models.identifiers import Inn
from models.looks import PLACES, Look, Looks
from models.roles import COMPANY_ROLES

#: Days of the short account, and months of the long one.
DAYS, MONTHS = 30, 12
#: From so many other firms, or people without a firm, on a role may be named.
NAMED_FROM = 3
#: What a role is told as that would name somebody.
OTHERS = "others"


def looks(workspace: Workspace, inn: Inn, today: date) -> Document:
    """Return how often a company was looked at, by place and kind of role, by month, and what came of it."""
    first = month_before(today, MONTHS - 1)
    with workspace.store.read() as reader:
        found = Looks(reader.connection).of(inn, min(first, today - timedelta(days=2 * DAYS)))
        accounts = Accounts(reader.connection).all()
    named = named_roles(accounts, inn)
    met = introductions.introductions(workspace, inn)["items"]
    return {
        "days": DAYS,
        "now": by_place(each for each in found if each.day > today - timedelta(days=DAYS)),
        "before": by_place(
            each for each in found if today - timedelta(days=2 * DAYS) < each.day <= today - timedelta(days=DAYS)
        ),
        "roles": by_role((each for each in found if each.day > today - timedelta(days=DAYS)), named),
        "months": by_month(found, today),
        "introductions": met,
        "calls": calls.received(workspace, inn),
    }


def by_month(found: Sequence[Look], today: date) -> list[Document]:
    """Return how often in each month, from the present one back to the first in which anybody looked.

    >>> seen = [Look(date(2030, 1, 31), "card", "sme", 2)]
    >>> [(each["month"], each["times"]["card"]) for each in by_month(seen, date(2030, 3, 1))]
    [('2030-03', 0), ('2030-02', 0), ('2030-01', 2)]
    >>> by_month([], date(2030, 3, 1))
    []
    """
    months = [month_before(today, back).isoformat()[:7] for back in range(MONTHS)]
    first = min((each.day.isoformat()[:7] for each in found), default="9999")
    return [
        {"month": month, "times": by_place(each for each in found if each.day.isoformat().startswith(month))}
        for month in months
        if month >= first
    ]


def month_before(today: date, months: int) -> date:
    """Return the first day of the month so many months ago.

    >>> month_before(date(2026, 3, 9), 3), month_before(date(2026, 3, 9), 0)
    (datetime.date(2025, 12, 1), datetime.date(2026, 3, 1))
    """
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, 1)


def by_place(found: Iterable[Look]) -> dict[str, int]:
    """Return how often in each place, all places named.

    >>> by_place([Look(date(2030, 1, 1), "card", "sme", 2), Look(date(2030, 1, 2), "card", "viewer", 1)])
    {'list': 0, 'pair': 0, 'card': 3}
    """
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.place] += each.times
    return {place: counted[place] for place in PLACES}


def by_role(found: Iterable[Look], named: frozenset[str]) -> dict[str, int]:
    """Return how often by each kind of role, most first; roles that would name somebody are told together.

    >>> seen = [Look(date(2030, 1, 1), "card", role, times) for role, times in (("anchor", 2), ("sme", 5))]
    >>> by_role(seen, frozenset({"sme"}))
    {'sme': 5, 'others': 2}
    """
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.role if each.role in named else OTHERS] += each.times
    return dict(sorted(counted.items(), key=lambda item: (item[0] == OTHERS, -item[1])))


def named_roles(accounts: Iterable[Account], inn: Inn) -> frozenset[str]:
    """Return the roles that enough others hold to be named: firms of company roles, people of the rest.

    Those who run the cluster are no firm, and are named however few they are.
    """
    holders: dict[str, set[str]] = {}
    for each in accounts:
        if each.active and each.inn != inn:
            who = str(each.inn) if each.role in COMPANY_ROLES else each.login
            holders.setdefault(each.role, set()).add(who)
    return frozenset({"manager", "administrator", *(role for role, who in holders.items() if len(who) >= NAMED_FROM)})

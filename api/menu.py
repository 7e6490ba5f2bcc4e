"""The main menu: one table of groups and of the pages in them. A new page is one line here and one in the rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.text import T, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the menu.

    Parameters
    ----------
    endpoint
        Address of the page, as Flask names it.
    label
        What it is called.
    within
        Beginnings of the other endpoints that belong to it: the entry is marked while one of them is open.
    """

    endpoint: str
    label: Text
    within: tuple[str, ...] = ()

    def holds(self, endpoint: str) -> bool:
        """Return whether an open page belongs to this entry.

        >>> Entry("pages.companies", T("Companies"), ("pages.company",)).holds("pages.company")
        True
        """
        return endpoint == self.endpoint or (bool(self.within) and endpoint.startswith(self.within))


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading, in the order they are shown."""

    label: Text
    entries: tuple[Entry, ...]

    def holds(self, endpoint: str) -> bool:
        """Return whether an open page belongs to one of the entries."""
        return any(entry.holds(endpoint) for entry in self.entries)


MENU: tuple[Group, ...] = (
    Group(T("Partners"), (
        Entry("pages.suppliers", T("Suppliers"), ("pages.explain", "pages.compare")),
        Entry("pages.supply", T("Requests"), ("pages.supply_",)),
        Entry("pages.sell", T("Buyers"), ("pages.sell_", "pages.buyers")),
        Entry("pages.introductions", T("Introductions")),
        Entry("pages.board_page", T("Board"), ("pages.board_", "pages.own_e", "pages.new_entry", "pages.edit_entry")),
    )),
    Group(T("Chain"), (
        Entry("pages.companies", T("Companies"), ("pages.company", "pages.edit_card", "pages.new_company")),
        Entry("pages.chain", T("Value chain"), ("pages.chain_",)),
        Entry("pages.catalogue", T("Catalogue"), ("pages.catalogue_",)),
    )),
    Group(T("Projects"), (
        Entry("pages.gaps", T("Gaps"), ("pages.gap_",)),
        Entry("pages.projects", T("Joint projects"), ("pages.project_",)),
    )),
    Group(T("Data"), (
        Entry("intake.imports", T("Import"), ("intake.file", "intake.run")),
        Entry("intake.questions", T("Rows without INN")),
    )),
    Group(T("Access"), (
        Entry("accounts.users", T("Accounts"), ("accounts.user",)),
        Entry("accounts.audit_page", T("Who did what")),
    )),
)  # fmt: skip


def menu(may_open: Callable[[str], bool], groups: Sequence[Group] = MENU) -> list[Group]:
    """Return the groups with the entries a visitor may open; a group without any is left out.

    Examples
    --------
    >>> [str(group.label) for group in menu(lambda endpoint: endpoint.startswith("intake."))]
    ['Data']
    """
    open_to = (Group(group.label, tuple(e for e in group.entries if may_open(e.endpoint))) for group in groups)
    return [group for group in open_to if group.entries]

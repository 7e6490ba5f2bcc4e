"""The one table of what each role may do: every address of pages and API is in it, or nobody may go there."""

from __future__ import annotations

from collections.abc import Mapping

from api.access.api_rights import API_RIGHTS
from api.access.kinds_of_rights import (
    ACT,
    ACTORS,
    ADMINISTER,
    AROUND_OWN,
    ASK_OWN,
    ASK_PAIR,
    CARD,
    MANAGE,
    MANAGERS,
    MEMBER,
    OPEN,
    OWN_BUYER,
    OWN_CARD,
    OWN_PAIR,
    OWN_SUPPLIER,
    READ,
    Right,
)
from models.roles import Role

__all__ = ["ACTORS", "MANAGERS", "RIGHTS", "Right", "may"]

RIGHTS: Mapping[str, Right] = {
    "static": OPEN,
    "signing.sign_in": OPEN,
    "signing.send_in": OPEN,
    "signing.enter": OPEN,
    "signing.sign_out": OPEN,
    "pages.home": MEMBER,
    "pages.companies": READ,
    "pages.companies_file": READ,
    "pages.chosen_file": READ,
    "pages.remark": MANAGE,
    "pages.undo_remark": MANAGE,
    "pages.keep_view": READ,
    "pages.remove_view": READ,
    "pages.company": CARD,
    "pages.company_partners": CARD,
    "pages.edit_card": OWN_CARD,
    "pages.write_card": OWN_CARD,
    "pages.undo_card": OWN_CARD,
    "pages.new_company": MANAGE,
    "pages.suppliers": ASK_OWN,
    "pages.buyers": ASK_OWN,
    "pages.sell": ASK_OWN,
    "pages.sell_buyers": ASK_OWN,
    "pages.introductions": ACT,
    "pages.ask_introduction": OWN_PAIR,
    "pages.answer_introduction": MANAGE,
    "pages.withdraw_introduction": OWN_PAIR,
    "pages.explain": ASK_PAIR,
    "pages.compare": Right(own=("buyer",), unasked=True),
    "pages.decide_pair": OWN_BUYER,
    "pages.suppliers_workbook": CARD,
    "pages.buyers_workbook": ASK_OWN,
    "pages.suppliers_paper": CARD,
    "pages.buyers_paper": ASK_OWN,
    "pages.supply_file": OWN_BUYER,
    "pages.looks": OWN_CARD,
    "pages.call_list": Right(ACTORS),
    "pages.call_calendar": Right(ACTORS),
    "pages.write_call": OWN_BUYER,
    "pages.send_call": OWN_BUYER,
    "pages.one_call": OWN_BUYER,
    "pages.set_call": OWN_BUYER,
    "pages.call_workbook": OWN_BUYER,
    "pages.call_firm": OWN_BUYER,
    "pages.write_answer": OWN_BUYER,
    "pages.call_letter": OWN_BUYER,
    "pages.offer": OWN_SUPPLIER,
    "pages.send_offer": OWN_SUPPLIER,
    "pages.supply": Right(ACTORS),
    "pages.new_supply": OWN_BUYER,
    "pages.add_supply": OWN_BUYER,
    "pages.one_supply": OWN_BUYER,
    "pages.edit_supply": OWN_BUYER,
    "pages.change_supply": OWN_BUYER,
    "pages.seen_supply": OWN_BUYER,
    "pages.set_supply": OWN_BUYER,
    "pages.gaps": AROUND_OWN,
    "pages.projects": READ,
    "pages.project_sheet": READ,
    "pages.project": READ,
    "pages.decided_projects": READ,
    "pages.decide_project": MANAGE,
    "pages.chain": MEMBER,
    "pages.chain_flow": READ,
    "pages.chain_graph": READ,
    "pages.chain_structure": READ,
    "pages.chain_graphml": READ,
    "pages.chain_geojson": READ,
    "pages.chain_companies": READ,
    "pages.board_page": MEMBER,
    "pages.board_entry": MEMBER,
    "pages.board_card": MEMBER,
    "pages.own_entries": ACT,
    "pages.entries_calendar": ACT,
    "pages.new_entry": ACT,
    "pages.post_entry": ACT,
    "pages.edit_entry": ACT,
    "pages.write_entry": ACT,
    "pages.renew_entry": ACT,
    "pages.withdraw_entry": ACT,
    "pages.undo_entry": ACT,
    "pages.catalogue": MEMBER,
    "pages.catalogue_firm": MEMBER,
    "pages.catalogue_workbook": MEMBER,
    "pages.catalogue_print": MEMBER,
    "intake.imports": MANAGE,
    "intake.send": Right(MANAGERS, uploads=True),
    "intake.bundled": MANAGE,
    "intake.file": MANAGE,
    "intake.columns": MANAGE,
    "intake.confirm": MANAGE,
    "intake.confirm_all": MANAGE,
    "intake.discard": MANAGE,
    "intake.run": MANAGE,
    "intake.undo": MANAGE,
    "intake.correct": MANAGE,
    "intake.questions": MANAGE,
    "intake.answer": MANAGE,
    "health.health": OPEN,
    "accounts.users": ADMINISTER,
    "accounts.add_user": ADMINISTER,
    "accounts.user": ADMINISTER,
    "accounts.set_role": ADMINISTER,
    "accounts.set_password": ADMINISTER,
    "accounts.set_state": ADMINISTER,
    "accounts.add_token": ADMINISTER,
    "accounts.revoke_token": ADMINISTER,
    "accounts.audit_page": ADMINISTER,
    "v1_pages.root": OPEN,
    "v1_pages.page": OPEN,
    "api-docs.openapi_json": OPEN,
    **API_RIGHTS,
}


def may(right: Right | None, role: Role, inn: str | None, named: Mapping[str, list[str]]) -> bool:
    """Return whether an account may use an address.

    Parameters
    ----------
    right
        The right of the address; ``None`` for one that is not in the table.
    role, inn
        What the account is, and of which company.
    named
        Every value given for each parameter.

    Examples
    --------
    >>> may(CARD, "sme", "2631015563", {"inn": ["2631015563"]}), may(CARD, "sme", "2631015563", {"inn": ["1"]})
    (True, False)
    >>> may(CARD, "viewer", None, {"inn": ["1"]}), may(MANAGE, "viewer", None, {}), may(None, "administrator", None, {})
    (True, False, False)
    """
    if right is None or role not in right.roles:
        return False
    if inn is None or not right.own:
        return True
    given = [values for name in right.own if (values := [text for text in map(str.strip, named.get(name, [])) if text])]
    return any(set(values) == {inn} for values in given) if given else right.unasked

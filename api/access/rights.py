"""The one table of what each role may do: every address of pages and API is in it, or nobody may go there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.accounts import COMPANY_ROLES, ROLES, Role, Scope

READERS: frozenset[Role] = frozenset({"viewer", "manager", "administrator"})
MANAGERS: frozenset[Role] = frozenset({"manager", "administrator"})
ACTORS: frozenset[Role] = MANAGERS | COMPANY_ROLES
MEMBERS: frozenset[Role] = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may use an address.

    Parameters
    ----------
    roles
        Roles that may.
    own
        Parameters that name companies; an account of a company must name its own in one of them. None: whoever has
        the role may.
    anyone
        Whether visitors need not sign in.
    unasked
        Whether an account of a company may also name no company at all.
    uploads
        Whether a request may bring files.
    scope
        What a token must be for, beside the right of its account; to look at it, ``read`` is enough too.
    """

    roles: frozenset[Role] = MEMBERS
    own: tuple[str, ...] = ()
    anyone: bool = False
    unasked: bool = False
    uploads: bool = False
    scope: Scope = "write"


OPEN = Right(anyone=True)
MEMBER = Right()
READ = Right(READERS)
READ_SENT = Right(READERS, scope="read")
KEEP = Right(READERS, scope="decide")
MANAGE = Right(MANAGERS)
ACT = Right(ACTORS)
ASK_OWN = Right(own=("inn",), unasked=True)
ASK_PAIR = Right(own=("supplier", "buyer"), unasked=True)
CARD = Right(own=("inn",))
AROUND_OWN = Right(own=("anchor",))
ADMINISTER = Right(frozenset({"administrator"}), scope="admin")
DECIDE = Right(MANAGERS, scope="decide")
WRITE = Right(ACTORS, scope="decide")
HOOKS = Right(scope="hooks")
IMPORT = Right(MANAGERS, scope="import")
OWN_CARD = Right(ACTORS, own=("inn",), scope="decide")
OWN_BUYER = Right(ACTORS, own=("buyer",))
ACT_AS_BUYER = Right(ACTORS, own=("buyer",), scope="decide")
ACT_AS_SUPPLIER = Right(ACTORS, own=("supplier",), scope="decide")
OWN_SUPPLIER = Right(ACTORS, own=("supplier",))
OWN_PAIR = Right(ACTORS, own=("supplier", "buyer"), scope="decide")

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
    "v1.companies": READ,
    "v1.company": CARD,
    "v1.suppliers": ASK_OWN,
    "v1.buyers": ASK_OWN,
    "v1.explain": ASK_PAIR,
    "v1.gaps": AROUND_OWN,
    "v1.projects": READ,
    "v1.chain": MEMBER,
    "v1.flow": READ,
    "v1.graph": READ,
    "v1.structure": READ,
    "v1.classify": ASK_OWN,
    "v1.inputs": MEMBER,
    "v1.coverage": MEMBER,
    "v1.decisions": MEMBER,
    "v1.decide": ACT_AS_BUYER,
    "v1.project_decisions": READ,
    "v1.decide_project": DECIDE,
    "v1.introductions": Right(ACTORS),
    "v1.ask_introduction": OWN_PAIR,
    "v1.answer_introduction": DECIDE,
    "v1.withdraw_introduction": OWN_PAIR,
    "v1.read_card": OWN_CARD,
    "v1.write_card": OWN_CARD,
    "v1.undo_card": OWN_CARD,
    "v1.questions": DECIDE,
    "v1.answer_question": DECIDE,
    "v1.import_file": Right(MANAGERS, uploads=True, scope="import"),
    "v1.jobs": IMPORT,
    "v1.job": IMPORT,
    "v1.job_events": IMPORT,
    "v1.import_job": IMPORT,
    "v1.discard_job": IMPORT,
    "v1.imports": IMPORT,
    "v1.import_run": IMPORT,
    "v1.refused": IMPORT,
    "v1.undo_import": IMPORT,
    "v1.webhooks": HOOKS,
    "v1.add_webhook": HOOKS,
    "v1.webhook": HOOKS,
    "v1.remove_webhook": HOOKS,
    "v1.try_webhook": HOOKS,
    "v1.deliveries": HOOKS,
    "v1.send_again": HOOKS,
    "v1.board": MEMBER,
    "v1.board_entry": MEMBER,
    "v1.board_card": MEMBER,
    "v1.entry_matches": MEMBER,
    "v1.card_matches": MEMBER,
    "v1.own_entries": Right(ACTORS),
    "v1.entries_calendar": Right(ACTORS),
    "v1.post_entry": WRITE,
    "v1.change_entry": WRITE,
    "v1.renew_entry": WRITE,
    "v1.withdraw_entry": WRITE,
    "v1.undo_entry": WRITE,
    "v1.catalogue": MEMBER,
    "v1.catalogue_firm": MEMBER,
    "v1.catalogue_as_file": MEMBER,
    "v1.supply_list": Right(ACTORS),
    "v1.supply_news": Right(ACTORS),
    "v1.supply_proposals": ACT_AS_BUYER,
    "v1.add_supply": ACT_AS_BUYER,
    "v1.one_supply": ACT_AS_BUYER,
    "v1.change_supply": ACT_AS_BUYER,
    "v1.supply_versions": ACT_AS_BUYER,
    "v1.set_supply": ACT_AS_BUYER,
    "v1.supply_shortlist": ACT_AS_BUYER,
    "v1.supply_new": ACT_AS_BUYER,
    "v1.seen_supply": ACT_AS_BUYER,
    "v1.supply_file": ACT_AS_BUYER,
    "v1.calls_sent": Right(ACTORS),
    "v1.calls_received": Right(ACTORS),
    "v1.calls_calendar": Right(ACTORS),
    "v1.send_call": ACT_AS_BUYER,
    "v1.one_call": ACT_AS_BUYER,
    "v1.change_call": ACT_AS_BUYER,
    "v1.ask_more": ACT_AS_BUYER,
    "v1.compared_offers": ACT_AS_BUYER,
    "v1.call_workbook": ACT_AS_BUYER,
    "v1.call_firm": ACT_AS_BUYER,
    "v1.write_answer": ACT_AS_BUYER,
    "v1.call_letter": ACT_AS_BUYER,
    "v1.offer": ACT_AS_SUPPLIER,
    "v1.send_offer": ACT_AS_SUPPLIER,
    "v1.company_list": READ,
    "v1.company_list_file": READ,
    "v1.chosen_file": READ_SENT,
    "v1.views": READ,
    "v1.keep_view": KEEP,
    "v1.remove_view": KEEP,
    "v1.labels": READ,
    "v1.remark": DECIDE,
    "v1.undo_remark": DECIDE,
    "v1.company_remarks": READ,
    "v1.company_steps": READ,
    "v1.company_partners": CARD,
    "v1.looks": OWN_CARD,
    "v1.me": MEMBER,
    "v1.own_tokens": MEMBER,
    "v1.add_own_token": MEMBER,
    "v1.revoke_own_token": MEMBER,
    "v1.accounts": ADMINISTER,
    "v1.add_account": ADMINISTER,
    "v1.account": ADMINISTER,
    "v1.change_account": ADMINISTER,
    "v1.set_password": ADMINISTER,
    "v1.tokens": ADMINISTER,
    "v1.add_token": ADMINISTER,
    "v1.revoke_token": ADMINISTER,
    "v1.audit": ADMINISTER,
    "v1.home": MEMBER,
    "v1.understood_words": ASK_OWN,
    "v1.offer_buyers": ASK_OWN,
    "v1.suppliers_as_file": ASK_OWN,
    "v1.buyers_as_file": ASK_OWN,
    "v1.project": READ,
    "v1.project_as_sheet": READ,
    "v1.undo_decision": DECIDE,
    "v1.network_as_file": READ,
    "v1.members_as_file": READ,
    "v1.job_columns": IMPORT,
    "v1.say_columns": IMPORT,
    "v1.import_bundled": IMPORT,
    "v1.correct_import": IMPORT,
    "v1.export_companies": READ,
    "v1.import_companies": Right(MANAGERS, uploads=True, scope="import"),
    "v1.bulk_suppliers": READ_SENT,
    "v1.bulk_buyers": READ_SENT,
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

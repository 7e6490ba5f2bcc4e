"""The kinds of rights an address may have; which has which say ``rights.py`` and, of the API, ``api_rights.py``."""

from __future__ import annotations

from dataclasses import dataclass

from models.roles import COMPANY_ROLES, ROLES, Role, Scope

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

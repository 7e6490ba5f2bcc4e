"""What accounts and tokens of the web interface may do."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["administrator", "manager", "anchor", "sme", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)
#: Roles that act for one company.
COMPANY_ROLES: frozenset[Role] = frozenset({"anchor", "sme"})
#: What a token may do of what its account may: read; decide (also introductions, cards, names of firms); import; make
#: webhooks; administer accounts; or all of it.
Scope = Literal["read", "decide", "import", "hooks", "admin", "write"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

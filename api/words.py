"""Names of enumerated values that only pages show; those the command line shows too are in ``matcher.cli.words``."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.cli.words import VERDICTS
from matcher.report.board import KIND_NAMES, SIDE_NAMES, STATE_NAMES, STEP_NAMES
from matcher.report.files.offer_sheets import STEP_NAMES as OFFER_STEPS
from matcher.report.ranking.layers import CELL_LAYERS
from matcher.report.ranking.reasons import PART_NAMES
from models.text import T, Text

PARTS: Mapping[str, Text] = PART_NAMES

KINDS: Mapping[str, Text] = {
    "chain": T("closing a chain"),
    "joint_purchase": T("joint purchase"),
    "shared_equipment": T("shared equipment"),
    "contract_manufacturing": T("contract manufacturing"),
    "import_substitution": T("import substitution"),
    "symbiosis": T("industrial symbiosis"),
    "cross_cluster": T("across clusters"),
    "deep_processing": T("deeper processing"),
    "joint_export": T("joint export"),
    "research_training": T("research and training"),
}

#: How things stand with a firm that was asked for an offer, and steps of the call itself.
CALL_STEPS: Mapping[str, Text] = OFFER_STEPS

LAYERS: Mapping[str, Text] = CELL_LAYERS

LINKS: Mapping[str, Text] = {
    "observed": T("observed link"),
    "inferred": T("inferred, not observed"),
}

LINK_KINDS: Mapping[str, Text] = {
    "observed": T("sale on record"),
    "expected": T("expected sale"),
    "missing": T("missing: among the largest expected"),
}

DECISIONS: Mapping[str, Text] = {
    "accept": T("accepted"),
    "decline": T("declined"),
    "later": T("postponed"),
}

#: What a person is asked to do.
VERBS: Mapping[str, Text] = {
    "accept": T("accept"),
    "later": T("postpone"),
    "decline": T("decline"),
}

SIDES: Mapping[str, Text] = {
    "production_support": T("production support"),
    "sales_support": T("sales support"),
}

TOKEN_SCOPES: Mapping[str, Text] = {
    "read": T("read"),
    "decide": T("decide, introduce, write cards"),
    "import": T("import and take imports back"),
    "hooks": T("make webhooks"),
    "admin": T("administer accounts"),
    "write": T("all that the account may"),
}

DRAFT_STATES: Mapping[str, Text] = {
    "checking": T("being looked at"),
    "checked": T("looked at, not imported yet"),
    "importing": T("being imported"),
    "done": T("imported"),
    "failed": T("cannot be imported as it is"),
}

INTRODUCTIONS: Mapping[str, Text] = {
    "waiting": T("waits for the manager"),
    "introduced": T("introduced"),
    "declined": T("declined"),
    "withdrawn": T("withdrawn"),
}

#: Kinds, sides, states and sources of the board's entries.
BOARD: Mapping[str, Text] = {
    **KIND_NAMES,
    **SIDE_NAMES,
    **STATE_NAMES,
    "board": T("entries of companies"),
    "card": T("from cards"),
    "best": T("best first"),
    "new": T("newest first"),
    "ending": T("ending first"),
    "firm": T("by company"),
}

#: Kinds of what people did.
DEEDS: Mapping[str, Text] = {
    "import": T("import"),
    "undo": T("import taken back"),
    "decision": T("decision"),
    "project": T("decision on a project"),
    "introduction": T("introduction"),
    "request": T("supplier request"),
    "offer": T("call for offers"),
    "name": T("name without INN"),
    "weights": T("learned weights"),
    "account": T("account"),
    "board": T("entry of the board"),
    "remark": T("label or note"),
}

#: What was done, within a kind.
DONE: Mapping[str, Text] = {
    **VERDICTS,
    **INTRODUCTIONS,
    **STEP_NAMES,
    "open": T("open"),
    "saved": T("saved"),
    "removed": T("removed"),
    "asked": T("asked"),
    "reminded": T("reminded"),
    "answered": T("answered"),
    "closed": T("closed"),
    "moved": T("last day moved"),
    "same": T("it is this firm"),
    "different": T("it is none of these"),
    "dropped": T("left out"),
    "made": T("made"),
    "role": T("role changed"),
    "password": T("new password"),
    "disabled": T("closed"),
    "enabled": T("opened again"),
    "token": T("token made"),
    "revoked": T("token revoked"),
    "label": T("label put on"),
    "unlabel": T("label taken off"),
    "note": T("note"),
}

#: Filters of companies: what is known of one, and values that stand for nothing known.
MARKS: Mapping[str, Text] = {
    "member": T("in the chain of the cluster"),
    "texts": T("with own words"),
    "no_texts": T("without own words"),
    "links": T("with sales on record"),
    "arrears": T("with tax arrears"),
}

SORTS: Mapping[str, Text] = {
    "output": T("the largest output first"),
    "name": T("by name"),
    "revenue": T("the largest revenue first"),
    "workers": T("most workers first"),
    "town": T("by town"),
}

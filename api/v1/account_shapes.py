"""The shapes of accounts, of their tokens, and of the audit."""

from __future__ import annotations

from marshmallow import fields, validate

from api.queries import PagedQuery, about, some_words
from api.v1.deed_shapes import Body, Change, words
from api.v1.kit import Page, Shape, listed, maybe_text, string, texts, whole
from matcher.pipeline.register.audit import KINDS
from models.roles import ROLES, SCOPES
from models.text import T

#: Letters of a login, a password and the name of a token.
LONGEST_LOGIN, LONGEST_PASSWORD, LONGEST_NAME = 64, 200, 64


class Acting(Body):
    """What an account may do, and for which company."""

    role = fields.String(required=True, validate=validate.OneOf(ROLES), metadata=about(T("what it may do")))
    inn = fields.String(
        load_default="", metadata=about(T("company of a role that acts for one"), format="inn-or-blank")
    )


class AccountBody(Acting):
    """An account to be made; a password nobody chose is made."""

    login = words(T("name to sign in with"), LONGEST_LOGIN, required=True)
    password = words(T("password; left out, one is made and shown once"), LONGEST_PASSWORD)


class AccountChange(Change, Acting):
    """What shall become of an account; what is left out stays as it is."""

    disabled = fields.Boolean(metadata=about(T("whether it may sign in no more")))


class TokenBody(Body):
    """A token to be made."""

    name = words(T("what the program is called"), LONGEST_NAME)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        load_default=["read"],
        validate=validate.Length(1, len(SCOPES)),
        metadata=about(T("what the token may do of what its account may")),
    )


class AuditQuery(PagedQuery):
    """What people did."""

    kind = fields.String(validate=validate.OneOf(KINDS), metadata=about(T("kind of deed")))
    by = some_words(T("login of who did it"), LONGEST_LOGIN)


class Me(Shape):
    """The account that asks, and what its token may."""

    login = string()
    role = string(validate=validate.OneOf(ROLES))
    inn = maybe_text()
    scopes = texts()


class Account(Shape):
    """An account."""

    login = string()
    role = string(validate=validate.OneOf(ROLES))
    inn = maybe_text()
    made_at = string()
    disabled_at = maybe_text()


class AccountMade(Account):
    """An account with its new password, which is shown this once; null if somebody chose it."""

    password = maybe_text()


class Token(Shape):
    """What is known of a token; itself it is kept nowhere."""

    id = whole()
    name = string()
    scopes = texts()
    made_at = string()


class TokenMade(Token):
    """A new token, which is shown this once; null when the answer is repeated."""

    token = maybe_text()


class Tokens(Shape):
    """The tokens of an account, oldest first."""

    items = listed(Token)


class Deed(Shape):
    """One thing somebody did."""

    at = string()
    kind = string(validate=validate.OneOf(KINDS))
    by = string()
    what = string()
    about = string()
    note = string()
    run = fields.Integer(required=True, allow_none=True)
    inns = texts()


class Audit(Page):
    """What people did, the latest first; ``people`` are all who did anything."""

    items = listed(Deed)
    people = texts()

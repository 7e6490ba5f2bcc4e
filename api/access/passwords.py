"""Passwords and tokens, and the digests that are kept of them."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

from models.accounts import Account
from models.errors import UsageError
from models.text import T

SHORTEST, LONGEST = 10, 200


def digest_of_password(password: str) -> str:
    """Return what is kept of a password (scrypt).

    Raises
    ------
    UsageError
        If it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            T("a password has {low} to {high} characters", low=SHORTEST, high=LONGEST), T("choose a longer sentence")
        )
    return generate_password_hash(password)


def is_password_of(account: Account | None, password: str) -> bool:
    """Return whether a password is an account's; it takes as long when there is no account."""
    right = check_password_hash(account.password if account else _nobody(), password[: LONGEST + 1])
    return right and account is not None and account.active


@cache
def _nobody() -> str:
    return generate_password_hash(secrets.token_urlsafe(16))


def new_token() -> str:
    """Return a new token of a program."""
    return secrets.token_urlsafe(32)


def digest_of_token(token: str) -> str:
    """Return what is kept of a token; it is long and random, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()

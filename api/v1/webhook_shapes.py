"""The shapes of webhooks and of the log of their deliveries."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from api.hooks.targets import LONGEST_URL
from api.queries import about
from api.v1.deed_shapes import Body
from api.v1.kit import Shape, maybe_text, string, texts, whole
from models.text import T
from models.webhooks import EVENTS, SIDES, State


class WebhookBody(Body):
    """Where to tell, what of, and for ``candidates.new`` the company and the list to watch."""

    url = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_URL),
        metadata=about(T("https address to send events to"), format="hook-url"),
    )
    events = fields.List(
        fields.String(validate=validate.OneOf(EVENTS)),
        required=True,
        validate=validate.Length(1, len(EVENTS)),
        metadata=about(T("events to be told of")),
    )
    inn = fields.String(
        load_default="",
        validate=validate.Length(max=12),
        metadata=about(T("company whose list is watched"), format="inn-or-blank"),
    )
    side = fields.String(load_default=SIDES[0], validate=validate.OneOf(SIDES), metadata=about(T("list to watch")))


class Webhook(Shape):
    """An address that is told of events."""

    id = whole()
    url = string()
    events = texts()
    inn = maybe_text()
    side = maybe_text()
    made_at = string()


class WebhookMade(Webhook):
    """A new webhook with its secret, which is shown this once."""

    secret = string(metadata={"description": "key of the signatures, whsec_ and base64; keep it"})


class WebhookList(Shape):
    """The webhooks of an account."""

    items = fields.List(fields.Nested(Webhook), required=True)


class Delivery(Shape):
    """Something a webhook was told, and what came of it."""

    id = whole()
    event = string()
    state = string(validate=validate.OneOf(get_args(State)))
    attempts = whole()
    made_at = string()
    done_at = maybe_text()
    next_at = maybe_text(metadata={"description": "when it is sent again; null: it is not"})
    status = fields.Integer(required=True, allow_none=True)
    error = string()
    payload = fields.Dict(keys=fields.String(), required=True)

"""Webhooks of the account that asks: made, tried, removed, and what was sent to them."""

from __future__ import annotations

from typing import Any

import orjson
from flask import current_app, url_for

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, desk, workspace
from api.bad_fields import BadField, BadFields, refused_field
from api.failures import WebError
from api.hooks.targets import target_of
from api.v1 import webhook_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import answer, deed, operation
from api.v1.kit import page_of
from api.v1.paging import present_key, with_next
from matcher.pipeline.exchange.news import Listener, present
from matcher.report.frame import Document
from models.accounts import Account, Accounts
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.text import T, Text
from models.webhooks import Delivery, Webhook, Webhooks

#: Configuration that lets deliveries go to this machine and its network.
PRIVATE = "WEBHOOKS_PRIVATE"


OF_AN_ACCOUNT = T("webhooks belong to an account, and this session has none")


def owner(told: Text = OF_AN_ACCOUNT) -> Account:
    """Return the account that asks; ``told`` says why one is needed.

    Raises
    ------
    WebError
        If the visitor came through the link of this machine and has none.
    """
    with desk().store.read() as reader:
        found = Accounts(reader.connection).by_login(member().login)
    if found is None:
        raise WebError(403, "forbidden", told,
                       T("make an account and a token for it: zveno user add LOGIN"))  # fmt: skip
    return found


def known(webhook_id: int) -> Webhook:
    """Return a webhook of the account that asks.

    Raises
    ------
    NothingSuch
        If it has none of that number.
    """
    account = owner()
    with desk().store.read() as reader:
        return Webhooks(reader.connection).get(account.id, webhook_id)


@answer("/webhooks", queries.Query, shapes.WebhookList, T("webhooks of the account"))
def webhooks(_asked: answers.Asked) -> Document:
    """Without their secrets."""
    account = owner()
    with desk().store.read() as reader:
        return {"items": [webhook_item(each) for each in Webhooks(reader.connection).all(account.id)]}


@deed("/webhooks", shapes.WebhookBody, shapes.WebhookMade, T("make a webhook"), status=201)
def add_webhook(_asked: answers.Asked, said: dict[str, Any]) -> tuple[Document, int, dict[str, str]]:
    """The answer holds the secret that signs deliveries; it is shown this once."""
    account, url = owner(), said["url"].strip()
    try:
        target_of(url, private=current_app.config[PRIVATE])
    except UsageError as error:
        raise BadFields([BadField("pointer", "/url", error.message, error.hint)]) from error
    inn = watched(said, account)
    listener = Listener(tuple(said["events"]), account.inn, inn, said["side"] if inn else "")
    seen = present(workspace() if inn else bare(), listener)
    with desk().store.begin() as unit:
        made = Webhooks(unit.connection).add(account.id, url, listener.events, seen, inn, said["side"] if inn else "")
    there = url_for("v1.webhook", webhook_id=made.id)
    return {**webhook_item(made), "secret": made.secret}, 201, {"Location": there}


def watched(said: dict[str, Any], account: Account) -> Inn | None:
    """Return the company whose list is watched, ``None`` if none is.

    Raises
    ------
    BadFields
        If it is missing, needless, or another's.
    """
    if "candidates.new" not in said["events"]:
        return None
    inn = parse_inn(said["inn"]) if said["inn"].strip() else account.inn
    if inn is None:
        told = T("new candidates are told of for one company"), T("give its INN")
        raise refused_field("/inn", *told)
    if account.inn not in (None, inn):
        told = T("this is not your company"), T("give the INN of your own, or leave it out")
        raise BadFields([BadField("pointer", "/inn", *told)])
    workspace().firm(inn)
    return inn


@answer("/webhooks/<int:webhook_id>", queries.Query, shapes.Webhook, T("one webhook"))
def webhook(_asked: answers.Asked, webhook_id: int) -> Document:
    """Without its secret."""
    return webhook_item(known(webhook_id))


@operation("DELETE", "/webhooks/<int:webhook_id>", queries.Query, None, T("remove a webhook"), status=204)
def remove_webhook(_asked: answers.Asked, webhook_id: int) -> tuple[str, int]:
    """With the log of its deliveries."""
    found = known(webhook_id)
    with desk().store.begin() as unit:
        Webhooks(unit.connection).remove(found)
    return "", 204


@deed("/webhooks/<int:webhook_id>/try", EmptyBody, shapes.Delivery, T("try a webhook out"), status=202)
def try_webhook(_asked: answers.Asked, _said: Document, webhook_id: int) -> tuple[Document, int]:
    """An event ``webhook.tried`` is sent to it."""
    found = known(webhook_id)
    with desk().store.begin() as unit:
        here = Webhooks(unit.connection)
        here.tell(found, "webhook.tried", {"by": member().login})
        made = here.deliveries(found, None, 1)[0]
    return delivery_item(made), 202


@answer(
    "/webhooks/<int:webhook_id>/deliveries", queries.PagedQuery, page_of(shapes.Delivery),
    T("what a webhook was told, the latest first"),
)  # fmt: skip
def deliveries(asked: answers.Asked, webhook_id: int) -> Document:
    """Kept for 30 days after it arrived or was given up."""
    found, key, top = known(webhook_id), present_key(), asked["top"]
    with desk().store.read() as reader:
        here = Webhooks(reader.connection)
        rows = here.deliveries(found, int(key[0]) if key else None, top + 1)
        total = here.count(found)
    last = (rows[top - 1].id,) if len(rows) > top else None
    return with_next({"total": total, "items": [delivery_item(each) for each in rows[:top]]}, last)


@deed(
    "/webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/again", EmptyBody, shapes.Webhook,
    T("send a delivery again"), status=202,
)  # fmt: skip
def send_again(_asked: answers.Asked, _said: Document, webhook_id: int, delivery_id: int) -> tuple[Document, int]:
    """From the first attempt on."""
    found = known(webhook_id)
    with desk().store.begin() as unit:
        Webhooks(unit.connection).again(found, delivery_id)
    return webhook_item(found), 202


def webhook_item(found: Webhook) -> Document:
    """Return a webhook as a document, without its secret."""
    return {
        "id": found.id, "url": found.url, "events": list(found.events), "inn": found.inn, "side": found.side or None,
        "made_at": found.made_at.isoformat(),
    }  # fmt: skip


def delivery_item(made: Delivery) -> Document:
    """Return a delivery as a document."""
    return {
        "id": made.id,
        "event": made.event,
        "state": made.state,
        "attempts": made.attempts,
        "made_at": made.made_at.isoformat(),
        "done_at": made.done_at.isoformat() if made.done_at else None,
        "next_at": made.next_at.isoformat() if made.state == "waiting" else None,
        "status": made.status,
        "error": made.error,
        "payload": orjson.loads(made.payload),
    }

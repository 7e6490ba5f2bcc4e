"""The thread that finds out what is new, queues deliveries, sends them and tries again what did not arrive."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event as Signal
from threading import Thread

from api.desk import Desk
from api.hooks.sending import LONGEST_S, headers_of, post
from api.hooks.targets import target_of
from matcher.pipeline.exchange.news import Listener, pulse, since
from matcher.pipeline.workspace import Workspace
from models import codec
from models.accounts import Account, Accounts
from models.errors import UsageError, ZvenoError
from models.roles import COMPANY_ROLES
from models.webhooks import Delivery, Webhook, Webhooks

#: Seconds between two looks at what is new.
LOOK_S = 2.0
#: After which times a delivery that did not arrive is sent again; then it is given up. Two days in all.
AGAIN = tuple(timedelta(seconds=wait) for wait in (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 15 * 3600, 24 * 3600))
#: Deliveries sent in one round, and how long others leave a delivery alone that is being sent.
MOST, CLAIM = 50, timedelta(seconds=4 * LONGEST_S)
GONE = 410
log = logging.getLogger(__name__)


class Dispatcher:
    """Tells webhooks what is new.

    Parameters
    ----------
    desk
        The register.
    private
        Whether deliveries may go to this machine and its network.
    """

    def __init__(self, desk: Desk, *, private: bool) -> None:
        self._desk, self._private = desk, private
        self._pulse: tuple[int, ...] = ()
        self._end = Signal()

    def start(self) -> None:
        """Begin to tell, in the background."""
        Thread(target=self.run, name="webhooks", daemon=True).start()

    def stop(self) -> None:
        """End after the present round."""
        self._end.set()

    def run(self) -> None:
        """Tell until stopped; what goes wrong in one round is tried again in the next."""
        while not self._end.wait(LOOK_S):
            self.round()

    def round(self) -> None:
        """Queue what is new and send what is due; neither keeps from the other."""
        went_well(self.collect)
        went_well(self.send_due)

    def collect(self) -> None:
        """Queue what is new, if anything is, for whoever wants to hear of it."""
        with self._desk.store.read() as reader:
            waiting = Webhooks(reader.connection).all()
            accounts = {each.id: each for each in Accounts(reader.connection).all()}
        if not waiting:
            return
        now = pulse(self._desk.bare("ru"))
        if now == self._pulse:
            return
        owned = [(webhook, accounts[webhook.account_id]) for webhook in waiting]
        told = [went_well(partial(self._collect_for, *each)) for each in owned if each[1].active]
        if all(told):
            self._pulse = now

    def _collect_for(self, webhook: Webhook, account: Account) -> None:
        listener = listener_of(webhook, account)
        news, seen = since(self._workspace(listener), listener, webhook.seen)
        if seen == webhook.seen:
            return
        with self._desk.store.begin() as unit:
            webhooks = Webhooks(unit.connection)
            for event, document in news:
                webhooks.tell(webhook, event, document)
            webhooks.saw(webhook, seen)

    def _workspace(self, listener: Listener) -> Workspace:
        """Return a workspace; one with an index only if candidates are to be compared."""
        watches = "candidates.new" in listener.events
        return self._desk.workspace("ru") if watches else self._desk.bare("ru")

    def send_due(self) -> None:
        """Send what is due, one after another."""
        with self._desk.store.read() as reader:
            due = Webhooks(reader.connection).due(codec.now(), MOST)
        for delivery, webhook in due:
            with self._desk.store.begin() as unit:
                mine = Webhooks(unit.connection).claim(delivery, codec.now() + CLAIM)
            if mine:
                self._send(delivery, webhook)

    def _send(self, delivery: Delivery, webhook: Webhook) -> None:
        status, error = attempt(delivery, webhook, private=self._private)
        with self._desk.store.begin() as unit:
            webhooks = Webhooks(unit.connection)
            if status is not None and 200 <= status < 300:
                webhooks.settle(delivery, "delivered", status, "")
            elif status == GONE or delivery.attempts >= len(AGAIN):
                webhooks.settle(delivery, "failed", status, error)
            else:
                webhooks.settle(delivery, "waiting", status, error, codec.now() + AGAIN[delivery.attempts])
            webhooks.prune(codec.now())


def went_well(step: Callable[[], None]) -> bool:
    """Take a step and return whether it went well; if not, that is logged, and what comes after goes on."""
    try:
        step()
    except ZvenoError as error:
        log.warning("webhooks: %s", error)
    except Exception:
        log.exception("webhooks")
    else:
        return True
    return False


def attempt(delivery: Delivery, webhook: Webhook, *, private: bool) -> tuple[int | None, str]:
    """Send a delivery; return the status it was answered with, or what went wrong."""
    body = delivery.payload.encode()
    headers = headers_of(webhook.secret, f"msg_{delivery.id}", int(time.time()), body)
    try:
        status = post(target_of(webhook.url, private=private), headers, body)
    except UsageError as error:
        return None, str(error)
    except (OSError, ValueError) as error:
        return None, f"{type(error).__name__}: {error}"
    return status, "" if 200 <= status < 300 else f"HTTP {status}"


def listener_of(webhook: Webhook, account: Account) -> Listener:
    """Return who is to be told of what: an account of a company of its own alone."""
    own = account.inn if account.role in COMPANY_ROLES else None
    inn = webhook.inn if own is None or webhook.inn == own else None
    return Listener(webhook.events, own, inn, webhook.side)

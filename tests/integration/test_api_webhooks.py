"""Webhooks: who is told of what, that it is signed, sent again, and never to the inside of a network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from api.desk import DESK
from api.hooks import dispatcher as module
from api.hooks import sending
from api.hooks.dispatcher import AGAIN, Dispatcher
from api.hooks.targets import target_of
from api.v1.webhooks import PRIVATE
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from models.accounts import Accounts
from models.errors import UsageError
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from models.webhooks import MOST, Webhooks
from tests.programs import OWN, program

ARNEST, SACKS = "2631006752", "2635000014"
PAIR = f"/decisions/{SACKS}/{OWN}"


class Receiver(ThreadingHTTPServer):
    """Keeps what it is sent, and answers with the statuses it is given, then with 200."""

    def __init__(self):
        self.told, self.statuses = [], []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?from=zveno"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((self.path, dict(self.headers), body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def receiver():
    with receiving() as server:
        yield server


@pytest.fixture
def here(app):
    """The application, which lets webhooks go to this machine."""
    app.config[PRIVATE] = True
    return app


@pytest.fixture
def robot(here):
    return program(here)


@pytest.fixture
def dispatcher(here):
    return Dispatcher(here.extensions[DESK], private=True)


def hook(client, receiver, *events, **more):
    made = client.post("/webhooks", json={"url": receiver.url, "events": list(events), **more})
    assert made.status_code == 201, made.text
    return made.json


def events_of(receiver):
    return [(json.loads(body)["type"], json.loads(body)["data"]) for _, _, body in receiver.told]


def test_a_decision_is_told_signed_and_once(robot, receiver, dispatcher):
    robot.post(PAIR, json={"decision": "later"})  # before the webhook: no news
    made = hook(robot, receiver, "decision.made")
    dispatcher.round()
    assert receiver.told == []
    robot.post(PAIR, json={"decision": "accept", "reason": "рядом"})
    for _ in range(2):
        dispatcher.round()
    ((path, headers, body),) = receiver.told
    assert path == "/hook?from=zveno"
    assert json.loads(body)["data"]["reason"] == "рядом"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(made["secret"].removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert (delivery["state"], delivery["status"], delivery["attempts"]) == ("delivered", 200, 1)
    assert headers["webhook-id"] == f"msg_{delivery['id']}"


def test_the_secret_is_shown_once(robot, receiver):
    made = hook(robot, receiver, "decision.made")
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in robot.get("/webhooks").text + robot.get(f"/webhooks/{made['id']}").text


def test_each_kind_of_news_is_told_to_who_asked(here, robot, receiver, dispatcher, small_settings, tmp_path):
    hook(robot, receiver, "project.decided", "introduction.changed", "import.finished")
    project = robot.get("/projects").json["items"][0]["id"]
    robot.post("/project-decisions", json={"id": project, "decision": "accept"})
    robot.post(f"/introductions/{SACKS}/{OWN}", json={"note": "соль"})
    robot.post(PAIR, json={"decision": "accept"})
    add(small_settings, tmp_path, "263500020")
    dispatcher.round()
    assert sorted(event for event, _ in events_of(receiver)) == [
        "import.finished", "introduction.changed", "project.decided"]  # fmt: skip


def add(settings, folder, nine):
    """Import a maker of sacks as another process would."""
    sheet = folder / f"{nine}.csv"
    inn = f"{nine}{inn_check_digit(nine, INN_WEIGHTS_10)}"
    sheet.write_text(
        f"inn;name;okved_main;region_code;revenue_rub;year\n{inn};Новый;22.22;26;900000000;2016\n", "utf-8"
    )
    assert import_one(Workspace(settings), str(sheet), None, False, False)["added"] == 1
    return inn


def test_new_candidates_after_an_import_are_told(here, receiver, dispatcher, small_settings, tmp_path):
    company = program(here, "anchor")
    hook(company, receiver, "candidates.new")
    dispatcher.round()
    new = add(small_settings, tmp_path, "263500020")
    for _ in range(2):
        dispatcher.round()
    ((event, data),) = events_of(receiver)
    assert (event, data["inn"], data["side"]) == ("candidates.new", OWN, "suppliers")
    assert [item["inn"] for item in data["items"]] == [new]


def test_a_company_hears_of_its_own_alone(here, robot, receiver, dispatcher):
    company = program(here, "sme")
    hook(company, receiver, "decision.made", "import.finished", "introduction.changed")
    robot.post(f"/decisions/{SACKS}/{ARNEST}", json={"decision": "accept"})
    robot.post(f"/introductions/{OWN}/{ARNEST}", json={"note": "без вас"})
    company.post(PAIR, json={"decision": "accept"})
    dispatcher.round()
    assert [(event, data["buyer_inn"]) for event, data in events_of(receiver)] == [("decision.made", OWN)]
    refused = company.post("/webhooks", json={"url": receiver.url, "events": ["candidates.new"], "inn": ARNEST})
    assert refused.json["errors"][0]["pointer"] == "/inn"
    assert robot.get("/webhooks").json["items"] == []
    assert robot.get("/webhooks/1").status_code == 404


def test_what_does_not_arrive_is_sent_again_later_and_given_up_at_last(robot, receiver, dispatcher, monkeypatch):
    made = hook(robot, receiver, "decision.made")
    receiver.statuses = [500] * 20
    robot.post(PAIR, json={"decision": "accept"})
    dispatcher.round()
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert (delivery["state"], delivery["attempts"], delivery["error"]) == ("waiting", 1, "HTTP 500")
    assert delivery["next_at"] > delivery["made_at"]
    dispatcher.round()
    assert len(receiver.told) == 1  # it is not time yet
    monkeypatch.setattr(module, "AGAIN", (timedelta(0),) * len(AGAIN))
    robot.post(f"/webhooks/{made['id']}/deliveries/{delivery['id']}/again", json={})
    for _ in range(len(AGAIN) + 5):
        dispatcher.round()
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert (delivery["state"], delivery["attempts"]) == ("failed", len(AGAIN) + 1)
    receiver.statuses = []
    robot.post(f"/webhooks/{made['id']}/deliveries/{delivery['id']}/again", json={})
    dispatcher.round()
    assert robot.get(f"/webhooks/{made['id']}/deliveries").json["items"][0]["state"] == "delivered"
    assert sorted(AGAIN) == list(AGAIN)


@pytest.mark.parametrize("status", [302, 410])
def test_a_redirection_is_not_followed_and_gone_is_gone(robot, receiver, dispatcher, status):
    made = hook(robot, receiver, "decision.made")
    receiver.statuses = [status]
    assert robot.post(f"/webhooks/{made['id']}/try", json={}).status_code == 202
    dispatcher.round()
    assert len(receiver.told) == 1
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert (delivery["status"], delivery["state"]) == (status, "failed" if status == 410 else "waiting")


def test_a_receiver_that_is_gone_is_told_of_in_the_log(robot, dispatcher):
    with receiving() as receiver:
        made = hook(robot, receiver, "decision.made")
    robot.post(f"/webhooks/{made['id']}/try", json={})
    dispatcher.round()
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert delivery["status"] is None
    assert "ConnectionRefusedError" in delivery["error"]


def test_a_closed_account_hears_nothing_more(here, robot, receiver, dispatcher):
    manager = program(here, "manager")
    made = hook(manager, receiver, "decision.made")
    assert manager.post(f"/webhooks/{made['id']}/try", json={}).status_code == 202  # waits when the account is closed
    with here.extensions[DESK].store.begin() as unit:
        Accounts(unit.connection).disable("manager")
    robot.post(PAIR, json={"decision": "accept"})
    dispatcher.round()
    assert receiver.told == []


def test_one_that_cannot_be_told_keeps_nobody_else_waiting(robot, receiver, dispatcher, monkeypatch, caplog):
    broken, whole = (hook(robot, receiver, "decision.made") for _ in range(2))

    def told(workspace, listener, seen, since=module.since):
        if "broken" in seen:
            raise ValueError("no way")
        return since(workspace, listener, seen)

    monkeypatch.setattr(module, "since", told)
    with robot.application.extensions[DESK].store.begin() as unit:
        webhooks = Webhooks(unit.connection)
        (first, _) = webhooks.all()
        webhooks.saw(first, {**first.seen, "broken": 1})
    robot.post(PAIR, json={"decision": "accept"})
    dispatcher.round()
    assert [event for event, _ in events_of(receiver)] == ["decision.made"]
    assert "no way" in caplog.text
    found = [robot.get(f"/webhooks/{each['id']}/deliveries").json["total"] for each in (broken, whole)]
    assert found == [0, 1]
    monkeypatch.undo()
    dispatcher.round()
    assert len(receiver.told) == 2


def test_a_removed_webhook_and_its_log_are_gone(robot, receiver, dispatcher):
    made = hook(robot, receiver, "decision.made")
    robot.post(f"/webhooks/{made['id']}/try", json={})
    assert robot.delete(f"/webhooks/{made['id']}").status_code == 204
    dispatcher.round()
    assert receiver.told == []
    assert robot.delete(f"/webhooks/{made['id']}").status_code == 404


def test_an_account_has_so_many_webhooks(robot, receiver):
    for _ in range(MOST):
        hook(robot, receiver, "decision.made")
    assert robot.post("/webhooks", json={"url": receiver.url, "events": ["decision.made"]}).status_code == 400


INSIDE = [
    "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.1.2.3/", "https://192.168.0.1:8443/x",
    "https://169.254.169.254/latest/meta-data", "https://0.0.0.0/", "https://[::ffff:127.0.0.1]/", "https://2130706433/",
    "https://0x7f.1/", "https://[64:ff9b::7f00:1]/", "https://224.0.0.1/", "https://100.64.0.1/",
    "https://[::127.0.0.1]/", "https://[fec0::1]/", "https://[64:ff9b:1::7f00:1]/",
]  # fmt: skip
STRANGE = [
    "http://example.org/", "ftp://example.org/", "https://anna:secret@example.org/", "example.org", "", "https:///x",
    "https://example.org:99999/", "https://пример.рф/", "javascript:alert(1)", "file:///etc/passwd",
    "https://nowhere.invalid/",
]  # fmt: skip


@pytest.mark.parametrize("url", [*INSIDE, *STRANGE])
def test_nothing_goes_to_the_inside_of_a_network(app, url):
    with pytest.raises(UsageError):
        target_of(url, private=False)
    told = program(app).post("/webhooks", json={"url": url, "events": ["decision.made"]})
    assert (told.status_code, told.json["errors"][0]["pointer"]) == (400, "/url")


def named(monkeypatch, *turns):
    """Let every name have the addresses of the first turn when it is looked up first, then those of the next."""
    turn = iter(turns)

    def look_up(_host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in next(turn)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.215.14", "10.0.0.1"]])
def test_a_name_that_leads_inside_is_refused(monkeypatch, addresses):
    named(monkeypatch, addresses)
    with pytest.raises(UsageError, match="rebind"):
        target_of("https://rebind.example/", private=False)


def test_a_name_is_looked_up_once_and_the_call_goes_to_what_was_looked_at(monkeypatch):
    named(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    called = []

    def call(address, _timeout):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", call)
    target = target_of("https://rebind.example/", private=False)
    with pytest.raises(ConnectionRefusedError):
        sending.post(target, {}, b"{}")
    assert called == [("93.184.215.14", 443)]


def test_an_address_is_looked_at_again_before_each_delivery(here, robot, receiver):
    made = hook(robot, receiver, "decision.made")  # made while the inside was allowed
    robot.post(f"/webhooks/{made['id']}/try", json={})
    Dispatcher(here.extensions[DESK], private=False).round()
    assert receiver.told == []
    (delivery,) = robot.get(f"/webhooks/{made['id']}/deliveries").json["items"]
    assert "https" in delivery["error"]


def test_the_thread_goes_on_and_stops(robot, receiver, here, monkeypatch):
    monkeypatch.setattr(module, "LOOK_S", 0.05)
    made = hook(robot, receiver, "decision.made")
    dispatcher = Dispatcher(here.extensions[DESK], private=True)
    thread = Thread(target=dispatcher.run)
    thread.start()
    try:
        robot.post(f"/webhooks/{made['id']}/try", json={})
        wait_for(lambda: receiver.told)
    finally:
        dispatcher.stop()
        thread.join(10)
    assert not thread.is_alive()


def wait_for(true, seconds=20):
    import time

    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_visitor_without_account_has_no_webhooks(small):
    assert small.get("/api/v1/webhooks").status_code == 403


def test_a_receiver_that_answers_drop_by_drop_is_cut_off(monkeypatch):
    from time import monotonic

    monkeypatch.setattr(sending, "LONGEST_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=drip, args=(server,), daemon=True).start()
        begin = monotonic()
        target = target_of(f"http://127.0.0.1:{server.getsockname()[1]}/", private=True)
        assert sending.post(target, {}, b"{}") == 200  # the status was there; nobody waits for the rest
        assert monotonic() - begin < sending.STEP_S


def drip(server):
    """Answer a letter at a time, for ever."""
    import contextlib
    import time

    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

"""The Python client: it is what the description of the API says, and works against the API as it is served."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_type_hints

import httpx2
import pytest

from client import ApiError, Busy, NotAllowed, NotFound, Refused, Zveno, shapes, transport
from tests.programs import OWN, token_of
from tests.served import served_at

ROOT = Path(__file__).resolve().parents[2]
SACKS = "2635000014"
SHEET = "inn;name;okved_main\n2635000014;Мешок и сын;22.22\n".encode()


def test_the_client_is_what_the_description_says():
    sys.path.insert(0, str(ROOT / "tools"))
    from client_writer import modules

    for name, text in modules().items():
        assert (ROOT / "client" / name).read_text(encoding="utf-8") == text, "run: python tools/client_writer.py"


def test_every_shape_is_a_type():
    made = [each for each in vars(shapes).values() if hasattr(each, "__required_keys__")]
    assert len(made) > 50
    for shape in made:
        get_type_hints(shape)


@pytest.fixture
def address(app):
    with served_at(app) as found:
        yield found


@pytest.fixture
def zveno(app, address):
    with Zveno(address, token_of(app), lang="en") as client:
        yield client


def test_lists_are_read_to_their_end(zveno):
    whole = zveno.suppliers(inn=OWN, top=200)["items"]
    assert whole
    assert list(zveno.every(zveno.suppliers, inn=OWN, top=1)) == whole
    assert {each["inn"] for each in zveno.every(zveno.companies, top=2)} >= {OWN, SACKS}


def test_what_is_decided_is_decided_once(zveno):
    for _ in range(2):
        made = zveno.decide(SACKS, OWN, {"decision": "accept", "reason": "рядом"}, idempotency_key="mine")
    assert made["reason"] == "рядом"
    assert zveno.decisions()["total"] == 1
    zveno.decide(SACKS, OWN, {"decision": "reopen"})
    assert [each["decision"] for each in zveno.every(zveno.decisions, top=1)] == ["reopen", "accept"]


def test_errors_say_what_is_wrong(app, address, zveno):
    with pytest.raises(Refused) as refused:
        zveno.suppliers(inn="1", top=0)
    assert {each["parameter"] for each in refused.value.fields} == {"inn", "top"} or refused.value.code
    with pytest.raises(NotFound) as unknown:
        zveno.company("7707083893")
    assert (unknown.value.status, unknown.value.code) == (404, "unknown_company")
    with Zveno(address, "guess") as stranger, pytest.raises(NotAllowed):
        stranger.coverage()
    assert issubclass(Busy, ApiError)


def test_a_file_is_imported_and_its_progress_followed(zveno):
    job = zveno.import_file(SHEET, name="sacks.csv", dry_run=True)
    events = list(zveno.job_events(job["id"]))
    assert events[-1][0] == "end"
    assert events[-1][1]["report"]["changed"] == 1
    zveno.import_job(job["id"], {})
    assert list(zveno.job_events(job["id"]))[-1][1]["state"] == "done"
    run = zveno.imports()["items"][0]
    assert run["file"] == "sacks.csv"
    assert zveno.undo_import(run["run"], {})["changed"] == 1


def test_companies_go_out_and_in_and_shortlists_come_in_bulk(zveno):
    companies = list(zveno.export_companies())
    assert len(companies) == 5
    job = zveno.import_companies([{**companies[0], "offers": "соль"}])
    assert list(zveno.job_events(job["id"]))[-1][1]["report"]["changed"] == 1
    told = list(zveno.bulk_suppliers([{"inn": OWN, "top": 1}, {"inn": "1"}]))
    assert [("items" in each, "error" in each) for each in told] == [(True, False), (False, True)]


def test_files_come_as_bytes_and_a_request_goes_its_way(zveno):
    made = zveno.add_supply(OWN, {"name": "Мешки", "inputs": [{"code": "22.22", "volume": 5}]})
    assert zveno.supply_shortlist(OWN, made["number"])["groups"][0]["items"][0]["inn"] == SACKS
    assert zveno.supply_file(OWN, made["number"], form="pdf").startswith(b"%PDF")
    assert zveno.entries_calendar().startswith(b"BEGIN:VCALENDAR")
    assert zveno.chosen_file({"inns": [SACKS], "form": "csv"})
    with pytest.raises(Refused) as refused:
        zveno.add_supply(OWN, {"name": "Мешки", "inputs": [{"code": "99.98"}]})
    assert [each["pointer"] for each in refused.value.fields] == ["/inputs/0/code"]


def test_what_is_removed_answers_nothing(zveno):
    job = zveno.import_file(SHEET, dry_run=True)
    list(zveno.job_events(job["id"]))
    assert zveno.discard_job(job["id"]) is None
    assert zveno.jobs()["items"] == []


class Answers:
    """Answers requests in turn, and keeps them."""

    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []

    def __call__(self, request):
        self.requests.append(request)
        status, headers, document = self.answers.pop(0)
        if status == 0:
            raise httpx2.ConnectError("no way")
        return httpx2.Response(status, headers=headers, json=document)


@pytest.fixture
def offline(monkeypatch):
    waited = []
    monkeypatch.setattr(transport.time, "sleep", waited.append)

    def make(*answers):
        answering = Answers(*answers)
        client = Zveno("http://zveno.example", "token", transport=httpx2.MockTransport(answering))
        return client, answering.requests, waited

    return make


PROBLEM = {"error": {"code": "too_many_requests", "message": "wait", "hint": "a while"}}


def test_a_busy_server_is_asked_again_when_it_says(offline):
    client, requests, waited = offline((429, {"Retry-After": "7"}, PROBLEM), (0, {}, None), (200, {}, {"ok": 1}))
    with client:
        assert client.coverage() == {"ok": 1}
    assert (len(requests), waited) == (3, [7.0, 2.0])


def test_a_write_is_sent_again_with_the_same_key(offline):
    client, requests, _ = offline((503, {}, PROBLEM), (201, {}, {"decision": "accept"}))
    with client:
        client.decide(SACKS, OWN, {"decision": "accept"})
    assert len({each.headers["Idempotency-Key"] for each in requests}) == 1
    assert len(requests) == 2


def test_a_change_without_key_is_sent_once(offline):
    client, requests, _ = offline((503, {}, PROBLEM))
    with client, pytest.raises(Busy):
        client.write_card(SACKS, {"offers": "мешки"})
    assert len(requests) == 1


def test_what_has_not_changed_is_not_sent_again(offline):
    client, requests, _ = offline((200, {"ETag": 'W/"1"'}, {"firms": 5}), (304, {}, None))
    with client:
        assert client.coverage() == client.coverage() == {"firms": 5}
    assert requests[1].headers["If-None-Match"] == 'W/"1"'

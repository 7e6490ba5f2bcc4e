"""The board on pages: who may read and write, entries that end, hostile words, nothing lost, everything taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.desk import DESK
from api.formats import day
from models.board import Board
from models.board_words import USUAL_DAYS, Words
from models.identifiers import Inn
from models.roles import ROLES
from tests.integration.test_api_pages import AZOT, Reader
from tests.integration.test_import_pages import whole
from tests.visitors import form_secret

ENGLISH = {"Accept-Language": "en"}
SACKS, REPAIR, SOLE = "2635000014", "2635000021", "262500000077"
HOSTILE = "<script>alert(1)</script> & «мешки»"
SAID = {
    "inn": SACKS,
    "kind": "product",
    "side": "offer",
    "title": "Мешки полипропиленовые",
    "text": "50 кг",
    "until": "",
}


def post(client, path, **data):
    return client.post(path, data={"csrf": form_secret(client, "/board"), **data}, headers=ENGLISH)


def put(app, inn=SACKS, days=30, posted=0, side="offer", kind="product", **words):
    """Put an entry on the board that was posted some days ago and held for so many from then."""
    day = date.today() - timedelta(days=posted)
    with app.extensions[DESK].store.begin() as unit:
        board = Board(unit.connection)
        words = Words(**{"title": "Мешки полипропиленовые", **words})
        return board.post(Inn(inn), kind, side, words, day + timedelta(days=days), day, own=Inn(inn), by="anna").id


def page_of(client, path, status=200):
    got = client.get(path, headers=ENGLISH)
    assert got.status_code == status, path
    return whole(got.text)


def ids(page):
    return [attrs["href"] for _, attrs, above in Reader(page).all("a") if "h2" in above]


def test_what_is_posted_stands_on_the_board_with_all_it_says(small):
    sent = post(small, "/board/new", **SAID, price="20 руб./шт.", volume="100 тыс.", title_en="PP sacks")
    assert (sent.status_code, sent.location) == (303, "/board/1?told=posted")
    page = page_of(small, "/board/1?told=posted")
    for text in ("PP sacks", "50 кг", "20 руб./шт.", "100 тыс.", "The entry is on the board", "Мешок", "22.22"):
        assert text in page, text
    assert ids(page_of(small, "/board")) == ["/board/1"]
    assert f"until {day(date.today() + timedelta(days=USUAL_DAYS), 'en')}" in page


def test_an_entry_that_ended_leaves_the_board_and_can_be_renewed(app, small):
    number = put(app, posted=40, days=30)
    assert ids(page_of(small, "/board")) == []
    assert "Expired" in page_of(small, "/board/mine")
    assert "Expired" in page_of(small, f"/board/{number}")
    assert post(small, f"/board/{number}/renew").status_code == 303
    assert ids(page_of(small, "/board")) == [f"/board/{number}"]


def test_a_company_writes_for_itself_alone(app, enrol):
    other, client = put(app, inn=SACKS), enrol("sme")
    sent = post(client, "/board/new", **SAID)
    assert sent.status_code == 303
    with app.extensions[DESK].store.read() as reader:
        assert [each.inn for each in Board(reader.connection).all()] == [AZOT, SACKS], "whatever INN was sent"
    for path in ("renew", "withdraw", "undo", "edit"):
        assert post(client, f"/board/{other}/{path}", title="x").status_code == 403, path
    assert client.get(f"/board/{other}/edit").status_code == 403
    assert ids(page_of(client, "/board/mine")) == [sent.location.split("?")[0]]
    page = page_of(client, f"/board/{other}")
    assert "Who could answer this" not in page, "that is the other company's to know"
    assert "We are interested" in page


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_signed_in_reads_and_only_some_write(app, enrol, role):
    number, client = put(app), enrol(role)
    assert ids(page_of(client, "/board")) == [f"/board/{number}"]
    page_of(client, f"/board/{number}")
    writes = 403 if role == "viewer" else 200
    for path in ("/board/new", "/board/mine", "/board/mine.ics"):
        assert client.get(path).status_code == writes, path


def test_an_entry_that_ended_is_shown_to_nobody_else(app, enrol):
    number = put(app, posted=40, days=30)
    assert "This is not on the board" in page_of(enrol("sme"), f"/board/{number}", 404)


def test_what_is_refused_is_told_beside_what_was_written(small):
    sent = post(small, "/board/new", **{**SAID, "text": "звоните +7 918 123-45-67", "okved": "99.99.99"})
    page = whole(sent.text)
    assert sent.status_code == 422
    assert "may be a telephone number" in page
    assert "звоните +7 918 123-45-67" in page, "nothing is lost"
    invalid = [attrs["id"] for _, attrs, _ in Reader(page).found if attrs.get("aria-invalid") == "true"]
    assert invalid == ["text", "okved"]
    assert ids(page_of(small, "/board")) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"title": ""}, 422), ({"until": "soon"}, 422), ({"until": "2020-01-01"}, 422), ({"kind": "gift"}, 400),
     ({"side": ""}, 400), ({"inn": "7707083893"}, 422), ({"inn": "1"}, 422), ({"inn": SOLE}, 400),
     ({"text": "x" * 4001}, 422)],
)  # fmt: skip
def test_what_cannot_be_an_entry_is_refused(small, changed, status):
    assert post(small, "/board/new", **{**SAID, **changed}).status_code == status
    assert ids(page_of(small, "/board")) == []


@pytest.mark.parametrize("inn", ["7707083893", "1"])
def test_a_wrong_inn_is_told_beside_its_field_and_nothing_written_is_lost(small, inn):
    got = post(small, "/board/new", **{**SAID, "inn": inn})
    field = next(attrs for _, attrs, _ in Reader(whole(got.text)).all("input") if attrs.get("name") == "inn")
    assert (field["value"], field["aria-invalid"]) == (inn, "true")
    assert SAID["title"] in whole(got.text)


def test_hostile_words_are_words(small):
    post(small, "/board/new", **{**SAID, "title": HOSTILE, "text": HOSTILE, "price": HOSTILE})
    for path in ("/board", "/board/1", "/board/mine", "/board/1/edit", "/board?text=%3Cscript%3E"):
        page = page_of(small, path)
        assert "<script>" not in page
    assert "&lt;script&gt;" in page_of(small, "/board/1")
    told = small.get("/board/mine.ics").text
    assert "alert(1)" in told


def test_changes_are_taken_back_step_by_step(small):
    post(small, "/board/new", **SAID)
    post(small, "/board/1/edit", **{**SAID, "title": "Мешки бумажные", "step": "1"})
    assert "Мешки бумажные" in page_of(small, "/board/1")
    assert post(small, "/board/1/undo", step="2").status_code == 303
    assert "Мешки полипропиленовые" in page_of(small, "/board/1")
    post(small, "/board/1/withdraw")
    assert ids(page_of(small, "/board")) == []
    post(small, "/board/1/undo", step="4")
    assert ids(page_of(small, "/board")) == ["/board/1"]
    assert post(small, "/board/1/undo", step="4").status_code == 422, "the same wish twice"


def test_nobody_writes_over_what_another_wrote_meanwhile(small):
    post(small, "/board/new", **SAID)
    post(small, "/board/1/edit", **{**SAID, "title": "Мешки бумажные", "step": "1"})
    late = post(small, "/board/1/edit", **{**SAID, "title": "Мешки тканые", "step": "1"})
    assert late.status_code == 422
    assert "changed meanwhile" in late.text
    assert "Мешки бумажные" in page_of(small, "/board/1")


def test_filters_say_how_much_each_leaves(app, small):
    put(app, kind="service", side="request", title="Ремонт насосов")
    put(app, title="Мешки")
    page = page_of(small, "/board?side=request")
    assert ids(page) == ["/board/1"]
    facets = [attrs["href"] for _, attrs, above in Reader(page).all("a") if "nav" in above]
    assert {"/board?side=request&kind=service", "/board?kind=service&side=request"} & set(facets)
    assert page_of(small, "/board?side=request&kind=product").count("Nothing on the board fits") == 1
    assert ids(page_of(small, "/board?text=ремонта+насоса")) == ["/board/1"]
    assert ids(page_of(small, "/board?region=26&order=ending")) == ["/board/1", "/board/2"]
    assert small.get("/board?kind=gift").status_code == 400


def test_both_sides_of_the_board_find_each_other(app, small):
    put(app, title="Мешки полипропиленовые 50 кг", heard=("22.22",))
    number = put(app, inn=AZOT, side="request", title="Нужны полипропиленовые мешки", heard=("22.22",))
    page = page_of(small, f"/board/{number}")
    fits = page.split("Entries that fit")[1].split("Who could answer this")
    assert "Мешки полипропиленовые 50 кг" in fits[0]
    assert "By activity: 22.22" in fits[0]
    assert "Мешок" in fits[1]
    assert "Ask for an introduction" in fits[1]


def test_a_reply_becomes_a_request_for_an_introduction(app, enrol):
    number, client = put(app), enrol("anchor")
    sent = client.post(
        f"/introductions/{SACKS}/{AZOT}",
        data={"csrf": form_secret(client, "/board"), "note": "Мешки", "next": f"/board/{number}"},
    )
    assert sent.location.startswith(f"/board/{number}#")
    assert "Waits for the manager" in page_of(client, f"/board/{number}")


def test_what_is_about_to_end_is_said(app, enrol):
    put(app, inn=AZOT, posted=25, days=30)
    client = enrol("sme")
    assert "Expire within a week: 1" in page_of(client, "/board")
    assert "Expire within a week: 1" in page_of(client, "/board/mine")


def test_the_first_page_reminds_a_manager_and_a_company(app, small, enrol):
    assert "expire this week" not in page_of(small, "/")
    put(app, inn=AZOT, posted=25, days=30)
    assert "entries of the board that expire this week" in page_of(small, "/")
    assert "Expire within a week: 1" in page_of(enrol("sme"), "/")


def test_last_days_come_as_a_calendar(app, small):
    from icalendar import Calendar

    put(app, days=30)
    put(app, posted=40, days=30)
    got = small.get("/board/mine.ics", headers=ENGLISH)
    assert got.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(got.data).walk("VEVENT")
    assert event.decoded("dtstart") == date.today() + timedelta(days=30)
    assert str(event["summary"]) == "The entry ends: Мешки полипропиленовые"
    assert event["uid"] == "board-1@zveno"


def test_the_audit_knows_every_step(small):
    post(small, "/board/new", **SAID)
    post(small, "/board/1/withdraw")
    page = page_of(small, "/audit?kind=board")
    assert "Entry of the board: posted" in page
    assert "Entry of the board: withdrawn" in page


def test_the_empty_board_says_so(small):
    assert "The board is empty yet" in page_of(small, "/board")


def test_a_manager_puts_a_project_on_the_board(demo, demo_workspace):
    from matcher.pipeline.projects.candidates import Asked, projects

    (item,) = projects(demo_workspace, Asked(cluster="chemical", region="26"), 1)["items"]
    offered = f"/board/new?project={item['id']}&cluster=chemical&region=26"
    page = demo.get(f"/projects/{item['id']}?cluster=chemical&region=26").text
    assert offered in [attrs.get("href") for _, attrs, _ in Reader(page).all("a")]
    form = Reader(whole(demo.get(offered, headers=ENGLISH).text))
    values = {attrs.get("name"): attrs.get("value") for _, attrs, _ in form.all("input")}
    assert (values["project"], values["inn"]) == (item["id"], item["participants"][0]["inn"])

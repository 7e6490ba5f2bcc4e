"""The board without pages: what is understood and refused, what cards add, search, and who fits whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.pipeline.companies.card import write
from matcher.pipeline.exchange import board
from matcher.pipeline.exchange.board_answers import answers_to, can_answer
from matcher.pipeline.exchange.board_list import Wanted, card_notices, named, standing
from matcher.pipeline.exchange.board_list import board as read_board
from matcher.pipeline.workspace import Workspace
from matcher.report.board import Notice
from models.board_words import USUAL_DAYS, Words
from models.errors import UnknownCompany, UsageError
from models.identifiers import Inn

AZOT, ARNEST, SACKS, REPAIR = "2631015563", "2631006752", "2635000014", "2635000021"
TODAY = date(2026, 3, 2)


@pytest.fixture
def workspace(small_settings):
    return Workspace(small_settings)


def post(workspace, inn=SACKS, side="offer", kind="product", today=TODAY, **said):
    said = {"inn": inn, "side": side, "kind": kind, "title": "Мешки полипропиленовые", **said}
    return board.post(workspace, said, None, "anna", today)


def shown(workspace, **wanted):
    found = read_board(workspace, Wanted(**wanted), card_notices(workspace), TODAY)
    return [(item["inn"], item["title"]) for item in found["items"]]


def test_what_words_are_about_is_understood_unless_a_person_says(workspace):
    assert post(workspace).entry["okved"][0]["code"] == "22.22"
    assert [code["code"] for code in post(workspace, okved="13.92; 17.21").entry["okved"]] == ["13.92", "17.21"]
    assert post(workspace, kind="vacancy", side="request", title="Сварщик").entry["okved"] == []


@pytest.mark.parametrize(
    ("said", "until"),
    [({}, TODAY + timedelta(days=USUAL_DAYS)), ({"days": "10"}, date(2026, 3, 12)),
     ({"until": "2026-12-31"}, date(2026, 12, 31))],
)  # fmt: skip
def test_an_entry_holds_as_long_as_is_said_or_usual(workspace, said, until):
    assert post(workspace, **said).entry["until"] == until.isoformat()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": ""}, "title"), ({"days": "400"}, "until"), ({"days": "x"}, "until"), ({"okved": "99.99"}, "okved"),
     ({"terms": "спросить Иванова И. И."}, "terms"), ({"title": "пишите: a@b.ru"}, "title")],
)  # fmt: skip
def test_every_refusal_names_its_field(workspace, said, field):
    written = post(workspace, **said)
    assert written.entry is None
    assert [name for name, _ in written.refused] == [field]


def test_an_unknown_firm_or_a_sole_trader_has_no_entries(workspace):
    with pytest.raises(UnknownCompany):
        post(workspace, inn="7707083893")
    with pytest.raises(UsageError, match="sole trader"):
        post(workspace, inn="262500000077")


def test_what_cards_say_stands_on_the_board_and_nothing_twice(workspace):
    write(workspace, SACKS, {"offers": "мешки полипропиленовые; вкладыши", "vacancies": "сварщик"}, "anna")
    assert shown(workspace) == [(SACKS, "мешки полипропиленовые, вкладыши"), (SACKS, "сварщик")]
    post(workspace, title="Полипропиленовый мешок 50 кг")
    assert shown(workspace) == [(SACKS, "Полипропиленовый мешок 50 кг"), (SACKS, "вкладыши"), (SACKS, "сварщик")]
    assert shown(workspace, source="card", kind="vacancy") == [(SACKS, "сварщик")]
    post(workspace, inn=AZOT, side="request", title="вкладыши")
    assert (SACKS, "вкладыши") in shown(workspace), "what another firm asks for is no second offer"
    post(workspace, title="вкладыши полиэтиленовые")
    assert (SACKS, "вкладыши") not in shown(workspace)


def test_a_search_finds_words_in_any_form_names_and_activities(workspace):
    post(workspace, title="Мешки полипропиленовые")
    post(workspace, inn=REPAIR, kind="service", title="Ремонт насосов")
    assert shown(workspace, text="мешков") == [(SACKS, "Мешки полипропиленовые")]
    assert shown(workspace, text="насос")[0] == (REPAIR, "Ремонт насосов")
    assert shown(workspace, text="Мешок") == [(SACKS, "Мешки полипропиленовые")]
    assert shown(workspace, text="polypropylene sacks") == [(SACKS, "Мешки полипропиленовые")], "by activity"
    assert shown(workspace, okved="33") == [(REPAIR, "Ремонт насосов")]


def test_counts_are_those_of_each_choice_with_the_other_filters(workspace):
    post(workspace)
    post(workspace, side="request", title="Гранулят")
    post(workspace, inn=REPAIR, kind="service", side="request", title="Насос в ремонт")
    counts = read_board(workspace, Wanted(side="request", kind="service"), (), TODAY)["counts"]
    assert counts["side"] == {"request": 1}
    assert counts["kind"] == {"product": 1, "service": 1}
    assert counts["region"] == {"26": 1}


def test_orders_of_the_board(workspace):
    post(workspace, title="Мешки", days="90")
    post(workspace, inn=ARNEST, title="Аэрозоли", days="10")
    assert [inn for inn, _ in shown(workspace, order="ending")] == [ARNEST, SACKS]
    assert [inn for inn, _ in shown(workspace, order="firm")] == [ARNEST, SACKS]
    assert [inn for inn, _ in shown(workspace, top=1, start=1)] == [SACKS]
    with pytest.raises(UsageError):
        shown(workspace, order="price")


def notice(inn, kind="product", side="offer"):
    return Notice(f"{inn}{kind}{side}", "board", Inn(inn), kind, side, Words("x"), None)


@pytest.mark.parametrize(
    ("one", "other", "answers"),
    [
        (notice(AZOT), notice(SACKS, side="request"), True),
        (notice(AZOT), notice(SACKS), False),
        (notice(AZOT), notice(AZOT, side="request"), False),
        (notice(AZOT, "contract_manufacturing"), notice(SACKS, side="request"), True),
        (notice(AZOT, "vacancy"), notice(SACKS, side="request"), False),
        (notice(AZOT, "vacancy"), notice(SACKS, "vacancy", "request"), True),
        (notice(AZOT, "joint_project"), notice(SACKS, "joint_project"), True),
        (notice(AZOT, "joint_project"), notice(SACKS, side="request"), False),
    ],
)
def test_which_entries_can_answer_which(one, other, answers):
    assert can_answer(one, other) == can_answer(other, one) == answers


def test_who_could_answer_comes_with_reasons_the_best_first(demo_workspace):
    cards = card_notices(demo_workspace)
    notices = standing(demo_workspace, cards, TODAY)
    request = Notice(
        "1", "board", Inn(AZOT), "product", "request", Words("Мешки полипропиленовые", heard=("22.22",)), None
    )
    found = answers_to(demo_workspace, request, [*notices, request])
    assert all(item["side"] == "offer" and item["inn"] != AZOT for item in found["entries"])
    assert any("22.22" in reason for item in found["entries"] for reason in item["reasons"])
    points = [item["points"] for item in found["entries"]]
    assert points == sorted(points, reverse=True)
    assert all(item["reasons"] for item in found["entries"])
    assert found["companies"][0]["rank"] == 1
    assert any(code["supplier_okved"] == "22.22" for code in found["companies"][0]["codes"])


def test_an_offer_is_answered_by_buyers_of_that_thing_alone(demo_workspace):
    offer = Notice("1", "board", Inn(AZOT), "product", "offer", Words("Меламин", okved=("20.14",)), None)
    found = answers_to(demo_workspace, offer, [])
    assert found["side"] == "buyer"
    assert {code["supplier_okved"] for item in found["companies"] for code in item["codes"]} == {"20.14"}


def test_people_are_looked_for_among_schools_and_agencies(demo_workspace):
    vacancy = Notice("1", "board", Inn(ARNEST), "vacancy", "request", Words("Технолог"), None)
    found = answers_to(demo_workspace, vacancy, [])
    assert found["companies"]
    assert {code["supplier_okved"] for item in found["companies"] for code in item["codes"]} <= {
        "78.10", "78.20", "78.30", "85.21", "85.30",
    }  # fmt: skip


def test_words_that_mean_nothing_find_no_company_and_say_so(demo_workspace):
    offer = Notice("1", "board", Inn(AZOT), "product", "offer", Words("!!!"), None)
    found = answers_to(demo_workspace, offer, [])
    assert (found["companies"], bool(found["note"])) == ([], True)


def test_a_card_is_found_under_its_reference(demo_workspace):
    cards = card_notices(demo_workspace)
    found = named(standing(demo_workspace, cards, TODAY), f"{AZOT}/offers")
    assert (found.source, found.kind, found.side) == ("card", "product", "offer")
    assert {"20.15", "20.14"} <= set(found.words.heard)


def test_a_joint_project_candidate_becomes_the_words_of_an_entry(demo_workspace):
    from matcher.pipeline.projects.candidates import Asked, projects
    from matcher.pipeline.projects.posting import project_entry

    asked = Asked(cluster="chemical", region="26")
    item = projects(demo_workspace, asked, 1)["items"][0]
    said = project_entry(demo_workspace, asked, item["id"])
    assert (said["kind"], said["inn"], said["title"]) == (
        "joint_project",
        item["participants"][0]["inn"],
        item["title"],
    )
    assert all(firm["name"] in said["text"] for firm in item["participants"])
    assert board.reading(said, TODAY).problems == ()

"""The page of one project candidate: everything known of it, decided with one press, undone with another."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from api.desk import DESK
from api.formats import day
from api.pages.regional import OF_A_KIND
from matcher.pipeline.projects.candidates import Asked
from matcher.pipeline.projects.page import project
from models.project_decisions import ProjectDecisions
from tests.conftest import SMALL, settings_in
from tests.integration.test_api_pages import Reader
from tests.integration.test_import_pages import whole
from tests.visitors import enrolled, form_secret

AZOT = "2631015563"
ENGLISH = {"Accept-Language": "en"}
#: More firms of the krai, so that some buy together.
MORE = """2635000039;Тара;22.22;26;Ставрополь;900000000;2016
2635000046;Канистра;22.22;26;Невинномысск;800000000;2016
2635000053;Флакон;22.22;26;Невинномысск;700000000;2016
2635000060;Плёнка;22.21;26;Ставрополь;600000000;2016
"""


@pytest.fixture(scope="module")
def krai(tmp_path_factory):
    """The web application over nine firms, which all tests here share."""
    from api.app import create_app
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    folder = tmp_path_factory.mktemp("krai")
    settings = settings_in(folder)
    sheet = folder / "firms.csv"
    sheet.write_text(SMALL + MORE, encoding="utf-8")
    import_one(Workspace(settings), str(sheet), None, False, False)
    return create_app(settings)


@pytest.fixture
def app(krai):
    """The application with nothing decided."""
    yield krai
    with krai.extensions[DESK].store.begin() as unit:
        for made in ProjectDecisions(unit.connection).in_force():
            unit.decide_project(made, "reopen", "", {}, "")


@pytest.fixture(scope="module")
def anna(krai):
    return enrolled(krai, AZOT, "manager")


@pytest.fixture
def manager(app, anna):
    return anna


@pytest.fixture
def item(manager):
    """The first candidate of the krai."""
    return manager.get("/api/v1/projects?region=26&top=5").json["items"][0]


def standing(app):
    with app.extensions[DESK].store.read() as reader:
        return list(ProjectDecisions(reader.connection).in_force().values())


def decide(client, item, decision, **said):
    secret = form_secret(client, "/chain")
    data = {"csrf": secret, "decision": decision, "region": "26", **said}
    return client.post(f"/projects/{item['id']}/decision", data=data, headers=ENGLISH)


def show(client, item, lang="en", query="?region=26"):
    return whole(client.get(f"/projects/{item['id']}{query}", headers={"Accept-Language": lang}).text)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_has_everything_a_working_group_asks(manager, lang):
    item = manager.get(f"/api/v1/projects?region=26&top=5&lang={lang}").json["items"][0]
    text = re.sub(r"\s+", " ", show(manager, item, lang))
    for part in ("risks", "steps", "facts"):
        for line in item[part]:
            assert line in text
    for firm in item["participants"]:
        assert f"/companies/{firm['inn']}" in text
    for each in item["assumed"]:
        assert each["name"][1:] in text
    for kpi in item["kpis"]:
        assert kpi["name"] in text
    for form in ("docx", "pdf"):
        assert f"form={form}" in text


def test_one_press_decides_and_every_press_has_its_own_key(manager, item):
    buttons = [attrs for _, attrs, _ in Reader(show(manager, item)).all("button") if attrs.get("name") == "decision"]
    keys = [attrs["accesskey"] for attrs in buttons if "accesskey" in attrs]
    assert len(keys) == len(set(keys)) >= 8
    assert {"accept", "later", "decline|too_small", "decline|rivals"} <= {attrs["value"] for attrs in buttons}


def test_a_decline_keeps_the_candidate_away_with_the_evidence_of_that_day_until_it_is_undone(app, manager, item):
    done = decide(manager, item, "decline|too_small", reason="и далеко")
    assert done.status_code == 303
    (step,) = standing(app)
    assert (step.decision, step.reason_code, step.reason, step.by) == ("decline", "too_small", "и далеко", "anna")
    assert step.evidence["value_rub"] == item["value_rub"]
    assert item["id"] not in [one["id"] for one in manager.get("/api/v1/projects?region=26&top=50").json["items"]]
    page = whole(manager.get(done.location, headers=ENGLISH).text)
    assert "too little to gain: и далеко" in page
    assert "will not be offered again" in page
    listed = manager.get("/projects/decided", headers=ENGLISH).text
    assert item["title"] not in listed or "too little to gain" in listed
    assert decide(manager, item, "undo").status_code == 303
    assert item["id"] in [one["id"] for one in manager.get("/api/v1/projects?region=26&top=50").json["items"]]


def test_what_was_known_then_stands_beside_what_is_known_now(app, manager, tmp_path):
    from matcher.pipeline.register.imports import import_one
    from matcher.pipeline.workspace import Workspace

    (item, *_) = manager.get("/api/v1/projects?region=26&kind=joint_purchase").json["items"]
    decide(manager, item, "accept|asked")
    assert "What was known on" in show(manager, item, query="")
    here, leader = Workspace(app.extensions[DESK].bare("en").settings), item["participants"][0]["inn"]
    more = 1.2 * here.companies([leader])[leader].revenue_rub
    sheet = tmp_path / "next_year.csv"
    sheet.write_text(f"inn;revenue_rub;year\n{leader};{more:.0f};2017\n", encoding="utf-8")
    import_one(here, str(sheet), None, False, False)
    document = project(Workspace(here.settings), Asked(), item["id"])
    value = next(each for each in document["changes"]["amounts"] if each["name"] == "value_rub")
    assert value["then"] == item["value_rub"] < value["now"] == document["item"]["value_rub"]
    assert f"+{100 * value['change']:.1f}%" in show(manager, item, query="")


def test_a_candidate_that_is_gone_still_shows_what_was_decided(app, manager, item):
    with app.extensions[DESK].store.begin() as unit:
        gone = {**item, "title": "Прежний проект", "as_of": "2026-01-02"}
        unit.decide_project("chain.99.99.2631015563", "accept", "", gone, "anna")
    page = whole(manager.get("/projects/chain.99.99.2631015563", headers=ENGLISH).text)
    assert "Прежний проект" in page
    assert "no longer give this candidate" in page
    assert f"What was known on {day('2026-01-02', 'en')}" in page


@pytest.mark.parametrize("said", ["", "perhaps", "decline", "decline|asked", "reopen"])
def test_what_is_no_decision_is_told(app, manager, item, said):
    assert decide(manager, item, said).status_code in (400, 422)
    assert standing(app) == []


def test_an_unknown_candidate_is_told(manager):
    assert manager.get("/projects/chain.1.2?region=26").status_code == 404


def test_only_managers_decide_and_companies_see_no_candidates(app, manager, item):
    guest = enrolled(app, AZOT, "viewer", "guest")
    page = show(guest, item)
    assert 'name="decision"' not in page
    assert decide(guest, item, "accept").status_code == 403
    factory = enrolled(app, AZOT, "sme", "factory")
    assert factory.get(f"/projects/{item['id']}?region=26").status_code == 403
    assert factory.get("/projects/decided").status_code == 403
    assert standing(app) == []


def test_the_list_tells_what_was_decided_and_filters_it(manager, item):
    decide(manager, item, "later|facts")
    assert "postponed: facts must be asked for first" in manager.get(
        "/projects?region=26", headers=ENGLISH
    ).text.lower().replace("<", " <")
    assert item["id"] in manager.get("/projects/decided?decision=later").text
    assert item["id"] not in manager.get("/projects/decided?decision=accept").text
    assert decide(manager, item, "reopen", next="/projects/decided").location == "/projects/decided"
    assert item["id"] not in manager.get("/projects/decided").text


def test_beyond_ten_of_a_kind_candidates_are_folded_below_in_their_places(manager):
    page = manager.get("/projects?region=26&top=100", headers=ENGLISH).text
    first, _, below = page.partition("Further candidates: ")
    kinds = Counter(re.findall(r'<li class="card" id="(\w+)\.', first))
    assert max(kinds.values()) == OF_A_KIND
    places = [[int(place) for place in re.findall(r'<span class="rank">(\d+)</span>', part)] for part in (first, below)]
    assert sorted(places[0] + places[1]) == list(range(1, 101))
    assert places == [sorted(each) for each in places]
    assert below.startswith(str(len(places[1])))


def test_a_card_of_the_list_is_unfolded_by_its_reader(manager):
    page = Reader(manager.get("/projects?region=26").text)
    assert not any({"open", "data-wide"} & attrs.keys() for _, attrs, _ in page.all("details"))

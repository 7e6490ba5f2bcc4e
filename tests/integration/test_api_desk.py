"""One workspace a process: in step with other processes, shared by threads, one store for both languages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.visitors import let_in

AZOT, ARNEST, STAVROLEN, SACKS = "2631015563", "2631006752", "2624022320", "2635000014"


@pytest.fixture
def elsewhere(small_settings):
    """The same register, opened by another process."""
    from matcher.pipeline.workspace import Workspace

    return lambda: Workspace(small_settings)


def test_an_import_elsewhere_is_seen_at_once(small, elsewhere, tmp_path):
    from matcher.pipeline.register.imports import import_one

    assert small.get("/api/v1/companies?region=61").status_code == 422
    sheet = tmp_path / "more.csv"
    sheet.write_text(
        "inn;name;okved_main;region_code\n6163000018;Новая;20.15;61\n".replace("6163000018", made_up("616300001"))
    )
    assert import_one(elsewhere(), str(sheet), None, False, False)["added"] == 1
    listed = small.get("/api/v1/companies?region=61").json
    assert [item["name"] for item in listed["items"]] == ["Новая"]


def test_a_decision_elsewhere_is_seen_at_once(small, elsewhere):
    from matcher.pipeline.register.imports import decide

    path = f"/api/v1/suppliers?inn={AZOT}&top=200"
    before = small.get(path).json
    assert SACKS in {item["inn"] for item in before["items"]}
    decide(elsewhere(), SACKS, AZOT, "decline", "дорого")
    after = small.get(path).json
    assert SACKS not in {item["inn"] for item in after["items"]}
    assert {"inn": SACKS, "rule": "declined"}.items() <= after["near_misses"][0].items()


def test_nothing_is_opened_anew_while_nothing_changes(demo_app):
    from api.desk import DESK

    desk = demo_app.extensions[DESK]
    assert desk.held() is desk.held()
    ru, en = desk.workspace("ru"), desk.workspace("en")
    assert ru.columns is en.columns
    assert ru.store is en.store
    assert ru.embedder is en.embedder
    assert (ru.settings.lang, en.settings.lang) == ("ru", "en")


def test_visitors_at_the_same_time_get_what_one_would(demo_app):
    paths = [
        f"/api/v1/suppliers?inn={AZOT}&top=3&lang=ru",
        f"/api/v1/buyers?inn={STAVROLEN}&top=3&lang=en",
        "/api/v1/gaps?cluster=chemical&region=26&top=3&lang=ru",
        f"/api/v1/companies/{ARNEST}?lang=en",
        "/api/v1/buyers?text=полипропиленовые мешки&top=3&lang=ru",
    ]

    def ask(path):
        return demo_app.test_client().get(path).json

    alone = {path: ask(path) for path in paths}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, paths * 4))
    assert together == [alone[path] for path in paths * 4]


def test_first_visitors_at_the_same_time_find_one_index_built(small_settings):
    from api.app import create_app

    app = let_in(create_app(small_settings))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: app.test_client().get("/api/v1/coverage").status_code, range(6)))
    assert answers == [200] * 6


def made_up(nine: str) -> str:
    """Return an INN of nine digits and their check digit."""
    from models.identifiers import INN_WEIGHTS_10, inn_check_digit

    return nine + str(inn_check_digit(nine, INN_WEIGHTS_10))


def test_what_no_decision_touches_is_kept_when_one_is_made(small_settings):
    from api.desk import Desk
    from matcher.pipeline.register.imports import decide
    from matcher.pipeline.workspace import Workspace

    opened: list[object] = []
    desk = Desk(small_settings, opened=opened.append)
    first = desk.held()
    assert first.kept_undecided("a", "ru", lambda _: [1]) == first.kept("a", "ru", lambda _: [1])
    decide(Workspace(small_settings), "2635000014", "2631015563", "accept", "", "anna")
    second = desk.held()
    assert second is not first
    assert second.kept_undecided("a", "ru", lambda _: [2]) == [1]
    assert second.kept("a", "ru", lambda _: [2]) == [2]
    assert opened == [first, second]
    desk.close()


def test_the_first_answers_are_computed_ahead(small_settings):
    from api.app import create_app
    from api.desk import DESK
    from api.warming import warmed

    held = create_app(small_settings).extensions[DESK].held()
    warmed(held, "ru")
    assert ("home", "ru") in held.undecided
    assert ("home projects", "ru") in held.documents
    assert held.speaking["ru"].embedder.loaded, "also when every text it read was known to the cache"


def test_a_decision_leaves_the_companies_open(small_settings):
    """What lies on companies alone is shared by the states before and after; what decisions change is not."""
    from api.desk import Desk
    from matcher.pipeline.register.imports import decide
    from matcher.pipeline.workspace import Workspace

    desk, other = Desk(small_settings), Workspace(small_settings)
    before = desk.workspace("ru")
    decide(other, SACKS, AZOT, "decline", "", "anna")
    after = desk.workspace("ru")
    assert after is not before
    assert after.columns is before.columns
    assert after.of_register is before.of_register
    assert after.of_decisions is not before.of_decisions
    assert after.decisions.by_pair != before.decisions.by_pair
    desk.close()


def test_a_decision_about_a_project_leaves_what_pairs_change(small_settings):
    from api.desk import Desk
    from matcher.pipeline.projects.candidates import Asked, decide_project, projects
    from matcher.pipeline.workspace import Workspace

    desk, asked = Desk(small_settings), Asked(region="26")
    before = desk.workspace("ru")
    listed = projects(before, asked, 50)["items"]
    decide_project(Workspace(small_settings), asked, listed[0]["id"], "decline", "поздно")
    after = desk.workspace("ru")
    assert after is not before
    assert after.of_decisions is before.of_decisions
    left = [item["id"] for item in projects(after, asked, 50)["items"]]
    assert left
    assert listed[0]["id"] not in left
    desk.close()


def test_an_import_opens_everything_anew(small_settings, elsewhere, tmp_path):
    from api.desk import Desk
    from matcher.pipeline.register.imports import import_one

    desk = Desk(small_settings)
    before = desk.workspace("ru")
    sheet = tmp_path / "more.csv"
    sheet.write_text(f"inn;name;okved_main;region_code\n{made_up('616300001')};Новая;20.15;61\n")
    import_one(elsewhere(), str(sheet), None, False, False)
    after = desk.workspace("ru")
    assert len(after.columns) == len(before.columns) + 1
    assert after.of_register is not before.of_register
    assert after.of_decisions is not before.of_decisions
    desk.close()

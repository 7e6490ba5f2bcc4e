"""The JSON API: the documents of the contract, one shape of errors, a description that fits both."""

from __future__ import annotations

import json
import re

import pytest

from api.v1 import chain_shapes, firm_shapes, gap_shapes, network_shapes, pair_shapes, project_shapes, shapes
from api.v1.kit import ProblemShape

AZOT, ARNEST, STAVROLEN = "2631015563", "2631006752", "2624022320"
API = "/api/v1"
METHODS = ("get", "post", "patch", "delete")

ANSWERS = [
    ("/companies?region=26&top=5", firm_shapes.Companies),
    ("/companies?stage=finished_product&segment=fertilisers_pesticides", firm_shapes.Companies),
    ("/companies?text=АЗОТ", firm_shapes.Companies),
    (f"/companies/{AZOT}", firm_shapes.CompanyCard),
    (f"/suppliers?inn={AZOT}&top=5", pair_shapes.Shortlist),
    (f"/suppliers?inn={AZOT}&region=26&sme=1&makers_only=true&new_only=on&top=3", pair_shapes.Shortlist),
    (f"/suppliers?inn={AZOT}&need=полипропиленовые мешки&top=3", pair_shapes.Shortlist),
    (f"/suppliers?inn={AZOT}&need=полипропиленовые мешки&instead_of=all&top=3", pair_shapes.Shortlist),
    (
        f"/suppliers?inn={AZOT}&weights=distance=2&without=gap&price=06.20=2&radius=900&mutual=1",
        pair_shapes.Shortlist,
    ),
    (f"/buyers?inn={STAVROLEN}&top=5", pair_shapes.Shortlist),
    ("/buyers?text=полипропиленовые мешки и биг-бэги&home=26&city=Невинномысск&top=3", pair_shapes.Shortlist),
    ("/buyers?okved=22.22&okved=13.92&revenue_rub=50000000&top=3", pair_shapes.Shortlist),
    (f"/explain?supplier={STAVROLEN}&buyer={ARNEST}", pair_shapes.Explanation),
    ("/gaps?cluster=chemical&region=26&top=5", gap_shapes.Gaps),
    (f"/gaps?anchor={AZOT}&top=5", gap_shapes.Gaps),
    ("/projects?cluster=chemical&region=26&top=5", project_shapes.Projects),
    ("/projects?kind=joint_purchase&region=26", project_shapes.Projects),
    ("/projects?cluster=chemical&region=26&portfolio=4&smes=2&budget_rub=9000000", project_shapes.Projects),
    ("/projects?cluster=chemical&region=26&direction=c5-b1&top=3", project_shapes.Projects),
    ("/chain?region=26", chain_shapes.Chain),
    ("/chain?region=26&profile=1", chain_shapes.Chain),
    ("/chain/flow?region=26&source=plastics_resins&target=beyond&top=3", network_shapes.Flow),
    ("/chain/graph?region=26&everything=1&top=5", network_shapes.Graph),
    (f"/chain/graph?region=26&everything=1&firm={AZOT}&to={ARNEST}", network_shapes.Graph),
    ("/chain/structure?region=26&top=3", network_shapes.NetworkStructure),
    ("/classify?text=делаем антифриз&top=3", shapes.Classified),
    ("/classify?okved=20.15.3", shapes.Classified),
    (f"/classify?inn={AZOT}", shapes.Classified),
    ("/inputs?okved=20.15&top=5", shapes.Inputs),
    ("/inputs?okved=20.15&of=true&top=5", shapes.Inputs),
    ("/inputs?okved=23.51&by=need&top=5", shapes.Inputs),
    ("/coverage", shapes.Coverage),
]

REFUSED = [
    ("/suppliers?inn=123", 400, "invalid_identifier"),
    ("/suppliers?inn=2631015564", 400, "invalid_identifier"),
    ("/suppliers?inn=7707083893", 404, "unknown_company"),
    ("/companies/123", 400, "invalid_identifier"),
    ("/companies/7707083893", 404, "unknown_company"),
    ("/suppliers", 400, "usage"),
    (f"/suppliers?inn={AZOT}&top=0", 400, "usage"),
    (f"/suppliers?inn={AZOT}&top=201", 400, "usage"),
    (f"/suppliers?inn={AZOT}&top=many", 400, "usage"),
    (f"/suppliers?inn={AZOT}&sme=perhaps", 400, "usage"),
    (f"/suppliers?inn={AZOT}&tpo=5", 400, "usage"),
    (f"/suppliers?inn={AZOT}&radius=0", 400, "usage"),
    (f"/suppliers?inn={AZOT}&weights=charm=2", 400, "usage"),
    (f"/suppliers?inn={AZOT}&instead_of=all", 400, "usage"),
    ("/buyers?okved=22.22&radius=100", 400, "usage"),
    (f"/suppliers?inn={AZOT}&region=00", 400, "usage"),
    (f"/suppliers?inn={AZOT}&region=26&region=01", 400, "usage"),
    ("/companies?cluster=null&cluster=null", 400, "usage"),
    (f"/suppliers?inn={AZOT}&region=Krai", 400, "usage"),
    (f"/suppliers?inn={AZOT}&lang=de", 400, "usage"),
    ("/buyers", 400, "usage"),
    (f"/buyers?inn={AZOT}&text=мешки", 400, "usage"),
    ("/buyers?okved=99.98", 400, "invalid_identifier"),
    ("/buyers?okved=22.22&revenue_rub=-1", 400, "usage"),
    ("/buyers?okved=22.22&revenue_rub=nan", 400, "usage"),
    (f"/explain?supplier={AZOT}&buyer={AZOT}", 400, "usage"),
    (f"/explain?supplier={AZOT}", 400, "usage"),
    ("/gaps?cluster=nonsense", 400, "usage"),
    ("/gaps?anchor=7707083893", 404, "unknown_company"),
    ("/projects?kind=nonsense", 400, "usage"),
    ("/projects?direction=nonsense", 400, "usage"),
    ("/projects?cluster=chemical&region=26&portfolio=1&smes=50", 422, "data"),
    ("/chain?cluster=nonsense", 400, "usage"),
    ("/chain/flow?source=others&target=beyond", 400, "usage"),
    ("/chain/graph?region=00", 400, "usage"),
    ("/chain/structure?cluster=nonsense", 400, "usage"),
    ("/chain?profile=1&segment=nonsense", 400, "usage"),
    ("/chain?segment=plastic_products", 400, "usage"),
    ("/companies?stage=nonsense", 400, "usage"),
    ("/classify", 400, "usage"),
    ("/inputs", 400, "usage"),
    ("/inputs?okved=77777", 400, "invalid_identifier"),
    ("/inputs?okved=20.15&by=name", 400, "usage"),
    ("/nothing-here", 404, "not_found"),
]


@pytest.mark.parametrize(("path", "shape"), ANSWERS)
def test_each_answer_has_its_described_shape(demo, path, shape):
    answer = demo.get(API + path)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    assert shape().validate(answer.json) == {}


@pytest.mark.parametrize(("path", "status", "code"), REFUSED)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_error_has_one_shape_and_the_right_status(demo, path, status, code, lang):
    answer = demo.get(API + path, headers={"Accept-Language": lang})
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert set(answer.json) - {"errors"} == {"type", "title", "status", "detail", "error"}
    assert (answer.json["status"], answer.json["detail"]) == (status, answer.json["error"]["message"])
    assert set(answer.json["error"]) == {"code", "message", "hint"}
    assert answer.json["error"]["code"] == code
    assert answer.json["error"]["message"]
    assert answer.json["error"]["hint"]


def test_the_answer_is_the_document_of_the_command_line(demo, demo_workspace):
    from matcher.pipeline.shortlists import Options, suppliers

    expected = suppliers(demo_workspace, AZOT, Options(top=7, region="26"))
    answer = demo.get(f"{API}/suppliers?inn={AZOT}&region=26&top=7&lang={demo_workspace.settings.lang}")
    assert {**answer.json, "next_cursor": None} == {**json.loads(json.dumps(expected)), "next_cursor": None}


def test_contributions_sum_to_the_score(demo):
    items = demo.get(f"{API}/suppliers?inn={AZOT}&top=20").json["items"]
    assert items
    for item in items:
        assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-9)


def without_texts(document):
    """Take out of a shortlist what is said in words, and yield it."""
    for group in document["groups"]:
        yield group.pop("name")
    for miss in document["near_misses"]:
        yield miss.pop("text")
    of_inputs = [item for group in document["groups"] for item in group["items"]]
    for item in (*document["items"], *of_inputs, *document["channels"]):
        yield item["concentration"].pop("text")
        for said in (*item["reasons"], *item["flags"]):
            yield said.pop("text")


def test_language_changes_the_texts_and_nothing_else(demo):
    russian, english = (demo.get(f"{API}/suppliers?inn={AZOT}&top=3&lang={lang}").json for lang in ("ru", "en"))
    texts = [list(without_texts(document)) for document in (russian, english)]
    assert texts[0] != texts[1]
    assert russian == english


def test_an_error_speaks_the_language_asked_for(demo):
    told = {lang: demo.get(f"{API}/suppliers?inn=123&lang={lang}").json["error"]["message"] for lang in ("ru", "en")}
    assert told["ru"] != told["en"]


def test_blank_parameters_are_none(demo):
    full, bare = (demo.get(f"{API}/gaps?cluster=chemical{more}").json for more in ("&region=&anchor=", ""))
    assert full == bare


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(demo, method):
    answer = getattr(demo, method)(f"{API}/gaps")
    assert answer.status_code == 405
    assert answer.json["error"]["code"] == "method_not_allowed"
    assert "GET" in answer.headers["Allow"]


@pytest.fixture(scope="module")
def description(demo_app):
    return demo_app.test_client().get(f"{API}/openapi.json").json


def test_the_description_is_openapi_3_1_and_holds_every_address(demo_app, description):
    assert description["openapi"].startswith("3.1")
    rules = [rule.rule for rule in demo_app.url_map.iter_rules() if rule.endpoint.startswith("v1.")]
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule) for rule in rules}
    assert set(description["paths"]) == routes


def test_every_operation_is_described_with_parameters_answers_and_errors(description):
    operations = [
        (path, item[method]) for path, item in description["paths"].items() for method in METHODS if method in item
    ]
    for path, operation in operations:
        assert operation["summary"], path
        assert {"400", "401", "403", "404", "422", "429", "503"} <= set(operation["responses"])
        assert all(parameter.get("description") or parameter["in"] == "path" for parameter in operation["parameters"])
        assert {"lang"} <= {parameter["name"] for parameter in operation["parameters"]}
        error = operation["responses"]["400"]["content"]["application/problem+json"]["schema"]
        assert error == {"$ref": "#/components/schemas/ProblemShape"}
    assert len({operation["operationId"] for _, operation in operations}) == len(operations)


def test_every_reference_of_the_description_leads_somewhere(description):
    text = json.dumps(description)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named
    assert named <= set(description["components"]["schemas"])


def test_every_name_in_an_address_is_explained(description):
    for path, item in description["paths"].items():
        named = [each for each in item.get("parameters", ()) if each["in"] == "path"]
        assert len(named) == path.count("{"), path
        assert all(each["description"] and each["schema"]["type"] for each in named), path


def test_names_within_a_field_are_part_of_the_description(description):
    columns = description["components"]["schemas"]["ColumnsBody"]["properties"]["columns"]
    assert columns["propertyNames"] == {"pattern": r"^[1-9]\d{0,4}$"}


def test_bounds_are_part_of_the_description(description):
    parameters = {p["name"]: p["schema"] for p in description["paths"]["/api/v1/suppliers"]["get"]["parameters"]}
    assert (parameters["top"]["minimum"], parameters["top"]["maximum"]) == (1, 200)
    assert parameters["lang"]["enum"] == ["ru", "en"]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_page_lists_every_operation(demo, description, lang):
    page = demo.get(f"{API}/?lang={lang}").text
    for path in description["paths"]:
        assert path in page
    assert demo.get("/api").location.endswith(f"{API}/")


def test_an_error_fits_its_own_description(demo):
    assert ProblemShape().validate(demo.get(f"{API}/suppliers?inn=123").json) == {}


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/companies", firm_shapes.Companies),
        ("/gaps", gap_shapes.Gaps),
        ("/projects", project_shapes.Projects),
        ("/chain", chain_shapes.Chain),
        ("/coverage", shapes.Coverage),
        ("/buyers?okved=22.22", pair_shapes.Shortlist),
    ],
)
def test_an_empty_register_has_empty_answers(empty, path, shape):
    answer = empty.get(API + path)
    assert answer.status_code == 200, answer.text
    assert shape().validate(answer.json) == {}
    assert answer.json.get("items", []) == []

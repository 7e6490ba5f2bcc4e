"""Schemathesis over the whole API, all checks on: whatever is sent, the answer is one that the description promises."""

from __future__ import annotations

import json
from string import digits

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from models.clusters import segments
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from tests.conftest import small_register
from tests.programs import token_of
from tests.served import served_at

#: Seconds that may be spent for one role, and requests that have to be sent in it at least.
MOST_S, FEWEST = 40, 100
FIVE = ("2631015563", "2624022320", "2631006752", "2635000014", "2635000021")
#: 422 is no refusal of what was sent: it was understood, and the register has nothing to answer with.
ACCEPTED = ["2xx", "3xx", 401, 403, 404, 409, 422, 429, "5xx"]


def some_inn():
    """Return INNs: of the register and of no firm."""
    made_up = st.text(digits, min_size=9, max_size=9).map(lambda nine: f"{nine}{inn_check_digit(nine, INN_WEIGHTS_10)}")
    return st.one_of(st.sampled_from(FIVE), made_up)


#: Checks that take every question for one with a meaning.
OF_MEANING = ("positive_data_acceptance", "negative_data_rejection")
FORMATS = {
    "inn": some_inn(),
    "inn-or-blank": st.one_of(st.just(""), some_inn()),
    "okved": st.sampled_from(["20.15", "22.22", "33.12", "20", "01.11.1"]),
    "cursor": st.just(""),
    "price": st.sampled_from(["20.15=1.2", "06=0.5"]),
    "years": st.sampled_from(["2016", "2016-2024"]),
    "ndjson-companies": st.just('{"inn": "2635000021", "name": "Ремонт", "okved_main": "33.12"}'),
    "ndjson-questions": st.sampled_from(['{"inn": "2631015563"}', '{"inn": "1"}\n{"inn": "2631006752", "top": 2}']),
    "hook-url": st.sampled_from(["https://93.184.215.14/", "https://93.184.215.14:8443/a?b=c"]),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    """Send generated lines as they are."""
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


def has_meaning(case):
    """Tell whether parameters have a meaning together, which no schema can say; blank ones are none."""
    query, path = case.query or {}, case.operation.path
    given = {name: str(value) for name, value in query.items()}
    pair = {**given, **(case.path_parameters or {})}
    same = "buyer" in pair and pair.get("supplier") == pair["buyer"]
    if same or not all(text.strip(" []") for text in given.values()) or not str(pair.get("supplier", "1")).isdigit():
        return False
    if path.endswith(("/buyers", "/classify")) and case.method == "GET":
        return len(given.keys() & {"inn", "text", "okved"}) == 1 and "radius" not in given
    if path.endswith("/chain") and given.get("profile") in (None, "False", "0", "false"):
        return not given.keys() & {"segment", "years"}
    own = {each.slug for each in segments("chemical")}
    return "segment" not in given or (given["segment"] in own and "cluster" not in given)


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    """An application over the register of five firms that counts no requests."""
    from api.app import create_app

    app = create_app(small_register(tmp_path_factory.mktemp("schema")))
    app.config["API_RATE_CALLER"] = app.config["API_RATE_ADDRESS"] = 10**9
    return app


def failures_of(recorder):
    """Yield what was wrong, but that a question without meaning was refused, or a blank parameter taken for none."""
    for number, checks in recorder.checks.items():
        for check in checks:
            meant = check.name not in OF_MEANING or has_meaning(recorder.cases[number].value)
            if check.failure_info is None or not meant:
                continue
            failure = check.failure_info.failure
            yield f"{failure.operation}: {failure.title}\n{failure.message}\n{check.failure_info.code_sample}"


@pytest.mark.parametrize("role", ["administrator", "sme"])
def test_every_answer_is_one_that_the_description_promises(application, role):
    config = SchemathesisConfig.from_dict(
        {
            "max-time": MOST_S,
            "headers": {"Authorization": f"Bearer {token_of(application, role)}"},
            "generation": {"max-examples": 3, "deterministic": True, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
        }
    )
    wrong, sent = [], 0
    with served_at(application) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
        for event in from_schema(schema).execute():
            if isinstance(event, NonFatalError):
                wrong.append(f"{event.label}: {event.value!r}")
            if isinstance(event, ScenarioFinished):
                sent += len(event.recorder.cases)
                wrong += failures_of(event.recorder)
    assert not wrong, "\n\n".join(wrong)
    assert sent >= FEWEST

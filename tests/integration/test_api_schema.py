"""Schemathesis over the whole API, all checks on: whatever is sent, the answer is one that the description promises."""

from __future__ import annotations

import json
from string import digits

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, PhaseFinished, ScenarioFinished

from models.clusters import segments
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from tests.conftest import small_register
from tests.programs import token_of
from tests.served import served_at

#: Seconds that may be spent for one role; once round, it is done in a third of them unless the machine is busy.
MOST_S = 150
FIVE = ("2631015563", "2624022320", "2631006752", "2635000014", "2635000021")
#: 422 is no refusal of what was sent: it was understood, and the register has nothing to answer with. 413 refuses the
#: whole, each field of which was within its bounds.
ACCEPTED = ["2xx", "3xx", 401, 403, 404, 409, 413, 422, 429, "5xx"]


def some_inn():
    """Return INNs: of the register and of no firm."""
    made_up = st.text(digits, min_size=9, max_size=9).map(lambda nine: f"{nine}{inn_check_digit(nine, INN_WEIGHTS_10)}")
    return st.one_of(st.sampled_from(FIVE), made_up)


FORMATS = {
    "inn": some_inn(),
    "inn-or-blank": st.one_of(st.just(""), some_inn()),
    "okved": st.sampled_from(["20.15", "22.22", "33.12", "20", "01.11.1"]),
    "cursor": st.just(""),
    "price": st.sampled_from(["20.15=1.2", "06=0.5"]),
    "years": st.sampled_from(["2016", "2016-2024"]),
    "ndjson-companies": st.just('{"inn": "2635000021", "name": "Ремонт", "okved_main": "33.12"}'),
    "ndjson-questions": st.sampled_from(['{"inn": "2631015563"}', '{"inn": "1"}\n{"inn": "2631006752", "top": 2}']),
    "group": st.sampled_from(["20.15", "22.22", "33.12"]),
    "box": st.sampled_from(["44,41,46,43", "-90,-180,90,180"]),
    "date": st.dates().map(str),
    "hook-url": st.sampled_from(["https://93.184.215.14/", "https://93.184.215.14:8443/a?b=c"]),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)


#: Questions with a meaning, where what schemathesis thinks of has none: so their answers are looked at as well.
CHANGED = {"weights": ["distance=2"], "without": ["text_fit"], "top": 2, "mutual": True}
MEANT = {
    "GET /api/v1/suppliers": {"inn": FIVE[0], **CHANGED},
    "GET /api/v1/buyers": {"inn": FIVE[0], **CHANGED},
    "GET /api/v1/offer/buyers": {"inn": FIVE[0], "okved": ["20.15", "22.22"], **CHANGED},
    "GET /api/v1/classify": {"okved": "20.15"},
    "GET /api/v1/explain": {"supplier": FIVE[1], "buyer": FIVE[0]},
    "GET /api/v1/chain/flow": {"source": segments("chemical")[0].slug, "target": "others"},
}


@schemathesis.hook
def before_add_examples(context, examples):
    """Let questions with a meaning be asked too."""
    if asked := MEANT.get(context.operation.label):
        examples.append(context.operation.Case(query=asked))


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    """Send generated lines as they are."""
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


def has_blank(case):
    """Tell whether a parameter is blank: it is taken for none, whatever the schema says."""
    return not all(str(value).strip(" []") for value in (case.query or {}).values())


def has_meaning(case):
    """Tell whether parameters have a meaning together, which no schema can say."""
    query, path = case.query or {}, case.operation.path
    given = {name: str(value) for name, value in query.items()}
    pair = {**given, **(case.path_parameters or {})}
    if has_blank(case) or ("buyer" in pair and pair.get("supplier") == pair["buyer"]):
        return False
    if not str(pair.get("supplier", "1")).isdigit():  # schemathesis follows links with the firm for its number
        return False
    if path.endswith(("/buyers", "/buyers/file", "/offer/buyers", "/classify")) and case.method == "GET":
        return len(given.keys() & {"inn", "text", "okved"}) == 1 and "radius" not in given
    if given.get("instead_of") and not given.get("need"):
        return False
    if path.endswith("/chain") and given.get("profile") in (None, "False", "0", "false"):
        return not given.keys() & {"segment", "years"}
    own = {each.slug for each in segments("chemical")}
    if path.endswith("/chain/flow"):
        ends = {given.get("source"), given.get("target")}
        return "cluster" not in given and ends <= own | {"others", "beyond"} and bool(ends & own)
    return "segment" not in given or (given["segment"] in own and "cluster" not in given)


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    """An application over the register of five firms that counts no requests and brings no others with it."""
    from api.app import create_app
    from api.pages import intake

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "FILES", ())
        app = create_app(small_register(tmp_path_factory.mktemp("schema")))
        app.config["API_RATE_CALLER"] = app.config["API_RATE_ADDRESS"] = 10**9
        yield app


def excused(check, case, linked):
    """Tell whether a question without meaning, as one that follows links may be, was refused, or a blank was none."""
    if linked and check.name in ("positive_data_acceptance", "negative_data_rejection"):
        return True
    if check.name == "negative_data_rejection":
        return has_blank(case)
    return check.name == "positive_data_acceptance" and not has_meaning(case)


def failures_of(recorder, linked):
    """Yield what was wrong; ``linked`` questions take what they say from answers to others."""
    for number, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is None or excused(check, recorder.cases[number].value, linked):
                continue
            failure = check.failure_info.failure
            yield f"{failure.operation}: {failure.title}\n{failure.message}\n{check.failure_info.code_sample}"


@pytest.mark.parametrize("role", ["administrator", "sme"])
def test_every_answer_is_one_that_the_description_promises(application, role):
    token = [token_of(application, role) for _ in range(3)][-1]  # whatever revokes the first tokens leaves this one
    config = SchemathesisConfig.from_dict(
        {
            "max-time": MOST_S,
            "request-timeout": 60,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": {"max-examples": 3, "deterministic": True, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
        }
    )
    wrong, reached = [], set()
    with served_at(application) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
        every = {operation.ok().label for operation in schema.get_all_operations()}
        events = from_schema(schema).execute()
        for event in events:
            if isinstance(event, PhaseFinished) and event.phase.name == "stateful":
                events.stop()  # the last of all phases; they would begin anew until the time is over
            if isinstance(event, NonFatalError | FatalError):
                wrong.append(repr(event))
            if isinstance(event, ScenarioFinished):
                reached |= {case.value.operation.label for case in event.recorder.cases.values()}
                wrong += failures_of(event.recorder, event.phase == "stateful")
    assert not wrong, "\n\n".join(wrong)
    assert reached == every

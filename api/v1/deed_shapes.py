"""What is sent to the API, and what it answers when something was changed."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from api.queries import LONGEST_TEXT, PagedQuery, a_cluster, a_project, a_region, about
from api.v1.firm_shapes import Firm
from api.v1.kit import Shape, listed, maybe_text, string, texts, whole
from models.decision_reasons import decision_reasons, project_reasons
from models.events import VERDICTS
from models.introductions import LONGEST_NOTE, STATES
from models.text import T, Text

#: Longest text of a field of a card.
LONGEST_CELL = 4000
#: Answers of a manager to a request for an introduction; ``waiting`` takes an answer back.
MEDIATED = ("introduced", "declined", "waiting")
NAMINGS = ("same", "different", "drop", "open")
#: Text without control signs, which no database keeps.
PLAIN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"


def words(what: Text, longest: int = LONGEST_TEXT, **more: Any) -> fields.String:
    """Return the field of a text that somebody wrote."""
    bounds = [validate.Length(max=longest), validate.Regexp(PLAIN)]
    kept = {} if more.get("required") else {"load_default": ""}
    return fields.String(validate=bounds, metadata=about(what), **{**kept, **more})


class Body(ma.Schema):
    """A document that is sent; a misspelled field is an error."""

    class Meta:
        """Refuse unknown fields."""

        unknown = ma.RAISE


class Change(Body):
    """A document that says what shall change: its fields are those of what is changed, and any may be left out."""

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        """Take a field that is left out for one that stays as it is."""
        field_obj.required, field_obj.load_default = False, ma.missing


class DecisionBody(Body):
    """A decision; ``reopen`` takes back the one in force."""

    decision = fields.String(
        required=True, validate=validate.OneOf(VERDICTS), metadata=about(T("what is decided about the pair"))
    )
    reason_code = fields.String(
        load_default="", validate=validate.OneOf(("", *decision_reasons())), metadata=about(T("reason from the list"))
    )
    reason = words(T("the reason in words"))


class DecisionMade(Shape):
    """A decision about a pair."""

    supplier_inn = string()
    buyer_inn = string()
    decision = string()
    reason_code = maybe_text()
    reason = string()
    at = string()
    by = string()


class ProjectNamed(Body):
    """A joint-project candidate."""

    id = a_project()


class ProjectDecisionBody(ProjectNamed):
    """A decision about a joint-project candidate."""

    decision = fields.String(
        required=True, validate=validate.OneOf(VERDICTS), metadata=about(T("what is decided about the project"))
    )
    reason_code = fields.String(
        load_default="", validate=validate.OneOf(("", *project_reasons())), metadata=about(T("reason from the list"))
    )
    reason = words(T("the reason in words; a project is declined for one, or for one of the list"))
    cluster = a_cluster(load_default=None)
    region = a_region(T("two-digit region code, for example 26"), load_default=None)


class DecidedQuery(PagedQuery):
    """Decisions on candidates."""

    decision = fields.String(validate=validate.OneOf(VERDICTS), metadata=about(T("only this decision")))


class ProjectDecided(Shape):
    """A decision about a candidate, with what it was called that day."""

    id = string()
    decision = string()
    reason_code = fields.String(allow_none=True)
    reason = string()
    title = maybe_text()


class ProjectUndone(Shape):
    """The decision that is in force now; ``reopen`` if there is none."""

    id = string()
    decision = string()
    title = maybe_text()


class NoteBody(Body):
    """Words for the other side."""

    note = words(T("what the other side should know"), LONGEST_NOTE)


class AnswerBody(NoteBody):
    """What came of a request for an introduction."""

    state = fields.String(
        required=True,
        validate=validate.OneOf(MEDIATED),
        metadata=about(T("what came of it; waiting takes an answer back")),
    )


class EmptyBody(Body):
    """Nothing needs to be said."""


class Party(Firm):
    """A side of an introduction."""

    city = maybe_text()


class IntroductionStep(Shape):
    """One step of the way to an introduction."""

    state = string(validate=validate.OneOf(STATES))
    note = string()
    inn = maybe_text()
    by = string()
    at = string()


class Introduction(Shape):
    """Somebody asked to be introduced; ``steps`` tell what came of it, oldest first."""

    supplier = fields.Nested(Party, required=True)
    buyer = fields.Nested(Party, required=True)
    state = string(validate=validate.OneOf(STATES))
    note = string()
    asked_for = maybe_text()
    asked_by = string()
    asked_at = string()
    askers = texts()
    steps = listed(IntroductionStep)


class CardBody(Body):
    """Fields of a card to be written; one that is left out stays as it is."""

    name = words(T("what it is called"), 1000)
    okved_main = words(T("OKVED-2 code"), 20)
    okved_extra = words(T("codes separated by semicolons"), LONGEST_CELL)
    region_code = words(T("two-digit region code"), 2)
    city = words(T("town"), 200)
    offers = words(T("what it sells, in its own words"), LONGEST_CELL)
    needs = words(T("what it buys or looks for"), LONGEST_CELL)
    capacity = words(T("what it could make to order"), LONGEST_CELL)
    equipment = words(T("what others could use at its place"), LONGEST_CELL)
    waste = words(T("what is left over"), LONGEST_CELL)
    vacancies = words(T("whom it looks for; no names of people"), LONGEST_CELL)
    website = words(T("address of the site"), 300)
    revenue_rub = words(T("revenue of a year, roubles"), 30)
    revenue_rub_year = words(T("the year of the revenue"), 4)
    workers = words(T("mean number of workers of a year"), 30)
    workers_year = words(T("the year of the workers"), 4)


class CardChange(Shape):
    """A change of a card by hand."""

    run = whole()
    at = string()
    by = string()
    undone = fields.Boolean(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")


class Card(Shape):
    """What a card says, in the words of a form, and how it was changed by hand; ``run`` took the last change."""

    inn = string()
    run = fields.Integer(required=True, allow_none=True)
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    writable = texts()
    changes = listed(CardChange)


class NamingBody(Body):
    """What a person says of a row without INN: which firm it means, which it does not, that it is left out, nothing."""

    verdict = fields.String(
        required=True,
        validate=validate.OneOf(NAMINGS),
        metadata=about(T("what is said of the row; open takes it back")),
    )
    inn = fields.String(
        load_default="", metadata=about(T("INN of the firm meant, or not meant"), format="inn-or-blank")
    )


class Naming(Shape):
    """What was said of a row, and for how many rows it holds."""

    item = whole()
    verdict = string()
    inns = texts()
    rows = whole()


class NamingCandidate(Firm):
    """A firm that a row may mean."""

    place = string()
    score = fields.Float(required=True)
    reasons = texts()


class RowOfFile(Shape):
    """Where a row is."""

    run = whole()
    file = string()
    line = whole()


class Question(Shape):
    """Rows of one name and place that wait for a person, and the firms they may mean."""

    item = whole()
    name = string()
    place = string()
    missing = string()
    told = fields.Dict(keys=fields.String(), required=True)
    rows = listed(RowOfFile)
    decision = string()
    candidates = listed(NamingCandidate)
    rejected = texts()

"""What is decided, asked and written through the API; each address does what a page does, and is as free to whom."""

from __future__ import annotations

from typing import Any

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, workspace
from api.bad_fields import BadField, RefusedFields, refused_field, refused_texts
from api.pages.cards import writable
from api.v1 import deed_shapes as shapes
from api.v1.describing import answer, deed
from api.v1.kit import page_of
from api.v1.paging import page
from matcher.pipeline.companies import card
from matcher.pipeline.exchange import introductions as mediation
from matcher.pipeline.projects import candidates as projects
from matcher.pipeline.projects.memory import decided_projects
from matcher.pipeline.register import imports as register
from matcher.pipeline.register import review
from matcher.report.frame import Document
from models.identifiers import parse_inn
from models.text import T

Said = dict[str, Any]


@answer("/decisions", queries.PagedQuery, page_of(shapes.DecisionMade), T("decisions about pairs, the latest first"))
def decisions(asked: answers.Asked) -> Document:
    """Every decision, those taken back too; of a company those about its own suppliers."""
    own = member().inn
    found = [each for each in bare().store.decisions() if own in (None, each.buyer_inn)]
    return page(found[::-1], asked["top"], lambda each: (-each.id,), register.decision_item)


@deed("/decisions/<supplier>/<buyer>", shapes.DecisionBody, shapes.DecisionMade, T("decide about a pair"), status=201)
def decide(_asked: answers.Asked, said: Said, supplier: str, buyer: str) -> tuple[Document, int]:
    """It is in force at once, for every list."""
    by = member().login
    made = register.decide(bare(), supplier, buyer, said["decision"], said["reason"], by, said["reason_code"])
    return made, 201


@answer("/project-decisions", shapes.DecidedQuery, page_of(shapes.ProjectDecided), T("joint projects decided about"))
def project_decisions(asked: answers.Asked) -> Document:
    """The decision in force on each candidate, by its number."""
    found = sorted(decided_projects(bare(), asked.get("decision"))["items"], key=lambda each: str(each["id"]))
    return page(found, asked["top"], lambda each: (each["id"],), dict)


@deed(
    "/project-decisions", shapes.ProjectDecisionBody, shapes.ProjectDecided, T("decide about a joint project"),
    status=201,
)  # fmt: skip
def decide_project(_asked: answers.Asked, said: Said) -> tuple[Document, int]:
    """A declined candidate is proposed no more."""
    if said["decision"] == "decline" and not (said["reason"].strip() or said["reason_code"]):
        told = T("a project is declined for a reason"), T("say it in the field reason")
        raise refused_field("/reason", *told)
    wanted = projects.Asked(cluster=said["cluster"], region=said["region"])
    why = said["reason"], member().login, said["reason_code"]
    return projects.decide_project(workspace(), wanted, said["id"], said["decision"], *why), 201


@answer("/introductions", queries.PagedQuery, page_of(shapes.Introduction), T("who asked to be introduced to whom"))
def introductions(asked: answers.Asked) -> Document:
    """Of a company those that it may see."""
    found = sorted(mediation.introductions(bare(), member().inn)["items"], key=pair_of)
    return page(found, asked["top"], pair_of, dict)


def pair_of(item: Document) -> tuple[str, str]:
    """Return the INNs of an introduction."""
    return item["supplier"]["inn"], item["buyer"]["inn"]


@deed("/introductions/<supplier>/<buyer>", shapes.NoteBody, shapes.Introduction, T("ask to be introduced"), status=201)
def ask_introduction(_asked: answers.Asked, said: Said, supplier: str, buyer: str) -> tuple[Document, int]:
    """A manager mediates; the other company is told by the manager."""
    me = member()
    return mediation.ask(bare(), supplier, buyer, said["note"], me.inn, me.login), 201


@deed(
    "/introductions/<supplier>/<buyer>/answer", shapes.AnswerBody, shapes.Introduction,
    T("say what came of a request for an introduction"),
)  # fmt: skip
def answer_introduction(_asked: answers.Asked, said: Said, supplier: str, buyer: str) -> Document:
    """Introduced, declined, or waiting again."""
    return mediation.answer(bare(), supplier, buyer, said["state"], said["note"], member().login)


@deed(
    "/introductions/<supplier>/<buyer>/withdraw", shapes.EmptyBody, shapes.Introduction,
    T("take a request for an introduction back"),
)  # fmt: skip
def withdraw_introduction(_asked: answers.Asked, _said: Said, supplier: str, buyer: str) -> Document:
    """One's own request."""
    me = member()
    return mediation.withdraw(bare(), supplier, buyer, me.inn, me.login)


@answer("/companies/<inn>/card", queries.Query, shapes.Card, T("what a card written by hand says"))
def read_card(_asked: answers.Asked, inn: str) -> Document:
    """The fields a form would show, which of them may be written, the changes made by hand."""
    return card_document(inn, None)


@deed("/companies/<inn>/card", shapes.CardBody, shapes.Card, T("write a card"), method="PATCH")
def write_card(_asked: answers.Asked, said: Said, inn: str) -> Document:
    """All fields are taken, or none and each that was refused is named."""
    key = parse_inn(inn)
    free = writable(key)
    closed = [name for name in said if said[name] and name.removesuffix("_year") not in free]
    if closed:
        told = T("this field is not yours to write"), T("fields: {names}", names=", ".join(free))
        raise RefusedFields([BadField("pointer", f"/{name}", *told) for name in closed])
    if not said["name"].strip() and key not in bare().companies([key]):
        told = T("a new company needs a name"), T("write how it is called")
        raise refused_field("/name", *told)
    done = card.write(bare(), key, said, member().login)
    if done.refused:
        raise refused_texts(done.refused, T("correct it and send the card again; nothing was changed"))
    return card_document(key, done.run)


@deed("/companies/<inn>/card/<int:run>/undo", shapes.EmptyBody, shapes.Card, T("take a change of a card back"))
def undo_card(_asked: answers.Asked, _said: Said, inn: str, run: int) -> Document:
    """A company takes back its own changes."""
    me = member()
    card.take_back(bare(), parse_inn(inn), run, me.login if me.inn else None)
    return card_document(inn, None)


def card_document(inn: str, run: int | None) -> Document:
    """Return what a card says."""
    key, here = parse_inn(inn), bare()
    values = card.present(here.companies([key]).get(key))
    changes = card.changes(here, key)
    return {"inn": key, "run": run, "values": values, "writable": list(writable(key)), "changes": changes}


@answer("/review", queries.PagedQuery, page_of(shapes.Question), T("rows that name a firm without INN"))
def questions(asked: answers.Asked) -> Document:
    """What waits for a person, and the firms each may mean."""
    found = sorted(review.review(bare())["items"], key=lambda each: int(each["item"]))
    return page(found, asked["top"], lambda each: (each["item"],), dict)


@deed("/review/<int:item>", shapes.NamingBody, shapes.Naming, T("say which firm a row means"))
def answer_question(_asked: answers.Asked, said: Said, item: int) -> Document:
    """The answer is kept, also for later files with this name and place."""
    here, inn, by = bare(), said["inn"].strip(), member().login
    if said["verdict"] == "same" and not inn:
        told = T("it is not said which firm the row means"), T("give its INN")
        raise refused_field("/inn", *told)
    match said["verdict"]:
        case "same":
            return review.confirm(here, item, inn, by)
        case "different":
            return review.reject(here, item, inn or None, by)
        case "drop":
            return review.drop(here, item, by)
        case _:
            return review.reopen(here, item, by)

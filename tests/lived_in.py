"""A register of five firms that people of every role have worked in: every page has something to show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from api.desk import DESK
from matcher.intake.run import import_file
from tests.integration.test_api_pages import AZOT
from tests.integration.test_import_pages import NAMELESS
from tests.visitors import enrolled, form_secret

SACKS, REPAIR, ARNEST = "2635000014", "2635000021", "2631006752"
LATER = (date.today() + timedelta(days=10)).isoformat()
REQUEST = {
    "name": "Мешки на год", "code-0": "22.22", "on-0": "1", "words-0": "", "price-0": "19.5", "volume-0": "1000",
    "unit-0": "шт", "papers-0": "ISO 9001", "by-0": LATER, "words-5": "ремонт насосов",
}  # fmt: skip
CALL = {"title": "Мешки и ремонт", "answer_by": LATER, "contact": "отдел закупок", "note": "с доставкой"}
OFFER = {
    "do": "answered", "price-0": "19,5", "unit-0": "шт", "volume-0": "1000", "delivery_days": "14",
    "valid_till": LATER, "comment": "образцы бесплатно",
}  # fmt: skip
ENTRY = {"kind": "vacancy", "side": "request", "title": "Оператор экструдера", "text": "две смены", "until": LATER}
#: What each login can open once they have: every page that shows what people did, and the first page of each role.
PAGES_OF: Mapping[str, tuple[str, ...]] = {
    "azot": (
        "/", "/requests", f"/requests/{AZOT}/1", f"/requests/{AZOT}/1/edit", f"/requests/{AZOT}/1/send", "/calls",
        f"/calls/{AZOT}/1", f"/calls/{AZOT}/1/{REPAIR}", f"/suppliers?inn={AZOT}&flat=1", f"/looks/{AZOT}",
        f"/compare?buyer={AZOT}&supplier={SACKS}&supplier={REPAIR}", f"/companies/{AZOT}/card",
    ),
    "factory": (
        "/", f"/offers/{SACKS}/1", "/board/1", "/board/1/edit", "/board/mine", "/introductions", f"/looks/{SACKS}",
        f"/sell/buyers?inn={SACKS}", f"/companies/{SACKS}",
    ),
    "anna": (
        "/", "/introductions", "/review", "/imports", "/imports/1", "/imports/2", "/companies?label=якорь",
        f"/companies/{AZOT}", f"/explain?supplier={SACKS}&buyer={AZOT}", "/board?source=board",
    ),
    "boss": ("/users", "/users/azot", "/audit"),
    "guest": ("/", f"/companies/{AZOT}", "/gaps", "/chain/structure"),
}  # fmt: skip


def live_in(app: Flask) -> dict[str, FlaskClient]:
    """Let people of every role do their work, and return them by login."""
    azot, factory = enrolled(app, AZOT, "anchor", "azot"), enrolled(app, SACKS, "sme", "factory")
    anna, boss = enrolled(app, AZOT, "manager", "anna"), enrolled(app, AZOT, "administrator", "boss")
    with TemporaryDirectory() as folder:
        names = Path(folder, "names.csv")
        names.write_text(NAMELESS, encoding="utf-8")
        # not as a page does it: looking first takes a number on PostgreSQL, and addresses are fixed above
        assert import_file(app.extensions[DESK].store, names).run == 2
    for who, path, said in (
        (azot, f"/requests/{AZOT}/new", REQUEST),
        (azot, f"/decisions/{SACKS}/{AZOT}", {"decision": "accept|right_product", "reason": "рядом"}),
        (azot, f"/requests/{AZOT}/1/send", {**CALL, "line-0": SACKS, "line-1": REPAIR}),
        (factory, f"/offers/{SACKS}/1", OFFER),
        (factory, "/board/new", {"inn": SACKS, **ENTRY}),
        (factory, f"/introductions/{SACKS}/{AZOT}", {"note": "мешки 50 кг"}),
        (factory, f"/introductions/{SACKS}/{ARNEST}", {"note": "пробная партия"}),
        (anna, f"/introductions/{SACKS}/{AZOT}/answer", {"state": "introduced", "note": "пишите в отдел закупок"}),
        (anna, "/companies/remarks", {"inn": AZOT, "text": "якорь", "kind": "label"}),
        (boss, "/users/azot/tokens", {"name": "robot", "scope": "read"}),
    ):
        done = who.post(path, data={"csrf": form_secret(who, "/sell"), **said})
        assert done.status_code < 400, f"{path}: {done.status_code} {done.text}"
    guest = enrolled(app, AZOT, "viewer", "guest")
    return {"azot": azot, "factory": factory, "anna": anna, "boss": boss, "guest": guest}

"""The card as a page: what surrounds a company, what people did about it, and who may see that."""

from __future__ import annotations

import re

import pytest

from tests.integration.test_api_pages import AZOT, STAVROLEN, Reader
from tests.visitors import enrolled, form_secret, let_in

SACKS = "2635000014"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def manager(app):
    return let_in(app).test_client()


def send(client, path, **data):
    return client.post(path, data={"csrf": form_secret(client, f"/companies/{AZOT}"), **data})


def history(client, inn=AZOT):
    page = client.get(f"/companies/{inn}", headers=ENGLISH).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="history"')[2]))


def test_decisions_notes_labels_introductions_and_imports_are_told(manager):
    assert "Import" in history(manager)
    send(manager, f"/decisions/{SACKS}/{AZOT}", decision="accept|", reason="видели завод")
    send(manager, f"/introductions/{SACKS}/{AZOT}", note="мешки")
    where = send(manager, "/companies/remarks", kind="note", text="звонить\nв мае", inn=AZOT,
                 next=f"/companies/{AZOT}").location  # fmt: skip
    send(manager, "/companies/remarks", kind="label", text="якорь", inn=AZOT)
    told = history(manager)
    for words in ("Decision : accepted", "видели завод", "Introduction", "мешки", "звонить в мае", "Label якорь"):
        assert words in told, words
    assert "Мешок" in told
    page = manager.get(where.partition("#")[0], headers=ENGLISH).text
    assert 'id="told"' in page
    assert "label=%D1%8F%D0%BA%D0%BE%D1%80%D1%8C" in page
    assert "видели завод" in history(manager, SACKS)
    assert "видели завод" not in history(manager, STAVROLEN)


def test_what_surrounds_it_is_a_page_of_its_own_that_the_card_brings_in(manager):
    card = Reader(manager.get(f"/companies/{AZOT}").text)
    section = next(attrs for _, attrs, _ in card.all("section") if attrs.get("id") == "partners")
    assert section["hx-get"] == f"/companies/{AZOT}/partners"
    around = manager.get(section["hx-get"], headers=ENGLISH)
    assert around.status_code == 200
    links = [attrs["href"] for _, attrs, _ in Reader(around.text).all("a")]
    assert any(link.startswith("/explain?supplier=") for link in links)
    assert f"/gaps?anchor={AZOT}" in links
    assert "Gaps it sits in" in around.text


@pytest.mark.parametrize("path", [f"/companies/{AZOT}", f"/companies/{AZOT}/partners"])
def test_an_empty_or_unknown_company_is_told(manager, path):
    assert manager.get(path.replace(AZOT, "7707083893")).status_code == 404
    assert manager.get(path.replace(AZOT, "123")).status_code == 400


def test_a_company_sees_its_own_surroundings_and_no_notes_of_managers(app, manager):
    send(manager, "/companies/remarks", kind="note", text="тайная заметка", inn=SACKS)
    factory = enrolled(app, SACKS, "sme", "factory")
    page = factory.get(f"/companies/{SACKS}").text
    assert "тайная заметка" not in page
    assert 'id="history"' not in page
    assert factory.get(f"/companies/{SACKS}/partners").status_code == 200
    assert factory.get(f"/companies/{AZOT}/partners").status_code == 403

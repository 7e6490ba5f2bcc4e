"""What browser tests need: a served site, visitors of every role, and the rules that hold on every page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import expect

from models.settings import Settings
from models.text import Lang, Text
from tests.e2e.test_pages_served import ZVENO, free_port
from tests.visitors import PASSWORD

#: Where pictures of pages are put, if anywhere: where a browser is required they are kept as what a run leaves behind.
PICTURES = os.environ.get("ZVENO_SCREENSHOTS") or (os.environ.get("ZVENO_REQUIRE_BROWSER") and "build/screens")
#: What axe-core need not tell of what it finds; without, it is done a quarter sooner.
TOLD = {"resultTypes": ["violations"], "selectors": False, "elementRef": False}
#: A desk and a telephone.
WIDTHS = {"ru": 1440, "en": 390}


@dataclass
class Site:
    """A site that is served: its address, and the link that lets in once."""

    address: str
    link: str


@contextmanager
def serving(settings: Settings) -> Iterator[Site]:
    """Serve a register with the program itself, as a process of its own."""
    port = free_port()
    command = [*ZVENO, "serve", "--db", settings.database_url, "--lang", "en", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    link = next((line.split()[-1] for line in process.stderr if "/enter/" in line), None)
    try:
        assert link, f"it does not start: {process.poll()}"
        yield Site(f"http://127.0.0.1:{port}", link)
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert "Traceback" not in told, told


@dataclass
class Person:
    """Somebody at a browser, who reads one language."""

    page: Any
    site: Site
    lang: Lang

    def say(self, msgid: str, **params: Any) -> str:
        """Return a text as this person reads it, with its first letter large."""
        text = Text(msgid, params).render(self.lang)
        return text[:1].upper() + text[1:]

    def go(self, path: str) -> None:
        """Open a page and look whether it keeps the rules of all pages."""
        self.page.goto(self.site.address + quote(path, safe="/?&=#%"))
        self.look()

    def look(self) -> None:
        """Look whether the present page keeps the rules of all pages, once it is computed."""
        computed(self.page)
        picture(self.page, self.lang)
        assert overflow(self.page) == 0, f"{self.page.url} is wider than the window"
        found = violations(self.page)
        assert not found, f"{self.page.url}: {found}"

    def press(self, msgid: str, within: Any = None) -> None:
        """Press the first button that begins with a text."""
        (within or self.page).get_by_role("button", name=re.compile(f"^{re.escape(self.say(msgid))}")).first.click()

    def follow(self, msgid: str, within: Any = None) -> None:
        """Follow the first link of a text."""
        (within or self.page).get_by_role("link", name=self.say(msgid)).first.click()

    def fill(self, msgid: str, value: str, within: Any = None) -> None:
        """Fill in the field whose label begins with a text."""
        (within or self.page).get_by_label(self.say(msgid)).first.fill(value)

    def sees(self, *texts: str) -> None:
        """Require texts on the page, once it is all there."""
        body = expect(self.page.locator("body"))
        for text in texts:
            body.to_contain_text(text, use_inner_text=True, timeout=20_000)


def person(browser: Any, site: Site, lang: Lang, login: str | None = None) -> Person:
    """Return somebody who has signed in with a login, or has come through the link of the machine."""
    context = browser.new_context(
        locale=f"{lang}-{'RU' if lang == 'ru' else 'GB'}",
        viewport={"width": WIDTHS[lang], "height": 900},
        reduced_motion="reduce",
        bypass_csp=True,  # axe is brought into the page; the site's own policy has tests of its own
    )
    page = context.new_page()
    page.set_default_timeout(60_000)  # the first words of a process wait for the model
    found = Person(page, site, lang)
    if login is None:
        page.goto(site.link)
        return found
    page.goto(site.address + "/sign-in")
    found.fill("Login", login)
    found.fill("Password", PASSWORD)
    found.press("Come in")
    return found


def opened(page: Any, address: str, **how: Any) -> None:
    """Open a page and wait until it is computed."""
    page.goto(address, **how)
    computed(page)


def computed(page: Any) -> None:
    """Wait until the present page is there; while it is computed it loads itself again."""
    page.wait_for_selector("#computing", state="detached", timeout=60_000)


def overflow(page: Any) -> int:
    """Return by how many pixels a page is wider than its window."""
    page.wait_for_load_state("load")
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def violations(page: Any) -> list[str]:
    """Return what axe-core finds wrong with a page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=TOLD).response["violations"]
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}" for each in found]


def looked_at(page: Any, address: str) -> None:
    """Look whether a page keeps the rules: in Russian, light, of every width; in English and dark on a telephone."""
    in_lang = f"{address}{'&' if '?' in address else '?'}lang="
    for lang, scheme, widths in (("ru", "light", (1440, 1920, 390)), ("en", "dark", (390,))):
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.emulate_media(color_scheme=scheme)
        opened(page, in_lang + lang)
        picture(page, lang, scheme)
        assert violations(page) == [], f"{lang}, {scheme}"
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0, f"wider than {width} pixels in {lang}"


def picture(page: Any, lang: str, scheme: str = "") -> None:
    """Keep a picture of a page where one is wanted."""
    if PICTURES:
        name = re.sub(r"\W+", "_", page.url.partition("://")[2].partition("/")[2])[:80] or "home"
        kind = "-".join(part for part in (lang, str(page.viewport_size["width"]), scheme) if part)
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}-{kind}.png", full_page=True)

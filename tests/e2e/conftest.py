"""A real browser for tests: the machine's chromium, driven by Playwright.

Where one of them is missing its tests are skipped, and with ``ZVENO_REQUIRE_BROWSER`` set they fail.
"""

from __future__ import annotations

import os
import shutil

import pytest


def missing(what: str) -> None:
    """Skip, or fail where a browser is required."""
    (pytest.fail if os.environ.get("ZVENO_REQUIRE_BROWSER") else pytest.skip)(f"no {what} to test with")


@pytest.fixture(scope="module")
def chromium():
    """The browser, closed with the pages of a file of tests: open ones go on asking and drawing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()

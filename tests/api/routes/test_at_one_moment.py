"""A button that several browsers press at one moment, or one of them twice, does once what it says."""

from __future__ import annotations

import threading
from collections import Counter
from html.parser import HTMLParser

from fastapi.testclient import TestClient

from tests.installations import Installation, install_everything
from tests.service import Service

BROWSERS = 5
# Who presses; the page; where its form is sent to; what the audit tells of it, and of what.
BUTTONS = [
    ("organiser", "/day/{session}", "/day/{session}/people/S01/here", "row added", "staff_attendance"),
    ("organiser", "/day/{session}/incidents", "/day/{session}/incidents", "row added", "incidents"),
    ("organiser", "/day/{session}/sign-off", "/day/{session}/sign-off", "row added", "sign_offs"),
    ("organiser", "/offers/places/{request}", "/offers/places/{request}", "row added", "offer_events"),
    (
        "organiser",
        "/offers/proposals/{proposal}",
        "/offers/proposals/{proposal}/withdraw",
        "pass proposal withdrawn",
        "proposal {proposal}",
    ),
    # From here on the ratings would lead to other offers than those that were released.
    ("organiser", "/washup/flags/{flag}", "/washup/flags/{flag}", "red flag decided", "flag {flag}"),
    ("assessor", "/rate/interest/{applicant}", "/rate/interest/{applicant}", "row added", "interests"),
    ("assessor", "/rate/{sheet}/flag", "/rate/{sheet}/flag", "row added", "flags"),
    ("assessor", "/rate/{sheet}/lock", "/rate/{sheet}/lock", "ratings locked", "sheet {sheet}"),
]


class FormReading(HTMLParser):
    """The form of a page that is sent to `action`, filled in: first choices, and words in each field."""

    def __init__(self, html: str, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._is_inside, self._select = action, False, ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        name = facts.get("name", "")
        if tag == "form":
            self._is_inside = facts.get("action") == self._action
        elif not self._is_inside:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in facts or not self.fields.get(self._select)):
            self.fields[self._select] = facts["value"]
        elif tag == "textarea" and name:
            self.fields[name] = "Because it was so."
        elif tag == "input" and name:
            usual = "" if facts.get("type") == "hidden" else "Because it was so."
            self.fields.setdefault(name, facts.get("value") or usual)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


def test_what_is_pressed_at_one_moment_is_done_once(database_url: str) -> None:
    made = install_everything(database_url)
    for who, page, action, act, thing in BUTTONS:
        url = made.base + action.format(**made.values)
        before = acts(made.service)
        found = pressed(made, who, made.base + page.format(**made.values), url)
        assert len(found) == BROWSERS, url
        told = acts(made.service) - before
        wanted = (act, thing.format(**made.values))
        assert {what: n for what, n in told.items() if what[0] == act} == {wanted: 1}, url
        # Whoever was not first is told so, or is led to where it has been done already.
        assert 303 in found, url
        assert set(found) <= {303, 409, 422}, url
    made.service.database.close()


def pressed(made: Installation, who: str, page: str, url: str) -> list[int]:
    """What several browsers of one account are answered that send the form of a page at one moment."""
    browser = made.browsers[who]
    shown = browser.get(page)
    assert shown.status_code == 200, page
    fields = FormReading(shown.text, url).fields
    together, found = threading.Barrier(BROWSERS), []

    def press(own: TestClient) -> None:
        together.wait()
        found.append(own.post(url, data=fields).status_code)

    threads = [threading.Thread(target=press, args=(made.service.browser(who),)) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def acts(service: Service) -> Counter[tuple[str, str]]:
    with service.database.reading() as work:
        return Counter((entry.act, entry.thing) for entry, _ in work.audit.entries(service.campaign))

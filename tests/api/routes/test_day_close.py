"""The waiting room's wall, incident notes and signing off, as their pages say it."""

from __future__ import annotations

import pytest

from tests.api.published import publish_tiny
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.api.routes.test_day import NAMES, send, tap
from tests.service import Service


@pytest.fixture
def desk(service: Service) -> str:
    publish_tiny(service)
    return f"{service.base}/day/H01"


def test_wall_shows_references_and_rooms_and_nobodys_name(service: Service, desk: str) -> None:
    answer = service.browser("centre_manager").get(f"{desk}/waiting-room?at=10:20")
    page = PageReading(answer.text)
    assert [row for row in page.rows if row][1:3] == [
        ["A001", "Large room Service users' round", "10:40 Writing room Written exercise"],
        ["A003", "Interview room 1 Interview with role play", "11:05 Large room Service users' round"],
    ]
    assert [name for name in (*NAMES, "Made-up Centre Manager") if name in answer.text] == []
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in answer.text
    assert f'data-live="{desk}/waiting-room/progress?at=10%3A20"' in answer.text


def test_wall_keeps_itself_up_to_date(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    assert "A007" in browser.get(f"{desk}/waiting-room/progress?at=09:20").text
    send(browser, desk, "A007", state="absent")
    part = browser.get(f"{desk}/waiting-room/progress?at=09:20").text
    assert ("A007" in part, "A001" in part, "<html" in part) == (False, True, False)
    assert "Nobody is waited for" not in part


def test_incident_is_noted_with_who_and_the_box_warns(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    page = read(browser, f"{desk}/incidents")
    assert "Nothing is noted of this session." in page.lines
    assert "The applicant may ask to read this." in page.text
    sent = {"at": "10:40", "applicant": "A003", "what": "The fire alarm rang.\nSix minutes were lost."}
    # Sent twice, as when the answer to it was lost on the way.
    assert [browser.post(f"{desk}/incidents", data=sent).status_code for _ in range(2)] == [303, 303]
    page = read(browser, f"{desk}/incidents")
    assert "10:40 The fire alarm rang. Six minutes were lost." in page.lines
    assert "N01, about A003, noted by Made-up Centre Manager" in page.lines
    assert "Incident notes (1)" in [text for text, _ in read(browser, desk).links]
    assert "Note the incident" not in read(service.browser("auditor"), f"{desk}/incidents").buttons


def test_incident_that_lacks_something_is_shown_again(service: Service, desk: str) -> None:
    sent = {"at": "10:40", "applicant": "A003", "what": " "}
    answer = service.browser("centre_manager").post(f"{desk}/incidents", data=sent)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert (page.fields["applicant"], [url for _, url in page.links if url == "#what"]) == (
        ["A003"],
        ["#what"],
    )


def test_sign_off_tells_what_is_open_and_then_by_whom_and_what_came_later(
    service: Service, desk: str
) -> None:
    browser = service.browser("centre_manager")
    tap(browser, desk, "A001")
    page = read(browser, f"{desk}/sign-off")
    assert "It is not known whether 4 applicants came." in page.lines
    assert "The certificates of 1 applicant were not seen." in page.lines
    assert "12 of 12 sheets of ratings are not locked yet." in page.lines
    sent = {**{name: values[0] for name, values in page.fields.items()}, "note": "All quiet."}
    assert browser.post(f"{desk}/sign-off", data=sent).status_code == 303
    assert (
        "Signed off by Made-up Centre Manager on 6 July 2015, 13:15. “All quiet.”"
        in read(browser, desk).lines
    )
    tap(browser, desk, "A003")
    said = "Signed off by Made-up Centre Manager on 6 July 2015, 13:15. 1 change was noted after that."
    assert f"{said} “All quiet.”" in read(browser, desk).lines
    assert said in " ".join(row[-1] for row in read(browser, f"{service.base}/day").rows if row)
    assert browser.post(f"{desk}/sign-off", data=sent).status_code == 409
    assert browser.post(f"{desk}/sign-off", data={**sent, "at": "never"}).status_code == 422

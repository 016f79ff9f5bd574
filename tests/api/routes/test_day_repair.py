"""The repair on the day as its pages say it: from the notice at the desk to the people who are told."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.jobs.attempt import attempt_job
from api.services.declare_interest import declare_interest
from tests.api.published import held, manager, publish_tiny
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.service import Service


@pytest.fixture
def desk(service: Service) -> str:
    publish_tiny(service)
    return f"{service.base}/day/H01"


def absent(service: Service, desk: str, person: str) -> None:
    answer = service.browser("centre_manager").post(
        f"{desk}/people/{person}", data={"row": "0", "seen": "0", "state": "absent"}
    )
    assert answer.status_code == 303


def ask(service: Service, desk: str, at: str = "09:00") -> str:
    """The proposal's address, once it is there: the form as it stands is sent."""
    browser = service.browser("centre_manager")
    page = read(browser, f"{desk}/repair?at={at}")
    answer = browser.post(f"{desk}/repair", data=page.fields)
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    waiting = read(browser, address)
    assert "Looking for the nearest timetable. It takes a few seconds." in waiting.lines
    assert attempt_job(service.database, service.settings, address.rpartition("/")[2], "worker")
    return address


def publish(browser: TestClient, address: str, version: str = "2") -> int:
    return browser.post(f"{address}/publish", data={"version": version}).status_code


def test_arrivals_page_offers_one_action_as_soon_as_somebody_is_absent(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    assert "Propose a repair" not in read(browser, f"{desk}?at=09:00").text
    absent(service, desk, "A001")
    page = read(browser, f"{desk}?at=09:00")
    assert "Obi Sedgebrook (A001) does not come, or has gone" in page.lines
    assert [url for text, url in page.links if text == "Propose a repair"] == [f"{desk}/repair?at=09:00"]
    assert "Propose a repair" not in read(service.browser("auditor"), f"{desk}?at=09:00").text


def test_form_shows_what_will_be_asked(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    page = read(service.browser("centre_manager"), f"{desk}/repair?at=09:00")
    assert page.fields["now"] == ["09:00"]
    assert (page.fields["person"], page.fields["what-1"]) == (["A001"], ["gone"])


def test_form_is_shown_again_with_what_was_typed(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    sent = {"now": "09:00", "person": "A001", "what-1": "late", "time-1": "08:00", "room": "TAU-2"}
    answer = service.browser("centre_manager").post(f"{desk}/repair", data=sent)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    words = "Who is not there: found 08:00 for A001; wanted a time after 09:00, now"
    assert (words, "#people") in page.links
    assert (page.fields["what-1"], page.fields["time-1"]) == (["late"], ["08:00"])


def test_proposal_says_who_moves_and_is_published_after_a_yes(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    address, browser = ask(service, desk), service.browser("centre_manager")
    assert "data-live-go" in browser.get(f"{address}/progress").text
    page = read(browser, address)
    assert "Nobody moves to another time; 3 people have less to do." in page.lines
    assert page.fields["version"] == ["2"]
    assert [row[0] for row in page.rows if row and "(" in row[0]] == [
        "Jamal Nettlecombe (S04)assessor",
        "Rhys Moorgate (S01)assessor",
        "Nia Wadebeck (R01)role player",
    ]
    assert publish(browser, address) == 303
    page = read(browser, address)
    assert "Who must be told of version 2?" in page.lines
    assert page.buttons.count("Note all as told") == 1
    assert browser.post(f"{address}/told", data={"person": ["S01"]}).status_code == 303
    assert [row[2] for row in read(browser, address).rows if row and "(" in row[0]].count("Yes") == 1
    assert browser.post(f"{address}/told", data={"all": "yes"}).status_code == 303
    assert "Everybody has been told." in read(browser, address).lines
    assert "Propose a repair" not in read(browser, f"{desk}?at=09:00").text
    assert "Obi Sedgebrook A001" in read(browser, f"{desk}?at=09:00").lines


def test_declined_proposal_changes_nothing(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    ask(service, desk)
    with service.database.reading() as work:
        assert [p.number for p in work.timetables.publications(service.campaign)] == [1]
    assert "Propose a repair" in read(service.browser("centre_manager"), f"{desk}?at=09:00").text


def test_proposal_that_no_longer_stands_is_not_published(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    address, browser = ask(service, desk), service.browser("centre_manager")
    with service.database.writing() as work:
        declare_interest(work, held(work, service), "S02", "A008", "A neighbour", manager(service))
    assert publish(browser, address) == 409
    assert "This proposal no longer stands" in read(browser, address).lines


def test_interest_is_told_and_repaired(service: Service, desk: str) -> None:
    with service.database.writing() as work:
        declare_interest(work, held(work, service), "R03", "A008", "A neighbour", manager(service))
    browser = service.browser("centre_manager")
    assert "would meet in Interview with role play at 11:40" in read(browser, f"{desk}?at=09:00").text
    address = ask(service, desk)
    assert publish(browser, address) == 303
    assert "would meet" not in read(browser, f"{desk}?at=09:00").text


def test_repair_is_only_found_at_its_own_session(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    reference = ask(service, desk).rpartition("/")[2]
    browser = service.browser("centre_manager")
    assert browser.get(f"{service.base}/day/H02/repair/{reference}").status_code == 404
    assert service.browser("auditor").get(f"{desk}/repair/{reference}").status_code == 404
    browser.post(f"{desk}/repair/{reference}/told", data={"all": "yes"})
    assert "It was not published." in read(browser, f"{desk}/repair/{reference}").lines


def test_repair_can_be_stopped_before_it_begins(service: Service, desk: str) -> None:
    absent(service, desk, "A001")
    browser = service.browser("centre_manager")
    page = read(browser, f"{desk}/repair?at=09:00")
    address = browser.post(f"{desk}/repair", data=page.fields).headers["location"]
    assert browser.post(f"{address}/cancel").status_code == 303
    words = "It was stopped before anything was found. The published timetable holds as it is."
    assert words in read(browser, address).lines
    publish(browser, address)
    assert "There is nothing to publish." in read(browser, address).lines

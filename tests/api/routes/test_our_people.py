"""A partner council's own people: seen and answered for by its officers, and the walls round them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.permissions import Role
from tests.api.routes.drafts_made import bring_in_draft, read
from tests.api.routes.page_reading import PageReading
from tests.api.routes.test_publishing import publish
from tests.service import Service

OTHERS = ("Owen Nettlecombe", "S02", "Jamal Nettlecombe", "S04", "A00", "Kofi Cottersby")


def save(browser: TestClient, url: str, **answers: str) -> tuple[int, PageReading]:
    """Send the form of a page as it stands, with other answers."""
    fields = PageReading(browser.get(url).text).fields
    data = {name: values[-1] for name, values in fields.items()} | {
        name.replace("_", "-"): value for name, value in answers.items()
    }
    answer = browser.post(url, data=data)
    return answer.status_code, PageReading(answer.text)


@pytest.fixture
def published(service: Service) -> Service:
    bring_in_draft(service)
    publish(service, 1, 1)
    return service


def test_before_anything_is_published_people_can_be_answered_for(service: Service) -> None:
    page = read(service.browser("officer"), f"{service.base}/our-people")
    assert page.lines[:3] == [
        "When are our people needed, and when can they come?",
        "No timetable is published yet. 0 of your 3 assessors have said when they can come.",
        "Somerset.",
    ]
    assert page.rows[1:] == [
        ["Rhys MoorgateS01", "not published yet", "2 not said"],
        ["Xanthe MarlbeckS03", "not published yet", "2 not said"],
        ["Tariq BrindlecoteS05", "not published yet", "2 not said"],
    ]


def test_officer_sees_when_each_of_their_own_is_needed(published: Service) -> None:
    browser = published.browser("officer")
    page = read(browser, f"{published.base}/our-people")
    assert page.lines[1].startswith("2 of your council’s 3 assessors are needed, for 3 half-days;")
    assert [row[1] for row in page.rows[1:]] == ["H01", "H01, H02", "no session"]
    own = read(browser, page.url("Rhys Moorgate"))
    assert own.lines[:8] == [
        "When is Rhys Moorgate needed, and when can they come?",
        "They are needed for 1 half-day, on Monday 6 July 2015.",
        own.lines[2],
        "Monday 6 July 2015, morning",
        "To arrive by 08:50. Finished at 12:25. Taunton, Interview room 1. Session H01, panel H01-P1.",
        "09:05 to 09:50 Interview with role play, Interview room 1Then write up, 09:50 to 10:05",
        "10:15 to 11:00 Interview with role play, Interview room 1Then write up, 11:00 to 11:15",
        "11:25 to 12:10 Interview with role play, Interview room 1Then write up, 12:10 to 12:25",
    ]
    assert [word for word in OTHERS if word in page.text + own.text] == []


def test_saying_when_somebody_can_come(any_service: Service) -> None:
    browser = any_service.browser("officer")
    url = f"{any_service.base}/our-people/S01"
    status, _ = save(browser, url, can_H01="yes")
    assert status == 303
    page = read(browser, f"{any_service.base}/our-people")
    assert page.lines[0] == "Done"
    assert "Saved for Rhys Moorgate: 1 session changed." in page.lines
    assert page.rows[1] == ["Rhys MoorgateS01", "not published yet", "yes to 1, 1 not said"]
    assert read(browser, url).fields["can-H01"] == ["yes"]


def test_who_is_needed_is_told_before_it_is_saved_and_the_organiser_sees_it(published: Service) -> None:
    browser = published.browser("officer")
    url = f"{published.base}/our-people/S03"
    status, page = save(browser, url, can_H02="no")
    assert (status, page.lines[:2]) == (
        200,
        ["Xanthe Marlbeck is needed then. Save it all the same?", "Nothing is saved yet."],
    )
    said = "Xanthe Marlbeck (S03) is on panel H02-P1 on Monday 6 July 2015 in the afternoon (H02)"
    assert f"{said}: the lead authority is told, the timetable does not change by itself." in page.lines
    assert page.buttons[-1] == "Save it, and let the lead authority know"
    assert read(browser, url).fields["can-H02"] == [""]
    answer = browser.post(url, data={name: values[-1] for name, values in page.fields.items()})
    assert answer.status_code == 303
    assert f"{said}." in read(browser, f"{published.base}/our-people").lines
    home = read(published.browser("organiser"), published.base)
    assert (
        "Xanthe Marlbeck (S03) of Somerset is on panel H02-P1 on Monday 6 July 2015 in the afternoon (H02) "
        "by version 1, but cannot come then. Put somebody else there, or ask." in home.lines
    )
    assert "Version 1" in read(published.browser("organiser"), f"{published.base}/publish").text


def test_second_of_two_officers_is_shown_what_the_first_has_said(any_service: Service) -> None:
    second = any_service.account("second@stepup.example", "Sam Second")
    any_service.give(second, Role.OFFICER, "SOM")
    one, other = any_service.browser("officer"), any_service.browser(second)
    url = f"{any_service.base}/our-people/S01"
    seen = {name: values[-1] for name, values in read(other, url).fields.items()}
    assert save(one, url, can_H01="no")[0] == 303
    answer = other.post(url, data=seen | {"can-H01": "yes"})
    page = PageReading(answer.text)
    assert (answer.status_code, page.fields["can-H01"], page.fields["was-H01"]) == (409, ["yes"], ["no"])
    assert "Somebody else has now said: no." in page.text
    # Looked at again, theirs can be saved.
    again = {name: values[-1] for name, values in page.fields.items()}
    assert other.post(url, data=again).status_code == 303


def test_somebody_whom_the_organiser_has_fixed_stays_available(service: Service) -> None:
    officer = service.account("ban@stepup.example", "Bea Officer")
    service.give(officer, Role.OFFICER, "BAN")
    status, page = save(service.browser(officer), f"{service.base}/our-people/S02", can_H01="no")
    assert status == 422
    assert "The organiser has fixed them for H01. Ask the lead authority to release them first." in page.text
    assert page.fields["can-H01"] == ["no"]


@pytest.mark.parametrize("person", ["S02", "S04", "A001", "T01", "G1", "nobody", "S01 ", "s01"])
def test_nobody_else_s_people_are_found_or_answered_for(published: Service, person: str) -> None:
    browser = published.browser("officer")
    url = f"{published.base}/our-people/{person}"
    answers = {"can-H01": "no", "was-H01": "", "accepted": "yes"}
    assert (browser.get(url).status_code, browser.post(url, data=answers).status_code) == (404, 404)
    with published.database.reading() as work:
        record = work.campaigns.by_id(published.campaign)
        assert record is not None
        assert record.change == 1


def test_while_the_tables_have_faults_nothing_is_changed(service: Service) -> None:
    organiser = service.browser("organiser")
    url = PageReading(organiser.get(f"{service.base}/tables/councils").text).url("NSO")
    fields = PageReading(organiser.get(url).text).fields
    organiser.post(url, data=fields | {"cell-council": ["NEW"]})
    browser = service.browser("officer")
    page = read(browser, f"{service.base}/our-people")
    assert "The organiser is putting the campaign’s tables right." in page.text
    assert browser.get(f"{service.base}/our-people/S01").status_code == 404

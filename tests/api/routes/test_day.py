"""The arrivals desk: what it says, one tap, the form about one person, two at one desk, who sees what."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.permissions import Role
from tests.api.published import publish_tiny
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.service import Service

NAMES = ("Obi Sedgebrook", "Kasia Dinglewood", "Harriet Harkmoor", "Kofi Cottersby", "Bronwen Stonelake")


@pytest.fixture
def desk(service: Service) -> str:
    publish_tiny(service)
    return f"{service.base}/day/H01"


def send(browser: TestClient, desk: str, person: str, **sent: str) -> int:
    """The form about one person as it stands, with these fields filled in."""
    page = read(browser, f"{desk}/people/{person}?at=09:00")
    kept = {name: values[0] for name, values in page.fields.items() if values}
    return browser.post(f"{desk}/people/{person}", data={**kept, **sent}).status_code


def tap(browser: TestClient, desk: str, person: str, row: str = "0", seen: str = "0") -> PageReading:
    answer = browser.post(f"{desk}/people/{person}/here", data={"row": row, "seen": seen, "at": "09:00"})
    return (
        PageReading(browser.get(answer.headers["location"]).text)
        if answer.is_redirect
        else PageReading(answer.text)
    )


def test_nothing_published_says_what_to_do_first(service: Service) -> None:
    page = read(service.browser("centre_manager"), f"{service.base}/day")
    assert "A timetable must be published first." in page.lines
    assert ("Publish a timetable", f"{service.base}/publish") in page.links


def test_sessions_count_those_expected_and_here(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    tap(browser, desk, "A001")
    send(browser, desk, "A003", state="late", late_at="10:30")
    send(browser, desk, "A004", state="absent")
    page = read(browser, f"{service.base}/day")
    assert "No session is held today. Choose one to see who is here." in page.lines
    assert [row[1:] for row in page.rows if row and row[0].startswith("H0")] == [
        ["5", "1", "1", "1", "2", "Not yet"],
        ["3", "0", "0", "0", "3", "Not yet"],
    ]


def test_page_says_who_is_here_with_names_for_the_centre_manager(service: Service, desk: str) -> None:
    page = read(service.browser("centre_manager"), f"{desk}?at=08:50")
    assert "0 of 5 applicants are here and 5 have still to come." in page.lines
    assert "Kofi Cottersby A007" in page.lines
    assert "09:05 Interview with role play, Interview room 1" in page.lines
    assert "“Here” notes 08:50. Tapped the wrong person? Choose “Change” and put it right" in page.text
    assert page.buttons.count("Here: Kofi Cottersby") == 1


def test_auditor_sees_references_and_no_buttons(service: Service, desk: str) -> None:
    answer = service.browser("auditor").get(desk)
    assert answer.status_code == 200
    assert [name for name in NAMES if name in answer.text] == []
    assert [button for button in PageReading(answer.text).buttons if "Here" in button] == []
    assert [
        name for name in NAMES if name in service.browser("auditor").get(f"{desk}?download=csv").text
    ] == []


def test_tap_notes_the_time_and_offers_to_put_it_right(service: Service, desk: str) -> None:
    page = tap(service.browser("centre_manager"), desk, "A001")
    assert "A001 is here, since 09:00." in page.lines
    assert "1 of 5 applicants is here and 4 have still to come." in page.lines
    assert "Here since 09:00" in " ".join(page.lines)
    assert ("Change about Obi Sedgebrook", f"{desk}/people/A001?at=09:00") in page.links


def test_second_at_the_desk_is_told_and_nothing_is_lost(service: Service, desk: str) -> None:
    tap(service.browser("organiser"), desk, "A001")
    answer = service.browser("centre_manager").post(
        f"{desk}/people/A001/here", data={"row": "0", "seen": "0", "at": "09:10"}
    )
    assert answer.status_code == 409
    said = PageReading(answer.text).text
    assert "Made-up Organiser noted something of A001 after this page was shown to you." in said
    assert "status attended, arrived 09:00" in said


def test_form_keeps_what_was_typed_when_somebody_was_quicker(service: Service, desk: str) -> None:
    tap(service.browser("organiser"), desk, "A001")
    answer = service.browser("centre_manager").post(
        f"{desk}/people/A001", data={"row": "0", "seen": "0", "state": "late", "late_at": "10:15"}
    )
    page = PageReading(answer.text)
    assert (answer.status_code, page.fields["state"], page.fields["late_at"]) == (409, ["late"], ["10:15"])
    kept = {name: values[0] for name, values in page.fields.items() if values}
    again = service.browser("centre_manager").post(f"{desk}/people/A001", data=kept)
    assert again.status_code == 303
    assert "expected at 10:15" in read(service.browser("organiser"), desk).text


def test_identity_and_certificates_are_noted_and_shown(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    sent = {"state": "here", "here_at": "08:55", "id_seen": "yes"}
    assert send(browser, desk, "A003", **sent, certificates="later", certificates_by="20 7 2015") == 303
    lines = read(browser, desk).text
    assert "Identity seen" in lines
    assert "Certificates to follow by 20 July 2015" in lines
    assert read(browser, f"{desk}/people/A003").fields["certificates_by"] == ["20 7 2015"]


def test_form_says_beside_the_field_what_is_lacking(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    answer = browser.post(
        f"{desk}/people/A003",
        data={"row": "0", "seen": "0", "state": "late", "late_at": "", "id_seen": "yes"},
    )
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert ("Enter when they are expected, e.g. 09:40", "#late_at") in page.links
    assert page.fields["id_seen"] == ["yes"]
    answer = browser.post(f"{desk}/people/A003", data={"row": "0", "seen": "0"})
    assert ("Choose how they stand", "#state") in PageReading(answer.text).links


def test_search_and_states_narrow_the_list_and_all_can_be_downloaded(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    tap(browser, desk, "A001")
    page = read(browser, f"{desk}?search=kofi")
    assert [line for line in page.lines if line.endswith(("A001", "A003", "A007"))] == ["Kofi Cottersby A007"]
    page = read(browser, f"{desk}?show=here")
    assert [line for line in page.lines if line.endswith(("A001", "A003", "A007"))] == ["Obi Sedgebrook A001"]
    assert "Obi Sedgebrook,applicant,09:55,here,09:00" in browser.get(f"{desk}?download=csv").text


def test_somebody_late_without_a_sign_is_marked(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    send(browser, desk, "A001", state="late", late_at="09:20")
    page = read(browser, f"{desk}?at=09:30")
    assert "Interview with role play began at 09:05 without them" in page.lines
    assert "That time has passed, and they are not noted as here" in page.lines


def test_what_is_not_there_is_not_found(service: Service, desk: str) -> None:
    browser = service.browser("centre_manager")
    for path in ("H99", "H01/people/A002", "H01/people/NOBODY", "H01/repair/nosuchjob"):
        assert browser.get(f"{service.base}/day/{path}").status_code == 404
    assert browser.post(f"{desk}/people/NOBODY/here", data={}).status_code == 404


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.OFFICER])
def test_desk_is_not_there_for_assessors_and_partners(service: Service, desk: str, role: Role) -> None:
    browser = service.browser(role.value)
    pages = ("", "/people/A001", "/waiting-room", "/incidents", "/sign-off", "/repair")
    assert {browser.get(f"{desk}{page}").status_code for page in pages} == {404}
    assert browser.post(f"{desk}/people/A001/here", data={"row": "0", "seen": "0"}).status_code == 404

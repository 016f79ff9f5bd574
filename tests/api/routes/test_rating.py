"""Rating without scripts: the list, a sheet and its form, scripts; nobody sees what is not theirs."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.permissions import Role
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.rating_made import (
    another,
    entry,
    fill,
    lock,
    made_sheet_of,
    note_attendance,
    publish_draft,
    send,
)
from tests.service import Service


@pytest.fixture
def published(service: Service) -> Service:
    publish_draft(service)
    return service


def form_of(page: PageReading, **changed: str) -> dict[str, str]:
    """The fields that the sheet's form would send, some of them changed."""
    sent = {name: values[0] for name, values in page.fields.items() if values}
    return {**sent, **{name.replace("_", "-"): value for name, value in changed.items()}}


def open_by_page(browser: TestClient, service: Service, **key: str) -> str:
    answer = browser.post(f"{service.base}/rate/open", data=key)
    assert answer.status_code == 303
    return str(answer.headers["location"])


A007 = {"applicant": "A007", "exercise": "interview", "rater": "S01"}


def test_before_anything_is_published_the_page_says_so(service: Service) -> None:
    assert "Nothing is published yet." in read(service.browser("assessor"), f"{service.base}/rate").lines


def test_list_says_what_is_to_be_rated_and_how_far_it_is(published: Service) -> None:
    browser = published.browser("assessor")
    page = read(browser, f"{published.base}/rate")
    assert page.lines[:8] == [
        "Whom do I have to rate?",
        "0 of 3 sheets locked.",
        "Not everything could be kept",
        "What you typed is shown here so that you can copy it.",
        "I have seen this",
        "Rate A007, Interview with role play",
        "Monday 6 July 2015, morning",
        "Taunton, session H01",
    ]
    sheet, other = made_sheet_of(published), made_sheet_of(published, applicant="A003")
    fill(browser, published, sheet)
    send(browser, published, entry(50, other.id, "values", 3))
    lock(browser, published, sheet)
    page = read(browser, f"{published.base}/rate")
    assert "1 of 3 sheets locked." in page.lines
    assert [line for line in page.lines if line.endswith(")")] == ["To rate now (2)", "Locked (1)"]
    assert [line for line in page.lines if line in ("2 of 5", "1 of 5", "Not begun", "Locked")] == [
        "1 of 5",
        "Not begun",
        "Locked",
    ]
    assert "Go on with A003, Interview with role play" in page.text
    note_attendance(published, "A001", "did_not_attend")
    page = read(browser, f"{published.base}/rate")
    assert "1 of 2 sheets locked." in page.lines
    assert "Did not come." in page.text


def test_sheet_shows_anchors_and_saves_by_its_form(published: Service) -> None:
    browser = published.browser("assessor")
    url = open_by_page(browser, published, **A007)
    page = read(browser, url)
    assert page.lines[0] == "What do I think of A007?"
    assert page.lines[1] == (
        "Interview with role play. Monday 6 July 2015, morning, 09:05 to 10:05, Interview room 1."
    )
    assert "The applicant may ask to read these notes. Write what you saw and heard." in page.lines
    assert "4 Notices an unfairness unprompted and says what they would do about it." in page.text
    answer = browser.post(url, data=form_of(page, rating_1="4", evidence_1="Spoke up.\r\nTwice."))
    assert (answer.status_code, answer.headers["location"]) == (303, url)
    after = read(browser, url)
    assert (after.fields["rating-1"], after.fields["rating-2"]) == (["4"], [""])
    assert "Spoke up.\nTwice." in browser.get(url).text
    assert re.search(r"1 of 5 rated, 1 with evidence", after.text)
    assert re.search(r"Saved \d\d:\d\d", after.text)


def test_form_sent_twice_or_again_much_later_lands_once(published: Service) -> None:
    browser = published.browser("assessor")
    url = open_by_page(browser, published, **A007)
    first = form_of(read(browser, url), rating_1="4")
    browser.post(url, data=first)
    browser.post(url, data=first)
    browser.post(url, data=form_of(read(browser, url), rating_1="2", rating_2="5"))
    browser.post(url, data=first)
    with published.database.reading() as work:
        entries = work.ratings.entries(url.rsplit("/", 1)[1])
        assert [(e.criterion, e.rating) for e in entries] == [
            ("values", 4),
            ("values", 2),
            ("communication", 5),
        ]
    assert read(browser, url).fields["rating-1"] == ["2"]


def test_faulty_form_keeps_what_was_typed(published: Service) -> None:
    browser = published.browser("assessor")
    url = open_by_page(browser, published, **A007)
    typed = form_of(read(browser, url), rating_1="9", evidence_1="Kept <here>.", rating_2="x", rating_3="3")
    answer = browser.post(url, data=typed)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert page.lines[:3] == [
        "There is a problem",
        "Values, ethics and anti-discriminatory practice: a rating is from 1 to 5",
        "Communication and relationship building: this is none of the numbers of the scale",
    ]
    assert "Kept &lt;here&gt;." in answer.text
    assert browser.post(url, data={**typed, "device": "no"}).status_code == 422
    with published.database.reading() as work:
        assert [e.criterion for e in work.ratings.entries(url.rsplit("/", 1)[1])] == ["analysis"]


def test_nobody_reaches_anothers_sheet(published: Service) -> None:
    another(published, "S02")
    sheet = made_sheet_of(published)
    fill(published.browser("assessor"), published, sheet, 5)
    url = f"{published.base}/rate/{sheet.id}"
    others = [published.browser(who) for who in ("S02", "organiser", "centre_manager", "officer", "auditor")]
    for browser in others:
        assert {browser.get(f"{url}{part}").status_code for part in ("", "/lock", "/flag")} == {404}
        assert {
            browser.post(f"{url}{part}", data={}).status_code for part in ("", "/lock", "/flag", "/back")
        } == {404}
    second = published.browser("S02")
    assert second.post(f"{published.base}/rate/open", data=A007).status_code == 404
    assert second.get(f"{published.base}/rate/interest/A007").status_code == 404
    told = send(second, published, entry(1, sheet.id, "values", 1), device="d" * 32)
    assert told == {"kept": [], "refused": [{"number": 1, "why": "this is not your sheet"}]}


def test_nothing_of_others_shows_before_both_have_locked(published: Service) -> None:
    another(published, "S04")
    mine, theirs = made_sheet_of(published), made_sheet_of(published, "S04")
    first, second = published.browser("assessor"), published.browser("S04")
    fill(first, published, mine, 2)
    fill(second, published, theirs, 5, device="e" * 32)
    lock(second, published, theirs)
    url = f"{published.base}/rate/{mine.id}"
    for path in (f"{published.base}/rate", f"{published.base}/my-day", url, f"{url}/lock"):
        assert "S04" not in first.get(path).text
    lock(first, published, mine)
    page = read(first, url)
    assert "Beside your ratings are those of S04, who locked theirs too." in page.lines
    assert "Saw values of A007, noted by S04." in page.lines
    assert "What did I think of A007?" in page.lines


def test_sheet_shows_no_choices_arrangements_or_names_of_applicants(published: Service) -> None:
    another(published, "S02")
    browser = published.browser("S02")
    url = open_by_page(browser, published, applicant="A004", exercise="interview", rater="S02")
    for path in (url, f"{published.base}/rate", f"{published.base}/my-day"):
        text = browser.get(path).text
        assert not any(words in text for words in ("Harkmoor", "Harriet", "xtra time", "quiet", "BAN"))


def test_script_is_taken_once_and_given_back(published: Service) -> None:
    browser = published.browser("assessor")
    page = read(browser, f"{published.base}/rate")
    assert "Written exercise: 7 pieces of work you may take." in page.lines
    key = {"applicant": "A004", "exercise": "written"}
    first = browser.post(f"{published.base}/rate/scripts", data=key)
    again = browser.post(f"{published.base}/rate/scripts", data=key)
    assert first.headers["location"] == again.headers["location"]
    assert "Give this script back" in read(browser, first.headers["location"]).buttons
    back = browser.post(f"{first.headers['location']}/back")
    assert back.headers["location"] == f"{published.base}/rate#scripts"
    assert browser.get(first.headers["location"]).status_code == 404
    for person in ("S02", "S03"):
        other = published.browser(another(published, person))
        assert other.post(f"{published.base}/rate/scripts", data=key).status_code == 303
    late = browser.post(f"{published.base}/rate/scripts", data=key)
    assert late.headers["location"] == f"{published.base}/rate#scripts"


def test_supporter_of_a_group_rates_for_each_member(published: Service) -> None:
    organiser = published.browser("organiser")
    invited = {"name": "Una Supporter", "email": "una@stepup.example", "role": "assessor", "person": "G1"}
    assert "Una Supporter is assessor" in organiser.post(f"{published.base}/people/invite", data=invited).text
    with published.database.reading() as work:
        account = work.accounts.by_email("una@stepup.example")
        assert account is not None
        membership = work.memberships.of(account.id, published.campaign)
        assert membership is not None
        assert (membership.role, membership.council, membership.person) == (Role.ASSESSOR, "SOM", "G1")
    browser = published.browser(account)
    days = read(browser, f"{published.base}/my-day")
    assert "You are needed for 2 half-days, on Monday 6 July 2015." in days.lines
    assert "Rate A001 as U1A" in days.buttons
    page = read(browser, f"{published.base}/rate")
    assert "A001, Service users' round, as U1A" in page.buttons
    url = open_by_page(browser, published, applicant="A001", exercise="service_users", rater="U1A")
    assert "Service users' round, as U1A." in read(browser, url).text


def test_entries_of_another_account_are_kept_back(published: Service) -> None:
    sheet = made_sheet_of(published)
    body = {"device": "a" * 32, "account": "somebody", "entries": [entry(1, sheet.id, "values", 3)]}
    browser = published.browser("assessor")
    assert browser.post(f"{published.base}/rate/entries", json=body).status_code == 409
    body["account"] = published.accounts["assessor"].id
    assert browser.post(f"{published.base}/rate/entries", json=body).json()["kept"][0]["number"] == 1
    assert published.browser(None).post(f"{published.base}/rate/entries", json=body).status_code == 303
    assert published.browser("organiser").post(f"{published.base}/rate/entries", json=body).status_code == 404
    body["entries"] = [{"number": "one"}]
    assert browser.post(f"{published.base}/rate/entries", json=body).status_code == 422

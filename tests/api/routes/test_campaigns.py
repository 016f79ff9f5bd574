"""A campaign's home through the browser: for whoever sees its tables, and for whoever sees only their own."""

from __future__ import annotations

from api.permissions import Role
from tests.api.routes.page_reading import PageReading
from tests.service import Service


def home(service: Service, who: str, campaign: str = "") -> PageReading:
    answer = service.browser(who).get(f"/campaigns/{campaign or service.campaign}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def test_home_says_what_is_done_and_the_one_next_thing(any_service: Service) -> None:
    page = home(any_service, "organiser")
    base = any_service.base
    assert page.lines[:2] == [
        "What is done, what is next, what is wrong?",
        "2 of 8 steps are done. The last session was on Monday 6 July 2015.",
    ]
    assert page.url("Make the timetable") == f"{base}/solve"
    assert [(words, url) for words, url in page.links if "/tables" in url][:5] == [
        ("8 applicants", f"{base}/tables/applicants"),
        ("5 assessors", f"{base}/tables/assessors"),
        ("2 sessions", f"{base}/tables/sessions"),
        ("4 places", f"{base}/tables/councils"),
        ("0 faults", f"{base}/tables"),
    ]
    assert "Nothing that checking and counting can find." in page.lines


def test_home_of_an_empty_campaign_begins_with_bringing_in(service: Service) -> None:
    campaign = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=campaign)
    page = home(service, "organiser", campaign)
    assert page.lines[1] == "0 of 8 steps are done."
    assert page.links[0] == ("Bring in the tables", f"/campaigns/{campaign}/bring-in")


def test_home_leads_to_each_fault(service: Service) -> None:
    browser = service.browser("organiser")
    url = PageReading(browser.get(f"{service.base}/tables/councils").text).url("NSO")
    fields = PageReading(browser.get(url).text).fields
    browser.post(url, data=fields | {"cell-council": ["NEW"]})
    page = home(service, "organiser")
    faults = len([1 for words, _ in page.links if words.startswith(("applicants A", "assessors "))])
    assert page.links[0][0].startswith("Mend ")
    where = page.url("applicants A001, choice 2")
    assert (faults > 0, where.endswith("#cell-choice_2"), browser.get(where).status_code) == (True, True, 200)


def test_whoever_only_reads_is_told_the_next_step_without_a_button(service: Service) -> None:
    page = home(service, "centre_manager")
    assert page.lines[1].startswith("2 of 8 steps are done. The organiser’s next step: make the timetable.")
    assert page.url("1. Bring in the tables") == f"{service.base}/tables"


def test_assessors_and_officers_are_shown_the_way_to_their_own(service: Service) -> None:
    assessor, officer = home(service, "assessor"), home(service, "officer")
    assert (assessor.lines, assessor.links) == (
        [
            "What can you do here?",
            "See where you are wanted, and when, once it is published.",
            "See my day",
        ],
        [("See my day", f"{service.base}/my-day")],
    )
    assert (officer.lines[1], officer.links) == (
        "See where your council’s people are wanted, once it is published.",
        [("See our people", f"{service.base}/our-people")],
    )

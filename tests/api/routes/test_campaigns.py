"""A campaign's home through the browser: for whoever sees its tables, and for whoever sees only their own."""

from __future__ import annotations

from api.permissions import Role
from tests.api.released import rate_everybody, release
from tests.api.routes.drafts_made import bring_in_draft
from tests.api.routes.page_reading import PageReading
from tests.api.routes.test_publishing import publish
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


def test_assessors_and_officers_are_told_first_what_they_need_most(service: Service) -> None:
    assessor, officer = home(service, "assessor"), home(service, "officer")
    assert (assessor.lines, assessor.links) == (
        [
            "What is there for you?",
            "Nothing is published yet.",
            "When you are needed, and where, will be here once it is.",
            "See my day",
        ],
        [("See my day", f"{service.base}/my-day")],
    )
    assert (officer.lines[1], officer.links) == (
        "No timetable is published yet. 0 of your 3 assessors have said when they can come.",
        [
            ("Say when our people can come", f"{service.base}/our-people"),
            ("Our trainees", f"{service.base}/our-trainees"),
        ],
    )


def test_home_of_an_assessor_says_what_they_still_have_to_rate(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    page = home(service, "assessor")
    assert page.lines[1:3] == [
        "You have 3 sheets to rate and lock.",
        "Your last half-day was on Monday 6 July 2015.",
    ]
    assert page.url("Rate") == f"{service.base}/rate"


def test_home_after_the_release_leads_to_every_page_of_it(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    rate_everybody(service)
    release(service)
    page = home(service, "organiser")
    base = service.base
    assert page.lines[1] == "5 of 8 steps are done. The last session was on Monday 6 July 2015."
    assert [page.url(words) for words in ("6. Run the day", "8. Results, offers and letters")] == [
        f"{base}/day",
        f"{base}/offers",
    ]
    assert "4 of 4 offers not answered yet; 0 of 3 councils confirmed." in page.lines
    assert home(service, "centre_manager").lines.count("For the organiser.") == 1

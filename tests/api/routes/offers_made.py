"""Campaigns with ratings for tests of the offers: two organisers, and the forms of their pages filled in."""

from __future__ import annotations

from httpx2 import Response as Answer

from api.clock import utc_now
from api.permissions import Role
from api.samples import sample_tables
from api.services.change_tables import IMPORT, put_tables
from api.services.doing import Doing
from api.services.make_up_installation import AFTERWARDS
from tests.api.routes.drafts_made import read
from tests.api.routes.page_reading import PageReading
from tests.service import Service

RELEASED = "2015-08-03 09:00"


def rated(service: Service, sample: str = "tiny") -> Service:
    """Everybody is rated, and there is a second organiser, whose account is `second`."""
    if sample != "tiny":
        service.campaign = service.new_campaign(sample_tables(sample), "Another size")
        service.give(service.accounts["organiser"], Role.ORGANISER)
        service.give(service.accounts["auditor"], Role.AUDITOR)
    else:
        later = {name: table for name, table in sample_tables(sample).items() if name in AFTERWARDS}
        with service.database.writing() as work:
            record = work.campaigns.held(service.campaign)
            assert record is not None
            put_tables(work, record, later, IMPORT, "After the day", Doing("program", utc_now()))
    service.accounts["second"] = service.account("second@stepup.example", "Second Organiser")
    service.give(service.accounts["second"], Role.ORGANISER)
    return service


def proposed(service: Service, kind: str = "release", at: str = RELEASED) -> str:
    """The organiser proposes; returns the address of the proposal."""
    browser, url = service.browser("organiser"), f"{service.base}/offers/{kind}"
    seen = read(browser, f"{url}?at={at.replace(' ', '+')}").fields["seen"][0]
    answer = browser.post(url, data={"at": at, "seen": seen})
    assert answer.status_code == 303, PageReading(answer.text).lines[:8]
    return answer.headers["location"]


def agreed(service: Service, proposal: str, who: str = "second", at: str = "") -> Answer:
    """Somebody agrees with what the page holds, at another time where one is given."""
    browser = service.browser(who)
    page = read(browser, f"{proposal}?at={at.replace(' ', '+')}" if at else proposal)
    seen = page.fields.get("seen", [""])[0]
    return browser.post(f"{proposal}/agree", data={"at": at or page.fields["at"][-1], "seen": seen})


def released(service: Service, sample: str = "tiny") -> Service:
    """Offers of a rated campaign, released by both."""
    done = agreed(rated(service, sample), proposed(service))
    assert done.status_code == 303, PageReading(done.text).lines[:8]
    return service


def passed(service: Service, at: str) -> None:
    done = agreed(service, proposed(service, "pass", at), at=at)
    assert done.status_code == 303, PageReading(done.text).lines[:8]


def answered(service: Service, applicant: str, response: str, at: str) -> Answer:
    url = f"{service.base}/offers/people/{applicant}/response"
    return service.browser("organiser").post(url, data={"response": response, "at": at})


def refusals(answer: Answer) -> list[str]:
    """The status, and the errors that the page lists at its top."""
    links = PageReading(answer.text).links
    return [str(answer.status_code), *(text for text, url in links if url.startswith("#"))]

"""What assessors see of a published timetable, and the walls round it; councils' people are next door."""

from __future__ import annotations

from api.permissions import Role
from tests.api.routes.drafts_made import INTERVIEW, bring_in_draft, read
from tests.api.routes.test_publishing import publish
from tests.service import Service


def test_before_anything_is_published_the_page_says_so(service: Service) -> None:
    bring_in_draft(service)
    assert "Nothing is published yet." in read(service.browser("assessor"), f"{service.base}/my-day").lines


def test_assessor_sees_their_own_days_and_no_more(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    page = read(service.browser("assessor"), f"{service.base}/my-day")
    assert "You are needed for 1 half-day, on Monday 6 July 2015." in page.lines
    assert "Monday 6 July 2015, morning" in page.lines
    text = page.text
    assert all(reference in text for reference in ("A007", "A003", "A001"))
    assert not any(reference in text for reference in ("A004", "A006", "A002", "S02", "H02"))
    assert "extra time" not in text
    assert "choice" not in text


def test_days_are_those_of_the_published_version_not_of_a_draft(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    publish(service, 1, 1)
    before = read(service.browser("assessor"), f"{service.base}/my-day").lines
    fields = {"act": "assessor", "session": "H01", "panel": "H01-P1", "old": "S01", "new": "S05"}
    answer = browser.post(f"{base}/1/change", data={**INTERVIEW, **fields})
    assert answer.status_code == 303
    assert read(service.browser("assessor"), f"{service.base}/my-day").lines[1:] == before[1:]


def test_officer_sees_only_their_own_councils_people(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    officer = service.account("ban@stepup.example", "Bea Officer")
    service.give(officer, Role.OFFICER, "BAN")
    page = read(service.browser(officer), f"{service.base}/our-people")
    assert (
        "1 of your council’s 1 assessor is needed, for 1 half-day; 1 half-day they offered stays free."
        in page.lines
    )
    assert page.rows[1:] == [["Owen NettlecombeS02", "H01", "2 not said"]]
    assert not any(reference in page.text for reference in ("S01", "S03", "S04", "A00"))


def test_assessors_and_officers_get_nothing_else(service: Service) -> None:
    base = bring_in_draft(service)
    publish(service, 1, 1)
    paths = [
        f"{base}{path}"
        for path in (
            "",
            "/1",
            "/1/session?of=H01",
            "/1/find?who=a",
            "/1/person?who=A001",
            "/1/files.zip",
            "/compare",
        )
    ]
    paths += [f"{service.base}/publish{path}" for path in ("", "/1", "/draft/1", "/1?download=csv")]
    for role, other in (("assessor", "our-people"), ("officer", "my-day")):
        browser = service.browser(role)
        assert {browser.get(path).status_code for path in [*paths, f"{service.base}/{other}"]} == {404}

"""Red flags: raised, decided by somebody else, and seen by organiser and auditor alone."""

from __future__ import annotations

from tests.api.routes.drafts_made import read
from tests.api.routes.washup_made import send_form
from tests.rating_made import publish_draft
from tests.service import Service

SAID = {"at": "2015-07-06 10:00", "concern": "Said so", "evidence": "Heard it in the corridor"}


def test_flag_is_raised_listed_and_decided(any_service: Service) -> None:
    service, url = any_service, f"{any_service.base}/washup/flags"
    publish_draft(service)
    browser = service.browser("organiser")
    assert "No red flag was raised." in read(browser, url).lines
    assert read(browser, f"{url}/new").fields["at"] == ["6 July 2015, 17:30"]
    status, where, _ = send_form(browser, f"{url}/new", applicant="a007", raised_by="S01", **SAID)
    assert (status, where) == (303, f"{url}/F01")
    assert "1 of 1 red flag has still to be decided." in read(browser, url).lines
    page = read(browser, where)
    assert "Rhys Moorgate, 6 July 2015, 10:00" in page.lines
    seen, at = page.fields["seen"][0], page.fields["decided_at"][0]
    status, _, again = send_form(
        browser, where, seen=seen, decided_at="soon", decision="no_concern", reason="x"
    )
    assert status == 422
    assert any(line.startswith("When: found") for line in again.lines)
    status, *_ = send_form(
        browser, where, seen=seen, decided_at=at, decision="no_concern", reason="Misheard."
    )
    assert status == 303
    decided = "Decided: no concern, by Made-up Organiser, 6 July 2015, 17:30."
    assert decided in read(browser, where).lines
    assert read(browser, url).rows[1:] == [
        ["F01", "A007", "Said so", "Rhys Moorgate, 6 July 2015, 10:00", "Decided: no concern"]
    ]


def test_whoever_raised_it_cannot_decide_it(service: Service) -> None:
    publish_draft(service)
    browser, url = service.browser("organiser"), f"{service.base}/washup/flags"
    _, where, _ = send_form(browser, f"{url}/new", applicant="A007", **SAID)
    page = read(browser, where)
    assert "You raised it, so somebody else has to decide it." in page.lines
    assert page.buttons == []
    status, _, again = send_form(
        browser, where, seen="2", decided_at="2015-07-06 17:30", decision="no_concern", reason="Misheard."
    )
    assert status in (409, 422)
    assert "Not decided yet." in again.lines


def test_form_that_lacks_something_keeps_what_was_typed(service: Service) -> None:
    publish_draft(service)
    browser, url = service.browser("organiser"), f"{service.base}/washup/flags/new"
    status, _, page = send_form(browser, url, applicant="A999", **SAID)
    assert (status, page.fields["applicant"]) == (422, ["A999"])
    status, _, page = send_form(
        browser, url, applicant="A007", at="2015-07-06 10:00", concern="", evidence=""
    )
    assert status == 422
    assert "Concern: found nothing; wanted what the concern is, in a sentence" in page.lines


def test_auditor_reads_and_nobody_else_finds_them(service: Service) -> None:
    publish_draft(service)
    url = f"{service.base}/washup/flags"
    send_form(service.browser("organiser"), f"{url}/new", applicant="A007", **SAID)
    auditor = service.browser("auditor")
    assert read(auditor, f"{url}/F01").buttons == []
    assert auditor.get(f"{url}/new").status_code == 404
    assert auditor.post(f"{url}/F01", data={"decision": "no_concern", "reason": "x"}).status_code == 404
    for role in ("assessor", "officer", "centre_manager"):
        browser = service.browser(role)
        assert {browser.get(u).status_code for u in (url, f"{url}/F01", f"{url}/new")} == {404}
    assert service.browser("organiser").get(f"{url}/F99").status_code == 404

"""Publishing: what it means is said first, versions never change, the right people are listed and told."""

from __future__ import annotations

import csv

from tests.api.routes.drafts_made import (
    INTERVIEW,
    asked_of,
    bring_in_draft,
    forget_applicant,
    read,
)
from tests.api.routes.page_reading import PageReading
from tests.service import Service

MOVE = {"act": "sitting", **INTERVIEW, "start": "13:50", "room": "TAU-3"}


def publish(service: Service, draft: int, version: int, change: int = 1, **more: str) -> int:
    answer = service.browser("organiser").post(
        f"{service.base}/publish/draft/{draft}",
        data={"version": str(version), "change": str(change), **more},
    )
    return answer.status_code


def test_nothing_published_says_what_to_do(service: Service) -> None:
    browser = service.browser("organiser")
    page = read(browser, f"{service.base}/publish")
    assert (
        "Published versions of the timetable will be here, each with the list of people to tell."
        in page.lines
    )
    bring_in_draft(service, browser)
    page = read(browser, f"{service.base}/publish")
    assert "Nothing is published yet." in page.lines
    assert ("See what publishing draft 1 means", f"{service.base}/publish/draft/1") in page.links


def test_first_version_lists_everybody(any_service: Service) -> None:
    browser = any_service.browser("organiser")
    bring_in_draft(any_service, browser)
    page = read(browser, f"{any_service.base}/publish/draft/1")
    headline = "18 people to tell: 8 applicants, 4 assessors, 2 role players and 1 service-user group."
    assert headline in page.lines
    assert page.buttons == ["Publish version 1 and list 18 people to tell"]
    answer = browser.post(page.actions[0], data={name: values[0] for name, values in page.fields.items()})
    assert answer.headers["location"] == f"{any_service.base}/publish/1"
    version = read(browser, answer.headers["location"])
    assert "Version 1 is published. Nobody has been told yet: 15 are on the list." in version.lines
    assert len(version.rows) == 1 + 15
    assert version.buttons == ["Search", "Note the chosen as told", "Note all 15 as told"]
    overview = read(browser, f"{any_service.base}/publish")
    assert "Version 1 is what holds. 15 of 15 on its list still have to be told." in overview.lines


def test_second_version_lists_only_whom_it_concerns(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    assert publish(service, 1, 1) == 303
    browser.post(f"{base}/1/change", data=MOVE)
    assert publish(service, 2, 2, accepted="yes", reason="The train is late") == 303
    page = read(browser, f"{service.base}/publish/2")
    later = "is at 13:50 instead of 13:30."
    staff = f"Your Interview with role play on Monday 6 July 2015 in the afternoon at Taunton {later}"
    assert [(row[0], row[1]) for row in page.rows[1:]] == [
        ("Idris Hallowby (A006)applicant", f"Your Interview with role play {later}"),
        ("Jamal Nettlecombe (S04)assessor", staff),
        ("Xanthe Marlbeck (S03)assessor", staff),
        ("Nia Wadebeck (R01)role player", staff),
    ]
    assert "When it was published it broke 1 rule. The reason given: The train is late" in page.lines
    assert "A newer version holds." in read(browser, f"{service.base}/publish/1").text


def test_draft_that_breaks_rules_wants_a_yes_and_a_reason(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/change", data=MOVE)
    answer = browser.post(
        f"{service.base}/publish/draft/2", data={"version": "1", "change": "1", "reason": " "}
    )
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert (
        "Error: Accepted: found 1 breach of the rules; wanted your yes to publish it all the same"
        in page.lines
    )
    wanted = "in words why it is published all the same, at most 2,000 characters"
    assert f"Error: Reason: found no reason; wanted {wanted}" in page.lines
    assert "It breaks 1 rule" in page.lines
    assert "Nothing is published yet." in read(browser, f"{service.base}/publish").lines


def test_people_without_a_place_are_named_before_the_button(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/change", data={"act": "remove", "applicant": "A006"})
    page = read(browser, f"{service.base}/publish/draft/2")
    assert "1 applicant has no place in it" in page.lines
    assert "Idris Hallowby (A006)" in page.lines


def test_publishing_what_somebody_changed_meanwhile_is_stopped(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H02", "rule": "must"})
    assert publish(service, 1, 1, change=1) == 409
    assert publish(service, 1, 2, change=2) == 409
    assert publish(service, 1, 1, change=2) == 303
    assert publish(service, 1, 2, change=2) == 422


def test_draft_whose_people_are_gone_cannot_be_published(service: Service) -> None:
    browser = service.browser("organiser")
    bring_in_draft(service, browser)
    forget_applicant(service, "A006")
    page = read(browser, f"{service.base}/publish/draft/1")
    assert "Draft 1 cannot be published." in page.lines
    assert "The tables no longer fit this draft" in page.lines
    assert publish(service, 1, 1, change=2) == 422


def test_whoever_is_gone_from_the_tables_is_still_told_by_name(service: Service) -> None:
    """The version before had them; the tables no longer do."""
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    assert publish(service, 1, 1) == 303
    browser.post(f"{base}/1/change", data={"act": "remove", "applicant": "A006"})
    forget_applicant(service, "A006")
    page = read(browser, f"{service.base}/publish/draft/2")
    assert page.buttons[0].startswith("Publish version 2 and list ")
    more = {"accepted": "yes", "reason": "It has to be"}
    assert publish(service, 2, 2, change=2, **more) == 303
    rows = {row[0]: row[1] for row in read(browser, f"{service.base}/publish/2").rows[1:]}
    assert rows["Idris Hallowby (A006)applicant"] == (
        "You no longer have a place on Monday 6 July 2015 in the afternoon at Taunton (H02)."
    )


def test_told_people_are_noted_with_who_and_when(any_service: Service) -> None:
    browser = any_service.browser("organiser")
    bring_in_draft(any_service, browser)
    publish(any_service, 1, 1)
    url = f"{any_service.base}/publish/1"
    browser.post(f"{url}/told", data={"person": ["A006", "S03", "A999"], "show": "waiting"})
    page = read(browser, asked_of(url, show="waiting"))
    assert "2 people are noted as told." in page.lines
    assert len(page.rows) == 1 + 13
    told = {row[0]: row[3] for row in read(browser, url).rows}
    assert told["Idris Hallowby (A006)applicant"].endswith("by Made-up Organiser")
    assert told["Xanthe Marlbeck (S03)assessor"].endswith("by Made-up Organiser")
    browser.post(f"{url}/told", data={"all": "yes"})
    assert "Everybody has been told." in read(browser, url).text
    assert (
        "Version 1 is what holds. Everybody on its list has been told."
        in read(browser, f"{any_service.base}/publish").lines
    )
    browser.post(f"{url}/told", data={"person": "A006"})
    assert "Nobody was chosen who had not been told already." in read(browser, url).lines
    with any_service.database.reading() as work:
        entries = [
            entry.facts for entry, _ in work.audit.entries(any_service.campaign) if entry.act == "people told"
        ]
    assert entries[0] == {"people": ["A006", "S03"], "newly": 2}
    assert len(entries) == 2


def test_list_of_people_is_downloaded_with_addresses(service: Service) -> None:
    browser = service.browser("centre_manager")
    bring_in_draft(service)
    publish(service, 1, 1)
    answer = browser.get(f"{service.base}/publish/1?download=csv")
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert len(rows) == 15
    mine = next(row for row in rows if row["person"] == "A006")
    assert (mine["name"], mine["role"], mine["email"]) == (
        "Idris Hallowby",
        "applicant",
        "idris.hallowby@example.org",
    )
    group = next(row for row in rows if row["role"] == "service-user group")
    assert (group["email"], " and " in group["members"]) == ("", True)


def test_who_may_not_publish_sees_but_does_not_act(service: Service) -> None:
    bring_in_draft(service)
    publish(service, 1, 1)
    for role in ("centre_manager", "auditor"):
        browser = service.browser(role)
        assert read(browser, f"{service.base}/publish/1").buttons == ["Search"]
        assert browser.get(f"{service.base}/publish/draft/1").status_code == 404
        assert browser.post(f"{service.base}/publish/draft/1").status_code == 404
        assert browser.post(f"{service.base}/publish/1/told", data={"all": "yes"}).status_code == 404
    assert service.browser("organiser").get(f"{service.base}/publish/2").status_code == 404

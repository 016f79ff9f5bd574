"""What is recorded after a release: answers in their time, longer deadlines, undoing with its reason."""

from __future__ import annotations

from api.storage.repositories.audit import AuditFilter
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import answered, passed, rated, refusals, released
from tests.api.routes.page_reading import PageReading
from tests.service import Service


def test_an_answer_is_recorded_with_its_time(any_service: Service) -> None:
    service = released(any_service)
    url = f"{service.base}/offers/people/A005"
    page = read(service.browser("organiser"), url)
    assert page.fields["at"] == ["3 August 2015, 09:00", "3 August 2015, 09:00"]
    assert page.buttons == ["Record the answer", "Give longer to answer"]
    answer = answered(service, "A005", "accept", "4 8 2015 10:00")
    assert (answer.status_code, answer.headers["location"]) == (303, url)
    page = read(service.browser("auditor"), url)
    assert page.lines[1] == "Accepted: Somerset."
    assert page.lines[5:7] == [
        "Mon 3 August, 09:00 Was offered Somerset, their first choice; to answer by Wed 5 August, 09:00. E01",
        "Tue 4 August, 10:00 Accepted the place at Somerset.",
    ]


def test_what_is_not_permitted_is_said_and_nothing_kept(any_service: Service) -> None:
    service = released(any_service)
    answered(service, "A005", "decline", "2015-08-04 10:00")
    again = answered(service, "A005", "accept", "2015-08-04 11:00")
    assert refusals(again) == ["422", "A005 has declined, so 'accept' cannot be recorded."]
    late = answered(service, "A006", "accept", "2015-08-05 09:01")
    assert refusals(late) == ["422", "A006 did not answer in time, so 'accept' cannot be recorded."]
    reserve = answered(service, "A003", "accept", "2015-08-04 11:00")
    assert refusals(reserve) == ["422", "A003 has no offer, so 'accept' cannot be recorded."]
    page = PageReading(answered(service, "A007", "", "then").text)
    assert "wanted accepts, accepts and asks for an upgrade, declines, or withdraws" in page.text
    log = read(service.browser("auditor"), f"{service.base}/offers/log")
    assert [row[1] for row in log.rows[1:]] == ["Answer", "Release of the offers E01"]


def test_an_answer_before_the_latest_pass_is_refused(service: Service) -> None:
    released(service)
    answered(service, "A007", "decline", "2015-08-04 10:00")
    passed(service, "2015-08-04 12:00")
    early = answered(service, "A006", "decline", "2015-08-04 11:00")
    wanted = "a time not before 4 August 2015, 12:00, because of what is recorded already"
    assert refusals(early) == ["422", f'When: found "4 August 2015, 11:00"; wanted {wanted}']


def test_before_the_release_there_is_nothing_to_answer(service: Service) -> None:
    rated(service)
    answer = answered(service, "A005", "accept", "2015-08-04 11:00")
    assert refusals(answer) == ["422", "No offers have been released yet."]
    page = read(service.browser("organiser"), f"{service.base}/offers/people/A005")
    assert (page.lines[1], page.buttons) == ("No offers are released yet.", [])


def test_a_longer_deadline_wants_a_reason(any_service: Service) -> None:
    service = released(any_service)
    url = f"{service.base}/offers/people/A005"
    form = {"until": "2015-08-10 17:00", "reason": " ", "at": "2015-08-04 10:00"}
    answer = service.browser("organiser").post(f"{url}/deadline", data=form)
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert "Error: Why: found no reason; wanted in words why, in at most 2,000 characters" in page.lines
    assert page.fields["until"] == ["10 August 2015, 17:00"]
    earlier = service.browser("organiser").post(
        f"{url}/deadline", data=form | {"reason": "Away", "until": "2015-08-04 17:00"}
    )
    assert refusals(earlier) == ["422", "A005 has until 5 August 2015, 09:00 already."]
    done = service.browser("organiser").post(f"{url}/deadline", data=form | {"reason": "In hospital"})
    assert done.status_code == 303
    page = read(service.browser("auditor"), url)
    assert page.lines[1] == "Offered, not answered: Somerset. Answer by Mon 10 August, 17:00, in 6 days."


def test_undoing_says_what_has_to_be_undone_first(any_service: Service) -> None:
    service = released(any_service)
    browser = service.browser("organiser")
    answered(service, "A007", "decline", "2015-08-04 10:00")
    page = read(browser, f"{service.base}/offers/undo?act=E01")
    assert "the answer of A007 came of it: undo the answer of A007 first." in page.lines
    assert page.buttons == []
    undo = {"act": "A007", "reason": "Keyed for the wrong person", "at": "2015-08-04 10:30"}
    assert refusals(browser.post(f"{service.base}/offers/undo", data=undo | {"reason": ""}))[0] == "422"
    assert browser.post(f"{service.base}/offers/undo", data=undo).status_code == 303
    person = read(service.browser("auditor"), f"{service.base}/offers/people/A007")
    assert (
        person.lines[1]
        == "Offered, not answered: North Somerset. Answer by Wed 5 August, 09:00, in 22 hours."
    )
    # An answer in the minute of the undoing would count as before it, so the next minute is the first.
    assert answered(service, "A007", "accept", "2015-08-04 10:30").status_code == 422
    assert answered(service, "A007", "accept", "2015-08-04 10:31").status_code == 303
    assert (
        browser.post(
            f"{service.base}/offers/undo", data=undo | {"act": "E09", "at": "2015-08-04 11:00"}
        ).status_code
        == 409
    )


def test_undo_without_an_act_offers_all_that_could_be(service: Service) -> None:
    page = read(released(service).browser("organiser"), f"{service.base}/offers/undo")
    assert page.links[-1] == (
        "Release of the offers E01: 4 offers.",
        f"{service.base}/offers/undo?act=E01",
    )


def test_the_audit_names_what_was_done_and_nobody_by_name(service: Service) -> None:
    released(service)
    answered(service, "A005", "accept", "4 8 2015 10:00")
    with service.database.reading() as work:
        found = [entry for entry, _ in work.audit.newest(service.campaign, AuditFilter(), limit=4)]
    assert [entry.act for entry in found] == ["row added", "release agreed", "row added", "release proposed"]
    told = " ".join(str(entry.facts) for entry in found)
    assert ("Hallowby" in told, "Organiser" in told) == (False, False)

"""Two named people release the offers: just the same list, never one's own proposal, once and no more."""

from __future__ import annotations

import threading

from api.clock import utc_now
from api.permissions import Role
from api.services.change_tables import EDIT, change_row, remove_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import (
    RELEASED,
    agreed,
    answered,
    passed,
    proposed,
    rated,
    refusals,
    released,
)
from tests.api.routes.page_reading import PageReading
from tests.service import Service

OWN = "Nobody agrees to what they have proposed themselves. A second person has to look at it."


def events(service: Service) -> list[dict[str, str]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        table = work.campaigns.tables(record).get("offer_events")
        return [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows] if table else []


def choose_otherwise(service: Service, applicant: str = "A005") -> None:
    """Somebody's choices turn out to have been keyed wrongly."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        opened = open_campaign(work, record).tables["applicants"]
        row = next(row for row in opened.rows if applicant in row.cells)
        doing = Doing(service.accounts["organiser"].id, utc_now())
        cells = {"choice_1": "BAN", "choice_2": "SOM", "choice_3": ""}
        change_row(work, record, "applicants", row.row_id, row.since, cells, doing, EDIT)


def test_two_people_release_the_offers(any_service: Service) -> None:
    service = rated(any_service)
    proposal = proposed(service)
    page = read(service.browser("second"), proposal)
    assert page.lines[0] == "Do you agree to the release of the offers?"
    assert page.lines[1] == ("4 applicants are offered a place, to answer by Wednesday 5 August 2015, 09:00.")
    assert [row[2:] for row in page.rows[1:]] == [
        ["Is offered their first choice", "Somerset"],
        ["Is offered their first choice", "Somerset"],
        ["Is offered their first choice", "North Somerset"],
        ["Is offered their first choice", "Bath and North East Somerset"],
        ["Reserve list, position 1", ""],
        ["Below the standard", ""],
        ["Below the standard", ""],
    ]
    assert page.buttons[-1] == "Agree and release the offers"
    answer = agreed(service, proposal)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{service.base}/offers")
    (event,) = events(service)
    assert (event["kind"], event["at"], event["by"], event["second_by"]) == (
        "release",
        RELEASED,
        "Made-up Organiser",
        "Second Organiser",
    )
    assert event["offers_sha256"] == page.fields["seen"][0]
    after = read(service.browser("organiser"), f"{service.base}/offers")
    assert after.lines[:2] == [
        "How do the offers stand?",
        "0 of 4 places are accepted, 4 wait for an answer (the first by Wed 5 August, 09:00, in 2 days). "
        "None is free.",
    ]


def test_nobody_agrees_to_their_own(service: Service) -> None:
    proposal = proposed(rated(service))
    page = read(service.browser("organiser"), proposal)
    assert page.buttons[-1] == "Take the proposal back"
    assert "You have proposed this, so somebody else has to agree." in page.lines
    answer = service.browser("organiser").post(
        f"{proposal}/agree",
        data={"at": RELEASED, "seen": read(service.browser("second"), proposal).fields["seen"][0]},
    )
    assert answer.status_code == 409
    assert OWN in PageReading(answer.text).lines
    assert events(service) == []


def test_two_people_of_one_name_are_not_two(service: Service) -> None:
    rated(service)
    service.accounts["twin"] = service.account("twin@stepup.example", "made-up organiser ")
    service.give(service.accounts["twin"], Role.ORGANISER)
    answer = agreed(service, proposed(service), "twin")
    said = "Both accounts have the same name, so the record could not tell the two people apart."
    assert (answer.status_code, said in PageReading(answer.text).lines) == (409, True)
    assert events(service) == []


def test_what_has_changed_since_is_refused_and_said(any_service: Service) -> None:
    service = rated(any_service)
    proposal = proposed(service)
    seen = read(service.browser("second"), proposal).fields["seen"][0]
    choose_otherwise(service)
    answer = service.browser("second").post(f"{proposal}/agree", data={"at": RELEASED, "seen": seen})
    page = PageReading(answer.text)
    assert answer.status_code == 409
    assert "It is no longer what Made-up Organiser looked at, so nobody can agree to it." in page.lines
    assert (
        "A005: Is offered their first choice at Somerset then, Is offered their first choice at Bath and "
        "North East Somerset now." in page.lines
    )
    assert "What was changed in the tables since" in page.lines
    assert page.lines[page.lines.index("What was changed in the tables since") + 1].startswith("Changed ")
    assert events(service) == []
    again = proposed(service)
    assert again != proposal
    assert (
        "It has been withdrawn. It has to be proposed anew."
        in read(service.browser("second"), proposal).lines
    )
    assert agreed(service, again).status_code == 303


def test_a_proposal_is_withdrawn_by_its_proposer_alone(service: Service) -> None:
    proposal = proposed(rated(service))
    answer = service.browser("second").post(f"{proposal}/withdraw")
    said = "Only whoever proposed it takes it back. You need not agree."
    assert (answer.status_code, said in PageReading(answer.text).lines) == (409, True)
    assert service.browser("organiser").post(f"{proposal}/withdraw").status_code == 303
    late = service.browser("second").post(f"{proposal}/agree", data={"at": RELEASED, "seen": "x"})
    assert late.status_code == 409
    assert events(service) == []


def test_one_proposal_waits_at_a_time(service: Service) -> None:
    proposed(rated(service))
    url = f"{service.base}/offers/release"
    seen = read(service.browser("second"), url).fields["seen"][0]
    answer = service.browser("second").post(url, data={"at": RELEASED, "seen": seen})
    said = "This, or something else, has been proposed already and waits for an answer."
    assert (answer.status_code, said in PageReading(answer.text).lines) == (409, True)


def test_two_who_agree_at_once_release_once(any_service: Service) -> None:
    service = rated(any_service)
    service.accounts["third"] = service.account("third@stepup.example", "Third Organiser")
    service.give(service.accounts["third"], Role.ORGANISER)
    proposal = proposed(service)
    seen = read(service.browser("second"), proposal).fields["seen"][0]
    browsers = [service.browser("second"), service.browser("third")]
    found: list[tuple[int, bool]] = []

    def go(place: int) -> None:
        answer = browsers[place].post(f"{proposal}/agree", data={"at": RELEASED, "seen": seen})
        said = "Somebody has agreed to it already. It is done, once." in PageReading(answer.text).lines
        found.append((answer.status_code, said))

    threads = [threading.Thread(target=go, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(303, False), (409, True)]
    assert len(events(service)) == 1


def test_somebody_who_may_no_longer_decide_released_nothing(service: Service) -> None:
    proposal = proposed(rated(service))
    with service.database.writing() as work:
        membership = work.memberships.of(service.accounts["organiser"].id, service.campaign)
        assert membership is not None
        membership.role = Role.AUDITOR
        work.memberships.save(membership)
    answer = agreed(service, proposal)
    said = "Whoever proposed it may no longer decide about offers. It has to be proposed anew."
    assert (answer.status_code, said in PageReading(answer.text).lines) == (409, True)


def test_a_release_not_before_the_sessions_nor_in_the_future(service: Service) -> None:
    rated(service)
    url, browser = f"{service.base}/offers/release", service.browser("organiser")
    seen = read(browser, url).fields["seen"][0]
    early = browser.post(url, data={"at": "2015-07-01 09:00", "seen": seen})
    assert refusals(early) == [
        "422",
        'When: found "1 July 2015, 09:00"; wanted a time not before 6 July 2015, 17:30, when the last '
        "session ended",
    ]
    assert browser.post(url, data={"at": "2098-07-01 09:00", "seen": seen}).status_code == 422
    assert browser.post(url, data={"at": "soon", "seen": seen}).status_code == 422
    assert browser.post(url, data={"at": RELEASED, "seen": "another"}).status_code == 409


def test_a_pass_wants_two_people_as_well(any_service: Service) -> None:
    service = released(any_service)
    page = read(service.browser("organiser"), f"{service.base}/offers/pass")
    assert "A pass would give out nothing now." in page.lines
    assert answered(service, "A007", "decline", "2015-08-04 10:00").status_code == 303
    url = f"{service.base}/offers/pass"
    page = read(service.browser("organiser"), url)
    assert [row[0][:4] for row in page.rows[1:]] == ["A003"]
    assert page.rows[1][2:] == ["Is offered their first choice", "North Somerset"]
    # The minute after the answer: in the same minute the answer would count as later.
    assert page.fields["at"][-1] == "4 August 2015, 10:01"
    passed(service, "2015-08-04 10:01")
    assert [(e["kind"], e["second_by"]) for e in events(service)] == [
        ("release", "Second Organiser"),
        ("pass", "Second Organiser"),
    ]
    person = read(service.browser("auditor"), f"{service.base}/offers/people/A003")
    assert (
        person.lines[1] == "Offered, not answered: North Somerset. Answer by Thu 6 August, 10:01, in 2 days."
    )


def test_a_pass_that_would_give_out_something_else_is_refused(service: Service) -> None:
    released(service)
    answered(service, "A007", "decline", "2015-08-04 10:00")
    proposal = proposed(service, "pass", "2015-08-04 10:01")
    seen = read(service.browser("second"), proposal).fields["seen"][0]
    answered(service, "A003", "withdraw", "2015-08-04 11:00")
    answer = service.browser("second").post(
        f"{proposal}/agree", data={"at": "2015-08-04 11:01", "seen": seen}
    )
    assert answer.status_code == 409
    assert "A pass would give out nothing now." in PageReading(answer.text).lines
    assert len(events(service)) == 1


def test_what_stops_a_release_is_said_with_the_page_that_mends_it(service: Service) -> None:
    rated(service)
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        row = open_campaign(work, record).tables["agreed"].rows[0]
        remove_row(work, record, "agreed", row.row_id, row.since, Doing("program", utc_now()))
    page = read(service.browser("organiser"), f"{service.base}/offers")
    assert page.lines[1] == "No. 1 thing stops the release."
    assert "Ratings that lie far apart are not settled: 1. Settle them" in page.lines
    assert page.url("Settle them") == f"{service.base}/washup"
    release = read(service.browser("organiser"), f"{service.base}/offers/release")
    assert "It cannot be released now." in release.lines
    assert release.actions == [f"{service.base}/offers/release"]
    answer = service.browser("organiser").post(
        f"{service.base}/offers/release", data={"at": RELEASED, "seen": "x"}
    )
    assert answer.status_code == 409

"""The pages of the offers for readers: before and after a release, people, reserves, log, files; walls."""

from __future__ import annotations

import csv

import pytest

from api.clock import utc_now
from api.services.change_tables import change_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from tests.api.routes.drafts_made import read
from tests.api.routes.offers_made import agreed, answered, proposed, rated, refusals, released
from tests.service import Service

PAGES = (
    "",
    "/release",
    "/pass",
    "/reserves",
    "/log",
    "/places",
    "/letters",
    "/people/A005",
    "/letters/of/A005",
    "/letters/lists/all",
    "/files/offers.csv",
    "/undo",
)


def test_before_the_ratings_it_says_what_is_missing(service: Service) -> None:
    page = read(service.browser("organiser"), f"{service.base}/offers")
    assert page.lines[:6] == [
        "Is it safe to tell people?",
        "No. 1 thing stops the release.",
        "What was counted and looked at",
        "Stops the release",
        "No ratings. Wanted: the ratings, to rank by. See the ratings",
        "Places, and what councils ask for · What was done about offers",
    ]


def test_before_the_release_the_counts_are_reconciled(service: Service) -> None:
    page = read(service.browser("auditor"), f"{rated(service).base}/offers")
    assert page.lines[1] == "Yes, as far as the counts go: 4 offers. 1 thing to look at first."
    assert "The rules of scoring and allocation were never fixed. See the rules" in page.lines
    assert "7 applicants came: 5 ranked and 2 not appointable." in page.lines
    assert (
        "4 offers for 4 places; 1 on the reserve list. Every council’s offers are just its places."
        in page.lines
    )
    assert page.rows[1:] == [
        ["Somerset", "2", "2"],
        ["North Somerset", "1", "1"],
        ["Bath and North East Somerset", "1", "1"],
        ["All", "4", "4"],
    ]
    assert page.url("See what would be released") == f"{service.base}/offers/release"


def test_after_the_release_everybody_has_a_clock(service: Service) -> None:
    page = read(service.browser("organiser"), f"{released(service).base}/offers?at=2015-08-05+03:00")
    assert page.lines[1] == (
        "0 of 4 places are accepted, 4 wait for an answer (the first by Wed 5 August, 09:00, in 6 hours). "
        "None is free."
    )
    people = [row for row in page.rows if row[0].startswith("A0")]
    assert people[0][1:] == [
        "1",
        "Offered, not answered",
        "Somerset",
        "first choice",
        "Wed 5 August, 09:00in 6 hours",
    ]
    over = read(service.browser("organiser"), f"{service.base}/offers?at=2015-08-05+09:01&show=gone")
    assert over.lines[1] == "0 of 4 places are accepted, 4 are free."
    assert [row[2] for row in over.rows if row[0].startswith("A0")] == ["Ran out"] * 4
    assert "1 applicant would be given something. See the pass" in over.lines
    early = read(service.browser("organiser"), f"{service.base}/offers?at=2015-08-01+09:00")
    assert early.lines[1] == "On Sat 1 August 2015, 09:00 no offers were released yet."


def test_a_moment_that_cannot_be_read_is_said(service: Service) -> None:
    answer = released(service).browser("organiser").get(f"{service.base}/offers?at=soon")
    said = 'Error: When: found "soon"; wanted a day and a time, such as 3 August 2015, 09:00'
    assert answer.status_code == 422
    assert said.removeprefix("Error: ") in answer.text.replace("&#34;", '"')


def test_an_auditor_sees_references_and_no_names(service: Service) -> None:
    released(service)
    for path in ("", "/reserves", "/people/A005", "/letters", "/release"):
        page = read(service.browser("auditor"), f"{service.base}/offers{path}")
        assert page.buttons in ([], ["Look"])
        for name in ("Hallowby", "Brixley"):
            assert name not in page.text


def test_reserves_are_in_order_of_merit(service: Service) -> None:
    page = read(service.browser("auditor"), f"{released(service).base}/offers/reserves")
    assert page.lines[1] == "1 applicant has no offer. They are in order of merit."
    assert page.rows[1:] == [["A003", "5", "North Somerset, Somerset and Bath and North East Somerset"]]


def test_the_log_leads_to_undoing(service: Service) -> None:
    released(service)
    answered(service, "A005", "accept", "2015-08-04 10:00")
    page = read(service.browser("organiser"), f"{service.base}/offers/log")
    assert [row[1:] for row in page.rows[1:]] == [
        ["Answer", "A005: accepted.", "", "Undo"],
        ["Release of the offers E01", "4 offers.", "Made-up Organiser and Second Organiser", "Undo"],
    ]
    assert page.url("Undo") == f"{service.base}/offers/undo?act=A005"


def test_files_are_those_of_the_command(service: Service) -> None:
    answer = released(service).browser("auditor").get(f"{service.base}/offers/files/offers.csv")
    rows = list(csv.reader(answer.text.splitlines()))
    assert rows[:2] == [
        ["applicant", "state", "council", "choice", "answer_by"],
        ["A005", "offered", "SOM", "1", "2015-08-05 09:00"],
    ]
    assert service.browser("auditor").get(f"{service.base}/offers/files/secret.csv").status_code == 404


def test_nothing_goes_out_before_the_release(service: Service) -> None:
    browser = rated(service).browser("organiser")
    for path in ("/letters/of/A005", "/letters/lists/all", "/letters/lists/SOM"):
        answer = browser.get(f"{service.base}/offers{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{service.base}/offers")
    answer = browser.post(f"{service.base}/offers/letters")
    assert answer.status_code == 409
    assert refusals(answer)[0] == "409"


POSTS = (
    "/release",
    "/pass",
    "/undo",
    "/places",
    "/letters",
    "/people/A005/response",
    "/people/A005/deadline",
)


@pytest.mark.parametrize("role", ["assessor", "officer", "centre_manager", "administrator", "nobody"])
def test_for_everybody_else_there_are_no_offers(service: Service, role: str) -> None:
    browser = released(service).browser(role)
    assert {browser.get(f"{service.base}/offers{path}").status_code for path in PAGES} == {404}
    assert {browser.post(f"{service.base}/offers{path}").status_code for path in POSTS} == {404}


def test_an_auditor_decides_nothing(service: Service) -> None:
    browser = released(service).browser("auditor")
    assert {browser.post(f"{service.base}/offers{path}").status_code for path in POSTS} == {404}


def test_another_campaigns_people_and_proposals_are_not_here(service: Service) -> None:
    browser = released(service).browser("organiser")
    for path in (
        "/people/Z999",
        "/proposals/none",
        "/places/R09",
        "/letters/made/none",
        "/letters/lists/XXX",
    ):
        assert browser.get(f"{service.base}/offers{path}").status_code == 404
    assert browser.post(f"{service.base}/offers/people/Z999/response").status_code == 404
    assert browser.post(f"{service.base}/offers/places/R09").status_code == 404


def set_places(service: Service, places: str) -> None:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        row = open_campaign(work, record).tables["councils"].rows[0]
        doing = Doing("program", utc_now())
        change_row(work, record, "councils", row.row_id, row.since, {"places": places}, doing)


def test_tables_changed_after_the_release_stop_everything_but_its_undoing(any_service: Service) -> None:
    service = released(any_service)
    set_places(service, "1")
    browser = service.browser("organiser")
    page = read(browser, f"{service.base}/offers")
    assert page.lines[1] == "The offers are released, and cannot be followed any more."
    assert "What is released and what the tables say do not fit" in page.lines
    assert answered(service, "A005", "accept", "2015-08-04 10:00").status_code == 422
    page = read(browser, f"{service.base}/offers/undo?act=E01")
    assert page.buttons == ["Undo it"]
    undo = {"act": "E01", "reason": "Somerset has one place only", "at": "2015-08-04 10:00"}
    assert browser.post(f"{service.base}/offers/undo", data=undo).status_code == 303
    assert agreed(service, proposed(service, at="2015-08-05 09:00")).status_code == 303
    page = read(service.browser("auditor"), f"{service.base}/offers")
    assert page.lines[1].startswith("0 of 3 places are accepted, 3 wait for an answer")


def test_a_release_with_answers_is_not_undone_by_changing_the_tables(service: Service) -> None:
    released(service)
    answered(service, "A005", "accept", "2015-08-04 10:00")
    set_places(service, "1")
    undo = {"act": "E01", "reason": "Somerset has one place only", "at": "2015-08-04 11:00"}
    answer = service.browser("organiser").post(f"{service.base}/offers/undo", data=undo)
    assert answer.status_code == 409
    assert "The tables do not give any more what was released." in answer.text

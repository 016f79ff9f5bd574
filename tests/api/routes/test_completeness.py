"""The completeness board: what it says, that no value is on it, who owes what, and who may see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from api.permissions import Role
from api.services.rating_sheets import take_script
from tests.api.routes.drafts_made import asked_of, read
from tests.api.routes.washup_made import begin, come, rate, send_form
from tests.rating_made import held, publish_draft
from tests.service import Service, install

PATHS = ("/ratings", "/ratings/board", "/ratings/of/A007/interview", "/ratings/owed", "/ratings/scripts")


def under_way(service: Service) -> None:
    """S01 has locked A007's interview, S04 has begun it; A007 came."""
    publish_draft(service)
    come(service, "A007")
    rate(service, "S01", 2)
    begin(service, "S04", 4)


@pytest.fixture(scope="module")
def begun(module_url: str) -> Iterator[Service]:
    """One campaign for all tests that only look at it."""
    made = install(module_url)
    under_way(made)
    yield made
    made.database.close()


def test_board_says_what_is_locked_and_what_is_missing(begun: Service) -> None:
    page = read(begun.browser("centre_manager"), f"{begun.base}/ratings")
    answer = (
        "5 of 208 ratings are locked. 203 are still to come: "
        "123 owed by 5 raters and 80 that nobody has taken on yet."
    )
    assert [line for line in page.lines if "are locked" in line] == [answer]
    (row,) = [row for row in page.rows if row[:1] == ["A007"]]
    assert row == [
        "A007",
        "H01",
        "… Waiting 1 of 2",
        "… Waiting 0 of 1",
        "! Missing 0 of 2",
        "! Missing 0 of 2",
        "! Missing 0 of 2",
    ]
    assert page.url("… Waiting 1 of 2") == f"{begun.base}/ratings/of/A007/interview"


def test_board_is_filtered_searched_and_downloaded(begun: Service) -> None:
    browser, url = begun.browser("auditor"), f"{begun.base}/ratings"
    assert len(read(browser, asked_of(url, session="H02")).rows) == 1 + 3
    assert [row[0] for row in read(browser, asked_of(url, show="missing")).rows[1:]] == ["A007"]
    assert [row[0] for row in read(browser, asked_of(url, search="a006")).rows[1:]] == ["A006"]
    part = browser.get(asked_of(f"{url}/board", search="A007")).text
    assert "<html" not in part
    assert part.count('scope="row"') == 1
    rows = list(csv.DictReader(io.StringIO(browser.get(asked_of(url, search="A007", download="csv")).text)))
    assert [r["state"] for r in rows if r["exercise"] == "interview"] == ["locked", "begun"]
    assert browser.get(asked_of(url, download="xlsx")).content[:2] == b"PK"


def test_odd_parameters_break_nothing(begun: Service) -> None:
    browser = begun.browser("organiser")
    for query in ("caller=1&path=2", "session=%F0%9F%92%A5", "show=all", "sort=e9&page=999&order=up"):
        assert browser.get(f"{begun.base}/ratings?{query}").status_code == 200


def test_cell_names_its_raters_and_how_far_they_are(begun: Service) -> None:
    page = read(begun.browser("organiser"), f"{begun.base}/ratings/of/A007/interview")
    assert "1 rater has locked. S04 (Jamal Nettlecombe) has begun." in page.lines
    assert page.rows[1:] == [
        ["S01Rhys Moorgate", "Locked", "5 of 5"],
        ["S04Jamal Nettlecombe", "Begun", "5 of 5"],
    ]
    for nowhere in ("A999/interview", "A007/nowhere"):
        assert begun.browser("organiser").get(f"{begun.base}/ratings/of/{nowhere}").status_code == 404


def test_whoever_owes_most_comes_first_and_can_be_noted_as_asked(any_service: Service) -> None:
    service = any_service
    under_way(service)
    browser, url = service.browser("centre_manager"), f"{service.base}/ratings/owed"
    page = read(browser, url)
    assert "5 raters owe 123 ratings. G1 owes the most: 48 ratings of 8 applicants." in page.lines
    first = page.rows[1]
    assert first[0].startswith("G1 Avon group")
    assert "Hello Avon group, these sheets of yours are not locked yet" in first[2]
    assert f"http://testserver{service.base}/rate" in page.text
    status, where, _ = send_form(browser, url, person="S04")
    assert (status, where) == (303, url)
    asked = {row[0].split()[0]: row[3] for row in read(browser, url).rows[1:]}
    assert asked["S04"].endswith("by Made-up Centre Manager")
    assert asked["G1"] == "Not yet"
    send_form(browser, url, all="yes")
    assert "Not yet" not in [row[3] for row in read(browser, url).rows[1:]]


def test_list_of_what_is_owed_is_downloaded_with_its_wording(begun: Service) -> None:
    text = begun.browser("auditor").get(f"{begun.base}/ratings/owed?download=csv").text
    rows = {row["rater"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["S04"]["email"] == "jamal.nettlecombe@example.org"
    assert rows["S04"]["sheets_begun"] == "1"
    assert rows["S04"]["wording"].startswith("Hello Jamal Nettlecombe,")


def test_written_work_says_how_many_raters_it_has_and_wants(service: Service) -> None:
    under_way(service)
    with held(service) as at:
        take_script(at.work, at.record, at.campaign, at.published, "S01", "A007", "written", at.doing)
    page = read(service.browser("organiser"), f"{service.base}/ratings/scripts?search=A007")
    assert page.rows[1:] == [
        ["A007", "Written exercise", "1", "0", "1 more"],
        ["A007", "Self-evaluation after the interview", "0", "0", "2 more"],
        ["A007", "Self-evaluation after the service users' round", "0", "0", "2 more"],
    ]


def test_no_value_and_no_evidence_is_on_any_of_these_pages(begun: Service) -> None:
    for role in ("organiser", "centre_manager", "auditor"):
        browser = begun.browser(role)
        for path in (*PATHS, "/ratings?download=csv", "/ratings/owed?download=csv"):
            text = browser.get(begun.base + path).text
            assert "noted by" not in text, path
    rows = csv.DictReader(
        io.StringIO(begun.browser("organiser").get(f"{begun.base}/ratings?download=csv").text)
    )
    assert set(next(rows)) == {"applicant", "session", "exercise", "cell", "rater", "state", "rated", "owes"}


def test_assessors_and_officers_find_none_of_it_and_an_auditor_notes_nothing(begun: Service) -> None:
    for role in ("assessor", "officer"):
        browser = begun.browser(role)
        assert {browser.get(begun.base + path).status_code for path in PATHS} == {404}
        assert browser.post(f"{begun.base}/ratings/owed", data={"all": "yes"}).status_code == 404
    auditor = begun.browser("auditor")
    assert auditor.post(f"{begun.base}/ratings/owed", data={"all": "yes"}).status_code == 404
    assert "Note the chosen as asked" not in read(auditor, f"{begun.base}/ratings/owed").buttons


def test_with_faults_in_the_tables_the_board_says_so(service: Service) -> None:
    empty = service.new_campaign({})
    service.give(
        service.accounts["organiser"],
        Role.ORGANISER,
        campaign=empty,
    )
    for path in ("", "/board"):
        answer = service.browser("organiser").get(f"/campaigns/{empty}/ratings{path}")
        assert (answer.status_code, "while the tables have faults" in answer.text) == (200, True)

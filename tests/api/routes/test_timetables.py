"""The timetable's pages: drafts in and out as files, all sessions, one session, people, two compared."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from api.permissions import Role
from tests.api.routes.drafts_made import (
    FILES,
    INTERVIEW,
    asked_of,
    bring_in_draft,
    forget_applicant,
    read,
)
from tests.api.routes.page_reading import PageReading
from tests.service import Service, tables_before_the_day


def test_list_without_drafts_says_what_will_be_here(service: Service) -> None:
    page = read(service.browser("organiser"), f"{service.base}/timetables")
    assert (
        "The timetables will be here, every one that was solved, changed by hand or brought in." in page.lines
    )
    assert ("Solve", f"{service.base}/solve") in page.links


def test_files_brought_in_are_a_draft_with_its_values(any_service: Service) -> None:
    browser = any_service.browser("organiser")
    page = read(browser, bring_in_draft(any_service, browser))
    assert page.rows[1][:5] == [
        "Draft 1",
        "Brought in from filesFrom files",
        "all placed, 3 panels, 2 sessions held",
        "0",
        "As they are nowChange 1: Brought in",
    ]
    assert page.rows[1][5].endswith("by Made-up Organiser")
    assert "There is 1 draft. Nothing is published yet." in page.lines


def test_draft_goes_out_and_in_again_without_loss(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    archive = browser.get(f"{base}/1/files.zip").content
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert files.namelist() == ["timetable.csv", "rotations.csv", "run.json"]
        for name in ("timetable.csv", "rotations.csv"):
            assert files.read(name) == (FILES / name).read_bytes()
    browser.post(f"{base}/files", files=[("files", ("draft.zip", archive, "application/zip"))])
    with service.database.reading() as work:
        one, other = (work.timetables.by_number(service.campaign, number) for number in (1, 2))
        assert one is not None
        assert other is not None
        assert one.content_sha256 == other.content_sha256
    assert browser.get(f"{base}/2/files.zip").content == archive


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("", b"", "Found no file; wanted timetable.csv"),
        ("notes.txt", b"x", "found no timetable.csv; wanted timetable.csv"),
        ("timetable.csv", b"\xff\xfe", "found bytes that are not UTF-8"),
        ("timetable.csv", b"session\nH01\n", "wanted"),
        ("draft.zip", b"PK\x03\x04", "found a damaged zip archive"),
    ],
)
def test_files_that_are_no_timetable_are_refused_in_words(
    service: Service, name: str, content: bytes, words: str
) -> None:
    browser = service.browser("organiser")
    base = f"{service.base}/timetables"
    answer = browser.post(f"{base}/files", files=[("files", (name, content, "text/csv"))])
    assert answer.status_code == 422
    assert words.lower() in PageReading(answer.text).text.lower()
    assert "The timetables will be here" in browser.get(base).text


@pytest.mark.parametrize(
    "record", ["[]", "{", '{"a": 1e999}', '{"a": NaN}', '{"a": "\\ud800"}', '{"a": "\\u0000"}']
)
def test_run_record_that_cannot_be_kept_is_refused(service: Service, record: str) -> None:
    browser = service.browser("organiser")
    files = [
        ("files", ("timetable.csv", (FILES / "timetable.csv").read_bytes(), "text/csv")),
        ("files", ("run.json", record.encode(), "application/json")),
    ]
    answer = browser.post(f"{service.base}/timetables/files", files=files)
    assert answer.status_code == 422
    assert "found text that is no JSON record; wanted the file as it was given out" in answer.text


def test_run_record_and_repairs_go_out_as_they_came_in(service: Service) -> None:
    browser = service.browser("organiser")
    repair = {
        "now": "2015-07-06 10:00",
        "absent": ["A008"],
        "late": [],
        "leaving": [],
        "rooms_lost": [],
        "session_starts": [],
        "left_out": ["A008"],
    }
    records = {"run.json": {"status": "optimal", "seed": 7}, "repair.json": {"repairs": [repair]}}
    given = [(path.name, path.read_bytes()) for path in FILES.glob("*.csv")]
    given += [(name, json.dumps(record).encode()) for name, record in records.items()]
    files = [("files", (name, content, "text/plain")) for name, content in given]
    assert browser.post(f"{service.base}/timetables/files", files=files).status_code == 303
    archive = browser.get(f"{service.base}/timetables/1/files.zip").content
    with zipfile.ZipFile(io.BytesIO(archive)) as out:
        assert {name: json.loads(out.read(name)) for name in records} == records


def test_glance_shows_every_session_with_its_people(service: Service) -> None:
    browser = service.browser("centre_manager")
    page = read(browser, f"{bring_in_draft(service)}/1")
    assert (
        "Draft 1. All 8 applicants have a session; 2 of 2 sessions are held. No rule is broken." in page.lines
    )
    assert page.rows == [
        ["Date", "Taunton"],
        [
            "Monday 6 July 2015",
            "H01, morning 5 applicants, 2 panels room for 1 more H02, afternoon 3 applicants, 1 panel",
        ],
    ]
    assert "Keep the name" not in page.buttons


def test_name_is_kept_and_too_long_a_name_is_not(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    assert browser.post(f"{base}/1/name", data={"name": " With  the late ones "}).status_code == 303
    assert read(browser, base).rows[1][0] == "Draft 1: With the late ones"
    answer = browser.post(f"{base}/1/name", data={"name": "x" * 81})
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert page.fields["name"] == ["x" * 81]
    assert "Error: Name: found 81 characters; wanted at most 80 characters" in page.lines


def test_person_is_found_by_name_and_by_reference(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    page = read(browser, asked_of(f"{base}/1/find", who="a006"))
    assert "1 person found in draft 1." in page.lines
    assert [words for words, _ in page.links if words.startswith(("Session", "13:30"))] == [
        "Session H02",
        "13:30 to 14:15: A, Interview with role play",
    ]
    assert (
        "Nobody in the campaign is called “xyz”."
        in read(browser, asked_of(f"{base}/1/find", who="xyz")).lines
    )


@pytest.mark.parametrize("by", ["room", "applicant", "assessor"])
def test_session_is_a_chart_with_links_and_a_table(service: Service, by: str) -> None:
    browser = service.browser("auditor")
    url = asked_of(f"{bring_in_draft(service)}/1/session", of="H02", by=by)
    page = read(browser, url)
    assert "3 applicants and 1 panel, from 13:30 to 17:05. No rule is broken." in page.lines
    assert page.rows[0] == ["When", "What", "Where", "Applicants", "Staff"]
    assert len(page.rows) == 1 + 13
    blocks = [address for _, address in page.links if "sitting=H02-interview-1" in address]
    assert asked_of(f"{service.base}/timetables/1/sitting", **INTERVIEW) in blocks
    assert page.buttons == []


def test_drafts_are_compared_aim_by_aim_and_person_by_person(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/change", data={"act": "swap", "applicant": "A006", "other": "A002"})
    page = read(browser, asked_of(f"{base}/compare", old="1", new="2"))
    assert "2 people move, nobody by more than 110 minutes." in page.lines
    assert page.rows[0] == ["Aim", "Draft 1", "Draft 2", "How it stands"]
    assert [row[3] for row in page.rows if row[0].startswith("Fewest applicants without a session")] == [
        "the same"
    ]
    assert [row[0][-14:] for row in page.rows[-2:]] == ["A006)applicant", "A002)applicant"]


def test_draft_from_before_a_change_of_the_tables_says_so(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H02", "rule": "must"})
    page = read(browser, f"{base}/1")
    assert "The tables have changed since this draft was made" in page.lines
    assert "Change 2: Pinned A006 to H02" in page.lines
    assert read(browser, base).rows[1][4].startswith("They have changed since")


def test_draft_with_people_who_are_gone_is_shown_as_it_was(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    forget_applicant(service, "A006")
    page = read(browser, f"{base}/1")
    assert "The tables no longer fit this draft" in page.lines
    assert 'Timetable: found "A006"; wanted a person of this campaign' in page.lines
    assert (
        "Draft 1. All 8 applicants have a session; 2 of 2 sessions are held. No rule is broken." in page.lines
    )
    refused = browser.post(f"{base}/1/change", data={"act": "remove", "applicant": "A001"})
    assert refused.status_code == 422
    assert len(read(browser, base).rows) == 2


@pytest.mark.parametrize(
    "path", ["/2", "/0", "/1000000000000000000000", "/1/session?of=H99", "/1/person?who=Z9", "/x"]
)
def test_what_is_not_there_is_not_found(service: Service, path: str) -> None:
    base = bring_in_draft(service)
    assert service.browser("organiser").get(f"{base}{path}").status_code == 404


def test_draft_of_another_campaign_is_not_found(service: Service) -> None:
    bring_in_draft(service)
    other = service.new_campaign(tables_before_the_day())
    organiser = service.account("other@stepup.example", "Other Organiser")
    service.give(organiser, Role.ORGANISER, campaign=other)
    browser = service.browser(organiser)
    assert [
        browser.get(f"/campaigns/{campaign}/timetables/1{path}").status_code
        for campaign in (other, service.campaign)
        for path in ("", "/files.zip", "/session?of=H01", "/find?who=A", "/change?act=remove&applicant=A001")
    ] == [404] * 10

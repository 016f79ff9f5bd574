"""Changing a draft by hand: a run's and a person's page, breaches before and after, pins, solving again."""

from __future__ import annotations

import pytest

from api.jobs.attempt import attempt_job
from tests.api.routes.drafts_made import INTERVIEW, ROTATING, asked_of, bring_in_draft, read
from tests.api.routes.page_reading import PageReading
from tests.service import Service

MOVE = {"act": "sitting", **INTERVIEW, "start": "13:40", "room": "TAU-3"}


def test_run_says_who_is_there_and_why(service: Service) -> None:
    browser = service.browser("organiser")
    page = read(browser, asked_of(f"{bring_in_draft(service)}/1/sitting", **INTERVIEW))
    start = page.lines.index("Who, and why here")
    assert "13:30 to 14:15 in Interview room 3, before panel H02-P1. No rule is broken here." in page.lines
    assert page.lines[start + 1 : start + 8] == [
        "Idris Hallowby (A006), applicant",
        "Their journey to Taunton takes 25 minutes.",
        "They can come to 2 of 2 sessions.",
        "On panel H02-P1, Xanthe Marlbeck is from Somerset, their first choice.",
        "Arranged for them: 25 per cent extra time for Written exercise, Self-evaluation after the interview "
        "and Self-evaluation after the service users' round (already in the times).",
        "Pin A006 to H02",
        "Xanthe Marlbeck (S03), assessor",
    ]
    assert page.buttons[-2:] == ["See what that changes", "See what that changes"]
    assert page.fields["start"] == ["13:30"]


def test_service_users_are_named_in_their_run(service: Service) -> None:
    browser = service.browser("auditor")
    page = read(browser, asked_of(f"{bring_in_draft(service)}/1/sitting", **ROTATING))
    assert any(line.startswith("The group is ") for line in page.lines)
    assert page.buttons == []


def test_move_is_shown_with_its_breach_before_and_after(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    preview = read(browser, asked_of(f"{base}/1/change", **MOVE | {"start": "13:50"}))
    assert "Move interview H02-interview-1 of H02 to 13:50." in preview.lines
    assert "This breaks 1 rule:" in preview.lines
    assert preview.buttons == ["Move all the same"]
    assert len(read(browser, base).rows) == 2
    answer = browser.post(preview.actions[0], data=one_each(preview))
    assert answer.headers["location"] == asked_of(f"{base}/2/session", of="H02")
    page = read(browser, answer.headers["location"])
    said = "Kept as draft 2: Move interview H02-interview-1 of H02 to 13:50. It breaks 1 rule."
    assert said in page.lines
    assert "3 applicants and 1 panel, from 13:35 to 17:05. 1 breach of the rules." in page.lines
    assert "What is broken here" in page.lines
    row = next(row for row in read(browser, base).rows if row[0] == "Draft 2")
    assert (row[1], row[3]) == (
        "Move interview H02-interview-1 of H02 to 13:50.Changed by hand, from draft 1",
        "1",
    )


def test_move_that_breaks_nothing_has_a_plain_button(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    preview = read(browser, asked_of(f"{base}/1/change", **MOVE | {"start": "13:30", "room": "TAU-1"}))
    assert preview.buttons == ["Move"]
    assert "It breaks no rule." in preview.lines


def test_session_form_names_the_run_by_its_row(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    run = "run-H02-interview-H02-interview-1"
    parameters = {"act": "sitting", "session": "H02", "run": run, "start": "13:50"}
    page = read(browser, asked_of(f"{base}/1/change", **parameters))
    assert page.fields["sitting"] == ["H02-interview-1"]
    unknown = parameters | {"run": "run-H02-nothing"}
    assert browser.get(asked_of(f"{base}/1/change", **unknown)).status_code == 404


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("25:00", 'Start: found "25:00"; wanted a time such as 09:40'),
        ("noon", 'Start: found "noon"; wanted a time such as 09:40'),
        ("13:30", "Start: found the time and room as they are; wanted another of either"),
    ],
)
def test_time_that_is_none_is_told_at_its_field(service: Service, start: str, words: str) -> None:
    browser = service.browser("organiser")
    url = asked_of(f"{bring_in_draft(service)}/1/change", **MOVE | {"start": start})
    page = read(browser, url, 422)
    assert (f"Error: {words}" in page.lines, page.fields["start"]) == (True, [start])


def test_applicant_moves_to_another_session_or_swaps_or_goes(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    for number, (fields, button, said) in enumerate(
        (
            ({"act": "applicant", "applicant": "A006", "to": "H01"}, "Move", "Move A006 to H01."),
            (
                {"act": "swap", "applicant": "A006", "other": "A001"},
                "Swap",
                "Let A006 and A001 change places.",
            ),
            ({"act": "remove", "applicant": "A006"}, "Take out", "Take A006 out of the timetable."),
        ),
        start=2,
    ):
        preview = read(browser, asked_of(f"{base}/1/change", **fields))
        assert preview.buttons[0].removesuffix(" all the same") == button
        answer = browser.post(f"{base}/1/change", data=fields)
        assert answer.headers["location"] == asked_of(f"{base}/{number}/person", who="A006")
        assert f"Kept as draft {number}: {said}" in read(browser, answer.headers["location"]).text
    gone = read(browser, asked_of(f"{base}/4/person", who="A006"))
    assert "Idris Hallowby is in no session." in gone.lines
    assert "Idris Hallowby (A006)" in read(browser, f"{base}/4").lines


def test_assessor_is_exchanged(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    fields = {"act": "assessor", **INTERVIEW, "panel": "H02-P1", "old": "S03", "new": "S05"}
    preview = read(browser, asked_of(f"{base}/1/change", **fields))
    assert preview.buttons[0].removesuffix(" all the same") == "Exchange"
    browser.post(f"{base}/1/change", data=fields)
    page = read(browser, asked_of(f"{base}/2/sitting", **INTERVIEW))
    assert any("(S05), assessor" in line for line in page.lines)
    nobody = read(browser, asked_of(f"{base}/1/change", **fields | {"new": ""}), 422)
    assert "New: found nothing chosen; wanted an assessor" in nobody.lines


def test_pin_is_a_change_of_the_tables_and_can_be_taken_away(any_service: Service) -> None:
    browser = any_service.browser("organiser")
    base = bring_in_draft(any_service, browser)
    url = asked_of(f"{base}/1/person", who="A006")
    answer = browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H02", "rule": "must"})
    assert answer.headers["location"] == url
    page = read(browser, url)
    assert "Pinned A006 to H02. This is change 2 of the tables." in page.lines
    assert "Pinned to this session." in page.lines
    assert "Take the pin in H02 away" in page.buttons
    browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H02", "rule": ""})
    assert "Pin A006 to H02" in read(browser, url).buttons
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        made = [(change.kind, change.sentence) for change in work.campaigns.changes(record)]
    assert made[:2] == [("pin", "Took the pin of A006 in H02 away"), ("pin", "Pinned A006 to H02")]


def test_pin_that_the_tables_do_not_allow_is_told_on_the_page(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    answer = browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H99", "rule": "must"})
    page = PageReading(answer.text)
    assert answer.status_code == 422
    assert 'Session: found "H99"; wanted a session of this campaign' in page.lines
    assert "Where is Idris Hallowby, and why?" in page.lines


def test_whole_session_is_pinned_at_once(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    page = read(browser, asked_of(f"{base}/1/session", of="H02"))
    assert "Pin 3 applicants to H02" in page.buttons
    people = ["A002", "A005", "A006"]
    answer = browser.post(f"{base}/1/pin", data={"person": people, "session": "H02", "rule": "must"})
    assert answer.headers["location"] == asked_of(f"{base}/1/session", of="H02")
    assert "7 pins hold in the whole campaign:" in read(browser, answer.headers["location"]).lines


def test_solving_around_the_pins_keeps_them(service: Service) -> None:
    browser = service.browser("organiser")
    base = bring_in_draft(service, browser)
    browser.post(f"{base}/1/pin", data={"person": "A006", "session": "H01", "rule": "must"})
    refused = browser.post(f"{base}/1/solve", data={"seconds": "soon", "applicant": "A006"})
    assert refused.status_code == 422
    assert (
        'Error: Seconds: found "soon"; wanted whole seconds from 10 to 600' in PageReading(refused.text).lines
    )
    answer = browser.post(f"{base}/1/solve", data={"seconds": "10"})
    where, _, job = answer.headers["location"].rpartition("/")
    assert where == f"{service.base}/solve"
    assert attempt_job(service.database, service.settings, job, "worker")
    page = read(browser, asked_of(f"{base}/2/person", who="A006"))
    assert "Idris Hallowby (A006), applicant, is in H01 on Monday 6 July 2015 in the morning." in page.lines
    assert "Pinned to this session." in page.lines


@pytest.mark.parametrize("role", ["centre_manager", "auditor"])
def test_who_may_only_look_changes_nothing(service: Service, role: str) -> None:
    base = bring_in_draft(service)
    browser = service.browser(role)
    assert read(browser, asked_of(f"{base}/1/person", who="A006")).buttons == []
    assert browser.get(asked_of(f"{base}/1/change", **MOVE)).status_code == 404
    for path in ("change", "pin", "solve", "name"):
        assert browser.post(f"{base}/1/{path}", data=MOVE).status_code == 404


def one_each(page: PageReading) -> dict[str, str]:
    """What the page's form sends."""
    return {name: values[0] for name, values in page.fields.items()}

"""Capacity and forecast through the browser: before anybody applied, short of members, typed wrong."""

from __future__ import annotations

import pytest

from api.campaign import Table
from api.permissions import Role
from api.storage.tables.jobs import JobKind
from tests.api.jobs.test_forecasting import ASKED, before_invitations
from tests.api.routes.page_reading import PageReading
from tests.api.short_of_a_place import ask, done
from tests.service import Service, tables_before_the_day


def read(service: Service, path: str, who: str = "organiser") -> PageReading:
    answer = service.browser(who).get(f"{service.base}/{path}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def short_of_members(service: Service) -> None:
    """A campaign in which the lead authority's members can come on the second half-day only."""
    tables = tables_before_the_day("tiny")
    assessors = tables["assessors"]
    lead = [row[0] for row in assessors.rows if row[assessors.columns.index("council")] == "SOM"]
    kept = tables["availability"]
    rows = [row for row in kept.rows if row[0] not in lead]
    rows += [(person, "H01", "no") for person in lead]
    pins = tables["pins"]
    free = tuple(row for row in pins.rows if row[0] not in lead)
    tables |= {
        "availability": Table(kept.name, kept.columns, tuple(rows)),
        "pins": Table(pins.name, pins.columns, free),
    }
    service.campaign = service.new_campaign(tables)
    service.give(service.accounts["organiser"], Role.ORGANISER)


def test_dates_that_can_work_are_said_to(service: Service) -> None:
    page = read(service, "capacity")
    assert page.lines[:2] == [
        "Can these dates work, before anybody is invited?",
        "Counting finds nothing against these dates for 8 applicants.",
    ]
    assert "Where it pinches" not in page.lines
    bars = [row[:2] for row in page.rows if row and row[0].startswith(("H01,", "H02,"))]
    assert bars == [
        ["H01, Monday 6 July 2015, morning2 panels at Taunton", "2"],
        ["H02, Monday 6 July 2015, afternoon1 panel at Taunton", "1"],
    ]


def test_shortage_of_lead_members_says_how_many_and_where(service: Service) -> None:
    short_of_members(service)
    page = read(service, "capacity")
    assert page.lines[1] == "These dates cannot work for 8 applicants: something is short."
    start = page.lines.index("Where it pinches")
    assert page.lines[start + 1].startswith(
        "You are 1 half-day of Somerset members short: at least 3 are needed"
    )
    where = page.lines.index("Here is where")
    assert page.lines[where + 1].startswith("H01, Monday 6 July 2015, morning: 1 member short (1 needed")


def test_capacity_needs_no_applicants(any_service: Service) -> None:
    before_invitations(any_service)
    page = read(any_service, "capacity")
    assert page.lines[1] == (
        "Nobody has applied yet. Say how many you expect, and see whether the dates can work."
    )
    page = read(any_service, "capacity?applicants=8")
    assert page.lines[1] == "Counting finds nothing against these dates for 8 applicants."
    assert page.url("PDF") == f"{any_service.base}/capacity/capacity.pdf?applicants=8"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("applicants=some", 'Applicants: found "some"; wanted a whole number from 1 to 10,000'),
        ("applicants=0", 'Applicants: found "0"; wanted a whole number from 1 to 10,000'),
        (
            "interpreters=2",
            'Interpreters: found "2"; wanted how many applicants they are among, in the field above',
        ),
    ],
)
def test_numbers_that_are_none_are_told_beside_their_field(service: Service, query: str, words: str) -> None:
    answer = service.browser("organiser").get(f"{service.base}/capacity?{query}")
    page = PageReading(answer.text)
    assert (answer.status_code, page.url(words)) == (422, f"#{query.partition('=')[0]}")


def test_faulty_tables_are_to_be_mended_before_anything_is_counted(service: Service) -> None:
    service.campaign = service.new_campaign({})
    service.give(service.accounts["organiser"], Role.ORGANISER)
    for path in ("capacity", "forecast", "solve"):
        assert read(service, path).url("Bring in a spreadsheet") == f"{service.base}/bring-in"


def test_capacity_is_downloaded(service: Service) -> None:
    browser = service.browser("auditor")
    lines = browser.get(f"{service.base}/capacity/capacity.csv").text.splitlines()
    sessions = browser.get(f"{service.base}/capacity/capacity_sessions.csv").text.splitlines()
    pdf = browser.get(f"{service.base}/capacity/capacity.pdf?applicants=9")
    assert lines[:2] == [
        "venue,what,about,unit,needed,offered,in_trial,enough,must",
        ",applicants,,number,8,9,,yes,yes",
    ]
    assert (len(sessions), pdf.headers["content-type"], pdf.content[:5]) == (3, "application/pdf", b"%PDF-")
    assert browser.get(f"{service.base}/capacity/other.csv").status_code == 404
    assert browser.get(f"{service.base}/capacity/capacity.csv?applicants=x").status_code == 422


def test_forecast_is_asked_for_made_and_read(any_service: Service) -> None:
    form = {"rate": "82 %", "of": "106", "risk": "5", "draft": "", "plays": "200", "seed": "0"}
    answer = any_service.browser("organiser").post(f"{any_service.base}/forecast", data=form)
    assert answer.status_code == 303
    path = answer.headers["location"].removeprefix(f"{any_service.base}/")
    assert read(any_service, path).lines[1] == "Waiting. It is next, and begins in a moment."
    ended = done(any_service, path.rpartition("/")[2])
    page = read(any_service, path)
    assert page.lines[1] == f"Invite {ended.result['invite']} in all to 2 sessions."
    assert page.lines[2].startswith("With an accepted risk of 5 % that more come to a session")
    assert page.lines[-1].startswith(
        "All sessions, by counting; attendance 82 % of 106; accepted risk 5 %; 200 plays, seed 0."
    )
    (row,) = (
        row for row in read(any_service, "forecast").rows if len(row) == 6 and row[1].startswith("Made")
    )
    assert row[2:] == [
        "all sessions, by counting",
        "82 % of 106",
        "5 %",
        f"Invite {ended.result['invite']}",
    ]


def test_forecast_is_downloaded(service: Service) -> None:
    job = ask(service, JobKind.FORECAST, **ASKED)
    browser = service.browser("auditor")
    early = browser.get(f"{service.base}/forecast/{job}/forecast.csv")
    assert (early.status_code, early.headers["location"]) == (303, f"{service.base}/forecast/{job}")
    done(service, job)
    csv = browser.get(f"{service.base}/forecast/{job}/forecast.csv").text
    pdf = browser.get(f"{service.base}/forecast/{job}/forecast.pdf")
    assert (csv.splitlines()[0].split(",")[:3], pdf.content[:5]) == (
        ["interviews", "panels", "sessions"],
        b"%PDF-",
    )
    assert browser.get(f"{service.base}/forecast/{job}/other.csv").status_code == 404


def test_forecast_that_cannot_be_read_keeps_what_was_typed(service: Service) -> None:
    form = {"rate": "most", "of": "106", "risk": "60", "draft": "7", "plays": "200", "seed": "0"}
    answer = service.browser("organiser").post(f"{service.base}/forecast", data=form)
    page = PageReading(answer.text)
    assert (answer.status_code, page.fields["rate"], page.fields["risk"]) == (422, ["most"], ["60"])
    assert page.url('Risk: found "60"; wanted per cent from 0 to 49') == "#risk"


def test_forecast_of_no_draft_is_refused(service: Service) -> None:
    form = {"rate": "82 %", "draft": "7"}
    answer = service.browser("organiser").post(f"{service.base}/forecast", data=form)
    words = "Draft: found 7; wanted a draft of this campaign"
    assert (answer.status_code, PageReading(answer.text).url(words)) == (422, "#draft")


def test_waiting_forecast_is_cancelled(service: Service) -> None:
    job = ask(service, JobKind.FORECAST, **ASKED)
    answer = service.browser("organiser").post(f"{service.base}/forecast/{job}/cancel")
    assert answer.headers["location"] == f"{service.base}/forecast/{job}"
    assert read(service, f"forecast/{job}").lines[1] == "It was cancelled before it had a result."

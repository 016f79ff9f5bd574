"""Solve through the browser: started, followed, cancelled, told in words; no place, why, and a way out."""

from __future__ import annotations

import re

import pytest

from api.clock import utc_now
from api.permissions import Role
from api.storage.tables.jobs import JobKind, JobState
from tests.api.routes.page_reading import PageReading
from tests.api.short_of_a_place import ask, done, installed_short_of_a_place, job_of
from tests.service import Service, tables_before_the_day

BEST = "All 8 applicants have a place. 3 panels are needed and no plan needs fewer."
MOMENT = re.compile(r"\d+ \w+ 20\d\d, \d\d:\d\d")


def read(service: Service, path: str = "", who: str = "organiser") -> PageReading:
    answer = service.browser(who).get(f"{service.base}/solve{path}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def post(service: Service, path: str = "", **fields: str) -> str:
    """Where the form led, below the campaign's solves."""
    answer = service.browser("organiser").post(f"{service.base}/solve{path}", data=fields)
    assert answer.status_code == 303
    return answer.headers["location"].removeprefix(f"{service.base}/solve")


def test_solve_is_started_done_and_told_in_words(any_service: Service) -> None:
    page = read(any_service)
    assert (page.lines[1], page.fields["seconds"]) == ("No timetable has been made here yet.", ["60"])
    where = post(any_service, seconds="10")
    waiting = read(any_service, where)
    assert waiting.lines[1:3] == ["Waiting. It is next, and begins in a moment.", "Waiting"]
    ended = done(any_service, where.strip("/"))
    page = read(any_service, where)
    assert page.lines[1] == BEST
    assert page.url("See the timetable, draft 1") == f"{any_service.base}/timetables/1"
    aim = page.lines.index("2. Fewest panels to staff, over all sessions")
    assert page.lines[aim + 1] == "Proven best 3 panels: proven, no plan does better."
    assert page.lines[-1].startswith("Solve. Asked for by Made-up Organiser on ")
    listed = read(any_service)
    assert listed.lines[1] == BEST
    row = [MOMENT.sub("then", cell) for cell in listed.rows[-1]]
    assert row == ["then", "Made-up Organiser", "Solve", "All 8 applicants placed, proven best", "Draft 1"]
    assert (ended.state, ended.asked) == (JobState.DONE, {"seconds": 10, "seed": 0})


def test_part_leads_on_when_it_has_ended(service: Service) -> None:
    job = ask(service, JobKind.SCHEDULE, seconds=10)
    browser = service.browser("organiser")
    waiting = browser.get(f"{service.base}/solve/{job}/progress").text
    done(service, job)
    ended = browser.get(f"{service.base}/solve/{job}/progress").text
    assert ("data-live-stop" in waiting, "<html" in waiting) == (False, False)
    assert f'data-live-go="{service.base}/solve/{job}"' in ended


@pytest.mark.parametrize("seconds", ["5", "601", "a minute", "-1", "1e3"])
def test_seconds_that_are_none_are_kept_and_told(service: Service, seconds: str) -> None:
    answer = service.browser("organiser").post(f"{service.base}/solve", data={"seconds": seconds})
    page = PageReading(answer.text)
    words = f'Seconds: found "{seconds}"; wanted whole seconds from 10 to 600'
    assert (answer.status_code, page.fields["seconds"], page.url(words)) == (422, [seconds], "#seconds")
    with service.database.reading() as work:
        assert work.jobs.in_campaign(service.campaign) == []


def test_faults_come_before_any_solve_with_the_way_to_mend_them(service: Service) -> None:
    tables = tables_before_the_day("tiny")
    sessions = tables["sessions"]
    place = sessions.columns.index("panels_max")
    rows = tuple((*row[:place], "some", *row[place + 1 :]) for row in sessions.rows)
    broken = type(sessions)(sessions.name, sessions.columns, rows)
    service.campaign = service.new_campaign({**tables, "sessions": broken})
    service.give(service.accounts["organiser"], Role.ORGANISER)
    page = read(service)
    assert "Mend this first" in page.lines
    assert page.url("sessions H01, panels max").startswith(f"{service.base}/tables/sessions/rows/")
    assert "Start solving" not in page.buttons
    refused = service.browser("organiser").post(f"{service.base}/solve", data={"seconds": "10"})
    assert refused.status_code == 422


def test_waiting_solve_says_how_many_are_before_it_and_is_cancelled(service: Service) -> None:
    ask(service, JobKind.SCHEDULE, seconds=10)
    second = ask(service, JobKind.SCHEDULE, seconds=10)
    assert read(service, f"/{second}").lines[1] == "Waiting. 1 other job is before it; it begins by itself."
    assert post(service, f"/{second}/cancel") == f"/{second}"
    page = read(service, f"/{second}")
    assert page.lines[1] == "It was cancelled before it began. Nothing was changed."
    assert job_of(service, second).state == JobState.CANCELLED


def test_running_solve_is_asked_to_stop_and_keep_its_best(service: Service) -> None:
    job = ask(service, JobKind.SCHEDULE, seconds=10)
    with service.database.writing() as work:
        work.jobs.take(job, "worker", utc_now())
    page = read(service, f"/{job}")
    assert (page.lines[1], page.buttons) == ("0 of 9 aims are settled.", ["Cancel and keep the best so far"])
    post(service, f"/{job}/cancel")
    page = read(service, f"/{job}")
    assert (page.lines[1], page.buttons) == ("Stopping. The best so far will be kept.", [])
    assert job_of(service, job).cancel_asked


def test_failed_solve_says_what_went_wrong(service: Service) -> None:
    job = ask(service, JobKind.REPAIR, draft=9, now="2015-07-06 10:00")
    done(service, job)
    page = read(service, f"/{job}")
    assert page.lines[1:4] == [
        "This did not work, and nothing was changed.",
        "What went wrong",
        "repair: column draft: found no such draft; wanted a draft of this campaign",
    ]


def test_no_place_is_explained_and_a_way_out_applied(any_service: Service) -> None:
    installed_short_of_a_place(any_service)
    job = ask(any_service, JobKind.SCHEDULE, seconds=10)
    done(any_service, job)
    page = read(any_service, f"/{job}")
    assert page.lines[1].startswith("7 of 8 applicants have a place, and no plan places more.")
    assert "Obi Sedgebrook (A001): There is no session that A001 is available for." in page.lines
    assert "Find out why, and what it would take" in page.buttons
    why = post(any_service, f"/{job}/explain")
    done(any_service, why.strip("/"))
    page = read(any_service, why)
    assert page.lines[1] == "7 of 8 applicants can have a session; it is proven that no more can."
    start = page.lines.index("Obi Sedgebrook (A001) has no place.")
    assert page.lines[start + 1 : start + 7] == [
        "Why",
        "A001 is not available for any session.",
        "What it would take",
        "Way out 1: a word with people who are already coming",
        "A001 also available on Monday 6 July 2015 in the morning (H01): gives them a session.",
        "Apply this and solve again",
    ]
    again = post(any_service, f"{why}/try", case="0", way="0")
    done(any_service, again.strip("/"))
    assert read(any_service, again).lines[1] == BEST
    old = read(any_service, why)
    assert old.buttons == ["Look again, with the tables as they are now"]
    refused = any_service.browser("organiser").post(
        f"{any_service.base}/solve{why}/try", data={"case": "0", "way": "0"}
    )
    said = "The tables have changed since, so this way out was not applied. Look again first."
    assert (refused.status_code, PageReading(refused.text).url(said)) == (409, "#changed")


@pytest.mark.parametrize(("case", "way"), [("7", "0"), ("", ""), ("0", "x"), ("99999999", "0")])
def test_way_out_that_is_not_there_is_refused(service: Service, case: str, way: str) -> None:
    job = ask(service, JobKind.EXPLAIN, seconds=10)
    answer = service.browser("organiser").post(
        f"{service.base}/solve/{job}/try", data={"case": case, "way": way}
    )
    assert answer.status_code == 422


def test_auditor_reads_and_cannot_start(service: Service) -> None:
    job = ask(service, JobKind.SCHEDULE, seconds=10)
    assert read(service, f"/{job}", "auditor").buttons == []
    assert "Start solving" not in read(service, "", "auditor").buttons
    refused = [
        service.browser("auditor").post(f"{service.base}/solve{path}").status_code
        for path in ("", f"/{job}/cancel", f"/{job}/explain", f"/{job}/try")
    ]
    assert refused == [404] * 4


def test_jobs_of_another_campaign_or_another_kind_are_not_there(service: Service) -> None:
    job = ask(service, JobKind.SCHEDULE, seconds=10)
    forecast = ask(service, JobKind.FORECAST, rate="87/106")
    service.campaign = service.new_campaign(tables_before_the_day("tiny"))
    service.give(service.accounts["organiser"], Role.ORGANISER)
    browser = service.browser("organiser")
    found = [
        browser.get(f"{service.base}/{path}").status_code
        for path in (f"solve/{job}", f"solve/{forecast}", f"forecast/{forecast}", f"papers/{job}")
    ]
    assert found == [404] * 4
    assert service.browser("officer").get(f"{service.base}/solve").status_code == 404


def test_solves_are_downloaded(service: Service) -> None:
    ask(service, JobKind.SCHEDULE, seconds=10)
    answer = service.browser("organiser").get(f"{service.base}/solve?download=csv")
    head, row = answer.text.strip().splitlines()
    assert (head, MOMENT.sub("then", row)) == (
        "when,by,what,result,draft",
        '"then",Made-up Organiser,Solve,Waiting,',
    )

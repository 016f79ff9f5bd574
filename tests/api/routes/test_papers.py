"""Papers through the browser: what can be made, asked for, downloaded; running orders by themselves."""

from __future__ import annotations

import pytest

from api.clock import utc_now
from api.permissions import Role
from api.storage.tables.jobs import JobKind, JobProgress, JobState
from api.storage.tables.timetables import Publication
from tests.api.routes.page_reading import PageReading
from tests.api.short_of_a_place import ask, done
from tests.service import Service, tables_before_the_day


@pytest.fixture
def published(service: Service) -> Service:
    """Draft 1, published as version 1."""
    done(service, ask(service, JobKind.SCHEDULE, seconds=10))
    with service.database.writing() as work:
        version = Publication(
            campaign_id=service.campaign,
            number=1,
            timetable_number=1,
            campaign_change=1,
            published_by="organiser",
            published_at=utc_now(),
        )
        work.timetables.publish(version, [])
    return service


def read(service: Service, path: str = "", who: str = "organiser") -> PageReading:
    answer = service.browser(who).get(f"{service.base}/papers{path}")
    assert answer.status_code == 200
    return PageReading(answer.text)


def test_papers_need_a_timetable_first(service: Service) -> None:
    page = read(service)
    assert page.lines[1] == "Papers are made of a timetable, and there is none yet."
    assert page.url("Solve first") == f"{service.base}/solve"


def test_papers_of_a_version_are_asked_for_made_and_downloaded(published: Service) -> None:
    page = read(published)
    assert (page.fields["of"], page.fields["tables"]) == (["version-1"], ["then"])
    browser = published.browser("organiser")
    answer = browser.post(f"{published.base}/papers", data={"of": "version-1", "tables": "then"})
    path = answer.headers["location"].removeprefix(f"{published.base}/papers")
    assert read(published, path).lines[1] == "Waiting. It is next, and begins in a moment."
    early = browser.get(f"{published.base}/papers{path}/papers.zip")
    assert (early.status_code, early.headers["location"]) == (303, f"{published.base}/papers{path}")
    with published.database.writing() as work:
        job = path.strip("/")
        work.jobs.take(job, "worker", utc_now())
        work.jobs.end(job, 1, JobState.DONE, utc_now(), {"papers": 22, "bytes": 520_000}, b"the archive")
        asked = work.jobs.of_campaign(published.campaign, job)
    page = read(published, path)
    assert page.lines[1] == "22 papers, each as PDF and as a page: 0.5 million bytes."
    assert page.lines[3].startswith(
        "Unpack it and open index.html: it leads to every paper. Each says “Version 1, issued "
    )
    zipped = browser.get(page.url("Download all as one archive"))
    assert (zipped.content, zipped.headers["content-disposition"]) == (
        b"the archive",
        'attachment; filename="A-tiny-campaign-to-try-things-version-1.zip"',
    )
    assert asked is not None
    assert (asked.campaign_change, asked.asked["draft"], asked.asked["forms"]) == (1, 1, "")


def test_rating_forms_are_made_where_they_are_asked_for(published: Service) -> None:
    data = {"of": "version-1", "tables": "then", "forms": "yes"}
    answer = published.browser("organiser").post(f"{published.base}/papers", data=data)
    with published.database.reading() as work:
        job = work.jobs.of_campaign(published.campaign, answer.headers["location"].rpartition("/")[2])
    assert job is not None
    assert job.asked["forms"] == "yes"


def test_progress_is_counted_in_papers(published: Service) -> None:
    browser = published.browser("organiser")
    answer = browser.post(f"{published.base}/papers", data={"of": "draft-1"})
    job = answer.headers["location"].rpartition("/")[2]
    with published.database.writing() as work:
        work.jobs.take(job, "worker", utc_now())
        work.jobs.tell([JobProgress(job_id=job, attempt=1, seconds=3, tier="papers", value=12, bound=286)])
    part = browser.get(f"{published.base}/papers/{job}/progress").text
    assert ("12 of 286 papers made." in part, 'max="286" value="12"' in part) == (True, True)


def test_running_order_of_one_session_comes_at_once(published: Service) -> None:
    page = read(published, "/of/draft-1", "auditor")
    assert page.lines[1:3] == [
        "Draft 1, not published",
        "H01: Monday 6 July 2015, morning, 09:00 to 13:15, Taunton (PDF)",
    ]
    answer = published.browser("auditor").get(page.url("H01"))
    assert (answer.headers["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    for path in ("/of/draft-1/H99", "/of/draft-2", "/of/draft-2/H01", "/of/other"):
        assert published.browser("auditor").get(f"{published.base}/papers{path}").status_code == 404


def test_papers_of_nothing_are_refused_beside_the_field(published: Service) -> None:
    answer = published.browser("organiser").post(f"{published.base}/papers", data={"of": "draft-7"})
    words = 'Of: found "draft-7"; wanted a draft or a version of this campaign'
    assert (answer.status_code, PageReading(answer.text).url(words)) == (422, "#of")


def test_waiting_papers_are_cancelled_and_listed(published: Service) -> None:
    browser = published.browser("organiser")
    answer = browser.post(f"{published.base}/papers", data={"of": "draft-1"})
    where = answer.headers["location"]
    assert browser.post(f"{where}/cancel").headers["location"] == where
    page = PageReading(browser.get(where).text)
    assert "It was cancelled. No papers are kept." in page.lines
    rows = [row[1:] for row in read(published).rows if len(row) == 4]
    assert rows[-1] == ["Made-up Organiser", "Draft 1, not published", "Cancelled"]


def test_auditor_cannot_have_papers_made_and_others_see_none(published: Service) -> None:
    assert published.browser("auditor").post(f"{published.base}/papers").status_code == 404
    assert published.browser("officer").get(f"{published.base}/papers").status_code == 404
    other = published.new_campaign(tables_before_the_day("tiny"))
    published.give(published.accounts["organiser"], Role.ORGANISER, campaign=other)
    found = published.browser("organiser").get(f"/campaigns/{other}/papers/of/draft-1")
    assert found.status_code == 404

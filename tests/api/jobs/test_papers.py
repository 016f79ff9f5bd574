"""Papers as a job: one archive of a draft or version that says on every page what it is; few are kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from api.clock import utc_now
from api.errors import BadInput
from api.jobs import papers
from api.jobs.papers import archive_of, papers_job
from api.jobs.task import Task
from api.services.ask_papers import PAPERS_KEPT, ask_papers
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.storage.tables.jobs import JobKind, JobState
from tests.api.short_of_a_place import ask, done, job_of
from tests.service import Service

UNCHANGED = "then"


@pytest.fixture
def drafted(service: Service) -> Service:
    done(service, ask(service, JobKind.SCHEDULE, seconds=10))
    return service


def asked(service: Service, of: str, tables: str = UNCHANGED, *, with_forms: bool = False) -> str:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        doing = Doing("organiser", utc_now())
        return ask_papers(work, record, of, tables, "Europe/London", doing, with_forms=with_forms).id


def made_before(service: Service, number: int) -> list[str]:
    """So many sets of papers that were made earlier."""
    older = [asked(service, "draft-1") for _ in range(number)]
    with service.database.writing() as work:
        for job in older:
            assert work.jobs.take(job, "worker", utc_now())
            assert work.jobs.end(job, 1, JobState.DONE, utc_now(), {"papers": 1, "bytes": 1}, b"z")
    return older


def test_every_paper_of_a_draft_says_that_it_is_one(drafted: Service) -> None:
    older = made_before(drafted, PAPERS_KEPT)
    job = asked(drafted, "draft-1", with_forms=True)
    ended = done(drafted, job)
    assert ended.content is not None
    with drafted.database.reading() as work:
        held = work.jobs.with_content(drafted.campaign, JobKind.PAPERS)
    # Only the latest few sets are kept.
    assert (len(held), job in held, len(set(held) & set(older))) == (PAPERS_KEPT, True, PAPERS_KEPT - 1)
    with zipfile.ZipFile(io.BytesIO(ended.content)) as archive:
        names = archive.namelist()
        (folder,) = {name.partition("/")[0] for name in names}
        running_order = archive.read(f"{folder}/papers/running-orders/H01.pdf")
        index = archive.read(f"{folder}/index.html").decode()
        forms = archive.read(f"{folder}/papers/rating-forms/G1.pdf")
    pages = [*PdfReader(io.BytesIO(running_order)).pages, *PdfReader(io.BytesIO(forms)).pages]
    marks = ["Draft 1, not published" in page.extract_text() for page in pages]
    assert (all(marks), "Draft 1, not published" in index) == (True, True)
    papers_made = ended.result["papers"]
    assert [sum(name.endswith(ending) for name in names) for ending in (".pdf", ".html")] == [
        papers_made,
        int(str(papers_made)) + 5,
    ]
    with drafted.database.reading() as work:
        told = work.jobs.progress(ended)[-1]
    assert (ended.state, told.value, told.bound, told.is_proven) == (
        JobState.DONE,
        papers_made,
        papers_made,
        True,
    )


def test_cancelled_papers_are_not_kept(drafted: Service) -> None:
    job = job_of(drafted, asked(drafted, "draft-1"))
    with drafted.database.reading() as work:
        record = work.campaigns.by_id(drafted.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        task = Task(job, campaign, drafted.settings, work.timetables.by_number(drafted.campaign, 1))
    task.stop.ask()
    outcome = papers_job(task)
    assert (outcome.content, outcome.is_whole) == (None, False)


@pytest.mark.parametrize("of", ["draft-9", "version-1", "draft-", "", "draft-1-1", "1", "draft-²"])
def test_what_is_no_draft_and_no_version_is_refused(drafted: Service, of: str) -> None:
    with pytest.raises(BadInput):
        asked(drafted, of)


def test_archive_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "BYTES_MAX", 20)
    (tmp_path / "paper.html").write_bytes(b"a paper")
    with pytest.raises(BadInput):
        archive_of(tmp_path)

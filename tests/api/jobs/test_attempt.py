"""One attempt at one job, on both databases: stored once, whoever comes too late, with its progress."""

from __future__ import annotations

from api.clock import utc_now
from api.jobs.attempt import attempt_job
from api.services.ask_job import ask_job, cancel_job
from api.services.doing import Doing
from api.storage.tables.jobs import Job, JobKind, JobState
from tests.service import Service


def asked(service: Service, kind: JobKind, **wanted: object) -> str:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        return ask_job(work, record, kind, wanted, Doing("program", utc_now())).id


def job_of(service: Service, reference: str) -> Job:
    with service.database.reading() as work:
        job = work.jobs.by_id(reference)
        assert job is not None
        return job


def drafts_of(service: Service) -> list[tuple[int, str]]:
    with service.database.reading() as work:
        return [(draft.number, draft.origin) for draft in work.timetables.all(service.campaign)]


def test_schedule_keeps_a_draft_with_its_progress(any_service: Service) -> None:
    job = asked(any_service, JobKind.SCHEDULE, seconds=10)
    assert attempt_job(any_service.database, any_service.settings, job, "worker")
    ended = job_of(any_service, job)
    assert (ended.state, ended.attempt, ended.worker) == (JobState.DONE, 1, "worker")
    assert (ended.result["placed"], ended.result["draft"], ended.result["status"]) == (8, 1, "optimal")
    assert drafts_of(any_service) == [(1, "solve")]
    with any_service.database.reading() as work:
        told = work.jobs.progress(ended)
    assert {line.tier for line in told if line.is_proven} >= {"unplaced", "panel_half_days"}


def test_job_that_another_has_taken_is_left_alone(any_service: Service) -> None:
    job = asked(any_service, JobKind.SCHEDULE, seconds=10)
    with any_service.database.writing() as work:
        assert work.jobs.take(job, "other", utc_now()) == 1
    assert not attempt_job(any_service.database, any_service.settings, job, "worker")
    assert job_of(any_service, job).worker == "other"


def test_late_attempt_stores_nothing(any_service: Service) -> None:
    """Its job was put back and taken by another: the first attempt's result is not kept."""
    job = asked(any_service, JobKind.SCHEDULE, seconds=10)
    with any_service.database.writing() as work:
        first = work.jobs.take(job, "first", utc_now())
        assert first == 1
        assert work.jobs.put_back(job, first)
        assert work.jobs.take(job, "second", utc_now()) == 2
        assert not work.jobs.end(job, first, JobState.DONE, utc_now(), {"draft": 1})
        assert work.jobs.beat(job, first, utc_now()) == (False, True)
    assert job_of(any_service, job).state == JobState.RUNNING


def test_faults_end_a_job_in_words(service: Service) -> None:
    job = asked(service, JobKind.REPAIR, draft=7, now="2015-07-14 10:00", absent=["A001"])
    assert attempt_job(service.database, service.settings, job, "worker")
    ended = job_of(service, job)
    assert (ended.state, ended.result) == (
        JobState.FAILED,
        {"error": ["repair: column draft: found no such draft; wanted a draft of this campaign"]},
    )


def test_waiting_job_is_cancelled_at_once(any_service: Service) -> None:
    job = asked(any_service, JobKind.SCHEDULE, seconds=10)
    with any_service.database.writing() as work:
        record = work.campaigns.held(any_service.campaign)
        found = work.jobs.by_id(job)
        assert record is not None
        assert found is not None
        assert cancel_job(work, record, found, Doing("program", utc_now()))
    assert job_of(any_service, job).state == JobState.CANCELLED
    assert not attempt_job(any_service.database, any_service.settings, job, "worker")

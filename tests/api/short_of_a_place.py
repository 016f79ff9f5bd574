"""The made-up campaign `tiny` with one applicant who is available for nothing, and so has no place."""

from __future__ import annotations

from api.campaign import Table
from api.clock import utc_now
from api.jobs.attempt import attempt_job
from api.permissions import Role
from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.storage.tables.jobs import Job, JobKind
from tests.service import Service, tables_before_the_day

NOBODY_CAN_PLACE = "A001"


def tables_short_of_a_place() -> dict[str, Table]:
    tables = tables_before_the_day("tiny")
    kept = tables["availability"]
    away = (
        {"person": NOBODY_CAN_PLACE, "session": row[0], "available": "no"} for row in tables["sessions"].rows
    )
    rows = tuple(tuple(cells.get(column, "") for column in kept.columns) for cells in away)
    return {**tables, "availability": Table(kept.name, kept.columns, (*kept.rows, *rows))}


def installed_short_of_a_place(service: Service) -> str:
    """Such a campaign, whose organiser is the service's. Its address."""
    campaign = service.new_campaign(tables_short_of_a_place())
    service.give(service.accounts["organiser"], Role.ORGANISER, campaign=campaign)
    service.campaign = campaign
    return f"/campaigns/{campaign}"


def ask(service: Service, kind: JobKind, **asked: object) -> str:
    """A job of the service's campaign that was asked for by its organiser. Its reference."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        by = service.accounts["organiser"].id
        return ask_job(work, record, kind, asked, Doing(by, utc_now())).id


def done(service: Service, job: str) -> Job:
    """The job, once it has been worked on."""
    assert attempt_job(service.database, service.settings, job, "worker")
    return job_of(service, job)


def job_of(service: Service, job: str) -> Job:
    with service.database.reading() as work:
        found = work.jobs.by_id(job)
        assert found is not None
        return found

"""Solves: asked for, looked at, cancelled. The result of one is a draft, read with the timetables."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.errors import BadInput, Fault
from api.permissions import Permission
from api.routes.access import Caller, NotYours, needs_token
from api.routes.interface.shapes import AskedJob, JobShape, ProgressShape
from api.services.ask_job import ask_job, cancel_job
from api.storage.tables.jobs import Job, JobKind

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Solves"])

Reader = Annotated[Caller, needs_token(Permission.TOKEN_READ)]
Solver = Annotated[Caller, needs_token(Permission.TOKEN_SOLVE)]
Reference = Annotated[str, Path(description="The job’s reference, as it was told when it was asked for.")]


@router.get("/jobs", summary="The latest jobs, without their progress")
def list_jobs(caller: Reader) -> list[JobShape]:
    return [_shape(job, []) for job in caller.work.jobs.in_campaign(caller.campaign.id)]


@router.post("/jobs", status_code=202, summary="Ask for a solve of the tables as they stand")
def ask(caller: Solver, asked: AskedJob) -> JobShape:
    record, most = caller.hold(), caller.settings.solve_seconds_max
    if asked.seconds > most:
        found = f"{asked.seconds} seconds"
        raise BadInput([Fault("job", None, "seconds", found, f"at most {most} on this installation")])
    wanted = {"seconds": asked.seconds, "seed": asked.seed}
    return _shape(ask_job(caller.work, record, JobKind(asked.kind), wanted, caller.doing), [])


@router.get("/jobs/{job}", summary="One job, with how far each aim has come")
def read_job(caller: Reader, job: Reference) -> JobShape:
    found = _job(caller, job)
    latest = {line.tier: line for line in caller.work.jobs.progress(found)}
    progress = [
        ProgressShape(
            tier=line.tier,
            seconds=line.seconds,
            value=line.value,
            bound=line.bound,
            is_proven=line.is_proven,
        )
        for line in latest.values()
    ]
    return _shape(found, progress)


@router.post("/jobs/{job}/cancel", summary="Cancel a job; the best timetable found until then is kept")
def cancel(caller: Solver, job: Reference) -> JobShape:
    record = caller.hold()
    cancel_job(caller.work, record, _job(caller, job), caller.doing)
    return _shape(_job(caller, job), [])


def _job(caller: Caller, reference: str) -> Job:
    found = caller.work.jobs.of_campaign(caller.campaign.id, reference) if reference.isprintable() else None
    if found is None:
        raise NotYours
    return found


def _shape(job: Job, progress: list[ProgressShape]) -> JobShape:
    return JobShape.model_validate(
        {
            "job": job.id,
            "kind": job.kind,
            "state": job.state,
            "change": job.campaign_change,
            "asked_at": job.made_at,
            "started_at": job.started_at,
            "ended_at": job.ended_at,
            "result": job.result,
            "progress": progress,
        }
    )

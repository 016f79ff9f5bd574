"""Jobs with PostgreSQL: Procrastinate's queue wakes workers, any number on any machines.

The queue only wakes: the job's own row says what there is to do, who does it and whether it was done. A
worker that is killed leaves a row that falls silent; another worker notices within seconds, puts the job
back and does it. At most `solves_at_once` run at a time over all machines (`api.storage.solve_places`).
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import os
import socket

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from api.clock import utc_now
from api.jobs.attempt import attempt_job
from api.jobs.kinds import load_libraries
from api.settings import Settings
from api.storage.engine import UNREACHABLE, plain_address
from api.storage.solve_places import solve_place
from api.storage.tables.jobs import JobState
from api.storage.unit_of_work import Database, Waker

log = logging.getLogger("stepup.jobs")

ATTEMPT = "stepup.attempt"
HEARTBEAT_SECONDS = 2.0
# Whoever was not heard of for so long has gone: signs of life come every second or two.
SILENT_SECONDS = 8.0
CARE_SECONDS = 4.0
LEAVE_SECONDS = 5.0


def waker_of(url: str) -> Waker:
    """What tells the queue of a new job, over the connection of the unit of work that makes the job."""
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=plain_address(url)))

    def wake(session: object, job: str) -> None:
        connection = session.connection().connection.driver_connection  # type: ignore[attr-defined]
        app.configure_task(ATTEMPT, connection=connection).defer(job=job)

    return wake


async def serve_queue(settings: Settings, database: Database) -> None:
    """Do jobs until this process is told to leave. A job that it cannot finish then is done by another."""
    load_libraries()
    name = f"{socket.gethostname()}-{os.getpid()}"
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain_address(settings.url)))

    @app.task(name=ATTEMPT)
    def attempt(job: str) -> None:
        # An entry of the queue is worth one attempt, at whichever job has waited longest: one that a killed
        # worker left behind goes before those that were asked for later.
        with solve_place(database.engine, settings.solves_at_once) as place:
            oldest = oldest_waiting(database, place)
            if oldest is not None:
                attempt_job(database, settings, oldest, name, place)

    async with app.open_async():
        care = asyncio.create_task(_care(app, database))
        try:
            await app.run_worker_async(
                name=name,
                concurrency=1,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENT_SECONDS,
                shutdown_graceful_timeout=LEAVE_SECONDS,
                delete_jobs="always",
            )
        finally:
            care.cancel()


def oldest_waiting(database: Database, place: int) -> str | None:
    """The job that has waited longest, once a job that lost its worker at this place waits again."""
    with database.writing() as work:
        if work.jobs.put_back_place(place):
            log.warning("the worker at place %d has gone; its job waits again", place)
        return work.jobs.first_waiting()


def put_back_silent(database: Database) -> None:
    """Jobs whose workers have gone wait again."""
    with database.writing() as work:
        for silent in work.jobs.silent_since(utc_now() - datetime.timedelta(seconds=SILENT_SECONDS)):
            log.warning("job %s fell silent; it waits again", silent.id)
            work.jobs.put_back(silent.id, silent.attempt)


async def _care(app: procrastinate.App, database: Database) -> None:
    """Look after jobs that nobody does any more, every few seconds, in every worker."""
    while True:
        await asyncio.sleep(CARE_SECONDS)
        try:
            await asyncio.to_thread(put_back_silent, database)
            await _wake_again(app, database)
        except (*UNREACHABLE, ConnectorException):
            log.warning("the database cannot be reached; trying again")


async def _wake_again(app: procrastinate.App, database: Database) -> None:
    """Every job that waits has an entry in the queue, and no entry belongs to a worker that has gone."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await app.job_manager.retry_job(stalled)
    waiting = await asyncio.to_thread(_waiting, database)
    queued = {
        str(entry.task_kwargs.get("job"))
        for status in (Status.TODO, Status.DOING)
        for entry in await app.job_manager.list_jobs_async(task=ATTEMPT, status=status.value)
    }
    for job in waiting:
        if job not in queued:
            await app.configure_task(ATTEMPT).defer_async(job=job)


def _waiting(database: Database) -> list[str]:
    """Jobs that have waited for a while: a new one's entry comes in the same unit of work."""
    with database.reading() as work:
        return [job.id for job in work.jobs.unended() if job.state == JobState.WAITING]

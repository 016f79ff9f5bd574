"""One attempt at one job: taken, worked on with signs of life, ended once with what came of it.

The work itself runs beside, in a thread; this side writes down its progress every second, hears whether it
is to be cancelled, and stores the result in the same unit of work that ends the job. Whoever comes too late,
because another took the job up meanwhile, stores nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from api.clock import stopwatch_seconds, utc_now
from api.errors import BadInput, sentence_of
from api.jobs.kinds import RUNNERS
from api.jobs.task import Outcome, Task
from api.services.ask_job import campaign_of_job
from api.services.doing import Doing
from api.settings import Settings
from api.storage.engine import UNREACHABLE
from api.storage.tables.jobs import JobKind, JobProgress, JobState
from api.storage.unit_of_work import Database

log = logging.getLogger("stepup.jobs")

BEAT_SECONDS = 1.0
# How long a database that has gone is waited for before an attempt is given up.
UNREACHABLE_SECONDS = 120.0
T = TypeVar("T")


def attempt_job(database: Database, settings: Settings, reference: str, worker: str, place: int = 0) -> bool:
    """Try one job. Returns whether this worker took it; how it ended is in its row."""
    number = steadily(lambda: _take(database, reference, worker, place))
    if number is None:
        return False
    log.info("job %s taken by %s, attempt %d", reference, worker, number)
    done: list[Outcome] = []
    failed: list[BaseException] = []
    try:
        task = steadily(lambda: _task(database, settings, reference))
        thread = threading.Thread(target=_run, args=(task, done, failed), daemon=True)
        thread.start()
        is_ours = _attend(database, task, thread)
    except Exception as error:
        log.exception("job %s could not be begun", reference)
        steadily(partial(_fail, database, reference, number, error))
        return True
    if not is_ours:
        log.warning("job %s belongs to another attempt; nothing is stored", reference)
    elif failed:
        log.error("job %s failed", reference, exc_info=failed[0])
        steadily(partial(_fail, database, reference, number, failed[0]))
    else:
        steadily(lambda: _store(database, task, done[0]))
    return True


def steadily(act: Callable[[], T]) -> T:
    """Do it, and again while the database cannot be reached, for two minutes at most."""
    begun = stopwatch_seconds()
    while True:
        try:
            return act()
        except UNREACHABLE:
            if stopwatch_seconds() - begun > UNREACHABLE_SECONDS:
                raise
            time.sleep(BEAT_SECONDS)


def _take(database: Database, reference: str, worker: str, place: int) -> int | None:
    with database.writing() as work:
        return work.jobs.take(reference, worker, utc_now(), place)


def _task(database: Database, settings: Settings, reference: str) -> Task:
    """The campaign as it was when the job was asked for, and the draft that the job starts from."""
    with database.reading() as work:
        job = work.jobs.by_id(reference)
        record = work.campaigns.by_id(job.campaign_id) if job else None
        if job is None or record is None:
            raise LookupError(reference)
        campaign = campaign_of_job(work, record, JobKind(job.kind), job.campaign_change)
        draft = job.asked.get("draft")
        kept = work.timetables.by_number(record.id, draft) if isinstance(draft, int) else None
        return Task(job, campaign, settings, kept)


def _run(task: Task, done: list[Outcome], failed: list[BaseException]) -> None:
    try:
        done.append(RUNNERS[JobKind(task.job.kind)](task))
    except BaseException as error:
        failed.append(error)


def _attend(database: Database, task: Task, thread: threading.Thread) -> bool:
    """Watch over the work until it ends. Returns whether the job still belongs to this attempt."""
    is_ours = True
    while thread.is_alive():
        thread.join(BEAT_SECONDS)
        lines = task.told()
        try:
            is_ours = _beat(database, task, lines)
        except UNREACHABLE:
            log.warning("job %s: the database cannot be reached; the work goes on", task.job.id)
        if not is_ours:
            task.stop.ask()
            thread.join()
    return is_ours


def _beat(database: Database, task: Task, lines: list[JobProgress]) -> bool:
    with database.writing() as work:
        is_ours, is_cancelled = work.jobs.beat(task.job.id, task.job.attempt, utc_now())
        if is_ours:
            work.jobs.tell(lines)
    if is_cancelled:
        task.stop.ask()
    return is_ours


def _store(database: Database, task: Task, outcome: Outcome) -> None:
    job = task.job
    with database.writing() as work:
        record = work.campaigns.held(job.campaign_id)
        if record is None:
            raise LookupError(job.campaign_id)
        doing = Doing(job.made_by, utc_now())
        work.jobs.tell(task.told())
        result = outcome.store(work, record, doing)
        state = JobState.CANCELLED if task.stop.asked else JobState.DONE
        if not work.jobs.end(job.id, job.attempt, state, doing.at, result, outcome.content):
            work.take_back()
            return
        facts = {"kind": job.kind, "state": state.value, "attempt": job.attempt}
        work.audit.record(record.id, doing.at, "program", "job ended", f"job {job.id}", facts)


def _fail(database: Database, reference: str, number: int, error: BaseException) -> None:
    """End the job as failed, with the reason in words where there is one. Names never go into the log."""
    faults = error.faults if isinstance(error, BadInput) else ()
    said = [f"{fault.table}: {sentence_of(fault)}" for fault in faults]
    result: dict[str, object] = {"error": said or ["Something went wrong in the program. It is in the log."]}
    with database.writing() as work:
        job = work.jobs.by_id(reference)
        now = utc_now()
        if job and work.jobs.end(reference, number, JobState.FAILED, now, result):
            facts = {"kind": job.kind, "state": "failed", "attempt": number}
            work.audit.record(job.campaign_id, now, "program", "job ended", f"job {reference}", facts)

"""Jobs: asked for, taken up by one worker at a time, kept alive, ended once.

Each change of state is one guarded statement, so that of two who try only one succeeds. Which moves there
are is in `api.storage.tables.jobs`; what a job does is in `api.jobs`.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select, update

from api.storage.tables.jobs import Job, JobKind, JobProgress, JobState

# Papers are large, and a list of jobs wants none of them.
_CONTENT = cast(Any, Job.content)
WAITING, RUNNING, CANCELLED = JobState.WAITING, JobState.RUNNING, JobState.CANCELLED


class Jobs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job: Job) -> None:
        self._session.add(job)
        self._session.flush()

    def by_id(self, reference: str) -> Job | None:
        return self._session.get(Job, reference, populate_existing=True)

    def of_campaign(self, campaign: str, reference: str) -> Job | None:
        """A job of this campaign, without what it holds (`content`)."""
        found = select(Job).where(Job.id == reference, Job.campaign_id == campaign).options(defer(_CONTENT))
        return self._session.exec(found.execution_options(populate_existing=True)).first()

    def content(self, reference: str) -> bytes | None:
        """What a job made, as long as it is kept."""
        return self._session.exec(select(Job.content).where(Job.id == reference)).first()

    def in_campaign(self, campaign: str, limit: int = 50, kinds: Collection[str] = ()) -> list[Job]:
        """The newest jobs of a campaign, of these kinds where any are named. What they hold stays behind."""
        made = select(Job).where(Job.campaign_id == campaign).options(defer(_CONTENT))
        if kinds:
            made = made.where(col(Job.kind).in_(kinds))
        return list(self._session.exec(made.order_by(col(Job.made_at).desc(), col(Job.id)).limit(limit)))

    def with_content(self, campaign: str, kind: str) -> list[str]:
        """References of the jobs of this kind that still hold what they made, the newest first."""
        found = select(Job.id).where(
            Job.campaign_id == campaign, Job.kind == kind, col(Job.content).is_not(None)
        )
        return list(self._session.exec(found.order_by(col(Job.made_at).desc(), col(Job.id))))

    def drop_content(self, references: Collection[str]) -> None:
        """Forget what these jobs made; their rows stay."""
        self._session.exec(update(Job).where(col(Job.id).in_(references)).values(content=None))

    def unended(self) -> list[Job]:
        """Jobs that wait or run, the oldest first."""
        found = select(Job).where(col(Job.state).in_((WAITING, RUNNING)))
        return list(self._session.exec(found.order_by(col(Job.made_at), col(Job.id))))

    def first_waiting(self) -> str | None:
        """The job that is to be done next: a repair, for which people wait on the day, else the oldest."""
        waiting = select(Job.id).where(Job.state == WAITING)
        order = (col(Job.kind) != JobKind.REPAIR, col(Job.made_at), col(Job.id))
        return self._session.exec(waiting.order_by(*order).limit(1)).first()

    def take(self, reference: str, worker: str, now: datetime.datetime, place: int = 0) -> int | None:
        """Begin a waiting job. Returns the number of this attempt, None where somebody else has it."""
        done = self._session.exec(
            update(Job)
            .where(col(Job.id) == reference, col(Job.state) == WAITING)
            .values(
                state=RUNNING,
                attempt=col(Job.attempt) + 1,
                worker=worker,
                place=place,
                started_at=now,
                alive_at=now,
            )
        )
        if not done.rowcount:
            return None
        return self._session.exec(select(Job.attempt).where(Job.id == reference)).one()

    def put_back(self, reference: str, attempt: int) -> bool:
        """A running job whose worker has gone waits again."""
        done = self._session.exec(
            update(Job)
            .where(col(Job.id) == reference, col(Job.state) == RUNNING, col(Job.attempt) == attempt)
            .values(state=WAITING, alive_at=None)
        )
        return bool(done.rowcount)

    def put_back_place(self, place: int) -> int:
        """A job that runs at a place which somebody else now holds has lost its worker; it waits again."""
        there = update(Job).where(col(Job.state) == RUNNING, col(Job.place) == place)
        return self._session.exec(there.values(state=WAITING, alive_at=None)).rowcount

    def put_back_all(self, worker: str = "") -> int:
        """Every running job waits again, or those of one worker that has gone."""
        running = update(Job).where(col(Job.state) == RUNNING)
        if worker:
            running = running.where(col(Job.worker) == worker)
        return self._session.exec(running.values(state=WAITING, alive_at=None)).rowcount

    def waiting(self) -> list[str]:
        """References of the jobs that wait, the oldest first."""
        found = select(Job.id).where(Job.state == WAITING)
        return list(self._session.exec(found.order_by(col(Job.made_at), col(Job.id))))

    def silent_since(self, moment: datetime.datetime) -> list[Job]:
        """Running jobs of which nothing has been heard since."""
        return list(self._session.exec(select(Job).where(Job.state == RUNNING, col(Job.alive_at) < moment)))

    def beat(self, reference: str, attempt: int, now: datetime.datetime) -> tuple[bool, bool]:
        """Say that the worker lives. Returns whether the job is still its own, and whether to cancel it."""
        done = self._session.exec(
            update(Job)
            .where(col(Job.id) == reference, col(Job.state) == RUNNING, col(Job.attempt) == attempt)
            .values(alive_at=now)
        )
        if not done.rowcount:
            return False, True
        return True, self._session.exec(select(Job.cancel_asked).where(Job.id == reference)).one()

    def tell(self, lines: list[JobProgress]) -> None:
        self._session.add_all(lines)
        self._session.flush()

    def progress(self, job: Job, after: int = 0) -> list[JobProgress]:
        """What the latest attempt told, in order."""
        told = select(JobProgress).where(
            JobProgress.job_id == job.id, JobProgress.attempt == job.attempt, col(JobProgress.id) > after
        )
        return list(self._session.exec(told.order_by(col(JobProgress.id))))

    def ask_cancel(self, reference: str, now: datetime.datetime) -> bool:
        """Cancel a waiting job at once, or ask the worker of a running one to stop and keep its best."""
        waiting = self._session.exec(
            update(Job)
            .where(col(Job.id) == reference, col(Job.state) == WAITING)
            .values(state=CANCELLED, ended_at=now, cancel_asked=True)
        )
        if waiting.rowcount:
            return True
        running = self._session.exec(
            update(Job).where(col(Job.id) == reference, col(Job.state) == RUNNING).values(cancel_asked=True)
        )
        return bool(running.rowcount)

    def end(
        self,
        reference: str,
        attempt: int,
        state: str,
        now: datetime.datetime,
        result: Mapping[str, object],
        content: bytes | None = None,
    ) -> bool:
        """End a job with what came of it, if it still belongs to this attempt."""
        done = self._session.exec(
            update(Job)
            .where(col(Job.id) == reference, col(Job.state) == RUNNING, col(Job.attempt) == attempt)
            .values(state=state, ended_at=now, result=dict(result), content=content)
        )
        return bool(done.rowcount)
